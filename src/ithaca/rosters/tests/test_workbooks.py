import pytest

from ithaca.kernel.sheets import reading
from ithaca.kernel.sheets.tests import books
from ithaca.rosters import workbooks

PEOPLE = [["Name", "Can help with"], ["Ana Silva", "Law"], ["Bo Lind", "Tax"]]
GUIDE = [["Topic", "Meaning"], ["Deadline", "Soon"], ["Rules", "Be kind"]]


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Mentors", "mentor"), ("Mentorés", "mentee"), ("MENTORÉES 2027", "mentee"), ("Mentorenliste", "mentor"),
        ("Mentee_list", "mentee"), ("Mentores", "mentor"), ("Mentorados", "mentee"), ("Mentoring info", None),
        ("Mentor-Mentee rules", None), ("Mentorat", None), ("Sheet1", None), ("Lisez-moi", None),
    ],
)  # fmt: skip
def test_a_sheet_named_after_a_side(name, side):
    assert workbooks.side(name) == side


@pytest.mark.parametrize(
    ("role", "sheet", "others"),
    [("mentor", "Helpers", ("Late",)), ("mentee", "Mentees", ()), (None, "Mentees", ("Helpers", "Late"))],
)
def test_the_sheet_of_a_side_is_found_among_others(role, sheet, others):
    data = books.xlsx(GUIDE, more={"Mentees": PEOPLE, "Helpers": PEOPLE, "Late": PEOPLE, "Empty": []})
    found = workbooks.chosen(lambda name: reading.read(data, sheet=name), role)
    assert (found.sheet.sheet, found.others) == (sheet, others)


def test_without_people_the_first_sheet_is_taken():
    data = books.xlsx(GUIDE, more={"More": GUIDE})
    assert workbooks.chosen(lambda name: reading.read(data, sheet=name), "mentor").sheet.sheet == "Sheet"
