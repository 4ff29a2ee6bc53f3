"""Drawing pairs on a map of the world in braille, or in plain letters where braille cannot be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor
from operator import itemgetter

from rich.text import Text

from twincli.geo import Extent, Point, great_circle, split_at_antimeridian
from twincli.i18n import _
from twincli.query.ties import Tie
from twincli.render.dot_canvas import DotCanvas, stroke
from twincli.render.land import load_land
from twincli.render.map_frame import Frame, fitted_frame, world_frame
from twincli.render.map_marks import Mark, gather, grade, legend
from twincli.render.map_views import PairMap
from twincli.render.page import Page
from twincli.render.pair_table import STATUS_STYLES
from twincli.vocabulary import Status, Zoom
from twincli.wording import label, number, shown_of

# The size of a map that goes to no terminal.
_COLUMNS, _ROWS = 100, 40
_FEWEST_COLUMNS, _FEWEST_ROWS = 20, 5
# The map comes nearer by itself where that shows the selection at least half as large again.
_WIDEST_FIT = 240.0
_KM_PER_DEGREE = 111.2
# How long the lines may be together, in dots, for each dot of the map: beyond that they cover it and tell nothing.
_DENSEST = 1.5
# Up to so many pairs the map is fitted to their lines, beyond to their cities, which tells nearly the same.
_MANY = 1000
# In columns.
_SAMPLE = 3
_LAND_STYLE = "cyan"
_MARK_STYLE, _ASKED_STYLE = "bold", "bold reverse"


@dataclass(frozen=True)
class _Ink:
    """How the lines of a status are drawn: told apart by their gaps, so that colour only helps."""

    pattern: tuple[bool, ...]
    letter: str
    """Where there is no braille."""


def _dashes(dots: int, gap: int) -> tuple[bool, ...]:
    return (True,) * dots + (False,) * gap


# In the order of drawing: what is rare comes last and lies on top.
_INKS: Mapping[Status, _Ink] = {
    Status.UNKNOWN: _Ink(_dashes(2, 2), "+"),
    Status.ACTIVE: _Ink(_dashes(1, 0), "*"),
    Status.DORMANT: _Ink(_dashes(4, 2), "~"),
    Status.SUSPENDED: _Ink(_dashes(1, 1), "="),
    Status.ENDED: _Ink(_dashes(1, 2), "x"),
}
_STATUSES = tuple(_INKS)


def draw_map(view: PairMap, page: Page) -> None:
    """Draw the title, the map, the legend of its cities, and the totals, as large as the terminal allows."""
    ties = view.ties()
    if not ties:
        return
    columns = max(_FEWEST_COLUMNS, page.width or _COLUMNS)
    is_screen = page.terminal.is_tty and page.output.path is None
    is_plain = not _shows_braille(page)
    title = Text(view.title, style="bold").wrap(page.console, columns)
    totals = _totals(view, ties, columns, has_lines=True, is_plain=is_plain)
    # The line for the next prompt is not the map's either.
    rows = max(_FEWEST_ROWS, page.terminal.height - 1 - len(title) - len(totals)) if is_screen else _ROWS

    frame = _frame(view.zoom, ties, columns, rows - min(rows // 4, 1 + len(ties) // 3))
    canvas = DotCanvas(frame.width, frame.height)
    for polygon in load_land():
        for ring in polygon:
            for copy in frame.copies(ring):
                canvas.add_ring(copy)
    canvas.fill_land()
    has_lines = _draw_lines(ties, frame, canvas)
    marks = _marks(view, ties, frame, canvas)
    grades = [] if has_lines else [grade(marks)]
    entries = [*legend(marks, columns, max(0, rows - canvas.rows - len(grades))), *grades]

    page.add(*title, _map_text(canvas, marks, is_plain=is_plain), *(Text(line) for line in entries))
    if has_lines:
        page.add(*totals)
    else:
        page.add(*_totals(view, ties, columns, has_lines=False, is_plain=is_plain))
        page.remark(_("Too many pairs to draw lines. For fewer: --country, --city, --status, -n"))


def _shows_braille(page: Page) -> bool:
    """Tell whether braille can be shown: the font of Linux's own console has none."""
    is_console = page.output.path is None and page.terminal.environ.get("TERM") == "linux"
    return page.shows_all_letters and not is_console


def _frame(zoom: Zoom | None, ties: Sequence[Tie], columns: int, rows: int) -> Frame:
    box = _extent(ties).box
    width, height = columns * 2, max(_FEWEST_ROWS, rows) * 4
    if zoom is not Zoom.WORLD:
        fitted = fitted_frame(box, width, height)
        if zoom is Zoom.FIT or fitted.span <= _WIDEST_FIT:
            return fitted
    return world_frame(box, width, height)


def _extent(ties: Sequence[Tie]) -> Extent:
    extent = Extent()
    if len(ties) <= _MANY:
        for tie in ties:
            extent.add(split_at_antimeridian(great_circle(*_ends(tie), step_km=500)))
    else:
        # Whole degrees keep the number of spans small.
        squares = {(floor(lon), floor(lat)) for tie in ties for lon, lat in _ends(tie)}
        for lon, lat in squares:
            extent.add([[(lon, lat), (lon + 1, lat + 1)]])
    return extent


def _ends(tie: Tie) -> tuple[Point, Point]:
    one, other = tie.cities
    return (one["lon"], one["lat"]), (other["lon"], other["lat"])


def _draw_lines(ties: Sequence[Tie], frame: Frame, canvas: DotCanvas) -> bool:
    """Draw the great circles, unless they would cover the map; tell whether they were drawn."""
    km_per_dot = frame.lat_step * _KM_PER_DEGREE
    if sum(tie.distance_km for tie in ties) / km_per_dot > _DENSEST * frame.width * frame.height:
        return False
    for tie in sorted(ties, key=lambda tie: _STATUSES.index(tie.status)):
        drawn = 0
        for part in frame.lines(_way(tie, step_km=2.5 * km_per_dot)):
            drawn = canvas.add_line(part, _STATUSES.index(tie.status) + 1, _INKS[tie.status].pattern, drawn)
    return True


def _way(tie: Tie, *, step_km: float) -> list[Point]:
    """Return the great circle of a tie; the ends alone where it is shorter than a step, as most are, for the time."""
    start, end = _ends(tie)
    return [start, end] if tie.distance_km <= step_km else great_circle(start, end, step_km=step_km)


def _marks(view: PairMap, ties: Sequence[Tie], frame: Frame, canvas: DotCanvas) -> list[Mark]:
    places = []
    for tie in ties:
        for city in tie.cities:
            cell = canvas.cell(*frame.place(city["lon"], city["lat"]))
            if cell is not None:
                places.append((city, cell))
    return gather(places, view.asked)


def _map_text(canvas: DotCanvas, marks: Sequence[Mark], *, is_plain: bool) -> Text:
    at = {mark.cell: mark for mark in marks}
    text = Text()
    for row in range(canvas.rows):
        # Runs of one style, since a map of all cells one by one takes Rich some 40 ms.
        cells = [
            _cell(canvas, at.get((column, row)), column, row, is_plain=is_plain) for column in range(canvas.columns)
        ]
        for style, run in groupby(cells, key=itemgetter(1)):
            text.append("".join(character for character, __ in run), style)
        text.append("\n")
    text.rstrip()
    return text


def _cell(canvas: DotCanvas, mark: Mark | None, column: int, row: int, *, is_plain: bool) -> tuple[str, str]:
    """Return a character of the map and its style."""
    if mark:
        return mark.sign, _ASKED_STYLE if mark.is_asked else _MARK_STYLE
    character, ink = canvas.character(column, row)
    if character == " ":
        return character, ""
    if is_plain:
        character = _INKS[_STATUSES[ink - 1]].letter if ink else "."
    return character, STATUS_STYLES.get(_STATUSES[ink - 1], "") if ink else _LAND_STYLE


def _totals(view: PairMap, ties: Sequence[Tie], width: int, *, has_lines: bool, is_plain: bool) -> list[Text]:
    """Return how many pairs there are of each status, with a sample of its line where lines are drawn."""
    lines, before = [Text(shown_of(len(ties), view.total or len(ties)))], ": "
    for status in Status:
        count = sum(tie.status is status for tie in ties)
        if not count:
            continue
        ink = _INKS[status]
        sample = ink.letter * _SAMPLE if is_plain else stroke(ink.pattern, _SAMPLE)
        part = Text()
        if has_lines:
            part.append(sample, STATUS_STYLES.get(status, "")).append(" ")
        part.append(f"{number(count)} {label(Status, status)}")
        if lines[-1].cell_len + len(before) + part.cell_len <= width:
            lines[-1].append(before).append_text(part)
        else:
            lines.append(part)
        before = " · "
    return lines
