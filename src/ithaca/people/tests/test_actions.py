"""Writing people, roles, profiles and sign-ins."""

from __future__ import annotations

import json

import pytest
from allauth.account.models import EmailAddress

from ithaca.activity.models import Activity
from ithaca.kernel import tenancy
from ithaca.people import actions, permissions
from ithaca.people.models import Account, ErasureRequest, Organisation, Person, Profile, RoleGrant
from ithaca.people.rules import NotPossible, Reader, Role


def test_an_organisation_is_founded_with_its_owner(harbour: Organisation) -> None:
    owner = Person.objects.get()
    assert permissions.roles_of(owner) == {Role.OWNER}
    assert Activity.objects.get().sentence == "Harbour was founded with Olga Owner as its owner"
    with pytest.raises(NotPossible, match="Another organisation"):
        actions.found_organisation(name="Harbour Two", slug="harbour", owner_name="A", owner_email="a@b.example")


def test_an_address_is_added_once(owner: Person) -> None:
    actions.add_person(name="Mina", email=" Mina@Harbour.example ", by=owner)
    with pytest.raises(NotPossible, match="already here: Mina"):
        actions.add_person(name="Mina again", email="mina@harbour.example", by=owner)


def test_an_account_exists_only_for_known_addresses(member: Person) -> None:
    assert actions.provide_account(email="nobody@harbour.example") is None
    account = actions.provide_account(email="MINA@harbour.example")
    assert account is not None
    assert actions.provide_account(email="mina@harbour.example") == account
    assert not account.has_usable_password()
    assert Account.objects.count() == 1


def test_an_account_gets_its_people_only_by_a_verified_address(
    member: Person, elsewhere: Organisation, owner: Person
) -> None:
    with tenancy.scope(elsewhere):
        there = actions.add_person(name="Mina too", email="mina@harbour.example", by=None)
    account = actions.provide_account(email=member.email)
    assert account is not None
    assert actions.link_account(account=account) == 0
    EmailAddress.objects.filter(user=account).update(verified=True)
    assert actions.link_account(account=account) == 2
    assert set(Person.everywhere.filter(account=account)) == {member, there}
    later = actions.found_organisation(name="Third", slug="third", owner_name="Mina", owner_email="x@third.example")
    with tenancy.scope(later):
        assert actions.add_person(name="Mina", email="mina@harbour.example", by=None).account == account


def test_a_changed_address_is_followed_unless_it_is_taken(member: Person, owner: Person) -> None:
    account = actions.provide_account(email=member.email)
    assert account is not None
    EmailAddress.objects.filter(user=account).update(verified=True)
    actions.link_account(account=account)
    account.email = "new@harbour.example"
    account.save()
    actions.follow_address(account=account)
    member.refresh_from_db()
    assert member.email == "new@harbour.example"
    account.email = owner.email
    account.save()
    actions.follow_address(account=account)
    member.refresh_from_db()
    owner.refresh_from_db()
    assert (member.email, owner.account) == ("new@harbour.example", None)


def test_only_owners_decide_who_owns(owner: Person, coordinator: Person, member: Person) -> None:
    actions.grant_role(person=member, role=Role.SCREENER, by=coordinator)
    with pytest.raises(NotPossible, match="Only an owner"):
        actions.grant_role(person=member, role=Role.OWNER, by=coordinator)
    with pytest.raises(NotPossible, match="Only an owner"):
        actions.grant_role(person=member, role=Role.SPONSOR, by=member)
    with pytest.raises(NotPossible, match="last owner"):
        actions.revoke_role(person=owner, role=Role.OWNER, by=owner)
    actions.grant_role(person=coordinator, role=Role.OWNER, by=owner)
    actions.revoke_role(person=owner, role=Role.OWNER, by=owner)
    assert permissions.roles_of(owner) == frozenset()
    assert "Olga Owner ended Olga Owner’s role as owner of the organisation" in sentences()


def test_an_address_with_a_sign_in_is_its_owners(owner: Person, coordinator: Person, member: Person) -> None:
    actions.edit_person(member, by=coordinator, name="Mina M.", email="mina.m@harbour.example")
    member.account = actions.provide_account(email=member.email)
    member.save()
    with pytest.raises(NotPossible, match="Only they can change it"):
        actions.edit_person(member, by=owner, name="Mina", email="other@harbour.example")
    with pytest.raises(NotPossible, match="Please ask an owner"):
        actions.edit_person(owner, by=coordinator, name="Olga", email="cora@evil.example")
    assert "Cora Coordinator changed name and address of Mina M." in sentences()


def test_a_profile_keeps_only_choices_a_field_allows(member: Person) -> None:
    changed = actions.edit_profile(
        member,
        values={"about": "From clerk to judge."},
        readers={"about": Reader.COHORT, "reports_to": Reader.COHORT, "headline": Reader.MATCHING},
    )
    assert changed == ["about", "who reads about"]
    assert Profile.objects.get(person=member).visibility == {"about": Reader.COHORT}
    assert "From clerk" not in " ".join(sentences())


def test_export_holds_what_is_known(member: Person, owner: Person) -> None:
    actions.edit_profile(member, values={"about": "Grew up on a lighthouse."})
    document = json.loads(actions.export_person(member, by=member))
    assert document["person"]["email"] == "mina@harbour.example"
    assert document["records"]["Profiles"][0]["about"] == "Grew up on a lighthouse."
    assert "Mina Member downloaded the data of Mina Member" in sentences()


def test_erasure_leaves_no_name_behind(member: Person, owner: Person) -> None:
    actions.edit_profile(member, values={"about": "Grew up on a lighthouse."})
    actions.ask_erasure(member)
    account = actions.provide_account(email=member.email)
    assert account is not None
    EmailAddress.objects.filter(user=account).update(verified=True)
    actions.link_account(account=account)
    member.refresh_from_db()
    actions.erase_person(member, by=owner)
    member.refresh_from_db()
    assert member.name == "Former participant"
    assert not Profile.objects.filter(person=member).exists()
    assert not ErasureRequest.objects.exists()
    assert not Account.objects.filter(pk=account.pk).exists()
    everything = json.dumps([list(Activity.objects.values_list("sentence", "data")), member.email])
    assert "Mina" not in everything
    assert "mina@" not in everything


def test_erasure_spares_the_last_owner_and_wider_roles(owner: Person, coordinator: Person) -> None:
    with pytest.raises(NotPossible, match="last owner"):
        actions.erase_person(owner, by=owner)
    with pytest.raises(NotPossible, match="ask an owner"):
        actions.erase_person(owner, by=coordinator)
    assert RoleGrant.objects.filter(role=Role.OWNER).count() == 1


def test_asking_for_erasure_can_be_taken_back(member: Person) -> None:
    actions.ask_erasure(member)
    actions.ask_erasure(member)
    assert ErasureRequest.objects.count() == 1
    actions.withdraw_erasure(member)
    assert not ErasureRequest.objects.exists()


def sentences() -> list[str]:
    return list(Activity.objects.values_list("sentence", flat=True))
