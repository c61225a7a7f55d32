# ruff: noqa: SIM905 - lists of words read best as lines of words
"""How many partners somebody takes at once, from what people write: "2", "up to three", "none this year"."""

import itertools
import re
from dataclasses import dataclass

from ithaca.kernel.sheets import text
from ithaca.rosters.answers.unclear import Guessed, Unclear

MOST = 50
NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "zero cero",
            "one single ein eine einen einer eins un une uno una um uma",
            "two zwei deux dos dois duas due couple twee",
            "three drei trois tres tre drie",
            "four vier quatre cuatro quatro quattro",
            "five funf cinq cinco cinque",
            "six sechs seis sei",
        )
    )
    for word in words.split()
}
NONE = frozenset(
    """none nobody nil kein keine keinen keiner keinem keines niemand niemanden aucun aucune personne ninguno ninguna ningun
    nadie nessuno nessuna geen nenhum nenhuma nul ingen inga brak pausing pausiere""".split()
)
NOT = frozenset("no non nein nee nej nao not nicht pas".split())
"""None at all by themselves, or before "this year" and its like."""
NOW = frozenset(
    """this year now currently anymore more mentee mentees people places capacity for one at the moment thanks thank you
    sorry dieses jahr mehr derzeit aktuell zurzeit zur zeit moglich danke cette annee pour le moment merci este ano por
    ahora momento gracias quest anno dit jaar available able can i""".split()
)
LIMIT = tuple(
    "limit maxim max prefer prafer idea idee ahnung angabe begrenz grenz obergrenz problem matter import fixed fest".split()
)
"""What a "no" may be said of without meaning nobody."""
FEW = frozenset(
    """few some several many lots paar einige mehrere wenige quelques plusieurs peu algunos algunas varios pocos alcuni
    alcune diversi enkele alguns""".split()
)
OF_SOMETHING_ELSE = (
    r"\s*(?:h\b|hrs?\b|hours?|std|stunde|heure|hora\b|horas|ore\b|uur|min|tag\b|tage|days?\b|jours?\b|dias?\b|week|woche|"
    r"semaine|semana|month|monat|mois\b|mes(?:es)?\b|years?\b|jahre?n?\b|ans?\b|anos?\b|%|percent|prozent|st\b|nd\b|rd\b|th\b|:)"
)
_token = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_and = re.compile(r"\s*(?:&|and|und|et|y|e|en)\s*")
_range = re.compile(r"\s*(?:-|–|—|/|to|or|bis|oder|ou|à|a|o|ou bien)\s*")
_date = re.compile(r"\d{4}-(?P<month>\d\d)-(?P<day>\d\d)|(?P<first>\d\d?)[./](?P<second>\d\d?)[./]\d{2,4}")
_named_date = re.compile(
    r"(?:(?P<before>\d\d?)(?:st|nd|rd|th)?[-. ]*(?P<month>[^\W\d_]+)|(?P<named>[^\W\d_]+)[-. ]*(?P<after>\d\d?)(?:st|nd|rd|th)?)"
    r"(?:[-., ]+\d\d(?:\d\d)?)?[. ]*"
)
_whole_date = re.compile(
    r"(?<!\d)(?:\d{4}-\d\d?-\d\d?|\d\d?([./])\d\d?\1\d{4}|\d\d?\.\d\d?\.\s*(?:-|–|—|to|bis)\s*\d\d?\.\d\d?\.(?:\d{4})?)(?!\d)"
)
_beside = re.compile(r"[-. ]*(?:(?:of|de|di) )?")
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar janner janvier januari enero ene gennaio gen janeiro",
            "feb february februar fevrier fev februari febrero febbraio fevereiro",
            "mar march marz mrz mars maart marzo marco",
            "apr april avril avr abril abr aprile",
            "may mai mei maj mayo maggio mag maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet julio luglio lug julho",
            "aug august aout augustus agosto",
            "sep sept september septembre septiembre settembre setembro",
            "oct october oktober okt octobre octubre ottobre ott outubro",
            "nov november novembre noviembre novembro",
            "dec december dezember dez decembre diciembre dicembre dic dezembro",
        ),
        start=1,
    )
    for word in words.split()
}
GOES_ON = frozenset("on onward onwards to till until".split())
"""What follows the month in “from 1 May on”; before any other word “may” is no month: “2 may be too many”."""
PEOPLE = ("mentee", "person", "people", "student", "mentor")
HELD = "is not a number of people from 0 to 50; write one, such as 2"
DATES = f"reads as a date and {HELD}"


@dataclass(frozen=True)
class _Number:
    value: float
    start: int
    end: int


def places(answer: str) -> int:
    """How many partners at once, 0 to 50; of a range the larger number. Words for none are 0.

    Raises `Guessed` where only a part of the answer was taken, `Unclear` where nothing is.
    """
    said = " ".join(answer.split()).casefold()
    if date := _date.fullmatch(said):
        return _made_a_date_of(int(date["month"] or date["first"]), int(date["day"] or date["second"]))
    if (date := _named_date.fullmatch(said)) and (month := MONTHS.get(text.folded(date["month"] or date["named"]))):
        return _made_a_date_of(month, int(date["before"] or date["after"]))
    if re.match(r"[-−–]\s*\d", said):
        raise Unclear(HELD)
    dated, said = said, _whole_date.sub(" ", said)
    words = text.folded(said).split()
    found = _people(said)
    if not found:
        raise Unclear(DATES if dated != said or _days(said, *_tokens(said)) else HELD)
    first, others = found[0].value, found[1:]
    if others and _range.fullmatch(said[found[0].end : others[0].start]):
        first, others = max(first, others[0].value), others[1:]
    if first != int(first):
        raise Guessed(int(first), f"was read as {int(first)}: a part of a person cannot be taken on")
    if any(other.value != first for other in others) or (words and _counts_something_else(said)):
        raise Guessed(int(first), f"was read as {int(first)}; please keep one number")
    return int(first)


def says_none(answer: str) -> bool:
    """Whether the answer is a word for nobody, which in other questions is a blank."""
    words = text.folded(answer).split()
    return bool(words) and (words[0] in NONE or words[0] in NOT)


def _people(said: str) -> list[_Number]:
    """Every number of people that is named, in its order; hours, days, years and numbers that are too large are none."""
    found = []
    tokens, folded = _tokens(said)
    days = _days(said, tokens, folded)
    for at, (token, word) in enumerate(zip(tokens, folded, strict=True)):
        after = folded[at + 1 :]
        value: float | None = None
        if word[0].isdigit():
            number = float(word.replace(",", "."))
            other = number > MOST or re.match(OF_SOMETHING_ELSE, said[token.end() :]) or at in days
            value = None if other else number
        elif word in NUMBERS and not (after and (after[0] in FEW or after[0] in NUMBERS)):
            value = NUMBERS[word]
        elif word == "a" and after[:1] and after[0].startswith(PEOPLE):
            value = 1
        elif _is_none(word, after, at == 0):
            value = 0
        if value is not None:
            found.append(_Number(value, token.start(), token.end()))
    return [] if any(word in FEW for word in folded) and not any(word[0].isdigit() for word in folded) else found


def _is_none(word: str, after: list[str], begins: bool) -> bool:
    """Whether this word says nobody: "none", "no mentees", "not this year", but not "no limit" or "why not"."""
    if any(other.startswith(LIMIT) for other in after):
        return False
    numbers = any(other[0].isdigit() or other in NUMBERS for other in after)
    if word in NONE:
        return not (numbers and after[0] in ("mehr", "more"))
    return word in NOT and not numbers and (begins or bool(after)) and all(other in NOW for other in after)


def _tokens(said: str) -> tuple[list[re.Match[str]], list[str]]:
    """Words and numbers where they stand, and folded."""
    tokens = list(_token.finditer(said))
    return tokens, [text.folded(token[0]) if token[0].isalpha() else token[0] for token in tokens]


def _days(said: str, tokens: list[re.Match[str]], words: list[str]) -> set[int]:
    """Which numbers are days of a month: beside its name, or joined with one that is, as in “2-3 May”."""
    numbers = [at for at, word in enumerate(words) if word[0].isdigit()]
    days = {at for at in numbers if _is_a_day(said, tokens, words, at)}
    for one, other in itertools.pairwise(numbers):
        between = said[tokens[one].end() : tokens[other].start()].removeprefix(".")
        if not (days & {one, other}) or not (_range.fullmatch(between) or _and.fullmatch(between)):
            continue
        if not words[other + 1 : other + 2] or not words[other + 1].startswith(PEOPLE):
            days |= {one, other}
    return days


def _is_a_day(said: str, tokens: list[re.Match[str]], words: list[str], at: int) -> bool:
    """Whether a month's name stands beside this number, as in "from 1 May"; not so "from May 2 mentees"."""
    after = words[at + 1 :]
    if after and after[0] in MONTHS and _beside.fullmatch(said[tokens[at].end() : tokens[at + 1].start()]):
        return after[0] != "may" or len(after) < 2 or after[1] in GOES_ON or not after[1].isalpha()
    if not at or words[at - 1] not in MONTHS or (after and after[0].startswith(PEOPLE)):
        return False
    return _beside.fullmatch(said[tokens[at - 1].end() : tokens[at].start()]) is not None


def _counts_something_else(said: str) -> bool:
    return re.search(rf"\d{OF_SOMETHING_ELSE}", said) is not None


def _made_a_date_of(month: int, day: int) -> int:
    """Spreadsheet programs make a day of "2-3", in one order or the other: a range all the same."""
    if month == day or max(month, day) > 5:
        raise Unclear(DATES)
    most = max(month, day)
    raise Guessed(most, f"is a date, as spreadsheet programs make of “{min(month, day)}-{most}”; it was read as {most}")
