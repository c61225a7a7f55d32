import pytest

from ithaca.kernel.sheets import reading
from ithaca.rosters import columns, fields
from ithaca.rosters.tests import samples


def guessed(path, role=None, sheet=None):
    mapping = columns.guess(reading.read(path, sheet=sheet), role)
    return {column.header: column.field for column in mapping.columns}


def test_a_google_form():
    found = guessed(samples.GOOGLE, "mentor")
    assert list(found.values()) == [
        "leave_out", "email", "name", "headline", "employer", "place", "country", "offers", "languages", "seniority",
        "availability", "availability", "availability", "meeting_form", "capacity", "interests", "lived_experience", "avoids",
        "leave_out",
    ]  # fmt: skip


def test_a_microsoft_form():
    found = guessed(samples.MICROSOFT, "mentee")
    assert found["Email"] == "leave_out"
    assert found["What is your e-mail address?"] == "email"
    assert found["What would you like to learn?"] == "needs"
    assert found["Who would be your second choice of mentor?"] == "prefers"
    assert found["Would you like a mentor with experience of something in particular?"] == "lived_experience_wanted"
    assert found["Are you a student or working?"] == "extra"


def test_a_civil_service_sheet():
    assert list(guessed(samples.CIVIL_SERVICE, "mentee", "Mentees").values()) == [
        "extra", "name", "email", "seniority", "department", "extra", "place", "needs", "availability", "goals", "meeting_form",
        "reports_to", "avoids",
    ]  # fmt: skip


def test_a_german_sheet_with_both_roles():
    assert list(guessed(samples.GERMAN).values()) == [
        "family_name", "given_name", "email", "role", "employer", "department", "seniority", "skills", "languages", "place",
        "country", "availability", "meeting_form", "capacity", "prefers", "phone",
    ]  # fmt: skip


FIELDS = "email;employer;languages;place;country;availability;goals"


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Nom;Prénom;Courriel;Entreprise;Langues;Ville;Pays;Disponibilités;Objectifs", "family_name;given_name"),
        (
            "Nombre;Apellidos;Correo electrónico;Empresa;Idiomas;Ciudad;País;Disponibilidad;Objetivos",
            "given_name;family_name",
        ),
        ("Name;Vorname;E-Mail;Firma;Sprachen;Wohnort;Land;Verfügbarkeit;Ziele", "family_name;given_name"),
        ("Surname;Given name;Mail;Company;Languages spoken;Town;Country;Free hours;Goals", "family_name;given_name"),
    ],
)
def test_headers_of_four_languages(header, names):
    row = "Silva;Ana;ana@example.org;Ponte;pt, en;Porto;Portugal;Mon 17-19;learn to lead"
    sheet = reading.read(f"{header}\n{row}\n".encode())
    assert [column.field for column in columns.guess(sheet, "mentee").columns] == f"{names};{FIELDS}".split(";")


def test_cells_prove_what_a_column_is_whatever_it_is_called():
    sheet = reading.read(b"A;B;C;D\nAna;ana@example.org;Mentor;Portuguese, English\nBo;bo@example.org;Mentee;Danish\n")
    assert [column.field for column in columns.guess(sheet).columns] == ["extra", "email", "role", "languages"]


def test_a_town_is_not_taken_for_a_time_zone():
    sheet = reading.read(b"Name;Location\nAna;Lisbon\nBo;London\n")
    assert columns.guess(sheet, "mentor").columns[1].field == "place"


def test_full_name_beside_first_name_stays_the_full_name():
    sheet = reading.read(b"Name;First name\nAna Silva;Ana\nBo Lind;Bo\n")
    assert [column.field for column in columns.guess(sheet, "mentor").columns] == ["name", "given_name"]


@pytest.mark.parametrize("header", ["Name", "Full name", "Nom", "Nombre", "Navn", "Nome completo"])
@pytest.mark.parametrize("cells", [("Mentor A", "Mentor B"), ("P01", "P02"), ("Mentor", "Mentee"), ("101", "102")])
def test_a_column_called_name_is_the_name_whatever_it_holds(header, cells):
    sheet = reading.read(f"{header};Skills\n{cells[0]};law\n{cells[1]};tax\n".encode())
    assert columns.guess(sheet).columns[0].field == "name"


@pytest.mark.parametrize(
    ("header", "cells", "role", "field"),
    [
        ("Hours per month", ("2 hours", "4 hours"), "mentor", "extra"),
        ("Sprachkenntnisse", ("Deutsch, Engl.", "Englisch"), "mentor", "languages"),
        ("Preferred mentee gender", ("female", "no preference"), "mentor", "extra"),
        ("Preferred mentor age", ("40", "50"), "mentee", "extra"),
        ("Preferred mentee", ("Ana Silva", "Bo Lind"), "mentor", "prefers"),
        ("Free hours", ("Dienstagabend", "week-end"), "mentor", "availability"),
        ("Who", ("Mentor A", "Mentor B"), None, "extra"),
        ("Wants", ("law, tax", "speaking"), "mentee", "needs"),
        ("Wants", ("law, tax", "speaking"), None, "needs"),
        ("Wants a photo on the page", ("yes", "no"), "mentee", "extra"),
        ("I like agendas", ("4 - agree", "5"), "mentor", "extra"),
        ("I like agendas", ("4 - agree", "5 (always)"), "mentor", "style"),
    ],
)
def test_a_column_is_not_taken_for_what_it_only_resembles(header, cells, role, field):
    sheet = reading.read(f"Name;{header}\nAna;{cells[0]}\nBo;{cells[1]}\n".encode())
    assert columns.guess(sheet, role).columns[1].field == field


def test_examples_and_confidence_are_shown():
    mapping = columns.guess(
        reading.read(b"Name;E-mail;Shoe size\nAna;a@example.org;38\nBo;b@example.org;44\n"), "mentor"
    )
    assert mapping.columns[1].examples == ("a@example.org", "b@example.org")
    assert [column.header for column in mapping.unsure] == ["Name", "Shoe size"]
    assert all(0 <= column.confidence <= 100 for column in mapping.columns)


def test_corrections_are_kept_and_problems_told():
    mapping = columns.guess(reading.read(b"Who;Town;City\nAna;Porto;Porto\n"))
    assert mapping.problems() == [
        "Please choose the column that holds the people's names.",
        "Please choose the column that holds the e-mail addresses: they tell people apart.",
        "Please say whether these are mentors or mentees, or choose the column that says so.",
    ]
    changed = mapping.changed({"Who": "name", "Town": "place", "City": "place"})
    assert changed.choices() == {"Who": "name", "Town": "place", "City": "place"}
    assert "both taken for “Town or site”" in changed.problems()[-1]
    with pytest.raises(KeyError):
        mapping.changed({"Who": "shoe_size"})


def test_every_field_has_a_label_and_only_known_keys():
    assert all(field.label for field in fields.FIELDS)
    assert fields.EXTRA in fields.BY_KEY
    assert fields.LEAVE_OUT in fields.BY_KEY


@pytest.mark.parametrize(
    ("rows", "header", "field"),
    [
        ("Mentor;law|Mentee;speaking", "Skills", "skills"),
        ("Mentor;law|Mentee;speaking", "Can help with", "skills"),
        ("Mentor;law|Mentee;", "Can help with", "offers"),
        ("Mentor;law|Both;speaking", "Can help with", "offers"),
        ("Mentor;law;|Mentee;speaking;tax", "Can help with;Wants to learn", "offers"),
    ],
)
def test_one_column_of_skills_beside_a_column_of_roles_is_of_both_sides(rows, header, field):
    lines = [f"p{number}@example.org;{row}" for number, row in enumerate(rows.split("|"))]
    mapping = columns.guess(reading.read("\n".join([f"E-mail;Role;{header}", *lines]).encode(), "people.csv"))
    assert mapping.columns[2].field == field
    assert (mapping.columns[2] in mapping.unsure) == (field == "skills")
