"""A page for a person: drawn with Rich, measured for the terminal, paged where that was asked for."""

from __future__ import annotations

import io
import shlex
import subprocess
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from twincli.output import Output
from twincli.session import is_reader_gone
from twincli.text import clean

if TYPE_CHECKING:
    from rich.console import RenderableType

# Where no width is given, tables are laid out at their natural width, which this only has to exceed, and
# running text at one that reads well.
_UNLIMITED = 2000
_READING_WIDTH = 100
ROWS_AT_ONCE = 200
"""How many rows of a long list are given to Rich at a time, since it needs some kB for each that it holds."""


# In notes nothing is coloured, since a colour stands for a status, and nothing has a ground of its own.
_THEME = {
    **dict.fromkeys(("h1", "h2", "h3", "code", "strong", "link", "kbd", "table.header"), "bold"),
    **dict.fromkeys(("h4", "h5", "h6", "h7", "em", "emph", "block_quote"), "italic"),
    **dict.fromkeys(("code_block", "list", "item.number", "hr", "table.border"), "none"),
    "link_url": "underline",
}


class Page:
    """Collects what is drawn, and hands it to the output as one text."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.terminal = output.terminal
        self._text = io.StringIO()
        self._remarks: list[str] = []
        is_file = output.path is not None
        # To lay tables out in; None for their natural width, as in a file, which is as wide as it needs to be.
        self.width = None if is_file else self.terminal.width
        self.links = self.terminal.links and not is_file
        self.console = Console(
            file=self._text,
            width=self.width or _UNLIMITED,
            color_system="standard" if self.terminal.colour and not is_file else None,
            force_terminal=self.terminal.colour and not is_file,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            no_color=False,
            safe_box=not self.shows_all_letters,
            theme=Theme({f"markdown.{name}": style for name, style in _THEME.items()}),
            _environ={},
        )

    @property
    def shows_all_letters(self) -> bool:
        """Whether every letter can be shown: a file is UTF-8 wherever it is made."""
        return self.output.path is not None or self.terminal.encodes_all

    @property
    def reading_width(self) -> int:
        """The width to set running text in."""
        return min(self.width or _READING_WIDTH, _READING_WIDTH)

    def add(self, *renderables: RenderableType, width: int | None = None) -> None:
        """Draw one thing below the other."""
        for renderable in renderables:
            self.console.print(renderable, width=width, soft_wrap=False)

    def gap(self) -> None:
        """Leave a line empty."""
        self._text.write("\n")

    def add_facts(self, facts: Iterable[tuple[Text, Text]], *, width: int | None = None) -> None:
        """Draw a line a fact, what it is about in a column of its own."""
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for heading, fact in facts:
            table.add_row(heading, fact)
        self.add(table, width=width)

    def add_hanging(self, first: str, text: str, *, indent: int) -> None:
        """Set running text with all lines but the first indented, and before the first what ``first`` holds."""
        lines = Text(clean(text)).wrap(self.console, self.reading_width - indent)
        for place, line in enumerate(lines):
            before = first if place == 0 else " " * indent
            self.console.print(Text(before).append_text(line), soft_wrap=True)

    def add_parts(self, parts: Iterable[str]) -> None:
        """Write short texts with dots between them, with a new line rather before one than within it."""
        lines: list[str] = []
        for part in parts:
            if lines and cell_len(f"{lines[-1]} · {part}") <= self.reading_width:
                lines[-1] += f" · {part}"
            else:
                lines.append(part)
        self.add(*map(Text, lines), width=self.reading_width)

    def add_command(self, about: str, command: str, *, indent: int) -> None:
        """Write what a command shows and the command behind it, or below it where there is no room: in one piece."""
        line = f"{' ' * indent}{about}: {command}"
        if cell_len(line) > self.reading_width:
            self.add_hanging(" " * indent, f"{about}:", indent=indent)
            line = f"{' ' * 2 * indent}{command}"
        self.add_whole(Text(line))

    def add_whole(self, text: Text, *, indent: int = 0) -> None:
        """Write what is to be pasted in one piece, whatever the width."""
        self.console.print(Text(" " * indent).append_text(text), soft_wrap=True)

    def add_link(self, url: str, *, indent: int) -> None:
        """Write an address in one piece, to be clicked where the terminal can, to be read and copied everywhere."""
        shown = clean(url)
        style = Style(link=shown) if self.links else Style()
        self.add_whole(Text(shown, style=style), indent=indent)

    def remark(self, line: str) -> None:
        """Tell the reader something about the page, on stderr, once the page stands."""
        self._remarks.append(line)

    def show(self) -> None:
        """Hand the page over: through the user's pager where it is taller than the terminal."""
        text = "".join(line.rstrip() + "\n" for line in self._text.getvalue().splitlines())
        pager = self.terminal.environ.get("TWINCLI_PAGER") or self.terminal.environ.get("PAGER")
        is_tall = text.count("\n") > self.terminal.height - 1
        may_page = self.terminal.is_tty and self.output.pager and self.output.path is None
        if not (pager and is_tall and may_page and _page(pager, text, dict(self.terminal.environ))):
            self.output.write([text])
        self.output.remark(self._remarks)


def _page(pager: str, text: str, environ: dict[str, str]) -> bool:
    """Show a text in a pager; tell whether that worked."""
    environ.setdefault("LESS", "FRX")
    try:
        # Windows splits a command line by rules of its own, in which a backslash is part of a path.
        command = pager if sys.platform == "win32" else shlex.split(pager)
        with subprocess.Popen(command, stdin=subprocess.PIPE, env=environ) as process:
            assert process.stdin is not None
            try:
                process.stdin.write(text.encode("utf-8", "replace"))
                process.stdin.close()
            except OSError as error:
                if not is_reader_gone(error):
                    raise
            while True:
                try:
                    process.wait()
                    break
                except KeyboardInterrupt:
                    continue  # the pager's to handle
    except (OSError, ValueError):
        return False
    return process.returncode == 0
