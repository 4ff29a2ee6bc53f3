"""Everything about where output goes, as one value: nothing else reads the environment or asks who is watching."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, TextIO

_FALLBACK_WIDTH = 80
_FALLBACK_HEIGHT = 24
# What Windows calls ENABLE_VIRTUAL_TERMINAL_PROCESSING.
_WINDOWS_ESCAPES = 4


@dataclass(frozen=True, eq=False, repr=False)
class Terminal:
    """The three streams, the environment, and what can be shown where."""

    stdin: IO[str]
    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]
    is_tty: bool
    """Whether results go to a person."""
    width: int | None
    """In columns; None where results go to no terminal and nobody said how wide they may be."""
    height: int
    colour: bool
    """Whether stdout takes colours."""
    links: bool
    """Whether stdout takes OSC 8 hyperlinks."""

    @property
    def is_watched(self) -> bool:
        """Whether a person sees what is told on stderr."""
        return self.stderr.isatty()

    @property
    def encodes_all(self) -> bool:
        """Whether stdout can show every letter."""
        return (self.stdout.encoding or "utf-8").lower().replace("-", "") in {"utf8", "utf16", "utf32"}


def detect(stdin: IO[str], stdout: TextIO, stderr: TextIO, environ: Mapping[str, str]) -> Terminal:
    """Return the terminal behind these streams.

    ``COLUMNS`` overrides the width; ``NO_COLOR`` (not empty) turns colour off, ``FORCE_COLOR`` on, the first being
    stronger; ``TERM=dumb`` takes neither colours nor links.
    """
    is_tty = stdout.isatty()
    is_dumb = environ.get("TERM") == "dumb"
    takes_escapes = is_tty and not is_dumb and _takes_escapes(stdout)
    colour = takes_escapes or bool(environ.get("FORCE_COLOR"))
    if environ.get("NO_COLOR"):
        colour = False
    width, height = _size(stdout, environ, is_tty=is_tty)
    return Terminal(stdin, stdout, stderr, environ, is_tty, width, height, colour, takes_escapes)


def _takes_escapes(stdout: TextIO) -> bool:
    """Tell whether a terminal understands escape sequences: the consoles of Windows have to be asked to."""
    if sys.platform != "win32":
        return True
    import ctypes
    import msvcrt

    try:
        console, mode = msvcrt.get_osfhandle(stdout.fileno()), ctypes.c_ulong()
        kernel = ctypes.windll.kernel32
        is_console = kernel.GetConsoleMode(console, ctypes.byref(mode))
        return bool(is_console and kernel.SetConsoleMode(console, mode.value | _WINDOWS_ESCAPES))
    except (OSError, ValueError):
        return False


def _size(stdout: TextIO, environ: Mapping[str, str], *, is_tty: bool) -> tuple[int | None, int]:
    columns, lines = (_number(environ.get(variable)) for variable in ("COLUMNS", "LINES"))
    if is_tty and not (columns and lines):
        try:
            size = os.get_terminal_size(stdout.fileno())
        except (OSError, ValueError):
            size = os.terminal_size((0, 0))
        columns = columns or size.columns or _FALLBACK_WIDTH
        lines = lines or size.lines
    return columns, lines or _FALLBACK_HEIGHT


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text) < 10000 else None
