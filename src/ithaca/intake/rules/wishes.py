"""Whom a wish means: an address, a name as it is written, or a name that is nearly so (then the coordinator is asked)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from ithaca.intake.rules.duplicates import name_key
from ithaca.intake.rules.plan import Choice, Question

NOBODY = "nobody"
LIKE_ENOUGH = 78
MOST_QUESTIONS = 150

_address = re.compile(r"[^\s<>(),;]+@[^\s<>(),;]+")


class Side:
    """The people of one side, to be found by what others wrote about them."""

    def __init__(self, role: str, people: Iterable[tuple[str, str]]) -> None:
        """``people`` are (name, e-mail); ``role`` is their role."""
        self.role = role
        self.names: dict[str, str] = {}
        self.keys: dict[str, list[str]] = defaultdict(list)
        for name, email in people:
            if email not in self.names:
                self.names[email] = name
                self.keys[name_key(name)].append(email)
        self.asked: dict[str, Question] = {}
        self.unknown: set[str] = set()
        self._tried = 0

    def find(self, written: str, answers: Mapping[str, str]) -> str | None:
        """The address of whom the words mean, or None; a question is kept in `asked` where only a person can tell."""
        if (found := _address.search(written)) and found[0].lower() in self.names:
            return found[0].lower()
        key = name_key(_address.sub(" ", written))
        meant = self.keys.get(key, [])
        if len(meant) == 1:
            return meant[0]
        return self._asked(written, key, meant, answers)

    def knows(self, written: str) -> bool:
        """Whether somebody of this side has exactly this address or name."""
        address = _address.search(written)
        return (address is not None and address[0].lower() in self.names) or name_key(written) in self.keys

    def _asked(self, written: str, key: str, namesakes: list[str], answers: Mapping[str, str]) -> str | None:
        question = self.asked.get(key)
        if question is None and key not in self.unknown:
            question = self._question(written, key, namesakes)
            if question is not None:
                self.asked[key] = question
        if question is None:
            self.unknown.add(key)
            return None
        answer = answers.get(question.key, "")
        return answer if answer in self.names else None

    def _question(self, written: str, key: str, namesakes: list[str]) -> Question | None:
        emails = namesakes or self._alike(key)
        if not emails:
            return None
        count = "Several" if namesakes else "Nobody"
        return Question(
            f"wish:{self.role}:{key}",
            f"“{written}” is named in a wish. {count} among the {self.role}s {'have' if namesakes else 'has'} exactly this "
            "name. Who is meant?",
            (*(Choice(email, f"{self.names[email]} ({email})") for email in emails), Choice(NOBODY, "Nobody of these")),
            emails[0],
        )

    def _alike(self, key: str) -> list[str]:
        self._tried += 1
        if not key or self._tried > MOST_QUESTIONS * 4 or len(self.asked) >= MOST_QUESTIONS:
            return []
        best = process.extract(key, self.keys.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=LIKE_ENOUGH, limit=3)
        return [email for name, _, _ in best for email in self.keys[name]][:3]
