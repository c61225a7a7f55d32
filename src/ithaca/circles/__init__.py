"""Circles: peers who meet as a group, and a roulette of one-off meetings, drawn from the people of a cohort.

A round is drawn, looked at with its reasons, and taken along as a list, or its groups are introduced to each other by a
letter; from then on a circle is its members'. Only `bridge.py` knows the engine.
"""
