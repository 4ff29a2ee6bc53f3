"""What the tab key offers: names from the index, and silence rather than an error."""

from __future__ import annotations

import os

from twincli.text import clean, fold

_MOST = 60


def names_beginning(kind: str, incomplete: str) -> list[str]:
    """Return the names of one sort (country, region, city, place, note) that begin so, without case or diacritics."""
    from twincli.index.store import open_index
    from twincli.locations import data_files
    from twincli.query.notes import labels_beginning

    try:
        with open_index(data_files(None, os.environ), os.environ) as index:
            kinds = ("country", "city") if kind == "place" else (kind,)
            return [clean(label) for label in labels_beginning(index, kinds, fold(incomplete), _MOST)]
    except Exception:  # noqa: BLE001 - whatever is wrong, the shell's line must not be disturbed
        return []
