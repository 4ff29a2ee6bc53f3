"""From the cells of one row to a pair."""

from __future__ import annotations

from collections.abc import Sequence

from twincli.dataset.problems import Refusal
from twincli.i18n import N_
from twincli.layers.readers.columns import Layout, Side
from twincli.layers.rows import RawCity, RawPair, Rejected
from twincli.layers.values import addresses, degrees, geonames_id, is_no_name, is_nothing, point, shortened
from twincli.sheets import unprotected

_SHOWN = 300
# Most often a comma in a cell that is not in quotes.
_MISFIT = N_("{cells} cells under {columns} headings")


def pair_of(line: int, cells: Sequence[str], layout: Layout) -> RawPair | Rejected:
    """Return the pair that a row states, or why it states none."""
    if len(cells) != layout.width:
        # A table program may leave out empty cells at the end, or add some.
        missing, spare = layout.width - len(cells), cells[layout.width :]
        if len(cells) <= layout.least or any(cell.strip() for cell in spare):
            return _rejected(line, Refusal(_MISFIT, cells=len(cells), columns=layout.width), cells)
        cells = [*cells, *[""] * missing]
    cells = [unprotected(cell) for cell in cells]
    try:
        one, other = (_city(cells, side, number) for number, side in enumerate(layout.sides, 1))
    except Refusal as refusal:
        return _rejected(line, refusal, cells)
    cited = [(text, addresses(text)) for place in layout.urls if (text := _cell(cells, place))]
    note = _cell(cells, layout.note)
    return RawPair(
        line,
        one,
        other,
        since=_cell(cells, layout.since),
        until=_cell(cells, layout.until),
        urls=tuple(address for __, found in cited for address in found),
        no_urls=tuple(shortened(text) for text, found in cited if not found and not text.startswith("file:")),
        kind=_cell(cells, layout.kind),
        status=_cell(cells, layout.status),
        fields=_list(_cell(cells, layout.fields)),
        note=(("en", note),) if note else (),
    )


def _rejected(line: int, refusal: Refusal, cells: Sequence[str]) -> Rejected:
    return Rejected(line, refusal.reason, shortened(" | ".join(cells), _SHOWN))


def _cell(cells: Sequence[str], place: int | None) -> str | None:
    """Return the text of a cell, None where there is no such column or it says nothing."""
    if place is None:
        return None
    text = cells[place].strip()
    return None if not text or is_nothing(text) else text


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace(",", ";").split(";")) if text else ()


def _city(cells: Sequence[str], side: Side, number: int) -> RawCity:
    name = cells[side.name].strip()
    if is_no_name(name):
        raise Refusal(N_("the name of city {number} is empty"), number=number)
    lat = degrees(cells[side.lat], f"lat{number}") if side.lat is not None else None
    lon = degrees(cells[side.lon], f"lon{number}") if side.lon is not None else None
    if lat is None and lon is None and side.point is not None:
        lat, lon = point(cells[side.point], f"point{number}") or (None, None)
    country = cells[side.country].strip() if side.country is not None else ""
    return RawCity(
        name,
        "" if is_no_name(country) else country,
        lat,
        lon,
        geonames_id(cells[side.geonames]) if side.geonames is not None else None,
        admin=_cell(cells, side.admin),
        key=_cell(cells, side.key),
    )
