"""Public references: short random codes that people can read out, instead of row numbers.

Ten characters of Crockford's base 32 (no i, l, o, u): 50 bits, so a guess among a million rows finds one in 10^9 tries.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 10


def new() -> str:
    """A fresh code."""
    return "".join(ALPHABET[byte % 32] for byte in secrets.token_bytes(LENGTH))


class CodeField(models.CharField):  # type: ignore[type-arg]
    """The `code` column of every row that has an address of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("default", new)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
