"""Tables as people and programs write them: headings, separators, encodings, and what else real files hold."""

from __future__ import annotations

import csv
import gzip
import io
import time
import zipfile
from collections.abc import Sequence

import pytest

from tests.conftest import Place
from tests.layers.importing import HEADER, LUMBERTON, MERSTEIN, ONE_PAIR, QUELLSTADT, Bench

ROW = ("Quellstadt", "Germany", "50.1", "9.9", "Merstein", "Austria", "47.5", "14.5")
FOUND = [("Merstein", "Quellstadt")]


def table(headings: Sequence[str], cells: Sequence[str], separator: str = ",") -> str:
    """Return a table of one row."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([headings, cells])
    return text.getvalue()


@pytest.mark.parametrize(
    "headings",
    [
        "city1,country1,lat1,lng1,city2,country2,lat2,lng2",
        "City 1,Country 1,Latitude 1,Longitude 1,City 2,Country 2,Latitude 2,Longitude 2",
        "city_a,country_a,lat_a,lon_a,city_b,country_b,lat_b,lon_b",
        "CityA,CountryA,LatA,LonA,CityB,CountryB,LatB,LonB",
        "kota1,negara1,lintang1,bujur1,kota2,negara2,lintang2,bujur2",
        "kota,negara,lintang,bujur,mitra,negara_mitra,lintang_mitra,bujur_mitra",
        "city,country,lat,lon,sister_city,sister_country,sister_lat,sister_lon",
        "town,nation,latitude,longitude,twin town,twin nation,twin latitude,twin longitude",
        "source_city,source_country,source_lat,source_lon,target_city,target_country,target_lat,target_lon",
        "from_city,from_country,from_lat,from_lon,to_city,to_country,to_lat,to_lon",
        "city,country,lat,lon,city,country,lat,lon",
        "city,country,lat,lon,city.1,country.1,lat.1,lon.1",
        "city0,country0,lat0,lon0,city1,country1,lat1,lon1",
        "name1,countrycode1,y1,x1,name2,countrycode2,y2,x2",
        "city,country,lat,lon,twin city,country,lat,lon",
        "city,country,lat,lon,city,country,twin lat,twin lon",
        "Stadt,Land,Breite,Länge,Partnerstadt,Partnerland,Partnerbreite,Partnerlänge",
        "itemLabel,itemCountryLabel,itemLat,itemLon,otherLabel,otherCountryLabel,otherLat,otherLon",
    ],
)
def test_columns_are_recognised_by_their_headings(bench: Bench, headings: str) -> None:
    """Both cities, their countries and coordinates are found under the headings that people give them."""
    answer = bench.bring(table(headings.split(","), ROW)).json
    assert answer["added"] == 1
    assert bench.pairs() == FOUND
    places = {city["name"]: (city["country"], city["lat"], city["lon"]) for city in bench.layer()["cities"]}
    assert places == {"Quellstadt": ("DE", 50.1, 9.9), "Merstein": ("AT", 47.5, 14.5)}


def test_what_else_is_known_of_a_pair_is_read(bench: Bench) -> None:
    """Dates, kind, status and references have headings of their own."""
    headings = [*HEADER.strip().split(","), "Since", "end date", "type", "status", "source", "geonames1", "note"]
    extra = ["1986-05", "2010", "Friendship City", "terminated", "https://example.org/p", "900000001", "Signed twice."]
    bench.bring(table(headings, [*ROW, *extra]))
    pair = bench.pair()
    assert {key: pair[key] for key in ("since", "until", "kind", "status", "note")} == {
        "since": "1986-05", "until": "2010", "kind": "friendship", "status": "ended", "note": {"en": "Signed twice."},
    }  # fmt: skip
    assert [source["url"] for source in bench.layer()["sources"]] == ["https://example.org/p"]
    assert {city.get("geonames") for city in bench.layer()["cities"]} == {900000001, None}


def test_columns_that_are_left_out_are_named(bench: Bench) -> None:
    """Nobody has to wonder whether a column was understood."""
    result = bench.bring(table([*HEADER.strip().split(","), "mayor", "population"], [*ROW, "N. N.", "5000"]))
    assert "mayor, population" in result.stderr


def test_one_cell_may_hold_a_point(bench: Bench) -> None:
    """WKT's Point(longitude latitude), or latitude and longitude in one cell."""
    headings = ["city1", "country1", "coordinates1", "city2", "country2", "location2"]
    bench.bring(table(headings, ["Quellstadt", "DE", "Point(9.9 50.1)", "Merstein", "AT", "47.5, 14.5"]))
    assert {(city["lat"], city["lon"]) for city in bench.layer()["cities"]} == {(50.1, 9.9), (47.5, 14.5)}


# --- separators, line ends, quotes ------------------------------------------------------------------------------------


def test_a_city_s_own_page_is_no_source(bench: Bench) -> None:
    """Columns such as "website 1" say nothing of the pair; "source 1" does."""
    headings = [*HEADER.strip().split(","), "website1", "website2", "source1", "source 2"]
    pages = [f"https://{name}.example/" for name in ("quell", "mer", "chronicle", "gazette")]
    result = bench.bring(table(headings, [*ROW, *pages]))
    assert [source["url"] for source in bench.layer()["sources"]] == pages[2:]
    assert "website1, website2" in result.stderr


def test_towns_of_one_commune_stay_apart(bench: Bench) -> None:
    """A second column of places is no address of a city, unless the first is its label."""
    rows = ["Altort,Samtgemeinde,Germany,50.1,9.9", "Neuort,Samtgemeinde,Germany,50.6,9.1"]
    bench.bring(
        "city,commune,country,lat,lon,twin,twin_country,twin_lat,twin_lon\n"
        + "".join(f"{row},{MERSTEIN}\n" for row in rows)
    )
    assert bench.pairs() == [("Altort", "Merstein"), ("Merstein", "Neuort")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(bench: Bench, separator: str) -> None:
    """By the content, whatever the file is called."""
    assert bench.bring(table(HEADER.strip().split(","), ROW, separator), name="x.csv").json["added"] == 1
    assert bench.pairs("x") == FOUND


def test_decimal_commas_are_understood(bench: Bench) -> None:
    """Spreadsheets of half of Europe and of Indonesia write 50,1 and separate cells with semicolons."""
    cells = [cell.replace(".", ",") for cell in ROW]
    bench.bring(table(HEADER.strip().split(","), cells, ";"))
    assert {city["lat"] for city in bench.layer()["cities"]} == {50.1, 47.5}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(bench: Bench, end: str) -> None:
    """As on Unix, Windows or an old Mac, and the line numbers of the report hold."""
    content = f"{HEADER}{QUELLSTADT},{MERSTEIN}\n\n{QUELLSTADT},{QUELLSTADT}\n".replace("\n", end)
    assert bench.bring(content).json["added"] == 1
    assert bench.report()[0][0] == "4"


def test_commas_in_quotes_belong_to_the_cell(bench: Bench) -> None:
    """As RFC 4180 has it, with doubled quotes too."""
    content = f'{HEADER}Quellstadt,"Bavaria, Germany",50.1,9.9,"Mer""stein",Austria,47.5,14.5\n'
    bench.bring(content)
    assert bench.pairs() == [('Mer"stein', "Quellstadt")]
    assert {city.get("admin") for city in bench.layer()["cities"]} == {"Bavaria", None}


def test_a_comma_without_quotes_costs_its_row_only(bench: Bench) -> None:
    """A row with more cells than headings is rejected, not read from the wrong columns."""
    content = f"{HEADER}Quellstadt,Bavaria, Germany,50.1,9.9,{MERSTEIN}\n{QUELLSTADT},{MERSTEIN}\n"
    answer = bench.bring(content).json
    assert (answer["added"], answer["rejected"]) == (1, 1)
    assert bench.report()[0][:2] == ["2", "9 cells under 8 headings"]


def test_a_cell_in_quotes_may_go_over_lines(bench: Bench) -> None:
    """A line end in quotes is a space in a name, and later line numbers hold."""
    content = f'{HEADER}"Quell\nstadt",Germany,50.1,9.9,{MERSTEIN}\n{MERSTEIN},{MERSTEIN}\n'
    bench.bring(content)
    assert bench.pairs() == [("Merstein", "Quell stadt")]
    assert bench.report()[0][0] == "4"


def test_a_stray_quote_costs_its_line_only(bench: Bench) -> None:
    """A quote that is never closed does not swallow the rest of the file."""
    rest = "".join(f"Ort{number},Germany,50.{number},9.9,{MERSTEIN}\n" for number in range(10, 90))
    answer = bench.bring(f'{HEADER}"Quellstadt,Germany,50.1,9.9,{MERSTEIN}\n{rest}').json
    assert (answer["read"], answer["added"], answer["rejected"]) == (81, 80, 1)
    assert bench.report()[0][:2] == ["2", "a quote that is never closed"]


def test_a_quote_in_a_tsv_is_a_letter(bench: Bench) -> None:
    """TSV knows no quotes, so that one at the beginning of a name stands for itself."""
    cells = ['"Quellstadt', *ROW[1:]]
    bench.bring(HEADER.replace(",", "\t") + "\t".join(cells) + "\n", name="mine.tsv")
    assert bench.pairs() == [("Merstein", '"Quellstadt')]


def test_empty_lines_and_rows_are_no_rows(bench: Bench) -> None:
    """Blank lines, and rows of nothing but separators, are neither read nor rejected."""
    answer = bench.bring(f"\n\n{HEADER}\n,,,,,,,\n{QUELLSTADT},{MERSTEIN}\n , ,,,,,,\n\n").json
    assert (answer["read"], answer["added"], answer["rejected"]) == (1, 1, 0)


def test_comments_and_excel_s_hint_above_the_header_are_passed_over(bench: Bench) -> None:
    """A line that begins with # says nothing of pairs, and "sep=;" is for a spreadsheet."""
    assert bench.bring(f"# made by hand\n{ONE_PAIR}").json["added"] == 1
    assert bench.bring("sep=;\n" + ONE_PAIR.replace(",", ";")).json["kept"] == 1


def test_cells_at_the_end_may_be_left_out(bench: Bench) -> None:
    """A row that ends before columns that it can do without is a row; one that ends in the middle is none."""
    content = f"{HEADER.strip()},since,note\n{QUELLSTADT},{MERSTEIN}\nQuellstadt,Germany,50.1,9.9,Merst\n"
    answer = bench.bring(content).json
    assert (answer["added"], answer["rejected"]) == (1, 1)
    assert bench.report()[0][1] == "5 cells under 10 headings"


# --- encodings --------------------------------------------------------------------------------------------------------

FOREIGN = ONE_PAIR.replace("Quellstadt", "Quélstädt").replace("Merstein", "Mørstein")
FOREIGN_FOUND = [("Mørstein", "Quélstädt")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_in_every_form(bench: Bench, encoding: str) -> None:
    """With and without a byte order mark; spreadsheets write UTF-16 as "Unicode text"."""
    result = bench.bring(FOREIGN.encode(encoding))
    assert result.json["added"] == 1
    assert result.stderr == ""
    assert bench.pairs() == FOREIGN_FOUND


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_latin_1_is_recognised_and_said(bench: Bench, encoding: str) -> None:
    """What is no UTF-8 is read as Windows-1252, and the reader is told to look at the names."""
    result = bench.bring(FOREIGN.encode(encoding))
    assert bench.pairs() == FOREIGN_FOUND
    assert "Windows-1252" in result.stderr


def test_a_latin_1_letter_far_into_a_file_is_seen(bench: Bench) -> None:
    """The encoding is told from the whole file, not from its beginning."""
    rows = "".join(f"Ort{number},Germany,50.{number},9.9,{MERSTEIN}\n" for number in range(10, 5000))
    result = bench.bring(HEADER.encode() + rows.encode() + f"Mörs,Germany,50.9,9.9,{MERSTEIN}\n".encode("latin-1"))
    assert "Windows-1252" in result.stderr
    assert ("Merstein", "Mörs") in bench.pairs()


def test_a_few_bad_bytes_do_not_spoil_a_utf_8_file(bench: Bench) -> None:
    """Rows with bytes that are no UTF-8 are rejected; the others keep their diacritics."""
    good = f"Quélstädt,Germany,50.1,9.9,{MERSTEIN}\n".encode()
    result = bench.bring(HEADER.encode() + good + b"Mo\xffrs,Germany,50.9,9.9," + MERSTEIN.encode() + b"\n")
    assert bench.pairs() == [("Merstein", "Quélstädt")]
    assert "no UTF-8" in result.stderr
    assert bench.report()[0][0] == "3"


def test_a_file_that_ends_within_a_letter_is_read_up_to_there(bench: Bench) -> None:
    """A download that was cut off costs its last row, wherever the cut is."""
    content = (ONE_PAIR + f"{QUELLSTADT},Mörs").encode()
    answer = bench.bring(content[:-3]).json
    assert (answer["added"], answer["rejected"]) == (1, 1)
    answer = bench.bring(content[: content.index(b"\xc3") + 1]).json
    assert (answer["kept"], answer["rejected"]) == (1, 1)


def test_nul_bytes_cost_their_rows_only(bench: Bench) -> None:
    """A row with a control character is rejected, and the character named."""
    answer = bench.bring(f"{ONE_PAIR}Quell\0stadt,Germany,50.1,9.9,{MERSTEIN}\n").json
    assert (answer["added"], answer["rejected"]) == (1, 1)
    assert bench.report()[0][1] == "holds the invisible or control character U+0000"


# --- files that are something else ----------------------------------------------------------------------------------


def zipped(name: str) -> bytes:
    """Return an archive with one file in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, ONE_PAIR)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gzip.compress(ONE_PAIR.encode()), "gunzip -c"),
        (zipped("pairs.csv"), "unzip -p"),
        (zipped("xl/workbook.xml"), "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "spreadsheet"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"SQLite format 3\0" + b"\0" * 100, "SQLite"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, "no text"),
        (b"", "empty"),
        (b"\n \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (HEADER.encode(), "no pairs"),
        (b"just a sentence\n", "no comma, semicolon, tab or |"),
        (f"{QUELLSTADT},{MERSTEIN}\n".encode(), "--columns city1,country1,city2,country2"),
        (ONE_PAIR.replace(",", ":").encode(), "no comma, semicolon, tab or |"),
        (b"a" * 3_000_000, "over a million letters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_of_another_kind_is_refused_in_one_sentence(bench: Bench, content: bytes, words: str) -> None:
    """Compressed, a spreadsheet, binary, empty, without a header: what it is, and what to do about it."""
    result = bench.bring(content)
    assert result.status == 1
    assert result.stdout == ""
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert bench.state() == {}


def test_what_is_no_file_is_refused(place: Place) -> None:
    """A folder, a missing file, an address, a terminal: one sentence each, status 1 or 2."""
    for argument, status, words in (
        (str(place.folder), 1, "is a folder"),
        ("missing.csv", 1, "Cannot read missing.csv"),
        ("https://example.org/pairs.csv?a=1&b=2", 2, 'curl -LO "https://example.org/pairs.csv?a=1&b=2"'),
    ):
        result = place.run("data", "import", argument)
        assert result.status == status
        assert words in result.stderr
        assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["my pairs.csv", "L'Aquila & more.csv", "a$b.csv"])
def test_the_command_that_unpacks_a_file_can_be_pasted(place: Place, bench: Bench, name: str) -> None:
    """Its name is quoted where a shell would take it apart."""
    path = place.folder / name
    path.write_bytes(gzip.compress(ONE_PAIR.encode()))
    told = place.run("data", "import", str(path)).stderr
    pasted = place.shell(told.rpartition("as in: ")[2])
    assert pasted.returncode == 0, told
    assert bench.pairs() == [("Merstein", "Quellstadt")]


# --- columns given ----------------------------------------------------------------------------------------------------


def test_columns_can_be_given_in_their_order(bench: Bench) -> None:
    """A file without a header is read with ``--columns``; - leaves one out."""
    content = f"1,{QUELLSTADT},{MERSTEIN},x\n"
    columns = "-,city1,country1,lat1,lon1,city2,country2,lat2,lon2"
    assert bench.bring(content, "--columns", columns).json["read"] == 1
    assert bench.pairs() == FOUND


def test_columns_given_in_order_pass_over_a_header(bench: Bench) -> None:
    """A header that is recognised is no row."""
    answer = bench.bring(ONE_PAIR, "--columns", "city2,country2,lat2,lon2,city1,country1,lat1,lon1").json
    assert (answer["read"], answer["rejected"]) == (1, 0)


def test_columns_can_be_given_by_heading(bench: Bench) -> None:
    """Headings in words of their own are named one by one."""
    headings = ["Ort hier", "L.", "N", "E", "Ort dort", "L. dort", "N dort", "E dort"]
    given = "city1=Ort hier,country1=L.,lat1=N,lon1=E,city2=Ort dort,country2=L. dort,lat2=N dort,lon2=E dort"
    assert bench.bring(table(headings, ROW)).status == 1
    assert bench.bring(table(headings, ROW), "--columns", given).json["added"] == 1
    assert bench.pairs() == FOUND


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ("city1,country1", "--columns must name city1 and city2"),
        ("city1=Nowhere,city2=city2", 'no column is headed "Nowhere"'),
        ("city1,country1,lat1,lon1,city2,country2,lat2,lon2,since", "names 9 columns, and the file has 8"),
        ("", "--columns must name city1 and city2"),
    ],
)
def test_columns_that_do_not_fit_are_refused(bench: Bench, columns: str, words: str) -> None:
    """One sentence says what is wrong with ``--columns``, with status 2."""
    result = bench.bring(ONE_PAIR, "--columns", columns)
    assert result.status == 2
    assert words in result.stderr
    assert bench.state() == {}


def _dated(bench: Bench, dates: Sequence[str]) -> list[str | None]:
    """Import a pair for every date, and return what each has become; the layer must have all of them."""
    rows = [f'Ort {n},Germany,{n - 60},9.9,{MERSTEIN},"{text}"\n' for n, text in enumerate(dates)]
    assert bench.bring(f"{HEADER.strip()},since\n{''.join(rows)}").json["rejected"] == 0
    names = {city["id"]: city["name"] for city in bench.layer()["cities"]}
    found = {
        name: pair.get("since") for pair in bench.layer()["pairs"] for name in map(names.__getitem__, pair["cities"])
    }
    return [found[f"Ort {n}"] for n in range(len(dates))]


MONTHS = [
    "January Januari Jan", "February Februari Feb", "March Maret Mar", "April Apr", "May Mei", "June Juni Jun",
    "July Juli Jul", "August Agustus Aug Agu Agt", "September Sep Sept", "October Oktober Oct Okt",
    "November Nopember Nov Nop", "December Desember Dec Des",
]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "end"),
    [
        ("{} 1986", ""),
        ("{}, 1986", ""),
        ("12 {} 1986", "-12"),
        ("since 12 {} 1986", "-12"),
        ("{} 12, 1986", "-12"),
        ("{}. 12, 1986", "-12"),
    ],
)
def test_months_are_read_by_name_in_both_languages(bench: Bench, form: str, end: str) -> None:
    """All twelve, in full and in short: the c of December is no circa."""
    named = [(name, number) for number, names in enumerate(MONTHS, 1) for name in names.split()]
    expected = [f"1986-{number:02}{end}" for __, number in named]
    assert _dated(bench, [form.format(name) for name, __ in named]) == expected


def test_about_a_year_is_that_year(bench: Bench) -> None:
    """Words before a date that say how it is meant are passed over."""
    words = ["c1986", "c. 1986", "ca. 1986", "circa 1986", "Since 1986", "sejak 1986", "tahun 1986", "from 1986"]
    assert _dated(bench, words) == ["1986"] * len(words)


@pytest.mark.parametrize("text", ["Marble 1986", "Decorated 12 1986", "May be 1986", "___ 1986", "cents 1986"])
def test_a_word_that_begins_like_a_month_is_none(bench: Bench, text: str) -> None:
    """What is no date costs its row, and the report says what stood there."""
    bench.bring(f'{HEADER.strip()},since\n{QUELLSTADT},{MERSTEIN},"{text}"\n{LUMBERTON},{MERSTEIN},1990\n')
    assert [reason for __, reason, ___ in bench.report()] == [f"since is no date: {text}"]


@pytest.mark.parametrize("nothing", ["N/A", "n/a", "-", "unknown"])
def test_no_name_is_no_city_and_no_country(bench: Bench, nothing: str) -> None:
    """What stands for nothing becomes neither a city of that name nor Namibia; NA itself is its code."""
    content = f"{HEADER}{nothing},Germany,50.1,9.9,{MERSTEIN}\nQuellstadt,{nothing},50.1,9.9,{MERSTEIN}\n"
    bench.bring(content + f"Trockenort,NA,-22.1,17.2,{MERSTEIN}\n")
    assert bench.report()[0][1:2] + bench.report()[1][1:2] == ["the name of city 1 is empty", "no country given"]
    assert {city["name"]: city["country"] for city in bench.layer()["cities"]} == {"Merstein": "AT", "Trockenort": "NA"}


@pytest.mark.parametrize(
    ("cell", "id_"),
    [
        ("900000001", 900000001),
        ("900000001.0", 900000001),
        ("https://www.geonames.org/900000001", 900000001),
        ("https://www.geonames.org/900000001/quellstadt-2.html", 900000001),
        ("http://sws.geonames.org/900000001/", 900000001),
        ("12345678901", None),
        ("-5", None),
        ("Q64", None),
        ("https://www.wikidata.org/wiki/Q64", None),
        ("4 or 5", None),
    ],
)
def test_a_geonames_id_is_a_number_or_its_page(bench: Bench, cell: str, id_: int | None) -> None:
    """Digits in anything else are none, or cities of one such number would be made one."""
    bench.bring(f"{HEADER.strip()},geonames1\n{QUELLSTADT},{MERSTEIN},{cell}\n{LUMBERTON},{MERSTEIN},{cell}\n")
    cities = {city["name"]: city.get("geonames") for city in bench.layer()["cities"]}
    assert cities["Quellstadt"] == id_
    assert ("Lumbriz" in cities) == (id_ is None)


def test_a_point_on_another_globe_is_none(bench: Bench) -> None:
    """A crater of the Moon is not put on the Earth; the usual system of the Earth may be named."""
    head = "city1,country1,point1,city2,country2,lat2,lng2"
    moon, earth = "http://www.wikidata.org/entity/Q405", "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    rows = [f"Krater,Germany,<{moon}> Point(9.9 50.1),{MERSTEIN}", f"Ort,Germany,<{earth}> Point(9.9 50.1),{MERSTEIN}"]
    bench.bring("\n".join([head, *rows]))
    assert bench.report()[0][1].startswith("point1 is a point on another globe: <http://www.wikidata.org/entity/Q405>")
    assert [(city["name"], city["lat"]) for city in bench.layer()["cities"]] == [("Merstein", 47.5), ("Ort", 50.1)]


def test_an_address_ends_before_the_punctuation_around_it(bench: Bench) -> None:
    """Full stops and brackets of a sentence are no part of an address; brackets inside it are."""
    cell = "see (https://a.example/x), https://b.example/. And https://c.example/Twin_(town); https://a.example/x))"
    bench.bring(table([*HEADER.strip().split(","), "source"], [*ROW, cell]))
    urls = sorted(source["url"] for source in bench.layer()["sources"])
    assert urls == ["https://a.example/x", "https://b.example/", "https://c.example/Twin_(town)"]


@pytest.mark.parametrize(
    "page",
    [
        "https://web.archive.org/web/2020/https://de.wikipedia.org/wiki/Quellstadt",
        "https://de.wikipedia.org./wiki/Quellstadt",
        "https://commons.wikimedia.org/wiki/Quellstadt",
        "https://reader@www.wikidata.org/wiki/Q1",
    ],
)
def test_an_encyclopedia_is_known_under_any_address(bench: Bench, page: str) -> None:
    """Also from an archive, with a dot behind its name or a reader before it."""
    bench.bring(table([*HEADER.strip().split(","), "source"], [*ROW, page]))
    assert [source["kind"] for source in bench.layer()["sources"]] == ["encyclopedia"]


def test_an_address_of_brackets_takes_no_time(bench: Bench) -> None:
    """However many of them stand behind it."""
    begin = time.monotonic()
    bench.bring(table([*HEADER.strip().split(","), "source"], [*ROW, "https://a.example/x" + ")" * 500_000]))
    assert [source["url"] for source in bench.layer()["sources"]] == ["https://a.example/x"]
    assert time.monotonic() - begin < 5
