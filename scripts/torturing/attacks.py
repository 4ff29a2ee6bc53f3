"""Kills at random moments and before each step, and a crowd of readers around one writer."""

from __future__ import annotations

import random
import shutil
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
        process.communicate()
        if process.returncode == 0:
            continue  # it was faster
        hits += 1
        bench.judge(work, f"after {moment:.3f} s")
        bench.finish(work, f"after {moment:.3f} s")


def kill_at_each_step(bench: Bench, work: Work) -> int:
    """Kill a work before each thing that it does to a file; return how many there are."""
    bench.reset(work)
    steps = int(bench.counted(work, 0).stderr.rsplit(b"\n", 1)[1])
    for step in range(1, steps + 1):
        bench.reset(work)
        bench.counted(work, step)
        bench.judge(work, f"before step {step} of {steps}")
        bench.finish(work, f"before step {step} of {steps}")
    return steps


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
            __, stderr = writer.communicate()
            if writer.returncode:
                bench.fail(work, "by nobody", f"a writer ended with {writer.returncode}: {stderr.decode()}")
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
    writer.communicate()
    found["writes"] = written
    return found


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
