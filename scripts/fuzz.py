"""Run the program on hostile input: some thousand cases made from a fixed corpus and a seed, against every reader.

    python scripts/fuzz.py [--cases 10000] [--seed 6] [--only NUMBER] [--write]

Each case is one hostile file or command line, and up to five runs on it, in a sealed folder. Allowed is a right answer,
or one sentence and the status 1 or 2. Not allowed are a traceback, more than 10 s, more than 500 MB, a control or
bidirectional character on stdout or stderr in any format, output that is no JSON, CSV or XML where it should be, a file
written elsewhere, a process or a connection; and two answers that cannot both be right. ``--only`` repeats one case and
shows it. ``--write`` puts the table into docs/reliability.md. Then come the cases of ``fuzzing/large.py``, each in a
process of its own: gigabytes of nothing, a name of a million letters. The exit status is 1 where anything was found.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from fuzzing.cases import Case, make_case, sound_cases
from fuzzing.large import run_large_cases
from reliability_page import write_table

LIMIT_SECONDS, LIMIT_MB = 10.0, 500
# A worker is replaced after so many cases, so that its greatest memory is that of few of them.
PER_WORKER = 400
# Beyond the limit of one run, a worker that says nothing is stuck where no signal reaches it.
PATIENCE_SECONDS = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--only", type=int, help="repeat one case and show it")
    parser.add_argument("--no-large", action="store_true", help="leave out the cases of large files")
    parser.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    parser.add_argument("--worker", nargs=3, metavar=("FOLDER", "FIRST", "LAST"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        work(Path(arguments.worker[0]), arguments.seed, int(arguments.worker[1]), int(arguments.worker[2]))
        return
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="twincli-fuzz-") as name:
        folder = Path(name)
        _lay_out(folder)
        if arguments.only is not None:
            show(folder, arguments.seed, arguments.only)
            return
        tally = Tally(arguments.seed, arguments.cases)
        for report in all_reports(folder, arguments.seed, arguments.cases):
            tally.take(report)
        if not arguments.no_large:
            for report in run_large_cases(folder, LIMIT_SECONDS, LIMIT_MB):
                tally.take(report)
    table = tally.table(time.monotonic() - begin)
    print(table)
    if arguments.write:
        write_table(table, "fuzz")
    sys.exit(1 if tally.found else 0)


def _lay_out(folder: Path) -> None:
    # Here, because the worker must import the copy of the program and nothing before it.
    from fuzzing.sandbox import make_sandbox

    make_sandbox(folder)


# --- the worker: runs cases and tells of each on a line -----------------------------------------------------------


def work(folder: Path, seed: int, first: int, last: int) -> None:
    """Run the cases of these numbers; those below 1 are the sound ones."""
    from fuzzing.corpus import notes
    from fuzzing.sandbox import Sandbox

    # The runs have streams of their own, but for what a fault of the program may write past them.
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sandbox = Sandbox(folder, LIMIT_SECONDS)
    sound_notes, sound = notes(sandbox.notes), {case.number: case for case in sound_cases()}
    for number in range(first, last + 1):
        channel.write(json.dumps({"number": number}) + "\n")
        channel.flush()
        case = sound.get(number) or make_case(seed, number, sound_notes)
        channel.write(json.dumps(_report(case, sandbox)) + "\n")
        channel.flush()


def _report(case: Case, sandbox: Any) -> dict[str, Any]:
    from fuzzing.verdict import faults

    outcomes = list(sandbox.outcomes(case))
    found = list(faults(case, outcomes))
    if (peak := peak_mb()) > LIMIT_MB:
        found.append(f"memory: {peak:.0f} MB")
    slowest = max(outcome.seconds for outcome in outcomes)
    statuses = [outcome.status for outcome in outcomes]
    return {
        "number": case.number,
        "family": case.family,
        "statuses": statuses,
        "seconds": slowest,
        "faults": found,
        "mb": peak,
    }


def peak_mb() -> float:
    """Return the greatest resident set size of this process in MB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


# --- the parent: starts workers, and tells what they found --------------------------------------------------------


def all_reports(folder: Path, seed: int, cases: int) -> Iterator[dict[str, Any]]:
    """Run all cases in one worker after the other, and yield the report of each."""
    number = 1 - len(sound_cases())
    while number <= cases:
        last = min(cases, number + PER_WORKER)
        for report in worker_reports(folder, seed, number, last):
            number = report["number"] + 1
            yield report
            if report.get("mb", 0) > LIMIT_MB:
                break


def worker_reports(folder: Path, seed: int, first: int, last: int) -> Iterator[dict[str, Any]]:
    """Yield the reports of one worker; where it dies or falls silent, the last is of the case that it was at."""
    command = [sys.executable, __file__, "--seed", str(seed), "--worker", str(folder), str(first), str(last)]
    environ = {**os.environ, "PYTHONPATH": str(folder / "program"), "PYTHONDONTWRITEBYTECODE": "1"}
    with (
        # Not a pipe, which would stop the worker when it is full.
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=errors, text=True) as worker,
    ):
        assert worker.stdout is not None
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_pass_on, args=(worker.stdout, lines), daemon=True)
        reader.start()
        try:
            at = first
            while at <= last:
                line = _next_line(lines)
                if line is None or not line.endswith("\n"):
                    worker.kill()
                    worker.wait()
                    errors.seek(0)
                    end = "silent" if line is None else errors.read()[-2000:].decode("utf-8", "replace")
                    yield _report_of_the_end(at, end)
                    return
                report = json.loads(line)
                at = report["number"]
                if "family" in report:
                    at += 1
                    yield report
        finally:
            worker.kill()
            reader.join()


def _pass_on(stdout: IO[str], lines: queue.Queue[str]) -> None:
    """Pass on each line as it comes, and at last an empty one: what a stream has in store no selector sees."""
    for line in stdout:
        lines.put(line)
    lines.put("")


def _next_line(lines: queue.Queue[str]) -> str | None:
    """Return the next line, empty at the end; None where none comes."""
    try:
        return lines.get(timeout=PATIENCE_SECONDS)
    except queue.Empty:
        return None


def _report_of_the_end(number: int, end: str) -> dict[str, Any]:
    faults = [f"the worker ended: {end}"]
    return {"number": number, "family": "?", "statuses": [], "seconds": 0.0, "faults": faults}


class Tally:
    """Counts what the cases gave, and shows what was found as it comes."""

    def __init__(self, seed: int, cases: int) -> None:
        self._seed, self._cases = seed, cases
        self._families: Counter[str] = Counter()
        self._runs: Counter[str] = Counter()
        self._statuses: Counter[tuple[str, int | None]] = Counter()
        self._slowest, self._peak = 0.0, 0.0
        self.found = 0
        self._done = 0

    def take(self, report: dict[str, Any]) -> None:
        """Count one case."""
        family = "sound files" if report["number"] <= 0 else report["family"]
        self._families[family] += 1
        self._runs[family] += len(report["statuses"])
        self._statuses.update((family, status) for status in report["statuses"])
        self._slowest = max(self._slowest, report["seconds"])
        self._peak = max(self._peak, report.get("mb", 0.0))
        self._done += 1
        if report["faults"]:
            self.found += 1
            print(f"case {report['number']} ({report['family']}):", *report["faults"], sep="\n  ", flush=True)
        if self._done % 1000 == 0:
            print(f"{self._done} cases, {self.found} with faults", file=sys.stderr, flush=True)

    def table(self, seconds: float) -> str:
        """Return the account as Markdown."""
        lines = [
            "| input | cases | runs | answered | refused: bad data | refused: wrong usage |",
            "|---|---:|---:|---:|---:|---:|",
        ]
        for family, count in sorted(self._families.items()):
            cells = [count, self._runs[family], *(self._statuses[family, status] for status in (0, 1, 2))]
            lines.append(" | ".join([f"| {family}", *(f"{cell:,}".replace(",", " ") for cell in cells)]) + " |")
        kind = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
        about = (
            f"{self._done} cases, seed {self._seed}, {sum(self._runs.values())} runs in {seconds / 60:.0f} minutes; "
            f"{self.found} with faults. The slowest run took {self._slowest:.1f} s, the greatest memory was "
            f"{self._peak:.0f} MB. {kind}; {time.strftime('%Y-%m-%d')}."
        )
        return "\n".join([*lines, "", about])


def show(folder: Path, seed: int, number: int) -> None:
    """Run one case and show it: its files, and what each run gave."""
    sys.path.insert(0, str(folder / "program"))
    from fuzzing.corpus import notes
    from fuzzing.sandbox import Sandbox
    from fuzzing.verdict import faults

    sandbox = Sandbox(folder, LIMIT_SECONDS)
    sound = {case.number: case for case in sound_cases()}
    case = sound.get(number) or make_case(seed, number, notes(sandbox.notes))
    print(f"case {number}: {case.family}")
    for name, content in case.files.items():
        print(f"--- {name!a}, {len(content)} bytes\n{content[:4000]!r}")
    outcomes = list(sandbox.outcomes(case))
    for outcome in outcomes:
        print(f"--- {list(outcome.run.arguments)!a} {dict(outcome.run.environ)!a}")
        print(f"--- status {outcome.status}, {outcome.seconds:.2f} s")
        print(f"{outcome.stdout[:2000]!r}\n{outcome.stderr[:2000]!r}\n{outcome.failure}")
    print("--- faults", *faults(case, outcomes), sep="\n")


if __name__ == "__main__":
    main()
