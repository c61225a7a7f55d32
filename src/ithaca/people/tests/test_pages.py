"""Pages of people: staff, the person, a member, a stranger, another organisation."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ithaca.activity.models import Activity
from ithaca.kernel import tenancy
from ithaca.notifications.models import OutboxLetter
from ithaca.people import actions, permissions
from ithaca.people.models import Organisation, Person, Profile
from ithaca.people.rules import Reader, Role
from ithaca.people.tests.conftest import signed_in


def url(name: str, *args: str) -> str:
    return reverse(f"people:{name}", args=["harbour", *args])


def test_staff_find_people_by_words_and_role(coordinator: Person, owner: Person, member: Person) -> None:
    browser = signed_in(coordinator)
    page = browser.get(url("people"), {"q": "mem mina"}).content.decode()
    assert "Mina Member" in page
    assert "Olga Owner" not in page
    owners = browser.get(url("people"), {"role": "owner"}).content.decode()
    assert "Olga Owner" in owners
    assert "Mina Member" not in owners
    assert "Nobody fits" in browser.get(url("people"), {"q": "xyz"}).content.decode()


def test_the_list_asks_the_same_for_five_and_for_fifty(coordinator: Person) -> None:
    browser = signed_in(coordinator)
    browser.get(url("people"))
    with CaptureQueriesContext(connection) as few:
        browser.get(url("people"))
    for number in range(45):
        actions.add_person(name=f"Person {number}", email=f"p{number}@harbour.example", by=coordinator)
    with CaptureQueriesContext(connection) as many:
        assert b"Person 44" in browser.get(url("people")).content
    assert len(many) == len(few)


def test_members_do_not_see_the_list_nor_each_other(member: Person, owner: Person, elsewhere: Organisation) -> None:
    other = actions.add_person(name="Omar Other", email="omar@harbour.example", by=owner)
    browser = signed_in(member)
    assert browser.get(url("people")).status_code == 404
    assert browser.get(url("person", other.code)).status_code == 404
    assert browser.get(url("person", member.code)).status_code == 200
    assert browser.get(reverse("people:me", args=["elsewhere"])).status_code == 404


def test_nothing_of_another_organisation_is_found(owner: Person, stranger: Person) -> None:
    assert signed_in(owner).get(url("person", stranger.code)).status_code == 404
    with tenancy.scope(stranger.organisation):
        browser = signed_in(stranger)
    assert browser.get(url("people")).status_code == 404
    assert browser.get(reverse("people:person", args=["elsewhere", owner.code])).status_code == 404


def test_a_coordinator_sees_what_is_for_coordinators_and_is_written_down(coordinator: Person, member: Person) -> None:
    actions.edit_profile(
        member,
        values={"about": "Grew up on a lighthouse.", "lived_experience": ["first to study"], "phone": "+351 1"},
    )
    page = signed_in(coordinator).get(url("person", member.code)).content.decode()
    assert "lighthouse" in page
    assert "first to study" not in page
    looks = signed_in(member).get(reverse("activity:about_me", args=["harbour"])).content.decode()
    assert "Cora Coordinator looked at the profile of Mina Member" in looks


def test_a_slice_above_extends_who_sees_what(member: Person, owner: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    partner = actions.add_person(name="Pia Partner", email="pia@harbour.example", by=owner)
    actions.edit_profile(member, values={"about": "Lighthouse", "seniority": 3})
    monkeypatch.setattr(permissions, "_sights", [(Reader.PARTNER, lambda person: [member.pk])])
    page = signed_in(partner).get(url("person", member.code)).content.decode()
    assert "Lighthouse" in page
    assert "3 of 10" not in page
    assert not Activity.objects.filter(key="person.looked_at").exists()


def test_adding_somebody_by_hand(coordinator: Person) -> None:
    browser = signed_in(coordinator)
    answer = browser.post(url("add_person"), {"name": "Nia New", "email": "Nia@harbour.example", "invite": "on"})
    nia = Person.objects.get(email="nia@harbour.example")
    assert answer.url == url("person", nia.code)
    assert Activity.objects.filter(key="person.invited").count() == 1
    again = browser.post(url("add_person"), {"name": "Nia", "email": "nia@harbour.example"})
    assert again.status_code == 422
    assert "already here: Nia New" in again.content.decode()


def test_roles_are_given_and_ended_on_the_page(owner: Person, coordinator: Person, member: Person) -> None:
    browser = signed_in(coordinator)
    browser.post(url("grant_role", member.code), {"role": "screener"})
    browser.post(url("grant_role", member.code), {"role": "owner"})
    assert permissions.roles_of(Person.objects.get(pk=member.pk)) == {Role.SCREENER}
    browser.post(url("revoke_role", member.code), {"role": "screener"})
    page = browser.post(url("revoke_role", owner.code), {"role": "owner"}, follow=True).content.decode()
    assert "Only an owner may decide" in page
    page = signed_in(owner).post(url("revoke_role", owner.code), {"role": "owner"}, follow=True).content.decode()
    assert "is the last owner" in page
    assert permissions.roles_of(Person.objects.get(pk=member.pk)) == set()


def test_a_coordinator_cannot_take_over_an_owner(owner: Person, coordinator: Person) -> None:
    browser = signed_in(coordinator)
    answer = browser.post(url("edit_person", owner.code), {"name": "Olga", "email": "cora+1@harbour.example"})
    assert answer.status_code == 422
    owner.refresh_from_db()
    assert owner.email == "olga@harbour.example"


@pytest.mark.parametrize("section", ["about", "hopes", "practical", "style", "life"])
def test_every_section_of_the_profile_opens_and_saves(member: Person, section: str) -> None:
    browser = signed_in(member)
    page = browser.get(url("profile_section", section))
    assert page.status_code == 200
    data = {key: value for key, value in page.context["form"].initial.items() if value}
    readers = {
        field.html_name: field.value() for field in page.context["form"] if field.html_name.startswith("reader-")
    }
    answer = browser.post(url("profile_section", section), {**data, **readers})
    assert answer.status_code == 302


def test_a_profile_is_told_and_shown(member: Person) -> None:
    browser = signed_in(member)
    assert "Worth adding" in browser.get(url("me")).content.decode()
    readers = {"reader-offers": "1", "reader-needs": "2", "reader-goals": "2"}
    browser.post(url("profile_section", "hopes"), {"offers": "Sailing\nKnots\nSailing", "goals": "Calm", **readers})
    practical = {f"reader-{name}": "2" for name in ("place", "country", "meeting_form", "availability", "phone")}
    practical["reader-languages"] = "3"
    posted = {"languages": "Portuguese\ngreek", "country": "PT", "availability": ["9", "10", "33"], **practical}
    assert browser.post(url("profile_section", "practical"), posted).status_code == 302
    profile = Profile.objects.get(person=member)
    assert (profile.offers, profile.languages, profile.availability) == (
        ["Sailing", "Knots"],
        ["pt", "el"],
        [9, 10, 33],
    )
    assert profile.visibility == {"offers": 1}
    page = browser.get(url("me")).content.decode()
    assert "Monday 09:00–11:00" in page
    assert "Modern Greek" in page or "Greek" in page
    assert "Portugal" in page
    wrong = browser.post(url("profile_section", "practical"), {**posted, "languages": "Klingonese"})
    assert wrong.status_code == 422
    assert "do not know “Klingonese”" in wrong.content.decode()


def test_a_working_style_keeps_answers_to_other_scales(member: Person) -> None:
    Profile.objects.filter(person=member).update(style={"imported": 4, "pace": 2})
    posted = {"style-structure": "5", "reader-style": "0"}
    signed_in(member).post(url("profile_section", "style"), posted)
    profile = Profile.objects.get(person=member)
    assert profile.style == {"imported": 4, "structure": 5}
    assert profile.visibility == {"style": 0}


def test_my_data_is_mine(member: Person) -> None:
    browser = signed_in(member)
    answer = browser.post(url("download_my_data"))
    assert json.loads(answer.content)["person"]["name"] == "Mina Member"
    assert "attachment" in answer["Content-Disposition"]
    browser.post(url("ask_erasure"))
    assert "You asked on" in browser.get(url("my_data")).content.decode()
    browser.post(url("withdraw_erasure"))
    assert "Ask for erasure" in browser.get(url("my_data")).content.decode()


def test_erasure_asks_for_the_name(coordinator: Person, member: Person) -> None:
    browser = signed_in(coordinator)
    assert browser.post(url("erase_person", member.code), {"name": "Mina"}).status_code == 422
    browser.post(url("erase_person", member.code), {"name": "Mina Member"})
    member.refresh_from_db()
    assert member.name == "Former participant"


def test_name_and_time_zone(member: Person) -> None:
    signed_in(member).post(url("my_account"), {"name": "Mina M.", "time_zone": "Asia/Tokyo"})
    member.refresh_from_db()
    assert (member.name, member.time_zone) == ("Mina M.", "Asia/Tokyo")


def test_an_owner_changes_the_organisation(owner: Person, coordinator: Person) -> None:
    posted = {"name": "Haven", "contact_email": "help@haven.example", "time_zone": "Europe/Lisbon"}
    assert signed_in(coordinator).post(url("organisation"), posted).status_code == 404
    signed_in(owner).post(url("organisation"), posted)
    assert Organisation.objects.get(slug="harbour").name == "Haven"


def test_the_host_founds_organisations(owner: Person, member: Person) -> None:
    browser = signed_in(member)
    assert browser.get(reverse("people:hosted")).status_code == 404
    member.account.is_host = True
    member.account.save()
    posted = {"name": "Reef", "slug": "reef", "owner_name": "Rita", "owner_email": "rita@reef.example"}
    assert browser.post(reverse("people:hosted"), posted).status_code == 302
    assert browser.post(reverse("people:hosted"), posted).status_code == 422
    assert "Reef" in browser.get(reverse("people:hosted")).content.decode()
    plain = signed_in(member, second_factor=False)
    plain.session.flush()
    assert OutboxLetter.everywhere.filter(to_address="rita@reef.example").count() == 0


def test_who_is_signed_out_is_asked_to_sign_in(client: Client, owner: Person) -> None:
    answer = client.get(url("people"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("people:sign_in"))
