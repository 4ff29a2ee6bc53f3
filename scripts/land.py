"""Make data/land.json, the outline of the world's land that maps are drawn on.

    python scripts/land.py land-110m.json [FILE]

The first argument is Natural Earth's 1:110m land (public domain) as TopoJSON, in the layout of the package world-atlas:
one object ``land``, rings that cross the 180th meridian left whole. Antarctica is left out, since nobody there is
twinned; lines are thinned by the method of Visvalingam and Whyatt and rounded to a tenth of a degree; islands that
vanish by that are dropped. FILE is written instead of data/land.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

LAND = Path(__file__).parents[1] / "data" / "land.json"
UNITS_PER_DEGREE = 10
# In square degrees at the equator: what a corner must span to stay. A map of the world 1,600 pixels wide shows a
# fifth of a degree as one pixel.
LEAST_CORNER = 0.02
ANTARCTICA_ENDS = -60.0

Point = tuple[float, float]


def rings_of(topology: dict[str, Any]) -> Iterator[list[list[Point]]]:
    """Yield each polygon as its rings, the outer one first; longitudes run on past 180 instead of jumping."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(arc)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            rings = []
            for numbers in polygon:
                ring: list[Point] = []
                for number in numbers:
                    # The specification numbers a reversed arc by its complement.
                    arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                    ring += arc[1:] if ring else arc
                rings.append(unrolled(ring))
            yield rings


def unrolled(ring: list[Point]) -> list[Point]:
    """Return a ring with longitudes that never jump by a turn."""
    turned = [ring[0]]
    for (before, __), (lon, lat) in pairwise(ring):
        jump = lon - before
        turned.append((turned[-1][0] + jump - 360 * round(jump / 360), lat))
    return turned


def corner(before: Point, at: Point, after: Point) -> float:
    """Return the area of a triangle in square degrees, longitudes shortened as they are on the globe."""
    area = (before[0] - at[0]) * (after[1] - at[1]) - (after[0] - at[0]) * (before[1] - at[1])
    return abs(area) / 2 * cos(radians(at[1]))


def thinned(ring: list[Point]) -> list[Point]:
    """Return a ring without the corners that span least, taken away one by one (Visvalingam and Whyatt 1993)."""
    points = ring[:-1]
    while len(points) > 3:
        spans = [corner(points[place - 1], at, points[(place + 1) % len(points)]) for place, at in enumerate(points)]
        least = min(spans)
        if least >= LEAST_CORNER:
            break
        del points[spans.index(least)]
    return points


def steps_of(points: list[Point]) -> list[int]:
    """Return a ring as its first point and the steps from each to the next, flat, without the step that closes it."""
    rounded = [(round(lon * UNITS_PER_DEGREE), round(lat * UNITS_PER_DEGREE)) for lon, lat in points]
    kept = [point for place, point in enumerate(rounded) if point != rounded[place - 1]]
    if len(kept) < 3:
        return []
    flat = [*kept[0]]
    for (lon1, lat1), (lon2, lat2) in pairwise(kept):
        flat += [lon2 - lon1, lat2 - lat1]
    return flat


def main() -> None:
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else LAND
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    polygons = []
    for rings in rings_of(topology):
        if max(lat for __, lat in rings[0]) > ANTARCTICA_ENDS:
            outlines = [steps for ring in rings if (steps := steps_of(thinned(ring)))]
            if outlines:
                polygons.append(outlines)
    polygons.sort(key=lambda outlines: -len(outlines[0]))
    head = {
        "title": "The world's land without Antarctica, for maps of the whole world",
        "source": "Natural Earth 1:110m land (public domain, naturalearthdata.com), thinned",
        "made_by": "scripts/land.py",
        "about": "Each polygon is its outer ring and its holes; each ring its first point and the steps from point to "
        "point, longitude and latitude in turn, WGS 84; it closes by itself, and runs on past the 180th meridian.",
        "units_per_degree": UNITS_PER_DEGREE,
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    rows = ",\n".join(json.dumps(outlines, separators=(",", ":")) for outlines in polygons)
    target.write_text("{\n" + ",\n".join([*lines, f'"polygons": [\n{rows}\n]']) + "\n}\n", "utf-8", newline="\n")
    count = sum(len(ring) // 2 for outlines in polygons for ring in outlines)
    print(f"{target.name}: {len(polygons)} polygons, {count} points, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
