"""Everything that must hold before a change is proposed: lint, layout, types, tests.

    python scripts/check.py [PYTEST OPTIONS]

Needs the extra ``dev``. Tests whose counterpart (jq, a shell, a browser …) is not on this machine are skipped with that
reason; with TWINCLI_NEED_COUNTERPARTS set, such a skip is a failure. ``--cov`` measures as well what the tests reach,
and fails where that is too little; they take half as long again then.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
STEPS = (
    ("lint", ["ruff", "check", "."]),
    ("layout", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    # A cache of its own for each, since they would take turns in throwing the other's away.
    ("types on Windows", ["mypy", "--platform", "win32", "--cache-dir", ".mypy_cache/win32", "src"]),
    ("types on macOS", ["mypy", "--platform", "darwin", "--cache-dir", ".mypy_cache/darwin", "src"]),
    ("tests", ["pytest", "--numprocesses=auto"]),
)


def main() -> None:
    failed = []
    for name, (module, *arguments) in STEPS:
        print(f"== {name}: {module} {' '.join(arguments)}", flush=True)
        options = sys.argv[1:] if name == "tests" else []
        if subprocess.run([sys.executable, "-m", module, *arguments, *options], cwd=ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")
    print("all passed")


if __name__ == "__main__":
    main()
