"""Which spreadsheet is whose: one that is named twice, and two that are named the wrong way round."""

from pathlib import Path

from ithaca.kernel.sheets.sheet import SheetError
from ithaca.match.headers import Role, Taken
from ithaca.rosters import workbooks

OWN: dict[str, Role] = {"offers": "mentor", "needs": "mentee"}
"""Fields that only one side is asked for."""
OF_THE_OTHER: dict[str, Role] = {"capacity": "mentee", "prefers": "mentor"}
"""Fields whose column names the other side: “How many mentees” is asked of mentors, “Wished-for mentors” of mentees."""
WRONG = "If a column was read wrongly, say what it is under [columns] in a file of options"


def told_apart(mentors: Path, mentees: Path, first: Taken, second: Taken, notes: list[str]) -> None:
    """Raises SheetError where both sides would come from one sheet that does not say who is what, or from each other's."""
    if first.sheet.header == second.sheet.header and first.sheet.rows == second.sheet.rows:
        _one_for_both(mentors, mentees, first, notes)
        return
    said = [_speaks_of(taken, path) for taken, path in ((first, mentors), (second, mentees))]
    wrong = [
        f"{taken.called} was read as the {role}s, but {found[1]} speaks for {found[0]}s"
        for taken, role, found in zip((first, second), ("mentor", "mentee"), said, strict=True)
        if found and found[0] != role
    ]
    if len(wrong) == 2:
        swapped = (
            "one of its sheets"
            if mentors.resolve() == mentees.resolve()
            else f"“{mentees.name}”, then “{mentors.name}”"
        )
        raise SheetError(f"{'; '.join(wrong)}. Please name the mentors first: {swapped}. {WRONG}")
    notes += [f"{each}. Mentors are named first, mentees second. {WRONG}." for each in wrong]


def _one_for_both(mentors: Path, mentees: Path, taken: Taken, notes: list[str]) -> None:
    if taken.mapping.using("role"):
        return
    sheet = taken.sheet
    if len(sheet.sheets) > 1:
        listed = ", ".join(f"“{name}”" for name in sheet.sheets)
        raise SheetError(
            f"{mentors.name}: it is not clear which sheet holds the mentors and which the mentees; there are {listed}. Please "
            "call one “Mentors” and the other “Mentees”, or put a column “Role” into the sheet that holds both"
        )
    if not all(taken.mapping.using(key) for key in OWN):
        named = f"{mentors.name} is named twice"
        if mentors.resolve() != mentees.resolve():
            named = f"{mentors.name} and {mentees.name} hold the same rows"
        raise SheetError(
            f"{named}, and no column says who is a mentor and who a mentee. Please name a spreadsheet of mentors and one of "
            "mentees; or put a column “Role” into this one, with mentor, mentee or both in each row"
        )
    notes.append(
        f"{taken.called}: everybody was taken for a mentor and a mentee at once. A column “Role” would say who is what."
    )


def _speaks_of(taken: Taken, path: Path) -> tuple[Role, str] | None:
    """(the side that this seems to be, what says so), by columns that only that side is asked for, else by the file's name."""
    using = taken.mapping.using
    if using("role"):
        return None
    own = [(role, using(key)[0].header) for key, role in OWN.items() if using(key)]
    if not own:
        named = [(role, column.header) for key, role in OF_THE_OTHER.items() for column in using(key)]
        own = [
            ("mentor" if role == "mentee" else "mentee", name) for role, name in named if workbooks.side(name) == role
        ]
    if len({role for role, _ in own}) == 1:
        return own[0][0], f"its column “{own[0][1]}”"
    side = workbooks.side(path.stem) if not own else None
    return (side, "its name") if side else None
