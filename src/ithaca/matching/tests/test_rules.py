from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ithaca.matching.rules import common_ground, weights
from ithaca.matching.rules.common_ground import Told


@given(st.dictionaries(st.text(max_size=4), st.floats(0, 1e6), max_size=12))
def test_shares_add_up_to_100(given: dict[str, float]) -> None:
    shares = weights.shares(given)
    assert sum(shares.values()) == (100 if sum(given.values()) > 0 else 0)
    assert all(share >= 0 for share in shares.values())


ANA = Told("Ana", {"offers": ["Law", "Budgets"], "languages": ["English", "French"], "interests": ["chess"]})
BO = Told("Bo", {"needs": ["budgets", "law", "hiring"], "languages": ["French"], "interests": ["Chess"]})


def test_common_ground_begins_with_what_can_be_worked_on() -> None:
    assert common_ground.sentences(ANA, BO) == [
        "One of you can help with what the other would like to learn: budgets, law.",
        "You both enjoy: Chess.",
        "You both speak French.",
    ]
    assert "learn about budgets and law" in common_ground.opener(ANA, BO, "First Steps")


def test_no_sentence_speaks_of_its_reader_by_name_or_has_a_capital_in_its_middle() -> None:
    fields = {
        "offers": ["Returning after a break", "SQL", "Führung"],
        "lived_experience": ["First in the family"],
        "interests": ["jazz", "hiking"],
    }
    noemie = Told("Noémie", fields)
    anselme = Told(
        "Anselme", {"needs": fields["offers"], "lived_experience_wanted": fields["lived_experience"], **fields}
    )
    assert common_ground.sentences(noemie, anselme) == [
        "One of you can help with what the other would like to learn: Returning after a break, SQL, Führung.",
        "One of you is happy to speak from experience about what the other asked for: First in the family.",
        "You both enjoy jazz and hiking.",
    ]
    told = common_ground.opener(noemie, anselme, "First Steps")
    assert "I would like to learn about “Returning after a break” and SQL, and" in told


def test_without_anything_in_common_there_is_still_an_opener() -> None:
    assert common_ground.sentences(Told("Ana", {}), Told("Bo", {})) == []
    assert "first conversation" in common_ground.opener(Told("Ana", {}), Told("Bo", {}), "First Steps")
