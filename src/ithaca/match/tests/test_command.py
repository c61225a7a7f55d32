"""`ithaca match` on spreadsheets as people keep them: pairs, report, options, and judging a plan."""

import itertools
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ithaca import cli
from ithaca.match import command
from ithaca.match.tests.made import Balanced, name, read, table
from ithaca.pairing import proven
from ithaca.rosters.tests import samples


def test_pairs_and_report_are_written(sheets: tuple[str, str], tmp_path: Path, capsys: Any) -> None:
    output, report = tmp_path / "pairs.csv", tmp_path / "report.html"
    assert cli.main(["match", *sheets, "-o", str(output), "--report", str(report)]) == 0
    said = capsys.readouterr()
    assert "4 mentees, 3 places: 3 of 4 mentees have a mentor, and every place is taken." in said.out
    assert "Proven: no plan serves more" in said.out
    assert "mentees.csv, row 3, Preferred mentor: “Piet Viser” was read as Piet Visser." in said.err
    pairs = read(output)
    assert [(row["Mentee"], row["Mentor"]) for row in pairs] == [
        ("Noor", "Ama <Adu>"),
        ("Sven", "Piet Visser"),
        ("Uma", "Ama <Adu>"),
    ]
    assert "2 skills asked for" in pairs[0]["Why"]
    html = report.read_text(encoding="utf-8")
    page = Balanced()
    page.feed(html)
    assert page.open == []
    assert page.elsewhere == []
    assert "Ama &lt;Adu&gt;" in html
    assert "<Adu>" not in html
    for title in (
        "Mentees without a mentor",
        "no language in common (2)",
        "Other complete plans",
        "How evenly it falls",
        "Which further mentors would help most",
        "What counted",
        "How the spreadsheets were read",
        "mentees.csv, row 3, Preferred mentor: “Piet Viser” was read as Piet Visser.",
        "How we know",
    ):
        assert title in html


def test_a_plan_near_the_best_is_enough_and_says_how_near(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proven, "DENSE_CELLS", 0)
    chance = random.Random(3)
    skills = [f"skill {k}" for k in range(12)]
    learnt = [[name(k), f"person{k}@example.org", "; ".join(chance.sample(skills, 3))] for k in range(500)]
    mentors = table(tmp_path / "mentors.csv", [["Name", "E-mail", "Can help with"], *learnt])
    mentees = table(tmp_path / "mentees.csv", [["Name", "E-mail", "Wants to learn"], *learnt])
    output = tmp_path / "pairs.csv"
    assert command.main([str(mentors), str(mentees), "-o", str(output), "--within", "40"]) == 0
    said = capsys.readouterr().out
    assert "500 of 500 mentees have a mentor" in said
    assert "below the best possible" in said or "Proven" in said
    assert len(read(output)) == 500


def test_a_plan_near_the_best_is_refused_where_the_worst_pair_comes_first(
    sheets: tuple[str, str], tmp_path: Path, capsys: Any
) -> None:
    options, output = tmp_path / "options.toml", tmp_path / "pairs.csv"
    options.write_text('[objective]\nkind = "worst_first"\n', encoding="utf-8")
    asked = [*sheets, "--options", str(options), "-o", str(output)]
    assert command.main([*asked, "--within", "5"]) == 2
    assert "--within is for the highest total" in capsys.readouterr().err
    assert not output.exists()
    assert command.main([*asked, "--seconds", "600"]) == 0


def test_a_time_that_is_too_short_is_said(
    sheets: tuple[str, str], tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "pairs.csv"
    assert command.main([*sheets, "-o", str(output), "--seconds", "600"]) == 0
    assert command.main([*sheets, "-o", str(output), "--seconds", "3", "--one-way"]) == 2
    assert "go with no other one" in capsys.readouterr().err
    monkeypatch.setattr("time.monotonic", lambda ticks=itertools.count(0, 1_000): next(ticks))
    assert command.main([*sheets, "-o", str(tmp_path / "soon.csv"), "--seconds", "1"]) == 0
    assert "There was no plan yet after 1 second; the first one took " in capsys.readouterr().out
    assert len(read(tmp_path / "soon.csv")) == 3
    with pytest.raises(SystemExit):
        command.main([*sheets, "--within", "120"])
    assert "“120” is not a per cent" in capsys.readouterr().err


def test_a_pair_fixed_against_a_rule_is_told_and_offers_no_other(tmp_path: Path, capsys: Any) -> None:
    mentors = table(
        tmp_path / "mentors.csv",
        [["Name", "E-mail", "Keep apart from"], [name(1), "a@x.org", name(11)], [name(2), "b@x.org", ""]],
    )
    mentees = table(tmp_path / "mentees.csv", [["Name", "E-mail"], [name(11), "k@x.org"], [name(12), "l@x.org"]])
    options, report = tmp_path / "options.toml", tmp_path / "report.html"
    options.write_text(f'[pairs]\nfixed = [["{name(1)}", "{name(11)}"]]\n', encoding="utf-8")
    asked = [
        str(mentors),
        str(mentees),
        "--options",
        str(options),
        "-o",
        str(tmp_path / "pairs.csv"),
        "--report",
        str(report),
    ]
    assert command.main(asked) == 0
    assert f"{name(1)} and {name(11)} are paired against a rule (asked not to be paired)" in capsys.readouterr().err
    page = report.read_text(encoding="utf-8")
    assert "Against a rule (asked not to be paired); you fixed it all the same." in page
    assert "You fixed this pair, so no other mentor was looked for." in page


def test_the_highest_total_can_be_taken_where_the_weakest_come_first(tmp_path: Path, capsys: Any) -> None:
    mentors = [["Name", "E-mail", "Can help with"], [name(1), "a@x.org", "law; tax; art"], [name(2), "b@x.org", "law"]]
    mentees = [
        ["Name", "E-mail", "Wants to learn"],
        [name(11), "k@x.org", "law; tax; art"],
        [name(12), "l@x.org", "law; ink"],
    ]
    sheets = [str(table(tmp_path / f"{role}.csv", rows)) for role, rows in (("mentors", mentors), ("mentees", mentees))]
    options, totals = tmp_path / "options.toml", []
    options.write_text('[objective]\nkind = "worst_first"\n', encoding="utf-8")
    for take in ([], ["--take", "total"]):
        output = tmp_path / "pairs.csv"
        assert command.main([*sheets, "--options", str(options), "-o", str(output), *take]) == 0
        totals.append(sum(float(row["Score in percent"]) for row in read(output)))
    assert totals[1] >= totals[0]
    capsys.readouterr()


def test_where_the_worst_pair_is_raised_too_few_places_are_not_called_a_rule(tmp_path: Path, capsys: Any) -> None:
    mentors = [["Name", "Can help with"], [name(1), "Python"], [name(2), "Writing"]]
    mentees = [["Name", "Wants to learn"], [name(11), "Python"], [name(12), "Writing"], [name(13), "Sales"]]
    sheets = [str(table(tmp_path / f"{role}.csv", rows)) for role, rows in (("mentors", mentors), ("mentees", mentees))]
    options, report = tmp_path / "options.toml", tmp_path / "report.html"
    options.write_text('[objective]\nkind = "worst_first"\n', encoding="utf-8")
    output = str(tmp_path / "pairs.csv")
    assert command.main([*sheets, "--options", str(options), "-o", output, "--report", str(report)]) == 0
    capsys.readouterr()
    page = report.read_text(encoding="utf-8")
    assert "rules exclude 0. All places with the other 2 mentors are taken" in page
    assert "below the lowest score allowed" not in page
    assert f"One more place with {name(1)}. Their pair, 0 %, would be weaker than any" in page
    assert "the weakest pair would fall from 50 % to 0 %" in page
    assert "The rules allow no other mentor" not in page
    assert "no pair of 50 % or more that the rules allow is worth more than its two prices" in page


def test_the_same_files_give_the_same_bytes(sheets: tuple[str, str], tmp_path: Path) -> None:
    outputs, options = [tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "options.toml"
    options.write_text("[people]\non = 2027-03-01\n", encoding="utf-8")
    for output in outputs:
        asked = [*sheets, "-o", str(output), "--report", str(output.with_suffix(".html")), "--options", str(options)]
        assert command.main(asked) == 0
    assert "Matching report · 1 March 2027 · mentors.csv and mentees.csv" in outputs[0].with_suffix(".html").read_text(
        encoding="utf-8"
    )
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert outputs[0].with_suffix(".html").read_bytes() == outputs[1].with_suffix(".html").read_bytes()


def test_a_workbook_holds_the_same_and_no_formula(tmp_path: Path) -> None:
    mentors = table(tmp_path / "m.csv", [["Name", "Can help with"], ["=Ama Adu", "Law"], ["@Bo Berg", "Tax"]])
    mentees = table(tmp_path / "n.csv", [["Name", "Wants to learn"], ["+Cleo Diaz", "Law"], ["-Dana Eze", "Tax"]])
    for output in (tmp_path / "pairs.xlsx", tmp_path / "pairs.csv"):
        assert command.main(["pairs", str(mentors), str(mentees), "-o", str(output)]) == 0
    book = openpyxl.load_workbook(tmp_path / "pairs.xlsx")
    cells = [cell for row in book["Pairs"].iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert [row["Mentee"][0] for row in read(tmp_path / "pairs.csv")] == ["'", "'"]
    assert book["Pairs"].max_row == 3


def test_options_change_the_answer(sheets: tuple[str, str], tmp_path: Path) -> None:
    options, output = tmp_path / "options.toml", tmp_path / "pairs.csv"
    options.write_text(
        '[pairs]\nfixed = [["Ama <Adu>", "zed@example.org"]]\napart = [["Piet Visser", "Sven"]]\n'
        '[rules.languages]\nrequired = true\n[objective]\nkind = "worst_first"\ncost_percent = 10\n',
        encoding="utf-8",
    )
    assert command.main([*sheets, "-o", str(output), "--options", str(options)]) == 0
    pairs = {(row["Mentee"], row["Mentor"]): row["Fixed by you"] for row in read(output)}
    assert pairs["Zed", "Ama <Adu>"] == "yes"
    assert ("Sven", "Piet Visser") not in pairs


def test_who_was_left_out_last_round_comes_first(sheets: tuple[str, str], tmp_path: Path) -> None:
    mentors = table(tmp_path / "one.csv", [["Name", "Can help with"], ["Ama", "Budgets"]])
    options, output = tmp_path / "options.toml", tmp_path / "pairs.csv"
    options.write_text('[people]\nleft_out = ["Zed"]\n', encoding="utf-8")
    assert command.main([str(mentors), sheets[1], "-o", str(output), "--options", str(options)]) == 0
    assert [row["Mentee"] for row in read(output)] == ["Zed"]


@pytest.mark.parametrize(
    "text, said",
    [
        ("[weight]\nx = 1\n", "there is no table [weight]"),
        ("[weights]\nstars = 1\n", "[weights] has nothing called “stars”"),
        ("[weights]\nhours = -1\n", "the weight of “hours” is -1"),
        ("[weights]\nhours = nan\n", "the weight of “hours” is nan"),
        ("[rules.hours]\nat_least = 'many'\n", "is a whole number from 0 to 168"),
        ("[rules]\nhours = 3\n", "the rules of “hours” are a table"),
        ("[pairs]\nfixed = [['Ama <Adu>']]\n", "lists of two names"),
        ("[pairs]\nfixed = 1\n", "lists of two names"),
        ("[pairs]\nfixed = [['Nobody', 'Noor']]\n", "the mentor “Nobody”, who is not in the spreadsheet"),
        ("weights = 3\n", "“weights” is a table: [weights], and below it a line for each entry"),
        (
            "[pairs]\nfixed = [['Piet Visser', 'Noor'], ['Piet Visser', 'Zed']]\n",
            "mentor “Piet Visser” is in 2 fixed pairs",
        ),
        ("[people]\nleft_out = ['Nobody']\n", "the mentee “Nobody”, who is not in the spreadsheet"),
        ("[people]\nleft_out = 'Noor'\n", "“left_out” is a list of names"),
        ("[people]\ncapacity = -1\n", "“capacity” is a whole number of 0 or more, not “-1”"),
        ("[people]\ntime_zone = 'Mars'\n", "there is no time zone “Mars”"),
        ("[people]\non = 'soon'\n", "“on” is a day"),
        ("[people]\nunknown_apart = 'ask'\n", "“unknown_apart” is “refuse” or “leave out”, not “ask”"),
        ("[objective]\nkind = 'luck'\n", "“kind” is “total” or “worst_first”, not “luck”"),
        ("[objective]\nfloor_percent = nan\n", "“floor_percent” is a number from 0 to 100, not “nan”"),
        ("[objective]\ncost_percent = 3\n", "“cost_percent” belongs to kind"),
        ("weights = \n", "is not TOML"),
    ],
)
def test_options_that_are_not_understood_are_named(
    sheets: tuple[str, str], tmp_path: Path, capsys: Any, text: str, said: str
) -> None:
    options, output = tmp_path / "options.toml", tmp_path / "pairs.csv"
    options.write_text(text, encoding="utf-8")
    assert command.main([*sheets, "-o", str(output), "--options", str(options)]) == 2
    assert said in capsys.readouterr().err
    assert not output.exists()


@pytest.mark.parametrize("how", [["check"], []], ids=["verb", "option"])
def test_a_plan_made_by_hand_is_judged(sheets: tuple[str, str], tmp_path: Path, capsys: Any, how: list[str]) -> None:
    def judged(path: Path) -> int:
        return command.main([*how, *sheets, *([] if how else ["--check"]), str(path)])

    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    command.main([*sheets, "-o", str(good)])
    assert judged(good) == 0
    said = capsys.readouterr().out
    assert "This is exactly the best plan.\n" in said
    assert "The plan keeps every rule." in said
    table(bad, [["Mentor", "Mentee"], ["Piet Visser", "Sven"]])
    assert judged(bad) == 0
    assert "Against the best: 2 mentees fewer served, a total lower by " in capsys.readouterr().out
    table(bad, [["Mentor", "Mentee"], ["Piet Visser", "Noor"], ["piet@example.org", "Zed"], ["Ama <Adu>", "Who"]])
    assert judged(bad) == 1
    said = capsys.readouterr().out
    assert "mentor Piet Visser is in 2 pairs and has 1 places." in said
    assert "the pair Piet Visser and Zed breaks a rule: no language in common." in said
    assert "bad.csv, row 4: the mentee (Who) is not in the spreadsheet of mentees." in said
    assert "Against the best, findings apart: 1 mentee fewer served, " in said
    assert "3 findings above." in said


@pytest.mark.parametrize(
    "more, said",
    [
        (["-o", "mentors.csv"], "is one of the files to be read and is not written over"),
        (["-o", "nowhere/pairs.csv"], "is not there. Please make it, or choose another name."),
        (["-o", "pairs.docx"], "let it end in .csv or .xlsx"),
        (["-o", "pairs.csv", "--report", "report.pdf"], "let it end in .html or .htm"),
        (["-o", "folder.csv"], "is a folder"),
    ],
)
def test_what_cannot_be_written_is_said_before_any_work(
    sheets: tuple[str, str], tmp_path: Path, capsys: Any, monkeypatch: Any, more: list[str], said: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    monkeypatch.chdir(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert command.main([*sheets, *more]) == 2
    assert said in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "content, said",
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "mentors.csv"),
        (b"Name,Can help with\n", "mentors.csv: The table has column names but no rows below them."),
        (b"", "mentors.csv"),
    ],
)
def test_a_file_that_is_no_table_gets_one_sentence_that_names_it(
    sheets: tuple[str, str], tmp_path: Path, capsys: Any, content: bytes, said: str
) -> None:
    Path(sheets[0]).write_bytes(content)
    assert command.main([*sheets, "-o", str(tmp_path / "pairs.csv")]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert said in lines[0]


def test_doubles_odd_numbers_and_people_without_a_name_are_noted_with_their_row(tmp_path: Path, capsys: Any) -> None:
    mentors = table(
        tmp_path / "mentors.csv",
        [
            ["Name", "E-mail", "Can help with", "How many mentees"],
            ["Ama", "ama@example.org", "Law", "2"],
            ["Ama again", "AMA@example.org", "Law", "1"],
            ["", "", "Tax", "1"],
            ["Βασίλης 😀", "", "Law", "some"],
        ],
    )
    mentees = table(tmp_path / "mentees.csv", [["Name", "Wants to learn"], *([name(k), "Law"] for k in range(5))])
    output = tmp_path / "pairs.csv"
    assert command.main([str(mentors), str(mentees), "-o", str(output)]) == 0
    said = capsys.readouterr()
    assert "mentors.csv, row 3 is left out: ama@example.org is already in row 2." in said.err
    assert "mentors.csv, row 4" in said.err
    assert "mentors.csv, row 5" in said.err
    assert "3 of 5 mentees have a mentor, and every place is taken." in said.out
    assert {row["Mentor"] for row in read(output)} == {"Ama", "Βασίλης 😀"}


def test_a_sheet_in_which_nobody_is_found_is_refused(sheets: tuple[str, str], tmp_path: Path, capsys: Any) -> None:
    table(Path(sheets[0]), [["Colour", "Shape"], ["red", "round"], ["blue", "square"]])
    output = tmp_path / "pairs.csv"
    assert command.main([*sheets, "-o", str(output)]) == 2
    said = capsys.readouterr().err
    assert "mentors.csv: no mentor is found in its 2 rows (its columns: Colour, Shape)." in said
    assert not output.exists()


def test_hundreds_of_copies_of_one_person_are_told_apart_by_their_names(tmp_path: Path, capsys: Any) -> None:
    header, asking = ["Name", "Can help with", "Languages"], ["Name", "Wants to learn", "Languages"]
    mentors = table(tmp_path / "mentors.csv", [header, *([name(k), "Law", "English"] for k in range(300))])
    mentees = table(tmp_path / "mentees.csv", [asking, *([name(k), "Law", "English"] for k in range(320))])
    assert command.main([str(mentors), str(mentees), "-o", str(tmp_path / "pairs.csv")]) == 0
    said = capsys.readouterr().out
    assert "320 mentees, 300 places: 300 of 320 mentees have a mentor, and every place is taken." in said
    assert "All 300 pairs score the same." in said


@pytest.mark.parametrize(
    "mentors, mentees",
    [
        (samples.GOOGLE, samples.MICROSOFT),
        (samples.CIVIL_SERVICE, samples.CIVIL_SERVICE),
        (samples.GERMAN, samples.GERMAN),
        (samples.SCRIPTS, samples.SCRIPTS),
    ],
    ids=["forms", "sheets of one workbook", "both roles in one sheet", "many scripts"],
)
def test_messy_spreadsheets_give_proven_pairs(mentors: Path, mentees: Path, tmp_path: Path, capsys: Any) -> None:
    output, report = tmp_path / "pairs.csv", tmp_path / "report.html"
    assert command.main([str(mentors), str(mentees), "-o", str(output), "--report", str(report)]) == 0
    assert "Proven" in capsys.readouterr().out
    assert read(output)
    assert "Matching report" in report.read_text(encoding="utf-8")
