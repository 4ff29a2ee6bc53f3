"""The one canonical layout of a data file: sorted, one record a line, defaults left out.

A change of one record is a change of one line, so that a review can read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from twincli.dataset.json_text import as_json
from twincli.dataset.models import Dataset, Record


def canonical_text(dataset: Dataset) -> str:
    """Return a dataset as the text of its canonical file; a canonical file's own dataset gives it back unchanged."""
    values = {key: getattr(dataset, key) for key in Dataset.model_fields}
    return "".join(
        canonical_pieces(
            {key: value for key, value in values.items() if not isinstance(value, tuple)},
            {
                key: (canonical_line(record) for record in sorted(value, key=lambda record: record.id))
                for key, value in values.items()
                if isinstance(value, tuple)
            },
        )
    )


def canonical_pieces(header: Mapping[str, Any], sections: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield the text of a canonical file in pieces, from its header and the lines of each section, sorted by id."""
    opening = "{\n"
    for key, value in header.items():
        if value is not None:
            yield f"{opening}{as_json(key)}: {as_json(value)}"
            opening = ",\n"
    for key, lines in sections.items():
        yield f"{opening}{as_json(key)}: ["
        end = "]"
        for line in lines:
            yield "\n" if end == "]" else ",\n"
            yield line
            end = "\n]"
        yield end
        opening = ",\n"
    yield "\n}\n"


def canonical_line(record: Record) -> str:
    """Return one record as its line."""
    return as_json(record_values(record))


def record_values(record: Record) -> dict[str, Any]:
    """Return one record as it stands in a file."""
    values: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True)
    if "cities" in values:
        values["cities"] = sorted(values["cities"])
    return values
