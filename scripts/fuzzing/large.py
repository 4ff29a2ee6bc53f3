"""Large inputs, each in a process of its own, whose time and greatest memory the system tells when it has ended."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import IO, Any

from fuzzing import corpus

_MB, _GB = 1 << 20, 1 << 30
_NAME = "x" * 1_000_000
_BIG = 20_000

Chunks = Iterable[bytes]


@dataclass(frozen=True)
class Large:
    """One large input: what it is, the command lines that read it, and its bytes as they come."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    content: Callable[[], Chunks] | None = None
    is_stream: bool = False
    """Whether it comes through a pipe; else it lies in a file that the commands name with ``{}``."""
    holes: int = 0
    """So many bytes of a file that takes no room on the disk."""
    statuses: frozenset[int] = field(default=frozenset({1}))


_CHECK, _LIST = ("data", "check", "{}"), ("list", "--data", "{}")
_IMPORT = ("data", "import", "{}", "--name", "mine", "--dry-run")
_READ = (_CHECK, _LIST, _IMPORT)
_PIPED = (("data", "check", "-"), ("data", "import", "-", "--name", "mine", "--dry-run"))
_ANSWERED = frozenset({0, 1})


def _same(chunk: bytes, size: int) -> Callable[[], Chunks]:
    block = chunk * (_MB // len(chunk))
    return lambda: repeat(block, size // len(block))


def _named(make: Callable[[], Any], *, lines: bool = False) -> Callable[[], Chunks]:
    """Return a file in which the first city has a name of a million letters."""

    def content() -> Chunks:
        document = json.dumps(make())
        if lines:
            document = "".join(json.dumps(record) + "\n" for record in make())
        yield document.replace("Dijkwolde", _NAME, 1).encode()

    return content


def _table(row: Callable[[int], str], count: int) -> Callable[[], Chunks]:
    header = "city1,country1,lat1,lon1,city2,country2,lat2,lon2\n"
    return lambda: (text.encode() for text in (header, *(row(number) + "\n" for number in range(count))))


def _two_heaps() -> Chunks:
    """Yield a data file with the cities of one country in two heaps, all of one before all of the other."""
    document = corpus.data_file()
    for number in range(_BIG):
        lat, lon = (60.0, 30.0) if number < _BIG // 2 else (55.0, 160.0)
        city = {"id": f"x{number}-ru", "name": f"X{number}", "country": "RU", "level": "city"}
        document["cities"].append({**city, "lat": lat + number % 97 / 97, "lon": lon + number % 89 / 89})
    yield json.dumps(document).encode()


_POINTS = b"city1,country1,coordinates1,city2,country2,coordinates2\nA,DE,"


def _springfield(number: int) -> str:
    return f"Springfield,US,{number % 140 - 69.5},{number // 140 - 69.5},{_MER}"


def _pair_line() -> bytes:
    return json.dumps(corpus.answers()[0]).encode() + b"\n"


def _one_name() -> Chunks:
    """Yield a data file whose cities all have one name and one country, each elsewhere."""
    document = corpus.data_file()
    for number in range(_BIG):
        place = {"lat": number % 140 - 70, "lon": number // 140 - 70}
        document["cities"].append(
            {"id": f"x{number}-us", "name": "Springfield", "country": "US", "level": "city", **place}
        )
    yield json.dumps(document).encode()


_ENDLESS = tuple(tuple(word.replace("{}", "/dev/zero") for word in command) for command in _READ)
_MER = "Merstein,Austria,47.5,14.5"
_QUELL = f"Quell,Germany,50.1,9.9,{_MER}"
_WORD = "x" * 100_000
_WORDS = (
    ("show", _WORD), ("list", "-c", _WORD), ("search", _WORD), ("explain", _WORD), (_WORD,), ("list", f"--{_WORD}"),
    ("list", "--format", _WORD), ("list", "--data", _WORD), ("list", "--since", _WORD), ("path", _WORD, _WORD),
    ("show", "a" + "," * 3000),
)  # fmt: skip


def _piped(name: str, begin: bytes, chunk: bytes) -> Large:
    return Large(f"{name}, through a pipe", _PIPED, lambda: (begin, *_same(chunk, _GB)()), is_stream=True)


def _file(name: str, content: Callable[[], Chunks], *commands: tuple[str, ...]) -> Large:
    return Large(name, commands or _READ, content, statuses=_ANSWERED)


LARGE = (
    Large("a gigabyte of zeros in a sparse file", _READ, holes=_GB),
    Large("zeros without end: /dev/zero", _ENDLESS),
    _piped("a gigabyte of zeros", b"", b"\0"),
    _piped("a gigabyte of spaces", b"", b" "),
    _piped("a gigabyte of line ends", b"", b"\n"),
    _piped("a gigabyte of letters on one line", b"", b"a"),
    _piped("a gigabyte of opening brackets", b"", b"["),
    _piped("a gigabyte within a JSON text", b'{"format": 1, "title": "', b"a"),
    _piped("a gigabyte of spaces after a brace", b"{", b" "),
    _piped("a gigabyte of empty objects in a record", b'[{"cities": [', b"{},"),
    _file("a name of a million letters in a data file", _named(corpus.data_file)),
    _file("a name of a million letters in what list gives", _named(corpus.answers), _IMPORT),
    _file("a name of a million letters in JSON Lines", _named(corpus.answers, lines=True), _IMPORT),
    _file("a name of a million letters in SPARQL results", _named(corpus.sparql_json), _IMPORT),
    _file("a name of a million letters in a table", _table(lambda _: f"{_NAME},Germany,50.1,9.9,{_MER}", 1), _IMPORT),
    _file("a country of 200 000 letters", _table(lambda _: f"Q,{'the ' * 50_000},50.1,9.9,{_MER}", 1), _IMPORT),
    _file("a heading of 200 000 columns", lambda: [b"city," * 200_000, b"\nx\n"], _IMPORT),
    _file("a point of a million blanks", lambda: (_POINTS, b"POINT" + b" " * 1_000_000 + b"x,B,AT,1 2\n"), _IMPORT),
    _file("a hundred thousand quotes, none closed", _table(lambda _: f'"{_QUELL}', 100_001), _IMPORT),
    _file("a hundred thousand lines that are no JSON", lambda: (_pair_line(), *repeat(b"[]\n", 100_000)), _IMPORT),
    _file("a million empty objects in a list", lambda: (b"[", *repeat(b"{},", 1_000_000), b"{}]")),
    _file("a million empty cities", lambda: (b'{"cities": [', *repeat(b"{},", 1_000_000), b"{}]}")),
    _file("a million keys in an object", lambda: (b"{", *(b'"%d":0,' % key for key in range(1_000_000)), b'"x":0}')),
    _file("a million brackets in brackets", lambda: [b"[" * 1_000_000 + b"]" * 1_000_000]),
    _file("20 000 cities of one country in two heaps", _two_heaps, _CHECK, _LIST),
    _file("20 000 cities of one name", _one_name, _CHECK, _LIST),
    _file("20 000 rows with one name in as many places", _table(_springfield, _BIG), _IMPORT),
    _file("20 000 rows that are all the same", _table(lambda _: _QUELL, _BIG), _IMPORT),
    Large("words of 100 000 letters on the command line", _WORDS, statuses=frozenset({0, 1, 2})),
)


def run_large_cases(folder: Path, limit_seconds: float, limit_mb: float) -> Iterator[dict[str, Any]]:
    """Run all of them and yield a report of each."""
    work = folder / "place" / "work" / "large"
    work.mkdir(parents=True, exist_ok=True)
    runner = _Runner(folder, limit_seconds, limit_mb)
    # So that no case has to build the index of the bundled data.
    runner.run(("list", "-n", "1"), None)
    for number, large in enumerate(LARGE, 1):
        path = work / "large"
        if large.holes or (large.content and not large.is_stream):
            _write(path, large)
        found, statuses, seconds, peak = [], [], 0.0, 0.0
        for command in large.commands:
            words = tuple(word.replace("{}", str(path)) if word == "{}" else word for word in command)
            ended = runner.run(words, large.content if large.is_stream else None)
            shown = " ".join(command)[:60]
            found += [f"{fault} [{shown}]" for fault in ended.faults]
            if not ended.faults and ended.status not in large.statuses:
                found.append(f"status {ended.status} [{shown}]: {ended.stderr[:300]!r}")
            statuses.append(ended.status)
            seconds, peak = max(seconds, ended.seconds), max(peak, ended.mb)
        path.unlink(missing_ok=True)
        faults = [f"{large.name}: {fault}" for fault in found]
        yield {
            "number": number,
            "family": "large",
            "statuses": statuses,
            "seconds": seconds,
            "mb": peak,
            "faults": faults,
        }


def _write(path: Path, large: Large) -> None:
    with path.open("wb") as file:
        if large.holes:
            file.truncate(large.holes)
        if large.content:
            file.writelines(large.content())


@dataclass(frozen=True)
class _Ended:
    """How a process ended."""

    status: int
    seconds: float
    mb: float
    stderr: str
    faults: list[str]


class _Runner:
    """Runs the program as a process of its own."""

    def __init__(self, folder: Path, limit_seconds: float, limit_mb: float) -> None:
        place = folder / "place"
        self._limit_seconds, self._limit_mb = limit_seconds, limit_mb
        self._out = folder / "out"
        self._environ = {
            "HOME": str(place / "home"),
            "XDG_CACHE_HOME": str(place / "cache"),
            "TMPDIR": str(place / "tmp"),
            "PYTHONPATH": str(folder / "program"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
        }

    def run(self, words: tuple[str, ...], content: Callable[[], Chunks] | None) -> _Ended:
        """Run one command line, with what comes through its pipe."""
        with self._out.open("wb") as out, (self._out.with_suffix(".err")).open("wb") as err:
            begin = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-m", "twincli", *words],
                env=self._environ,
                stdin=subprocess.PIPE if content else subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            if content:
                assert process.stdin is not None
                threading.Thread(target=_pour, args=(process.stdin, content), daemon=True).start()
            # Somewhat later than the limit, so that what is only a little slow is told from what has no end.
            timer = threading.Timer(self._limit_seconds * 2, os.killpg, (process.pid, signal.SIGKILL))
            timer.start()
            __, state, usage = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(state)
        seconds = time.monotonic() - begin
        mb = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
        stderr = self._out.with_suffix(".err").read_text("utf-8", "replace")
        return _Ended(
            process.returncode, seconds, mb, stderr, list(self._faults(process.returncode, seconds, mb, stderr))
        )

    def _faults(self, status: int, seconds: float, mb: float, stderr: str) -> Iterator[str]:
        if status < 0:
            yield f"killed after {seconds:.0f} s with {mb:.0f} MB"
        elif seconds > self._limit_seconds:
            yield f"{seconds:.1f} s"
        if mb > self._limit_mb:
            yield f"{mb:.0f} MB"
        if "Traceback" in stderr or "failed unexpectedly" in stderr:
            yield f"failed: {stderr[-500:]}"
        if len(stderr) > 8000:
            yield f"an error of {len(stderr)} letters"


def _pour(pipe: IO[bytes], content: Callable[[], Chunks]) -> None:
    with contextlib.suppress(OSError), pipe:
        for chunk in content():
            pipe.write(chunk)
