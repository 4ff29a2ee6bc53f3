"""Time the same questions on the bundled data, on 26,000 and on 1,000,000 made-up pairs, in turn, in one go.

    python benchmarks/scale.py [--runs 15] [--write]

Builds the index of each file first, in a process of its own whose time and peak memory are told. A listing is limited
to as many pairs everywhere, so that answers of one size are compared. ``--write`` puts the tables into
docs/performance.md. The large file takes some 300 MB, its index four times that, in the temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from startup import write
from synthetic import write as write_pairs

SIZES = (26_000, 1_000_000)
BUDGETS = (1.2, 1.5)


def program() -> list[str]:
    script = Path(sys.executable).with_name("twincli")
    return [str(script)] if script.exists() else [sys.executable, "-m", "twincli"]


def run(words: Sequence[str], environ: Mapping[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run([*program(), *words], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def build(path: Path, environ: Mapping[str, str]) -> str:
    """Build the index of a file; return a line of the table of builds."""
    seconds = run(["list", "--limit", "1", "--data", str(path)], environ)
    # In kB on Linux; the greatest of all children so far, and each file is larger than those before it.
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sizes = sorted(entry.stat().st_size for entry in Path(environ["XDG_CACHE_HOME"]).rglob("*.sqlite"))
    return f"{seconds:.1f} | {memory:.0f} | {sizes[-1] / 1e6:,.0f} |"


def questions(path: Path | None, environ: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the command lines for one file, with a city of it that has many partners."""
    data = ["--data", str(path)] if path else []
    command = [*program(), "list", "--country", "Indonesia", "--limit", "1", "--json", *data]
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
                times[name].append(run(asked[name][question], environ))
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
        environ = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "HOME": name}
        builds = ["| pairs | build, s | peak memory, MB | index, MB |", "|---:|---:|---:|---:|"]
        files: dict[str, Path | None] = {"bundled": None}
        run(["list", "--limit", "1"], environ)
        for size in SIZES:
            path = folder / f"{size}.json"
            write_pairs(size, path)
            builds.append(f"| {size:,} | {build(path, environ)}")
            files[f"{size:,}"] = path
        table = "\n".join(builds) + "\n\n" + measure(files, arguments.runs, environ)
    machine = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    table += f"\n\nMedians of {arguments.runs} alternating runs; {machine}; {time.strftime('%Y-%m-%d')}."
    print(table)
    if arguments.write:
        write(table, "<!-- scale -->", "<!-- /scale -->")


if __name__ == "__main__":
    main()
