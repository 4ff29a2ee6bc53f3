"""What all benchmarks share: the program sealed off from its user, its time and memory, and the tables of the page."""

from __future__ import annotations

import os
import platform
import pty
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Pages are written as the scripts do it.
sys.path.append(str(ROOT / "scripts"))

from marked_table import put_table  # noqa: E402

PAGE = ROOT / "docs" / "performance.md"
# In bytes: the unit of ru_maxrss differs.
_UNIT = 1 if sys.platform == "darwin" else 1024
# Linux counts what a process was before it became another program, which of a fork is all that its parent holds; so a
# Python that holds hardly anything is between.
_LAUNCHER = """
import os, sys
report, *command = sys.argv[1:]
child = os.fork()
if not child:
    os.close(int(report))
    os.execvp(command[0], command)
__, status, usage = os.wait4(child, 0)
os.write(int(report), f"{os.waitstatus_to_exitcode(status)} {usage.ru_maxrss}".encode())
"""


def twincli() -> list[str]:
    """Return the command line of twincli: the installed script, where there is one."""
    script = Path(sys.executable).with_name("twincli")
    return [str(script)] if script.exists() else [sys.executable, "-m", "twincli"]


def sealed(folder: Path, data: Path | None = None) -> dict[str, str]:
    """Return an environment with a home of its own, in which no layer, index or setting of the caller's counts."""
    environ = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    environ |= {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    environ |= {"HOME": str(folder), "LANG": "C.UTF-8", "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    return environ if data is None else {**environ, "TWINCLI_DATA": str(data.resolve())}


def seconds(command: Sequence[str], environ: Mapping[str, str], *, on_terminal: bool = False) -> float:
    """Return how long a command takes from start to end, its output read."""
    begin = time.perf_counter()
    if not on_terminal:
        subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begin
    pid, master = pty.fork()
    if pid == 0:
        os.execvpe(command[0], list(command), dict(environ))
    _read_to_end(master)
    status = os.waitpid(pid, 0)[1]
    taken = time.perf_counter() - begin
    os.close(master)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(command)} failed on a terminal")
    return taken


def peak_mb(command: Sequence[str], environ: Mapping[str, str], *, on_terminal: bool = False) -> float:
    """Return a command's greatest resident set size in MB of 10⁶ bytes, its output read and thrown away."""
    told, report = os.pipe()
    # A pseudo-terminal in both cases, so that both start alike.
    pid, master = pty.fork()
    if pid == 0:
        os.set_inheritable(report, True)
        if not on_terminal:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        launched = [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(report), *command]
        os.execve(sys.executable, launched, dict(environ))
    os.close(report)
    _read_to_end(master)
    os.waitpid(pid, 0)
    os.close(master)
    with os.fdopen(told) as pipe:
        answer = pipe.read()
    status, __, size = answer.partition(" ")
    if status != "0":
        raise SystemExit(f"{' '.join(command)} failed")
    return int(size) * _UNIT / 1e6


def _read_to_end(master: int) -> None:
    while True:
        try:
            if not os.read(master, 65536):
                return
        except OSError:
            return


def machine() -> str:
    """Return what measured, and when."""
    kind = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{kind}; {time.strftime('%Y-%m-%d')}"


def write(table: str, name: str) -> None:
    """Put a table between its marks in docs/performance.md."""
    put_table(PAGE, table, name)
