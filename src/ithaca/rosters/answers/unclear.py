"""The one error of an answer."""


class Unclear(ValueError):
    """The answer is not understood; the text says what would be."""
