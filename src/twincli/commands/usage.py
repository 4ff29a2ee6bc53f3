"""Wrong usage in one sentence that says what to type instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import typer

from twincli.command_lines import command_line, quoted
from twincli.errors import BadUsage
from twincli.i18n import _
from twincli.text import clean, fold

# The parser's base exception. Typer brings its own copy of Click or uses Click itself, depending on its version, and
# makes only this leaf of either public.
UsageFailure: type[Exception] = typer.BadParameter.__mro__[2]
# The parser quotes the value that it refuses, or the words that are too many; they are not kept anywhere else. Compiled
# only for a mistake.
_REFUSED = r"(?s)^(?P<quote>['\"]?)(?P<value>.*?)(?P=quote) is not "
_TOO_MANY = r"(?s)unexpected extra arguments?(?:\(s\))? \((?P<words>.*)\)"


def explain_usage_failure(failure: Any) -> BadUsage:
    """Return the parser's complaint in our words."""
    kind = type(failure).__name__
    if kind == "NoSuchOption":
        return BadUsage(_no_such_option(failure))
    if kind == "MissingParameter":
        return BadUsage(_missing(failure))
    if kind == "BadParameter":
        return BadUsage(_bad_value(failure))
    if kind == "BadOptionUsage":
        return BadUsage(_value_or_none(failure))
    message = clean(failure.format_message())
    too_many = re.search(_TOO_MANY, message)
    if too_many:
        return BadUsage(_too_many(failure, too_many["words"]))
    return BadUsage(_("{message}. See: {command} --help").format(message=message.rstrip("."), command=_path(failure)))


def unknown_command(name: str, known: Collection[str], path: str = "twincli") -> BadUsage:
    """Return the error for a command that the group at ``path`` has not, with the nearest ones that it has."""
    if not known:
        message = _('"{words}" is more than {command} takes. See: {command} --help')
        return BadUsage(message.format(words=clean(name), command=path))
    message = _('No command called "{name}".').format(name=clean(name))
    close = _nearest(name.lower(), known)
    if close:
        message += " " + _("Did you mean {names}?").format(names=", ".join(f"{path} {match}" for match in close))
        return BadUsage(message)
    if path == "twincli" and fold(name):
        search = command_line("search", clean(name))
        hint = _("To look it up: {search}; all commands: {command}").format(search=search, command="twincli --help")
    else:
        hint = _("All commands: {command}").format(command=f"{path} --help")
    return BadUsage(f"{message} {hint}")


def _nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known words that are most like one."""
    # Here, because only a mistake needs it.
    from difflib import get_close_matches

    return get_close_matches(word, list(known), n=most)


def _path(failure: Any) -> str:
    return str(failure.ctx.command_path) if failure.ctx else "twincli"


def _options(failure: Any) -> dict[str, Any]:
    """Return the options of the command that failed, by each of their names."""
    parameters = failure.ctx.command.get_params(failure.ctx) if failure.ctx else ()
    options = [parameter for parameter in parameters if parameter.param_type_name == "option"]
    return {name: option for option in options for name in (*option.opts, *option.secondary_opts)}


def _no_such_option(failure: Any) -> str:
    message = _("No option called {name}.").format(name=clean(failure.option_name))
    close = _nearest(failure.option_name, _options(failure))
    if close:
        return message + " " + _("Did you mean {names}?").format(names=", ".join(close))
    return message + " " + _("All options: {command}").format(command=f"{_path(failure)} --help")


def _value_or_none(failure: Any) -> str:
    """Say of an option that stands without its value, or with one that it does not take."""
    option = _options(failure).get(failure.option_name)
    name = clean(failure.option_name)
    if option is None or option.is_flag:
        return _("{option} takes no value; remove what follows the equals sign.").format(option=name)
    message = _("{option} needs a value: {usage}").format(
        option=name, usage=f"{name} {option.make_metavar(failure.ctx)}"
    )
    choices = _choices(option)
    return message + ", " + _("one of: {choices}").format(choices=", ".join(choices)) if choices else message


def _missing(failure: Any) -> str:
    """Say which argument is missing, with the first example of the command's help."""
    name = failure.param.make_metavar(failure.ctx).strip("{}") if failure.param else ""
    help_ = failure.ctx.command.help if failure.ctx else None
    example = re.search(r"^ *(twincli .+?) *$", help_ or "", re.MULTILINE)
    if example:
        return _("{name} is missing, as in: {example}").format(name=name, example=example[1])
    return _("{name} is missing. See: {command} --help").format(name=name, command=_path(failure))


def _option_for(failure: Any, word: str) -> str | None:
    """Return the option of which a word that stands alone is a value."""
    options = _options(failure)
    if re.fullmatch("[12][0-9]{3}", word) and "--year" in options:
        return "--year"
    return next((name for name in options if name[:2] == "--" and word.lower() in _choices(options[name])), None)


def _too_many(failure: Any, words: str) -> str:
    if option := _option_for(failure, words):
        message = _('"{words}" is a value of {option}: {command} {option} {value}')
        return message.format(words=words, option=option, command=_path(failure), value=words.lower())
    if "--country" in _options(failure):
        message = _(
            '"{words}" belongs to no option; put names of several words between quotation marks, and say what it is, '
            "as in: {command} --country {name}, or --city {name}"
        )
        name = quoted(words)
    else:
        message, name = (
            _(
                '"{words}" is more than {command} takes; put names of several words between quotation marks. '
                "See: {command} --help"
            ),
            "",
        )
    return message.format(words=words, command=_path(failure), name=name)


def _choices(parameter: Any) -> list[str]:
    return [str(choice) for choice in getattr(getattr(parameter, "type", None), "choices", ())]


def _bad_value(failure: Any) -> str:
    name = max(failure.param.opts, key=len) if failure.param and failure.param.opts else ""
    message = clean(failure.message)
    refused = re.match(_REFUSED, message)
    value = refused["value"] if refused else ""
    wanted = _wanted_number(getattr(failure.param, "type", None))
    if refused and wanted:
        return _('{option} takes {wanted}, not "{value}".').format(option=name, wanted=wanted, value=value)
    choices = _choices(failure.param)
    if not choices:
        return _("{option}: {message}").format(option=name, message=message)
    return not_one_of(name, value, choices)


def not_one_of(option: str, value: str, choices: Sequence[str]) -> str:
    """Return what to say of a value that is none of an option's choices, with the nearest of them."""
    said = _('{option} cannot be "{value}".').format(option=option, value=clean(value))
    # Here, because only this mistake needs it.
    from twincli.wording import value_called

    called = value_called(value, choices)
    close = [called] if called else _nearest(value.lower(), choices, 1)
    if close:
        said += " " + _("Did you mean {names}?").format(names=close[0])
    return said + " " + _("It takes one of: {choices}").format(choices=", ".join(choices))


def _wanted_number(type_: Any) -> str:
    """Return which numbers a type takes, or nothing where it takes none."""
    kind = str(getattr(type_, "name", ""))
    if not kind.startswith(("int", "float")):
        return ""
    least, most = getattr(type_, "min", None), getattr(type_, "max", None)
    if kind.startswith("float"):
        return _("a number, {least} or more").format(least=f"{least:g}") if least is not None else _("a number")
    if most is not None:
        return _("a whole number from {least} to {most}").format(least=least, most=most)
    return _("a whole number, {least} or more").format(least=least) if least is not None else _("a whole number")
