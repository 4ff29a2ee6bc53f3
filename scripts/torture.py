"""Kill the program at any moment, and have many read while one writes: every answer is that of before or of after.

    python scripts/torture.py [--rounds 200] [--steps] [--only WORK] [--readers 100] [--seconds 60] [--seed 6] [--write]

First the program is killed (SIGKILL) at random moments while it builds an index, imports, updates from a SPARQL
service on loopback, and removes: ``--rounds`` kills, spread evenly. With ``--steps`` it is also killed right before
each single thing that it does to a file. After each kill every command is asked; all of them have to answer as before
or all as after. Then the work is done once more, to its end, and they have to answer as after. Then ``--readers``
processes at a time ask for ``--seconds`` while one imports and removes in a loop. ``--write`` puts the counts into
docs/reliability.md. The exit status is 1 where an answer was neither, and the line above says which.
"""

from __future__ import annotations

import argparse
import platform
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The program of this clone is tormented, with the help of its tests.
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from reliability_page import write_table  # noqa: E402
from torturing.attacks import kill_at_each_step, kill_at_random, read_while_written  # noqa: E402
from torturing.bench import Bench, Work  # noqa: E402
from torturing.works import works  # noqa: E402


def main() -> None:
    asked = _asked()
    chance = random.Random(asked.seed)
    started = time.monotonic()
    lines: list[str] = []
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        bench = Bench(Path(folder))
        chosen = [asked.only] if asked.only else list(_DOES)
        with works(bench, {*chosen, *(["import"] if asked.readers else [])}) as made:
            for place, name in enumerate(chosen):
                rounds = asked.rounds // len(chosen) + (place < asked.rounds % len(chosen))
                kill_at_random(bench, made[name], rounds, chance)
                lines.append(_row(made[name], f"{rounds} random moments"))
                if asked.steps:
                    steps = kill_at_each_step(bench, made[name])
                    lines.append(_row(made[name], f"each of {steps} steps"))
            if asked.readers:
                found = read_while_written(bench, made["import"], asked.readers, asked.seconds, chance)
                lines += _account_of_readers(found, asked.readers)
        failures = bench.failures
    minutes = (time.monotonic() - started) / 60
    machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()}"
    account = f"Seed {asked.seed}, {minutes:.0f} minutes, {machine}; {len(failures)} wrong."
    report = "\n".join([*_TABLE, *lines, "", account])
    print(report)
    if asked.write:
        write_table(report, "torture.py")
    sys.exit(1 if failures else 0)


_TABLE = ("| killed while it | at | answered as before | as after | as neither |", "|---|---|---|---|---|")
_DOES = {"index": "builds an index", "import": "imports", "update": "updates", "remove": "removes"}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--steps", action="store_true")
    parser.add_argument("--only", choices=sorted(_DOES))
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _row(work: Work, moments: str) -> str:
    """Return what became of a work's kills as a row of a table, and count from nothing again."""
    found, work.outcomes = work.outcomes, Counter()
    # Where an index is all that there is to make, the answers before and after are the same.
    before = "–" if work.name == "index" else str(found["before"])
    return f"| {_DOES[work.name]} | {moments} | {before} | {found['after']} | {found['wrong']} |"


def _account_of_readers(found: Counter[str], readers: int) -> list[str]:
    answers = sum(found[state] for state in ("before", "after", "removed", "wrong"))
    crowd = f"{answers} readers, {readers} at a time, beside {found['writes']} imports and removals in a loop"
    states = f"{found['before']} answered from the one import, {found['after']} from the other"
    return ["", f"{crowd}: {states}, {found['removed']} while there was none; {found['wrong']} wrong."]


if __name__ == "__main__":
    main()
