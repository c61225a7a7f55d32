"""Formula injection: a cell that a spreadsheet program would run is given an apostrophe, and reading takes it back.

Source: OWASP, "CSV Injection". Numbers (-5), phone numbers (+44 20 7946 0000) and lone signs run nothing and stay.
"""

import re

STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_harmless = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)? ?%?|\+\d[\d ()]*|[+-]+")


def guarded(text: str) -> str:
    """The text as it may be written into a cell."""
    if not text.strip() or text[0].isalnum():
        return text
    start = text.lstrip("'").lstrip()[:1]
    if start in STARTS and not _harmless.fullmatch(text):
        return "'" + text
    if text.lstrip("'")[:1] in ("\t", "\r", "\n"):
        return "'" + text
    return text


def lifted(text: str) -> str:
    """The text of a cell without the apostrophe that ``guarded`` put there."""
    if text[:1] != "'":
        return text
    bare = text.lstrip("'")
    if bare.lstrip()[:1] in STARTS and bare.strip() and not _harmless.fullmatch(text[1:]):
        return text[1:].strip()
    return text[1:].strip() if bare[:1] in ("\t", "\r", "\n") else text
