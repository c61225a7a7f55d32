"""Goals compared by what they mean: what is near, what is not, and what happens where it is not installed."""

import hashlib
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from ithaca.pairing.criteria import meaning, registry
from ithaca.pairing.problem import Problem, Weighted
from ithaca.pairing.side import ProblemError, Side, from_table
from ithaca.pairing.tests import people

INSTALLED = pytest.mark.skipif(bool(meaning.missing()), reason='needs `pip install "ithaca[meaning]"`')
GOALS = registry.BY_KEY["goals"]
OFFERS = (
    "I have been giving talks for twenty years and enjoy coaching people for the stage.",
    "Asking for more pay, and getting it",
    "I was a bank clerk once. Returning after a long break from the job!",
    "Cyber security",
    "",
)
HOPES = (
    "I want to get better at public speaking.",
    "Negotiating my salary",
    "Coming back to work after parental leave; I have two children",
    "I want to protect our systems against hackers.",
    "-",
)


def sides(offers: tuple[str, ...] = OFFERS, hopes: tuple[str, ...] = HOPES) -> tuple[Side, Side]:
    return (
        from_table("mentor", [{"id": f"m{at}", "goals": text} for at, text in enumerate(offers)]),
        from_table("mentee", [{"id": f"n{at}", "goals": text} for at, text in enumerate(hopes)]),
    )


def earned(mentors: Side, mentees: Side, points: int = 1000, **options: Any) -> np.ndarray:
    chosen = GOALS.choose({"by": "meaning"} | options)
    everybody = np.arange(len(mentors)), np.arange(len(mentees))
    return sum(part.block(*everybody) for part in GOALS.compile(mentors, mentees, points, chosen))


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(meaning, "PACKAGE", "wordllama_that_is_not_here")
    meaning.missing.cache_clear()
    yield
    meaning.missing.cache_clear()


@INSTALLED
def test_what_means_the_same_earns_much_and_everything_else_about_nothing() -> None:
    found = earned(*sides())[:4, :4]
    assert np.diag(found).min() > 500
    assert found[~np.eye(4, dtype=bool)].max() < 100


@INSTALLED
def test_a_blank_earns_what_it_earns_everywhere() -> None:
    found = earned(*sides())
    assert (found[4, :4] == 250).all()
    assert (found[:4, 4] == 250).all()


@INSTALLED
def test_points_stay_within_the_budget() -> None:
    mentors, mentees = people.side("mentor", 40), people.side("mentee", 50)
    rows, columns = np.arange(40), np.arange(50)
    for alike in (5, 50, 100):
        found = GOALS.compile(mentors, mentees, 1000, GOALS.choose({"by": "meaning", "alike": alike}))
        blocks = [part.block(rows, columns) for part in found]
        assert min(block.min() for block in blocks) >= 0
        assert 0 < sum(blocks).max() <= 1000
    assert earned(mentors, mentees, points=0).max() == 0


@INSTALLED
def test_the_numbers_are_the_same_on_every_machine() -> None:
    found = meaning.read(OFFERS, HOPES)
    left, right = found.mentors, found.mentees
    assert left.shape == right.shape == (5, meaning.DIRECTIONS + 4)
    digest = hashlib.sha256(left.tobytes() + right.tobytes()).hexdigest()
    assert digest == "3591b64dc33538962ced621e050489e4de411c7a55659d100e9161b78a44a84d"


@INSTALLED
def test_any_text_can_be_read() -> None:
    odd = ("🙂 🙂", "\ud800 half", "x" * 100_000, "1234", "Führung lernen", "學習", "A\x00B", "word " * 5_000, " ")
    found = meaning.read(odd, OFFERS)
    left, right = found.mentors, found.mentees
    assert np.abs(left.astype(int)).max() <= 127
    silent = ~np.any(left != 0, axis=1)
    assert silent.tolist() == [True, False, False, True, False, False, False, False, True]
    assert not right[4].any()
    long = "I give talks. " * 2_000
    cut = long[: meaning.LETTERS]
    assert (meaning.read([long], HOPES).mentors == meaning.read([cut], HOPES).mentors).all()


@INSTALLED
def test_one_mentor_and_one_mentee_are_enough() -> None:
    assert earned(*sides(OFFERS[3:4], HOPES[3:4])).min() > 300
    assert earned(*sides(OFFERS[:1], HOPES[3:4])).max() < 100
    assert earned(*sides((), HOPES)).shape == (0, 5)


@INSTALLED
def test_texts_in_another_language_earn_about_nothing_for_their_language_alone() -> None:
    offers = (
        "Buchhaltung und Kennzahlen von Unternehmen",
        "Lampenfieber hatte ich selbst",
        "Konflikte lösen",
        "Schreiben",
    )
    hopes = (
        "Ich möchte weniger arbeiten",
        "Ich suche Investoren für meine Idee",
        "Vor Leuten sprechen",
        "Webseiten bauen",
    )
    assert earned(*sides(offers, hopes)).mean() < 100


@INSTALLED
def test_the_words_name_the_sentences_that_are_close() -> None:
    mentors, mentees = sides()
    chosen = GOALS.choose({"by": "meaning"})
    assert GOALS.words(mentors, 2, mentees, 2, chosen) == (
        "the mentor’s “Returning after a long break from the job” is close to the mentee’s "
        "“Coming back to work after parental leave”"
    )
    assert GOALS.words(mentors, 1, mentees, 0, chosen) == ""
    assert GOALS.words(mentors, 4, mentees, 4, chosen) == ""
    usual = "I want to set myself goals for it and not lose them again by March."
    same = tuple(
        f"My appraisal named {topic}. {usual}" for topic in ("conflict in teams", "pay", "law", "data", "writing")
    )
    offered = (
        "I enjoy thinking through conflict with people who are earlier on their way",
        "Cooking",
        "Law",
        "Salaries",
    )
    both = sides(offered, same)
    assert GOALS.words(both[0], 0, both[1], 0, chosen).endswith(
        "close to the mentee’s “My appraisal named conflict in teams”"
    )
    long = from_table("mentor", [{"id": "m", "goals": "I speak in public " + "and give talks " * 40}])
    assert " …” is close to" in GOALS.words(long, 0, mentees, 0, chosen)


@INSTALLED
def test_nothing_is_fetched_and_no_other_package_is_woken() -> None:
    program = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('the network was asked')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from ithaca.pairing.criteria import meaning\n"
        "meaning.read(['giving talks'], ['public speaking'])\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'wordllama', 'huggingface_hub', 'requests', 'pydantic'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@INSTALLED
def test_another_table_is_not_counted_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "PLACES", (meaning.PLACES[0], "0" * 64))
    meaning.missing.cache_clear()
    try:
        assert meaning.missing() == meaning.ANOTHER
    finally:
        meaning.missing.cache_clear()


@INSTALLED
def test_the_answer_says_which_way_was_taken() -> None:
    assert GOALS.way(GOALS.choose({})) == ""
    assert "by what they mean" in GOALS.way(GOALS.choose({"by": "meaning"}))


def test_a_problem_keeps_its_fingerprint_unless_meaning_is_chosen() -> None:
    def digest(**options: Any) -> str:
        return Problem(*sides(("giving talks",), ("public speaking",)), (Weighted("goals", 8, options),)).digest

    assert digest() == digest(by="words") == "8bcfbcb23a6ebb9877640d20a740d7976ab24f8b3856d2e52f542cfe7576bde7"
    if not meaning.missing():
        assert digest(by="meaning") != digest()


def test_without_the_extra_words_still_work_and_meaning_says_what_to_do(not_installed: None) -> None:
    assert earned(*sides(), by="words").max() <= 1000
    with pytest.raises(
        ValueError, match=r"“Texts are compared by”: .* not installed here; .*pip install 'ithaca\[meaning\]'”"
    ):
        GOALS.choose({"by": "meaning"})
    with pytest.raises(ProblemError, match="not installed here"):
        Problem(*sides(), (Weighted("goals", 8, {"by": "meaning"}),))
    with pytest.raises(ValueError, match="not installed here"):
        meaning.read(OFFERS, HOPES)
