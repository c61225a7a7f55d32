"""Settings of the page bench: templates cached as in production, one bare page with the same layout."""

from ithaca.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.page_urls"
ALLOWED_HOSTS = ["testserver"]
