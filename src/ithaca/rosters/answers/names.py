# ruff: noqa: SIM905 - lists of words read best as lines of words
"""Names of languages and countries, in many languages, from the tables of pycountry (ISO 639-3, ISO 3166-1)."""

import gettext
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pycountry

from ithaca.kernel.sheets import text

LOCALES = """
    fr de es pt pt_BR it nl pl sv da nb_NO nn fi cs sk sl hr sr bg ro hu el et lv lt is ga cy ca eu gl sq mk be tr ru uk
    ka hy ar fa ur he hi bn gu mr pa ta te th vi id ms fil zh_CN zh_TW ja ko sw
""".split()
"""Languages in which names of languages and countries are understood, beside English."""

LANGUAGE_ALIASES = {
    "en": "engl",
    "de": "dt|deut",
    "fr": "franz|frz",
    "it": "ital",
    "pt": "port",
    "ru": "russ",
    "ar": "arab",
    "pl": "poln",
    "zh": "mandarin|mandarin chinese|putonghua|chinese mandarin|simplified chinese|traditional chinese|"
    "中文|普通话|汉语|漢語",
    "yue": "cantonese|chinese cantonese|广东话|廣東話|粵語|粤语",
    "fa": "farsi|dari|parsi",
    "el": "greek|modern greek",
    "pa": "punjabi",
    "ps": "pashto",
    "ne": "nepali",
    "ms": "malay|bahasa melayu",
    "id": "bahasa indonesia|bahasa",
    "sw": "swahili|kiswahili",
    "nl": "flemish|vlaams|flamand",
    "es": "castilian|castellano|span|spanisch kastilisch",
    "no": "norwegian|norsk",
    "ky": "kyrgyz",
    "or": "odia|oriya",
    "gd": "gaelic|scots gaelic",
    "bfi": "bsl|british sign language",
    "ase": "asl|american sign language",
    "gsg": "dgs",
    "si": "sinhalese",
    "ug": "uyghur",
    "fil": "filipino|pilipino",
    "tl": "tagalog",
    "bn": "bangla",
    "st": "sesotho|sotho",
    "ny": "chewa|nyanja",
    "lg": "luganda",
    "yo": "yoruba",
}

COUNTRY_ALIASES = {
    "GB": "uk|u k|great britain|britain|england|scotland|wales|northern ireland|united kingdom|royaume uni|reino unido",
    "US": "usa|u s a|u s|united states|america|united states of america|"
    "etats unis|estados unidos|eeuu|vereinigte staaten",
    "NL": "holland|the netherlands|netherlands",
    "CZ": "czech republic|czechia|tschechische republik",
    "KR": "south korea|korea|republic of korea",
    "KP": "north korea",
    "RU": "russia",
    "TR": "turkey|turkiye",
    "CI": "ivory coast|cote d ivoire",
    "AE": "uae|emirates|united arab emirates",
    "VN": "vietnam",
    "IR": "iran",
    "SY": "syria",
    "MD": "moldova",
    "BO": "bolivia",
    "VE": "venezuela",
    "TZ": "tanzania",
    "TW": "taiwan",
    "LA": "laos",
    "MK": "macedonia|north macedonia",
    "SZ": "swaziland",
    "CV": "cape verde",
    "CD": "dr congo|drc|democratic republic of the congo",
    "CG": "congo|republic of the congo",
    "BN": "brunei",
    "HK": "hong kong",
    "MO": "macau|macao",
    "PS": "palestine",
    "MM": "burma",
    "IE": "republic of ireland|eire",
    "CN": "prc|people s republic of china",
    "XK": "kosovo",
    "VA": "vatican",
}


@cache
def languages() -> dict[str, str]:
    """Folded name → ISO 639 code (two letters where there are two)."""
    found: dict[str, str] = {}
    ranked = sorted(pycountry.languages, key=lambda language: not hasattr(language, "alpha_2"))
    for language in ranked:
        code = getattr(language, "alpha_2", language.alpha_3)
        names = {language.name, language.name.split(" (")[0], getattr(language, "inverted_name", language.name)}
        names |= {code, language.alpha_3, getattr(language, "bibliographic", code)}
        for name in names:
            found.setdefault(text.folded(name), code)
    two = [language for language in ranked if hasattr(language, "alpha_2")]
    for catalogue in _catalogues("iso639-3"):
        for language in two:
            for name in catalogue.gettext(language.name).split(";"):
                found.setdefault(text.folded(name.split(" (")[0]), language.alpha_2)
    return _with(LANGUAGE_ALIASES, found)


@cache
def countries() -> dict[str, str]:
    """Folded name → ISO 3166 code of two letters."""
    found: dict[str, str] = {}
    for country in pycountry.countries:
        names = [country.alpha_2, country.alpha_3, country.name, country.name.split(",")[0]]
        names += [getattr(country, "common_name", country.name), getattr(country, "official_name", country.name)]
        for name in names:
            found.setdefault(text.folded(name), country.alpha_2)
    for catalogue in _catalogues("iso3166-1"):
        for country in pycountry.countries:
            for name in (country.name, getattr(country, "common_name", country.name)):
                found.setdefault(text.folded(catalogue.gettext(name)), country.alpha_2)
    return _with(COUNTRY_ALIASES, found)


def _with(aliases: dict[str, str], found: dict[str, str]) -> dict[str, str]:
    for code, names in aliases.items():
        for name in names.split("|"):
            found[text.folded(name)] = code
    found.pop("", None)
    return found


def _catalogues(domain: str) -> Iterator[gettext.NullTranslations]:
    folder = Path(pycountry.__file__).parent / "locales"
    for locale in LOCALES:
        yield gettext.translation(domain, folder, languages=[locale], fallback=True)
