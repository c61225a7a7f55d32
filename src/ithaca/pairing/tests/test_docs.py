"""What docs/engine.md and docs/engine-scale.md show runs, and what they name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
ENGINE = ROOT / "src" / "ithaca" / "pairing"
FOLDERS = [ROOT / "src", ROOT / "bench"]
PAGES = pytest.mark.parametrize("name", ["engine.md", "engine-scale.md"])
YET_TO_BE_MADE = {"criteria/sector.py"}
"""The file that the recipe for a new criterion makes."""


def test_the_first_example_runs() -> None:
    page = ROOT / "docs" / "engine.md"
    example = page.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    names: dict[str, object] = {}
    exec(example, names)
    assert names["check"](names["problem"], names["plan"]).optimal  # type: ignore[operator]
    assert [(pair.mentor, pair.mentee) for pair in names["plan"].pairs] == [("a", "k")]  # type: ignore[attr-defined]


def quoted(name: str) -> str:
    """A page without the code that stands apart."""
    return re.sub(r"```.*?```", "", (ROOT / "docs" / name).read_text(encoding="utf-8"), flags=re.S)


@PAGES
def test_every_file_and_folder_named_is_there(name: str) -> None:
    everywhere, of_the_engine = (
        [f"/{path.relative_to(ROOT)}" for folder in folders for path in (folder, *folder.rglob("*"))]
        for folders in (FOLDERS, [ENGINE])
    )
    for named in set(re.findall(r"`([\w./-]+(?:\.py|/))`", quoted(name))) - YET_TO_BE_MADE:
        there = of_the_engine if named.endswith(".py") and "/" not in named else everywhere
        assert any(path.endswith(f"/{named.rstrip('/')}") for path in there), named


@PAGES
def test_every_module_named_by_its_step_is_there(name: str) -> None:
    steps = re.findall(r"\*\* \(((?:`\w+`(?:, )?)+)\)", quoted(name))
    modules = {module for step in steps for module in re.findall(r"\w+", step)}
    assert bool(modules) == (name == "engine-scale.md")
    assert modules <= {path.stem for path in ENGINE.rglob("*.py")}


@PAGES
def test_every_function_and_attribute_named_is_there(name: str) -> None:
    sources = [(path.stem, path.read_text(encoding="utf-8")) for path in ENGINE.rglob("*.py")]
    for owner, member in re.findall(r"`(\w+)\.(?!py`)(\w+)`", quoted(name)):
        homes = [text for stem, text in sources if stem == owner or re.search(rf"^class {owner}\b", text, re.M)]
        assert any(re.search(rf"\b{member}\b", text) for text in homes), f"{owner}.{member}"


@PAGES
def test_every_command_named_can_be_typed(name: str) -> None:
    text = quoted(name)
    benches = {path.stem for path in (ROOT / "bench").glob("*.py")}
    assert set(re.findall(r"`python -m bench (\w+)", text)) <= benches
    assert all((ROOT / path).exists() for path in re.findall(r"`pytest ([\w/]+)", text))
    assert "`python bench/" not in text
    switches = set(re.findall(r"`(ITHACA_\w+)=", text))
    assert all(switch in (ROOT / "conftest.py").read_text(encoding="utf-8") for switch in switches)
