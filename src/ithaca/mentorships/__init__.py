"""The core: a mentor and a mentee introduced to each other in a cohort, and how it ended."""
