"""The years of ``--since``: one date of any precision, or a range with either end open.

A date of less precision than a bound counts at its beginning, 1986 as the first of January, so that two ranges that
meet share nothing and leave nothing out.
"""

from __future__ import annotations

import re
from datetime import date

from twincli.errors import BadUsage
from twincli.i18n import _
from twincli.query import statements
from twincli.query.clauses import Clause
from twincli.text import clean

_DATE = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"


def since_clauses(text: str | None) -> list[Clause]:
    """Return the clauses of ``--since``, none without it. Raises BadUsage where it cannot be read."""
    if text is None:
        return []
    text = text.strip()
    match = re.fullmatch(rf"({_DATE})|({_DATE})?\.\.({_DATE})?", text)
    if not match or not any(match.groups()):
        message = _("--since cannot be read at the mark; write 1950, 1950..1960, 1950.. or ..1960.")
        raise BadUsage(message, details=_caret(text))
    for bound in match.groups():
        if bound and not _exists(bound):
            raise BadUsage(_("--since names a day that does not exist: {day}.").format(day=bound))
    start, end = match[1] or match[2], match[1] or match[3]
    if start and end and start > end + "~":
        message = _("--since runs backwards; write {end}..{start}.").format(end=end, start=start)
        raise BadUsage(message)
    if match[2]:
        start = re.sub(r"(?:-01)+$", "", start)  # what a date of less precision lacks
    clauses = []
    if start:
        clauses.append(Clause("--since", statements.SINCE_FROM, (start,)))
    if end:
        clauses.append(Clause("--since", statements.SINCE_TO, (end + "~",)))  # sorts after every date within it
    return clauses


def _exists(partial: str) -> bool:
    try:
        date.fromisoformat((partial + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _caret(text: str) -> list[str]:
    """Return the text and below it a mark where it stops being a range of dates."""
    shown = clean(text)
    readable = re.match(rf"(?:{_DATE})?(?:\.\.(?:{_DATE})?)?", shown)
    return [shown, " " * (readable.end() if readable else 0) + "^"]
