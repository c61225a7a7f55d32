"""The example that opens docs/engine.md runs and says what it says."""

from pathlib import Path


def test_the_first_example_runs() -> None:
    page = Path(__file__).parents[4] / "docs" / "engine.md"
    example = page.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    names: dict[str, object] = {}
    exec(example, names)
    assert names["check"](names["problem"], names["plan"]).optimal  # type: ignore[operator]
    assert [(pair.mentor, pair.mentee) for pair in names["plan"].pairs] == [("a", "k")]  # type: ignore[attr-defined]
