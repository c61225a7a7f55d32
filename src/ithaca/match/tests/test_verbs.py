"""The other verbs: alternatives, repair, brief, groups, circles, roulette, and plans that were chosen."""

from collections import Counter
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import openpyxl
import pytest

from ithaca.match import command
from ithaca.match.tests.made import MENTEES, MENTORS, name, people, read, table
from ithaca.pairing import summary
from ithaca.pairing.check import Verdict
from ithaca.pairing.solvers import keeping
from ithaca.pairing.tests.oracles import forced
from ithaca.rosters.tests import samples


def test_plans_stand_beside_each_other_and_one_is_taken(tmp_path: Path, capsys: Any) -> None:
    mentors = table(
        tmp_path / "mentors.csv",
        [
            ["Name", "Can help with", "Languages", "How many mentees"],
            ["Ama", "Law; Tax; Data", "English", "3"],
            ["Bo", "Law", "English", "2"],
        ],
    )
    rows = [["Kit", "Law; Tax"], ["Lou", "Law; Data"], ["Mia", "Law; Tax; Data"]]
    mentees = table(
        tmp_path / "mentees.csv", [["Name", "Wants to learn", "Languages"], *([*r, "English"] for r in rows)]
    )
    sheets = str(mentors), str(mentees)
    book, flat, taken = (tmp_path / name for name in ("all.xlsx", "all.csv", "light.csv"))
    assert command.main(["alternatives", *sheets, "-o", str(book)]) == 0
    said = capsys.readouterr().out
    assert "Lighter load (--take lighter-load): No mentor has more than 2 mentees." in said
    sheet_names = openpyxl.load_workbook(book).sheetnames
    assert sheet_names[:3] == ["Overview", "Side by side", "Highest total"]
    assert command.main(["alternatives", *sheets, "-o", str(flat)]) == 0
    assert [row["Highest total"] for row in read(flat)] == ["Ama", "Ama", "Ama"]
    assert Counter(row["Lighter load"] for row in read(flat)) == {"Ama": 2, "Bo": 1}
    assert Counter(row["Same in all"] for row in read(flat)) == {"yes": 2, "": 1}
    assert command.main([*sheets, "--take", "lighter-load", "-o", str(taken)]) == 0
    assert Counter(row["Mentor"] for row in read(taken)) == {"Ama": 2, "Bo": 1}
    assert command.main([*sheets, "--take", "worst-first", "-o", str(taken)]) == 0
    assert "No plan “worst-first” differs" in capsys.readouterr().out


def test_a_stable_plan_is_made_for_either_side(sheets: tuple[str, str], tmp_path: Path, capsys: Any) -> None:
    for side in ("mentee", "mentor"):
        output, report = tmp_path / f"{side}.csv", tmp_path / f"{side}.html"
        assert command.main([*sheets, "--stable", side, "-o", str(output), "--report", str(report)]) == 0
        assert "Proven: no two people would both rather have each other" in capsys.readouterr().out
        assert {row["Mentee"]: row["Mentor"] for row in read(output)}["Sven"] == "Piet Visser"
        html = report.read_text(encoding="utf-8")
        assert "No two people would both rather have each other" in html
        assert f"of all such plans this is the best for every {side}" in html
        assert "As many mentees as possible" not in html


def test_a_chosen_plan_says_of_itself_what_is_true_of_it(tmp_path: Path, capsys: Any) -> None:
    rows = ["Name,Can help with,How many mentees", "Ama,Law; Tax; Data,4", "Bo,Law,1"]
    mentors = table(tmp_path / "mentors.csv", [row.split(",") for row in rows])
    lines = ["Name,Wants to learn,Keep apart from", "Kit,Law; Tax,", "Lou,Law; Data,", "Mia,Tax; Data,Bo", "Nor,Law,Bo"]
    mentees = table(tmp_path / "mentees.csv", [line.split(",") for line in [*lines, "Ola,Law; Tax; Data,Bo"]])
    report = tmp_path / "report.html"
    asked = [str(mentors), str(mentees), "-o", str(tmp_path / "pairs.csv"), "--report", str(report)]
    assert command.main([*asked, "--take", "lighter-load"]) == 0
    said, html = capsys.readouterr().out, report.read_text(encoding="utf-8")
    told = "5 mentees, 5 places: 4 of 5 mentees have a mentor; more cannot be served where no mentor has more than 3 mentees."
    assert told in said
    assert "Proven: where no mentor has more than 3 mentees, no plan serves more" in said
    assert told in html
    assert "every place is taken" not in said + html
    assert html.count("Only plans are compared in which no mentor has more than 3 mentees.") >= 3
    assert command.main([*asked, "--take", "even"]) == 0
    html = report.read_text(encoding="utf-8")
    assert "then the most even pairs" in html
    assert "then the highest total compatibility" not in html


def test_a_repair_touches_as_few_as_was_said(sheets: tuple[str, str], tmp_path: Path, capsys: Any) -> None:
    former, output, every = tmp_path / "pairs.csv", tmp_path / "new.csv", tmp_path / "plans.xlsx"
    command.main([*sheets, "-o", str(former)])
    changed = [MENTEES[0], *MENTEES[2:], ["Wim", "wim@example.org", "Data", "English", ""]]
    mentors = table(tmp_path / "more.csv", [*MENTORS, ["Quinn", "quinn@example.org", "Cooking", "Welsh; French", "1"]])
    mentees = table(tmp_path / "changed.csv", changed)
    asked = ["repair", str(mentors), str(mentees), str(former)]
    capsys.readouterr()
    assert command.main([*asked, "-o", str(every)]) == 0
    said = capsys.readouterr().out
    assert (
        "row 2: the mentee (noor@example.org, Noor) is not in the spreadsheet of mentees. Their pair has ended." in said
    )
    assert "Nothing touched: 4 mentees served by 4 pairs" in said
    assert openpyxl.load_workbook(every).sheetnames[:2] == ["Overview", "Nothing touched"]
    assert command.main([*asked, "--touch", "0", "-o", str(output)]) == 0
    assert {row["Mentee"]: row["Change"] for row in read(output)} == {
        "Sven": "stays",
        "Uma": "stays",
        "Wim": "new",
        "Zed": "new",
    }
    assert "Taken: Nothing touched. No plan that keeps 2 or more" in capsys.readouterr().out
    assert command.main([*asked, "--touch", "0", "-o", str(former)]) == 2
    assert "is not written over" in capsys.readouterr().err


def test_a_limit_that_cannot_be_kept_to_is_refused_with_the_least_possible(tmp_path: Path, capsys: Any) -> None:
    mentors = table(tmp_path / "m.csv", [["Name", "How many mentees"], ["Ama", "1"]])
    mentees = table(tmp_path / "n.csv", [["Name"], ["Kit"], ["Lou"]])
    former = table(tmp_path / "former.csv", [["Mentor", "Mentee"], ["Ama", "Kit"], ["Ama", "Lou"]])
    asked = ["repair", str(mentors), str(mentees), str(former), "-o", str(tmp_path / "new.csv")]
    assert command.main([*asked, "--touch", "0"]) == 2
    said = capsys.readouterr()
    assert "No plan touches at most 0 pairs: there are not places for all, so 1 pair at least must be" in said.err
    assert "Please ask for --touch 1 or more; nothing was written." in said.err
    assert "Taken" not in said.out
    assert not (tmp_path / "new.csv").exists()
    assert command.main([*asked, "--touch", "1"]) == 0
    assert "Taken: 1 pair touched." in capsys.readouterr().out


def test_the_best_plan_for_one_touch_is_found_where_two_would_buy_much_more(tmp_path: Path, capsys: Any) -> None:
    offered = ["Sales; Budgets", "Writing; Leading", "Speaking; Sales", "Budgets; Leading", "Speaking; Writing"]
    wanted = [
        "Leading; Sales",
        "Sales; Python; Writing",
        "Sales",
        "Speaking; Budgets",
        "Leading; Budgets; Sales",
        "Leading",
    ]
    zones = [["+1", "+0", "+0", "+1", "+1", "+0"], ["+1", "+1", "+3", "+0", "+0", "+1"]]
    names = ["m1", "m2", "m3", "m4", "m5", "m9"], [f"k{number}" for number in range(6)]
    sides = [
        [["Name", skills, "Time zone"], *([*row[:2], f"UTC{row[2]}"] for row in zip(who, told, zone, strict=True))]
        for skills, who, told, zone in zip(
            ("Can help with", "Wants to learn"),
            names,
            ([*offered, "Sales; Python; Writing"], wanted),
            zones,
            strict=True,
        )
    ]
    former = [["Mentor", "Mentee"], *(pair.split() for pair in ("m5 k1", "m1 k2", "m3 k3", "m4 k4", "m2 k5"))]
    tables = [table(tmp_path / f"{n}.csv", rows) for n, rows in zip("abc", [*sides, former], strict=True)]
    asked = ["repair", *map(str, tables), "-o", str(tmp_path / "new.csv")]
    assert command.main([*asked, "--touch", "1"]) == 0
    said = capsys.readouterr().out
    assert "1 pair touched: 6 mentees served by 6 pairs, 56 % on average" in said
    assert "No plan that touches at most 1 pair is better: all pairs that could be in one were gone through." in said
    assert {row["Change"] for row in read(tmp_path / "new.csv") if row["Mentee"] == "k1"} == {"new; had m5"}


def test_fewer_touches_that_were_not_looked_at_are_told(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where thousands waited: serving one more counts for more than the large solver can pay for a pair to stay."""
    monkeypatch.setattr(keeping, "MOST_REWARD", 1)
    mentors = table(
        tmp_path / "m.csv",
        [["Name", "Languages"], ["Ama", "English; French"], ["Bo", "English"], ["Cy", "Welsh"]],
    )
    mentees = table(
        tmp_path / "n.csv",
        [["Name", "Languages"], ["Kit", "English"], ["Lou", "French"], ["Mia", "Welsh"], ["Nia", "Welsh"]],
    )
    pairs = [["Mentor", "Mentee"], ["Ama", "Kit"], ["Cy", "Mia"], ["Cy", "Nia"]]
    asked = ["repair", str(mentors), str(mentees), str(table(tmp_path / "former.csv", pairs))]
    asked += ["-o", str(tmp_path / "new.csv")]
    with forced("priced"):
        assert command.main([*asked, "--touch", "1"]) == 2
    said = capsys.readouterr()
    assert "As few as 1 pair could be touched. Plans that touch fewer than 2 were not looked at" in said.out
    assert "No plan was found that touches at most 1 pair. Please ask for --touch 2 or more" in said.err
    assert command.main([*asked, "--touch", "1"]) == 0
    assert "not looked at" not in capsys.readouterr().out


def test_a_mentee_who_moves_is_told_from_whom(tmp_path: Path) -> None:
    mentors = table(tmp_path / "m.csv", [["Name", "Languages"], ["Ama", "English; French"], ["Bo", "English"]])
    mentees = table(tmp_path / "n.csv", [["Name", "Languages"], ["Kit", "English"], ["Lou", "French"]])
    former = table(tmp_path / "former.csv", [["Mentor", "Mentee"], ["Ama", "Kit"]])
    output = tmp_path / "new.csv"
    asked = ["repair", str(mentors), str(mentees), str(former), "-o", str(output)]
    assert command.main([*asked, "--touch", "1"]) == 0
    assert {row["Mentee"]: row["Change"] for row in read(output)} == {"Kit": "new; had Ama", "Lou": "new"}


def test_the_brief_says_whom_to_look_for_and_names_nobody(sheets: tuple[str, str], tmp_path: Path, capsys: Any) -> None:
    output = tmp_path / "brief.csv"
    assert command.main(["brief", *sheets, "-o", str(output), "--most", "2"]) == 0
    said = capsys.readouterr().out
    assert "1. A mentor who offers Cooking, speaks Welsh: serves 1 mentee more." in said
    assert not any(name in said + output.read_text(encoding="utf-8") for name in ("Noor", "Zed", "Uma", "Sven"))
    assert next((row["Number"], row["Mentees more"]) for row in read(output)) == ("1", "1")


def test_groups_are_numbered_by_mentor(sheets: tuple[str, str], tmp_path: Path, capsys: Any) -> None:
    output = tmp_path / "groups.csv"
    assert command.main(["groups", *sheets, "-o", str(output)]) == 0
    rows = [(row["Group"], row["Mentor"], row["Mentee"]) for row in read(output)]
    assert rows == [("1", "Ama <Adu>", "Noor"), ("1", "Ama <Adu>", "Uma"), ("2", "Piet Visser", "Sven")]
    assert "1 mentor has several mentees" in capsys.readouterr().out


def test_circles_have_the_size_asked_for_and_no_employer_twice(tmp_path: Path, capsys: Any) -> None:
    sheet, output = table(tmp_path / "people.csv", people(22, employers=11)), tmp_path / "circles.csv"
    assert command.main(["circles", str(sheet), "-o", str(output)]) == 0
    circles: dict[str, list[str]] = {}
    for row in read(output):
        circles.setdefault(row["Circle"], []).append(row["Employer"])
    assert sum(map(len, circles.values())) == 22
    assert all(4 <= len(members) <= 6 and len(set(members)) == len(members) for members in circles.values())
    assert "22 people: 4 circles of 5 to 6." in capsys.readouterr().out
    assert command.main(["circles", str(sheet), "--smallest", "7"]) == 2
    assert "Circles of 7 to 6 cannot be" in capsys.readouterr().err


def test_who_fits_no_circle_is_named(tmp_path: Path, capsys: Any) -> None:
    sheet, output = table(tmp_path / "people.csv", people(5, employers=1)), tmp_path / "circles.csv"
    assert command.main(["circles", str(sheet), "-o", str(output)]) == 0
    said = capsys.readouterr().out
    assert "No circle was found for\n  Ama Adu: May meet 0 of 4 others: same employer (4).\n" in said
    assert "are at most 1 level apart, and come from different employers." in said
    assert "More are seated with --same-employer (5 of 5).\n" in said
    assert command.main(["circles", str(sheet), "-o", str(output), "--same-employer"]) == 0
    assert "5 people: 1 circle of 5." in capsys.readouterr().out


def test_smaller_circles_are_offered_and_said_to_be_smaller(tmp_path: Path, capsys: Any) -> None:
    sheet, output = table(tmp_path / "people.csv", people(18, employers=3)), tmp_path / "circles.csv"
    assert command.main(["circles", str(sheet), "-o", str(output)]) == 0
    said = capsys.readouterr().out
    assert (
        "18 people: 6 circles of 3.\n6 of these circles are smaller than 4: no seats in larger ones were found" in said
    )
    table(sheet, people(7, employers=7))
    assert command.main(["circles", str(sheet), "-o", str(output), "--largest", "4"]) == 0
    said = capsys.readouterr().out
    assert (
        "7 people: 2 circles of 3 to 4.\n1 of these circles is smaller than 4: no seats in larger ones were found"
        in said
    )
    table(sheet, people(18, employers=2))
    assert command.main(["circles", str(sheet), "-o", str(output)]) == 0
    said = capsys.readouterr().out
    assert "18 people: 0 circles." in said
    assert "More are seated with --same-employer (18 of 18) or --smallest 2 (18 of 18).\n" in said


def test_nobody_meets_again_in_any_round(tmp_path: Path, capsys: Any) -> None:
    sheet = table(tmp_path / "people.csv", people(7))
    rounds = [tmp_path / name for name in ("one.csv", "two.xlsx", "three.csv")]
    for number, output in enumerate(rounds):
        earlier = ["--met", *map(str, rounds[:number])] if number else []
        assert command.main(["roulette", str(sheet), "-o", str(output), *earlier]) == 0
    met: Counter[tuple[str, str]] = Counter()
    for output in (rounds[0], rounds[2]):
        meetings: dict[str, list[str]] = {}
        for row in read(output):
            meetings.setdefault(row["Meeting"], []).append(row["Name"])
        met.update(pair for members in meetings.values() for pair in combinations(sorted(members), 2))
    assert max(met.values()) == 1
    assert "7 people: 3 meetings, one of them with three people." in capsys.readouterr().out
    assert command.main(["roulette", str(sheet), "--met", str(sheet), "-o", str(tmp_path / "x.csv")]) == 2
    assert "people.csv is no round" in capsys.readouterr().err
    both = ["--met", str(rounds[0]), "--met", str(rounds[1]), "-o", str(tmp_path / "again.csv")]
    assert command.main(["roulette", str(sheet), *both]) == 0
    assert (tmp_path / "again.csv").read_bytes() == rounds[2].read_bytes()


@pytest.mark.parametrize("verb", ["alternatives", "brief", "groups", "circles", "roulette"])
def test_every_verb_reads_messy_sheets(verb: str, tmp_path: Path) -> None:
    files = [samples.CIVIL_SERVICE] * (1 if verb in ("circles", "roulette") else 2)
    output = tmp_path / "out.xlsx"
    assert command.main([verb, *map(str, files), "-o", str(output)]) == 0
    assert openpyxl.load_workbook(output).worksheets[0].max_row > 1
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


def test_a_stated_cost_of_evenness_does_not_stand_in_the_way_of_other_plans(
    sheets: tuple[str, str], tmp_path: Path
) -> None:
    options, output = tmp_path / "options.toml", tmp_path / "all.csv"
    options.write_text('[objective]\nkind = "worst_first"\ncost_percent = 5\n', encoding="utf-8")
    assert command.main(["alternatives", *sheets, "--options", str(options), "-o", str(output)]) == 0
    assert {"Mentee", "Highest total"} <= set(read(output)[0])


def test_nobody_mentors_somebody_who_mentors_them(tmp_path: Path, capsys: Any) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "Name,E-mail,Can help with,Wants to learn\nAna,a@x.org,law,art\nBo,b@x.org,art,law\nCy,c@x.org,tea,law\n"
    )
    assert command.main([str(people), str(people), "--one-way", "-o", str(tmp_path / "pairs.csv")]) == 0
    pairs = {(row["Mentor"], row["Mentee"]) for row in read(tmp_path / "pairs.csv")}
    assert pairs
    assert not any(pair[::-1] in pairs for pair in pairs)
    assert "Nobody mentors somebody who mentors them." in capsys.readouterr().out


def test_who_is_fixed_both_ways_is_named_instead(tmp_path: Path, capsys: Any) -> None:
    people, options = tmp_path / "people.csv", tmp_path / "options.toml"
    people.write_text(
        "Name,E-mail,Can help with,Wants to learn\nAna,a@x.org,law,art\nBo,b@x.org,art,law\nCy,c@x.org,,\n"
    )
    options.write_text('[pairs]\nfixed = [["a@x.org", "b@x.org"], ["b@x.org", "a@x.org"]]\n', encoding="utf-8")
    asked = [str(people), str(people), "--one-way", "--options", str(options), "-o", str(tmp_path / "pairs.csv")]
    assert command.main(asked) == 0
    pairs = {(row["Mentor"], row["Mentee"]) for row in read(tmp_path / "pairs.csv")}
    assert {("Ana", "Bo"), ("Bo", "Ana")} <= pairs
    said = capsys.readouterr().out
    assert "Nobody else mentors somebody who mentors them; you fixed both ways for Ana and Bo." in said
    assert "Nobody mentors" not in said


def test_a_name_in_a_plan_that_is_nearly_somebodys_is_asked_about(
    sheets: tuple[str, str], tmp_path: Path, capsys: Any
) -> None:
    plan = table(tmp_path / "mine.csv", [["Mentor", "Mentee"], ["Piet Vis", "Noor"]])
    assert command.main(["check", *sheets, str(plan)]) == 1
    said = capsys.readouterr().out
    assert "the mentor (Piet Vis) is not in the spreadsheet of mentors; is “Piet Visser” meant?" in said


def test_who_has_no_meeting_is_told_whether_anybody_new_is_left(tmp_path: Path, capsys: Any) -> None:
    sheet, output = table(tmp_path / "people.csv", people(3)), tmp_path / "out.csv"
    met = [["Meeting", "Name"], ["1", "Ama Adu"], ["1", "Ama Berg"], ["2", "Ama Adu"], ["2", "Ama Costa"]]
    earlier = table(tmp_path / "met.csv", met)
    assert command.main(["roulette", str(sheet), "--met", str(earlier), "-o", str(output)]) == 0
    assert "Nobody new is left for Ama Adu." in capsys.readouterr().out
    table(earlier, met[:3])
    assert command.main(["roulette", str(sheet), "--met", str(earlier), "-o", str(output)]) == 0
    said = capsys.readouterr().out
    assert "Nobody new" not in said
    assert "This round's lot found no place for Ama" in said


def test_a_roulette_brings_together_who_can_talk_and_nobody_of_one_reporting_line(tmp_path: Path, capsys: Any) -> None:
    header = ["Name", "E-mail", "Languages", "Reports to"]
    speaks = ["English"] * 5 + ["French"] * 3
    rows = [[name(k), f"p{k}@example.org", words, name(0) if k == 1 else ""] for k, words in enumerate(speaks)]
    sheet, output = table(tmp_path / "people.csv", [header, *rows]), tmp_path / "out.csv"
    assert command.main(["roulette", str(sheet), "-o", str(output)]) == 0
    assert "8 people: 3 meetings, 2 of them with three people." in capsys.readouterr().out
    spoken = {row[0]: row[2] for row in rows}
    for row in read(output):
        met = row["Meets"].split("; ")
        assert {spoken[other] for other in met} == {spoken[row["Name"]]}
        assert not {name(0), name(1)} <= {row["Name"], *met}

    line = [[name(k), f"p{k}@example.org", "English", name(k - 1) if k else ""] for k in range(3)]
    assert command.main(["roulette", str(table(sheet, [header, *line])), "-o", str(output)]) == 0
    assert f"Nobody new is left for {name(0)}, {name(1)}, {name(2)}." in capsys.readouterr().out


def test_who_can_talk_to_nobody_new_is_not_told_of_another_round(tmp_path: Path, capsys: Any) -> None:
    rows = [[name(k), f"p{k}@example.org", "French" if k == 2 else "English"] for k in range(3)]
    sheet = table(tmp_path / "people.csv", [["Name", "E-mail", "Languages"], *rows])
    assert command.main(["roulette", str(sheet), "-o", str(tmp_path / "out.csv")]) == 0
    said = capsys.readouterr().out
    assert f"Nobody new who speaks a language of theirs is left for {name(2)}." in said
    assert "another round" not in said


def test_totals_and_what_is_lost_are_told_in_per_cent_of_a_perfect_pair(
    sheets: tuple[str, str], tmp_path: Path, capsys: Any
) -> None:
    former = table(tmp_path / "former.csv", [["Mentor", "Mentee"], [MENTORS[1][0], MENTEES[1][0]]])
    written = ["-o", str(tmp_path / "out.csv")]
    for asked in (["alternatives", *sheets, *written], ["groups", *sheets, *written], ["brief", *sheets]):
        assert command.main(asked) == 0
    command.main(["repair", *sheets, str(former)])
    command.main(["check", *sheets, str(tmp_path / "out.csv")])
    said = capsys.readouterr().out
    assert "% of a perfect pair in all" in said
    assert "the pairs themselves lose 0 % of a perfect pair for it" in said
    assert " points" not in said
    near = cast(Verdict, SimpleNamespace(proven="", unproven="", below=60_036))
    assert summary.proof(near) == "At most 600 % of a perfect pair below the best possible."


def test_what_is_not_proven_is_said_in_words() -> None:
    open_ = cast(Verdict, SimpleNamespace(proven="", unproven="It is not proven that nobody more could be served."))
    assert summary.proof(open_) == (
        "It is not proven that nobody more could be served. More time may prove it, or find a better plan."
    )
