"""Telling: letters are composed, put into the outbox in the transaction of their cause, and sent by the worker.

It knows no event by name; the slices write their own letters (`emails.py`).
"""
