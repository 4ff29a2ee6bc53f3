"""Measure the peak memory of twincli's everyday commands, as the operating system accounts it.

    python benchmarks/memory.py [--runs 5] [--data FILE] [--write]

The figure is the greatest resident set size of the process (getrusage's ru_maxrss), read when it has ended; the median
of some runs, once with JSON into a pipe and once on a pseudo-terminal. A bare Python that does nothing is measured
the same way: so much is there before any program begins. ``--write`` puts the table into docs/performance.md.
``--data`` takes another data file, such as one of benchmarks/synthetic.py; its index is built first, unmeasured.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from startup import machine, twincli, write

ROOT = Path(__file__).parents[1]
BUDGET_MB, BUDGET_AT_A_MILLION_MB = 40, 60
# In bytes: the unit of ru_maxrss differs.
UNIT = 1 if sys.platform == "darwin" else 1024


def peak_mb(command: Sequence[str], environ: Mapping[str, str], *, on_terminal: bool) -> float:
    """Return the greatest resident set size of a command in MB, its output read and thrown away."""
    # A pseudo-terminal in both cases, so that both start alike; JSON goes into a pipe from there.
    pid, master = pty.fork()
    if pid == 0:
        if not on_terminal:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execvpe(command[0], list(command), dict(environ))
    while True:
        try:
            if not os.read(master, 65536):
                break
        except OSError:
            break
    __, status, usage = os.wait4(pid, 0)
    os.close(master)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(command)} failed")
    return usage.ru_maxrss * UNIT / 1e6


def commands(environ: Mapping[str, str]) -> list[list[str]]:
    """Return what is measured; the city is the one with the most pairs, in whatever data there is."""
    most = [*twincli(), "stats", "--by", "city", "--top", "1", "--json"]
    city = json.loads(subprocess.run(most, env=environ, capture_output=True, check=True).stdout)[0]
    return [
        ["list"],
        ["list", "--country", "Indonesia"],
        ["show", city["value"]],
        ["explain", "benefits"],
        ["search", city["name"]["en"].split(",")[0]],
    ]


def measure(runs: int, environ: Mapping[str, str], budget: int) -> str:
    """Return the table of all commands as Markdown."""
    lines = ["| command | JSON in a pipe, MB | on a terminal, MB | budget, MB |", "|---|---:|---:|---:|"]
    bare = [sys.executable, "-c", "pass"]
    entries = [("a bare Python", bare, bare, "")]
    for command in commands(environ):
        line = [*twincli(), *command]
        entries.append((f"`twincli {' '.join(command)}`", [*line, "--json"], [*line, "--no-pager"], str(budget)))
    for name, in_pipe, on_terminal, limit in entries:
        piped, shown = (
            statistics.median(peak_mb(command, environ, on_terminal=terminal) for __ in range(runs))
            for command, terminal in ((in_pipe, False), (on_terminal, True))
        )
        lines.append(f"| {name} | {piped:.1f} | {shown:.1f} | {limit} |")
    return "\n".join([*lines, "", f"Medians of {runs} runs; {machine()}."])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        environ = {**os.environ, "XDG_CACHE_HOME": name, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        if arguments.data is not None:
            environ["TWINCLI_DATA"] = str(arguments.data.resolve())
        peak_mb([*twincli(), "data", "info"], environ, on_terminal=False)
        table = measure(arguments.runs, environ, BUDGET_MB if arguments.data is None else BUDGET_AT_A_MILLION_MB)
    print(table)
    if arguments.write:
        write(table, "<!-- memory -->", "<!-- /memory -->")


if __name__ == "__main__":
    main()
