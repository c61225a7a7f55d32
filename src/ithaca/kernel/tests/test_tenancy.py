"""Organisations wholly apart: the scope of tenant tables."""

from __future__ import annotations

import pytest

from ithaca.kernel import tenancy
from ithaca.people.models import Organisation, Person


def test_without_a_scope_a_tenant_table_cannot_be_read() -> None:
    with pytest.raises(tenancy.NoOrganisationInScope):
        Person.objects.count()


@pytest.mark.django_db
def test_a_scope_sees_its_own_rows_only() -> None:
    here, there = (Organisation.objects.create(slug=slug, name=slug) for slug in ("here", "there"))
    with tenancy.scope(there):
        Person.objects.create(name="Over There", email="over@there.example")
    with tenancy.scope(here):
        Person.objects.create(name="Right Here", email="right@here.example")
        assert [person.name for person in Person.objects.all()] == ["Right Here"]
        Person.objects.bulk_create([Person(name="In Bulk", email="in@bulk.example")])
        assert Person.objects.count() == 2
    assert Person.everywhere.count() == 3
