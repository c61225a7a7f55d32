import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ithaca.kernel.sheets import reading
from ithaca.rosters import columns, people, turned
from ithaca.rosters.tests import samples


def cleaned(source, role=None, sheet=None, **changes):
    table = reading.read(source, sheet=sheet)
    mapping = columns.guess(table, role).changed(changes)
    return people.clean(table, mapping)


def text(*lines):
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def test_a_google_form():
    rows = cleaned(samples.GOOGLE, "mentor")
    assert all(isinstance(row, people.CleanRow) for row in rows)
    first = rows[0]
    assert (first.row, first.roles) == (2, ("mentor",))
    assert first.person["name"] == "Ingrid Solbakken"
    assert first.person["languages"] == ["no", "en"]
    assert first.person["country"] == "NO"
    assert all(offer != "planning and delivery" for row in rows for offer in row.person["offers"])
    assert all(hour % 24 in (*range(8, 14), *range(18, 21)) for row in rows for hour in row.person["availability"])
    assert rows[2].person["avoids"] == ["Tomasz Wierzbicki"]
    assert sum("avoids" in row.person for row in rows) == 1


def test_a_microsoft_form_refuses_one_address():
    rows = cleaned(samples.MICROSOFT, "mentee")
    refused = [row for row in rows if isinstance(row, people.RejectedRow)]
    assert [(row.row, str(row.findings[0])) for row in refused] == [
        (12, "What is your e-mail address? “elodie.vb@example” is not an e-mail address that can receive mail: "
             "the part after the @-sign is not valid.")
    ]  # fmt: skip
    assert rows[1].person["prefers"][0] == "Tomasz Wierzbicky"
    assert rows[0].person["time_zone"] == "Asia/Amman"


def test_a_german_sheet_gives_skills_to_the_side_that_has_them():
    rows = [row for row in cleaned(samples.GERMAN) if isinstance(row, people.CleanRow)]
    assert rows[0].person["name"] == "Käthe Grünewald"
    assert "offers" in rows[0].person
    assert "needs" not in rows[0].person
    mentee = next(row for row in rows if row.roles == ("mentee",))
    assert "needs" in mentee.person
    assert mentee.person["phone"].startswith("0451 / 7")


def test_many_scripts_and_a_person_who_is_both():
    rows = cleaned(samples.SCRIPTS)
    names = [row.person["name"] for row in rows if isinstance(row, people.CleanRow)]
    assert "नीला जोगळेकर" in names
    both = next(row for row in rows if row.row == 6)
    assert both.roles == ("mentor", "mentee")
    assert (both.person["offers"], both.person["needs"]) == (["Negotiation"], ["Leadership"])
    assert isinstance(rows[-1], people.RejectedRow)
    assert rows[2].person["extra"]["Notes"].startswith("=HYPERLINK")


def test_what_is_not_understood_is_left_out_and_told():
    rows = cleaned(
        text(["Name", "E-mail", "Country", "Languages", "Availability"],
             ["Ana", "a@example.org", "Narnia", "English, Elvish-of-woods", "ask me"],
             ["Bo", "b@example.org", "Norway", "Danish", "Mon 9-12"]),
        "mentor",
    )  # fmt: skip
    assert rows[0].person == {"name": "Ana", "email": "a@example.org", "languages": ["en"]}
    assert [finding.field for finding in rows[0].findings] == ["country", "languages", "availability"]
    assert rows[1].findings == ()


def test_a_column_of_codes_knows_norway_and_namibia():
    rows = cleaned(
        text(["Name", "E-mail", "Country", "Languages"], ["Ana", "a@example.org", "NO", "no"], ["Bo", "b@example.org", "NA", "en, no"],
             ["Cy", "c@example.org", "PT", "pt"]),
        "mentor",
    )  # fmt: skip
    assert [row.person["country"] for row in rows] == ["NO", "NA", "PT"]
    assert [row.person["languages"] for row in rows] == [["no"], ["en", "no"], ["pt"]]


def test_rows_without_name_address_or_role_are_refused_with_reasons():
    rows = cleaned(
        text(["Name", "E-mail", "Role"], ["", "a@example.org", "mentor"], ["Bo", "", "mentor"], ["Cy", "c@example.org", ""],
             ["123", "x", "boss"], ["No Na", "n@example.org", "Mentee"]),
        Role="role",
    )  # fmt: skip
    reasons = [[str(finding) for finding in row.findings] for row in rows[:3]]
    assert reasons == [
        ["Name: the name is missing."],
        ["E-mail: the e-mail address is missing."],
        ["Role: whether this is a mentor or a mentee is missing."],
    ]
    assert len(rows[3].findings) == 3
    assert rows[4].person["name"] == "No Na"


def test_a_reason_that_ends_as_a_sentence_gets_no_second_full_stop():
    rows = cleaned(
        text(["Name", "E-mail", "Free hours"], ["Ana", "a@example.org", "whenever"]),
        "mentor",
        **{"Free hours": "availability"},
    )
    (finding,) = rows[0].findings
    assert str(finding).endswith("or “Tuesday 17-19”.")


def test_names_turned_around_throughout_are_turned_back():
    rows = cleaned(text(["Name", "E-mail"], ["Silva, Ana", "a@example.org"], ["Lind, Bo", "b@example.org"]), "mentor")
    assert [row.person["name"] for row in rows] == ["Ana Silva", "Bo Lind"]


def test_wishes_lose_their_numbers_and_keep_their_order():
    rows = cleaned(
        text(
            ["Name", "E-mail", "Preferred mentor", "Second choice"],
            ["Ana", "a@example.org", "1. Bo Lind\n2) Cy Day", "Di Eck"],
        ),
        "mentee",
    )
    assert rows[0].person["prefers"] == ["Bo Lind", "Cy Day", "Di Eck"]


@pytest.mark.parametrize("nobody", ["nobody", "No one", "Niemand", "personne", "n/a", "no preference"])
def test_nobody_is_no_wish(nobody):
    rows = cleaned(text(["Name", "E-mail", "Keep apart from"], ["Ana", "a@example.org", nobody]), "mentee")
    assert "avoids" not in rows[0].person


def test_a_comma_that_turned_a_name_around_divides_nobody():
    known = {"Adler, Anna", "Bo Lind"}.__contains__
    assert turned.joined(["Bo Lind", "Adler", "Anna", "Cy"], known) == ["Bo Lind", "Adler, Anna", "Cy"]
    assert turned.joined(["Adler", "Anna"], {"Adler, Anna", "Anna"}.__contains__) == ["Adler", "Anna"]


def test_statements_on_a_scale_are_a_working_style():
    rows = cleaned(
        text(
            ["Name", "E-mail", "I like a fixed agenda for every meeting"],
            ["Ana", "a@example.org", "Strongly agree"],
            ["Bo", "b@example.org", "Disagree"],
        ),
        "mentor",
    )
    assert rows[0].person["style"] == {"I like a fixed agenda for every meeting": 5}


def test_years_of_experience_and_long_text():
    rows = cleaned(
        text(
            ["Name", "E-mail", "Years of experience", "Job title"],
            ["Ana", "a@example.org", "12", "x" * 200],
            ["Bo", "b@example.org", "more than 25", ""],
        ),
        "mentor",
    )
    assert [row.person["seniority"] for row in rows] == [5, 9]
    assert len(rows[0].person["headline"]) == 160
    assert "was shortened" in str(rows[0].findings[0])


def test_places_are_counted_as_written_and_what_was_taken_is_told():
    said = ["none", "keine", "2.5", "2, but 10 hours a month at most", "lots", "n/a"]
    rows = cleaned(
        text(
            ["Name", "E-mail", "How many mentees"], *[["Ana", f"a{k}@example.org", each] for k, each in enumerate(said)]
        ),
        "mentor",
    )
    assert [row.person.get("capacity") for row in rows] == [0, 0, 2, 2, None, None]
    assert [[str(finding) for finding in row.findings] for row in rows[2:5]] == [
        ["How many mentees: “2.5” was read as 2: a part of a person cannot be taken on."],
        ["How many mentees: “2, but 10 hours a month at most” was read as 2; please keep one number."],
        ["How many mentees: “lots” is not a number of people from 0 to 50; write one, such as 2."],
    ]


def test_how_many_mentees_says_nothing_about_a_mentee():
    rows = cleaned(
        text(["Name", "E-mail", "Role", "How many mentees"], ["Ana", "a@example.org", "Mentee", "none"],
             ["Bo", "b@example.org", "Mentor", "none"]),
    )  # fmt: skip
    assert [row.person.get("capacity") for row in rows] == [None, 0]


def test_without_addresses_where_people_are_told_apart_otherwise():
    table = reading.read(text(["Name", "Skills"], ["Ana", "law"], ["Bo", "tax"]))
    rows = people.clean(table, columns.guess(table, "mentor"), required=["name"])
    assert [row.person for row in rows] == [{"name": "Ana", "offers": ["law"]}, {"name": "Bo", "offers": ["tax"]}]


def test_a_number_is_a_name_where_none_is_required():
    table = reading.read(text(["Name", "Skills"], ["101", "law"], ["-", "tax"]))
    number, nobody = people.clean(table, columns.guess(table, "mentor"), required=())
    assert number.person["name"] == "101"
    assert isinstance(nobody, people.RejectedRow)


def test_progress_is_told():
    told = []
    table = reading.read(b"Name,E-mail\n" + b"".join(b"P%d x,p%d@example.org\n" % (i, i) for i in range(2500)))
    people.clean(table, columns.guess(table, "mentor"), progress=told.append)
    assert told == [1000, 2000]


cell = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=25) | st.sampled_from(
    ["Mon 9-12", "English", "n/a", "5", "mentor", "a@example.org", "Portugal"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(cell, min_size=6, max_size=6), min_size=1, max_size=5))
def test_any_cells_give_rows_with_reasons(rows):
    data = text(["Name", "E-mail", "Availability", "Languages", "Grade", "Country"], *[["x", *row[1:]] for row in rows])
    for row in cleaned(data, "mentor"):
        if isinstance(row, people.CleanRow):
            assert row.person["email"]
        else:
            assert row.findings


@pytest.mark.parametrize("role", ["mentor", "mentee", None])
def test_an_export_of_the_whole_can_be_cleaned_for_each_role(role):
    table = reading.read(samples.GOOGLE)
    assert columns.guess(table, role).problems() == ([] if role else [columns.Mapping(None, ()).problems()[-1]])
