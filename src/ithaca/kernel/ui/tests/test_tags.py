"""Tags and components: what they write."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

from ithaca.kernel.ui import tags, widgets


def render(text: str, **context: Any) -> str:
    return engines["django"].from_string(CottonCompiler().process(text)).render(context)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Nwosu", "AN"),
        ("佐藤 花", "佐花"),
        ("Ada", "A"),
        ("ada@example.org", "A"),
        ("  ", ""),
        ("J. R. (Bo) Ek", "JE"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert tags.initials(name) == letters


def test_share_is_a_whole_percentage_within_bounds() -> None:
    assert [tags.share(1, 3), tags.share(5, 4), tags.share(1, 0), tags.share(-1, 4)] == [33, 100, 0, 0]


def test_words_of_people_are_escaped_in_every_attribute() -> None:
    page = render('<c-card :aria-label="name" data-x="{{ name }}">{{ name }}</c-card>', name='"><script>x</script>')
    assert "<script>" not in page
    assert '""' not in page


def test_attributes_written_in_a_template_arrive_as_written() -> None:
    page = render("""<c-button hx-vals='{"a": 1}' aria-label="one &amp; two">x</c-button>""")
    assert 'aria-label="one &amp; two"' in page
    assert "{&quot;a&quot;: 1}" in page


def test_undo_is_read_from_the_extra_tags_only() -> None:
    assert tags.undo_address(Message(constants.SUCCESS, "Locked.", extra_tags="undo:/x/")) == "/x/"
    assert tags.redo_address(Message(constants.SUCCESS, "Locked.", extra_tags="undo:/x/")) == ""
    assert tags.redo_address(Message(constants.SUCCESS, "Taken back.", extra_tags="redo:/x/")) == "/x/"
    assert tags.undo_address(Message(constants.SUCCESS, "Locked.")) == ""


def test_steps_before_the_current_one_are_past() -> None:
    assert [step["state"] for step in tags.numbered(["a", "b", "c"], "b")] == ["past", "now", "next"]
    assert [step["state"] for step in tags.numbered([{"label": "a"}, {"label": "b"}], 1)] == ["now", "next"]


class Form(forms.Form):
    name = forms.CharField(help_text="As it should stand.")
    week = forms.TypedMultipleChoiceField(widget=widgets.Week(), choices=widgets.HOURS, coerce=int, required=False)


def test_a_field_ties_help_and_error_to_its_control() -> None:
    page = render('<c-field :field="form.name" who="You" />', form=Form({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page
    assert "Who can see this:" in page


def test_the_week_opens_its_fold_for_a_chosen_early_hour() -> None:
    assert "<details open>" in render('<c-field :field="form.week" />', form=Form(initial={"week": [3]}))
    assert "<details>" in render('<c-field :field="form.week" />', form=Form(initial={"week": [9]}))


def test_the_week_gives_whole_hours_back() -> None:
    form = Form({"name": "x", "week": ["9", "167"]})
    assert form.is_valid()
    assert form.cleaned_data["week"] == [9, 167]
