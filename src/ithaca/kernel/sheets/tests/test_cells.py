import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithaca.kernel.sheets import cells


@pytest.mark.parametrize(
    "cell", ["", "  ", "-", "–", "—", "No", "N/A", "n.a.", "none", "Keine", "néant", "k. A.", "ninguna", "#N/A"]
)
def test_clear_blanks(cell):
    assert cells.is_blank(cell)


@pytest.mark.parametrize(
    "cell", ["Norway", "0", "Nope, everything", "Nonprofit law", "x", "Yes", "None of the above suits me"]
)
def test_answers_that_only_look_like_blanks(cell):
    assert not cells.is_blank(cell)


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("law; tax;", ("law", "tax")),
        ("law, tax , Law", ("law", "tax")),
        ("law|tax", ("law", "tax")),
        ("• law\n• tax", ("law", "tax")),
        ("law; n/a; -", ("law",)),
        ("Agile (Scrum, Kanban), Law", ("Agile (Scrum, Kanban)", "Law")),
        ("a budget of 1,000 euros, law", ("a budget of 1,000 euros", "law")),
        ("unclosed (law, tax", ("unclosed (law", "tax")),
        ("n/a", ()),
        ("法律、税务", ("法律", "税务")),
    ],
)
def test_one_cell(cell, items):
    assert cells.split(cell) == items


def test_semicolons_in_the_column_keep_commas_inside_the_options():
    splitter = cells.Splitter(["Strategy, planning;Finance;", "Strategy, planning;", "Finance;"])
    assert splitter.split("Strategy, planning;Finance;") == ("Strategy, planning", "Finance")
    assert splitter.split("Strategy, planning;") == ("Strategy, planning",)


def test_a_stray_semicolon_does_not_stop_commas():
    splitter = cells.Splitter(["law, tax", "audit, law", "tax, budgets", "law; tax"])
    assert splitter.split("audit, law") == ("audit", "law")
    assert splitter.split("law; tax") == ("law", "tax")


def test_known_options_with_commas():
    splitter = cells.Splitter([], options=["Strategy, planning and delivery", "Finance"])
    assert splitter.split("Finance, strategy, planning and delivery, Law") == (
        "Finance", "strategy, planning and delivery", "Law"
    )  # fmt: skip


def test_the_column_shows_which_commas_belong_to_an_option():
    splitter = cells.Splitter(
        [
            "Strategy, planning and delivery, Finance",
            "Law, Strategy, planning and delivery",
            "Finance, Law",
            "Law, Finance",
        ]
    )
    assert splitter.split("Strategy, planning and delivery, Finance") == ("Strategy, planning and delivery", "Finance")
    assert splitter.split("Finance, Law") == ("Finance", "Law")


@given(st.lists(st.text(max_size=60), max_size=5), st.text(max_size=60))
def test_any_column_gives_distinct_items_that_say_something(column, cell):
    items = cells.Splitter([*column, cell]).split(cell)
    assert len({item.casefold() for item in items}) == len(items)
    assert not any(cells.is_blank(item) for item in items)
