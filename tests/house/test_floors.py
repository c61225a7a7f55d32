"""Floors: foreign keys run down only, the engine has one door (imports are checked by import-linter)."""

from __future__ import annotations

import ast

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

from ithaca.kernel import tenancy
from tests.house import tree

FLOORS = (
    ("jobs",),
    ("people",),
    ("activity",),
    ("notifications",),
    ("programmes",),
    ("mentorships",),
    ("intake",),
    ("matching",),
    ("studies", "circles"),
    ("home",),
    ("demo",),
)
"""Slices with tables, from the ground up."""

LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}

SHARED = {"people.Organisation": "the tenant itself", "people.Account": "a sign-in may serve several organisations"}
"""Tables that belong to no organisation, and why."""


def ours() -> list[type]:
    return [model for model in apps.get_models() if model.__module__.startswith("ithaca.")]


def test_no_foreign_key_points_up() -> None:
    up = []
    for model in ours():
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField):
                target = field.related_model._meta.app_label
                if target in LEVEL and LEVEL[target] > LEVEL[model._meta.app_label]:
                    up.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert not up, up


def test_every_table_belongs_to_an_organisation() -> None:
    loose = [
        model._meta.label
        for model in ours()
        if not issubclass(model, tenancy.Tenant) and model._meta.label not in SHARED and model._meta.app_label != "jobs"
    ]
    assert not loose, f"{loose}: subclass kernel.tenancy.Tenant, or write in SHARED why it belongs to no organisation"


def test_every_tenant_table_is_scoped() -> None:
    loose = [
        model._meta.label
        for model in ours()
        if issubclass(model, tenancy.Tenant) and not isinstance(model._default_manager, tenancy.TenantManager)
    ]
    assert not loose, f"{loose}: the first manager must be tenancy.manager(...)"


def test_only_the_bridges_know_the_engine() -> None:
    knowing = [
        path.relative_to(tree.PACKAGE).as_posix()
        for path in tree.files(".py", tests=False)
        if path.relative_to(tree.PACKAGE).parts[0] not in {"pairing", "match"} and _imports_engine(path.read_text())
    ]
    assert [
        path for path in knowing if not path.startswith(("matching/bridge", "studies/bridge", "circles/bridge"))
    ] == []


def _imports_engine(source: str) -> bool:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] + [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        if any(name == "ithaca.pairing" or name.startswith("ithaca.pairing.") for name in names):
            return True
    return False
