from __future__ import annotations

import itertools

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ithaca.home import sponsors
from ithaca.home.tests.conftest import Begun, filled
from ithaca.mentorships import actions as mentorships
from ithaca.mentorships.models import Mentorship
from ithaca.people.models import Organisation, Person
from ithaca.people.rules import Role
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Cohort, Enrolment
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds

HERE = "/o/harbour/"


def home_of(person: Person) -> str:
    return worlds.signed_in(person).get(HERE).content.decode()


def introduced(cohort: Cohort, pairs: int) -> list[Mentorship]:
    filled(cohort, pairs)
    sides = [Enrolment.objects.filter(cohort=cohort, role=side).order_by("pk") for side in (Side.MENTOR, Side.MENTEE)]
    told = [(mentor, mentee, [], "") for mentor, mentee in zip(*sides, strict=True)]
    return mentorships.introduce(cohort, pairs=told, by=None)


@given(st.lists(st.integers(0, 40), max_size=5))
def test_no_total_is_small_nor_a_difference_of_two(values: list[int]) -> None:
    found = [value for value in sponsors.shown(sorted(values, reverse=True)) if value is not None]
    assert not any(0 < value < sponsors.SMALLEST for value in found)
    assert not any(0 < one - other < sponsors.SMALLEST for one, other in itertools.combinations(found, 2))


def test_a_sponsor_sees_totals_and_no_name(begun: Begun) -> None:
    cohort = begun(60)
    pairs = introduced(cohort, 12)
    for pair in pairs[:7]:
        mentorships.date_first_meeting(pair, on=timezone.localdate(), by=pair.mentee)
    sponsor = worlds.person("Sol Ponsor", role=Role.SPONSOR)
    (result,) = sponsors.results_for(sponsor, timezone.localdate())
    assert [total.value for total in result.totals] == [12, 12, 12, 7, 7]
    page = home_of(sponsor)
    assert "first meetings held" in page
    assert "have not ended" in page
    assert "A dot stands for" not in page
    names = Person.objects.exclude(pk=sponsor.pk).values_list("name", "email")
    assert not any(words in page for row in names for words in row)


def test_a_figure_of_a_few_is_kept_back(begun: Begun) -> None:
    pairs = introduced(begun(60), 6)
    mentorships.tell_contact(pairs[0], by=pairs[0].mentee)
    sponsor = worlds.person("Sol Ponsor", role=Role.SPONSOR)
    (result,) = sponsors.results_for(sponsor, timezone.localdate())
    assert [total.value for total in result.totals] == [6, 6, 6, None, 0]
    assert "A dot stands for" in home_of(sponsor)


def test_the_sponsor_of_one_programme_sees_that_one_only(begun: Begun, cora: Person) -> None:
    mine = begun(10).programme
    worlds.cohort(worlds.programme("Second Steps"))
    sponsor = worlds.person("Sol Ponsor")
    programmes.grant_role(mine, person=sponsor, role=Role.SPONSOR, by=cora)
    assert [result.programme for result in sponsors.results_for(sponsor, timezone.localdate())] == [mine]
    assert "Second Steps" not in home_of(sponsor)


def test_nobody_else_has_results(begun: Begun) -> None:
    ana = worlds.enrolment(begun(10), "Ana Reis", Side.MENTOR).person
    assert sponsors.results_for(ana, timezone.localdate()) == []
    assert "pairs in touch" not in home_of(ana)


def test_who_only_sponsors_has_no_tab_for_mentorships(begun: Begun, harbour: Organisation) -> None:
    cohort = begun(10)
    sponsor = worlds.person("Sol Ponsor", role=Role.SPONSOR)
    assert f"{HERE}mentorships/" not in home_of(sponsor)
    worlds.actions.enrol(cohort, person=sponsor, role=Side.MENTOR, by=None)
    page = home_of(sponsor)
    assert f"{HERE}mentorships/" in page
    assert "Your next step" in page
