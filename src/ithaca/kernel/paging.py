"""Every list is paged. `page(request, queryset)` gives the asked page; a wrong number gives the nearest one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 50


def page(request: HttpRequest, items: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """The page named by `?page=`, never an error. `<c-pager :page="page" />` shows the way to the others."""
    return Paginator(items, per_page).get_page(request.GET.get("page", 1))
