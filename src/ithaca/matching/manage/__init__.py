"""Coordinators' pages of matching, by journey: overview, criteria, runs, board, pairs, publish."""
