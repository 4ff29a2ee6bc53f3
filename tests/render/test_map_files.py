"""Maps as HTML, SVG and PNG: self-contained, inert, titled and sourced, their lines broken at the map's edge."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.conftest import Place, Write
from tests.render.map_files import HOSTILE, SVG, PageReader, dots, extra, lines, make, renamed, texts

PICTURES = ("html", "svg", "png")
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(autouse=True)
def _extra(request: pytest.FixtureRequest) -> None:
    if "without_the_extra" not in request.node.name:
        extra()


# --- what stands on the picture --------------------------------------------------------------------------------------


def test_an_svg_has_title_counts_and_sources(place: Place, bundled: dict[str, Any]) -> None:
    """The picture says what it shows, how much, of which status, and who stands behind it."""
    pairs = place.run("list", "--city", "Jakarta").json
    shown = texts(make(place, "jakarta.svg", "--city", "Jakarta"))
    active = sum(pair["status"] == "active" for pair in pairs)
    assert "Twin cities of Jakarta, Indonesia" in shown
    assert f"active ({active})" in shown
    assert any(text.startswith(f"{len(pairs)} pairs · ") for text in shown)
    publishers = {source["publisher"] for pair in pairs for source in pair["sources"]}
    sources = next(text for text in shown if text.startswith("Sources of the pairs: "))
    assert sum(publisher in sources for publisher in publishers) >= 4
    assert any(bundled["title"] in text and bundled["licence"] in text for text in shown)
    assert any("Natural Earth" in text for text in shown)


def test_each_line_is_named(place: Place) -> None:
    """Each pair has its line, which a pointer or a screen reader is told about: pair, year, status."""
    pairs = place.run("list", "--city", "Jakarta").json
    drawn = lines(make(place, "jakarta.svg", "--city", "Jakarta"))
    assert len(drawn) == len(pairs)
    (name,) = (name for name in drawn if "Rotterdam" in name)
    assert re.fullmatch(r"Jakarta, Indonesia – Rotterdam, Netherlands; 1986; active \(\d{4}\)", name)
    assert drawn[name].findtext(f"{SVG}title") == name


def test_statuses_differ_without_colour(place: Place) -> None:
    """Lines of two statuses have different dashes as well as different colours."""
    drawn = lines(make(place, "jakarta.svg", "--city", "Jakarta"))
    by_status = {name.rpartition("; ")[2].split(" (")[0]: line for name, line in drawn.items()}
    assert len(by_status) > 1
    for attribute in ("stroke", "stroke-dasharray"):
        assert len({line.get(attribute) for line in by_status.values()}) == len(by_status)


def test_a_line_over_the_pacific_breaks_at_the_edge(place: Place) -> None:
    """From Jakarta to Los Angeles the line is in two parts on the world map, the other lines are in one."""
    drawn = lines(make(place, "jakarta.svg", "--city", "Jakarta", "--zoom", "world"))
    parts = {name: (line.get("d") or "").count("M") for name, line in drawn.items()}
    assert next(count for name, count in parts.items() if "Los Angeles" in name) == 2
    assert next(count for name, count in parts.items() if "Rotterdam" in name) == 1


def test_a_fitted_map_breaks_no_line(place: Place) -> None:
    """With --zoom fit the map is cut where no line passes."""
    drawn = lines(make(place, "jakarta.svg", "--city", "Jakarta", "--zoom", "fit"))
    assert {(line.get("d") or "").count("M") for line in drawn.values()} == {1}


@pytest.mark.parametrize("question", [("--city", "Jakarta", "--zoom", "world"), ("-c", "NL", "--with", "Germany")])
def test_names_stand_beside_their_cities(place: Place, question: tuple[str, ...]) -> None:
    """Where the names are placed agrees with where D3 draws the dots, in the projection of the world and of a part."""
    path = make(place, "map.svg", *question)
    at = dots(path)
    far = []
    for text in ElementTree.parse(path).getroot().iter(f"{SVG}text"):
        match = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", text.get("transform") or "")
        if match and text.text in at:
            across, down = (abs(float(part) - there) for part, there in zip(match.groups(), at[text.text], strict=True))
            far.append(max(across, down))
    assert len(far) > 10
    assert max(far) < 25


def test_a_png_has_twice_the_pixels(place: Place) -> None:
    """A PNG is sharp enough for print."""
    content = make(place, "jakarta.png", "--city", "Jakarta").read_bytes()
    assert content.startswith(PNG_SIGNATURE)
    width, height = struct.unpack(">II", content[16:24])
    assert width > 2400
    assert height > 1000


def test_pictures_speak_indonesian(place: Place) -> None:
    """With --lang id, titles, cities, statuses and the page's language are Indonesian."""
    question = ("--city", "Jakarta", "--with", "Mesir", "--lang", "id")
    shown = texts(make(place, "jakarta.svg", *question))
    assert "Kota kembar Jakarta, Indonesia · dengan Mesir" in shown
    assert "Kairo" in shown
    page = PageReader(make(place, "jakarta.html", *question).read_text("utf-8"))
    assert page.elements[0] == ("html", {"lang": "id"})
    assert page.inside["title"] == ["Kota kembar Jakarta, Indonesia · dengan Mesir"]


@pytest.mark.parametrize("form", PICTURES)
def test_an_empty_selection_is_an_empty_map(place: Place, form: str) -> None:
    """Where no pair matches, the picture says so, as does stderr, and the status is 0."""
    path = place.folder / f"none.{form}"
    result = place.run("map", "--city", "Jakarta", "--status", "ended", "-o", str(path))
    assert result.status == 0
    assert "No pairs match." in result.stderr
    assert path.stat().st_size > 10_000
    if form == "svg":
        assert "No pairs match." in texts(path)


# --- self-contained and inert ----------------------------------------------------------------------------------------


def test_a_page_refers_to_nothing_outside(place: Place) -> None:
    """No element of the page names an address, its style none either, and its policy forbids to load anything."""
    page = PageReader(make(place, "jakarta.html", "--city", "Jakarta").read_text("utf-8"))
    for tag, attributes in page.elements:
        assert not {"src", "href", "srcset", "data", "action", "poster"} & set(attributes), tag
    assert not re.search(r"url\(|@import", page.inside["style"][0])
    policies = [
        attributes["content"]
        for tag, attributes in page.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies
    assert str(policies[0]).startswith("default-src 'none';")
    assert "http" not in str(policies[0])


def test_an_svg_refers_to_nothing_outside(place: Place) -> None:
    """An SVG has no scripts, images, styles or links; the only addresses are the names of its languages."""
    text = make(place, "jakarta.svg", "--city", "Jakarta").read_text("utf-8")
    assert set(re.findall(r"https?://[^\"'\s<]+", text)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(text).iter()}
    assert not tags & {"script", "image", "style", "a", "use", "foreignObject"}


def test_hostile_names_are_inert(place: Place, small: dict[str, Any], write: Write) -> None:
    """A city called ``</script>`` ends no script, and a page and an SVG show its name as it is."""
    data = ("--data", str(write(renamed(small))))
    text = make(place, "hostile.html", *data).read_text("utf-8")
    page = PageReader(text)
    assert [tag for tag, __ in page.elements].count("script") == 2
    assert page.inside["script"][1].endswith(");")
    assert HOSTILE[0].replace("<", "\\u003c") in page.inside["script"][1]
    assert not any(name in text for name in HOSTILE)
    shown = texts(make(place, "hostile.svg", *data))
    assert set(HOSTILE) <= set(shown)
    assert any(text.startswith(f"Sources of the pairs: {HOSTILE[0]}") for text in shown)


def test_a_title_is_inert(place: Place, small: dict[str, Any], write: Write) -> None:
    """A hostile name in the selection's title stays text too."""
    city = small["cities"][0]["id"]
    path = make(place, "hostile.html", "--data", str(write(renamed(small))), "--city", city)
    page = PageReader(path.read_text("utf-8"))
    assert page.inside["title"][0].startswith(f"Twin cities of {HOSTILE[0]}, ")
    assert [tag for tag, __ in page.elements].count("script") == 2


# --- how they are written --------------------------------------------------------------------------------------------


def test_pictures_go_down_a_pipe(place: Place) -> None:
    """With --format, and no file or ``-o -``, the picture is what stdout gets, byte by byte."""
    png = place.process("map", "--city", "Jakarta", "--format", "png").stdout
    assert png.startswith(PNG_SIGNATURE)
    assert png.rstrip().endswith(b"IEND\xaeB`\x82")
    svg = place.run("map", "--city", "Jakarta", "--format", "svg", "-o", "-").stdout
    assert ElementTree.fromstring(svg).tag == f"{SVG}svg"


def test_no_png_goes_to_a_terminal(place: Place) -> None:
    """A terminal cannot show a PNG, so that a file is asked for."""
    result = place.run("map", "--city", "Jakarta", "--format", "png", tty=True)
    assert (result.status, result.stdout) == (2, "")
    assert "-o map.png" in result.stderr


@pytest.mark.parametrize("form", PICTURES)
def test_only_the_map_makes_pictures(place: Place, form: str) -> None:
    """The other commands refuse such a file by its name, say who makes it, and write nothing."""
    path = place.folder / f"list.{form}"
    result = place.run("list", "-c", "Indonesia", "-o", str(path))
    assert result.status == 2
    assert f"this command gives no {form}" in result.stderr
    assert "twincli map" in result.stderr
    assert not path.exists()


def test_the_same_map_is_the_same_file(place: Place) -> None:
    """Two runs write the same bytes."""
    first, second = (make(place, f"{name}.html", "--city", "Jakarta").read_bytes() for name in ("first", "second"))
    assert first == second


def test_without_the_extra_one_sentence_says_what_to_install(place: Place) -> None:
    """Where Altair is not installed, the status is 1, nothing is written, and the terminal's map still works."""
    (place.folder / "altair.py").write_text("raise ModuleNotFoundError('none', name='altair')", "utf-8")
    environ = {**place.environ, "PYTHONPATH": str(place.folder)}
    command = [sys.executable, "-m", "twincli", "map", "--city", "Jakarta"]
    result = subprocess.run(
        [*command, "-o", "map.svg"], env=environ, cwd=place.folder, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "Error: HTML, SVG and PNG need two more packages: pip install altair vl-convert-python\n"
    assert not Path(place.folder, "map.svg").exists()
    drawn = subprocess.run(
        [*command, "--format", "table"], env=environ, cwd=place.folder, capture_output=True, text=True, check=True
    )
    assert drawn.stdout.startswith("Twin cities of Jakarta, Indonesia")


def test_the_page_holds_its_data(place: Place) -> None:
    """What the page draws stands in it as JSON: each pair's line, city and name."""
    page = PageReader(make(place, "jakarta.html", "--city", "Jakarta").read_text("utf-8"))
    start = page.inside["script"][1].index("{")
    specification, __ = json.JSONDecoder().raw_decode(page.inside["script"][1][start:])
    pairs = place.run("list", "--city", "Jakarta").json
    assert {line["id"] for line in specification["datasets"]["lines"]} == {pair["id"] for pair in pairs}


def test_a_limited_picture_says_of_how_many(place: Place) -> None:
    """It travels without the command that made it."""
    total = len(place.run("list", "-c", "Indonesia").json)
    shown = texts(make(place, "some.svg", "-c", "Indonesia", "-n", "5"))
    assert any(text.startswith(f"5 of {total} pairs · ") for text in shown)


def test_what_goes_all_round_is_the_world(place: Place) -> None:
    """Pairs without a gap between them need all longitudes, whose box is no strip without a width."""
    fitted, world = (
        {name: line.get("d") for name, line in lines(make(place, f"{zoom}.svg", "--zoom", zoom)).items()}
        for zoom in ("fit", "world")
    )
    assert fitted == world
