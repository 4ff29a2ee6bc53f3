"""Time the same questions on the bundled data, on 26,000 and on 1,000,000 made-up pairs, in turn, in one go.

    python benchmarks/scale.py [--runs 15] [--write]

Builds the index of each file first, in a process of its own whose time and peak memory are told. A listing is limited
to as many pairs everywhere, so that answers of one size are compared. ``--write`` puts the tables into
docs/performance.md. The large file takes some 300 MB, its index four times that, in the temporary folder.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from measuring import machine, peak_mb, sealed, seconds, twincli, write
from synthetic import write as write_pairs

SIZES = (26_000, 1_000_000)
BUDGETS = (1.2, 1.5)


def build(path: Path, environ: Mapping[str, str]) -> str:
    """Build the index of a file; return a line of the table of builds."""
    begin = time.perf_counter()
    memory = peak_mb([*twincli(), "list", "--limit", "1", "--data", str(path)], environ)
    taken = time.perf_counter() - begin
    sizes = sorted(entry.stat().st_size for entry in Path(environ["XDG_CACHE_HOME"]).rglob("*.sqlite"))
    return f"{taken:.1f} | {memory:.0f} | {sizes[-1] / 1e6:,.0f} |"


def questions(path: Path | None, environ: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the command lines for one file, with a city of it that has many partners."""
    data = ["--data", str(path)] if path else []
    command = [*twincli(), "list", "--country", "Indonesia", "--limit", "1", "--json", *data]
    first = json.loads(subprocess.run(command, env=environ, capture_output=True, check=True).stdout)[0]
    city = first["cities"][0]
    return {
        "`list --country Indonesia --limit 177 --json`": ["list", "-c", "Indonesia", "-n", "177", "--json", *data],
        "`show CITY --json`": ["show", city["id"], "--json", *data],
        "`search CITY --json`": ["search", city["name"], "--limit", "10", "--json", *data],
    }


def measure(files: Mapping[str, Path | None], runs: int, environ: Mapping[str, str]) -> str:
    asked = {name: questions(path, environ) for name, path in files.items()}
    lines = ["| command | " + " | ".join(f"{name}, ms" for name in files) + " | ratios | budgets |"]
    lines.append("|---" * (len(files) + 3) + "|")
    for question in next(iter(asked.values())):
        times: dict[str, list[float]] = {name: [] for name in files}
        for __ in range(runs):
            for name in files:
                times[name].append(seconds([*twincli(), *asked[name][question]], environ))
        medians = [statistics.median(values) * 1000 for values in times.values()]
        ratios = ", ".join(f"{median / medians[0]:.2f}" for median in medians[1:])
        budgets = ", ".join(map(str, BUDGETS))
        lines.append(f"| {question} | {' | '.join(f'{median:.0f}' for median in medians)} | {ratios} | {budgets} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = sealed(folder)
        builds = ["| pairs | build, s | peak memory, MB (10⁶ bytes) | index, MB |", "|---:|---:|---:|---:|"]
        files: dict[str, Path | None] = {"bundled": None}
        seconds([*twincli(), "list", "--limit", "1"], environ)
        for size in SIZES:
            path = folder / f"{size}.json"
            write_pairs(size, path)
            builds.append(f"| {size:,} | {build(path, environ)}")
            files[f"{size:,}"] = path
        table = "\n".join(builds) + "\n\n" + measure(files, arguments.runs, environ)
    table += f"\n\nMedians of {arguments.runs} alternating runs; {machine()}."
    print(table)
    if arguments.write:
        write(table, "scale")


if __name__ == "__main__":
    main()
