"""Damage to sound files: to a JSON value before it is written, to the cells of a table, and to any bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from fuzzing import values
from fuzzing.corpus import Table

# --- JSON -------------------------------------------------------------------------------------------------------------


class Raw:
    """What is written as it is: numbers out of range, a key twice, no JSON at all."""

    def __init__(self, text: str) -> None:
        self.text = text


def written(value: Any, random: Random, *, depth: int = 0) -> str:
    """Return a value as JSON, its letters escaped or not as chance has it."""
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, dict):
        members = (f"{_quoted(key, random)}: {written(each, random, depth=depth + 1)}" for key, each in value.items())
        return "{" + ", ".join(members) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(each, random, depth=depth + 1) for each in value) + "]"
    return _quoted(value, random) if isinstance(value, str) else json.dumps(value)


def _quoted(text: str, random: Random) -> str:
    return json.dumps(text, ensure_ascii=random.random() < 0.5)


def canonical(document: dict[str, Any], random: Random) -> str:
    """Return a data file in the canonical layout, one record a line, which is read line by line."""
    parts = []
    for key, value in document.items():
        if isinstance(value, list):
            lines = ",\n".join(written(record, random) for record in value)
            parts.append(f"{_quoted(key, random)}: [\n{lines}\n]" if value else f"{_quoted(key, random)}: []")
        else:
            parts.append(f"{_quoted(key, random)}: {written(value, random)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a value as the object or list that it stands in, and its key or number there."""
    if isinstance(value, dict):
        for key in value:
            yield value, key
            yield from places(value[key])
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield value, number
            yield from places(each)


def damage_value(document: Any, random: Random) -> None:
    """Do one thing to a value, somewhere in it."""
    found: dict[str, list[tuple[Any, Any]]] = {}
    for around, key in places(document):
        found.setdefault(key if isinstance(key, str) else "in a list", []).append((around, key))
    if found:
        # First what it is, then which of them, so that a key that stands there once is met as often as a common one.
        around, key = random.choice(found[random.choice(sorted(found))])
        random.choice(_JSON_DAMAGES)(around, key, random)


# Where any text may stand.
_FREE = frozenset({"name", "title", "publisher", "says", "admin", "licence", "attribution", "native", "former", "also"})
_FREE |= {f"{name}{side}" for name in ("city", "admin") for side in (1, 2)}
_BILINGUAL = frozenset({"names", "note"})


def dress_value(document: Any, random: Random) -> None:
    """Put strange texts that are allowed in some of the places where any text may stand."""
    found = [(around, key) for around, key in places(document) if key in _FREE and isinstance(around[key], str)]
    for outer, name in places(document):
        if name in _BILINGUAL and isinstance(outer[name], dict):
            found += [(outer[name], key) for key in ("en", "id") if key in outer[name]]
        if name in _FREE and isinstance(outer[name], list):
            found += [(outer[name], place) for place in range(len(outer[name]))]
    for around, key in random.sample(found, random.randint(1, len(found))) if found else ():
        around[key] = values.harmless(random)


def dress_table(table: Table, random: Random) -> None:
    """Put strange texts in some cells, but for the header."""
    for row in table.rows[1:]:
        for place in range(len(row)):
            if random.random() < 0.2:
                row[place] = values.harmless(random)


def _replace(around: Any, key: Any, random: Random) -> None:
    around[key] = _any_value(random)


def _replace_text(around: Any, key: Any, random: Random) -> None:
    before = around[key]
    new = values.text(random, surrogates=True)
    around[key] = f"{before}{new}" if isinstance(before, str) and random.random() < 0.5 else new


def _renumber(around: Any, key: Any, random: Random) -> None:
    around[key] = Raw(random.choice(values.NUMBERS))


def _remove(around: Any, key: Any, _: Random) -> None:
    del around[key]


def _rename(around: Any, key: Any, random: Random) -> None:
    if isinstance(around, dict):
        around[values.text(random, surrogates=True)] = around.pop(key)
    else:
        around.insert(key, around[key])


def _double(around: Any, key: Any, random: Random) -> None:
    if isinstance(around, list):
        around.insert(random.randint(0, len(around)), around[key])
        return
    other = written(random.choice((around[key], _any_value(random))), random)
    around[key] = Raw(f"{written(around[key], random)}, {_quoted(key, random)}: {other}")


def _nest(around: Any, key: Any, random: Random) -> None:
    depth = random.choice((2, 50, 190, 210, 480, 900, 990, 1100, 5000, 100_000))
    opening, closing = random.choice((("[", "]"), ('{"a": ', "}"), ('[{"cities": ', "}]")))
    text = written(around[key], random)
    around[key] = Raw(opening * depth + text + closing * random.choice((depth, depth, depth - 1)))


def _move(around: Any, key: Any, random: Random) -> None:
    # Within the same object or list: so no value comes to hold itself.
    other = random.choice(list(around) if isinstance(around, dict) else range(len(around)))
    around[key], around[other] = around[other], around[key]


def _any_value(random: Random) -> Any:
    kind = random.randrange(6)
    if kind == 0:
        return random.choice((None, True, False, [], {}, [[]], [{}], {"": ""}, {"a": None}, [None, None], ["a", "b"]))
    if kind == 1:
        return Raw(random.choice(values.NUMBERS))
    if kind == 2:
        return [values.text(random, surrogates=True) for __ in range(random.randint(1, 4))]
    if kind == 3:
        return {values.text(random): values.text(random, surrogates=True)}
    return values.text(random, surrogates=True)


_JSON_DAMAGES: tuple[Callable[[Any, Any, Random], None], ...] = (
    _replace, _replace_text, _replace_text, _replace_text, _renumber, _renumber, _remove, _rename, _double, _nest,
    _move,
)  # fmt: skip

# --- tables -----------------------------------------------------------------------------------------------------------


def damage_table(table: Table, random: Random) -> None:
    """Do one thing to a table."""
    rows = table.rows
    row = random.choice(rows)
    place = random.randrange(len(row)) if row else 0
    kind = random.randrange(10)
    if kind < 5 and row:
        row[place] = random.choice((random.choice(values.CELLS), values.text(random, surrogates=True)))
    elif kind == 5 and row:
        row[place] += values.text(random)
    elif kind == 6:
        rows.insert(random.randint(0, len(rows)), list(row))
    elif kind == 7:
        row.insert(place, values.text(random))
    elif kind == 8 and row:
        del row[place]
    else:
        # A column twice, or one less, or two changed for each other.
        other = random.randrange(len(rows[0]) or 1)
        for each in rows:
            if place < len(each) and other < len(each):
                each[place], each[other] = each[other], each[place]


# --- bytes ------------------------------------------------------------------------------------------------------------


def damage_bytes(content: bytes, random: Random) -> bytes:
    """Do one thing to a file, whatever is in it."""
    return random.choice(_BYTE_DAMAGES)(content, random)


def _cut(content: bytes, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(content))
    return start, min(len(content), start + random.choice((1, 2, 7, 50, 400, 10_000)))


def _truncate(content: bytes, random: Random) -> bytes:
    return content[: random.randint(0, len(content))]


def _behead(content: bytes, random: Random) -> bytes:
    return content[random.randint(0, len(content)) :]


def _delete(content: bytes, random: Random) -> bytes:
    start, end = _cut(content, random)
    return content[:start] + content[end:]


def _repeat(content: bytes, random: Random) -> bytes:
    start, end = _cut(content, random)
    return content[:end] + content[start:end] * random.choice((1, 2, 100)) + content[end:]


def _flip(content: bytes, random: Random) -> bytes:
    changed = bytearray(content or b"\x00")
    for __ in range(random.choice((1, 1, 3, 30))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _insert(content: bytes, random: Random) -> bytes:
    at = random.randint(0, len(content))
    return content[:at] + random.choice(values.BYTES) * random.choice((1, 1, 5, 2000)) + content[at:]


def _head(content: bytes, random: Random) -> bytes:
    return random.choice(values.HEADS) + content


def _reencode(content: bytes, random: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    encoding = random.choice(
        ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-7", "shift_jis", "utf-8-sig")
    )
    return text.encode(encoding, "replace")


def _reline(content: bytes, random: Random) -> bytes:
    return content.replace(
        b"\n", random.choice((b"\r", b"\r\n", b"\n\r", b"", b"\x0b", b"\x85", b"\xe2\x80\xa8", b"\n\n"))
    )


def _random(content: bytes, random: Random) -> bytes:
    return content[:1] * random.randint(0, 1) + random.randbytes(random.choice((0, 1, 3, 40, 5000, 70_000)))


_BYTE_DAMAGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _truncate, _behead, _delete, _repeat, _flip, _flip, _insert, _insert, _head, _reencode, _reline, _random,
)  # fmt: skip
