"""The few shapes every criterion is made of, so that any criterion is fast without knowing the solver.

Overlap: points per shared element of two sets · Table: points by pair of small classes · Same: equal or different
category, of any number · Dot: product of small vectors · Pairs: points for named pairs. Each may exclude (VETO).
"""
