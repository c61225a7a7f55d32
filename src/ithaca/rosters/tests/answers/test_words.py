import pytest

from ithaca.rosters.answers import addresses, choices, languages, levels, places, places_offered
from ithaca.rosters.answers.unclear import Guessed, Unclear


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ("English", ("en",)),
        ("Français", ("fr",)),
        ("deutsch", ("de",)),
        ("Español", ("es",)),
        ("pt", ("pt",)),
        ("Mandarin", ("zh",)),
        ("English (native)", ("en",)),
        ("French - fluent", ("fr",)),
        ("German C1", ("de",)),
        ("English and French", ("en", "fr")),
        ("Português (Brasil)", ("pt",)),
        ("العربية", ("ar",)),
        ("日本語", ("ja",)),
        ("British Sign Language (BSL)", ("bfi",)),
        ("norsk", ("no",)),
        ("Englisch", ("en",)),
        ("Farsi", ("fa",)),
        ("Engl.", ("en",)),
        ("Franz. (B2)", ("fr",)),
    ],
)
def test_languages(answer, codes):
    assert languages.codes(answer) == codes


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("UK", "GB"),
        ("Scotland", "GB"),
        ("Deutschland", "DE"),
        ("Espagne", "ES"),
        ("Lisbon, Portugal", "PT"),
        ("México", "MX"),
        ("The Netherlands", "NL"),
        ("Türkiye", "TR"),
        ("NO", "NO"),
        ("中国", "CN"),
        ("Côte d’Ivoire", "CI"),
        ("USA", "US"),
    ],
)
def test_countries(answer, code):
    assert places.country(answer) == code


@pytest.mark.parametrize(
    ("answer", "zone"),
    [
        ("Europe/Lisbon", "Europe/Lisbon"),
        ("London", "Europe/London"),
        ("CET", "Europe/Berlin"),
        ("UTC+1", "Etc/GMT-1"),
        ("GMT-5", "Etc/GMT+5"),
        ("UTC+05:30", "Asia/Kolkata"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern", "Europe/Amsterdam"),
        ("Eastern Time", "America/New_York"),
        ("GMT", "Europe/London"),
        ("New York", "America/New_York"),
        ("+2", "Etc/GMT-2"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("UTC", "UTC"),
        ("UTC+0", "UTC"),
        ("Central European Time", "Europe/Berlin"),
        ("Central European Summer Time (CEST)", "Europe/Berlin"),
        ("London time", "Europe/London"),
        ("Mitteleuropäische Zeit", "Europe/Berlin"),
        ("Heure de Paris", "Europe/Paris"),
        ("heure d’Europe centrale", "Europe/Berlin"),
        ("Berliner Zeit", "Europe/Berlin"),
        ("hora de Madrid", "Europe/Madrid"),
        ("British Summer Time", "Europe/London"),
        ("Eastern European Time", "Europe/Helsinki"),
        ("Eastern Standard Time", "America/New_York"),
        ("Central Time", "America/Chicago"),
        ("India Standard Time", "Asia/Kolkata"),
    ],
)
def test_time_zones(answer, zone):
    assert places.time_zone(answer) == zone


@pytest.mark.parametrize(
    ("answer", "level"),
    [
        ("AA", 1),
        ("AO", 2),
        ("EO", 3),
        ("HEO (D)", 4),
        ("SEO", 5),
        ("Grade 7", 6),
        ("G6", 7),
        ("SCS1", 8),
        ("SEO / Grade 7", 5),
        ("junior", 2),
        ("Senior Manager", 7),
        ("Team Lead", 6),
        ("Director", 8),
        ("Student", 0),
        ("CEO", 10),
        ("Assistant Professor", 6),
        ("Abteilungsleiterin", 7),
        ("10 years", 4),
        ("20+ years", 8),
        ("35 Jahre", 10),
        ("Band 6", 6),
    ],
)
def test_levels(answer, level):
    assert levels.seniority(answer) == level


def test_a_bare_number_is_years_or_a_level():
    assert levels.seniority("7", measure="years") == 3
    assert levels.seniority("7", measure="scale") == 7


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("Online", "video"),
        ("MS Teams call", "video"),
        ("Face to face", "in_person"),
        ("vor Ort", "in_person"),
        ("Présentiel", "in_person"),
        ("Both", "either"),
        ("Video or in person", "either"),
        ("No preference", "either"),
        ("egal", "either"),
    ],
)
def test_meeting_forms(answer, form):
    assert choices.meeting_form(answer) == form


@pytest.mark.parametrize(
    ("answer", "roles"),
    [
        ("Mentor", ("mentor",)),
        ("Mentorin", ("mentor",)),
        ("I want to be a mentee", ("mentee",)),
        ("Mentoré", ("mentee",)),
        ("Both", ("mentor", "mentee")),
        ("Mentor and mentee", ("mentor", "mentee")),
    ],
)
def test_roles(answer, roles):
    assert choices.roles(answer) == roles


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        ("1", 1),
        ("up to 3", 3),
        ("1-2", 2),
        ("1 or 2", 2),
        ("2 à 3", 3),
        ("I am not available this year", 0),
        ("two or three", 3),
        ("two", 2),
        ("a couple", 2),
        ("3.0", 3),
        ("zwei", 2),
        ("2 (two)", 2),
        ("ein Mentee", 1),
        ("a mentee", 1),
        ("not more than 2", 2),
        ("no more than two", 2),
        ("1 in 2027", 1),
        ("2 maybe", 2),
        ("2 may be too many, 2 at most", 2),
        ("2 from 1 May", 2),
        ("from May 2 mentees", 2),
        ("from May 2-3 mentees", 3),
        ("2-3 may be fine", 3),
        ("2 (from 2027-05-01)", 2),
        ("0", 0),
        ("none", 0),
        ("No", 0),
        ("keine", 0),
        ("Keine dieses Jahr", 0),
        ("aucun", 0),
        ("aucun cette année", 0),
        ("none this year", 0),
        ("Not this year, sorry", 0),
        ("ninguno", 0),
        ("nobody", 0),
    ],
)
def test_places_offered(answer, count):
    assert places_offered.places(answer) == count


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        ("2.5", 2),
        ("2,5", 2),
        ("1.5", 1),
        ("2, but 10 hours a month at most", 2),
        ("max 2 (20 hours a month)", 2),
        ("10 hours a month, 2 mentees", 2),
        ("just 1 this year (I had 3 last year)", 1),
        ("none this year (I had 3 last year)", 0),
        ("2027-03-02", 3),
        ("2027-02-03", 3),
        ("02.03.2027", 3),
        ("02-Mar", 3),
        ("2. Mrz", 3),
        ("May 2", 5),
        ("2 May 2027", 5),
        ("Jan 2nd", 2),
        ("3 février", 3),
    ],
)
def test_places_of_which_a_part_was_taken_say_which(answer, count):
    with pytest.raises(Guessed, match=f"was read as {count}") as guessed:
        places_offered.places(answer)
    assert guessed.value.value == count


@pytest.mark.parametrize(
    "answer",
    ["a few", "ein paar", "why not", "pourquoi pas", "01.09.2027", "quelques-uns", "no limit",
      "keine Obergrenze", "2 hours", "100", "-2", "2027-09-01", "depends",
     "May 2-3", "2-3 May", "2 to 3 May 2027", "2. und 3. Mai", "2.-3. Mai", "2.5.-3.5.2027", "2027-05-02 - 2027-05-03",
     "no idea", "20 %", "1 Jan", "Jan 1", "June 2", "2 Sept.", "from 1 May", "from 1 May on", "ab 1. Juni"],
)  # fmt: skip
def test_places_that_are_unclear_say_so(answer):
    with pytest.raises(Unclear, match="not a number of people") as unclear:
        places_offered.places(answer)
    assert not isinstance(unclear.value, Guessed)


@pytest.mark.parametrize("answer", ["May 2-3", "2-3 May", "from 1 May", "2.5.-3.5.2027", "2 May - 3 June"])
def test_places_that_are_dates_are_called_dates(answer):
    with pytest.raises(Unclear, match="reads as a date and is not a number of people from 0 to 50; write one"):
        places_offered.places(answer)


@pytest.mark.parametrize(
    ("answer", "value"), [("4", 4), ("4 - Agree", 4), ("Strongly disagree", 1), ("stimme zu", 4), ("5 (always)", 5)]
)
def test_scales(answer, value):
    assert choices.scale(answer) == value


@pytest.mark.parametrize(
    ("answer", "address"),
    [
        ("Ana Silva <Ana@Example.org>", "ana@example.org"),
        ("mailto:a.b@example.org", "a.b@example.org"),
        ("josé@exämple.org", "josé@exämple.org"),
        ("o'brien+m@example.org.", "o'brien+m@example.org"),
    ],
)
def test_addresses(answer, address):
    assert addresses.email(answer) == address


@pytest.mark.parametrize(
    "answer", ["ana", "ana@", "a@b", "a..b@example.org", "a@example.org; b@example.org", "ana at example.org"]
)
def test_wrong_addresses_say_why(answer):
    with pytest.raises(Unclear, match="e-mail"):
        addresses.email(answer)


@pytest.mark.parametrize(
    ("read", "answer"),
    [
        (languages.codes, "Elvish of the woods"),
        (places.country, "Narnia"),
        (places.time_zone, "Mars"),
        (places.time_zone, "my local time"),
        (places.time_zone, "summer time"),
        (places.time_zone, "UTC+27"),
        (levels.seniority, "wizard"),
        (choices.meeting_form, "by pigeon"),
        (choices.roles, "helper"),
        (places_offered.places, "lots"),
        (places_offered.places, "-1"),
        (choices.scale, "9"),
    ],
)
def test_what_is_not_understood_says_what_would_be(read, answer):
    with pytest.raises(Unclear) as unclear:
        read(answer)
    assert len(str(unclear.value)) > 20
