"""What a host sets: read with types, refused with the name of the setting, one key for all processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ithaca.config import environment


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    file = tmp_path / "ithaca.env"
    file.write_text("# ours\nITHACA_LISTEN=127.0.0.1:9000\nITHACA_LOG=debug\n")
    read = environment.read({"ITHACA_FILE": str(file), "ITHACA_LOG": "error"})
    assert read["ITHACA_LISTEN"] == ("127.0.0.1", 9000)
    assert (read["ITHACA_LOG"], read.sources["ITHACA_LOG"]) == ("error", "environment")
    assert read["ITHACA_TIME_ZONE"] == "UTC"


@pytest.mark.parametrize(
    "name, value", [("ITHACA_MODE", "live"), ("ITHACA_TIME_ZONE", "Ithaca/Harbour"), ("ITHACA_LISTEN", "8000")]
)
def test_a_wrong_value_is_named_with_what_would_be_right(name: str, value: str) -> None:
    with pytest.raises(environment.WrongSetting, match=f"{name} is '{value}' .environment.: use"):
        environment.read({"ITHACA_FILE": "/dev/null", name: value})


def test_an_unknown_name_in_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "ithaca.env"
    file.write_text("\nITHACA_COLOUR=blue\n")
    with pytest.raises(environment.WrongSetting, match="line 2: 'ITHACA_COLOUR'"):
        environment.read({"ITHACA_FILE": str(file)})


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    read = environment.read({"ITHACA_FILE": "/dev/null", "ITHACA_DATA": str(tmp_path / "data")})
    with ThreadPoolExecutor(12) as pool:
        keys = set(pool.map(lambda _: environment.secret_key(read), range(48)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]
