"""The solvers: each turns `compiled.Compiled` into `compiled.Solution`. solve.py chooses between them."""
