"""A sealed folder to run the program in, in this process: what a run gave, and what it did that it may not.

The program is a copy laid out as its wheel is, with little bundled data, so that concept notes can be broken and an
import need not read all pairs there are. Audit hooks (PEP 578) tell of every file that Python opens for writing,
of every process, and of every connection.
"""

from __future__ import annotations

import compileall
import contextlib
import io
import json
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from fuzzing.cases import Case, Run

ROOT = Path(__file__).parents[2]
# Deep, so that a few ".." in the name of a file do not leave the sealed folder.
_DEEP = "a/b/c/d/e/f/g/h"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset({
    "os.remove", "os.rename", "os.link", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "os.chown", "os.utime",
})  # fmt: skip
_LEAVING = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.connect", "socket.bind"}
)


class Hang(BaseException):
    """A run took too long."""


class Stream(io.TextIOWrapper):
    """A stream in memory that can say it is a terminal, and takes bytes as well as text."""

    def __init__(self, *, is_tty: bool = False, content: bytes = b"") -> None:
        self._is_tty = is_tty
        super().__init__(io.BytesIO(content), encoding="utf-8", errors="strict", newline="\n")

    def isatty(self) -> bool:
        """Say what the run wants."""
        return self._is_tty

    @property
    def content(self) -> bytes:
        """All that was written."""
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()


@dataclass
class Outcome:
    """What a run gave, and what it did."""

    run: Run
    status: int | None
    stdout: bytes
    stderr: bytes
    seconds: float
    failure: str = ""
    """A traceback, where there was one."""
    trespasses: list[str] = field(default_factory=list)
    """What it wrote outside the sealed folder, or started."""


def make_sandbox(folder: Path) -> None:
    """Lay out a sealed folder: the program, a home, a cache, and a place for the files."""
    program = folder / "program" / "twincli"
    shutil.copytree(ROOT / "src" / "twincli", program, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", program / "data")
    (program / "data" / "pairs.json").write_text(json.dumps(_few_pairs(), ensure_ascii=False), "utf-8")
    compileall.compile_dir(program, quiet=2)
    for name in ("home", "cache", "tmp", f"work/{_DEEP}"):
        (folder / "place" / name).mkdir(parents=True)


def _few_pairs() -> dict[str, Any]:
    """Return the bundled data with no other pairs than those that the notes give as examples, and some of Jakarta's."""
    whole: dict[str, Any] = json.loads((ROOT / "data" / "pairs.json").read_text("utf-8"))
    notes = "".join(path.read_text("utf-8") for path in (ROOT / "data" / "concepts").glob("*.en.md"))
    pairs = [pair for pair in whole["pairs"] if f'"{pair["id"]}"' in notes or "jakarta-id" in pair["cities"]]
    ends = {end for pair in pairs for end in pair["cities"]}
    sources = {statement["source"] for pair in pairs for statement in pair["sources"]}
    return {
        **whole,
        "cities": [city for city in whole["cities"] if city["id"] in ends],
        "sources": [source for source in whole["sources"] if source["id"] in sources],
        "pairs": pairs,
    }


class Sandbox:
    """Runs cases in a sealed folder that ``make_sandbox`` has laid out."""

    def __init__(self, folder: Path, limit_seconds: float) -> None:
        self._place = folder / "place"
        self._limit = limit_seconds
        self.folder = self._place / "work" / _DEEP
        self.notes = folder / "program" / "twincli" / "data" / "concepts"
        self._trespasses: list[str] | None = None
        self._environ = {
            "HOME": str(self._place / "home"),
            "XDG_CACHE_HOME": str(self._place / "cache"),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "TWINCLI_DEBUG": "1",
        }
        os.chdir(self.folder)
        os.environ |= {"TMPDIR": str(self._place / "tmp"), "HOME": str(self._place / "home")}
        os.environ.pop("XDG_DATA_HOME", None)
        sys.addaudithook(self._audit)
        signal.signal(signal.SIGALRM, self._interrupt)

    def outcomes(self, case: Case) -> Iterator[Outcome]:
        """Run a case and yield what each of its runs gave."""
        with self._files(case):
            for run in case.runs:
                yield self._outcome(run)

    @contextlib.contextmanager
    def _files(self, case: Case) -> Iterator[None]:
        """Put a case's files where they belong, and leave the place afterwards as it was."""
        before: dict[Path, bytes | None] = {}
        for name, content in case.files.items():
            path = self.notes / name.removeprefix("notes/") if name.startswith("notes/") else self.folder / name
            before[path] = path.read_bytes() if path.exists() else None
            path.write_bytes(content)
        try:
            yield
        finally:
            for path, content_before in before.items():
                if content_before is None:
                    path.unlink(missing_ok=True)
                else:
                    path.write_bytes(content_before)
            self._clear()

    def _clear(self) -> None:
        """Take away what the runs left, but for the cache."""
        top = self._place / "work"
        for folder in (self._place / "home", self._place / "tmp", top):
            for path in folder.iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink()
        self.folder.mkdir(parents=True, exist_ok=True)
        os.chdir(self.folder)

    def _outcome(self, run: Run) -> Outcome:
        from twincli.run import run as run_twincli

        stdout, stderr = Stream(is_tty=run.tty), Stream()
        layer = self._place / "home" / ".local" / "share" / "twincli" / "layers" / "mine.json"
        arguments = [str(layer) if word == "{layer}" else word for word in run.arguments]
        status, failure = None, ""
        trespasses = self._trespasses = []
        begin = time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, self._limit, 1)
        try:
            with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
                status = int(run_twincli(arguments, Stream(content=run.stdin), stdout, stderr, self._variables(run)))
        except Hang:
            failure = f"no end after {self._limit:g} s\n{_short(traceback.format_exc())}"
        except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
            failure = _short(traceback.format_exc())
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._trespasses = None
        return Outcome(run, status, stdout.content, stderr.content, time.monotonic() - begin, failure, trespasses)

    def _variables(self, run: Run) -> Mapping[str, str]:
        return {**self._environ, **run.environ}

    @staticmethod
    def _interrupt(_: int, __: FrameType | None) -> None:
        raise Hang

    def _audit(self, event: str, details: tuple[Any, ...]) -> None:
        found = self._trespasses
        if found is None:
            return
        if event == "open":
            path, __, flags = details
            if isinstance(flags, int) and flags & _WRITING:
                self._refuse(found, event, path)
        elif event in _CHANGES:
            for path in details[: 2 if event in {"os.rename", "os.link"} else 1]:
                self._refuse(found, event, path)
        elif event == "os.symlink":
            self._refuse(found, event, details[1])
        elif event in _LEAVING:
            found.append(f"{event} {details!r}")

    def _refuse(self, found: list[str], event: str, path: Any) -> None:
        if isinstance(path, int):
            return
        whole = os.path.abspath(os.fsdecode(path))
        if whole != "/dev/null" and not whole.startswith(f"{self._place}/"):
            found.append(f"{event} {whole}")


def _short(trace: str) -> str:
    """Return the end of a traceback, where the fault is."""
    return "\n".join(trace.rstrip().splitlines()[-14:])
