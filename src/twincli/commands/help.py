"""Help as plain text: examples first, options in groups, nothing drawn around them.

Typer's own help puts boxes round everything, also in a pipe, where they can be neither copied nor searched well; and
it imports Rich for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup

from twincli.commands.usage import UsageFailure, unknown_command

EPILOG = """\
\b
Exit status: 0 done (an empty result too), 1 not found or bad data,
2 wrong usage. In a pipe every command writes JSON; --format overrides.
Found a wrong record? CONTRIBUTING.md says how to report or mend it."""
# Longer than any line on a command, which would end in dots otherwise.
_UNCUT = 1000
# In columns.
_WIDEST, _NARROWEST = 80, 24
# Below that an option's meaning stands under it, and what is set in lines of its own is folded.
_NARROW = 60
# How the parser shows the bounds of a number; where they matter the help says them in words.
_BOUND = r"(?:[\d.]+<=)?x[<>]=[\d.]+"
_BOUNDS = rf"; {_BOUND}(?=\])| *\[{_BOUND}\]"


class _Helpful:
    """What commands and groups share."""

    params: list[Any]

    def get_help(self, ctx: Any) -> str:
        """Return the help, as wide as the terminal is, and no wider than reads well."""
        session = ctx.find_root().obj
        if session is not None and ctx.terminal_width is None:
            width = min(session.terminal.width or _WIDEST, _WIDEST)
            ctx.terminal_width = max(_NARROWEST, width - 2)
        return str(super().get_help(ctx))  # type: ignore[misc]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options, each group under its heading, in the order of their declaration."""
        for heading, records in grouped_records(self, ctx).items():
            with formatter.section(heading):
                write_definitions(formatter, records)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return what follows the command's name in its usage, without the braces that newer parsers put there."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option for the help, in our words."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Show this help and end."
        return option

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write what every help ends with: the exit statuses, and where to report."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(EPILOG if formatter.width >= _NARROW else EPILOG.removeprefix("\b\n"))

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the words; a failure knows in which command."""
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc]
        except UsageFailure as failure:
            if getattr(failure, "ctx", None) is None:
                failure.ctx = ctx  # type: ignore[attr-defined]
            raise


class HelpfulCommand(_Helpful, TyperCommand):
    """A command whose options are listed by their ``rich_help_panel``."""


class HelpfulGroup(_Helpful, TyperGroup):
    """A group of commands with the same sort of help."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands first, then the options."""
        with formatter.section("Commands"):
            write_definitions(formatter, self.described_commands())
        super().format_options(ctx, formatter)

    def described_commands(self) -> list[tuple[str, str]]:
        """Return the name of each command with a line on it."""
        return [(name, command.get_short_help_str(_UNCUT)) for name, command in self.commands.items()]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the arguments name; a mistyped one is an error with a suggestion."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            raise unknown_command(args[0], known, ctx.command_path)
        return super().resolve_command(ctx, args)


def grouped_records(command: Any, ctx: Any) -> dict[str, list[tuple[str, str]]]:
    """Return a command's arguments and options and what they mean, by heading, in the order of their declaration."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None:
            is_argument = parameter.param_type_name == "argument"
            heading = getattr(parameter, "rich_help_panel", None) or ("Arguments" if is_argument else "Options")
            # Older parsers escape the bracket for Rich, which is not asked here.
            meaning = re.sub(_BOUNDS, "", record[1].replace("\\[", "["))
            groups.setdefault(heading, []).append((record[0], meaning))
    return groups


def write_definitions(formatter: Any, rows: Sequence[tuple[str, str]]) -> None:
    """Write terms and what they mean in two columns; no line ends at a hyphen within a word that is to be typed."""
    # Here, because only help needs it.
    from textwrap import wrap

    indent = formatter.current_indent
    column = indent + min(30, max(len(term) for term, __ in rows)) + 2
    if formatter.width < _NARROW:
        column = indent + 4
    for term, text in rows:
        lines = wrap(text, formatter.width - column, break_on_hyphens=False)
        head = " " * indent + term
        if lines and len(head) <= column - 2:
            head = f"{head:<{column}}{lines.pop(0)}"
        formatter.write("\n".join([head, *(" " * column + line for line in lines)]) + "\n")
