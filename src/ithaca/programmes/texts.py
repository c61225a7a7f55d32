"""Words to start from: a new programme's form comes filled with them, for the coordinator to change."""

FORMAT = (
    "One mentor and one mentee. The two meet by video or in person, whichever suits them, and agree on the times "
    "themselves."
)

MENTOR_ROLE = (
    "Listens, asks good questions and shares experience. Helps the mentee to think, rather than telling them what"
    " to do. Is not asked to find the mentee a job, to supervise their work or to be available at all hours."
)

MENTEE_ROLE = (
    "Takes the first step and keeps the mentorship moving: writes first, proposes times, brings the topics, and "
    "does what was agreed. Decides for themselves what to take from a conversation."
)

CONFIDENTIALITY = (
    "What the two of you say and write to each other stays between you. Coordinators see that you meet, never "
    "what you talk about. You may speak about your own learning to anybody; ask first if it concerns the other "
    "person."
)

NOT_PRIVATE = (
    "Danger to somebody’s life or safety; harassment or discrimination; what the law obliges us to report. If one"
    " of these comes up, it is passed on to a coordinator, and you are told."
)

SUGGESTED = {
    "format": FORMAT,
    "mentor_role": MENTOR_ROLE,
    "mentee_role": MENTEE_ROLE,
    "confidentiality": CONFIDENTIALITY,
    "not_private": NOT_PRIVATE,
}
"""Field of a programme to the text that its form starts with."""
