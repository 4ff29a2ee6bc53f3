"""Bring what the documentation shows in step with what the program prints.

    python scripts/docs.py [--check]

Every command after ``$`` in a block marked ``console`` of README.md, CONTRIBUTING.md and docs/*.md is run in bash on a
pseudo-terminal of 80 columns, and what it prints stands below it; docs/cli.md holds the help of every command. With
--check nothing is written, and the status is 1 where a page is out of step.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import struct
import sys
import tempfile
import termios
from collections.abc import Iterator, Mapping
from pathlib import Path

from command_tree import command_tree
from in_step import keep_in_step

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(?P<open>^```console\n)(?P<body>.*?)(?P<close>^```$)", re.DOTALL | re.MULTILINE)
WIDTH = 80


def pages() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def shown(command: str, environ: Mapping[str, str], folder: Path) -> str:
    """Return what a command line shows on a terminal."""
    pid, master = pty.fork()
    if pid == 0:
        os.chdir(folder)
        function = f'twincli() {{ "{sys.executable}" -m twincli "$@"; }}\n'
        os.execve("/bin/bash", ["bash", "-c", function + command], dict(environ))
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, WIDTH, 0, 0))
    output = bytearray()
    with contextlib.suppress(OSError):  # how Linux says that the other end is closed
        while piece := os.read(master, 65536):
            output += piece
    os.close(master)
    os.waitpid(pid, 0)
    return output.decode().replace("\r\n", "\n")


def refreshed(text: str, environ: Mapping[str, str], folder: Path) -> str:
    """Return a page with the output of its commands as it is today."""

    def run_block(match: re.Match[str]) -> str:
        commands = [line for line in match["body"].splitlines() if line.startswith("$ ")]
        parts = [f"{command}\n{shown(command[2:], environ, folder)}" for command in commands]
        return match["open"] + "".join(part if part.endswith("\n") else part + "\n" for part in parts) + match["close"]

    return BLOCK.sub(run_block, text)


def help_pages() -> Iterator[tuple[str, str]]:
    """Yield the command line and the help of twincli and of each of its commands."""
    for words, __, context in command_tree(max_content_width=WIDTH, terminal_width=WIDTH):
        yield " ".join(("twincli", *words)), context.get_help()


def cli_page() -> str:
    parts = ["# Every command and option\n\nMade from the program's own help by `scripts/docs.py`.\n"]
    parts += [f"\n## {path}\n\n```text\n{text.rstrip()}\n```\n" for path, text in help_pages()]
    return "".join(parts)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        environ = {
            "HOME": name,
            "PATH": os.environ["PATH"],
            "TERM": "xterm-256color",
            "NO_COLOR": "1",
            "LANG": "C.UTF-8",
        }
        shown("twincli list -n 1 --quiet > /dev/null", environ, Path(name))
        wanted = {page: refreshed(page.read_text("utf-8"), environ, Path(name)) for page in pages()}
    wanted[ROOT / "docs" / "cli.md"] = cli_page()
    keep_in_step({page: text.encode() for page, text in wanted.items()}, __doc__)


if __name__ == "__main__":
    main()
