"""The tree of commands; each is imported only when it is the one asked for.

As in the modules of the commands, annotations are not postponed: Typer would evaluate them from text at every start.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any

import typer

from twincli import __version__
from twincli.commands.help import HelpfulCommand, HelpfulGroup
from twincli.commands.offers import Offers
from twincli.commands.usage import unknown_command
from twincli.i18n import _
from twincli.session import Session
from twincli.vocabulary import Shell

# Each command's module, which has an ``app`` with that one command or a group of them, and its line in the help.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "list": ("twincli.commands.list_pairs", "Which cities are twinned: filter, sort, export."),
    "show": ("twincli.commands.show", "A city and all its partners, or a pair with every source."),
    "search": ("twincli.commands.search", "Anything that fits a text, ranked, with the command that opens it."),
    "stats": ("twincli.commands.stats", "How many pairs: by country, city, decade, kind, field and more."),
    "path": ("twincli.commands.path", "The shortest chain of twinnings between two places."),
    "anniversaries": ("twincli.commands.anniversaries", "Round birthdays of twinnings in a year, also as a calendar."),
    "map": ("twincli.commands.map_pairs", "The pairs on a world map: in the terminal, HTML, SVG, PNG."),
    "explain": ("twincli.commands.explain", "What twin cities are: concept notes with sources."),
    "data": ("twincli.commands.data", "The data behind the answers: import, update, check and more."),
}
HELP_LINE = "This help, or that of a command: twincli help list."


class LazyGroup(HelpfulGroup):
    """The root of the command line."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands in the order of the help."""
        return [*COMMANDS, "help"]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command built from its module, or None where there is none of that name."""
        if cmd_name == "help":
            return typer.main.get_command(help_app)
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name][0]).app)
        command.name = cmd_name
        return command

    def described_commands(self) -> list[tuple[str, str]]:
        """Return the name of each command with a line on it, without importing any of them."""
        return [*((name, line) for name, (__, line) in COMMANDS.items()), ("help", HELP_LINE)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words; the two options on completion may stand without the shell's name, where they end the line."""
        if args and args[-1] in {"--install-completion", "--show-completion"}:
            args = [*args, ""]
        return list(super().parse_args(ctx, args))


help_app = typer.Typer(add_completion=False, rich_markup_mode=None)


@help_app.command(cls=HelpfulCommand)
def help_command(
    ctx: typer.Context,
    command: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND]...", help="As in: list, or data import.")
    ] = None,
) -> None:
    """Show the help of twincli or of one of its commands.

    \b
      twincli help list
      twincli help data import
    """
    at: Any = ctx.parent
    for name in command or []:
        group = at.command
        known = group.list_commands(at) if isinstance(group, HelpfulGroup) else []
        if name not in known:
            raise unknown_command(name, known, at.command_path)
        at = type(ctx)(group.get_command(at, name), info_name=name, parent=at)
    session: Session = ctx.obj
    session.terminal.stdout.write(at.get_help() + "\n")


app = typer.Typer(
    cls=LazyGroup,
    # Typer's own completion is of no use here, see commands/completion.py; without it every command starts sooner.
    add_completion=False,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def root(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False,
    install_completion: Annotated[
        str | None,
        typer.Option(
            "--install-completion",
            metavar="[SHELL]",
            help="Make the tab key complete in bash, zsh or fish; without a name, in the shell you are in.",
        ),
        Offers(words=tuple(Shell)),
    ] = None,
    show_completion: Annotated[
        str | None,
        typer.Option(
            "--show-completion", metavar="[SHELL]", help="Show the script that does so, to install it yourself."
        ),
        Offers(words=tuple(Shell)),
    ] = None,
) -> None:
    """Which cities are twinned, since when, for what, and who says so.

    \b
      twincli list --country Indonesia      the pairs of a country
      twincli show Jakarta                  a city and its partners
      twincli show Jakarta Rotterdam        a pair, with every source
      twincli explain benefits              does twinning help?
    """
    session: Session = ctx.obj
    if version:
        session.terminal.stdout.write(f"twincli {__version__}\n")
    elif install_completion is not None or show_completion is not None:
        from twincli.commands import shells

        if install_completion is not None:
            shells.install_completion(session, install_completion)
        if show_completion is not None:
            shells.show_completion(session, show_completion)
    elif ctx.invoked_subcommand is None:
        session.terminal.stdout.write(_welcome())


def _welcome() -> str:
    lines = [
        _("Which cities are twinned, since when, for what, and who says so."),
        "  twincli list --country Indonesia      " + _("the pairs of a country"),
        "  twincli show Jakarta                  " + _("a city and its partners"),
        "  twincli explain benefits              " + _("does twinning help?"),
        _("All commands: {command}").format(command="twincli --help"),
    ]
    return "\n".join(lines) + "\n"
