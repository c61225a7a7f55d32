"""Organisations wholly apart: a tenant table can only be read with an organisation in scope.

`with tenancy.scope(organisation):` (the middleware and every background job do it) filters each query of a `Tenant` model;
without a scope a query raises `NoOrganisationInScope`. The few places that work across organisations (sign-in, the host's
pages, backups) say so with `Model.everywhere`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

_scope: ContextVar[int | None] = ContextVar("organisation", default=None)


class NoOrganisationInScope(RuntimeError):
    """A tenant table was read outside `tenancy.scope(...)`."""


@contextmanager
def scope(organisation: Any) -> Iterator[None]:
    """Everything inside reads and writes rows of `organisation` (a row or its primary key) only."""
    token = _scope.set(organisation if isinstance(organisation, int) else organisation.pk)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def request_scope() -> Iterator[None]:
    """A request begins without an organisation; `enter` puts one in scope until the request ends."""
    token = _scope.set(None)
    try:
        yield
    finally:
        _scope.reset(token)


def enter(organisation: Any) -> None:
    """Scope the rest of the current request."""
    _scope.set(organisation if isinstance(organisation, int) else organisation.pk)


def current() -> int:
    """Primary key of the organisation in scope. Raises NoOrganisationInScope."""
    organisation = _scope.get()
    if organisation is None:
        raise NoOrganisationInScope("Put an organisation in scope first: with tenancy.scope(organisation): …")
    return organisation


class TenantManager(models.Manager[Any]):
    """Manager that only ever sees the organisation in scope."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(organisation_id=current())


class Tenant(models.Model):
    """A row that belongs to one organisation. `objects` is scoped, `everywhere` is not.

    A subclass with its own queryset says `objects = tenancy.manager(ItsQuerySet)`.
    """

    organisation = models.ForeignKey(
        "people.Organisation", models.CASCADE, related_name="+", editable=False, default=current
    )

    objects: Any = TenantManager()
    everywhere: Any = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "everywhere"


def manager(queryset: type[models.QuerySet[Any]]) -> Any:
    """The scoped manager with the methods of `queryset`."""
    return TenantManager.from_queryset(queryset)()
