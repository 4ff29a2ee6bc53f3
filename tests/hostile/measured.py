"""Runs as processes of their own, whose memory the system tells when they have ended."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from tests.conftest import Place

MOST_MB = 500
# Far beyond what any of them takes: a run that is killed for it has no end.
_PATIENCE_SECONDS = 20.0


@dataclass(frozen=True)
class Measured:
    """How a run ended."""

    status: int
    stdout: bytes
    stderr: str
    mb: float
    """Its greatest resident set size."""

    @property
    def is_one_sentence(self) -> bool:
        """Whether it ended as bad data does: with one sentence and the status 1."""
        return (
            self.status == 1 and not self.stdout and self.stderr.startswith("Error: ") and self.stderr.count("\n") == 1
        )


def measured(place: Place, *arguments: str, stdin: Iterable[bytes] = ()) -> Measured:
    """Run the program on what comes through its pipe, which it need not read to the end."""
    out, err = place.folder / "out", place.folder / "err"
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "twincli", *arguments],
            env=place.environ,
            cwd=place.folder,
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=stderr,
        )
        assert process.stdin is not None
        threading.Thread(target=_pour, args=(process.stdin, stdin), daemon=True).start()
        timer = threading.Timer(_PATIENCE_SECONDS, process.kill)
        timer.start()
        __, state, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(state)
    mb = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    return Measured(process.returncode, out.read_bytes(), err.read_text("utf-8"), mb)


def _pour(pipe: IO[bytes], content: Iterable[bytes]) -> None:
    with suppress(OSError), pipe:
        for chunk in content:
            pipe.write(chunk)
