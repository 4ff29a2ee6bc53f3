"""What all tests share: a sealed place to run twincli in, in this process, as a process, and on a pseudo-terminal."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from twincli.run import run as run_twincli

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"

Write = Callable[..., Path]
"""The fixture ``write``."""


@dataclass(frozen=True)
class Result:
    """What a run gave."""

    status: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The JSON on stdout."""
        return json.loads(self.stdout)

    @property
    def lines(self) -> list[str]:
        """The lines on stdout."""
        return self.stdout.splitlines()


class Stream(io.TextIOWrapper):
    """A stream in memory that can say it is a terminal, and takes bytes as well as text."""

    def __init__(self, *, is_tty: bool = False, encoding: str = "utf-8", content: bytes = b"") -> None:
        self._is_tty = is_tty
        super().__init__(io.BytesIO(content), encoding=encoding, errors="strict", newline="\n")

    def isatty(self) -> bool:
        """Say what the test wants."""
        return self._is_tty

    @property
    def text(self) -> str:
        """All that was written."""
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode(self.encoding, "replace")


class Place:
    """A sealed place: its own home and cache, and none of the caller's variables."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir(exist_ok=True)
        self.environ: dict[str, str] = {
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(cache),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TWINCLI_DEBUG": "1",
        }

    def run(
        self,
        *arguments: str,
        tty: bool = False,
        stderr_tty: bool = False,
        stdin: bytes = b"",
        encoding: str = "utf-8",
        environ: Mapping[str, str] | None = None,
    ) -> Result:
        """Run one command in this process; ``environ`` adds to the sealed environment."""
        stdout = Stream(is_tty=tty, encoding=encoding)
        stderr = Stream(is_tty=stderr_tty)
        variables = {**self.environ, **(environ or {})}
        with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
            status = run_twincli(arguments, Stream(content=stdin), stdout, stderr, variables)
        return Result(int(status), stdout.text, stderr.text)

    def table(self, *arguments: str, width: int = 80, **environ: str) -> Result:
        """Run one command as on a terminal of this width, without colours."""
        variables = {"COLUMNS": str(width), "NO_COLOR": "1", **environ}
        return self.run(*arguments, tty=True, environ=variables)

    def process(
        self, *arguments: str, stdin: bytes = b"", timeout: float = 60, check: bool = False, **environ: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run the installed program as a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "twincli", *arguments],
            env={**self.environ, **environ},
            input=stdin,
            capture_output=True,
            timeout=timeout,
            check=check,
            cwd=self.folder,
        )

    def shell(self, script: str, timeout: float = 60, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a bash script in which ``twincli`` is the program under test."""
        function = f'twincli() {{ "{sys.executable}" -m twincli "$@"; }}\n'
        return subprocess.run(
            ["bash", "-c", function + script],
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            cwd=self.folder,
        )

    def terminal(
        self, *arguments: str, width: int = 80, height: int = 24, timeout: float = 30, **environ: str
    ) -> Result:
        """Run the program on a real pseudo-terminal; what it shows is stdout and stderr together."""
        variables: Mapping[str, str] = {**self.environ, "TERM": "xterm-256color", **environ}
        pid, master = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execve(sys.executable, [sys.executable, "-m", "twincli", *arguments], dict(variables))
        _set_size(master, width, height)
        shown = bytearray()
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            ready, __, __ = select.select([master], [], [], 0.2)
            if ready:
                try:
                    piece = os.read(master, 65536)
                except OSError:
                    break
                if not piece:
                    break
                shown += piece
        else:
            os.kill(pid, signal.SIGKILL)
        os.close(master)
        status = os.waitpid(pid, 0)[1]
        return Result(os.waitstatus_to_exitcode(status), shown.decode().replace("\r\n", "\n"), "")


def _set_size(descriptor: int, width: int, height: int) -> None:
    import fcntl
    import struct
    import termios

    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


def pytest_configure() -> None:
    """Let processes be interrupted, which a shell that runs the tests in the background has them ignore."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that the tests of one session share, so that the index is built once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def place(tmp_path: Path, shared_cache: Path) -> Place:
    """A sealed place with the index built already."""
    return Place(tmp_path, shared_cache)


@pytest.fixture
def fresh(tmp_path: Path) -> Place:
    """A sealed place with an empty cache."""
    return Place(tmp_path, tmp_path / "cache")


@pytest.fixture
def need() -> Callable[[str], str]:
    """Return a real counterpart's path, or skip the test with the reason; see scripts/check.py."""

    def find(program: str) -> str:
        path = shutil.which(program)
        if path is None:
            if os.environ.get("TWINCLI_NEED_COUNTERPARTS"):
                pytest.fail(f"{program} is not installed, and TWINCLI_NEED_COUNTERPARTS is set")
            pytest.skip(f"{program} is not installed")
        return path

    return find


@pytest.fixture(scope="session")
def bundled() -> dict[str, Any]:
    """The bundled data file as plain JSON."""
    content: dict[str, Any] = json.loads((DATA / "pairs.json").read_text("utf-8"))
    return content


@pytest.fixture
def small(bundled: dict[str, Any]) -> dict[str, Any]:
    """A data file of two pairs and their cities and sources, to be broken by tests."""
    pairs = [pair for pair in bundled["pairs"] if pair["id"] in {"jakarta-rotterdam", "coventry-volgograd"}]
    cities = {end for pair in pairs for end in pair["cities"]}
    sources = {statement["source"] for pair in pairs for statement in pair["sources"]}
    content: dict[str, Any] = json.loads(
        json.dumps(
            {
                **bundled,
                "cities": [city for city in bundled["cities"] if city["id"] in cities],
                "sources": [source for source in bundled["sources"] if source["id"] in sources],
                "pairs": pairs,
            }
        )
    )
    return content


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a data file (an object, or raw text) and return its path."""

    def write_file(content: Any, name: str = "mine.json") -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
            path.write_text(text, "utf-8")
        return path

    return write_file
