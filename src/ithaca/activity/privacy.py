"""The ledger of somebody who is erased: what happened stays, who it was does not."""

from __future__ import annotations

from typing import Any

from ithaca.activity.models import Activity
from ithaca.kernel.privacy import Entry, Erase, register
from ithaca.people.models import Person

NOBODY = "a former participant"


def _unname(subject: Any) -> int:
    """Take the name and the address of a person out of the sentences and the data of the ledger."""
    if not isinstance(subject, Person):
        return 0
    touched = []
    for activity in Activity.objects.filter(sentence__contains=subject.name).iterator(chunk_size=500):
        activity.sentence = activity.sentence.replace(subject.name, NOBODY)
        activity.data = _without(activity.data, (subject.name, subject.email))
        touched.append(activity)
    Activity.objects.bulk_update(touched, ["sentence", "data"], batch_size=200)
    return len(touched)


def _without(value: Any, words: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, words) for inner in value]
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, NOBODY)
    return value


register(Entry(Activity, ("actor",), export=("at", "sentence"), erase=Erase.FORGET, also=_unname))
