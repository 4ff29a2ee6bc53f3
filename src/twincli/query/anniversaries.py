"""The jubilees of a year: which pairs reach a round number of years, and when."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import replace

from twincli.index.store import Index
from twincli.query import statements
from twincli.query.clauses import Clause
from twincli.query.pairs import Selection, count_without_each, name_columns
from twincli.vocabulary import Every, Status

# The option that stands for the condition on the number of years.
EVERY = "--every"


def reaching(selection: Selection, year: int, every: Sequence[Every]) -> Selection:
    """Return those of the pairs selected that reach, in this year, a multiple of any of these numbers of years."""
    multiples = " OR ".join([statements.IS_MULTIPLE] * len(every))
    values = [value for step in every for value in (year, int(step))]
    clause = Clause(EVERY, f"{statements.BEGAN_BEFORE} AND ({multiples})", (f"{year:04}", *values))
    return replace(selection, plain=(*selection.plain, clause))


def anniversary_docs(index: Index, selection: Selection, year: int, *, for_people: bool = False) -> Iterator[str]:
    """Yield the JSON documents of the jubilees: those of the pairs, with ``date`` and ``years`` before the rest.

    Those of a known day come first, by date, then those of a known month, then those of which the year alone is known.
    """
    conditions, parameters = selection.where
    names = name_columns(for_people=for_people)
    order = ", ".join([*(f"e.{name}" for name in names), "e.pair"])
    sql = statements.ANNIVERSARY_DOCS.format(conditions=conditions, order=order)
    for since, doc in index.connection.execute(sql, parameters):
        yield f'{{"date": "{falls_on(since, year)}", "years": {year - int(since[:4])}, {doc[1:]}'


def falls_on(since: str, year: int) -> str:
    """Return when in a year the day, month or year of a beginning comes round again, no more precise than that is.

    29 February comes round on the 28th where the year has no such day.
    """
    rest = since[4:]
    return f"{year:04}{'-02-28' if rest == '-02-29' and not calendar.isleap(year) else rest}"


def count_by_status(index: Index, selection: Selection) -> dict[Status, int]:
    """Return how many pairs of each status there would be if ``--status`` were dropped."""
    conditions, parameters = selection.without("--status").where
    rows = index.connection.execute(statements.STATUS_COUNTS.format(conditions=conditions), parameters)
    return {list(Status)[status]: count for status, count in sorted(rows)}


def count_without_others(index: Index, selection: Selection) -> list[tuple[str, int]]:
    """Return the other filters that would give anniversaries if they alone were dropped, with how many."""
    own = {EVERY, "--status"}
    return [(option, count) for option, count in count_without_each(index, selection) if option not in own]


def data_date(index: Index) -> str:
    """Return when the newest of the data files was last revised, as precise as it says."""
    return str(index.connection.execute(statements.NEWEST_DATE).fetchone()[0])
