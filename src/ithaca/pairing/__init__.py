"""The engine: mentors and mentees in, the best possible pairs out, with the reasons and a proof.

Problem → solve → Plan → check → explain. Pure Python over NumPy arrays: no database, no files, no clock and no chance.
Scores are whole points (10,000 = a perfect pair), so a score is the same on every machine and its parts add up.
People are held in the order of their ids, so the order of rows in a spreadsheet never changes an answer.
"""
