"""SciPy's assignment, without what else is in `scipy.optimize`: loading all of that takes longer than a small programme's plan."""

import importlib.machinery
import importlib.util
import pathlib
from collections.abc import Callable
from typing import Any

from ithaca.pairing.points import Array

Assign = Callable[..., tuple[Array, Array]]


def _load() -> Assign:
    """The compiled function itself where it lies today; the public name if SciPy ever moves it."""
    try:
        package = importlib.util.find_spec("scipy")
        folders = package.submodule_search_locations if package else None
        found = importlib.machinery.PathFinder.find_spec(
            "_lsap", [str(pathlib.Path(f) / "optimize") for f in folders or ()]
        )
        if found is None or found.loader is None:
            raise ImportError("SciPy's assignment is not where it was")
        module: Any = importlib.util.module_from_spec(found)
        found.loader.exec_module(module)
        direct: Assign = module.linear_sum_assignment
    except (ImportError, AttributeError):
        from scipy.optimize import linear_sum_assignment

        public: Assign = linear_sum_assignment
        return public
    return direct


linear_sum_assignment = _load()
"""(rows, columns) of the full assignment with the least cost; `maximize=True` for the most."""
