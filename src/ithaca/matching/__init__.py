"""Pairing up: the coordinator's rules, runs of the engine, the board, and publishing a plan as mentorships.

Only `bridge.py` knows the engine.
"""
