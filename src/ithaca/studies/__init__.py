"""Looking deeper at a matching: how evenly it treats people, other complete plans, repairs, whom to recruit.

Answers of the engine about a run, worked out once and kept with it. Only `bridge.py` knows the engine.
"""
