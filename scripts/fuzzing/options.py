"""Command lines that nobody would type: every command and option there is, with any values."""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import Any

from command_tree import command_tree
from fuzzing import values

# These would leave the machine or wait for it.
_LEFT_OUT = frozenset({"update"})
_PLACES = (
    "Jakarta", "jakarta", "Indonesia", "id", "NL", "Belanda", "Rotterdam", "Stalingrad", "Toledo, Spain",
    "Cambridge", "xx", "Ams", "Europe", "Asia", "quellstadt-de", "benefits", "water", "wat", "Rotterdm", "Bandng",
    "culture", "twin towns", "ı", "jakarta-id",
)  # fmt: skip
_NUMBERS = (
    "0", "1", "-1", "5", "1986", "9999", "10000", "99999999999999999999", "1e3", "nan", "inf", "-inf", "²", "٣",
    "1.5", "", " ", "9" * 5000, "0x1", "+1", "1_0", "1,000", "-0", "1990..2000", "2000..1990", "..", "...", "1990..",
    "..1e9", "1986-05..1986-04",
)  # fmt: skip
_FILES = (
    "mine.json",
    "nothing.json",
    ".",
    "..",
    "/",
    "/etc/passwd",
    "/proc/self/status",
    "/dev/null",
    "a/b/c",
    "x" * 300,
    "x" * 5000,
)


@lru_cache
def _commands() -> tuple[tuple[tuple[str, ...], Any], ...]:
    """Return the words of every command, and its parameters."""
    return tuple(
        (words, command.get_params(context))
        for words, command, context in command_tree()
        if not _LEFT_OUT.intersection(words)
    )


def any_command_line(random: Random) -> list[str]:
    """Return a command with some of its options and arguments, their values sound or not, in any order."""
    path, parameters = random.choice(_commands())
    words: list[list[str]] = []
    for parameter in parameters:
        is_option = parameter.param_type_name == "option"
        if random.random() < (0.15 if is_option else 0.8):
            for __ in range(random.choice((1, 1, 1, 2))):
                words.append(_given(parameter, random) if is_option else [_value(parameter, random)])
    if random.random() < 0.15:
        words.append([values.argument(random)])
    random.shuffle(words)
    line = [*path, *(part for given in words for part in given)]
    if random.random() < 0.1 and line:
        line[random.randrange(len(line))] = values.argument(random)
    return line


def _given(parameter: Any, random: Random) -> list[str]:
    name = random.choice((*parameter.opts, *parameter.secondary_opts))
    if parameter.is_flag and random.random() < 0.9:
        return [name]
    value = _value(parameter, random)
    choice = random.random()
    if choice < 0.1:
        return [name]
    if choice < 0.3 and name.startswith("--"):
        return [f"{name}={value}"]
    return [f"{name}{value}"] if choice < 0.35 and not name.startswith("--") else [name, value]


def _value(parameter: Any, random: Random) -> str:
    choices = [str(choice) for choice in getattr(parameter.type, "choices", ())]
    if parameter.name in {"path", "output"}:
        return _sealed(
            random.choice((values.argument(random), random.choice(("x.csv", "x.svg", "x", "-", "../x.json"))))
        )
    choice = random.random()
    if choices and choice < 0.6:
        return random.choice(choices)
    if choice < 0.5:
        return random.choice(_PLACES)
    if choice < 0.65:
        return random.choice(_NUMBERS)
    return random.choice(_FILES) if choice < 0.72 else values.argument(random)


def _sealed(path: str) -> str:
    """Return a path that stays where the runs take place: what a user names is written to, wherever that is."""
    return "." + path if path.startswith("/") else path


def any_completion(random: Random) -> tuple[list[str], dict[str, str]]:
    """Return what a shell hands over at a press of the tab key, and its variable."""
    shell = random.choice(("bash", "zsh", "fish", "bash", values.argument(random) or "x"))
    words = [
        random.choice((*_PLACES, *random.choice(_commands())[0], "--", "-", "--country", values.argument(random)))
        for __ in "123"
    ]
    if shell == "bash":
        line = "twincli " + " ".join(words)
        return [line, words[-1], random.choice(("9", "37", "63", "x"))], {"_TWINCLI_COMPLETE": shell}
    return ["twincli", *words], {"_TWINCLI_COMPLETE": shell}
