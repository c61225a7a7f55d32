"""The proven optimum at any size: a sparse exact solver, and a scan that prices out every pair it has not seen.

Start at `solver.solve`. Importing this package compiles nothing; the first call does, once per machine.
"""
