"""Make the manual page docs/twincli.1 from the program's own help and from the tables of docs/interface.md.

    python scripts/manpage.py [--check]

With --check nothing is written, and the status is 1 where the page is out of step. The page bears the day on which it
last changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from command_tree import command_tree
from in_step import keep_in_step
from twincli.cli import COMMANDS
from twincli.commands.help import EPILOG, grouped_records

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "twincli.1"
# What is the same in more commands than this is told once, for all of them.
COMMON = 3
# Of the lines of running text; escapes make them longer.
WIDTH = 72


class Command(NamedTuple):
    """One command of the tree."""

    words: str
    help: str
    usage: str
    options: Mapping[str, Sequence[tuple[str, str]]]
    """Terms and meanings by heading."""
    commands: Sequence[str]


def commands() -> Iterator[Command]:
    """Yield twincli and everything below it, in the order of the help."""
    for words, command, context in command_tree():
        names = command.list_commands(context) if hasattr(command, "list_commands") else []
        usage = " ".join(command.collect_usage_pieces(context))
        line = " ".join(("twincli", *words))
        yield Command(line, command.help or "", usage, grouped_records(command, context), names)


def roff(text: str) -> str:
    """Return a line with what roff would take for markup made harmless."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...").replace("'", "\\(aq")
    return re.sub(r"^\.", r"\\&.", escaped)


def prose(text: str) -> str:
    """Return running text as roff: each sentence begins a line, and none is long."""
    sentences = re.sub(r"(?<=[a-z0-9)])([.?]) +(?=[A-Z])", r"\1\n", " ".join(text.split())).splitlines()
    return "\n".join(roff(line) for sentence in sentences for line in wrap(sentence, WIDTH, break_on_hyphens=False))


def description(text: str) -> Iterator[str]:
    """Yield a docstring as roff: paragraphs, and examples (after Click's \\b) as they stand."""
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("\b"):
            yield ".Bd -literal -offset indent"
            yield from (roff(line.strip()) for line in paragraph.splitlines()[1:])
            yield ".Ed"
        else:
            yield ".Pp"
            yield prose(paragraph)


def term(names: str) -> str:
    """Return an option or an argument as its help names it (``-c, --country NAME``) in mdoc's words."""
    parts = []
    for word in names.replace(",", " ,").split():
        if word.startswith("-"):
            parts.append(f"Fl {roff(word[1:])}")
        elif word in {",", "/"}:
            parts.append("," if word == "," else "|")
        else:
            parts.append(f"Ar {roff(word)}")
    return " ".join(parts)


def definitions(rows: Sequence[tuple[str, str]], *, as_options: bool = True) -> Iterator[str]:
    """Yield terms and what they mean as a list."""
    yield ".Bl -tag -width Ds"
    for names, meaning in rows:
        yield f".It {term(names) if as_options else roff(names)}"
        yield prose(meaning)
    yield ".El"


def options(command: Command, common: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a command's own options by their headings, and which of the common ones it takes."""
    for heading, records in command.options.items():
        own = [record for record in records if record not in common]
        if own:
            yield f".Pp\n{roff(heading)}:"
            yield from definitions(own)
    shared = [names for records in command.options.values() for names, meaning in records if (names, meaning) in common]
    if shared:
        yield ".Pp\nAlso, as below:"
        separated = [f"{term(names.split(' /')[0].split(', ')[-1].split()[0])} ," for names in shared]
        yield from (f".{line}" for line in [*separated[:-1], separated[-1].removesuffix(" ,") + " ."])


def table(heading: str) -> list[tuple[str, str]]:
    """Return the rows of the first table under a heading of docs/interface.md."""
    section = (DOCS / "interface.md").read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", section, re.MULTILINE)[1:]
    return [(plain(first), plain(second)) for first, second in rows]


def plain(text: str) -> str:
    """Return Markdown without its marks."""
    return re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", text).replace("`", "")


def page(day: date) -> str:
    """Return the manual page."""
    root, *others = commands()
    others = [command for command in others if not command.commands and command.words != "twincli help"]
    counts = Counter(record for command in others for records in command.options.values() for record in records)
    common = [record for record, count in counts.items() if count > COMMON]
    lines = [
        ".\\\" Made by scripts/manpage.py from the program's own help.",
        f".Dd {day:%B} {day.day}, {day.year}",
        ".Dt TWINCLI 1",
        ".Os",
        ".Sh NAME",
        ".Nm twincli",
        ".Nd which cities are twinned, since when, for what, and who says so",
        ".Sh SYNOPSIS",
        *(f".Nm\n.Cm {name}\n.Op Ar arguments" for name in (*COMMANDS, "help")),
        ".Sh DESCRIPTION",
        *description(root.help),
        *options(root, []),
        ".Sh COMMANDS",
    ]
    for command in others:
        lines += [f".Ss {roff(f'{command.words} {command.usage}')}", *description(command.help)]
        lines += options(command, common)
    lines.append(".Ss Options that many commands have")
    headings = {record: heading for command in others for heading, rows in command.options.items() for record in rows}
    for heading in dict.fromkeys(headings[record] for record in common):
        lines.append(f".Pp\n{roff(heading)}:")
        lines += definitions([record for record in common if headings[record] == heading])
    lines += [
        ".Sh ENVIRONMENT",
        *definitions(table("Variables"), as_options=False),
        ".Sh EXIT STATUS",
        *definitions(table("Exit status"), as_options=False),
        ".Sh SEE ALSO",
        ".Xr jq 1",
        ".Pp",
        prose(EPILOG.splitlines()[-1]),
    ]
    # A heading begins a paragraph by itself.
    return re.sub(r"^(\.S[hs] .*\n)\.Pp\n", r"\1", "\n".join(lines) + "\n", flags=re.MULTILINE)


def without_day(text: str) -> str:
    """Return a page without the line that names its day."""
    return re.sub(r"^\.Dd .*$", ".Dd", text, flags=re.MULTILINE)


def main() -> None:
    keep_in_step({PAGE: page(date.today()).encode()}, __doc__, is_same=is_same_but_for_the_day)


def is_same_but_for_the_day(old: bytes, new: bytes) -> bool:
    """Tell whether two pages differ in nothing but the day that they bear."""
    return without_day(old.decode()) == without_day(new.decode())


if __name__ == "__main__":
    main()
