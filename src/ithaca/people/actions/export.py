"""A person's data, to take along."""

from __future__ import annotations

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from ithaca.kernel import events as ledger
from ithaca.kernel import privacy
from ithaca.people import events
from ithaca.people.models import Person


@transaction.atomic
def export_person(person: Person, *, by: Person) -> bytes:
    """Everything that is kept about somebody in this organisation, and about the sign-in, as one JSON document (UTF-8).

    The tables come from the privacy registry; what another person wrote in confidence is not in it.
    """
    subjects = [person, *([person.account] if person.account else [])]
    tables = {
        str(entry.model._meta.verbose_name_plural).title(): rows
        for entry in privacy.entries()
        if (rows := [row for subject in subjects for row in entry.exported(subject)])
    }
    document = {
        "organisation": person.organisation.name,
        "person": {
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "time_zone": person.time_zone,
            "known_since": person.created_at,
        },
        "exported_at": timezone.now(),
        "records": tables,
    }
    ledger.announce(events.PersonExported(person=person.name), actor=by, subject=person.subject)
    return json.dumps(document, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False).encode()
