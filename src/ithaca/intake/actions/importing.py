"""Bringing the people in: planned outside of the transaction, written inside one, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django_tasks import task

from ithaca.activity import actions as activity
from ithaca.intake import events, queries
from ithaca.intake.actions import bulk
from ithaca.intake.models import Import, Outcome, Preview, Upload
from ithaca.intake.queries import known as knowledge
from ithaca.intake.rules import changes
from ithaca.intake.rules.changes import PROFILE, Known
from ithaca.intake.rules.plan import Entry, Kind, Plan, Refused
from ithaca.jobs import progress, retries
from ithaca.kernel import tenancy
from ithaca.kernel.sheets.sheet import SheetError
from ithaca.people import actions as people
from ithaca.people.models import Person, Profile
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Enrolment
from ithaca.programmes.rules import Side

CHANGED_MEANWHILE = (
    "Something about these people changed after you looked. Nothing was written. Please look at the preview again."
)
BATCH = 500


@transaction.atomic
def start(upload: Upload, *, by: Person | None) -> Import:
    """Agree to the preview and bring the people in, in the background. Raises Refused while questions are open."""
    upload = Upload.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=upload.pk)
    preview = Preview.objects.filter(upload=upload).first()
    if preview is None:
        raise Refused("Please look at the preview first.")
    if preview.open_questions:
        raise Refused(f"Some questions still wait for your answer: {preview.open_questions}.")
    if not preview.counts["new"] and not preview.counts["changed"]:
        raise Refused("There is nothing to import: every accepted row is here already, just as it stands in the file.")
    if Import.objects.filter(upload=upload).exists():
        raise Refused("This import has been started already.")
    run: Import = Import.objects.create(upload=upload, digest=preview.digest, started_by=by)
    progress.start(upload.progress_key, total=upload.rows, words="Waiting for a free worker")
    run_import.enqueue(upload.organisation_id, upload.code)
    return run


@retries.policy(times=2)
@task
def run_import(organisation_id: int, code: str) -> None:
    """The background job of an import. Done once, it does nothing when started again."""
    with tenancy.scope(organisation_id):
        runs = Import.objects.select_related("upload__cohort", "started_by")
        run = runs.filter(upload__code=code, outcome__isnull=True).first()
        if run is None:
            return
        with progress.report(run.upload.progress_key, total=run.upload.rows) as told:
            try:
                plan = queries.plan_of(
                    run.upload, by=run.started_by, told=lambda *at: told.advance(at[1], at[0], at[2])
                )
                if plan.digest != run.digest:
                    raise Refused(CHANGED_MEANWHILE)
                told.advance(0, "Writing everything at once")
                _write(run, plan, _Fresh([entry for entry in plan.entries if entry.kind == Kind.NEW]))
            except (Refused, SheetError, IntegrityError) as refusal:
                reason = CHANGED_MEANWHILE if isinstance(refusal, IntegrityError) else str(refusal)
                _take_back(run)
                raise progress.Failed(reason) from refusal


@transaction.atomic
def _take_back(run: Import) -> None:
    """The import did not happen: the preview must be made again."""
    Preview.objects.filter(upload=run.upload).delete()
    run.delete()


@transaction.atomic
def _write(run: Import, plan: Plan, new: _Fresh) -> None:
    upload, by = run.upload, run.started_by
    fresh = [entry for entry in plan.entries if entry.kind == Kind.NEW]
    changed = [entry for entry in plan.entries if entry.kind == Kind.CHANGED]
    known = _known([entry.email for entry in changed])
    allowed = knowledge.allow(by)
    persons = new.write()
    editable = [entry for entry in changed if allowed(known[entry.email])]
    _change(editable, known)
    persons |= _persons({known[entry.email].pk for entry in changed})
    _link_accounts(persons)
    enrolments = _enrol(upload, [*fresh, *changed], persons, by)
    _set_places(changed, persons, enrolments)
    _state_wishes(upload, [*fresh, *changed], by)
    counts = plan.counts
    Outcome.objects.create(run=run, counts=counts)
    event = events.PeopleImported(file=upload.name, cohort=upload.cohort.name, **counts)
    activity.record(event, actor=by, subject=f"cohort:{upload.cohort.code}")


def _known(emails: Sequence[str]) -> dict[str, Known]:
    """What is known now about whom the plan changes, with profiles locked for this transaction."""
    everybody = knowledge.people()
    if any(email not in everybody for email in emails):
        raise Refused(CHANGED_MEANWHILE)
    found = {email: everybody[email] for email in emails}
    for chunk in knowledge.chunks([person.pk for person in found.values()]):
        list(Profile.objects.select_for_update().filter(person__in=chunk).values_list("pk"))
    knowledge.add_profiles(list(found.values()))
    return found


class _Fresh:
    """New people, made ready before the transaction; one who stands in two rows (as mentor and as mentee) is one person."""

    def __init__(self, entries: list[Entry]) -> None:
        told = {entry.email: entry.person for entry in entries}
        self.persons = {
            email: Person(name=one["name"], email=email, time_zone=one.get("time_zone", ""))
            for email, one in told.items()
        }
        self._people = bulk.Ready(Person, self.persons.values())
        self._profiles = bulk.Ready(Profile, (Profile(**_columns(one)) for one in told.values()))
        for entry in entries:  # what is in the profile need not be held twice
            entry.person = {key: value for key, value in entry.person.items() if key == "capacity"}

    def write(self) -> dict[str, Person]:
        """Insert them; the people by address."""
        self._people.insert()
        keys = dict(Person.objects.values_list("email", "pk")) if self.persons else {}
        for email, person in self.persons.items():
            person.pk = keys[email]
            person._state.adding = False
        self._profiles.insert(person_id=[person.pk for person in self.persons.values()])
        return dict(self.persons)


def _columns(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: told[key] for key in PROFILE if key in told}


def _change(entries: list[Entry], known: Mapping[str, Known]) -> None:
    profiles: dict[int, dict[str, Any]] = {}
    renamed: dict[int, Person] = {}
    for entry in entries:
        person = known[entry.email]
        before = profiles.get(person.pk) or dict(person.profile)
        profiles[person.pk] = before | changes.of_profile(entry.person, before)
        if told := changes.of_person(entry.person, person):
            columns = {"name": person.name, "time_zone": person.time_zone} | told
            renamed[person.pk] = Person(pk=person.pk, email=person.email, **columns)
    Person.objects.bulk_update(renamed.values(), ["name", "time_zone"], batch_size=BATCH)
    Profile.objects.bulk_create(
        [Profile(person_id=pk, **_columns(told)) for pk, told in profiles.items()],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=[*PROFILE, "updated_at"],
        batch_size=BATCH,
    )


def _persons(keys: set[int]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for chunk in knowledge.chunks(sorted(keys)):
        found |= {person.email.lower(): person for person in Person.objects.filter(pk__in=chunk)}
    return found


def _link_accounts(persons: Mapping[str, Person]) -> None:
    """Who signs in elsewhere with a verified address is linked at once, as when added by hand."""
    for address in EmailAddress.objects.filter(verified=True).select_related("user").iterator():
        person = persons.get(address.email.lower())
        if person is not None and person.account_id is None:
            people.link_account(account=address.user)


def _enrol(
    upload: Upload, entries: list[Entry], persons: Mapping[str, Person], by: Person | None
) -> dict[tuple[int, str], Enrolment]:
    wanted = [
        programmes.Entry(persons[entry.email], Side(role), places if places is not None else 1)
        for entry in entries
        for role in entry.roles
        for places in [changes.capacity(entry.person, role, entry.roles)]
    ]
    return programmes.enrol_many(upload.cohort, entries=wanted, by=by, source=f"import {upload.code}")


def _set_places(
    entries: list[Entry], persons: Mapping[str, Person], enrolments: Mapping[tuple[int, str], Enrolment]
) -> None:
    moved = []
    for entry in entries:
        for role in entry.roles:
            places = changes.capacity(entry.person, role, entry.roles)
            enrolment = enrolments[persons[entry.email].pk, role]
            if places is not None and enrolment.capacity != places:
                enrolment.capacity = places
                moved.append(enrolment)
    Enrolment.objects.bulk_update(moved, ["capacity"], batch_size=BATCH)


def _state_wishes(upload: Upload, entries: list[Entry], by: Person | None) -> None:
    asking = [entry for entry in entries if any(entry.wishes.values()) or any(entry.apart.values())]
    if not asking:
        return
    rows = Enrolment.objects.filter(cohort=upload.cohort).select_related("person", "cohort")
    where = {(row.person.email.lower(), row.role): row for row in rows}
    wishes: dict[Enrolment, list[Enrolment]] = {}
    for entry in asking:
        for role, others in entry.wishes.items():
            other = Side.MENTEE if role == Side.MENTOR else Side.MENTOR
            wishes[where[entry.email, role]] = [where[email, other] for email in others if (email, other) in where]
        for role, others in entry.apart.items():
            other = Side.MENTEE if role == Side.MENTOR else Side.MENTOR
            for email in others:
                programmes.keep_apart(where[entry.email, role], other=where[email, other], by=by)
    programmes.prefer_many(wishes, by=by)
