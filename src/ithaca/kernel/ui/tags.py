"""Template tags of the UI kit, available in every template."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField, widgets
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from ithaca.kernel.ui import chart_tags, icons

register = template.Library()
register.tags.update(chart_tags.register.tags)
register.filters.update(chart_tags.register.filters)
register.simple_tag(icons.icon, name="icon")

_numbers = itertools.count(1)
_VARIANTS = {
    "primary": "btn-primary",
    "secondary": "btn-plain",
    "quiet": "btn-ghost",
    "danger": "btn-error",
}
_TONE_ICONS = {
    "info": "info",
    "good": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
    "neutral": "info",
}
_ENTITY = re.compile(r"&amp;(#?\w+;)")


@register.simple_tag
def unique(prefix: str) -> str:
    """An id that no other element of the page has."""
    return f"{prefix}-{next(_numbers) % 1_000_000}"


@register.filter
def attributes(attrs: Any) -> SafeString:
    """A component's further attributes as HTML. Cotton's own `{{ attrs }}` leaves the value of `:name="variable"` unescaped."""
    excluded = attrs._exclude_from_str
    pairs = ((name, value) for name, value in attrs.items() if name not in excluded and value not in (False, None))
    return mark_safe(" ".join(name if value is True else f'{name}="{_value(value)}"' for name, value in pairs))


def _value(value: Any) -> str:
    return _ENTITY.sub(r"&\1", conditional_escape(value).replace('"', "&quot;"))


@register.filter
def button_class(variant: str) -> str:
    """Classes of a button's variant: primary, secondary, quiet or danger."""
    return _VARIANTS[variant]


@register.filter
def tone_icon(name: str) -> str:
    """The icon of a tone; another name is an icon's name already."""
    return _TONE_ICONS.get(name, name)


@register.filter
def initials(name: str) -> str:
    """Up to two letters for an avatar: of the first and the last word."""
    words = [word for word in re.split(r"[\s@.]+", str(name)) if word[:1].isalnum()]
    if "@" in str(name):
        words = words[:1]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def share(value: float, whole: float) -> int:
    """`value` as whole per cent of `whole`, between 0 and 100; 0 of nothing."""
    return max(0, min(100, round(100 * float(value) / float(whole)))) if whole else 0


@register.filter
def plain_number(value: float) -> str:
    """A number as HTML attributes want it, whatever the language of the page."""
    return f"{float(value):g}"


@register.filter
def undo_address(message: Message) -> str:
    """The address behind `extra_tags="undo:<address>"` of a message, or nothing."""
    return _address_after("undo:", message)


@register.filter
def redo_address(message: Message) -> str:
    """The address behind `extra_tags="redo:<address>"` of a message that says what was taken back, or nothing."""
    return _address_after("redo:", message)


def _address_after(prefix: str, message: Message) -> str:
    tags = message.extra_tags or ""
    return tags.removeprefix(prefix) if tags.startswith(prefix) else ""


@register.filter
def numbered(items: Iterable[Any], current: Any) -> list[dict[str, Any]]:
    """Steps of a wizard with number and state. `current` is the number (from 1) or the label of the step one is in."""
    steps = [item if isinstance(item, Mapping) else {"label": item} for item in items]
    labels = [str(step["label"]) for step in steps]
    now = int(current) if str(current).isdecimal() else labels.index(str(current)) + 1
    return [
        {**step, "number": number, "state": "past" if number < now else "now" if number == now else "next"}
        for number, step in enumerate(steps, start=1)
    ]


# Fields -------------------------------------------------------------------------------------------------------------------------


@register.filter
def field_kind(field: BoundField) -> str:
    """Which template of `ui/fields/` draws the field: the widget says so (`kind`), else its class tells."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    kinds: tuple[tuple[type, str], ...] = (
        (widgets.RadioSelect, "group"),  # and CheckboxSelectMultiple, its subclass
        (widgets.CheckboxInput, "check"),
        (widgets.Textarea, "textarea"),
        (widgets.FileInput, "file"),
        (widgets.Select, "select"),
    )
    return getattr(widget, "kind", None) or next((kind for cls, kind in kinds if isinstance(widget, cls)), "input")


@register.filter
def may_stay_blank(field: BoundField) -> bool:
    """Whether a group of choices can be left without an answer; a radio button that is chosen already cannot."""
    single = field.field.widget.input_type == "radio"
    return not field.field.required and not (single and field.value() not in (None, ""))


@register.filter
def described_by(field: BoundField) -> str:
    """Ids of the help and the errors of a group of choices."""
    ids = [f"{field.auto_id}_helptext"] if field.help_text else []
    return " ".join([*ids, f"{field.auto_id}_error"] if field.errors else ids)


_CLASSES = {
    "input": "input",
    "textarea": "textarea",
    "chips": "textarea",
    "select": "select",
    "check": "checkbox",
    "file": "file",
}


@register.simple_tag
def control(field: BoundField) -> str:
    """The field's input with the kit's classes; Django adds `aria-describedby` and `aria-invalid`.

    Placeholders are left out: they vanish while typing, look like an answer, and the label has said it already.
    """
    given = field.field.widget.attrs.get("class", "")
    classes = f"{_CLASSES.get(field_kind(field), '')} {given}".strip()
    return field.as_widget(attrs={"class": classes, "placeholder": False})


@register.simple_tag
def week_rows(field: BoundField) -> dict[str, Any]:
    """Rows of the weekly grid: the usual hours of the day, and those that stay folded unless one of them is chosen."""
    chosen = {int(value) for value in field.value() or [] if str(value).isdecimal()}
    rows = field.field.widget.rows(chosen)
    folded = [row for row in rows if not row["usual"]]
    return {
        "usual": [row for row in rows if row["usual"]],
        "folded": folded,
        "open": any(cell["chosen"] for row in folded for cell in row["cells"]),
    }


@register.simple_tag
def choice(option: Any) -> str:
    """One radio button or checkbox of a group, without its label."""
    kind = "checkbox" if option.data["type"] == "checkbox" else "radio"
    option.data["attrs"]["class"] = kind
    return str(option.tag(wrap_label=False))
