"""What the tests of pictures share: data files made to measure, and reading what is in a page or an SVG."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.conftest import Place

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ("</script><script>window.harmed=1</script>", '<!--<script> "; window.harmed=2; //')


def extra() -> None:
    """Skip the test where the extra ``map`` is not installed; the extra ``dev`` brings it."""
    for module in ("altair", "vl_convert"):
        pytest.importorskip(module, reason="needs the extra twincli[map]")


def make(place: Place, name: str, *arguments: str) -> Path:
    """Write a map into a file and return its path."""
    path = place.folder / name
    result = place.run("map", *arguments, "-o", str(path))
    assert (result.status, result.stdout) == (0, ""), result.stderr
    return path


def renamed(small: dict[str, Any], names: tuple[str, ...] = HOSTILE) -> dict[str, Any]:
    """Return the small data file with these names for the first cities, and a publisher called like the first."""
    cities = [
        {**city, "name": name, "names": {}} if name else city
        for city, name in zip(small["cities"], [*names, *[""] * 9][: len(small["cities"])], strict=True)
    ]
    return {**small, "cities": cities, "sources": [{**source, "publisher": names[0]} for source in small["sources"]]}


def texts(path: Path) -> list[str]:
    """Return the texts that an SVG shows, line by line."""
    root = ElementTree.parse(path).getroot()
    return [
        line
        for text in root.iter(f"{SVG}text")
        for line in ([text.text] if text.text else [part.text or "" for part in text.iter(f"{SVG}tspan")])
    ]


def lines(path: Path) -> dict[str, ElementTree.Element]:
    """Return the great circles of an SVG by what each is called."""
    root = ElementTree.parse(path).getroot()
    return {
        name: shape
        for shape in root.iter(f"{SVG}path")
        if " – " in (name := shape.get("aria-label") or "") and shape.get("aria-roledescription") == "geoshape"
    }


def dots(path: Path) -> dict[str, tuple[float, float]]:
    """Return where each city's dot lies, in pixels of the map, by the city's name."""
    found = {}
    for shape in ElementTree.parse(path).getroot().iter(f"{SVG}path"):
        match = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", shape.get("transform") or "")
        if match and shape.get("aria-roledescription") == "circle":
            found[(shape.get("aria-label") or "").split(",")[0]] = float(match[1]), float(match[2])
    return found


class PageReader(HTMLParser):
    """Collects the elements of a page and its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self._at = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element; a script or a style begins a text."""
        self.elements.append((tag, dict(attrs)))
        self._at = tag
        if tag in self.inside:
            self.inside[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        """End a text."""
        if tag == self._at:
            self._at = ""

    def handle_data(self, data: str) -> None:
        """Add to the text of a script, a style or the title."""
        if self._at in self.inside:
            self.inside[self._at][-1] += data
