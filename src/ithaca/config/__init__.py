"""Wiring: what a host sets, Django's settings, the table of addresses, the processes.

Stands on top of the house and may know every slice; no slice knows it.
"""
