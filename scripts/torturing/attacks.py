"""Kills at random moments and before each step, and a crowd of readers around one writer."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter

from tests.conftest import Result

from torturing.bench import QUESTIONS, Bench, Work


def kill_at_random(bench: Bench, work: Work, rounds: int, chance: random.Random) -> None:
    """Kill a work at random moments until so many kills have hit it."""
    hits = 0
    while hits < rounds:
        bench.reset(work)
        moment = chance.uniform(0, work.seconds)
        process = bench.start(*work.arguments)
        time.sleep(moment)
        process.kill()
        __, stderr = process.communicate()
        if process.returncode == 0:
            continue  # it was faster
        hits += 1
        if _was_killed(bench, work, f"after {moment:.3f} s", process.returncode, stderr):
            bench.judge(work, f"after {moment:.3f} s")
            bench.finish(work, f"after {moment:.3f} s")


def kill_at_each_step(bench: Bench, work: Work) -> int:
    """Kill a work before each thing that it does to a file; return how many there are."""
    bench.reset(work)
    whole = bench.counted(work, 0)
    if whole.returncode:
        bench.fail(work, "by nobody", f"it ended with {whole.returncode}: {whole.stderr.decode()}")
        return 0
    steps = int(whole.stderr.rsplit(b"\n", 1)[1])
    for step in range(1, steps + 1):
        bench.reset(work)
        ended, moment = bench.counted(work, step), f"before step {step} of {steps}"
        if _was_killed(bench, work, moment, ended.returncode, ended.stderr):
            bench.judge(work, moment)
            bench.finish(work, moment)
    return steps


def _was_killed(bench: Bench, work: Work, moment: str, status: int, stderr: bytes) -> bool:
    """Tell whether a work was killed, and note a failure where it ended in another way."""
    if status != -signal.SIGKILL:
        bench.fail(work, moment, f"was not killed, but ended with {status}: {stderr.decode()}")
    return status == -signal.SIGKILL


def read_while_written(bench: Bench, work: Work, readers: int, seconds: float, chance: random.Random) -> Counter[str]:
    """Have many processes ask while one imports and removes in a loop; count what they answered."""
    question = ("show", "Quellstadt")
    right = _answers_of(bench, work, question)
    few = str(bench.place.folder / "few.csv")
    commands = [work.arguments, [*work.arguments[:2], few, *work.arguments[3:]], ["data", "remove", "mine"]]
    found: Counter[str] = Counter()
    running: list[subprocess.Popen[bytes]] = []
    written, writer = 0, bench.start(*commands[0])
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline or running:
        if writer.poll() is not None:
            _end(bench, work, writer)
            written += 1
            writer = bench.start(*commands[written % len(commands)])
        while len(running) < readers and time.monotonic() < deadline:
            running.append(_reader(bench, question))
        reader = running.pop(chance.randrange(len(running)))
        output = reader.communicate(timeout=600)
        answer = right.get((reader.returncode, *output), "wrong")
        found[answer] += 1
        if answer == "wrong":
            bench.fail(work, "by nobody", f"a reader was answered {reader.returncode}, {output}")
    _end(bench, work, writer)
    found["writes"] = written
    return found


def _end(bench: Bench, work: Work, writer: subprocess.Popen[bytes]) -> None:
    __, stderr = writer.communicate()
    if writer.returncode:
        bench.fail(work, "by nobody", f"a writer ended with {writer.returncode}: {stderr.decode()}")


def _answers_of(bench: Bench, work: Work, question: tuple[str, ...]) -> dict[tuple[int, bytes, bytes], str]:
    """Return the answers that are right, with the state of which they are."""
    place = QUESTIONS.index(question)
    bench.reset(work)
    shutil.rmtree(bench.layers)
    states = {"before": work.before[place], "after": work.after[place], "removed": bench.place.run(*question)}
    return {_bytes_of(answer): state for state, answer in states.items()}


def _reader(bench: Bench, question: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "twincli", *question],
        env=bench.place.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _bytes_of(result: Result) -> tuple[int, bytes, bytes]:
    return result.status, result.stdout.encode(), result.stderr.encode()
