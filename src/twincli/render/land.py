"""The outline of the world's land, as data/land.json has it."""

from __future__ import annotations

import json
from itertools import accumulate

from twincli.errors import cannot_read
from twincli.geo import Point
from twincli.locations import bundled_folder

Ring = list[Point]


def load_land() -> list[list[Ring]]:
    """Return the land as polygons: each is its outer ring and its holes, in degrees, WGS 84, without a closing point.

    A ring that crosses the 180th meridian runs on past it, so that longitudes may lie outside -180 to 180.
    """
    path = bundled_folder() / "land.json"
    try:
        outline = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise cannot_read(path, error) from None
    unit = outline["units_per_degree"]
    return [
        [
            [(lon / unit, lat / unit) for lon, lat in zip(accumulate(ring[::2]), accumulate(ring[1::2]), strict=True)]
            for ring in polygon
        ]
        for polygon in outline["polygons"]
    ]
