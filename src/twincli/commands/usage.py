"""Wrong usage in one sentence that says what to type instead."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import typer

from twincli.errors import BadUsage
from twincli.i18n import _
from twincli.text import clean

# The parser's base exception. Typer brings its own copy of Click or uses Click itself, depending on its version, and
# makes only this leaf of either public.
UsageFailure: type[Exception] = typer.BadParameter.__mro__[2]


def explain_usage_failure(failure: Any) -> BadUsage:
    """Return the parser's complaint in our words."""
    kind = type(failure).__name__
    if kind == "NoSuchOption":
        return BadUsage(_no_such_option(failure))
    if kind == "MissingParameter":
        name = failure.param.make_metavar(failure.ctx) if failure.param else ""
        return BadUsage(_("{name} is missing. See: {command} --help").format(name=name, command=_path(failure)))
    if kind == "BadParameter":
        return BadUsage(_bad_value(failure))
    message = clean(failure.format_message()).rstrip(".")
    return BadUsage(_("{message}. See: {command} --help").format(message=message, command=_path(failure)))


def unknown_command(name: str, known: Iterable[str], path: str = "twincli") -> BadUsage:
    """Return the error for a command that the group at ``path`` has not, with the nearest ones that it has."""
    message = _('no command called "{name}".').format(name=clean(name))
    close = get_close_matches(name.lower(), known)
    if close:
        message += " " + _("Did you mean {names}?").format(names=", ".join(f"{path} {match}" for match in close))
    else:
        message += " " + _("All commands: {command}").format(command=f"{path} --help")
    return BadUsage(message)


def _path(failure: Any) -> str:
    return str(failure.ctx.command_path) if failure.ctx else "twincli"


def _no_such_option(failure: Any) -> str:
    message = _("no option called {name}.").format(name=clean(failure.option_name))
    known = [option for parameter in failure.ctx.command.params for option in parameter.opts] if failure.ctx else []
    close = get_close_matches(failure.option_name, known)
    if close:
        return message + " " + _("Did you mean {names}?").format(names=", ".join(close))
    return message + " " + _("All options: {command}").format(command=f"{_path(failure)} --help")


def _bad_value(failure: Any) -> str:
    option = max(failure.param.opts, key=len) if failure.param and failure.param.opts else ""
    choices = [str(choice) for choice in getattr(getattr(failure.param, "type", None), "choices", ())]
    if not choices:
        return _("{option}: {message}").format(option=option, message=clean(failure.message))
    # The parser quotes the value that it refuses; it is not kept anywhere else.
    quoted = clean(failure.message).split("'")
    value = quoted[1] if len(quoted) > 1 else ""
    close = get_close_matches(value.lower(), choices, n=1)
    message = _('{option} cannot be "{value}".').format(option=option, value=value)
    if close:
        message += " " + _("Did you mean {names}?").format(names=close[0])
    return message + " " + _("It takes one of: {choices}").format(choices=", ".join(choices))
