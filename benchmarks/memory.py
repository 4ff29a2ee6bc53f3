"""Measure the peak memory of twincli's everyday commands, as the operating system accounts it.

    python benchmarks/memory.py [--runs 5] [--data FILE] [--write]

The figure is the greatest resident set size of the process (getrusage's ru_maxrss) in MB of 10⁶ bytes, read when it has
ended; the median of some runs, once with JSON into a pipe and once on a pseudo-terminal. A bare Python that does
nothing is measured the same way: so much is there before any program begins. ``--write`` puts the table into
docs/performance.md. ``--data`` takes another data file, such as one of benchmarks/synthetic.py; its index is built
first, unmeasured.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from measuring import machine, peak_mb, sealed, twincli, write

BUDGET_MB, BUDGET_AT_A_MILLION_MB = 40, 60


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
    lines = ["| command | JSON in a pipe, MB (10⁶ bytes) | on a terminal, MB | budget, MB |", "|---|---:|---:|---:|"]
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
        environ = sealed(Path(name), arguments.data)
        peak_mb([*twincli(), "data", "info"], environ)
        table = measure(arguments.runs, environ, BUDGET_MB if arguments.data is None else BUDGET_AT_A_MILLION_MB)
    print(table)
    if arguments.write:
        write(table, "memory")


if __name__ == "__main__":
    main()
