"""A source in one line, as all forms of notes and cards give it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from twincli.i18n import _
from twincli.vocabulary import SourceKind
from twincli.wording import label, long_date


def source_line(source: Mapping[str, Any]) -> str:
    """Return who published what and when: City of Rotterdam, "Title", 7 February 2011 (press, copy)."""
    traits = [label(SourceKind, source["kind"])]
    if source.get("mirror"):
        traits.append(_("copy on another site"))
    if source.get("blog"):
        traits.append(_("blog or forum"))
    when = f", {long_date(source['date'])}" if source.get("date") else ""
    return f"{source['publisher']}, “{source['title']}”{when} ({', '.join(traits)})"
