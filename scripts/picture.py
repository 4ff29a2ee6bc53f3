"""Make the README's picture, docs/twincli.svg, from what the program prints in colour.

    python scripts/picture.py [--check]

With --check nothing is written, and the status is 1 where the picture is out of step.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from in_step import keep_in_step

PICTURE = Path(__file__).parents[1] / "docs" / "twincli.svg"
COMMANDS = ["twincli list --country Indonesia --with Japan --limit 8", "twincli map --city Jakarta"]
WIDTH = 80
# Rich fills in the marks. Its own frame would load a font from elsewhere; this one takes what the reader has.
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" class="rich-terminal" viewBox="0 0 {width} {height}" role="img"
     aria-label="Two commands of twincli and what they print">
<style>
.{unique_id}-matrix {{
  font: {char_height}px/{line_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def shown(command: str, home: str) -> str:
    """Return what a command prints in colour."""
    environ = {"HOME": home, "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "FORCE_COLOR": "1", "COLUMNS": str(WIDTH)}
    environ["TWINCLI_FORMAT"] = "table"
    words = [sys.executable, "-m", *command.split()]
    return subprocess.run(words, env=environ, capture_output=True, text=True, check=True).stdout


def picture() -> str:
    console = Console(record=True, width=WIDTH, file=io.StringIO(), color_system="standard", force_terminal=True)
    with tempfile.TemporaryDirectory() as home:
        for command in COMMANDS:
            console.print(Text(f"$ {command}", style="bold"))
            console.print(Text.from_ansi(shown(command, home)))
    return console.export_svg(title="twincli", code_format=FRAME, unique_id="twincli")


def main() -> None:
    keep_in_step({PICTURE: picture().encode()}, __doc__)


if __name__ == "__main__":
    main()
