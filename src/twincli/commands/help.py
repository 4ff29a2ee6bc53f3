"""Help as plain text: examples first, options in groups, nothing drawn around them.

Typer's own help puts boxes round everything, also in a pipe, where they can be neither copied nor searched well; and
it imports Rich for it.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

from twincli.commands.usage import unknown_command


class HelpfulCommand(TyperCommand):
    """A command whose options are listed by their ``rich_help_panel``."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options, each group under its heading, in the order of their declaration."""
        write_options(self, ctx, formatter)


class HelpfulGroup(TyperGroup):
    """A group of commands with the same sort of help."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands first, then the options."""
        self.format_commands(ctx, formatter)
        write_options(self, ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the arguments name; a mistyped one is an error with a suggestion."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            raise unknown_command(args[0], known, ctx.command_path)
        return super().resolve_command(ctx, args)


def write_options(command: Any, ctx: Any, formatter: Any) -> None:
    """Write a command's parameters in their groups."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None:
            is_argument = parameter.param_type_name == "argument"
            heading = getattr(parameter, "rich_help_panel", None) or ("Arguments" if is_argument else "Options")
            groups.setdefault(heading, []).append(record)
    for heading, records in groups.items():
        with formatter.section(heading):
            formatter.write_dl(records)
