"""From a file to a JSON value that may be a data file, in a memory and a time that its author does not decide."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from twincli.command_lines import command_line, file_argument
from twincli.dataset.models import SECTIONS, Dataset
from twincli.dataset.problems import MOST_PROBLEMS, Problem, Reason, Refusal
from twincli.errors import BadData, cannot_read
from twincli.i18n import N_, _

# A file that is read in one piece takes some twenty times its size in memory: this is twice the world's twinnings.
_MOST_MB = 16
# Beyond any file of ours: three bytes of it can become a thousand of memory, where each is found wrong for itself.
_MOST_BRACKETS, _MOST_KEYS, _MOST_ENTRIES = 1_200_000, 100, 1000


def read_bytes(path: Path) -> bytes:
    """Return a data file's content.

    Raises BadData where it cannot be read, or is too large to be read in one piece.
    """
    try:
        with path.open("rb") as file:
            return read_whole(file, path)
    except OSError as error:
        raise cannot_read(path, error) from None


def read_whole(file: IO[bytes], path: Path, *, is_stdin: bool = False) -> bytes:
    """Return what an open file holds. Raises BadData where that is too much, or has no end."""
    content = file.read((_MOST_MB << 20) + 1)
    if len(content) > _MOST_MB << 20:
        message = _(
            "{path} has more than the {most} MB that can be read in one piece; an import takes any size: {command}"
        )
        # What comes through a pipe has no name that a layer could have.
        arguments = ["-", "--name", "NAME"] if is_stdin else [file_argument(path)]
        command = command_line("data", "import", *arguments)
        raise BadData(message.format(path=path, most=_MOST_MB, command=command))
    return content


def parse(path: Path, content: bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return a file's JSON object, None where it cannot be a data file, and what is wrong with its form."""
    repeated: list[_Repeated] = []
    try:
        document = _decoded(content, repeated)
    except OtherShape as other:
        return None, [Problem(path.name, None, None, other.reason)]
    problems = []
    if content.startswith(BOM_UTF8):
        reason = Reason(N_("begins with a byte order mark; save it as UTF-8 without one"))
        problems.append(Problem(path.name, None, None, reason))
    return document, problems + _repeated_keys(path, document, repeated)


def refuse_other_shapes(content: bytes) -> None:
    """Raise OtherShape where a file's content cannot be that of a data file.

    To be asked before Pydantic is: for each of a million unknown keys that keeps a kilobyte of memory.
    """
    if not is_complete(_decoded(content, [])):
        raise OtherShape(N_("is not an object with cities, sources and pairs"))


def is_complete(document: dict[str, Any]) -> bool:
    """Tell whether an object has all keys of a data file and no others.

    Where it has not, Pydantic keeps a copy of the whole document with each key that is missing.
    """
    fields = Dataset.model_fields
    return document.keys() <= fields.keys() <= document.keys() | {"attribution"}


class OtherShape(Refusal):
    """The content is not that of a data file."""


_Repeated = tuple[dict[str, Any], list[str]]
"""An object, and the keys that it has twice."""


def _decoded(content: bytes, repeated: list[_Repeated]) -> dict[str, Any]:
    """Return the JSON object, and note each object in it that has a key twice. Raises OtherShape."""
    if content.count(b"{") + content.count(b"[") > _MOST_BRACKETS:
        raise OtherShape(N_("holds more than {most} objects and lists"), most=_MOST_BRACKETS)

    def build(items: list[tuple[str, Any]]) -> dict[str, Any]:
        _refuse_floods(items)
        built = dict(items)
        if len(built) < len(items) and len(repeated) <= MOST_PROBLEMS:
            counts = Counter(key for key, __ in items)
            repeated.append((built, [key for key, count in counts.items() if count > 1]))
        return built

    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=build)
    except UnicodeDecodeError as error:
        raise OtherShape(N_("is not UTF-8 text: byte {start} cannot be read"), start=error.start) from None
    except json.JSONDecodeError as error:
        message = N_("is not JSON: {msg} at line {line}, column {column}")
        raise OtherShape(message, msg=error.msg, line=error.lineno, column=error.colno) from None
    except ValueError:  # Python reads whole numbers of some thousand digits only
        raise OtherShape(N_("holds a number with too many digits")) from None
    except RecursionError:
        raise OtherShape(N_("is nested too deeply")) from None
    if not isinstance(document, dict):
        raise OtherShape(N_("is not an object with cities, sources and pairs"))
    return document


def _refuse_floods(items: list[tuple[str, Any]]) -> None:
    if len(items) > _MOST_KEYS:
        message = N_("holds an object of {count} keys; none has more than {most}")
        raise OtherShape(message, count=len(items), most=_MOST_KEYS)
    for key, value in items:
        if isinstance(value, list) and len(value) > _MOST_ENTRIES and key not in SECTIONS:
            message = N_("holds a list of {count} entries; only cities, sources and pairs may be longer than {most}")
            raise OtherShape(message, count=len(value), most=_MOST_ENTRIES)


def _repeated_keys(path: Path, document: dict[str, Any], repeated: list[_Repeated]) -> list[Problem]:
    """Return a problem for each key that stands twice in an object, with the record that the object belongs to."""
    problems: list[Problem] = []
    if not repeated:
        return problems
    wanted = {id(value) for value, __ in repeated}
    places = {id(value): steps for steps, value in _objects(document) if id(value) in wanted}
    for value, keys in repeated:
        # An object that a second one of its own key has replaced is no longer anywhere.
        steps = places.get(id(value), ())
        record = None
        if len(steps) > 1 and steps[0] in SECTIONS:
            section, place, *inner = steps
            record, steps = name_of(section, int(place), document[section][int(place)]), tuple(inner)
        problems += [
            Problem(path.name, record, ".".join((*steps, key)), Reason(N_("stands there twice"))) for key in keys
        ]
    return problems


def _objects(value: Any, steps: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield every object in a JSON value with the keys and places in lists that lead to it."""
    if isinstance(value, dict):
        yield steps, value
        for key, child in value.items():
            yield from _objects(child, (*steps, key))
    elif isinstance(value, list):
        for place, child in enumerate(value):
            yield from _objects(child, (*steps, str(place)))


def name_of(section: str, place: int, row: Any) -> str:
    """Return how a record is named in a problem: by its id, else by its place."""
    record = row.get("id") if isinstance(row, dict) else None
    return record if isinstance(record, str) else f"{section}[{place}]"
