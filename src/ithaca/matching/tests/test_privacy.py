from __future__ import annotations

from ithaca.matching import actions, queries
from ithaca.matching.bridge import problems
from ithaca.matching.models import Board, Run, RunInput, unpacked
from ithaca.people.models import Person


def test_an_erased_person_is_gone_from_what_the_engine_saw(run: Run, board: Board) -> None:
    line = queries.Standing(board).lines[0]
    person = Person.objects.get(code=line.mentee)
    problems.of_run(run)  # held in memory
    assert actions.forget_person(person) == 1
    rows = {row["id"]: row for row in unpacked(RunInput.objects.get(run=run).data)["mentees"]}
    assert rows[person.code] == {"id": person.code, "capacity": 1}
    assert len(rows) == 8
    asked = problems.of_run(run)
    assert asked is not None
    assert asked.problem.mentees.value(asked.problem.mentees.position[person.code], "needs") == ()
    standing = queries.Standing(board)
    assert queries.pair_of(standing, line.pair)["reasons"].score < line.score
    others = [other for other in standing.lines if person.code not in other.pair]
    assert queries.pair_of(standing, others[0].pair)["reasons"] is not None
