"""The errors of an answer."""

from typing import Any


class Unclear(ValueError):
    """The answer is not understood; the text says what would be."""


class Guessed(Unclear):
    """The answer is understood in part: `value` is what was taken, the text says so."""

    def __init__(self, value: Any, words: str) -> None:
        self.value = value
        super().__init__(words)
