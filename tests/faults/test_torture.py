"""The harness that kills the program at any moment, in a short run; docs/reliability.md has the long one's counts."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

AT_RANDOM = ["--rounds", "10", "--readers", "0"]
AT_EACH_STEP = ["--rounds", "0", "--steps", "--only", "remove", "--readers", "6"]


@pytest.mark.parametrize(("options", "rows"), [(AT_RANDOM, 4), (AT_EACH_STEP, 2)], ids=["random", "steps and readers"])
def test_killed_at_any_moment(options: list[str], rows: int) -> None:
    """Killed while it builds an index, imports, updates or removes, it answers as before or as after."""
    command = [sys.executable, str(ROOT / "scripts" / "torture.py"), "--seconds", "3", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    table = [line for line in done.stdout.splitlines() if line.startswith("| ")][1:]
    assert len(table) == rows
    assert all(line.endswith("| 0 |") for line in table)
