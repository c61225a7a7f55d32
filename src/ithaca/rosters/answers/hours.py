# ruff: noqa: SIM905 - lists of words read best as lines of words
"""Free hours of the week from what people write: "Mon-Fri mornings", "Tuesdays 17-19", the grids of forms.

Hours are 0 (Monday 00:00 to 01:00, local time) to 167. Words are read from left to right: days gather until times
follow, times until days follow; then both together are hours.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ithaca.kernel.sheets import text
from ithaca.rosters.answers.unclear import Unclear

DAYS = (
    "mon monday mondays montag montags mo lun lundi lundis lunes segunda lunedi maandag mandag",
    "tue tues tuesday tuesdays dienstag dienstags di mar mardi mardis martes terca martedi dinsdag tirsdag",
    "wed weds wednesday wednesdays mittwoch mittwochs mi mer mercredi mercredis miercoles quarta mercoledi "
    "woensdag onsdag",
    "thu thur thurs thursday thursdays donnerstag donnerstags do jeu jeudi jeudis jueves quinta giovedi "
    "donderdag torsdag",
    "fri friday fridays freitag freitags fr ven vendredi vendredis viernes sexta venerdi vrijdag fredag",
    "sat saturday saturdays samstag samstags sonnabend sa sam samedi samedis sabado sabados sabato "
    "zaterdag lordag lardag",
    "sun sunday sundays sonntag sonntags so dim dimanche dimanches domingo domingos domenica zondag sondag",
)
DAY = {word: number for number, words in enumerate(DAYS) for word in words.split()}

GROUPS = {
    range(5): "weekday weekdays workday workdays "
    "werktag werktags werktage wochentags semaine laborables laborable entresemana "
    "dias uteis feriali doordeweeks working week",
    range(5, 7): "weekend weekends wochenend wochenende wochenenden fin",
    range(7): "daily everyday taglich jeden tag quotidien diario todos every",
}
GROUP = {word: days for days, words in GROUPS.items() for word in words.split()} | {"uteis": range(5)}
for _word in ("working", "week", "dias", "tag", "jeden", "fin", "todos", "every"):
    GROUP.pop(_word, None)

PARTS = {
    range(8, 12): "morning mornings am vormittag vormittags vormittage morgens morgen fruh "
    "matin matins matinee manana mananas manha mattina ochtend",
    range(12, 14): "lunch lunchtime lunchtimes midday noon mittag mittags midi mediodia",
    range(13, 18): "afternoon afternoons pm nachmittag nachmittags nachmittage apres midi aprem "
    "tarde tardes pomeriggio middag",
    range(18, 21): "evening evenings night nights abend abends abende soir soirs soiree noche noches noite sera avond",
    range(8, 20): "flexible anytime any allday ganztags ganztagig flexibel toujours journee cualquier siempre",
    range(9, 17): "office hours business burozeiten",
}
PART = {word: hours for hours, words in PARTS.items() for word in words.split()}
for _word in ("hours", "apres"):
    PART.pop(_word, None)

NOT = frozenset("not except excluding ausser nicht sauf excepto salvo menos never but nie jamais".split())
TO = frozenset("to bis a au until till through thru hasta al tot".split())
SMALL = frozenset(
    "und and uhr et y e or oder ou o von de del le la les los las the on at am im in from ab nach also any i my".split()
)
YES = frozenset("x yes y true 1 ja oui si sim ok available free ✓ ✔ ☑".split())
_clock = r"(\d{1,2}(?:[:.h]\d{2}|\s?(?:h(?:rs?|eures?)?|uhr)\b)?(?:\s?[ap]m)?)"
_between = re.compile(
    rf"\b(?:between|entre|zwischen|tra|fra)\s(?:las\s|le\s)?{_clock}\s(?:and|et|und|y|e)\s(?:las\s|le\s)?{_clock}"
)
_compound = re.compile(
    r"\b((?:mon|diens|donners|frei|sams|sonn|werk)tag|mittwoch|sonnabend|wochenend)s?"
    r"((?:vormittag|nachmittag|mittag|abend|morgen)[se]?|fruh)\b"
)
WEEK = 168
HELD = "Write days and times, such as “Mon-Fri mornings” or “Tuesday 17-19”."

_token = re.compile(
    r"(?P<span>(?P<from>\d{1,2})(?:[:.h](?P<from_minutes>\d{2})|\s?h(?:rs?|eures?)?)?\s?(?P<from_half>[ap]m)?"
    r"\s?(?:uhr)?\s?(?:-|to|till|until|bis|a|au|hasta|as|tot)\s?(?:las\s)?"
    r"(?P<to>\d{1,2})(?:[:.h](?P<to_minutes>\d{2})|\s?h(?:rs?|eures?)?)?\s?(?P<to_half>[ap]m)?(?:\suhr)?)"
    r"|(?P<after>after|from|ab|nach|apres|desde|despues de las|a partir de|as from)\s(?:las\s)?(?P<after_hour>\d{1,2})"
    r"(?:[:.h]\d{2}|\s?h)?\s?(?P<after_half>[ap]m)?(?:\suhr)?"
    r"|(?P<before>before|until|vor|bis|avant|antes de las|hasta)\s(?:las\s)?(?P<before_hour>\d{1,2})"
    r"(?:[:.h]\d{2}|\s?h)?\s?(?P<before_half>[ap]m)?(?:\suhr)?"
    r"|(?P<word>[^\W\d_]+)|(?P<dash>-)|(?P<clock>\d{1,2}[:.h]\d{2}|\d{1,2}\s?[ap]m|\d{1,2}\s?(?:uhr|h)\b)"
)


@dataclass
class _Reading:
    days: list[int] = field(default_factory=list)
    times: list[range] = field(default_factory=list)
    days_first: bool = True
    without: bool = False
    to: bool = False
    last_day: int | None = None
    hours: set[int] = field(default_factory=set)
    excluded: set[int] = field(default_factory=set)
    found: bool = False
    short: bool = True
    """Whether days of two letters count: in a sentence, "do" and "so" are words of their own."""

    def day(self, days: Iterable[int]) -> None:
        days = list(days)
        if self.without:
            self.excluded.update(days)
        else:
            if self.days and self.times and self.days_first:
                self.close()
            if not self.days and not self.times:
                self.days_first = True
            if self.to and self.last_day is not None and len(days) == 1:
                days = [day % 7 for day in range(self.last_day, days[0] + (7 if days[0] < self.last_day else 0) + 1)]
            self.days += days
        self.last_day = days[-1] if len(days) == 1 else None
        self.to, self.found = False, True

    def time(self, hours: range) -> None:
        if self.days and self.times and not self.days_first:
            self.close()
        if not self.days and not self.times:
            self.days_first = False
        self.times.append(hours)
        self.to, self.without, self.found = False, False, True

    def close(self) -> None:
        days = self.days or (range(5) if self.times else ())
        times = self.times or [range(8, 18)]
        self.hours.update((day * 24 + hour) % WEEK for day in days for span in times for hour in span)
        self.days, self.times, self.last_day = [], [], None


def week(answer: str, *, asked: str = "") -> tuple[int, ...]:
    """Free hours named by an answer; `asked` is the row of a form's grid ("Monday") the cell belongs to.

    Days without times are 8 to 18, times without days Monday to Friday. Raises `Unclear`.
    """
    said = _plain(answer)
    if asked:
        said = _plain(asked) if said in YES else f"{_plain(asked)} {said.replace(';', ' ').replace(',', ' ')}"
    said = _between.sub(r"\1 - \2", re.sub(r"\bi am\b", "i", said))
    said = re.sub(r"\bam (?=\w+tage?s?\b|mittwoch|(?:vormit|nachmit)?tag|abend|morgen|mittag|wochenende)", "", said)
    reading = _Reading(short=all(_is_known(word) for word in re.findall(r"[^\W\d_]+", said)))
    for sentence in re.split(r"[;\n|]+", said):
        for token in _token.finditer(sentence):
            _take(reading, token)
        reading.close()
        reading.without = False
    if reading.found and not reading.hours and reading.excluded:
        reading.hours = {day * 24 + hour for day in range(5) for hour in range(8, 18)}
    hours = sorted(hour for hour in reading.hours if hour // 24 not in reading.excluded)
    if not hours:
        raise Unclear(f"names no days or times we can read. {HELD}")
    return tuple(hours)


def words(answer: str) -> list[str]:
    """Its words, folded, compounds such as "Dienstagabend" divided."""
    return re.findall(r"[^\W\d_]+", _plain(answer))


def names_a_time(word: str) -> bool:
    """Whether a folded word is a day or a part of one, of more than two letters."""
    return len(word) > 2 and (word in DAY or word in GROUP or word in PART)


def _plain(answer: str) -> str:
    lines = answer.replace("–", "-").replace("—", "-").replace("−", "-").split("\n")
    folded = ";".join(";".join(_kept(part) for part in re.split(r"[;|]", line)) for line in lines)
    for phrase, word in (("apres midi", "aprem"), ("fin de semana", "weekend"), ("fim de semana", "weekend")):
        folded = folded.replace(phrase, word)
    return _compound.sub(r"\1 \2", folded)


def _kept(part: str) -> str:
    """Folded, but with the signs that times are written with."""
    bare = re.sub(r"([ap])\.m\.?", r"\1m", part.casefold().replace("’", "'"))
    pieces = re.split(r"([-:.,✓✔☑]|\d+)", bare)
    joined = "".join(piece if re.fullmatch(r"[-:.,✓✔☑]|\d+", piece) else f" {text.folded(piece)} " for piece in pieces)
    joined = re.sub(r"\s*([-:.])\s*", r"\1", joined)
    joined = re.sub(r"(\d)\s+([ap]m)\b", r"\1\2", " ".join(joined.split()))
    joined = re.sub(r"(\d)\s+h(?:\s*(\d{2}))?\b", r"\1h\2", joined)
    return (
        " ".join(joined.replace("-", " - ").split())
        .replace("week - end", "weekend")
        .replace("week end", "weekend")
        .replace("all day", "allday")
    )


def _take(reading: _Reading, token: re.Match[str]) -> None:
    if token["span"]:
        if hours := _span(token):
            reading.time(hours)
    elif token["after"]:
        reading.time(range(min(_hour(token["after_hour"], token["after_half"] or ""), 20), 21))
    elif token["before"]:
        reading.time(range(8, max(9, min(_hour(token["before_hour"], token["before_half"] or ""), 24))))
    elif token["dash"]:
        reading.to = True
    elif token["clock"]:
        digits = re.match(r"\d+", token["clock"])
        hour = _hour(digits[0] if digits else "0", token["clock"][-2:] if token["clock"].endswith("m") else "")
        if hour < 24:
            reading.time(range(hour, hour + 1))
    elif word := token["word"]:
        _take_word(reading, word)


def _take_word(reading: _Reading, word: str) -> None:
    if word in NOT:
        reading.close()
        reading.without = True
    elif word in TO and reading.last_day is not None:
        reading.to = True
    elif word in DAY and (len(word) > 2 or reading.short):
        reading.day([DAY[word]])
    elif word in GROUP:
        reading.day(GROUP[word])
    elif word in PART:
        reading.time(PART[word])


def _is_known(word: str) -> bool:
    return any(word in known for known in (DAY, GROUP, PART, NOT, TO, YES, SMALL)) or word in ("h", "pm")


def _hour(digits: str, half: str) -> int:
    hour = int(digits)
    if half == "pm" and hour < 12:
        return hour + 12
    return 0 if half == "am" and hour == 12 else hour


def _span(token: re.Match[str]) -> range | None:
    to_half = token["to_half"] or ""
    start = _hour(token["from"], token["from_half"] or "")
    end = _hour(token["to"], to_half)
    if to_half == "pm" and not token["from_half"] and start + 12 < end and start < 8:
        start += 12  # 5-7pm
    if start > end and start <= 12 and not to_half:
        end += 12  # 9-5
    elif start >= 17 and end <= 6:
        return range(start, end + 24 + (int(token["to_minutes"] or 0) > 30))  # past midnight
    if not to_half and not token["from_half"] and end <= 7 and start < end:
        start, end = start + 12, end + 12  # 5-7 is said of the evening
    if int(token["from_minutes"] or 0) > 30:
        start += 1
    if int(token["to_minutes"] or 0) > 30:
        end += 1
    if start >= 24 or end > 24:
        return None
    return range(start, max(end, start + 1))
