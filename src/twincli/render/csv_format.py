"""CSV and TSV: stable columns with a header, the same in every language.

Cells are quoted as RFC 4180 has it, only where they need to be, in TSV too, which is what spreadsheets write and read;
lines end as on Unix, so that grep, cut and head see no carriage returns.

A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers, southern latitudes among them,
stay numbers.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from twincli.output import Output
from twincli.render.columns import Value
from twincli.render.views import View
from twincli.sheets import protected


def render(view: View, output: Output) -> None:
    """Write a header and one row a record."""
    output.write(_rows(view, dialect="excel-tab" if output.format == "tsv" else "excel"))


def _rows(view: View, *, dialect: str) -> Iterator[str]:
    columns = view.columns()
    buffer = io.StringIO()
    writer = csv.writer(buffer, dialect=dialect, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for doc in view.records():
        record = json.loads(doc)
        writer.writerow([_cell(column.value(record)) for column in columns])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return protected(value)
    return value
