"""The views of ``twincli data`` that tell of layers: an import, a removal, a comparison with the bundled data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from twincli.command_lines import command_line
from twincli.i18n import N_, _, ngettext
from twincli.render.columns import Column
from twincli.render.report import Fact, Report
from twincli.render.views import ListOfRecords
from twincli.text import clean
from twincli.wording import number, pair_count

if TYPE_CHECKING:
    from twincli.layers.diff import Difference
    from twincli.layers.files import Comparison
    from twincli.layers.importing import Import
    from twincli.layers.joining import Rejections
    from twincli.layers.wikidata.update import Update

# How many reasons for rejecting rows are shown; the report has every row.
_REASONS_SHOWN = 10


def import_report(layer: Import) -> Report:
    """Return the account of an import."""
    values = {
        "name": layer.name,
        "file": clean(layer.file),
        "read": layer.read,
        "added": layer.added,
        "merged": layer.merged,
        "rejected": layer.rejected,
        "known": layer.known,
        "kept": layer.kept,
        "repeated": layer.repeated,
        "removed": layer.removed,
        "pairs": layer.pairs,
        "changed": layer.is_changed,
        "dry_run": layer.dry_run,
        "path": clean(str(layer.path)),
        "report": clean(str(layer.report)) if layer.report else None,
        "reasons": [
            {"reason": clean(each.example), "count": each.count, "lines": each.lines} for each in layer.rejections
        ],
    }
    return Report(values, list(account(layer)))


def ways_on(layer: Import) -> Iterator[str]:
    """Yield what can be done with a layer that was made or changed."""
    if layer.is_changed:
        if layer.pairs > layer.known:  # what the bundled data has too is of its origin
            yield _("See it: {command}").format(command=command_line("list", "--origin", layer.name))
        yield _("Take it away: {command}").format(command=command_line("data", "remove", layer.name))


def update_report(update: Update) -> Report:
    """Return the account of an update from Wikidata."""
    asked = {
        "endpoint": clean(update.endpoint),
        "statements": update.statements,
        "pieces": update.pieces,
        "reused": update.reused,
    }
    given = ngettext(
        "{statements} statements in {count} piece", "{statements} statements in {count} pieces", update.pieces
    )
    facts = [
        Fact(_("Asked"), update.endpoint),
        Fact(_("Given"), given.format(statements=number(update.statements), count=number(update.pieces))),
        *account(update.layer, has_lines=False),
    ]
    return Report({**import_report(update.layer).values, **asked}, facts)


def account(layer: Import, *, has_lines: bool = True) -> Iterator[Fact]:
    """Yield what people are told of what became of the rows, and where rejected ones stand if they are in a file."""
    rows = ngettext("{count} row of {file}", "{count} rows of {file}", layer.read)
    yield Fact(_("Read"), rows.format(count=number(layer.read), file=layer.file))
    yield Fact(_("Added"), pair_count(layer.added))
    if layer.merged:
        parts = (
            (layer.known, _("{count} in the bundled data")),
            (layer.kept, _("{count} in the layer before")),
            (layer.repeated, _("{count} named more than once")),
        )
        reason = ", ".join(message.format(count=number(count)) for count, message in parts if count)
        yield Fact(_("Merged"), _rows(layer.merged), reason)
    if layer.removed:
        yield Fact(_("Removed"), pair_count(layer.removed), _("in the layer before, and not in the file"))
    yield Fact(_("Rejected"), _rows(layer.rejected))
    for rejections in layer.rejections[:_REASONS_SHOWN]:
        yield Fact("", _reason(rejections), _lines(rejections) if has_lines else "")
    if len(layer.rejections) > _REASONS_SHOWN:
        others = len(layer.rejections) - _REASONS_SHOWN
        yield Fact("", ngettext("and {count} other reason", "and {count} other reasons", others).format(count=others))
    if layer.report:
        yield Fact(_("Report"), str(layer.report), _("each rejected row with its line and the reason"))
    if not layer.dry_run:
        state = "" if layer.is_changed else _("as it was before")
        yield Fact(_("Layer"), f"{layer.name}, {pair_count(layer.pairs)}", state)
        yield Fact(_("File"), str(layer.path))
    else:
        yield Fact(_("Changed"), _("nothing: this was a dry run"))


def _rows(count: int) -> str:
    return ngettext("{count} row", "{count} rows", count).format(count=number(count))


def _reason(rejections: Rejections) -> str:
    said = rejections.example.said()
    if rejections.is_mixed:
        said = _("{reason}, or the like").format(reason=said)
    return said if rejections.count == 1 else f"{number(rejections.count)} × {said}"


def _lines(rejections: Rejections) -> str:
    """Return where rejected rows stand, the first few where they are many."""
    listed = ", ".join(str(line) for line in rejections.lines)
    if rejections.count > len(rejections.lines) > 1:
        listed += ", …"
    return ngettext("line {lines}", "lines {lines}", len(rejections.lines)).format(lines=listed)


def removal_report(name: str, path: Path) -> Report:
    """Return what is told of a layer that has been taken away."""
    values = {"name": name, "path": clean(str(path))}
    return Report(values, [Fact(_("Removed"), name), Fact(_("File"), str(path))])


@dataclass(frozen=True, eq=False, repr=False)
class DifferenceList(ListOfRecords):
    """What a file has that the bundled data lacks, and where they disagree."""

    drawing: ClassVar[str] = "draw_differences:draw_differences"

    comparison: Comparison

    def records(self) -> Iterator[str]:
        for difference in self.comparison.differences:
            yield json.dumps(_values(difference), ensure_ascii=False)

    def columns(self) -> Sequence[Column]:
        return [
            Column("what", lambda record: record["what"], N_("What")),
            Column("pair", lambda record: record["pair"]),
            *_end_columns(0, N_("City")),
            *_end_columns(1, N_("Partner")),
            Column("bundled", lambda record: record["bundled"], N_("Bundled data")),
            Column("file", lambda record: record["file"], N_("File")),
            Column("line", lambda record: record["line"], N_("Line"), is_number=True),
            Column("sources", lambda record: " ".join(source["url"] for source in record["sources"])),
        ]


def _end_columns(place: int, heading: str) -> list[Column]:
    return [
        Column(f"city{place + 1}", lambda record: record["cities"][place]["name"], heading),
        Column(f"country{place + 1}", lambda record: record["cities"][place]["country"], N_("Country")),
    ]


def _values(difference: Difference) -> dict[str, Any]:
    lacking = None
    if difference.record is not None:
        lacking = {"pair": difference.record, "cities": difference.cities}
    return {
        "what": difference.aspect,
        "pair": difference.pair,
        "cities": [end._asdict() for end in difference.ends],
        "bundled": difference.bundled,
        "file": difference.file,
        "line": difference.line,
        "sources": difference.sources,
        "lacking": lacking,
    }
