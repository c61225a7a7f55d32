"""What is kept with a matching when it was found and when it was published."""

from __future__ import annotations

from ithaca.kernel import events, tenancy
from ithaca.matching.events import BoardPublished, RunFinished
from ithaca.studies import actions


@events.listens_to(RunFinished)
def keep_the_sheet_of_a_run(event: RunFinished) -> None:
    actions.sheet_of_run.enqueue(tenancy.current(), event.code)


@events.listens_to(BoardPublished)
def keep_what_was_published(event: BoardPublished) -> None:
    actions.sheets_of_publication.enqueue(tenancy.current(), event.code)
