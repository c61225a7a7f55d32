# ruff: noqa: SIM905 - lists of words read best as lines of words
"""Countries and time zones."""

import datetime
import re
import zoneinfo
from functools import cache

from ithaca.kernel.sheets import text
from ithaca.rosters.answers import names
from ithaca.rosters.answers.unclear import Unclear

ABBREVIATIONS = {
    "gmt": "Europe/London", "bst": "Europe/London", "wet": "Europe/Lisbon", "uk": "Europe/London", "utc": "UTC",
    "cet": "Europe/Berlin", "cest": "Europe/Berlin", "mez": "Europe/Berlin", "mesz": "Europe/Berlin",
    "eet": "Europe/Helsinki", "eest": "Europe/Helsinki", "msk": "Europe/Moscow", "ist": "Asia/Kolkata",
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "eastern": "America/New_York",
    "ct": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago", "central": "America/Chicago",
    "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "mountain": "America/Denver",
    "pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles", "jst": "Asia/Tokyo", "sgt": "Asia/Singapore", "hkt": "Asia/Hong_Kong",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "awst": "Australia/Perth", "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland", "sast": "Africa/Johannesburg", "wat": "Africa/Lagos", "eat": "Africa/Nairobi",
    "cat": "Africa/Harare", "brt": "America/Sao_Paulo", "art": "America/Argentina/Buenos_Aires", "gst": "Asia/Dubai",
    "pkt": "Asia/Karachi", "ict": "Asia/Bangkok", "kst": "Asia/Seoul",
}  # fmt: skip

PHRASES = {
    "Europe/Berlin": "central european|central europe|central europa|mitteleuropa|mitteleuropaische|europe centrale|"
    "europa central|centroeuropea|central europea|europa centrale|midden europese|german|deutsche",
    "Europe/Helsinki": "eastern european|osteuropaische|europe de l est|europe est|europa oriental|oost europese",
    "Europe/Lisbon": "western european|westeuropaische|europe occidentale|europe de l ouest|europa occidental|"
    "lisbonne|lisboa|lissabon|lisbona",
    "Europe/London": "british|british summer|greenwich|greenwich mean|gmt bst|londres|londra|londen|england|great britain",
    "Asia/Kolkata": "indian|india|mumbai|bombay|delhi|new delhi|bangalore|bengaluru|chennai",
    "America/New_York": "us eastern|eastern us|us east coast|new yorker",
    "America/Chicago": "us central|central us", "America/Denver": "us mountain",
    "America/Los_Angeles": "us pacific|us west coast|san francisco|seattle|california",
    "Asia/Tokyo": "japan|japanese", "Asia/Singapore": "singapur|singapour", "Europe/Vienna": "wien|wiener|vienne|viena",
    "Europe/Rome": "rom|roma|milan|mailand|milano|italian", "Europe/Brussels": "brussel|bruxelles|bruselas|brussel",
    "Europe/Warsaw": "warschau|varsovie|warszawa|varsovia", "Europe/Prague": "prag|praha|praga",
    "Europe/Athens": "athen|athenes|atenas|atene", "Europe/Copenhagen": "kopenhagen|copenhague|kobenhavn",
    "Europe/Moscow": "moskau|moscou|moscu|moskauer", "Europe/Zurich": "geneva|genf|geneve|ginebra|bern|berne|zurcher|swiss",
    "Africa/Cairo": "kairo|le caire|el cairo", "Africa/Nairobi": "east africa|kenya", "Africa/Lagos": "west africa|nigeria",
    "Asia/Shanghai": "china|beijing|peking|pekin", "Europe/Madrid": "barcelona|espana peninsular|peninsular",
    "Europe/Paris": "france|francaise|lyon|marseille", "Europe/Dublin": "irish|ireland",
}  # fmt: skip
"""How zones are called in words, folded, beside cities and abbreviations; words of `FRAME` are left out."""
FRAME = frozenset(
    """time standard summer winter daylight saving zone local tz zeit normalzeit sommerzeit winterzeit ortszeit zeitzone
    heure heures normale ete hiver locale fuseau horaire hora horario zona verano ora fuso orario tijd tid de d du la le
    the of in""".split()
)

_offset = re.compile(r"(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?:[:.]?(\d{2}))?(?!\d)", re.IGNORECASE)
_winter = datetime.datetime(2026, 1, 15, tzinfo=datetime.UTC)


def country(answer: str) -> str:
    """ISO 3166 code of a country named in any of many languages. Raises `Unclear`."""
    known = names.countries()
    folded = text.folded(answer)
    if folded in known:
        return known[folded]
    bare = text.folded(re.sub(r"[(\[].*?[)\]]", " ", answer)).removeprefix("the ")
    if bare in known:
        return known[bare]
    last = text.folded(answer.rsplit(",", maxsplit=1)[-1])
    if "," in answer and last in known:
        return known[last]
    raise Unclear("is not a country we know; write its name, such as Portugal, or its code, such as PT")


@cache
def _zones() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in sorted(zoneinfo.available_timezones()):
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/")):
            found.setdefault(text.folded(name.rsplit("/", 1)[1]), name)
            found[text.folded(name)] = name
    for name, phrases in PHRASES.items():
        found.update(dict.fromkeys(phrases.split("|"), name))
    for alias, name in ABBREVIATIONS.items():
        for suffix in ("", " time", " standard time", " zone", " time zone"):
            found[alias + suffix] = name
    found["utc"] = "UTC"
    return found


@cache
def _by_offset(minutes: int) -> str:
    if minutes % 60 == 0 and -12 <= minutes // 60 <= 14:
        hours = minutes // 60
        return "UTC" if not hours else f"Etc/GMT{-hours:+d}"
    for name in ("Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Kabul", "Asia/Yangon", "Australia/Darwin",
                 "America/St_Johns", "Pacific/Chatham", "Pacific/Marquesas"):  # fmt: skip
        offset = zoneinfo.ZoneInfo(name).utcoffset(_winter)
        if offset == datetime.timedelta(minutes=minutes):
            return name
    raise Unclear("is not an offset that any time zone has; write a name such as Europe/Lisbon")


@cache
def _zone_names() -> frozenset[str]:
    """Asked for once: the standard library walks its folders at every call."""
    return frozenset(zoneinfo.available_timezones())


def _framed(folded: str) -> str | None:
    """The zone of "London time", "Heure de Paris", "Berliner Zeit": what is left without the words around it."""
    known, words = _zones(), folded.split()
    bare = " ".join(word for word in words if word not in FRAME)
    german = bare.removesuffix("er") if any(word.endswith("zeit") for word in words) else bare
    zones = {known[place] for place in (bare, german) if len(place) > 2 and place in known}
    return zones.pop() if len(zones) == 1 else None


def time_zone(answer: str) -> str:
    """IANA name of a time zone written as such a name, a city, an abbreviation or an offset. Raises `Unclear`.

    An offset gives a zone without daylight saving time, or the usual zone of a half hour (+05:30 is Asia/Kolkata).
    """
    stripped = answer.strip()
    if stripped.casefold() in ABBREVIATIONS:
        return ABBREVIATIONS[stripped.casefold()]
    if stripped in _zone_names():
        return stripped
    known = _zones()
    folded = text.folded(stripped)
    if folded in known:
        return known[folded]
    offset = _offset.search(stripped)
    rest = text.folded(_offset.sub(" ", stripped)).removeprefix("utc").removeprefix("gmt").strip()
    if rest in known:
        return known[rest]
    for part in re.split(r"[,(/)]", _offset.sub(" ", stripped)):
        if (place := text.folded(part)) in known and len(place) > 3:
            return known[place]
    if framed := _framed(rest):
        return framed
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return _by_offset(minutes if offset[1] == "+" else -minutes)
    raise Unclear("is not a time zone we know; write a name such as Europe/Lisbon, a city, or UTC+1")
