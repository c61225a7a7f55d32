from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ithaca.intake import actions
from ithaca.intake.models import Outcome, Preview, Upload, UploadFile
from ithaca.intake.tests import steps
from ithaca.jobs import progress
from ithaca.kernel import tenancy
from ithaca.kernel.sheets import reading
from ithaca.people.models import Person
from ithaca.people.rules import Role
from ithaca.programmes import actions as programmes
from ithaca.programmes.tests import worlds
from ithaca.rosters.tests import samples

ANA = ["Ana Silva", "ana@example.org", "Director", "law; tax", "Portuguese, English", "2"]
WRONG = ["", "x@example.org", "=cmd|' /C calc'!A0", "", "", ""]


def file(data, name="people.csv"):
    return SimpleUploadedFile(name, data)


def address(view, code):
    return reverse(f"intake:{view}", args=["harbour", code])


@pytest.fixture
def browser(browser_of, coordinator):
    return browser_of(coordinator)


def test_from_a_file_to_people_in_the_cohort(browser, cohort):
    index = browser.get(address("index", cohort.code))
    assert "Bring people in from a spreadsheet" in index.content.decode()
    sent = browser.post(address("index", cohort.code), {"role": "mentor", "file": file(steps.sheet(ANA, WRONG))})
    upload = Upload.objects.get()
    assert sent.url == address("columns", upload.code)
    page = browser.get(sent.url).content.decode()
    assert "What is in each column?" in page
    assert "law; tax" in page
    fields = {f"column-{number}": column["field"] for number, column in enumerate(upload.columns)}
    shown = browser.post(address("columns", upload.code), fields, follow=True)
    page = shown.content.decode()
    assert shown.redirect_chain[-1][0] == address("preview", upload.code)
    assert "Import 1 row" in page
    assert "Ana Silva" in page
    assert "the name is missing" in browser.get(address("preview", upload.code) + "?show=rejected").content.decode()
    done = browser.post(address("start", upload.code), follow=True)
    assert "They are in" in done.content.decode()
    assert Person.objects.filter(email="ana@example.org").exists()
    assert "1 new, 0 changed, 1 rejected" in browser.get(address("index", cohort.code)).content.decode()


def test_rejected_rows_come_back_as_they_came_with_a_reason(browser, cohort):
    upload = steps.uploaded(cohort, steps.sheet(ANA, WRONG))
    steps.imported(upload)
    answer = browser.get(address("rejected", upload.code))
    assert answer["Content-Disposition"] == 'attachment; filename="people-rejected.csv"'
    assert b"'=cmd" in answer.content
    sheet = reading.read(answer.content)
    assert sheet.header == (*steps.HEADER, "Why it was not imported")
    assert sheet.rows == [(*WRONG, "Name: the name is missing.")]
    other = browser.get(address("rejected", upload.code) + "?as=xlsx")
    assert reading.read(other.content).rows == sheet.rows
    UploadFile.objects.all().delete()
    assert browser.get(address("rejected", upload.code)).status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "people.xlsx", "The file is a picture"),
        (b"", "people.csv", "The file is empty"),
        (b"Name,E-mail\n", "people.csv", "no rows below them"),
    ],
)
def test_a_wrong_file_gets_one_sentence(browser, cohort, data, name, words):
    answer = browser.post(address("index", cohort.code), {"role": "mentor", "file": file(data, name)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Upload.objects.exists()


def test_who_is_in_the_file_is_asked_and_not_guessed(browser, cohort):
    page = browser.get(address("index", cohort.code)).content.decode()
    assert " checked" not in page
    assert (
        browser.post(address("index", cohort.code), {"file": file(steps.sheet(ANA), "people.csv")}).status_code == 422
    )
    assert not Upload.objects.exists()
    assert " checked" in browser.get(address("index", cohort.code) + "?role=mentee").content.decode()


def test_without_a_file_the_page_asks_for_one(browser, cohort):
    answer = browser.post(address("index", cohort.code), {"role": "mentor"})
    assert "Please choose a spreadsheet." in answer.content.decode()


def test_columns_that_cannot_work_are_told(browser, cohort):
    upload = actions.receive(cohort, name="people.csv", data=steps.sheet(ANA), role="mentor", by=None)
    fields = {f"column-{number}": "extra" for number in range(6)}
    answer = browser.post(address("columns", upload.code), fields)
    assert answer.status_code == 422
    assert "Please choose the column that holds the e-mail addresses" in answer.content.decode()
    assert browser.get(address("preview", upload.code)).url == address("columns", upload.code)


def test_another_sheet_and_another_side_can_be_chosen(browser, cohort):
    upload = actions.receive(cohort, name="civil.xlsx", data=samples.CIVIL_SERVICE.read_bytes(), role="mentor", by=None)
    assert "Mentees" in browser.get(address("columns", upload.code)).content.decode()
    browser.post(address("sheet", upload.code), {"sheet": "Mentees", "role": "mentee"})
    upload.refresh_from_db()
    assert (upload.sheet, upload.role, upload.rows) == ("Mentees", "mentee", 14)


def test_questions_are_answered_on_the_page(browser, cohort):
    upload = steps.uploaded(cohort, steps.sheet(ANA, [*ANA[:2], "Chair", "", "", ""]))
    page = browser.get(address("preview", upload.code)).content.decode()
    assert "Only you can tell" in page
    assert "Take the likely answer</button>" in page
    assert "when this is answered" in page
    assert "Import 1" not in page
    refused = browser.post(address("start", upload.code), follow=True)
    assert "still wait for your answer" in refused.content.decode()
    (question,) = steps.content(upload)["questions"]
    answered = browser.post(address("answers", upload.code), {f"q-{question['key']}": "2"}, follow=True)
    assert "Import 1 row" in answered.content.decode()
    again = browser.post(address("answers", upload.code), {"forget": "1"}, follow=True)
    assert "Only you can tell" in again.content.decode()
    taken = browser.post(address("answers", upload.code), {"suggestions": "1"}, follow=True)
    assert "Import 1 row" in taken.content.decode()


def test_a_file_can_be_discarded(browser, cohort):
    upload = steps.uploaded(cohort, steps.sheet(ANA))
    page = browser.post(address("discard", upload.code), follow=True).content.decode()
    assert "is discarded" in page
    assert not Upload.objects.exists()


def test_the_progress_page_can_be_left_and_found_again(browser, cohort, monkeypatch):
    upload = steps.uploaded(cohort, steps.sheet(ANA))
    monkeypatch.setattr(type(actions.run_import), "enqueue", lambda *args: None)
    actions.start(upload, by=None)
    progress_page = browser.get(address("outcome", upload.code)).content.decode()
    assert "You can leave this page" in progress_page
    assert 'hx-trigger="every 1s"' in progress_page
    assert "Being imported" in browser.get(address("index", cohort.code)).content.decode()
    actions.run_import.call(upload.organisation_id, upload.code)
    polled = browser.get(address("outcome", upload.code), headers={"HX-Request": "true"})
    assert polled["HX-Redirect"] == address("outcome", upload.code)
    assert browser.get(address("preview", upload.code)).url == address("outcome", upload.code)
    assert Outcome.objects.count() == 1


def test_when_people_changed_meanwhile_the_page_says_so_and_looks_again(browser, cohort):
    upload = steps.uploaded(cohort, steps.sheet(ANA))
    worlds.person("Ana Silva", signs_in=False)
    Person.objects.filter(name="Ana Silva").update(email="ana@example.org")
    page = browser.post(address("start", upload.code), follow=True).content.decode()
    assert "changed after you looked" in page
    assert browser.get(address("preview", upload.code) + "?again=1").status_code == 200
    assert Preview.objects.get(upload=upload).counts["changed"] == 1


def test_a_long_preview_shows_its_progress(browser, cohort):
    upload = steps.uploaded(cohort, steps.sheet(ANA))
    Preview.objects.all().delete()
    progress.start(upload.progress_key, total=10, words="Reading the file")
    page = browser.get(address("preview", upload.code)).content.decode()
    assert "Looking at every row" in page


def test_long_lists_are_paged(browser, cohort):
    rows = [[f"Person {'abcdefghij'[n % 10]}{n:03}", f"p{n}@example.org", "", "", "", ""] for n in range(120)]
    upload = steps.uploaded(cohort, steps.sheet(*rows))
    page = browser.get(address("preview", upload.code) + "?show=new&page=3").content.decode()
    assert "101–120 of 120" in page
    assert page.count("@example.org") == 20


VIEWS = ("columns", "preview", "outcome", "rejected")
POSTS = ("sheet", "discard", "answers", "start")


@pytest.mark.parametrize("who", ["member", "screener", "programme coordinator elsewhere"])
def test_only_coordinators_of_the_cohort_find_its_imports(browser_of, cohort, who):
    person = worlds.person("Somebody Else", role=Role.SCREENER if who == "screener" else None)
    if who.startswith("programme"):
        other = worlds.programme("Another programme")
        programmes.grant_role(other, person=person, role=Role.COORDINATOR, by=None)
    upload = steps.uploaded(cohort, steps.sheet(ANA))
    browser = browser_of(person)
    assert browser.get(address("index", cohort.code)).status_code == 404
    assert {browser.get(address(view, upload.code)).status_code for view in VIEWS} == {404}
    assert {browser.post(address(view, upload.code)).status_code for view in POSTS} == {404}
    assert Upload.objects.count() == 1


def test_a_coordinator_of_the_programme_imports_but_changes_nobody_of_others(browser_of, cohort):
    person = worlds.person("Pia Programme")
    programmes.grant_role(cohort.programme, person=person, role=Role.COORDINATOR, by=None)
    worlds.person("Ana Silva", signs_in=False, headline="Chair")
    Person.objects.filter(name="Ana Silva").update(email="ana@example.org")
    upload = steps.uploaded(cohort, steps.sheet(ANA), by=person)
    assert browser_of(person).get(address("preview", upload.code)).status_code == 200
    assert steps.content(upload)["rows"]["changed"][0][3] == ["joins as mentor"]
    steps.imported(upload, by=person)
    assert Person.objects.get(email="ana@example.org").profile.headline == "Chair"


def test_another_organisation_finds_nothing(browser_of, organisation, cohort):
    upload = steps.uploaded(cohort, steps.sheet(ANA))
    elsewhere = worlds.organisation("lighthouse", "Lighthouse")
    with tenancy.scope(elsewhere):
        stranger = worlds.person("Stran Ger", role=Role.OWNER)
        browser = browser_of(stranger)
    for slug in ("harbour", "lighthouse"):
        for view in VIEWS:
            assert browser.get(reverse(f"intake:{view}", args=[slug, upload.code])).status_code == 404
    assert browser.get(reverse("intake:index", args=["lighthouse", cohort.code])).status_code == 404


def test_who_is_not_signed_in_is_asked_to_sign_in(client, cohort):
    answer = client.get(address("index", cohort.code))
    assert answer.status_code == 302
    assert "next=/o/harbour/" in answer.url


def people_named(count):
    return steps.sheet(*[[f"Per Son{n}", f"p{n}@example.org", "", "", "", ""] for n in range(count)])


@pytest.mark.parametrize("view", ["index", "columns", "preview"])
def test_queries_do_not_grow_with_rows_or_imports(browser, cohort, view):
    def count(upload) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address(view, cohort.code if view == "index" else upload.code)).status_code == 200
        return len(queries)

    first = steps.uploaded(cohort, people_named(1))
    count(first)  # what is asked once per session
    few = count(first)
    for _ in range(8):
        steps.uploaded(cohort, people_named(30))
    assert count(Upload.objects.newest_first().first()) == few


def test_the_sample_sheets_pass_through_the_pages(browser, cohort):
    for path, role in ((samples.GOOGLE, "mentor"), (samples.MICROSOFT, "mentee")):
        data = {"role": role, "file": io.BytesIO(path.read_bytes())}
        data["file"].name = path.name
        browser.post(address("index", cohort.code), data)
        upload = Upload.objects.newest_first().first()
        fields = {f"column-{number}": column["field"] for number, column in enumerate(upload.columns)}
        browser.post(address("columns", upload.code), fields)
        browser.post(address("answers", upload.code), {"suggestions": "1"})
        browser.post(address("start", upload.code))
    assert [outcome.counts["new"] for outcome in Outcome.objects.order_by("pk")] == [12, 13]
