"""Reading people: what is a blank, and what cannot be read is said with person and field."""

import math

import pytest

from ithaca.pairing.side import ProblemError, Side, from_table


@pytest.mark.parametrize("blank", [None, "", " - ", "N/A", "No", "none", math.nan, "–"])
def test_words_that_say_nothing_are_blanks(blank: object) -> None:
    people = from_table("mentee", [{"id": "a", "needs": blank, "place": blank, "goals": blank, "seniority": blank}])
    assert [people.value(0, key) for key in ("needs", "place", "goals", "seniority")] == [(), "", "", None]


def test_no_is_norway_and_norwegian_where_codes_are_meant() -> None:
    people = from_table("mentor", [{"id": "a", "country": "NO", "languages": ["no", "en"]}])
    assert people.value(0, "country") == "NO"
    assert people.value(0, "languages") == ("en", "no")


def test_the_order_of_rows_is_forgotten() -> None:
    rows = [{"id": key, "needs": [key]} for key in "cab"]
    assert from_table("mentee", rows).columns == from_table("mentee", rows[::-1]).columns
    assert from_table("mentee", rows).ids == ("a", "b", "c")


def test_words_are_compared_without_case_and_spacing_and_shown_as_written() -> None:
    assert from_table("mentee", [{"id": 7, "needs": ["  Public   Speaking", "public speaking"]}]).value(0, "needs") == (
        "public speaking",
    )


def test_every_finding_names_person_and_field() -> None:
    rows = [
        {"id": "a", "seniority": "very"},
        {"id": "a"},
        {"id": ""},
        {"id": "b", "capacity": -1, "style": {"pace": 9}},
        {"id": "c", "shoe_size": 4, "availability": [168], "utc_offset": 20, "seniority": math.inf},
    ]
    with pytest.raises(ProblemError) as caught:
        from_table("mentor", rows)
    text = "\n".join(caught.value.findings)
    assert len(caught.value.findings) == 9
    for said in (
        "“a”, seniority",
        "row 1 and again in row 2",
        "row 3: id is missing",
        "“b”, capacity",
        "“b”, style",
        "shoe_size",
        "“c”, availability",
        "“c”, utc_offset",
        "not a finite number",
    ):
        assert said in text


def test_ties_in_a_ranked_list_are_kept_and_a_name_counts_once() -> None:
    people = from_table("mentee", [{"id": "a", "prefers": ["x", ["y", "z"], "x"]}])
    assert people.value(0, "prefers") == (("x",), ("y", "z"))


@pytest.mark.parametrize("blank", ["n/a", "-", None, math.nan, ["-", None, ""]])
def test_lists_of_people_have_blanks_as_well(blank: object) -> None:
    people = from_table("mentee", [{"id": "a", "prefers": blank, "avoids": blank, "earlier": blank}])
    assert [people.value(0, key) for key in ("prefers", "avoids", "earlier")] == [(), (), ()]
    assert not people.knows("prefers")


def test_numbers_are_ids_and_initials_are_no_blanks() -> None:
    people = from_table("mentee", [{"id": "a", "prefers": [7, ["NA", 8]], "avoids": 9, "offers": 5}])
    assert people.value(0, "prefers") == (("7",), ("8", "NA"))
    assert (people.value(0, "avoids"), people.value(0, "offers")) == (("9",), ("5",))


@pytest.mark.parametrize("said, reading", [("n/a", ()), (None, ()), ([60, "61", 62.0, None], (60, 61, 62))])
def test_free_hours_are_a_list_or_blank(said: object, reading: tuple[int, ...]) -> None:
    assert from_table("mentor", [{"id": "a", "availability": said}]).value(0, "availability") == reading


@pytest.mark.parametrize("said", ["12", 12, [1.5], ["early"], [-1]])
def test_free_hours_that_cannot_be_are_refused_in_words(said: object) -> None:
    with pytest.raises(ProblemError, match=r"mentor “a”, availability: .* (is not a|are numbers from 0 to 167)"):
        from_table("mentor", [{"id": "a", "availability": said}])


def test_a_side_cannot_be_made_wrong() -> None:
    with pytest.raises(ProblemError, match="not in order or not unique"):
        Side("mentor", ("b", "a"), [1, 1], {})
    with pytest.raises(ProblemError, match="capacity of 0 or more"):
        Side("mentor", ("a",), [-1], {})
    with pytest.raises(ProblemError, match="needs is known for 0 of 1"):
        Side("mentee", ("a",), [1], {"needs": ()})
