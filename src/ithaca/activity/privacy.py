"""The ledger of somebody who is erased: what happened stays, who it was does not."""

from __future__ import annotations

import re
from typing import Any

from ithaca.activity.models import Activity
from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.people.models import Person

NOBODY = "a former participant"


def _unname(subject: Any) -> int:
    """Take the name and the address of a person out of the sentences and the data of the ledger."""
    if not isinstance(subject, Person):
        return 0
    words = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in (subject.name, subject.email)))
    touched = []
    for activity in Activity.objects.filter(sentence__contains=subject.name).iterator(chunk_size=500):
        activity.sentence = _without(activity.sentence, words)
        activity.data = _without(activity.data, words)
        touched.append(activity)
    Activity.objects.bulk_update(touched, ["sentence", "data"], batch_size=200)
    return len(touched)


def _without(value: Any, words: re.Pattern[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, words) for inner in value]
    if isinstance(value, str):
        return words.sub(NOBODY, value)
    return value


register(Entry(Activity, ("actor",), export=("at", "sentence"), erase=Erase.FORGET, also=_unname))
