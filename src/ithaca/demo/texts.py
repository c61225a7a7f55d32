"""What the demo's programme says (mission, row S1)."""

from __future__ import annotations

from typing import Any

ORGANISATION = "Meridian Engineering Association"
SLUG = "meridian"

PROGRAMME: dict[str, Any] = {
    "name": "Career mentoring",
    "purpose": (
        "Engineers early in their careers think their next steps through with somebody who has gone further, outside their own "
        "company, and mentors stay close to how the profession is changing."
    ),
    "objectives": [
        "80 % of mentees reach the first goal they set themselves within nine months",
        "At least six meetings in each mentorship",
        "Every mentorship ends with a closing conversation, and 9 in 10 people would recommend the programme",
    ],
    "audience": "Members of the association in their first ten years at work, and members with at least eight years of experience.",
    "format": "One to one, for nine months, by video or in person, about once a month.",
    "mentor_role": (
        "Listens, asks questions, tells of their own way where it helps, and gives honest feedback. A mentor does not find anybody "
        "a job and does not tell people what to do."
    ),
    "mentee_role": "Takes the initiative: writes first, brings the topics, sets goals and does what was agreed until the next meeting.",
    "cadence_days": 30,
    "session_minutes": 60,
    "session_minutes_most": 120,
    "confidentiality": (
        "What you write and talk about stays between you. Coordinators see that you meet, not what you say. Sponsors see "
        "numbers of whole cohorts only."
    ),
    "not_private": "Danger to somebody's life or safety, harassment, and breaches of the association's code of conduct are passed on.",
}

OWNER = ("Ottilie Brandt-Hale", "ottilie@example.org")
COORDINATOR = ("Marit Sandhaven", "marit@example.org")
SPONSOR = ("Cornelius Abaya-Lund", "cornelius@example.org")
