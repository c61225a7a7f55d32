"""All measurements: `python -m bench` runs them one after the other, `python -m bench matching` one, `--list` names them.

What follows a single name goes to it: `python -m bench scale --sizes 3000`.
"""

from __future__ import annotations

import ast
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


def benches() -> dict[str, str]:
    """Name and first line of every program here that has a `main`."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        starts = any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body)
        if starts and not path.stem.startswith("_") and not path.stem.endswith("_run"):
            found[path.stem] = (ast.get_docstring(tree) or "").splitlines()[0]
    return found


def main() -> int:
    known = benches()
    asked = sys.argv[1:]
    further: list[str] = []
    if len(asked) > 1 and asked[0] in known and asked[1].startswith("-"):
        asked, further = asked[:1], asked[1:]
    if "--list" in asked or not set(asked) <= set(known):
        for name, line in known.items():
            print(f"{name:<12} {line}")
        return 0 if asked == ["--list"] else 2
    worst = 0
    for name in asked or known:
        print(f"\n## {name}: {known[name]}\n", flush=True)
        worst = max(worst, subprocess.run([sys.executable, HERE / f"{name}.py", *further], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
