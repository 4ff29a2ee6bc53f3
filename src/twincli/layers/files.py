"""Importing a file: what is read from it, what it says of itself, and the layer that it becomes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from twincli.dataset.problems import Refusal
from twincli.errors import BadUsage, NotFound
from twincli.i18n import _
from twincli.layers.assembly import LayerHeader
from twincli.layers.countries import CountryNames
from twincli.layers.diff import Difference, differences
from twincli.layers.importing import Import, assembled, bring_in, nothing_taken
from twincli.layers.known import bundled
from twincli.layers.readers.detect import Reading, read
from twincli.layers.readers.input import Input, Watch, open_input
from twincli.layers.rows import RawSource
from twincli.layers.store import check_name, installed, name_from
from twincli.layers.values import MAX_LINE, partial_date, tidy
from twincli.text import clean

Remark = Callable[[str], None]
"""Tells the reader something."""


@dataclass(frozen=True)
class ImportedFile:
    """A file to be imported."""

    file: str
    """Its path, ``-`` for stdin."""
    stdin: IO[str]
    columns: str | None
    """What its columns hold, where it does not say so itself."""

    @property
    def date(self) -> str:
        """The day on which it was last changed; of stdin, today."""
        moment = datetime.now(UTC)
        # What a file system keeps need not be a time that the calendar has.
        with suppress(OSError, ValueError, OverflowError):
            if self.file != "-":
                moment = datetime.fromtimestamp(os.stat(self.file).st_mtime, UTC)
        return moment.date().isoformat()

    @property
    def address(self) -> str:
        """Its address, for want of one where it was published."""
        if self.file == "-":
            return "file:///dev/stdin"
        path = Path(self.file).resolve()
        # Deep in folders with long names it would be longer than a line of a data file may be.
        return path.as_uri() if len(path.as_uri()) <= MAX_LINE else Path(path.anchor, path.name).as_uri()


def import_file(
    source: ImportedFile,
    name: str | None,
    environ: Mapping[str, str],
    *,
    dry_run: bool,
    watch: Watch,
    remark: Remark,
) -> Import:
    """Install a file as a layer, by its own name where none is given. Raises BadUsage or BadData; see ``bring_in``."""
    chosen = layer_name(source.file, name)
    with opened(source, watch) as (file, reading):
        for line in file.remarks:
            remark(line)
        layer = bring_in(
            reading.rows,
            header_of(chosen, source, file, reading.facts),
            environ,
            file=file.shown,
            dry_run=dry_run,
            tell=lambda what: watch.advance(0, what),
        )
    for line in layer.doubts.told():
        remark(line)
    return layer


@dataclass(frozen=True)
class Comparison:
    """A file beside the bundled data."""

    file: str
    """What it is called in messages."""
    path: str
    """What to type to import it: its path as typed, ``-`` for stdin, that of its file for a layer."""
    read: int
    rejected: int
    """How many of the rows read cannot be taken."""
    differences: Iterator[Difference]


@contextmanager
def compared(
    source: ImportedFile, countries: Sequence[str], environ: Mapping[str, str], *, watch: Watch, remark: Remark
) -> Iterator[Comparison]:
    """Give what a file has that the bundled data lacks, and where they disagree; nothing is installed.

    ``countries`` are names or codes of those that matter; none for all. Raises NotFound, BadUsage or BadData.
    """
    bundle = known, gazetteer = bundled()
    codes = _codes(countries, CountryNames(gazetteer))
    layer = None if os.path.exists(source.file) else dict(installed(environ)).get(source.file)
    if layer is not None:
        source = replace(source, file=str(layer))
    with opened(source, watch) as (file, reading):
        for line in file.remarks:
            remark(line)
        header = header_of("file", source, file, reading.facts)
        with assembled(reading.rows, header, environ, bundle, without=None) as assembly:
            if not assembly.pairs:
                raise nothing_taken(assembly, file.shown)
            found = differences(assembly, known, codes, is_layer=layer is not None)
            yield Comparison(file.shown, source.file, assembly.read, assembly.rejected, found)


def _codes(names: Sequence[str], countries: CountryNames) -> frozenset[str] | None:
    """Return the codes of countries called so, None where none is asked for. Raises NotFound."""
    codes: list[str] = []
    for name in names:
        meant = countries.meant(name)
        if not meant.codes:
            close = countries.nearest(name)
            message = _('No country called "{name}".').format(name=clean(name))
            raise NotFound(message + (" " + _("Did you mean {names}?").format(names=close) if close else ""))
        codes += meant.codes
    return frozenset(codes) or None


def layer_name(file: str, name: str | None) -> str:
    """Return the name of the layer that a file becomes. Raises BadUsage."""
    if name is not None:
        return check_name(name)
    if file == "-":
        raise BadUsage(_("What comes through a pipe has no name; give it one with --name."))
    made = name_from(Path(file).name.split(".")[0])
    if made is None:
        raise BadUsage(_("No name for the layer can be made from that of the file; give it one with --name."))
    return made


@contextmanager
def opened(source: ImportedFile, watch: Watch) -> Iterator[tuple[Input, Reading]]:
    """Give a file that is open and understood. Raises BadUsage or BadData where it cannot be."""
    with open_input(source.file, source.stdin, watch) as file:
        yield file, read(file, source.columns)


def header_of(name: str, source: ImportedFile, file: Input, facts: Mapping[str, str]) -> LayerHeader:
    """Return what the layer says of itself: what its file says, else what is known of the file."""
    told = {key: _line(text) for key, text in facts.items()}
    shown = _line(file.name) or name
    return LayerHeader(
        name=name,
        title=told.get("title") or shown,
        date=_date(told.get("date")) or source.date,
        licence=told.get("licence") or "not stated in the file",
        attribution=told.get("attribution"),
        source=RawSource(source.address, shown, "Imported file"),
    )


def _line(text: str) -> str | None:
    """Return a text as it may stand in a data file, None where it may not."""
    try:
        return tidy(text)[:MAX_LINE].strip() or None
    except Refusal:
        return None


def _date(text: str | None) -> str | None:
    try:
        return partial_date(text, "date") if text else None
    except Refusal:
        return None
