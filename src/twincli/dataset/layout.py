"""The one canonical layout of a data file: sorted, one record a line, defaults left out.

A change of one record is a change of one line, so that a review can read it.
"""

from __future__ import annotations

import json
from typing import Any

from twincli.dataset.models import Dataset, Record


def canonical_text(dataset: Dataset) -> str:
    """Return a dataset as the text of its canonical file; a canonical file's own dataset gives it back unchanged."""
    parts = []
    for key in Dataset.model_fields:
        value = getattr(dataset, key)
        if isinstance(value, tuple):
            rows = ",\n".join(_line(record) for record in sorted(value, key=lambda record: record.id))
            parts.append(f"{json.dumps(key)}: [\n{rows}\n]" if rows else f"{json.dumps(key)}: []")
        elif value is not None:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _line(record: Record) -> str:
    values: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True)
    if "cities" in values:
        values["cities"] = sorted(values["cities"])
    return json.dumps(values, ensure_ascii=False)
