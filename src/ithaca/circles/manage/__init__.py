"""Coordinators' pages: rounds of a cohort, and introducing the groups of one."""
