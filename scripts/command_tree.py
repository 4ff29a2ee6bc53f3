"""All commands of the program, for what documents or tries every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def command_tree(**settings: Any) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Yield twincli and everything below it in the order of the help: its words, the command and its context.

    The settings are those of the contexts. The words are those after ``twincli``.
    """
    # Here, because the fuzzer chooses at run time whose program it is that runs.
    import typer

    from twincli.cli import app

    def walk(command: Any, words: tuple[str, ...], parent: Any) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
        name = words[-1] if words else "twincli"
        context = typer.Context(command, info_name=name, parent=parent, **settings, **command.context_settings)
        yield words, command, context
        for below in command.list_commands(context) if hasattr(command, "list_commands") else ():
            yield from walk(command.get_command(context, below), (*words, below), context)

    return walk(typer.main.get_command(app), (), None)
