"""A letter's look: HTML by MJML, and a plain text part, both from the same data. `preview` gives exactly what is
sent."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urljoin

import mrml
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ithaca.kernel import links
from ithaca.notifications import letters
from ithaca.people.models import Organisation, Person

WIDTH = 76
STOP = "stop-mail"
"""Purpose of the signed links that stop a category."""


@dataclass(frozen=True)
class Rendered:
    """A letter as it travels."""

    to_name: str
    to_address: str
    sender: str
    reply_to: str
    subject: str
    text: str
    html: str
    category: str
    stop_url: str


@dataclass(frozen=True)
class Prepared:
    """A letter that was rendered before the transaction which posts it. `cause` says what it is posted for."""

    letter: letters.Letter
    rendered: Rendered
    cause: str


def prepared(letter: letters.Letter, *, cause: str) -> Prepared:
    """Render a letter ahead of `actions.post_all`: rendering takes its time, and a transaction should not wait for it."""
    return Prepared(letter, preview(letter), cause)


def preview(letter: letters.Letter) -> Rendered:
    """Exactly what `actions.post(letter)` would send, without sending it."""
    organisation = letter.to.organisation if isinstance(letter.to, Person) else None
    with letters.in_language_of(letter.to):
        stop_url = _stop_url(letter)
        context = _context(letter, organisation, stop_url)
        html = mrml.to_html(render_to_string("notifications/letter.mjml", context), None, mrml.RenderOptions(fonts={}))
        return Rendered(
            to_name=_line(letter.to.name),
            to_address=letter.to.email,
            sender=formataddr((context["from_name"], parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
            reply_to=_line(letter.reply_to or (organisation.contact_email if organisation else "")),
            subject=_line(letter.subject),
            text=_text(letter, context),
            html=html.content,
            category=letter.category.key,
            stop_url=stop_url,
        )


def _context(letter: letters.Letter, organisation: Organisation | None, stop_url: str) -> dict[str, Any]:
    language = translation.get_language() or "en-gb"
    rtl = translation.get_language_bidi()
    return {
        "letter": letter,
        "language": language,
        "direction": "rtl" if rtl else "ltr",
        "start": "right" if rtl else "left",
        "from_name": _line(
            organisation.name if organisation else parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or "Ithaca"
        ),
        "greeting": _greeting(letter),
        "blocks": [shown for block in letter.blocks for shown in _shown(block)],
        "action": _whole(letter.action),
        "secondary": _whole(letter.secondary),
        "footer": _footer(letter, organisation),
        "stop_url": stop_url,
        "settings_url": _settings_url(letter, organisation),
    }


def _greeting(letter: letters.Letter) -> str:
    if letter.greeting is not None:
        return letter.greeting
    return _("Hello %(name)s,") % {"name": letter.to.name} if letter.to.name else _("Hello,")


def _shown(block: letters.Block) -> list[dict[str, Any]]:
    """A block as the template reads it; a string is split into its paragraphs."""
    match block:
        case str():
            return [{"kind": "paragraph", "text": part.strip()} for part in block.split("\n\n") if part.strip()]
        case letters.Heading(text=text):
            return [{"kind": "heading", "text": text}]
        case letters.Facts(rows=rows):
            return [{"kind": "facts", "rows": list(rows)}]
        case letters.Quote(text=text, by=by):
            return [{"kind": "quote", "text": text.strip(), "by": by}]
        case letters.Bullets(items=items):
            return [{"kind": "bullets", "items": list(items)}]
        case letters.Code(text=text):
            return [{"kind": "code", "text": text}]


def _footer(letter: letters.Letter, organisation: Organisation | None) -> list[str]:
    lines = []
    if letter.why:
        lines.append(_("You receive this because %(why)s.") % {"why": letter.why.rstrip(".")})
    if organisation:
        lines.append(_("Sent by %(organisation)s with Ithaca.") % {"organisation": organisation.name})
    else:
        lines.append(_("Sent by Ithaca at %(address)s.") % {"address": settings.ADDRESS})
    return lines


def _stop_url(letter: letters.Letter) -> str:
    if not letter.category.can_stop or not isinstance(letter.to, Person):
        return ""
    token = links.sign(STOP, {"person": letter.to.code, "category": letter.category.key})
    return _absolute(reverse("notifications:stop", kwargs={"token": token}))


def _settings_url(letter: letters.Letter, organisation: Organisation | None) -> str:
    if organisation is None or not letter.category.can_stop:
        return ""
    return _absolute(reverse("notifications:preferences", kwargs={"organisation": organisation.slug}))


def _text(letter: letters.Letter, context: dict[str, Any]) -> str:
    parts = [context["greeting"], *(_plain(block) for block in context["blocks"])]
    parts += [f"{label}:\n{url}" for label, url in filter(None, (context["action"], context["secondary"]))]
    parts += [letter.closing] if letter.closing else []
    tail = [textwrap.fill(line, WIDTH) for line in context["footer"]]
    tail += [f"{_('Stop this kind of mail')}: {context['stop_url']}"] if context["stop_url"] else []
    return "\n\n".join(part for part in parts if part) + "\n\n-- \n" + "\n".join(tail) + "\n"


def _plain(block: dict[str, Any]) -> str:
    match block["kind"]:
        case "paragraph":
            return _wrapped(block["text"])
        case "heading":
            return f"{block['text']}\n{'-' * min(len(block['text']), WIDTH)}"
        case "facts":
            return "\n".join(_wrapped(f"{term}: {value}", later="    ") for term, value in block["rows"])
        case "quote":
            quoted = _wrapped(block["text"], first="> ", later="> ")
            return f"{quoted}\n> — {block['by']}" if block["by"] else quoted
        case "bullets":
            return "\n".join(_wrapped(item, first="- ", later="  ") for item in block["items"])
        case _:
            return f"    {block['text']}"


def _wrapped(text: str, *, first: str = "", later: str = "") -> str:
    lines = []
    for number, line in enumerate(text.splitlines() or [""]):
        lines.append(
            textwrap.fill(
                line,
                WIDTH,
                initial_indent=first if number == 0 else later,
                subsequent_indent=later,
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    return "\n".join(lines)


def _whole(link: letters.Link | None) -> letters.Link | None:
    return (link[0], _absolute(link[1])) if link else None


def _absolute(url: str) -> str:
    return urljoin(settings.ADDRESS + "/", url)


def _line(text: str) -> str:
    """One line: what goes into a header never brings a line break along."""
    return " ".join(text.split())
