"""The reference pages say what the code says."""

from __future__ import annotations

from ithaca.config import reference


def test_reference_pages_are_current() -> None:
    stale = [
        name
        for name, text in reference.pages().items()
        if not (reference.FOLDER / name).exists() or (reference.FOLDER / name).read_text(encoding="utf-8") != text
    ]
    assert not stale, f"{stale}: run `make reference`"


def test_every_fact_is_told_in_a_sentence() -> None:
    from ithaca.kernel import events

    dull = [event.key for event in events.known() if not (event.sentence[0].isupper() or event.sentence[0] == "{")]
    assert not dull, dull
    keys = [event.key for event in events.known()]
    assert len(keys) == len(set(keys))
