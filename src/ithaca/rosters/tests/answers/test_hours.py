import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithaca.rosters.answers import hours
from ithaca.rosters.answers.unclear import Unclear

WORK = range(5)


def week(days, span):
    return tuple(day * 24 + hour for day in days for hour in span)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Mon-Fri mornings", week(WORK, range(8, 12))),
        ("Monday to Friday, 9am - 5pm", week(WORK, range(9, 17))),
        ("Tuesdays 17-19", week([1], range(17, 19))),
        ("Tue/Thu 12:30–13:30", week([1, 3], [12])),
        (
            "Mon, Wed and Fri mornings; Tue 17-19",
            tuple(sorted(week([0, 2, 4], range(8, 12)) + week([1], range(17, 19)))),
        ),
        ("Mornings on Monday and Tuesday, evenings on Friday", week([0, 1], range(8, 12)) + week([4], range(18, 21))),
        ("Mon 9am-11am, Wed 2pm-4pm", week([0], range(9, 11)) + week([2], range(14, 16))),
        ("weekday evenings", week(WORK, range(18, 21))),
        ("5-7pm", week(WORK, range(17, 19))),
        ("after 5pm", week(WORK, range(17, 21))),
        ("Not Fridays", week(range(4), range(8, 18))),
        ("Any time except Mondays", week(range(1, 5), range(8, 20))),
        ("Weekends", week([5, 6], range(8, 18))),
        ("Fri - Mon evenings", tuple(sorted(week([4, 5, 6, 0], range(18, 21))))),
        ("Montag bis Freitag 17 bis 19 Uhr", week(WORK, range(17, 19))),
        ("Mo-Fr abends", week(WORK, range(18, 21))),
        ("am Montag und am Mittwoch ab 16 Uhr", week([0, 2], range(16, 21))),
        ("Di und Do 17 bis 19 Uhr", week([1, 3], range(17, 19))),
        ("lundi au vendredi de 17h à 19h", week(WORK, range(17, 19))),
        ("mardi après-midi", week([1], range(13, 18))),
        ("Lunes a viernes por la tarde", week(WORK, range(13, 18))),
        ("martes y jueves de 18:00 a 20:00", week([1, 3], range(18, 20))),
        ("I can do evenings", week(WORK, range(18, 21))),
        ("week-end", week([5, 6], range(8, 18))),
        ("le week-end", week([5, 6], range(8, 18))),
        ("Dienstagabend", week([1], range(18, 21))),
        ("Montagabend und Freitagnachmittags", week([0], range(18, 21)) + week([4], range(13, 18))),
        ("Wochenendabende", week([5, 6], range(18, 21))),
        ("Montag entre 12h et 14h", week([0], range(12, 14))),
        ("mardi entre 12h et 14h", week([1], range(12, 14))),
        ("Mondays between 5pm and 7pm", week([0], range(17, 19))),
        ("zwischen 9 und 11 Uhr", week(WORK, range(9, 11))),
        ("entre las 18:00 y las 20:00", week(WORK, range(18, 20))),
        ("I am free most evenings", week(WORK, range(18, 21))),
        ("I’m free Mon am", week([0], range(8, 12))),
        ("Fri 22-2", (4 * 24 + 22, 4 * 24 + 23, 5 * 24, 5 * 24 + 1)),
        ("Sun 10pm-1am", (0, 6 * 24 + 22, 6 * 24 + 23)),
        ("Mon 10pm-12am", week([0], range(22, 24))),
        ("flexible", week(WORK, range(8, 20))),
    ],
)
def test_what_people_write(answer, expected):
    assert hours.week(answer) == expected


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        ("Monday", "Morning, Evening", week([0], [*range(8, 12), *range(18, 21)])),
        ("Evenings (17-20)", "Monday;Friday;", week([0, 4], range(17, 21))),
        ("Tuesday evening", "x", week([1], range(18, 21))),
        ("Lunchtime", "Thursday", week([3], range(12, 14))),
    ],
)
def test_the_grid_of_a_form(asked, answer, expected):
    assert hours.week(answer, asked=asked) == expected


@pytest.mark.parametrize("answer", ["whatever suits", "depends on my children", "ask me"])
def test_what_names_no_time_is_said_to_be_unclear(answer):
    with pytest.raises(Unclear, match="no days or times"):
        hours.week(answer)


@given(st.text(max_size=60) | st.text(alphabet="mondaytufri 0123456789:-ap;,h", max_size=40))
def test_any_text_gives_hours_of_the_week_or_is_unclear(answer):
    try:
        found = hours.week(answer)
    except Unclear:
        found = (0,)
    assert found
    assert list(found) == sorted(set(found))
    assert found[0] >= 0
    assert found[-1] <= 167
