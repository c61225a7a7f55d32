"""The one door between the platform and the engine: a cohort becomes a problem, a plan becomes rows and words."""
