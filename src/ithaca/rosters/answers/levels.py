"""Seniority as a number from 0 (starting out) to 10 (leads all), from grades, words, or years of experience."""

import re
from typing import Literal

from ithaca.kernel.sheets import text
from ithaca.rosters.answers.unclear import Unclear

Measure = Literal["words", "years", "scale"]

CIVIL_SERVICE = {
    "aa": 1, "ao": 2, "eo": 3, "heo": 4, "heo d": 4, "faststream": 4, "fast stream": 4, "seo": 5, "g7": 6, "grade 7": 6,
    "g6": 7, "grade 6": 7, "scs": 8, "scs1": 8, "scs 1": 8, "scs pb1": 8, "deputy director": 8, "scs2": 9, "scs 2": 9,
    "scs pb2": 9, "scs3": 10, "scs 3": 10, "scs pb3": 10, "director general": 10, "permanent secretary": 10,
    "administrative assistant": 1, "administrative officer": 2, "executive officer": 3, "higher executive officer": 4,
    "senior executive officer": 5,
}  # fmt: skip
"""Grades of the UK civil service, from administrative assistant to the senior civil service."""

WORDS: tuple[tuple[int, str], ...] = (
    (10, "ceo cfo cto coo chief c-level president founder geschaftsfuhr vorstand pdg presidente professor rector"),
    (9, "executive vice-president vp svp evp partner managing-director board generaldirekt"),
    (8, "director head-of directeur directora direktor leiter bereichsleit jefe-de directrice diretor"),
    (7, "senior-manager principal abteilungsleit staff-engineer distinguished reader consultant-surgeon"),
    (
        6,
        "manager lead team-lead teamleit responsable gerente managing supervis chef cadre late-career "
        "experienced erfahren",
    ),
    (5, "senior sr confirme established mid-senior expert specialist postdoc lecturer"),
    (3, "mid intermediate mid-career mid-level associate professional medior analyst officer intermedi"),
    (
        2,
        "junior jr early early-career entry entry-level assistant berufseinsteig debutant principiante graduate phd doctoral",
    ),
    (1, "intern trainee apprentice placement praktik auszubild azubi stagiaire becari werkstudent alternant"),
    (0, "student studier etudiant estudiante undergraduate school pupil starting-out"),
)
NARROWER = {"assistant professor": 6, "associate professor": 7, "executive assistant": 3,
            "associate director": 7,
            "assistant director": 7, "assistant manager": 5, "senior director": 9, "senior associate": 5, "vice president": 9,
            "account manager": 4, "project manager": 5, "graduate trainee": 1, "early career": 2, "mid career": 4}  # fmt: skip

_years = ((0, 0), (1, 1), (3, 2), (5, 3), (8, 4), (11, 5), (14, 6), (17, 7), (21, 8), (26, 9))
_numbers = re.compile(r"\d+(?:[.,]\d+)?")
_band = re.compile(r"(?:band|stufe|level|niveau|nivel|grade|e|a|l|ic|p)\s?(\d{1,2})[a-d]?")


def seniority(answer: str, *, measure: Measure = "words") -> int:
    """Level from 0 to 10. `measure` says what a bare number is: years, or already a level. Raises `Unclear`."""
    folded = text.folded(answer)
    if folded in CIVIL_SERVICE:
        return CIVIL_SERVICE[folded]
    numbers = [float(number.replace(",", ".")) for number in _numbers.findall(answer)]
    worded = _by_words(folded)
    if numbers and (measure == "years" or re.search(r"\b(?:year|yr|jahr|ans?\b|annee|ano|anni|anos)", folded)):
        return _by_years(sum(numbers[:2]) / len(numbers[:2]), more="+" in answer or "more" in folded)
    if measure == "scale" and numbers and len(numbers) == 1 and 0 <= numbers[0] <= 10:
        return round(numbers[0])
    for grade in (part for part in re.split(r"[(),/–-]", answer) if text.folded(part) in CIVIL_SERVICE):
        return CIVIL_SERVICE[text.folded(grade)]
    if worded is not None:
        return worded
    if band := _band.fullmatch(folded):
        return min(10, round(int(band[1]) * (10 / 16 if folded[0] in "ea" else 1)))
    raise Unclear("is not a grade or level we know; write years of experience, or a level from 0 (starting out) to 10")


def _by_words(folded: str) -> int | None:
    for phrase, level in NARROWER.items():
        if f" {phrase} " in f" {folded} ":
            return level
    words = folded.split()
    for level, starts in WORDS:
        for start in starts.split():
            if _begins(words, start.split("-")):
                return level
    return None


def _begins(words: list[str], starts: list[str]) -> bool:
    exact = len(starts) == 1 and len(starts[0]) <= 4
    for at in range(len(words) - len(starts) + 1):
        here = words[at : at + len(starts)]
        if all(word == start if exact else word.startswith(start) for word, start in zip(here, starts, strict=True)):
            return True
    return False


def _by_years(years: float, *, more: bool) -> int:
    if years > 70:
        raise Unclear("is more years than a career has; write years of experience, such as 12")
    level = max((level for least, level in _years if years >= least), default=0)
    return 10 if years >= 31 else min(10, level + (1 if more else 0))
