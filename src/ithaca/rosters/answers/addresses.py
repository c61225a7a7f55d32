"""E-mail addresses: checked for their form, never by asking a server, never written to."""

import re
from email.utils import parseaddr
from functools import lru_cache

import email_validator

from ithaca.rosters.answers.unclear import Unclear

_plain = re.compile(r"[A-Za-z0-9_%+'-]+(?:\.[A-Za-z0-9_%+'-]+)*")


def email(answer: str) -> str:
    """The address in lower case, also out of `Ana Silva <ana@example.org>`. Raises `Unclear`."""
    found = answer.strip().removeprefix("mailto:").rstrip(".,;").strip()
    if found.count("@") > 1:
        raise Unclear("holds more than one e-mail address; keep the one to use")
    if "<" in found or "(" in found:
        found = parseaddr(found)[1] or found
    local, at, domain = found.rpartition("@")
    if not at:
        raise Unclear("is not an e-mail address; it should look like ana@example.org")
    if _plain.fullmatch(local) and len(local) <= 64:
        return f"{local}@{_domain(domain)}".lower()
    return _checked(found).lower()


@lru_cache(maxsize=20_000)
def _domain(domain: str) -> str:
    return _checked(f"a@{domain}").rpartition("@")[2]


def _checked(address: str) -> str:
    try:
        return email_validator.validate_email(address, check_deliverability=False).normalized
    except email_validator.EmailNotValidError as problem:
        said = str(problem).split(". ", maxsplit=1)[0].rstrip(".")
        raise Unclear(f"is not an e-mail address that can receive mail: {said[:1].lower()}{said[1:]}") from None


def looks_like_one(answer: str) -> bool:
    """Whether a cell seems meant to be an address."""
    return re.fullmatch(r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*", answer) is not None
