"""Lucide icons as inline SVG. Kept after the first use: reading one from the package costs a zip archive each time."""

from __future__ import annotations

import functools

import lucide
from django.utils.safestring import SafeString, mark_safe


class NoSuchIcon(LookupError):
    """A template names an icon that Lucide does not have."""


@functools.lru_cache(maxsize=512)
def icon(name: str, *, class_: str = "", **kwargs: str) -> SafeString:
    """Tag `{% icon "name" class="icon-sm" %}`: decorative, so hidden from screen readers; the text beside it carries the meaning."""
    classes = f"icon {kwargs.get('class', class_)}".strip()
    current = lucide._load_aliases().get(name, name)
    try:
        svg = lucide._render_icon(current, None, **{"class": classes, "aria-hidden": "true", "stroke_width": "1.75"})
    except lucide.IconDoesNotExist as error:
        raise NoSuchIcon(f"Lucide has no icon {name!r}; the names are on lucide.dev/icons.") from error
    return mark_safe(svg)
