"""The HTML map in a real Chromium: it draws, the pointer finds a pair, nothing is fetched, hostile names do nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Place, Write
from tests.render.chromium import Chromium
from tests.render.map_files import HOSTILE, extra, make, renamed

# The lines that the pointer hits are the ones with a name; the visible ones are hidden from screen readers.
LINE = (
    "[...document.querySelectorAll('#map path[aria-label]')].find(path => path.getAttribute('aria-label').includes({}))"
)
# A point of the line, in pixels of the window.
POINT = """(() => {
  const path = LINE, at = path.getPointAtLength(path.getTotalLength() * SHARE);
  const there = new DOMPoint(at.x, at.y).matrixTransform(path.getScreenCTM());
  return [there.x, there.y];
})()"""
TOOLTIP = "(shown => shown ? shown.innerText : '')(document.querySelector('#vg-tooltip-element.visible'))"


@pytest.fixture
def browser(need: Callable[[str], str], tmp_path: Path) -> Iterator[Chromium]:
    """A browser with an empty page."""
    extra()
    with Chromium(need("chromium"), tmp_path) as opened:
        yield opened


def tooltip(browser: Chromium, name: str, share: float = 0.5) -> str:
    """Return what is shown with the pointer on the line whose name has ``name``."""
    line = LINE.format(repr(name))
    browser.point_at(*browser.evaluate(POINT.replace("LINE", line).replace("SHARE", str(share))))
    deadline = time.monotonic() + 20
    while not (shown := browser.evaluate(TOOLTIP)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return str(shown)


def assert_quiet(browser: Chromium, path: Path) -> None:
    """Hold that the page has asked for nothing but itself, and that nothing went wrong in it."""
    requested = {event["request"]["url"] for event in browser.happened("Network.requestWillBeSent")}
    assert {url for url in requested if not url.startswith(("data:", "blob:"))} == {path.as_uri()}
    for trouble in ("Runtime.exceptionThrown", "Log.entryAdded", "Page.javascriptDialogOpening"):
        assert browser.happened(trouble) == []


def test_the_page_draws_and_answers_the_pointer(place: Place, browser: Chromium) -> None:
    """Every pair has a line; on one, the pointer shows its cities, year and status, and off it nothing; no request."""
    path = make(place, "jakarta.html", "--city", "Jakarta")
    browser.open(path)
    pairs = place.run("list", "--city", "Jakarta").json
    names = browser.evaluate(
        "[...document.querySelectorAll('#map path[aria-label]')].map(path => path.getAttribute('aria-label'))"
    )
    assert sum(" – " in name for name in names) == len(pairs)
    assert browser.evaluate("document.title") == "Twin cities of Jakarta, Indonesia"
    shown = browser.evaluate("document.querySelector('#map svg').textContent")
    assert "Twin cities of Jakarta, Indonesia" in shown
    assert "Sources of the pairs: " in shown
    told = tooltip(browser, "Rotterdam")
    pair = next(pair for pair in pairs if pair["id"] == "jakarta-rotterdam")
    assert "Jakarta, Indonesia – Rotterdam, Netherlands" in told
    assert pair["since"] in told
    assert f"{pair['status']} ({pair['as_of']})" in told
    browser.point_at(200, 550)
    deadline = time.monotonic() + 20
    while browser.evaluate(TOOLTIP) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert browser.evaluate(TOOLTIP) == ""
    assert_quiet(browser, path)


def test_the_page_fits_a_narrow_window(place: Place, need: Callable[[str], str], tmp_path: Path) -> None:
    """In a window of half the width nothing is cut off, and the pointer still finds the lines."""
    extra()
    path = make(place, "jakarta.html", "--city", "Jakarta")
    with Chromium(need("chromium"), tmp_path, width=700) as browser:
        browser.open(path)
        assert browser.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert "Los Angeles" in tooltip(browser, "Los Angeles", share=0.4)


def test_hostile_names_do_nothing_in_the_page(
    place: Place, browser: Chromium, small: dict[str, Any], write: Write
) -> None:
    """Cities called like scripts are shown by name, on the map and under the pointer, and run nothing."""
    names = (*HOSTILE, "<img src=x onerror='window.harmed=3'>")
    path = make(place, "hostile.html", "--data", str(write(renamed(small, names))))
    browser.open(path)
    shown = browser.evaluate("document.querySelector('#map svg').textContent")
    assert all(name in shown for name in names)
    assert names[0] in tooltip(browser, names[0])
    assert browser.evaluate("document.scripts.length") == 2
    assert browser.evaluate("document.images.length") == 0
    assert browser.evaluate("window.harmed === undefined")
    assert_quiet(browser, path)


def test_an_svg_in_a_browser_does_nothing(place: Place, browser: Chromium, small: dict[str, Any], write: Write) -> None:
    """An SVG opened by itself shows hostile names as texts, runs nothing and fetches nothing."""
    path = make(place, "hostile.svg", "--data", str(write(renamed(small))))
    browser.call("Page.navigate", url=path.as_uri())
    deadline = time.monotonic() + 20
    while not browser.evaluate("document.querySelectorAll('text').length > 5") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert HOSTILE[0] in browser.evaluate("[...document.querySelectorAll('text')].map(text => text.textContent)")
    assert browser.evaluate("window.harmed === undefined && document.scripts.length === 0")
    assert_quiet(browser, path)


def test_thousands_of_lines_still_answer(place: Place, browser: Chromium) -> None:
    """The whole data is drawn on a canvas, which is quicker, and the pointer finds lines there too."""
    path = make(place, "world.html")
    browser.open(path)
    assert browser.evaluate("document.querySelectorAll('#map canvas').length") == 1
    told = ""
    for across in range(300, 1000, 20):
        browser.point_at(across, 430)
        time.sleep(0.05)
        told = told or browser.evaluate(TOOLTIP)
    assert " – " in told
    assert_quiet(browser, path)
