"""Place and meeting form: whether two people who want to meet in person can."""

import numpy as np

from ithaca.pairing.attributes import key_of
from ithaca.pairing.criteria import encode
from ithaca.pairing.criteria.base import Chosen, Criterion, Option
from ithaca.pairing.points import VETO, Array, share_out
from ithaca.pairing.primitives.base import Primitive
from ithaca.pairing.primitives.same import Same
from ithaca.pairing.primitives.table import Table
from ithaca.pairing.side import Side

BLANK, IN_PERSON, ONLINE, EITHER = range(4)
FORMS = {
    "in person": IN_PERSON,
    "in-person": IN_PERSON,
    "in_person": IN_PERSON,
    "face to face": IN_PERSON,
    "online": ONLINE,
    "remote": ONLINE,
    "virtual": ONLINE,
    "either": EITHER,
    "both": EITHER,
    "hybrid": EITHER,
}


def form_of(value: str) -> int:
    """The meeting form behind a word; an unknown word is a blank."""
    return FORMS.get(key_of(value), BLANK)


class Place(Criterion):
    key = "place"
    label = "Place and meeting form"
    help = "Whether both want to meet the same way, and how near each other they are."
    default_weight = 6
    mentor_attributes = ("place", "meeting_form", "country")
    mentee_attributes = ("place", "meeting_form", "country")
    options = (
        Option(
            "required",
            "Wishes about the meeting form are rules",
            "“Only in person” with “only online” is excluded, and so is “only in person” in two different places.",
            "yes_no",
            True,
        ),
    )

    def compile(self, mentors: Side, mentees: Side, points: int, chosen: Chosen) -> tuple[Primitive, ...]:
        form, place, country = share_out((3, 2, 1), points)
        left, right = self._forms(mentors), self._forms(mentees)
        places = encode.classes(mentors.column("place"), mentees.column("place"))
        countries = encode.classes(mentors.column("country"), mentees.column("country"))
        primitives: list[Primitive] = [
            Table(left, right, self._by_form(form, chosen["required"]), "one only in person, the other only online"),
            Same(*places, same=place, different=0, blank=encode.blank_points(place)),
            Same(*countries, same=country, different=0, blank=encode.blank_points(country)),
        ]
        if chosen["required"]:
            reason = "only in person, and in different places"
            for only in (left == IN_PERSON, True), (True, right == IN_PERSON):
                at, of = (np.where(which, side, 0) for which, side in zip(only, places, strict=True))
                primitives.append(Same(at, of, same=0, different=VETO, reason=reason))
        return tuple(primitives)

    def words(self, mentors: Side, i: int, mentees: Side, j: int, chosen: Chosen) -> str:
        forms = {form_of(mentors.value(i, "meeting_form")), form_of(mentees.value(j, "meeting_form"))}
        theirs, mine = mentors.value(i, "place"), mentees.value(j, "place")
        if forms == {IN_PERSON, ONLINE}:
            return "one only in person, the other only online"
        if mine and key_of(theirs) == key_of(mine):
            return f"both in {mine}"
        country = mentees.value(j, "country")
        if country and key_of(mentors.value(i, "country")) == key_of(country):
            return f"both in {country}"
        return "both are happy to meet online" if forms <= {ONLINE, EITHER} else ""

    def _forms(self, side: Side) -> Array:
        return np.array([form_of(value) for value in side.column("meeting_form")], np.int16)

    def _by_form(self, points: int, required: bool) -> Array:
        table = np.full((4, 4), points, np.int32)
        table[BLANK, :] = table[:, BLANK] = encode.blank_points(points)
        table[IN_PERSON, ONLINE] = table[ONLINE, IN_PERSON] = VETO if required else 0
        return table
