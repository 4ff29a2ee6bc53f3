"""``map`` on a terminal and in a pipe: a world in braille, lines by status, lettered cities, the records of list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Place, Result, Write

SIZES = [(80, 24), (160, 50)]
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
GREEN, RED, MAGENTA, CYAN = "32", "31", "35", "36"
BRAILLE = range(0x2801, 0x2900)
TOKYO, LOS_ANGELES = (35.68, 139.69), (34.05, -118.24)


def one_pair(
    small: dict[str, Any],
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    status: str = "active",
    names: tuple[str, str] = ("Start", "End"),
) -> dict[str, Any]:
    """Return a data file with one pair between two places, given as latitude and longitude."""
    content = {**small, "pairs": [{**small["pairs"][0], "status": status, "until": None}]}
    ends = content["pairs"][0]["cities"]
    content["cities"] = []
    for id_, name, (lat, lon) in zip(ends, names, (start, end), strict=True):
        city = next(city for city in small["cities"] if city["id"] == id_)
        content["cities"].append({**city, "name": name, "names": {}, "lat": lat, "lon": lon})
    told = {statement["source"] for statement in content["pairs"][0]["sources"]}
    content["sources"] = [source for source in small["sources"] if source["id"] in told]
    return content


def draw(place: Place, *arguments: str, width: int = 80, height: int = 24, **options: Any) -> Result:
    """Draw on a terminal of this size, in this process and without colours."""
    environ = {"COLUMNS": str(width), "LINES": str(height), "NO_COLOR": "1", **options.pop("environ", {})}
    return place.run("map", *arguments, tty=True, environ=environ, **options)


def map_rows(result: Result) -> list[str]:
    """Return the lines of a drawn map between its title and its legend or totals."""
    below = next(place for place, line in enumerate(result.lines) if re.match(r"A \S|\d[\d,.]* ", line))
    return result.lines[1:below]


def coloured(place: Place, path: Path, *arguments: str, width: int = 80, height: int = 24) -> list[list[str]]:
    """Return for each line that is drawn the colour of each of its characters."""
    environ = {"COLUMNS": str(width), "LINES": str(height), "TERM": "xterm"}
    shown = place.run("map", "--data", str(path), *arguments, tty=True, environ=environ).stdout
    rows = []
    for line in shown.splitlines():
        colours, colour, at = [], "", 0
        for match in [*ESCAPE.finditer(line), None]:
            end = match.start() if match else len(line)
            colours += [colour] * (end - at)
            if match:
                colour, at = match[1], match.end()
        rows.append(colours)
    return rows


# --- what is drawn ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("question", [("--city", "Jakarta"), ("-c", "Indonesia"), ("--status", "ended"), ()])
def test_the_map_fits_the_terminal(place: Place, question: tuple[str, ...], width: int, height: int) -> None:
    """With its title, legend and totals the map leaves room for the prompt, and no line is wider than the terminal."""
    result = draw(place, *question, width=width, height=height)
    assert result.status == 0
    assert len(result.lines) <= height - 1
    assert max(map(len, result.lines)) <= width
    assert result.lines[0].startswith("Twin cities of ")
    assert sum(ord(sign) in BRAILLE for sign in result.stdout) > width * height / 10
    assert re.search(r"^[\d,]+ pairs: .*\d+ (active|ended)", result.stdout, re.MULTILINE)


def test_a_real_terminal_gets_the_map(place: Place) -> None:
    """The size is that of the terminal itself where nothing else says it."""
    place.run("list", "-n", "1")
    result = place.terminal("map", "--city", "Jakarta", width=100, height=30, NO_COLOR="1")
    assert result.lines[0] == "Twin cities of Jakarta, Indonesia"
    assert 80 < max(map(len, result.lines)) <= 100
    assert 20 < len(result.lines) <= 29


def test_a_small_terminal_gets_a_small_map(place: Place) -> None:
    """In 30 columns and 12 lines there is still a map, and nothing is wrapped."""
    result = draw(place, "--city", "Bandung", width=30, height=12)
    assert max(map(len, result.lines)) <= 30
    assert len(result.lines) <= 11
    assert len(map_rows(result)) >= 4


def test_few_cities_have_letters(place: Place) -> None:
    """Every city has a letter that stands on the map and in the legend, the city asked for the first."""
    result = draw(place, "--city", "Palembang", width=160, height=50)
    pairs = place.run("list", "--city", "Palembang").json
    cities = {city["name"] for pair in pairs for city in pair["cities"]}
    legend = dict(re.findall(r"\b([A-Za-z]) ([^,]+), ", "\n".join(result.lines[len(map_rows(result)) :])))
    drawn = "".join(map_rows(result))
    assert legend["A"] == "Palembang"
    assert cities == {name for names in legend.values() for name in names.split(" / ")}
    assert all(letter in drawn for letter in legend)


def test_cities_in_one_place_share_a_letter(place: Place, small: dict[str, Any], write: Write) -> None:
    """Two cities that fall into one character are named together."""
    path = write(one_pair(small, (52.0, 5.0), (52.05, 5.05), names=("This", "That")))
    result = draw(place, "--data", str(path), "--zoom", "world")
    assert re.search(r"^A This, [\w ]+ / That, [\w ]+$", result.stdout, re.MULTILINE)
    assert "".join(map_rows(result)).count("A") == 1


def test_many_cities_leave_letters_to_the_busiest(place: Place) -> None:
    """Where the legend is too small for all, it names the places with most pairs and counts the rest."""
    result = draw(place, "-c", "Indonesia")
    counts = [int(count) for count in re.findall(r"\((\d+)\)", result.stdout)]
    assert counts
    assert re.search(r"^o \d+ more cities", result.stdout, re.MULTILINE)
    assert "o" in "".join(map_rows(result))


def test_no_letter_is_a_sign_too(place: Place) -> None:
    """Where cities have no lines, O says how many pairs they have."""
    shown = place.table("map", width=200, LINES="70").stdout
    assert "O 5–24" in shown
    assert not re.search(r"(?:^| {2})O [A-Z][a-z]", shown, re.MULTILINE)


def test_too_many_lines_are_left_out(place: Place) -> None:
    """The whole data would cover the map: its cities are drawn by how many pairs they have, and that is said."""
    result = draw(place)
    assert "Too many pairs to draw lines" in result.stderr
    assert re.search(r"o 1–4, O 5–24, @ 25 or more", result.stdout)
    assert {"o", "O", "@"} <= set("".join(map_rows(result)))


def test_a_limit_is_told(place: Place) -> None:
    """With --limit the totals say of how many."""
    assert re.search(
        r"^5 of \d+ pairs \(--limit 0 shows all\): ", draw(place, "-c", "ID", "-n", "5").stdout, re.MULTILINE
    )


# --- lines -----------------------------------------------------------------------------------------------------------


def test_lines_break_at_the_edge_of_the_world(place: Place, small: dict[str, Any], write: Write) -> None:
    """From Tokyo to Los Angeles the line leaves the world map at the right and comes back at the left."""
    path = write(one_pair(small, TOKYO, LOS_ANGELES))
    rows = [row for row in coloured(place, path, "--zoom", "world")[1:-2] if GREEN in row]
    columns = {column for row in rows for column, colour in enumerate(row) if colour == GREEN}
    assert {0, 79} <= columns
    assert not columns & set(range(20, 65))


def test_the_pacific_is_shown_in_one_piece(place: Place, small: dict[str, Any], write: Write) -> None:
    """Fitted to a line over the Pacific, the map is cut elsewhere, and the line runs from city to city."""
    path = write(one_pair(small, TOKYO, LOS_ANGELES, names=("Tokyo", "Los Angeles")))
    result = draw(place, "--data", str(path))
    signs = "".join(map_rows(result))
    assert {"A", "B"} <= set(signs)
    rows = coloured(place, path)[1:-2]
    columns = sorted({column for row in rows for column, colour in enumerate(row) if colour == GREEN})
    assert columns == list(range(columns[0], columns[-1] + 1))
    assert 0 < columns[0] < 20
    assert 60 < columns[-1] < 79


def test_a_great_circle_bends_towards_the_pole(place: Place, small: dict[str, Any], write: Write) -> None:
    """Between two cities of one latitude the line runs north of both."""
    path = write(one_pair(small, (50.0, -100.0), (50.0, 20.0)))
    rows = map_rows(draw(place, "--data", str(path), "--zoom", "world"))
    of_cities = next(number for number, row in enumerate(rows) if "A" in row)
    coloured_rows = coloured(place, path, "--zoom", "world")[1 : len(rows) + 1]
    highest = next(number for number, row in enumerate(coloured_rows) if GREEN in row)
    assert highest <= of_cities - 3


@pytest.mark.parametrize(("status", "colour"), [("active", GREEN), ("suspended", MAGENTA), ("ended", RED)])
def test_lines_have_the_colour_of_their_status(
    place: Place, small: dict[str, Any], write: Write, status: str, colour: str
) -> None:
    """A status has the colour that it has in the table of ``list``; land is cyan and never takes a line's."""
    path = write(one_pair(small, (0.0, -60.0), (0.0, 100.0), status=status))
    colours = {each for row in coloured(place, path) for each in row}
    assert colours & {GREEN, RED, MAGENTA} == {colour}
    assert CYAN in colours


def test_a_status_is_told_without_colour(place: Place, small: dict[str, Any], write: Write) -> None:
    """Lines of each status have gaps of their own, which the totals show a sample of, and no escape is written."""
    samples = {}
    for status in ("active", "dormant", "suspended", "ended", "unknown"):
        path = write(one_pair(small, (0.0, -60.0), (0.0, 100.0), status=status), f"{status}.json")
        shown = draw(place, "--data", str(path)).stdout
        assert "\x1b" not in shown
        found = re.search(rf"^1 pair: (\S+(?:⠀)*) 1 {status}$", shown, re.MULTILINE)
        assert found
        samples[found[1]] = status
    assert len(samples) == 5


def test_the_zoom_can_be_chosen(place: Place) -> None:
    """A small selection is shown near by; with --zoom world its cities fall together in the whole world."""
    question = ("-c", "Netherlands", "--with", "Germany")
    near, far = (draw(place, *question, *zoom) for zoom in ((), ("--zoom", "world")))
    letters = [len(set(re.findall(r"[A-Z]", "".join(map_rows(result))))) for result in (near, far)]
    assert letters[0] > letters[1]
    assert draw(place, *question, "--zoom", "fit").stdout == near.stdout


# --- where braille, colours or pairs are missing ---------------------------------------------------------------------


@pytest.mark.parametrize("options", [{"encoding": "ascii"}, {"environ": {"TERM": "linux"}}])
def test_letters_stand_in_for_braille(
    place: Place, small: dict[str, Any], write: Write, options: dict[str, Any]
) -> None:
    """Where braille cannot be shown, land is dots and lines are asterisks."""
    path = write(one_pair(small, TOKYO, LOS_ANGELES))
    result = draw(place, "--data", str(path), "--zoom", "world", **options)
    assert result.stdout.isascii()
    assert result.stdout.count(".") > 200
    assert result.stdout.count("*") > 10
    assert "1 pair: *** 1 active" in result.stdout


def test_no_pairs_draw_nothing(place: Place) -> None:
    """An empty selection is no error: nothing on stdout, and on stderr which filter leaves nothing."""
    result = draw(place, "--city", "Jakarta", "--status", "ended")
    assert (result.status, result.stdout) == (0, "")
    assert "No pairs match. Pairs without --status: " in result.stderr


def test_names_are_shown_as_they_are(place: Place, small: dict[str, Any], write: Write) -> None:
    """What looks like markup in a name is shown and does nothing."""
    path = write(one_pair(small, TOKYO, LOS_ANGELES, names=("[red]Here[/red]", "<script>")))
    shown = draw(place, "--data", str(path)).stdout
    assert "[red]Here[/red]" in shown
    assert "<script>, " in shown


def test_the_map_speaks_indonesian(place: Place) -> None:
    """With --lang id the title, the cities and the totals are Indonesian."""
    result = draw(place, "--city", "Jakarta", "-c", "Indonesia", "--with", "Mesir", "--lang", "id")
    assert result.lines[0] == "Kota kembar Jakarta, Indonesia · Indonesia · dengan Mesir"
    assert "Kairo" in result.stdout
    assert re.search(r"^\d+ pasangan: ", result.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ((), "Twin cities of the world"),
        (("-c", "Belanda", "-c", "DE"), "Twin cities of Netherlands, Germany"),
        (
            ("--city", "Jakarta", "--with", "Rotterdam"),
            "Twin cities of Jakarta, Indonesia · with Rotterdam (Netherlands)",
        ),
        (("--region", "Africa", "--since", "1990.."), "Twin cities of Africa · begun 1990 or later"),
        (("--since", "1950..1960", "--status", "ended"), "Twin cities of the world · ended · begun 1950–1960"),
        (("--city", "Jakarta", "--origin", "bundled"), "Twin cities of Jakarta, Indonesia · data: bundled"),
        (("--kind", "friendship", "--disputed"), "Twin cities of the world · friendship city · disputed"),
    ],
)
def test_the_title_says_what_is_shown(place: Place, question: tuple[str, ...], title: str) -> None:
    """A map that travels without its command line still tells which pairs it shows."""
    assert draw(place, *question, width=160).lines[0] == title


# --- in a pipe -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", [("-c", "Indonesia"), ("--city", "Jakarta", "--sort", "distance", "--reverse", "-n", "3"), ("-n", "0")]
)
def test_a_pipe_gets_the_records_of_list(place: Place, question: tuple[str, ...]) -> None:
    """In a pipe ``map`` gives the same bytes as ``list``."""
    assert place.run("map", *question).stdout == place.run("list", *question).stdout


def test_other_formats_are_those_of_list(place: Place) -> None:
    """CSV and GeoJSON come from ``map`` as from ``list``."""
    for form in ("csv", "geojson"):
        answers = [place.run(command, "--city", "Jakarta", "--format", form).stdout for command in ("map", "list")]
        assert answers[0] == answers[1]


def test_a_mistyped_zoom_is_refused(place: Place) -> None:
    """--zoom takes fit and world, and says so."""
    result = place.run("map", "--zoom", "wrld")
    assert result.status == 2
    assert "Did you mean world? It takes one of: fit, world" in result.stderr
