from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ithaca.activity.models import Activity
from ithaca.intake import actions
from ithaca.intake.models import Import, Outcome, Preview, SavedMapping, Upload, UploadFile
from ithaca.intake.rules.plan import Refused
from ithaca.intake.tests import steps
from ithaca.kernel.sheets import reading
from ithaca.kernel.sheets.sheet import SheetError
from ithaca.people import actions as people
from ithaca.people.models import Person, Profile
from ithaca.people.rules import Role
from ithaca.programmes import actions as programmes
from ithaca.programmes.models import Enrolment, Preference
from ithaca.programmes.rules import Side
from ithaca.programmes.tests import worlds
from ithaca.rosters.tests import samples

ANA = ["Ana Silva", "ana@example.org", "Director", "law; tax", "Portuguese, English", "2"]
BO = ["Bo Lind", "bo@example.org", "Analyst", "audit", "Danish", "1"]


def test_a_sheet_becomes_people_with_profiles_and_enrolments(cohort, coordinator):
    upload = steps.uploaded(cohort, steps.sheet(ANA, BO, ["", "x@example.org", "", "", "", ""]), by=coordinator)
    assert not Person.objects.filter(email="ana@example.org").exists()
    assert steps.content(upload)["rows"]["rejected"] == [[4, "", "", ["Name: the name is missing."], []]]
    counts = steps.imported(upload, by=coordinator)
    assert counts == {"new": 2, "changed": 0, "unchanged": 0, "rejected": 1}
    ana = Enrolment.objects.select_related("person__profile").get(person__email="ana@example.org")
    assert (ana.role, ana.capacity, ana.source) == (Side.MENTOR, 2, f"import {upload.code}")
    assert (ana.person.profile.headline, ana.person.profile.offers) == ("Director", ["law", "tax"])
    assert ana.person.profile.languages == ["pt", "en"]
    assert mail.outbox == []
    told = Activity.objects.get(key="intake.imported")
    assert told.sentence == "Cora Coordinator imported “people.csv” into Spring 2027: 2 new, 0 changed, 1 rejected"


@pytest.mark.parametrize(
    ("path", "role", "sheet"),
    [
        (samples.GOOGLE, "mentor", ""),
        (samples.MICROSOFT, "mentee", ""),
        (samples.CIVIL_SERVICE, "mentor", "Mentors"),
        (samples.CIVIL_SERVICE, "mentee", "Mentees"),
        (samples.GERMAN, "", ""),
        (samples.SCRIPTS, "", ""),
    ],
)
def test_importing_the_same_file_twice_changes_nothing(cohort, path, role, sheet):
    data = path.read_bytes()
    first = steps.imported(steps.uploaded(cohort, data, role=role, sheet=sheet))
    assert first["new"] >= 7
    again = steps.uploaded(cohort, data, role=role, sheet=sheet)
    if Preview.objects.get(upload=again).open_questions:
        actions.accept_suggestions(again)
        actions.look(Upload.objects.select_related("cohort").get(pk=again.pk), by=None)
    counts = Preview.objects.get(upload=again).counts
    assert (counts["new"], counts["changed"]) == (0, 0)
    assert counts["unchanged"] == first["new"]
    with pytest.raises(Refused, match="nothing to import"):
        actions.start(again, by=None)


def test_blank_cells_empty_nothing_and_changes_are_told(cohort):
    steps.imported(steps.uploaded(cohort, steps.sheet(ANA, BO)))
    changed = ["Ana Silva", "ANA@example.org", "", "tax; law", "", "3"]
    upload = steps.uploaded(cohort, steps.sheet(changed, [*BO[:2], "Head of audit", *BO[3:]]))
    rows = steps.content(upload)["rows"]
    assert rows["changed"] == [
        [2, "Ana Silva", "ana@example.org", ["takes 3 instead of 2"], []],
        [3, "Bo Lind", "bo@example.org", ["job title"], []],
    ]
    steps.imported(upload)
    ana = Profile.objects.get(person__email="ana@example.org")
    assert (ana.headline, ana.offers, ana.languages) == ("Director", ["law", "tax"], ["pt", "en"])
    assert Enrolment.objects.get(person=ana.person_id).capacity == 3
    assert Profile.objects.get(person__email="bo@example.org").headline == "Head of audit"


def test_queries_of_an_import_do_not_grow_with_its_rows(cohort):
    def count(rows: int, title: str, places: str) -> int:
        people_ = [[f"Per Son{n}", f"p{n}@example.org", title, "law", "Danish", places] for n in range(rows)]
        upload = steps.uploaded(cohort, steps.sheet(*people_))
        with CaptureQueriesContext(connection) as queries:
            steps.imported(upload)
        return len(queries)

    count(30, "Analyst", "1")
    assert count(30, "Head", "2") == count(3, "Director", "3")


def test_somebody_known_joins_another_cohort_and_keeps_the_visibility_they_chose(cohort):
    steps.imported(steps.uploaded(cohort, steps.sheet(ANA)))
    Profile.objects.update(visibility={"headline": 2})
    other = worlds.cohort(cohort.programme, name="Autumn 2027")
    upload = steps.uploaded(other, steps.sheet([*ANA[:2], "Chair", *ANA[3:]]))
    assert steps.content(upload)["rows"]["changed"][0][3] == ["job title", "joins as mentor"]
    steps.imported(upload)
    profile = Profile.objects.get()
    assert (profile.headline, profile.visibility) == ("Chair", {"headline": 2})
    assert Enrolment.objects.count() == 2


def test_who_signs_in_keeps_name_and_time_zone(cohort):
    person = worlds.person("Ana Maria Silva")
    Person.objects.filter(pk=person.pk).update(email="ana@example.org")
    upload = steps.uploaded(cohort, steps.sheet(ANA))
    row = steps.content(upload)["rows"]["changed"][0]
    assert "calls themselves Ana Maria Silva; the name stays" in row[4]
    steps.imported(upload)
    assert Person.objects.get(email="ana@example.org").name == "Ana Maria Silva"


def test_an_owner_is_enrolled_but_not_changed_by_a_coordinator(cohort, coordinator):
    owner = worlds.person("Olga Owner", role=Role.OWNER, headline="Chair")
    upload = steps.uploaded(cohort, steps.sheet(["Olga O", owner.email, "Clerk", "", "", ""]), by=coordinator)
    assert steps.content(upload)["rows"]["changed"][0][3] == ["joins as mentor"]
    steps.imported(upload, by=coordinator)
    owner.refresh_from_db()
    assert (owner.name, owner.profile.headline) == ("Olga Owner", "Chair")
    assert Enrolment.objects.filter(person=owner).exists()


def test_who_left_stays_out(cohort):
    steps.imported(steps.uploaded(cohort, steps.sheet(ANA)))
    programmes.withdraw(Enrolment.objects.get(), by=None)
    upload = steps.uploaded(cohort, steps.sheet(ANA))
    assert steps.content(upload)["rows"]["unchanged"][0][4] == ["left this cohort as mentor and stays out"]


def test_a_verified_account_is_linked(cohort):
    from allauth.account.models import EmailAddress

    from ithaca.people.models import Account

    account = Account.objects.create(email="ana@example.org")
    EmailAddress.objects.create(user=account, email="ana@example.org", verified=True, primary=True)
    steps.imported(steps.uploaded(cohort, steps.sheet(ANA)))
    assert Person.objects.get(email="ana@example.org").account == account


def test_one_address_twice_is_asked_about(cohort):
    upload = steps.uploaded(cohort, steps.sheet(ANA, BO, [*ANA[:2], "Chair", *ANA[3:]], BO))
    content = steps.content(upload)
    (question,) = content["questions"]
    assert "ana@example.org stands in rows 2 and 4 with different answers" in question["words"]
    assert content["rows"]["rejected"] == [[5, "Bo Lind", "bo@example.org", ["Says the same as row 3."], []]]
    with pytest.raises(Refused, match="still wait for your answer: 1"):
        actions.start(upload, by=None)
    with pytest.raises(Refused, match="has changed"):
        actions.answer(upload, answers={question["key"]: "99"})
    actions.answer(upload, answers={question["key"]: "2"})
    actions.look(Upload.objects.select_related("cohort").get(pk=upload.pk), by=None)
    rejected = steps.content(upload)["rows"]["rejected"]
    assert [row[:1] + row[3] for row in rejected] == [
        [4, "Row 2 is used instead, as you chose."],
        [5, "Says the same as row 3."],
    ]
    assert steps.imported(upload)["new"] == 2
    assert Profile.objects.get(person__email="ana@example.org").headline == "Director"


def test_the_same_person_under_two_addresses_is_asked_about(cohort):
    steps.imported(steps.uploaded(cohort, steps.sheet(ANA)))
    people_again = [("Ána Silva", "ana.silva", "Chair"), ("Jon Smyth", "jon.smith", ""), ("John Smith", "j.smith", "")]
    rows = [[name, f"{local}@example.org", title, "", "", ""] for name, local, title in people_again]
    upload = steps.uploaded(cohort, steps.sheet(*rows))
    words = [question["words"] for question in steps.content(upload)["questions"]]
    assert len(words) == 2
    assert "Ana Silva is here already with the address ana@example.org" in words[0]
    assert "Row 3 is Jon Smyth" in words[1]
    actions.accept_suggestions(upload)
    actions.look(Upload.objects.select_related("cohort").get(pk=upload.pk), by=None)
    counts = steps.imported(upload)
    assert counts == {"new": 1, "changed": 1, "unchanged": 0, "rejected": 1}
    assert Profile.objects.get(person__email="ana@example.org").headline == "Chair"
    assert set(Person.objects.values_list("email", flat=True)) == {"ana@example.org", "j.smith@example.org"}


def test_two_people_of_one_name_both_come_in_when_the_coordinator_says_so(cohort):
    upload = steps.uploaded(cohort, steps.sheet(ANA, ["Ana Silva", "other@example.org", "Clerk", "", "", ""]))
    (question,) = steps.content(upload)["questions"]
    actions.answer(upload, answers={question["key"]: "two"})
    actions.look(Upload.objects.select_related("cohort").get(pk=upload.pk), by=None)
    assert steps.imported(upload)["new"] == 2


def wishing(*wishes, column="Preferred mentor"):
    rows = [[f"Mentee {number}", f"m{number}@example.org", wish] for number, wish in enumerate(wishes)]
    return steps.sheet(*rows, header=["Name", "E-mail", column])


def test_wishes_find_their_people_also_when_misspelt(cohort):
    steps.imported(steps.uploaded(cohort, steps.sheet(ANA, BO)))
    upload = steps.uploaded(
        cohort, wishing("Bo Lind; ana silva", "Silvia, Ana", "bo@example.org", "Nobody Known", "n/a"), role="mentee"
    )
    content = steps.content(upload)
    (question,) = content["questions"]
    assert question["suggested"] == "ana@example.org"
    assert "“Silvia, Ana” is named in a wish" in question["words"]
    assert content["rows"]["new"][3][4] == ["“Nobody Known” is not among the mentors of this cohort and was left out."]
    steps.imported(upload)
    wishes = [
        [preference.other.person.email for preference in enrolment.preferences.all()]
        for enrolment in Enrolment.objects.mentees().order_by("person__email")
    ]
    assert wishes == [["bo@example.org", "ana@example.org"], ["ana@example.org"], ["bo@example.org"], [], []]
    again = steps.uploaded(cohort, wishing("ana silva; Bo Lind", "", "bo@example.org"), role="mentee")
    rows = steps.content(again)["rows"]
    assert [row[3] for row in rows["changed"]] == [["2 wishes"]]
    assert len(rows["unchanged"]) == 2


def test_who_must_be_kept_apart_is_kept_apart(cohort):
    steps.imported(steps.uploaded(cohort, steps.sheet(ANA, BO)))
    data = wishing("Ana Silva", "Unknown Person", column="Should not be matched with")
    upload = steps.uploaded(cohort, data, role="mentee")
    assert steps.content(upload)["notices"][0].startswith(
        "Of the people to be kept apart from somebody, 1 could not be found"
    )
    steps.imported(upload)
    apart = Preference.objects.get()
    assert (apart.other.person.name, apart.rank) == ("Ana Silva", None)
    assert Preview.objects.get(upload=steps.uploaded(cohort, data, role="mentee")).counts["changed"] == 0


def test_a_name_turned_around_is_one_person(cohort):
    steps.imported(steps.uploaded(cohort, steps.sheet(ANA, BO)))
    upload = steps.uploaded(cohort, wishing("Silva, Ana", column="Should not be matched with"), role="mentee")
    assert steps.content(upload)["notices"] == []
    steps.imported(upload)
    assert Preference.objects.get().other.person.name == "Ana Silva"


def test_who_is_on_the_same_side_need_not_be_kept_apart(cohort):
    header = ["Name", "E-mail", "Should not be matched with"]
    rows = [["Ana Silva", "ana@example.org", "Bo Lind"], ["Bo Lind", "bo@example.org", ""]]
    content = steps.content(steps.uploaded(cohort, steps.sheet(*rows, header=header)))
    assert (content["questions"], content["notices"]) == ([], [])
    assert content["rows"]["new"][0][4] == []


def test_namesakes_in_a_wish_are_asked_about(cohort):
    upload = steps.uploaded(cohort, steps.sheet(ANA, ["Ana Silva", "other@example.org", "Clerk", "", "", ""]))
    actions.answer(upload, answers={question["key"]: "two" for question in steps.content(upload)["questions"]})
    actions.look(Upload.objects.select_related("cohort").get(pk=upload.pk), by=None)
    steps.imported(upload)
    asking = steps.uploaded(cohort, wishing("Ana Silva"), role="mentee")
    (question,) = steps.content(asking)["questions"]
    assert len(question["choices"]) == 3
    actions.answer(asking, answers={question["key"]: "nobody"})
    actions.look(Upload.objects.select_related("cohort").get(pk=asking.pk), by=None)
    steps.imported(asking)
    assert not Preference.objects.exists()


def test_one_person_in_two_rows_is_mentor_and_mentee(cohort):
    data = steps.sheet(
        ["Ana Silva", "ana@example.org", "Mentor", "law", "Portuguese"],
        ["Ana Silva", "ana@example.org", "Mentee", "tax", "English"],
        header=["Name", "E-mail", "Mentor or mentee", "Can help with / wants to learn", "Languages"],
    )
    steps.imported(steps.uploaded(cohort, data, role=""))
    profile = Profile.objects.get()
    assert (profile.offers, profile.needs, profile.languages) == (["law"], ["tax"], ["pt", "en"])
    assert set(Enrolment.objects.values_list("role", flat=True)) == {"mentor", "mentee"}
    assert Preview.objects.get(upload=steps.uploaded(cohort, data, role="")).counts["unchanged"] == 2


def test_what_two_rows_of_one_person_say_is_united_and_differences_are_told(cohort):
    header = ["Name", "E-mail", "Mentor or mentee", "Can help with", "Languages", "Town", "Job title"]
    data = steps.sheet(
        ["Ana Silva", "ana@example.org", "Mentor", "law; tax", "English; German", "Porto", "Judge"],
        ["Ana Silva", "ana@example.org", "Mentee", "speaking", "English", "Lisbon", "Judge"],
        header=header,
    )
    upload = steps.uploaded(cohort, data, role="")
    one_person = "Rows 2 and 3 are one person: what they say is put together."
    towns = "“Town or site” differs in rows 2 and 3: “Porto” and “Lisbon”; row 3 counts."
    assert [row[4] for row in steps.content(upload)["rows"]["new"]] == [[one_person, towns]] * 2
    steps.imported(upload)
    profile = Profile.objects.get()
    assert (profile.offers, profile.needs) == (["law", "tax"], ["speaking"])
    assert (profile.languages, profile.place) == (["en", "de"], "Lisbon")


def test_the_mapping_is_remembered_for_the_next_sheet_like_it(cohort, coordinator):
    header = ["Wer", "E-mail", "Thing"]
    data = steps.sheet(["Ana Silva", "ana@example.org", "law"], header=header)
    steps.uploaded(cohort, data, by=coordinator, Wer="name", Thing="offers")
    again = actions.receive(
        cohort, name="b.csv", data=steps.sheet(["x", "y@example.org", "z"], header=header[::-1]), role="mentor", by=None
    )
    assert again.remembered
    assert {column["header"]: column["field"] for column in again.columns}["Thing"] == "offers"
    other_side = actions.receive(cohort, name="c.csv", data=data, role="mentee", by=None)
    assert not other_side.remembered
    assert SavedMapping.objects.get().saved_by == coordinator


def test_a_mapping_that_cannot_work_is_refused(cohort):
    upload = actions.receive(cohort, name="a.csv", data=steps.sheet(ANA), role="mentor", by=None)
    with pytest.raises(Refused, match="e-mail addresses"):
        actions.confirm(upload, choices={"E-mail": "leave_out"}, by=None)


def test_a_workbook_is_read_while_everybody_else_may_write(cohort, monkeypatch):
    outside, held = len(connection.savepoint_ids), []
    read = reading.read

    def noted(*args, **named):
        held.append(len(connection.savepoint_ids) > outside)
        return read(*args, **named)

    monkeypatch.setattr(reading, "read", noted)
    upload = actions.receive(cohort, name="a.xlsx", data=samples.CIVIL_SERVICE.read_bytes(), role="mentor", by=None)
    other = actions.choose_sheet(upload, sheet=upload.sheets[-1], role="mentee")
    assert (other.sheet, other.role) == (upload.sheets[-1], "mentee")
    assert {*held} == {False}


def test_a_wrong_file_leaves_nothing_behind(cohort):
    with pytest.raises(SheetError, match="a picture"):
        actions.receive(cohort, name="a.xlsx", data=b"\x89PNG\r\n\x1a\n" + b"\0" * 99, role="mentor", by=None)
    assert not Upload.objects.exists()


def test_nothing_is_written_when_people_changed_after_the_preview(cohort):
    upload = steps.uploaded(cohort, steps.sheet(ANA, BO))
    people.add_person(name="Bo Lind", email="bo@example.org", by=None)
    actions.start(upload, by=None)
    assert not Outcome.objects.exists()
    assert not Import.objects.exists()
    assert not Person.objects.filter(email="ana@example.org").exists()
    from ithaca.jobs import progress

    assert "changed after you looked" in progress.of(upload.progress_key).failure


def test_a_finished_import_is_not_done_again(cohort, organisation):
    upload = steps.uploaded(cohort, steps.sheet(ANA))
    steps.imported(upload)
    Person.objects.filter(email="ana@example.org").update(name="Ana S")
    actions.run_import.call(organisation.pk, upload.code)
    assert Person.objects.get(email="ana@example.org").name == "Ana S"
    with pytest.raises(Refused, match="started already"):
        actions.start(upload, by=None)
    with pytest.raises(Refused):
        actions.confirm(upload, choices={}, by=None)
    with pytest.raises(Refused):
        actions.discard(upload, by=None)


def test_an_upload_can_be_discarded(cohort, coordinator):
    upload = steps.uploaded(cohort, steps.sheet(ANA), by=coordinator)
    actions.discard(upload, by=coordinator)
    assert not UploadFile.objects.exists()
    assert Activity.objects.filter(key="intake.discarded").count() == 1


def test_files_are_forgotten_after_thirty_days(cohort):
    done = steps.uploaded(cohort, steps.sheet(ANA))
    steps.imported(done)
    steps.uploaded(cohort, steps.sheet(BO))
    Upload.objects.update(uploaded_at=timezone.now() - datetime.timedelta(days=31))
    fresh = steps.uploaded(cohort, steps.sheet(BO))
    actions.forget_files.call()
    assert set(Upload.objects.all()) == {done, fresh}
    assert UploadFile.objects.get().upload == fresh


def test_erasing_a_person_forgets_the_files_of_their_cohorts(cohort):
    owner = worlds.person("Olga Owner", role=Role.OWNER)
    upload = steps.uploaded(cohort, steps.sheet(ANA))
    steps.imported(upload)
    people.erase_person(Person.objects.get(email="ana@example.org"), by=owner)
    assert not UploadFile.objects.exists()
    assert not Preview.objects.exists()
    assert Outcome.objects.count() == 1


def test_a_long_sheet_is_looked_at_in_the_background(cohort, monkeypatch):
    from ithaca.intake.actions import looking

    monkeypatch.setattr(looking, "AT_ONCE", 1)
    upload = steps.uploaded(cohort, steps.sheet(ANA, BO))
    assert Preview.objects.get(upload=upload).counts["new"] == 2
    from ithaca.jobs import progress

    assert progress.of(upload.progress_key).finished
