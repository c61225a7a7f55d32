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
from typing import Any, TypeVar

import numba
from numba.core.caching import FunctionCache

F = TypeVar("F", bound=Callable[..., Any])


def _digest_of_sources() -> str:
    sources = sorted(pathlib.Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


SOURCES = _digest_of_sources()


class _Cache(FunctionCache):  # type: ignore[misc]
    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        return (*super()._index_key(sig, codegen), SOURCES)


def kernel(function: F) -> F:
    """Compile `function` at its first call; keep the result on disk."""
    dispatcher = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    dispatcher._cache = _Cache(dispatcher.py_func)
    return dispatcher  # type: ignore[no-any-return]


def bare(function: F) -> F:
    """A kernel that makes no arrays. It is compiled without reference counts, which would cost more than its work."""
    dispatcher = numba.njit(cache=True, nogil=True, error_model="numpy", _nrt=False)(function)
    dispatcher._cache = _Cache(dispatcher.py_func)
    return dispatcher  # type: ignore[no-any-return]


def inlined(function: F) -> F:
    """A small part of a kernel, compiled into each caller."""
    return numba.njit(inline="always", error_model="numpy")(function)  # type: ignore[no-any-return]
