"""Everything that is said on stderr: errors, remarks, hints. Plain text, cleaned, one place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TextIO

from twincli.errors import TwincliError
from twincli.i18n import _
from twincli.text import clean

# No sentence of ours is so long, but what it quotes may be: a word of the command line has up to 128 kB.
_LONGEST = 2000
_END = 500


def say(stderr: TextIO, lines: Iterable[str]) -> None:
    """Write lines to stderr; what cannot be shown or written is no reason to fail."""
    for line in lines:
        try:
            stderr.write(f"{_folded(clean(_shortened(line)), _width(stderr))}\n")
        except (OSError, ValueError):
            return


def _width(stderr: TextIO) -> int:
    """Return how many columns the terminal has that is written to, 0 where it is none."""
    try:
        return os.get_terminal_size(stderr.fileno()).columns if stderr.isatty() else 0
    except (OSError, ValueError):
        return 0


def _folded(line: str, width: int) -> str:
    """Return a line broken between words, where a terminal would break within them; a command stays in one piece."""
    if not 0 < width < len(line):
        return line
    # Here, because few lines are so long, and fewer go to a terminal.
    from textwrap import wrap

    # What is copied from a message goes from there to its end.
    begin = re.search(r"(?<= )(?:twincli |https?://)", line)
    words, command = (line[: begin.start()], line[begin.start() :]) if begin else (line, "")
    lines = wrap(words, width, break_long_words=False, break_on_hyphens=False)
    if command and lines and len(lines[-1]) + len(command) < width:
        lines[-1] += f" {command}"
    elif command:
        lines.append(command)
    return "\n".join(lines)


def _shortened(line: str) -> str:
    """Return a line without the middle of what is too long, since its end says what to do."""
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - _END]} … {line[-_END:]}"


def say_error(stderr: TextIO, error: TwincliError) -> None:
    """Write an error: one sentence, and below it what there is to choose from."""
    say(stderr, [_("Error: {message}").format(message=error.message), *(f"  {detail}" for detail in error.details)])
