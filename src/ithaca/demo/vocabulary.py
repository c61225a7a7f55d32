"""What the demo's people can do, want, like and have lived through: an association of engineers."""

from __future__ import annotations

FIELDS: dict[str, tuple[str, ...]] = {
    "Water and environment": ("Hydrology", "Flood risk", "Environmental permits", "Site supervision", "GIS"),
    "Structures": ("Structural analysis", "Timber design", "Bridge inspection", "Seismic design", "BIM"),
    "Energy": ("Grid planning", "Wind farms", "Heat pumps", "Energy storage", "Power markets"),
    "Software": ("Systems architecture", "Embedded software", "Machine learning", "Cyber security", "Data platforms"),
    "Manufacturing": ("Lean production", "Quality management", "Robotics", "Supply chains", "Additive manufacturing"),
    "Transport": ("Rail signalling", "Traffic modelling", "Cycle networks", "Airport operations", "Public procurement"),
}
"""Field → skills of it."""

GENERAL: tuple[str, ...] = (
    "Leading a first team", "Presenting to boards", "Negotiating salary", "Writing proposals", "Managing projects",
    "Changing field", "Returning after a break", "Chartership", "Working abroad", "Giving feedback",
    "Budgeting", "Client relations", "Conflict in teams", "Public speaking", "Publishing papers", "Work-life boundaries",
)  # fmt: skip
"""Skills that matter in every field; what mentees ask for most."""

INTERESTS: tuple[str, ...] = (
    "hill walking", "choirs", "bread baking", "chess", "open-water swimming", "photography", "allotments", "science fiction",
    "cycling", "pottery", "football", "birdwatching", "board games", "jazz", "sailing", "volunteering", "running", "film",
)  # fmt: skip

LIVED: tuple[str, ...] = (
    "first in the family at university", "raising children", "working in a second language", "caring for a relative",
    "changed careers", "moved countries", "returned after long illness", "neurodivergent", "started a company",
)  # fmt: skip

EMPLOYERS: tuple[str, ...] = (
    "Harrow & Vale", "Nordwerk", "Atelier Rhône", "Tideline", "Ponte Alta", "Kestrel Rail", "Solbruk Energy", "Brightwater",
    "Municipal Works", "Lumen Grid", "Quarry Lane", "Fjordtek", "Sabia Labs", "Greenmark",
)  # fmt: skip

LEVELS: tuple[str, ...] = (
    "Graduate engineer", "Graduate engineer", "Engineer", "Engineer", "Senior engineer", "Senior engineer",
    "Principal engineer", "Team lead", "Head of department", "Technical director", "Managing director",
)  # fmt: skip
"""Job title by seniority 0…10."""

HOPES: tuple[str, ...] = (
    "I would like to find out whether {want} is a step I want to take in the next two years.",
    "I have begun with {want} and would value somebody who has done it for longer and asks good questions.",
    "My appraisal named {want}. I want to set myself goals for it and not lose them again by March.",
    "I feel a little alone with {want} in my office and would like to think aloud with someone from outside.",
    "I want to become confident in {want} and to be able to show what I have learnt.",
)

OFFERS: tuple[str, ...] = (
    "Somebody listened to me when I was new to {skill}; I would like to hand that on.",
    "I have made most of the mistakes there are in {skill} and am glad to talk about them.",
    "I enjoy thinking through {skill} with people who are earlier on their way, and I learn from it each time.",
    "I can offer an outside view and patience, above all on {skill}.",
)

STYLES: tuple[str, ...] = ("structure", "directness", "pace", "reflection")
"""Scales of the working style, 1…5."""
