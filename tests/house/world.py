"""Two organisations in which every role and every kind of object exists, for trying every address as everybody.

An organisation has a programme “own” with two pairs (`own` and `same programme`) and another programme with one pair
(`other programme`). The participants whom the tests sign in are the pair `own`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from ithaca.circles import actions as circles
from ithaca.circles.models import Round
from ithaca.demo import texts
from ithaca.intake import actions as intake
from ithaca.kernel import tenancy
from ithaca.matching import actions as matching
from ithaca.mentorships import emails
from ithaca.mentorships.models import Mentorship
from ithaca.notifications import actions as notifications
from ithaca.notifications.models import Delivery, OutboxLetter, Outcome, Waiting
from ithaca.people import actions as people
from ithaca.people.models import Account, Organisation, Person
from ithaca.people.rules import Role
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Enrolment
from ithaca.programmes.rules import Side, proposed_dates

OWN, SAME, OTHER, ELSEWHERE = "own", "same programme", "other programme", "other organisation"
SCOPES = (OWN, SAME, OTHER)
PEOPLE = ("owner", "coordinator", "programme coordinator", "screener", "sponsor", "mentor", "mentee")
ROLES = (*PEOPLE, "host")


@dataclass
class World:
    """One organisation: who is in it, and the objects by scope."""

    organisation: Organisation
    people: dict[str, Person] = field(default_factory=dict)
    objects: dict[str, SimpleNamespace] = field(default_factory=dict)


def build(slug: str) -> World:
    """An organisation with everything in it."""
    founded = people.found_organisation(
        name=slug.capitalize(), slug=slug, owner_name=f"Owner of {slug}", owner_email=f"owner@{slug}.example"
    )
    world = World(founded)
    with tenancy.scope(founded):
        owner = world.people["owner"] = Person.objects.get()
        for name, role in (("coordinator", Role.COORDINATOR), ("screener", Role.SCREENER), ("sponsor", Role.SPONSOR)):
            world.people[name] = _person(world, name)
            people.grant_role(person=world.people[name], role=role, by=owner)
        for scope, extra in ((OWN, SAME), (OTHER, "")):
            _programme(world, scope, extra)
    return world


def browser(account: Account | None = None) -> Client:
    """A browser in which this account, if any, is signed in with its second step."""
    client = Client()
    if account is not None:
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
        client.force_login(account)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
        client.get("/")  # whoever comes for the first time is noted among the sessions in use
    return client


def account_of(person: Person) -> Account:
    """The person's sign-in, as if they had signed in once."""
    account = people.provide_account(email=person.email)
    assert account is not None
    EmailAddress.objects.filter(user=account).update(verified=True)
    people.link_account(account=account)
    return account


def _programme(world: World, scope: str, extra: str) -> None:
    owner = world.people["owner"]
    programme = programmes.create_programme(by=owner, **{**texts.PROGRAMME, "name": f"Programme {scope}"})
    start = timezone.localdate() - datetime.timedelta(weeks=5)
    cohort = programmes.create_cohort(programme, name="Spring", dates=proposed_dates(start), by=owner)
    if scope == OWN:
        world.people["programme coordinator"] = _person(world, "programme coordinator")
        programmes.grant_role(programme, person=world.people["programme coordinator"], role=Role.COORDINATOR, by=owner)
    programmes.grant_role(programme, person=world.people["screener"], role=Role.SCREENER, by=owner)
    names = list(_names(scope, extra))
    for _, mentor, mentee in names:
        for name, side in ((mentor, Side.MENTOR), (mentee, Side.MENTEE)):
            world.people.setdefault(name, _person(world, name))
            programmes.enrol(cohort, person=world.people[name], role=side, by=owner)
    run = matching.match_now(cohort, by=owner)
    # One of the programmes has two people, who are a circle only where that is asked for.
    options = {"smallest": 2, "largest": 6, "levels_apart": 10, "across_employers": False}
    drawn = circles.draw(cohort, kind=Round.Kind.CIRCLES, who=Round.Who.EVERYBODY, options=options, by=owner)
    met = circles.draw(cohort, kind=Round.Kind.CIRCLES, who=Round.Who.EVERYBODY, options=options, by=owner)
    circles.introduce(met, by=owner)
    sheet = b"Name,E-mail,Role\nLate Comer,late@comer.example,mentee\n"
    upload = intake.receive(cohort, name="late.csv", data=sheet, role="", by=owner)
    for at, mentor, mentee in names:
        pair = Mentorship.objects.create(cohort=cohort, mentor=world.people[mentor], mentee=world.people[mentee])
        world.objects[at] = SimpleNamespace(
            programme=programme,
            cohort=cohort,
            enrolment=Enrolment.objects.get(cohort=cohort, person=pair.mentee),
            mentorship=pair,
            person=pair.mentee,
            mentor=pair.mentor,
            run=run,
            board=run.board,
            round=drawn,
            circle=met.introduction.circles.first(),
            upload=upload,
            letter=_refused_letter(pair),
        )


def _refused_letter(pair: Mentorship) -> OutboxLetter:
    """A letter that a mail server refused, so that it can be posted again."""
    letter = notifications.post(emails.introductions(pair)[0], cause=f"mentorship:{pair.code}")
    Waiting.everywhere.filter(letter=letter).delete()
    Delivery.everywhere.filter(letter=letter).delete()
    Delivery.everywhere.create(letter=letter, organisation_id=letter.organisation_id, outcome=Outcome.BOUNCED)
    return letter


def _names(scope: str, extra: str) -> Iterator[tuple[str, str, str]]:
    if scope == OWN:
        yield OWN, "mentor", "mentee"
        yield extra, "second mentor", "second mentee"
    else:
        yield scope, "third mentor", "third mentee"


def _person(world: World, name: str) -> Person:
    email = f"{name.replace(' ', '.')}@{world.organisation.slug}.example"
    return people.add_person(name=f"{name.capitalize()} of {world.organisation.slug}", email=email, by=None)


def codes(found: SimpleNamespace) -> dict[str, Any]:
    """What stands in addresses, by the kind of object."""
    return {
        "programme": found.programme.code,
        "cohort": found.cohort.code,
        "enrolment": found.enrolment.code,
        "mentorship": found.mentorship.code,
        "person": found.person.code,
        "mentor": found.mentor.code,
        "mentee": found.person.code,
        "run": found.run.code,
        "board": found.board.code,
        "round": found.round.code,
        "circle": found.circle.code,
        "upload": found.upload.code,
        "letter": found.letter.code,
    }
