"""All commands, for tests of what holds of every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from twincli.cli import app


def _walk(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    context = typer.Context(command, info_name="twincli")
    for name in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from _walk(command.get_command(context, name), (*words, name))


COMMANDS = dict(_walk(typer.main.get_command(app), ()))
"""Each command by the words after ``twincli`` that name it, groups before what is below them."""
