"""The invented people of the demo."""

from __future__ import annotations

from ithaca.demo import people


def test_the_same_seed_gives_the_same_people() -> None:
    assert people.invent(20, 30, seed=4) == people.invent(20, 30, seed=4)
    assert people.invent(5, 5, seed=4) != people.invent(5, 5, seed=5)


def test_addresses_are_never_used_twice() -> None:
    taken: set[str] = set()
    invented = [*people.invent(60, 80, seed=1, taken=taken), *people.invent(60, 80, seed=2, taken=taken)]
    assert len({person.email for person in invented}) == 280
    assert all(person.email.endswith("@example.org") for person in invented)


def test_mentors_offer_and_mentees_ask() -> None:
    invented = people.invent(30, 30, seed=3)
    assert all(person.profile["offers"] for person in invented if person.side == "mentor")
    assert all(person.profile["needs"] for person in invented if person.side == "mentee")
    assert len({person.time_zone for person in invented}) >= 6
