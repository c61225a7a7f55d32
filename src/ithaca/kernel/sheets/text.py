"""Cleaning of text: one Unicode form, no characters that nobody can see, line ends as newlines."""

import re
import unicodedata

# Control characters (but tab, newline), soft hyphen, zero-width space and word joiner, direction marks and
# overrides, byte order mark, halves of surrogate pairs, non-characters. The joiners U+200C and U+200D stay:
# Persian and the Indic scripts spell with them.
UNSEEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_unseen = re.compile(UNSEEN)
_line_ends = re.compile("\r\n?|[\x85\u2028\u2029]")


def tidy(text: str) -> str:
    """The same text in Unicode form NFC, with ``\\n`` line ends and without unseen characters; spaces are kept."""
    if text.isascii() and text.isprintable():
        return text
    text = _unseen.sub("", _line_ends.sub("\n", text))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Tidy text with every run of white space as one space."""
    return " ".join(tidy(text).split())


def folded(text: str) -> str:
    """For comparing only: case, accents and punctuation forgotten, words one space apart, any script."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_letters))
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(_words.findall(bare))


_letters = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ŧ": "t"})
"""Letters with strokes and joined letters, which Unicode does not decompose."""
_words = re.compile(r"[^\W_]+")
