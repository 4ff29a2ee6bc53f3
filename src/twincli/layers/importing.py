"""Bringing rows in as a layer: all of it or nothing, with an account of what became of every row."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from twincli.dataset.models import City
from twincli.errors import BadData
from twincli.i18n import _, ngettext
from twincli.layers.assemble import assemble
from twincli.layers.assembly import Assembly, LayerHeader
from twincli.layers.doubts import Doubts
from twincli.layers.joining import Rejections
from twincli.layers.known import Bundle, bundled, cities_elsewhere
from twincli.layers.proof import first_problem
from twincli.layers.rows import RawPair, Rejected
from twincli.layers.store import install, layer_path, report_path

Tell = Callable[[str], None]
"""Is told, for whoever waits, what is being done now."""


@dataclass(frozen=True)
class Import:
    """What became of a file's rows: each was rejected, merged into a pair that was there, or made a new one."""

    name: str
    file: str
    path: Path
    report: Path | None
    """The file that lists the rejected rows; None where there are none, or nothing was written."""
    read: int
    repeated: int
    """Rows that name a pair which an earlier row of the file names."""
    known: int
    """Rows whose pair the bundled data has."""
    kept: int
    """Rows whose pair the layer had before."""
    added: int
    removed: int
    """Pairs that the layer had before and the file has not."""
    rejected: int
    pairs: int
    """How many pairs the layer has now."""
    is_changed: bool
    dry_run: bool
    rejections: list[Rejections]
    doubts: Doubts

    @property
    def merged(self) -> int:
        """Rows that joined a pair that was there already."""
        return self.repeated + self.known + self.kept


def bring_in(
    rows: Iterable[RawPair | Rejected],
    header: LayerHeader,
    environ: Mapping[str, str],
    *,
    file: str,
    dry_run: bool,
    tell: Tell,
    bundle: Bundle | None = None,
) -> Import:
    """Install the layer that the rows make, or with ``dry_run`` only tell what it would be.

    ``file`` is how the origin of the rows is called in messages. Raises BadData where no row can be taken, or the
    layer cannot be written; then nothing has changed. ``bundle`` is what ``bundled()`` gives, for whoever has it.
    """
    path = layer_path(header.name, environ)
    bundle = known, gazetteer = bundle or bundled()
    countries = {country.code for country in gazetteer.countries}
    with assembled(rows, header, environ, bundle, without=header.name) as assembly:
        if not assembly.pairs:
            raise nothing_taken(assembly, file)
        tell(_("Comparing"))
        kept, removed = _compared(assembly, path)
        tell(_("Writing"))

        def check(written: Path) -> None:
            if problem := first_problem(written, known, countries, assembly.city):
                message = _("No command could read what {file} makes, so nothing has changed: {problem}.")
                raise BadData(message.format(file=file, problem=problem))

        report = assembly.write_report if assembly.rejected else None
        is_changed = not dry_run and install(header.name, assembly.write, environ, write_report=report, check=check)
        return Import(
            name=header.name,
            file=file,
            path=path,
            report=report_path(path) if report and not dry_run else None,
            read=assembly.read,
            repeated=assembly.repeated,
            known=assembly.known,
            kept=kept,
            added=assembly.pairs - assembly.known - kept,
            removed=removed,
            rejected=assembly.rejected,
            pairs=assembly.pairs,
            is_changed=is_changed,
            dry_run=dry_run,
            rejections=assembly.rejections,
            doubts=assembly.doubts,
        )


@contextmanager
def assembled(
    rows: Iterable[RawPair | Rejected],
    header: LayerHeader,
    environ: Mapping[str, str],
    bundle: Bundle,
    *,
    without: str | None,
) -> Iterator[Assembly]:
    """Give the layer that the rows make, and end its temporary database afterwards.

    Cities of which they do not say where they lie are looked up in the layers installed, but for the one ``without``.
    """
    known, gazetteer = bundle

    def elsewhere(is_wanted: Callable[[str], bool]) -> Iterator[City]:
        return cities_elsewhere(is_wanted, environ, without=without)

    try:
        with assemble(rows, header, gazetteer, known, elsewhere) as assembly:
            yield assembly
    except sqlite3.OperationalError as error:
        # Most likely a full disk: the folder for temporary files holds the cities and pairs of a large file.
        message = _("There is no room for the working file of an import ({reason}); TMPDIR can name another folder.")
        raise BadData(message.format(reason=error)) from None


def _compared(assembly: Assembly, path: Path) -> tuple[int, int]:
    """Return how many new pairs an earlier state of the layer had, and how many it had that are gone."""
    if not path.is_file():
        return 0, 0
    try:
        return assembly.compare(path)
    except BadData:
        return 0, 0  # a damaged layer is replaced like any other


def nothing_taken(assembly: Assembly, file: str) -> BadData:
    """Return the error for a file of which no row could be taken."""
    message = ngettext(
        "The only row of {file} cannot be taken; nothing has changed.",
        "None of the {count} rows of {file} can be taken; nothing has changed.",
        assembly.read,
    )
    if not assembly.read:
        message = _("{file} holds no pairs; nothing has changed.")
    details = [reason_line(rejections) for rejections in assembly.rejections[:5]]
    return BadData(message.format(file=file, count=assembly.read), details=details)


def reason_line(rejections: Rejections) -> str:
    """Return why rows were rejected, and which, as one line."""
    lines = ", ".join(str(line) for line in rejections.lines)
    if rejections.count > len(rejections.lines):
        lines += ", …"
    where = ngettext("line {lines}", "lines {lines}", len(rejections.lines)).format(lines=lines)
    if rejections.count == 1:
        return f"{rejections.example.said()} ({where})"
    return f"{rejections.count} × {rejections.example.said()} ({where})"
