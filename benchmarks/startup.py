"""Time twincli's everyday commands beside bare programs that do the least of the same kind, in turn, in one go.

    python benchmarks/startup.py [--runs 40] [--write]

Each command and its counterpart run alternately, so that what else the machine does falls on both; the table gives
medians, their ratio, the budget for it, and the noise: the ratio of one counterpart to itself, measured the same way.
``--write`` puts the table into docs/performance.md.

Counterparts: a Typer program with one command of as many options as ours that prints a constant; the same with a Rich
table of as many rows; the same with a Rich Markdown text as long. Search and statistics stand beside our own list.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import synthetic
from measuring import machine, sealed, seconds, twincli, write

BARE = """
from typing import Annotated, Optional
import typer
app = typer.Typer(add_completion=False)
@app.command()
def main({options}):
    {body}
app()
"""
PRINT = 'print("a constant")'
TABLE = """
    from rich.console import Console
    from rich.table import Table
    table = Table(box=None, pad_edge=False)
    for heading in {headings!r}:
        table.add_column(heading)
    for row in range({rows}):
        table.add_row(*{row!r})
    Console(width=80).print(table)
"""
MARKDOWN = """
    from rich.console import Console
    from rich.markdown import Markdown
    Console(width=80).print(Markdown({text!r}))
"""


@dataclass(frozen=True)
class Contest:
    """Two command lines, and the most that the first may cost in terms of the second."""

    name: str
    ours: Sequence[str]
    theirs: Sequence[str]
    budget: float
    on_terminal: bool = False


def bare(folder: Path, name: str, body: str, options: int) -> Path:
    """Write a bare Typer program with so many options."""
    parameters = ", ".join(
        f'option{number}: Annotated[Optional[str], typer.Option("--option-{number}", help="An option.")] = None'
        for number in range(options)
    )
    path = folder / f"{name}.py"
    path.write_text(BARE.format(options=parameters, body=body.strip()))
    return path


def alternate(contest: Contest, runs: int, environ: Mapping[str, str]) -> tuple[list[float], list[float], list[float]]:
    """Return the times of ours, theirs, and theirs again, one after the other in each round."""
    times: tuple[list[float], list[float], list[float]] = ([], [], [])
    for command in (contest.ours, contest.theirs):
        seconds(command, environ, on_terminal=contest.on_terminal)
    for __ in range(runs):
        for place, command in enumerate((contest.ours, contest.theirs, contest.theirs)):
            times[place].append(seconds(command, environ, on_terminal=contest.on_terminal))
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = sealed(folder)
        table = measure(contests(folder, environ), arguments.runs, environ)
    print(table)
    if arguments.write:
        write(table, "startup")


def contests(folder: Path, environ: Mapping[str, str]) -> list[Contest]:
    """Return what is compared, the counterparts made to measure."""
    ours = twincli()

    def output(*command: str) -> str:
        return subprocess.run([*ours, *command], env=environ, capture_output=True, text=True, check=True).stdout

    begin = time.perf_counter()
    pairs = json.loads(output("list", "--country", "Indonesia", "--json"))
    print(f"first run, index built: {time.perf_counter() - begin:.2f} s")
    options = len(re.findall(r"^  (?:-\w, )?--", output("list", "--help"), re.MULTILINE))
    note = json.loads(output("explain", "benefits"))
    first = pairs[0]["cities"]
    row = [first[0]["name"], first[1]["name"], "Netherlands", "1986", "active (2017)"]
    plain = [sys.executable, str(bare(folder, "plain", PRINT, options))]
    drawn = TABLE.format(headings=["City", "Partner", "Country", "Since", "Status"], rows=len(pairs), row=row)
    table = [sys.executable, str(bare(folder, "table", drawn, options))]
    text = note["body"]["en"] + "".join(f"\n\n{source['title']} {source['url']}" for source in note["sources"])
    markdown = [sys.executable, str(bare(folder, "markdown", MARKDOWN.format(text=text), 9))]
    small = [sys.executable, str(bare(folder, "small", PRINT, 9))]
    indonesia = ["list", "--country", "Indonesia"]
    listing = [*ours, *indonesia, "--json"]
    return [
        Contest("`list --country Indonesia --json`", [*ours, *indonesia, "--json"], plain, 1.15),
        Contest("the same as a table on a terminal", [*ours, *indonesia], table, 1.15, on_terminal=True),
        Contest("`explain benefits` on a terminal", [*ours, "explain", "benefits"], markdown, 1.15, on_terminal=True),
        Contest("`show Jakarta Rotterdam --json`", [*ours, "show", "Jakarta", "Rotterdam", "--json"], small, 1.15),
        Contest("`search water --json`, beside that list", [*ours, "search", "water", "--json"], listing, 1.2),
        Contest("`stats --json`, beside that list", [*ours, "stats", "--json"], listing, 1.2),
        Contest("`stats --by country --json`, beside it", [*ours, "stats", "--by", "country", "--json"], listing, 1.2),
        Contest("`map` of them on a terminal, beside it", [*ours, "map", *indonesia[1:]], listing, 3, on_terminal=True),
        *tab_keys(ours, folder),
    ]


def tab_keys(ours: Sequence[str], folder: Path) -> list[Contest]:
    """Return what the tab key costs beside a list of everything: after some letters, and where all cities are offered.

    The lists, which run once before anything is timed, build the indexes.
    """
    data = folder / "many.json"
    synthetic.write(26_000, data)
    contests = []
    for name, variables in (("bundled", ["env"]), ("26,000 pairs", ["env", f"TWINCLI_DATA={data}"])):
        listing = [*variables, *ours, "list", "--json"]
        for typed in ("jak", ""):
            tab = [*variables, "_TWINCLI_COMPLETE=zsh", *ours, "twincli", "show", typed]
            contests.append(Contest(f"tab key after `show {typed}`, beside `list --json`, {name}", tab, listing, 1.3))
    return contests


def measure(entries: Sequence[Contest], runs: int, environ: Mapping[str, str]) -> str:
    """Return the table of all contests as Markdown."""
    lines = [
        "| command | twincli, ms | counterpart, ms | ratio | budget | noise |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for entry in entries:
        ours, theirs, again = (statistics.median(times) for times in alternate(entry, runs, environ))
        lines.append(
            f"| {entry.name} | {ours * 1000:.1f} | {theirs * 1000:.1f} | {ours / theirs:.2f} "
            f"| {entry.budget:.2f} | {again / theirs:.2f} |"
        )
    return "\n".join([*lines, "", f"Medians of {runs} alternating runs; {machine()}."])


if __name__ == "__main__":
    main()
