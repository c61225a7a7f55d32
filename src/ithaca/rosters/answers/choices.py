# ruff: noqa: SIM905 - lists of words read best as lines of words
"""Short answers with few meanings: meeting form, role, a scale from 1 to 5."""

import re

from ithaca.kernel.sheets import text
from ithaca.rosters.answers.unclear import Unclear

VIDEO = (
    "video online virtual remote digital zoom teams visio distanciel distance linea virtuell fernseh skype meet call "
    "telefon phone web"
)
PERSON = (
    "person face presentiel presence vor presencial personlich persona "
    "physical onsite site office treffen cara coffee praesenz prasenz"
)
EITHER = (
    "either both hybrid beide beides egal indifferen deux ambos ambas mix mixed any flexible flexibel cualquier no all"
)

MENTOR = frozenset(
    "mentor mentors mentora mentoras mentore mentores mentori mentorin mentorinnen mentoren tutor tutors coach coaches "
    "mentrice mentrices".split()
)
MENTEE = frozenset(
    "mentee mentees protege proteges protegee protegees mentored mentore mentoree mentorees telemaque telemaques mentorado "
    "mentorados mentorada mentoradas mentorizado aprendiz learner learners".split()
)
BOTH = frozenset("both beide beides ambos ambas deux either".split())

AGREEMENT = {
    1: "strongly disagree|not at all|never|stimme gar nicht zu|"
    "stimme uberhaupt nicht zu|pas du tout d accord|muy en desacuerdo|trifft nicht zu",
    2: "disagree|a little|rarely|stimme nicht zu|stimme eher nicht zu|pas d accord|plutot pas d accord|en desacuerdo",
    3: "neutral|neither agree nor disagree|sometimes|somewhat|teils teils|neutre|ni d accord ni pas d accord|neither",
    4: "agree|mostly|often|stimme zu|stimme eher zu|d accord|plutot d accord|de acuerdo",
    5: "strongly agree|completely|always|very much|"
    "stimme voll zu|stimme voll und ganz zu|tout a fait d accord|muy de acuerdo|trifft zu",
}
SCALE = {phrase: value for value, phrases in AGREEMENT.items() for phrase in phrases.split("|")}


def meeting_form(answer: str) -> str:
    """`video`, `in_person` or `either`. Raises `Unclear`."""
    words = text.folded(answer).split()
    video = _any(words, VIDEO)
    person = _any(words, PERSON)
    if (video and person) or (_any(words, EITHER) and not (video or person)):
        return "either"
    if video or person:
        return "video" if video else "in_person"
    raise Unclear("is not a way to meet we know; write “by video”, “in person” or “either”")


def roles(answer: str) -> tuple[str, ...]:
    """`mentor`, `mentee`, or both. Raises `Unclear`."""
    # The accent decides in French: mentoré is the mentee.
    plain = answer.casefold().replace("mentoré", "mentee").replace("mentore ", "mentor ")
    words = set(text.folded(plain).split())
    mentor, mentee = bool(words & MENTOR), bool(words & (MENTEE - MENTOR))
    if (mentor and mentee) or (words & BOTH and not (mentor or mentee)):
        return ("mentor", "mentee")
    if mentor or mentee:
        return ("mentor",) if mentor else ("mentee",)
    raise Unclear("is neither mentor nor mentee; write one of these words, or both")


def scale(answer: str) -> int:
    """An answer from 1 to 5, as a number or in words of agreement. Raises `Unclear`."""
    folded = text.folded(answer)
    if folded in SCALE:
        return SCALE[folded]
    if (number := re.match(r"([1-5])\b(?!\d)", folded)) and not re.match(r"\d[.,]\d", answer):
        return int(number[1])
    raise Unclear("is not an answer from 1 to 5")


def _any(words: list[str], starts: str) -> bool:
    return any(
        word.startswith(start) if len(start) > 3 else word == start for word in words for start in starts.split()
    )
