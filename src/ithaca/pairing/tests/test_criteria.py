"""What holds for every criterion, and what each one means."""

from typing import Any

import numpy as np
import pytest

from ithaca.pairing import attributes
from ithaca.pairing.criteria import goals, registry
from ithaca.pairing.criteria.base import Criterion
from ithaca.pairing.side import from_table
from ithaca.pairing.tests import people

EVERY = pytest.mark.parametrize("criterion", registry.CRITERIA, ids=lambda criterion: criterion.key)


def points(key: str, mentor: dict[str, Any], mentee: dict[str, Any], **options: Any) -> int:
    """What one criterion with 1,000 points gives one pair; below zero if it excludes."""
    criterion = registry.BY_KEY[key]
    sides = from_table("mentor", [{"id": "m"} | mentor]), from_table("mentee", [{"id": "n"} | mentee])
    found = criterion.compile(*sides, 1000, criterion.choose(options))
    return sum(int(primitive.block(np.array([0]), np.array([0]))[0, 0]) for primitive in found)


def words(key: str, mentor: dict[str, Any], mentee: dict[str, Any]) -> str:
    criterion = registry.BY_KEY[key]
    sides = from_table("mentor", [{"id": "m"} | mentor]), from_table("mentee", [{"id": "n"} | mentee])
    return criterion.words(sides[0], 0, sides[1], 0, criterion.choose({}))


@EVERY
def test_points_stay_within_the_budget(criterion: Criterion) -> None:
    mentors, mentees = people.side("mentor", 40), people.side("mentee", 50)
    rows, columns = np.arange(40), np.arange(50)
    budget = 1000
    found = criterion.compile(mentors, mentees, budget, criterion.choose({}))
    blocks = [primitive.block(rows, columns) for primitive in found]
    total = sum(np.maximum(block, 0) for block in blocks) if blocks else np.zeros((40, 50))
    assert np.min(total) >= 0
    assert np.max(total) <= budget
    for primitive, block in zip(found, blocks, strict=True):
        i, j = np.divmod(np.arange(2000), 50)
        assert (primitive.at(i, j).reshape(40, 50) == block).all()
        assert (block >= 0).all() or primitive.reason


@EVERY
def test_without_points_it_gives_none(criterion: Criterion) -> None:
    mentors, mentees = people.side("mentor", 20), people.side("mentee", 20)
    for primitive in criterion.compile(mentors, mentees, 0, criterion.choose({})):
        assert primitive.block(np.arange(20), np.arange(20)).max() <= 0


@EVERY
def test_a_blank_is_never_excluded(criterion: Criterion) -> None:
    blank = from_table("mentor", [{"id": "x"}])
    for sides in ((blank, people.side("mentee", 30)), (people.side("mentor", 30), from_table("mentee", [{"id": "y"}]))):
        for primitive in criterion.compile(*sides, 1000, criterion.choose({})):
            assert primitive.block(*(np.arange(len(side)) for side in sides)).min() >= 0


@EVERY
def test_it_describes_itself(criterion: Criterion) -> None:
    assert criterion.label
    assert criterion.help.endswith(".")
    assert set(criterion.mentor_attributes + criterion.mentee_attributes) <= set(attributes.BY_KEY)
    for option in criterion.options:
        assert option.clean(option.default) == option.default
        assert option.no_limit is None or option.told(option.clean(option.no_limit)) == "no limit"
        assert option.label


def test_the_default_weights_add_up_to_100() -> None:
    assert sum(criterion.default_weight for criterion in registry.CRITERIA) == 100


def test_wrong_options_are_named() -> None:
    with pytest.raises(ValueError, match="“Languages” has no option “colour”; it has required, enough"):
        registry.BY_KEY["languages"].choose({"colour": 1})
    with pytest.raises(ValueError, match="whole number from 1 to 30, not “0”"):
        registry.BY_KEY["expertise"].choose({"enough": 0})
    with pytest.raises(ValueError, match="yes or no"):
        registry.BY_KEY["languages"].choose({"required": 1})


def test_expertise_counts_what_was_asked_for_and_a_short_list_earns_nothing_extra() -> None:
    offers = {"offers": ["a", "b", "c", "d"]}
    assert points("expertise", offers, {"needs": list("abcde")}) == 800
    assert points("expertise", offers, {"needs": ["A"]}) == 500
    assert points("expertise", offers, {"needs": ["a", "b"]}) == 1000
    assert points("expertise", offers, {"needs": ["x"]}) == 0
    assert points("expertise", offers, {}) == 250
    assert points("expertise", offers, {"needs": ["x", "a"]}, at_least=2) < 0
    assert words("expertise", offers, {"needs": list("abcde")}) == "4 of the 5 skills asked for: a, b, c and d"


def test_languages_exclude_only_those_who_answered() -> None:
    assert points("languages", {"languages": ["French"]}, {"languages": ["German"]}) < 0
    assert points("languages", {"languages": []}, {"languages": ["German"]}) >= 0
    assert points("languages", {"languages": ["French"]}, {"languages": ["German"]}, required=False) == 0
    assert words("languages", {"languages": ["French", "English"]}, {"languages": ["english", "French"]}) == (
        "both speak english and French"
    )


def test_hours_need_some_in_common() -> None:
    assert points("hours", {"availability": [1, 2, 3]}, {"availability": [3, 4]}) == 166
    assert points("hours", {"availability": [1]}, {"availability": [2]}) < 0
    assert points("hours", {"availability": [1, 2]}, {"availability": [2, 3]}, at_least=2) < 0
    assert points("hours", {}, {"availability": [2]}) == 250


def test_time_zones_go_around_the_globe() -> None:
    assert points("time_zone", {"utc_offset": 12}, {"utc_offset": -12}) == 1000
    assert points("time_zone", {"utc_offset": 5.5}, {"utc_offset": 1.5}) == 500
    assert points("time_zone", {"utc_offset": 9}, {"utc_offset": 0}) == 0
    assert points("time_zone", {"utc_offset": 9}, {"utc_offset": 0}, at_most=8) < 0
    assert words("time_zone", {"utc_offset": 13}, {"utc_offset": -10}) == "1 hour apart"


def test_who_can_only_meet_in_person_needs_the_same_place() -> None:
    here = {"place": "Lima", "meeting_form": "in person"}
    assert points("place", here, here | {"country": "Peru"}) > 800
    assert points("place", here, {"place": "Oslo", "meeting_form": "either"}) < 0
    assert points("place", {"place": "Oslo", "meeting_form": "either"}, here) < 0
    assert points("place", here, {"meeting_form": "either"}) >= 0
    assert points("place", here, {"meeting_form": "online"}) < 0
    assert points("place", here, {"place": "Oslo", "meeting_form": "online"}, required=False) >= 0


def test_seniority_keeps_juniors_from_mentoring_seniors() -> None:
    assert points("seniority", {"seniority": 2}, {"seniority": 3}) < 0
    assert points("seniority", {"seniority": 5}, {"seniority": 3}) == 1000
    assert points("seniority", {"seniority": 9}, {"seniority": 1}, at_most=5) < 0
    assert words("seniority", {"seniority": 5}, {"seniority": 3}) == "2 levels ahead"


def test_style_is_closeness_of_answers() -> None:
    assert points("style", {"style": {"pace": 5}}, {"style": {"Pace": 5}}) == 1000
    assert points("style", {"style": {"pace": 1}}, {"style": {"pace": 5}}) == 0
    assert points("style", {"style": {"pace": 1, "warmth": 4}}, {"style": {"pace": 5, "warmth": 4}}) == 500


def test_goals_find_texts_that_are_about_the_same() -> None:
    mine = {"goals": "I would like to become better at managing budgets"}
    near = points("goals", {"goals": "Happy to help with management of a budget"}, mine)
    far = points("goals", {"goals": "Marathon training, cooking, jazz"}, mine)
    assert near > 4 * max(far, 50)
    assert points("goals", mine, mine) == 1000
    assert "budgets" in words("goals", {"goals": "budgeting"}, mine)
    assert "jazz" in words("goals", {"goals": "jazz and the rest"}, {"goals": "to play jazz like the best"})


def test_who_writes_nothing_makes_no_word_rarer() -> None:
    texts = [goals.stems(text) for text in ("Budgets and law", "A budget for jazz", "Law, mostly")]
    assert (goals.vectors_of([*texts, [], []])[:3] == goals.vectors_of(texts)).all()


def test_a_word_that_anybody_may_write_is_no_goal_in_common() -> None:
    told = {"goals": "I share what I learnt about budgets; it helps people who would like to work there."}
    assert words("goals", told, {"goals": "Learning from people who would help with my work"}) == ""
    assert words("goals", told, {"goals": "I have learnt little about a budget"}) == "both write about budget"


def test_preferences_of_both_sides_fall_from_wish_to_wish() -> None:
    assert points("preferences", {"prefers": ["n"]}, {"prefers": ["m"]}) == 1000
    assert points("preferences", {}, {"prefers": ["x", "m"]}) == 850
    assert points("preferences", {"prefers": ["z"]}, {"prefers": [["x", "m"]]}) == 600
    assert points("preferences", {}, {"prefers": [*"abcdefghi", "m"]}) == 250
    assert words("preferences", {"prefers": ["n"]}, {"prefers": ["x", "m"]}) == (
        "the mentee's wish number 2 and the mentor's wish number 1"
    )


def test_keep_apart_reads_lines_and_lists_from_either_side() -> None:
    assert points("keep_apart", {}, {"reports_to": "m"}) < 0
    assert points("keep_apart", {"reports_to": "n"}, {}) < 0
    assert points("keep_apart", {"avoids": ["n"]}, {}) < 0
    assert points("keep_apart", {}, {"earlier": ["m"]}) < 0
    assert points("keep_apart", {}, {"earlier": ["m"]}, earlier=False) == 0
    assert points("keep_apart", {"department": "A"}, {"department": "a"}) == 0
    assert points("keep_apart", {"department": "A"}, {"department": "a"}, department=True) < 0
    assert points("keep_apart", {"id": "same"}, {"id": "same"}) < 0


@pytest.mark.parametrize("boss", ["Anna  Lee", "Na", "no", "None", " Nil"])
def test_a_manager_is_found_by_whatever_id_they_have(boss: str) -> None:
    assert points("keep_apart", {"id": boss}, {"reports_to": boss}) < 0
    assert points("keep_apart", {"reports_to": boss}, {"id": boss}) < 0
    assert points("keep_apart", {"id": boss, "reports_to": "z"}, {"reports_to": boss}, manager=True) < 0


def test_words_that_say_nothing_are_no_common_manager() -> None:
    assert points("keep_apart", {"reports_to": "none"}, {"reports_to": "none"}, manager=True) == 0
    assert points("keep_apart", {"reports_to": "x"}, {"reports_to": "x"}, manager=True) < 0


def test_a_reporting_line_goes_over_several_steps_and_a_circle_ends() -> None:
    criterion = registry.BY_KEY["keep_apart"]
    mentors = from_table("mentor", [{"id": "boss", "reports_to": "b"}, {"id": "b", "reports_to": "boss"}, {"id": "z"}])
    mentees = from_table("mentee", [{"id": "n", "reports_to": "b"}])
    found = criterion.compile(mentors, mentees, 0, criterion.choose({}))
    total = sum(primitive.block(np.arange(3), np.arange(1)) for primitive in found)
    assert (total[:, 0] < 0).tolist() == [True, True, False]
