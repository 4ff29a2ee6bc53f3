"""The outline of the land: where there is land and where there is sea, and the script that makes it."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import DATA, ROOT
from twincli.render.land import Ring, load_land

LAND = {
    "Paris": (2.3, 48.8),
    "Bandung": (107.6, -6.9),
    "the Sahara": (10.0, 23.0),
    "Kansas": (-98.0, 38.0),
    "Chukotka, past the 180th meridian": (-175.0, 66.5),
    "Tasmania": (146.6, -42.0),
}
SEA = {
    "the Atlantic": (-35.0, 25.0),
    "the Caspian Sea, a hole in the land": (50.5, 42.0),
    "Hudson Bay": (-85.0, 60.0),
    "the Java Sea": (111.0, -5.0),
    "the Pacific on the 180th meridian": (180.0, 10.0),
}


def is_inside(ring: Ring, lon: float, lat: float) -> bool:
    """Tell whether a point lies in a ring, by the number of its edges west of the point."""
    inside = False
    for (lon1, lat1), (lon2, lat2) in pairwise([*ring, ring[0]]):
        if (lat1 > lat) != (lat2 > lat) and lon > lon1 + (lon2 - lon1) * (lat - lat1) / (lat2 - lat1):
            inside = not inside
    return inside


def is_land(lon: float, lat: float) -> bool:
    """Tell whether the outline has land at a point."""
    inside = [
        is_inside(ring, lon + turn, lat) for polygon in load_land() for ring in polygon for turn in (-360, 0, 360)
    ]
    return sum(inside) % 2 == 1


@pytest.mark.parametrize("place", LAND)
def test_land_is_land(place: str) -> None:
    """What lies inland is drawn as land."""
    assert is_land(*LAND[place])


@pytest.mark.parametrize("place", SEA)
def test_sea_is_sea(place: str) -> None:
    """What lies off the coast is not."""
    assert not is_land(*SEA[place])


def test_the_outline_says_where_it_comes_from() -> None:
    """The file names its source, its licence and the script that made it, and is small."""
    outline = json.loads((DATA / "land.json").read_text("utf-8"))
    assert "Natural Earth" in outline["source"]
    assert "public domain" in outline["source"]
    assert (ROOT / outline["made_by"]).exists()
    assert (DATA / "land.json").stat().st_size < 40_000


def test_the_script_makes_an_outline_of_its_own(tmp_path: Path) -> None:
    """Arcs are joined, slight corners go, rings run on past the antimeridian; Antarctica and specks are left out."""
    arcs = {
        "a square's lower right, with a corner that is hardly one": [[3600, 1800], [4, 0], [396, 2], [0, 398]],
        "its upper left": [[4000, 2200], [-400, 0], [0, -400]],
        "an island from 175 degrees east to 175 west": [[7100, 2400], [-7000, 0], [0, 100], [7000, 0], [0, -100]],
        "a piece of Antarctica": [[200, 100], [200, 0], [0, 100], [-200, -100]],
        "a speck": [[1000, 1000], [1, 0], [0, 1], [-1, -1]],
    }
    topology = {
        "type": "Topology",
        # The steps are a twentieth of a degree, from the lower left of the world.
        "transform": {"scale": [0.05, 0.05], "translate": [-180.0, -90.0]},
        "objects": {
            "land": {
                "type": "GeometryCollection",
                "geometries": [{"type": "MultiPolygon", "arcs": [[[0, 1]], [[2]], [[3]], [[4]]]}],
            }
        },
        "arcs": list(arcs.values()),
    }
    source, target = tmp_path / "land.json", tmp_path / "out.json"
    source.write_text(json.dumps(topology), "utf-8")
    subprocess.run([sys.executable, ROOT / "scripts" / "land.py", source, target], check=True, capture_output=True)
    outline = json.loads(target.read_text("utf-8"))
    assert outline["polygons"] == [[[0, 0, 200, 1, 0, 199, -200, 0]], [[1750, 300, 100, 0, 0, 50, -100, 0]]]
