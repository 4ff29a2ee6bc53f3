"""What the tab key offers: the line is read as the parser would read it, and what may stand at its end is looked up.

The scripts in ``shells/`` call the program with the variable ``_TWINCLI_COMPLETE`` and the words of the line; see
``commands/spelling.py`` for how each shell wants its answer. Nothing is ever said on stderr, and whatever is wrong, the
answer is empty: the shell's line must not be disturbed.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twincli.commands.help import HelpfulGroup
from twincli.commands.offers import Offers
from twincli.commands.spelling import Word, reply
from twincli.locations import data_files
from twincli.query.beginnings import Beginning, beginnings
from twincli.session import Session
from twincli.text import clean

# Which our groups do not ask.
_NO_CONTEXT: Any = None


def complete(root: Any, shell: str, arguments: Sequence[str], session: Session) -> None:
    """Answer a shell's script with what may stand at the cursor."""
    try:
        word = Word.read(shell, arguments)
        reading = Reading(root)
        for earlier in word.before:
            reading.read(earlier)
        spot = reading.at(word.typed)
        found = [offer for offer in spot.offers(session) if offer.label == clean(offer.label)]
        stdout = session.terminal.stdout
        stdout.write(reply(word, spot.prefix, found, stdout.encoding or "utf-8", files=spot.takes_files))
    except Exception:  # noqa: BLE001 - the promise above
        return


@dataclass(eq=False, repr=False)
class Spot:
    """Where the cursor stands: before a value of some parameter, or where one of these words may stand."""

    typed: str
    """As far as it has come."""
    words: Sequence[Beginning] = ()
    mark: Offers | None = None
    prefix: str = ""
    """What stands before the value in the same word, such as ``--city=``."""
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def takes_files(self) -> bool:
        """Whether the name of a file may stand here."""
        return self.mark is not None and self.mark.files

    def offers(self, session: Session) -> Iterator[Beginning]:
        """Yield what begins as typed."""
        if self.mark is None or not self.mark.sorts:
            words = self.words or [Beginning(word, "") for word in (self.mark.words if self.mark else ())]
            yield from (word for word in words if word.label.casefold().startswith(self.typed.casefold()))
            return
        data = "".join(self.given.get("data", ())) or None
        # What the user has of data can be as large as it likes: it is never read because a key was pressed.
        files = data_files(data, session.terminal.environ)
        is_bundled = not files.reason and not files.layers
        index = session.open_index(data) if is_bundled else session.open_built_index(data)
        if index is not None:
            with index:
                seen: set[str] = set()
                for sort in self.mark.sorts:
                    for offer in beginnings(index, sort, self.typed, self.given):
                        if offer.label not in seen:
                            yield offer
                        seen.add(offer.label)


class Reading:
    """A reading of the words of a line, one after the other."""

    def __init__(self, root: Any) -> None:
        self._command = root
        self._given: dict[str, list[str]] = {}
        self._waiting: Any = None
        """The option whose value comes next."""
        self._only_arguments = False
        self._arguments = 0
        self._is_about_help = False

    def read(self, word: str) -> None:
        """Read the next word."""
        if self._waiting is not None:
            self._give(self._waiting, word)
        elif self._only_arguments or not word.startswith("-") or word == "-":
            self._read_argument(word)
        elif word == "--":
            self._only_arguments = True
        else:
            option, value, __ = self._option_in(word)
            if option is not None:
                self._give(option, value)

    def at(self, typed: str) -> Spot:
        """Return where the cursor stands, before a last word typed so far."""
        if self._waiting is not None:
            return self._spot(self._waiting, typed)
        if typed.startswith("-") and not self._only_arguments and not self._is_about_help:
            option, value, prefix = self._option_in(typed)
            if value is not None:
                return self._spot(option, value, prefix) if option is not None else Spot(value)
            return Spot(typed, list(self._options(typed)))
        if isinstance(self._command, HelpfulGroup):
            return Spot(typed, [Beginning(*line) for line in self._command.described_commands()])
        argument = self._argument()
        if argument is not None and not self._is_about_help:
            return self._spot(argument, typed)
        # Nothing but options can follow.
        return Spot(typed, [] if typed or self._only_arguments or self._is_about_help else list(self._options("--")))

    def _give(self, parameter: Any, value: str | None) -> None:
        self._waiting = parameter if value is None and _takes_value(parameter) else None
        self._given.setdefault(parameter.name, []).extend([] if value is None else [value])

    def _read_argument(self, word: str) -> None:
        if not isinstance(self._command, HelpfulGroup):
            argument = self._argument()
            if argument is not None:
                self._give(argument, word)
            self._arguments += 1
        elif word == "help" and "help" in self._command.list_commands(_NO_CONTEXT):
            self._is_about_help = True
        elif (command := self._command.get_command(_NO_CONTEXT, word)) is not None:
            self._command, self._given = command, {}

    def _argument(self) -> Any:
        """Return the argument that the next word that is no option stands for."""
        arguments = [parameter for parameter in self._command.params if parameter.param_type_name == "argument"]
        for place, argument in enumerate(arguments):
            if place == self._arguments or argument.nargs == -1:
                return argument
        return None

    def _option_in(self, word: str) -> tuple[Any, str | None, str]:
        """Return the option that a word names, the value in the same word, and what stands before that."""
        known = {name: option for option in self._command.params for name in (*option.opts, *option.secondary_opts)}
        if word.startswith("--"):
            name, sign, value = word.partition("=")
            return known.get(name), value if sign else None, name + sign
        for place, letter in enumerate(word[1:], 2):
            option = known.get(f"-{letter}")
            if option is not None and (_takes_value(option) or len(word) == 2):
                return option, word[place:] or None, word[:place]
        return None, None, ""

    def _options(self, typed: str) -> Iterator[Beginning]:
        """Yield the options that may still be given; short ones only where they are typed out."""
        for option in self._command.params:
            if option.param_type_name == "option" and (option.multiple or option.name not in self._given):
                for name in (*option.opts, *option.secondary_opts):
                    if name == typed or (name.startswith("--") and name.startswith(typed)):
                        yield Beginning(name, option.help or "")
        if "--help".startswith(typed):
            yield Beginning("--help", "")

    def _spot(self, parameter: Any, typed: str, prefix: str = "") -> Spot:
        choices = [Beginning(str(choice), "") for choice in getattr(parameter.type, "choices", ())]
        mark = None if choices else mark_of(self._command, parameter)
        return Spot(typed, choices, mark, prefix, self._given)


def mark_of(command: Any, parameter: Any) -> Offers | None:
    """Return what a command's signature says that a parameter is offered."""
    declared = inspect.signature(command.callback).parameters.get(parameter.name)
    marks = getattr(declared.annotation, "__metadata__", ()) if declared else ()
    return next((mark for mark in marks if isinstance(mark, Offers)), None)


def _takes_value(parameter: Any) -> bool:
    return parameter.param_type_name == "option" and not (parameter.is_flag or parameter.count)
