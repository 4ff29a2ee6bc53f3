"""A JSON file value by value: the elements of its lists as they come, never the whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Any, NamedTuple, TextIO

from twincli.dataset.problems import Reason
from twincli.errors import BadData
from twincli.i18n import N_, _
from twincli.layers.readers.input import Input
from twincli.layers.rows import Rejected
from twincli.layers.values import shortened

_CHUNK = 1 << 18
# A record longer than this is none of ours; without a bound, a bracket too few would fill the memory.
_MAX_VALUE = 1 << 22
_SIGN = re.compile(r"[^ \t\n\r]")


class Value(NamedTuple):
    """A value of the file."""

    line: int
    key: str | None
    """The key of the outermost object that it stands under, None where the file is a list."""
    value: Any


def values(source: Input) -> Iterator[Value]:
    """Yield the elements of a file's list, or of the lists in its object, and what else the object holds.

    Query services put their list one object deeper, under "results". Raises BadData where the file is no JSON.
    """
    parser = _Parser(source)
    try:
        if parser.next_sign() == "[":
            yield from parser.elements(None)
        else:
            yield from parser.members(None)
        parser.expect_end()
    except RecursionError:
        raise BadData(_("{file} is nested too deeply.").format(file=source.shown)) from None


def lines(source: Input) -> Iterator[Value | Rejected]:
    """Yield the objects of a JSON Lines file, and the lines that are none."""
    text = source.text()
    number = 0
    while line := text.readline(_MAX_VALUE):
        number += 1
        if number % 1024 == 0:
            source.progress()
        if line.isspace():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            yield Value(number, None, value)
        else:
            yield Rejected(number, Reason(N_("a line that is no JSON object")), shortened(line.strip(), 300))


class _Parser:
    """Walks through the outer brackets of a file, and has Python's own decoder read what is between them."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._text: TextIO = source.text()
        self._decode = json.JSONDecoder().raw_decode
        self._buffer = ""
        self._at = 0
        self._line, self._counted = 1, 0
        """The line at a place in the buffer up to which lines have been counted."""
        self._is_whole = False
        """Whether the buffer reaches the end of the file."""

    def elements(self, key: str | None) -> Iterator[Value]:
        """Yield the elements of the list that begins here."""
        self._take("[")
        if self.next_sign() == "]":
            self._at += 1
            return
        while True:
            self.next_sign()
            yield Value(self.line, key, self._value())
            if self._take(",]") == "]":
                return

    def members(self, key: str | None) -> Iterator[Value]:
        """Yield what stands in the object that begins here: of lists each element, of all else the value."""
        self._take("{")
        if self.next_sign() == "}":
            self._at += 1
            return
        while True:
            self.next_sign()
            name = self._value()
            if not isinstance(name, str):
                raise self._no_json()
            self._take(":")
            sign = self.next_sign()
            if sign == "[":
                yield from self.elements(key or name)
            elif sign == "{" and name == "results":
                yield from self.members(name)
            else:
                yield Value(self.line, key or name, self._value())
            if self._take(",}") == "}":
                return

    @property
    def line(self) -> int:
        """The line that is read now."""
        self._line += self._buffer.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def next_sign(self) -> str:
        """Return the next character that is no space, without taking it; empty at the end of the file."""
        blanks = 0
        while blanks <= _MAX_VALUE:
            if found := _SIGN.search(self._buffer, self._at):
                self._at = found.start()
                return found[0]
            blanks += len(self._buffer) - self._at
            self._at = len(self._buffer)
            if not self._more():
                return ""
        message = _("{file} is not JSON on line {line}.")
        raise BadData(message.format(file=self._source.shown, line=self.line))

    def expect_end(self) -> None:
        """Raise BadData where something follows."""
        if self.next_sign():
            raise self._no_json()

    def _take(self, wanted: str) -> str:
        sign = self.next_sign()
        if not sign or sign not in wanted:
            raise self._no_json()
        self._at += 1
        return sign

    def _value(self) -> Any:
        """Return the value that begins here."""
        while True:
            try:
                value, end = self._decode(self._buffer, self._at)
            except JSONDecodeError as error:
                if len(self._buffer) - self._at > _MAX_VALUE or not self._more():
                    is_cut = error.pos >= len(self._buffer.rstrip()) or error.msg.startswith("Unterminated")
                    raise self._no_json(is_cut=is_cut) from None
                continue
            except ValueError:  # a number of thousands of digits
                raise self._no_json() from None
            # A number that ends with the buffer may go on.
            if end == len(self._buffer) and self._more():
                continue
            self._at = end
            return value

    def _more(self) -> bool:
        """Read on; tell whether there was anything."""
        if self._is_whole:
            return False
        self._line, self._counted = self.line, 0
        rest = self._buffer[self._at :]
        # As much again as there is, so that a long value is not tried many times over.
        chunk = self._text.read(max(_CHUNK, len(rest)))
        self._source.progress()
        self._is_whole = not chunk
        self._buffer, self._at = rest + chunk, 0
        return bool(chunk)

    def _no_json(self, *, is_cut: bool = False) -> BadData:
        if is_cut or not self.next_sign():
            message = _("{file} ends in the middle of its JSON, on line {line}.")
        else:
            message = _("{file} is not JSON on line {line}.")
        return BadData(message.format(file=self._source.shown, line=self.line))
