"""Goals compared by what they mean, asked for in the options, and what is said where that is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ithaca.match import command
from ithaca.pairing.criteria import meaning

INSTALLED = pytest.mark.skipif(bool(meaning.missing()), reason="needs pip install 'ithaca[meaning]'")


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    sheets = {
        "mentors": "Name,Goals\nAnnelie,I have been giving talks for twenty years.\nBo,Asking for more pay and getting it\n",
        "mentees": "Name,Goals\nKim,Negotiating my salary\nLou,I want to get better at public speaking.\n",
    }
    for name, text in sheets.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "options.toml").write_text('[rules.goals]\nby = "meaning"\n', encoding="utf-8")
    files = [str(tmp_path / name) for name in ("mentors.csv", "mentees.csv")]
    return [*files, "--options", str(tmp_path / "options.toml")]


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(meaning, "PACKAGE", "wordllama_that_is_not_here")
    meaning.missing.cache_clear()
    yield
    meaning.missing.cache_clear()


@INSTALLED
def test_pairs_are_made_and_judged_by_meaning_and_both_say_so(asked: list[str], tmp_path: Path, capsys: Any) -> None:
    pairs, report = tmp_path / "pairs.csv", tmp_path / "report.html"
    assert command.main([*asked, "-o", str(pairs), "--report", str(report)]) == 0
    assert "were compared by what they mean" in capsys.readouterr().out
    written = pairs.read_text(encoding="utf-8")
    assert "Asking for more pay and getting it” is close to the mentee’s “Negotiating my salary”" in written
    page = report.read_text(encoding="utf-8")
    assert "were compared by what they mean" in page
    assert "Texts are compared by: what they mean (English)" in page
    assert command.main(["check", *asked[:2], str(pairs), *asked[2:]]) == 0
    assert "were compared by what they mean" in capsys.readouterr().out


def test_it_is_refused_in_words_where_it_is_not_installed(
    asked: list[str], tmp_path: Path, capsys: Any, not_installed: None
) -> None:
    pairs = tmp_path / "pairs.csv"
    assert command.main([*asked, "-o", str(pairs)]) == 2
    told = capsys.readouterr().err
    assert "“Texts are compared by”: comparing texts by what they mean is not installed here" in told
    assert "pip install 'ithaca[meaning]'" in told
    assert not pairs.exists()
