"""Ithaca: the open, self-hosted platform for mentoring programmes."""

__version__ = "0.1.0"
