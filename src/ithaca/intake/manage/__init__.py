"""Coordinators' pages of bringing people in."""
