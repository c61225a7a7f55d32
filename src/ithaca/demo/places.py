"""Where the demo's people live: town, country, time zone, local languages, and the names given there.

First and family names are common words of their region put together by chance; whoever bears such a name in life is not meant.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A town of the demo world with the names and languages of its people; `share` is its weight in the population."""

    town: str
    country: str
    time_zone: str
    languages: tuple[str, ...]
    share: int
    given: tuple[str, ...]
    family: tuple[str, ...]


PLACES: tuple[Place, ...] = (
    Place("Lisbon", "PT", "Europe/Lisbon", ("pt",), 12,
          ("Inês", "Duarte", "Mafalda", "Tomé", "Leonor", "Gaspar", "Beatriz", "Vasco"),
          ("Salgueiral", "Pontevalle", "Brandoso", "Marinhal", "Queirosa", "Figueiral")),
    Place("Leeds", "GB", "Europe/London", ("en",), 16,
          ("Hattie", "Rowan", "Imogen", "Callum", "Priya", "Edmund", "Tamsin", "Wilfred"),
          ("Thornbeck", "Ashgrove", "Merrowdale", "Pellworth", "Hathersby", "Linfield")),
    Place("Lyon", "FR", "Europe/Paris", ("fr",), 11,
          ("Maëlle", "Bastien", "Solène", "Théodore", "Capucine", "Loïc", "Noémie", "Anselme"),
          ("Vauclair", "Beaufourt", "Lachenaye", "Montbrillant", "Desrivaux", "Chantelune")),
    Place("Leipzig", "DE", "Europe/Berlin", ("de",), 11,
          ("Friederike", "Jonas", "Annegret", "Malte", "Svenja", "Ruprecht", "Liv", "Torben"),
          ("Wiesenthaler", "Kranichfeld", "Lindenhagen", "Morgenroth", "Eschbacher", "Halmstedt")),
    Place("Warsaw", "PL", "Europe/Warsaw", ("pl",), 8,
          ("Zofia", "Kacper", "Jagoda", "Wojciech", "Hanna", "Bruno", "Łucja", "Olaf"),
          ("Borowiecka", "Jeziorny", "Wiśnicz", "Dąbrowiec", "Źródlak", "Lipowicz")),
    Place("Thessaloniki", "GR", "Europe/Athens", ("el",), 6,
          ("Ελένη", "Νίκος", "Δάφνη", "Στέφανος", "Μελίνα", "Ορέστης"),
          ("Θαλασσινός", "Ελαιώνας", "Καστρινού", "Πετρινός", "Αμπελιώτη")),
    Place("Toronto", "CA", "America/Toronto", ("en", "fr"), 10,
          ("Odette", "Jasper", "Mei", "Anders", "Farah", "Colm", "Nadia", "Ezra"),
          ("Whitlock-Reyes", "Cedarholm", "Okonjo", "Larkspur", "Zhao-Bell", "Northam")),
    Place("Recife", "BR", "America/Recife", ("pt",), 7,
          ("Iracema", "Caetano", "Jurema", "Davi", "Lívia", "Ubirajara"),
          ("Mangueira", "Cajueiro", "Pedralva", "Sertão", "Barramar")),
    Place("Nairobi", "KE", "Africa/Nairobi", ("en", "sw"), 8,
          ("Wanjiru", "Otieno", "Achieng", "Baraka", "Makena", "Juma"),
          ("Mwangaza", "Kibera-Hill", "Ndoto", "Tumaini", "Safiri")),
    Place("Amman", "JO", "Asia/Amman", ("ar", "en"), 5,
          ("ليان", "يزن", "رهف", "كرم", "سلمى", "نور"),
          ("الزيتوني", "البحري", "النخيلي", "الوادي")),
    Place("Pune", "IN", "Asia/Kolkata", ("en", "hi", "mr"), 9,
          ("Aarohi", "Vihaan", "Mrunal", "Ishaan", "Gauri", "Tejas"),
          ("Kelkarwadi", "Sahyadri", "Deshvani", "Nimbalkot", "Phadtare-Rao")),
    Place("Kyoto", "JP", "Asia/Tokyo", ("ja", "en"), 4,
          ("Aoi", "Haruto", "Tsumugi", "Ren", "Rin"),
          ("Tsukimori", "Hanaokahara", "Mizunobe", "Hoshikawase")),
    Place("Auckland", "NZ", "Pacific/Auckland", ("en", "mi"), 3,
          ("Aroha", "Tane", "Maia", "Fergus"),
          ("Tui-Harakeke", "Rimuwood", "Southwell-Ngaio")),
)  # fmt: skip
