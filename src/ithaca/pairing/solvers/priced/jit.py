"""Compilation: one decorator for every kernel of the solver.

Kernels release the interpreter's lock, so ordinary threads share the work; Numba's own parallel loops are not used, because
two of them at the same time (a run in the background, a re-solve on the board) would end the process.

Compiled code is kept on disk. Numba looks only at the file that holds the function; a kernel that calls one in another file
would stay stale when that one changes, so the key also holds a digest of all sources of this package.
"""

from __future__ import annotations

import hashlib
import pathlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba.core.caching import FunctionCache

F = TypeVar("F", bound=Callable[..., Any])


def _digest_of_sources() -> str:
    sources = sorted(pathlib.Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


SOURCES = _digest_of_sources()


class _Cache(FunctionCache):
    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        return (*super()._index_key(sig, codegen), SOURCES)  # type: ignore[no-untyped-call]


def _compiled(function: F, **options: Any) -> F:
    dispatcher: Any = numba.njit(error_model="numpy", **options)(function)
    return cast("F", dispatcher)


def _kept(function: F, **options: Any) -> F:
    dispatcher: Any = _compiled(function, cache=True, nogil=True, **options)
    dispatcher._cache = _Cache(dispatcher.py_func)  # type: ignore[no-untyped-call]
    return cast("F", dispatcher)


def kernel(function: F) -> F:
    """Compile `function` at its first call; keep the result on disk."""
    return _kept(function, no_cfunc_wrapper=True)


def bare(function: F) -> F:
    """A part of a kernel that makes no arrays, called by kernels alone.

    It is compiled without reference counts, which would cost more than its work, and without a door for Python, which for
    tuples of many arrays would take longer to compile than the part itself.
    """
    return _kept(function, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def inlined(function: F) -> F:
    """A small part of a kernel, compiled into each caller."""
    return _compiled(function, inline="always")


def _whole(number: Any) -> Any:
    return np.int64(number)


whole: Callable[[Any], int] = inlined(_whole)
"""A 64-bit number, whatever its array's type: so that kernels do not mix widths."""
