"""Which city and which country a row means, and which rows mean the same pair."""

from __future__ import annotations

from typing import Any

from tests.layers.importing import HEADER, LUMBERTON, MERSTEIN, ONE_PAIR, QUELLSTADT, Bench

PLAIN = "city1,country1,city2,country2\n"


def cities(bench: Bench) -> dict[str, dict[str, Any]]:
    """Return the cities of the layer by name."""
    return {city["name"]: city for city in bench.layer()["cities"]}


def reasons(bench: Bench) -> list[str]:
    """Return why rows were rejected."""
    return [reason for __, reason, ___ in bench.report()]


# --- countries --------------------------------------------------------------------------------------------------------


COUNTRIES = [
    ("Germany", "DE", None),
    ("DE", "DE", None),
    ("deu", "DE", None),
    ("Jerman", "DE", None),
    ("Deutschland", "DE", None),
    ("GERMANY", "DE", None),
    ("  Germany ", "DE", None),
    ("England, United Kingdom", "GB", "England"),
    ("England", "GB", "England"),
    ("New York, United States", "US", "New York"),
    ("Georgia, United States", "US", "Georgia"),
    ("Georgia (country)", "GE", None),
    ("Réunion, France", "RE", None),
    ("Åland Islands, Finland", "AX", None),
    ("Hong Kong, China", "HK", None),
    ("Korea, South", "KR", None),
    ("Korea (Republic of)", "KR", None),
    ("Tanzania, United Republic of", "TZ", None),
    ("Congo, Democratic Republic of the", "CD", None),
    ("Saint Kitts and Nevis", "KN", None),
    ("Bosnia and Hercegovina", "BA", None),
    ("The Netherlands", "NL", None),
    ("East Germany", "DE", None),
    ("Burma", "MM", None),
    ("Northern Cyprus", "CY", "Northern Cyprus"),
    ("Soviet Union, Ukraine", "UA", None),
    ("Korea, Dem. People's Rep.", "KP", None),
    ("Korea, DPR", "KP", None),
    ("Korea, Rep.", "KR", None),
    ("Congo, Dem. Rep.", "CD", None),
    ("Venezuela, RB", "VE", None),
    ("Iran, Islamic Republic of", "IR", None),
    ("Micronesia, Fed. Sts.", "FM", None),
    ("Bahamas, The", "BS", None),
    ("Guyana, French", "GF", None),
    ("Taiwan, China", "TW", None),
    ("China, Taiwan", "TW", None),
]


def test_a_country_is_understood_in_any_words(bench: Bench) -> None:
    """By names and codes in several languages, and with what encyclopedias and statistics put around them."""
    rows = [f'Quell{number:02},"{country}",50.1,9.9,{LUMBERTON}' for number, (country, *__) in enumerate(COUNTRIES)]
    bench.bring(HEADER + "\n".join(rows))
    found = cities(bench)
    understood = [
        (found[f"Quell{number:02}"]["country"], found[f"Quell{number:02}"].get("admin")) for number in range(len(rows))
    ]
    assert understood == [(code, admin) for __, code, admin in COUNTRIES]


UNCLEAR = [
    ("Uni Soviet", "Uni Soviet no longer exists: name the country of today"),
    ("Grece", 'no country called "Grece": Greece?'),
    ("in Italy", 'no country called "in Italy": Italy?'),
    ("Georgia (U.S. state)", 'no country called "Georgia (U.S. state)": Georgia?'),
    ("Atlantis", 'no country called "Atlantis"'),
    ("", "no country given"),
    ("Guyana, Outer", 'no country called "Guyana, Outer": Guyana?'),
    ("Congo", '"Congo" names several countries: DR Congo, Republic of the Congo'),
]


def test_a_country_that_cannot_be_told_is_a_reason(bench: Bench) -> None:
    """Historical, mistyped, missing or ambiguous: the report says which, and what may have been meant."""
    rows = [f'Fern{number:02},"{country}",40.1,9.9,{LUMBERTON}' for number, (country, __) in enumerate(UNCLEAR)]
    bench.bring(HEADER + "\n".join([*rows, f"{QUELLSTADT},{LUMBERTON}"]))
    assert reasons(bench) == [reason for __, reason in UNCLEAR]


def test_coordinates_decide_where_the_country_does_not(bench: Bench) -> None:
    """A historical country, a slip or none: the city of that name that lies there, in the file or known, says which."""
    rows = (
        f"Quellstadt,Czechoslovakia,50.11,9.91,{MERSTEIN}\n"
        f"{QUELLSTADT},{LUMBERTON}\n"  # stands below the row that needs it
        f"Brazzaville,Congo,-4.2667,15.2667,{MERSTEIN}\n"
        f"Volgograd,Soviet Union,48.71,44.51,{MERSTEIN}\n"
        "Brazzaville,Republic of the Congo,-4.27,15.27,Lumbriz,Spain,40.2,-3.9\n"
    )
    answer = bench.bring(HEADER + rows).json
    assert (answer["added"], answer["rejected"]) == (5, 0)
    found = cities(bench)
    assert [found[name]["country"] for name in ("Quellstadt", "Brazzaville", "Volgograd")] == ["DE", "CG", "RU"]


def test_a_name_elsewhere_decides_no_country(bench: Bench) -> None:
    """Coordinates far from every city of that name tell nothing."""
    bench.bring(f"{HEADER}Quellstadt,Yugoslavia,44.1,19.9,{MERSTEIN}\n{QUELLSTADT},{MERSTEIN}\n")
    assert reasons(bench) == ["Yugoslavia no longer exists: name the country of today"]


def test_a_country_may_stand_with_the_name(bench: Bench) -> None:
    """Name and country in one cell, and territories twinned as a whole."""
    bench.bring('city1,city2\n"Jakarta, Indonesia","Rotterdam, Belanda"\n')
    assert {city["id"] for city in bench.layer()["cities"]} == {"jakarta-id", "rotterdam-nl"}
    bench.bring(f"{HEADER}Falkland Islands,,-51.7,-59.2,{MERSTEIN}\n")
    falklands = cities(bench)["Falkland Islands"]
    assert (falklands["country"], falklands["level"]) == ("FK", "region")


# --- cities -----------------------------------------------------------------------------------------------------------


def test_one_city_written_in_two_ways_is_one(bench: Bench) -> None:
    """Diacritics, case, spaces and a kilometre or two do not make a second city."""
    rows = (
        f"Québriz,Germany,50.1,9.9,{MERSTEIN}\n"
        f"  QUEBRIZ ,DE,50.12,9.95,{LUMBERTON}\n"
        f"Que\u0301briz\u200b,Jerman,50.1,9.9,{LUMBERTON}\n"
    )
    answer = bench.bring(HEADER + rows).json
    assert (answer["added"], answer["repeated"]) == (2, 1)
    assert "Québriz" in cities(bench)
    assert len(cities(bench)) == 3


def test_two_cities_of_one_name_stay_two(bench: Bench) -> None:
    """Cities of a name that lie apart are different ones, each with an id of its own."""
    rows = f"Quellstadt,Germany,50.1,9.9,{MERSTEIN}\nQuellstadt,Germany,53.1,9.9,{MERSTEIN}\n"
    assert bench.bring(HEADER + rows).json["added"] == 2
    ids = {city["id"]: city["lat"] for city in bench.layer()["cities"]}
    assert ids == {"quellstadt-de": 50.1, "quellstadt-2-de": 53.1, "merstein-at": 47.5}
    assert {pair["id"] for pair in bench.layer()["pairs"]} == {"merstein-quellstadt", "merstein-quellstadt-2"}


def test_a_province_tells_cities_of_one_name_apart(bench: Bench) -> None:
    """It is in the id of the second, and it comes from a column, or from behind a comma in the name."""
    header = "city1,state1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
    rows = f'Quell,Ohio,US,40,-83,{MERSTEIN}\n"Quell, Utah",,US,39,-111,{MERSTEIN}\n'
    bench.bring(header + rows)
    found = {city["id"]: (city["name"], city.get("admin")) for city in bench.layer()["cities"]}
    assert found["quell-us"] == ("Quell", "Ohio")
    assert found["quell-utah-us"] == ("Quell", "Utah")


def test_a_geonames_id_makes_one_city_of_two_names(bench: Bench) -> None:
    """And different ids make two of one name, however near."""
    header = HEADER.strip() + ",geonames1\n"
    rows = (
        f"Quellstadt,Germany,50.1,9.9,{MERSTEIN},900000001\n"
        f"Sumberkota,Germany,50.9,9.9,{LUMBERTON},900000001\n"
        f"Quellstadt,Germany,50.1,9.9,{LUMBERTON},900000002\n"
    )
    bench.bring(header + rows)
    german = [city for city in bench.layer()["cities"] if city["country"] == "DE"]
    assert sorted(city["geonames"] for city in german) == [900000001, 900000002]


def test_a_known_city_has_its_known_id(bench: Bench) -> None:
    """By any name of the bundled data; one of that name elsewhere gets another."""
    rows = f"Batavia,Indonesia,-6.2,106.8,{MERSTEIN}\nJakarta,Indonesia,3.0,98.0,{MERSTEIN}\n"
    bench.bring(HEADER + rows)
    ids = {city["name"]: city["id"] for city in bench.layer()["cities"]}
    assert ids["Batavia"] == "jakarta-id"
    assert ids["Jakarta"] == "jakarta-2-id"


def test_a_name_without_a_latin_letter_has_an_id_too(bench: Bench) -> None:
    """Ids are ASCII, whatever script a name is written in."""
    bench.bring(f"{HEADER}泉町,Japan,35.5,139.1,{MERSTEIN}\nŁąkowo-ß,Poland,52.1,19.2,{MERSTEIN}\n")
    ids = {city["name"]: city["id"] for city in bench.layer()["cities"]}
    assert ids["泉町"].startswith("place-")
    assert ids["泉町"].endswith("-jp")
    assert ids["Łąkowo-ß"] == "lakowo-ss-pl"


def test_a_city_without_coordinates_must_be_known(bench: Bench, bundled: dict[str, Any]) -> None:
    """A known one is taken with all that is known of it; of any other the report says what is missing."""
    bench.bring(f"{PLAIN}Jakarta,Indonesia,Rotterdam,NL\nQuellstadt,Germany,Jakarta,Indonesia\n")
    (known,) = [city for city in bundled["cities"] if city["id"] == "jakarta-id"]
    (taken,) = [city for city in bench.layer()["cities"] if city["id"] == "jakarta-id"]
    assert taken == known
    assert reasons(bench) == ["Quellstadt (Germany) is not known, and the file gives no coordinates"]


def test_the_file_itself_makes_a_city_known(bench: Bench) -> None:
    """Coordinates in one row serve every row that names the city, the rows above it too."""
    rows = f"Quellstadt,Germany,,,{MERSTEIN}\n{QUELLSTADT},{LUMBERTON}\nQuellstadt,Germany,0,0,{LUMBERTON}\n"
    answer = bench.bring(HEADER + rows).json
    assert (answer["added"], answer["repeated"], answer["rejected"]) == (2, 1, 0)


def test_another_layer_makes_a_city_known(bench: Bench) -> None:
    """Once a layer with coordinates is installed, a list of bare names can be imported."""
    names = f"{PLAIN}Quellstadt,Germany,Merstein,Austria\n"
    assert bench.bring(names, "--name", "names").status == 1
    bench.bring(f"{HEADER}{QUELLSTADT},{MERSTEIN}\n", "--name", "places")
    assert bench.bring(names, "--name", "names").json["added"] == 1
    assert bench.layer("names")["cities"] == bench.layer("places")["cities"]
    bench.place.run("data", "remove", "places")
    assert bench.place.run("show", "Quellstadt").status == 0


def test_an_ambiguous_name_needs_more(bench: Bench) -> None:
    """Without coordinates, a name that several known cities bear is taken only with its province."""
    header = "city1,state1,country1,city2,country2\n"
    answer = bench.bring(f"{header}Columbus,,US,Jakarta,ID\nColumbus,Ohio,US,Jakarta,ID\n").json
    assert (answer["read"], answer["rejected"]) == (2, 1)
    assert reasons(bench) == ["several cities are called Columbus: give its province or coordinates"]
    assert {city["id"] for city in bench.layer()["cities"]} == {"columbus-ohio-us", "jakarta-id"}


IMPOSSIBLE = [
    ("Quellstadt,Germany,95,9.9", "coordinates out of range: 95, 9.9"),
    ("Quellstadt,Germany,50,-181", "coordinates out of range: 50, -181"),
    ("Quellstadt,Germany,nan,9.9", "half of the coordinates of Quellstadt are missing"),
    ("Quellstadt,Germany,50,", "half of the coordinates of Quellstadt are missing"),
    ("Quellstadt,Germany,north,9.9", "lat1 is no number of degrees: north"),
    ("Quellstadt,Germany,1e999,9.9", "coordinates out of range: inf, 9.9"),
    (",Germany,50,9", "the name of city 1 is empty"),
    ("?!,Germany,50,9", "a city without a name"),
    ("Q64,Germany,50,9", "a city of which nothing but Q64 is known"),
    (f"{'x' * 201},Germany,50,9", "a name of more than 200 letters"),
    ("Quell\u202estadt,Germany,50,9", "holds the invisible or control character U+202E"),
    ("Quell\x1b[31mstadt,Germany,50,9", "holds the invisible or control character U+001B"),
]


def test_a_city_that_cannot_be_is_a_reason(bench: Bench) -> None:
    """The report says what is wrong with it, in characters that are safe to show."""
    rows = [f"{city},{MERSTEIN}" for city, __ in IMPOSSIBLE]
    answer = bench.bring(HEADER + "\n".join([*rows, f"{QUELLSTADT},{MERSTEIN}"])).json
    assert (answer["added"], answer["rejected"]) == (1, len(IMPOSSIBLE))
    assert reasons(bench) == [reason for __, reason in IMPOSSIBLE]
    assert not set("".join(row for __, ___, row in bench.report())) & {"\x1b", "\u202e"}


# --- pairs ------------------------------------------------------------------------------------------------------------


def test_rows_of_one_pair_complete_each_other(bench: Bench) -> None:
    """The first row to say something is believed; later ones add what is missing, and their references."""
    header = HEADER.strip() + ",since,status,url\n"
    rows = (
        f"{QUELLSTADT},{MERSTEIN},,,https://one.example/\n"
        f"{MERSTEIN},{QUELLSTADT},1990,active,https://two.example/\n"
        f"{QUELLSTADT},{MERSTEIN},1991,ended,https://two.example/\n"
    )
    assert bench.bring(header + rows).json["repeated"] == 2
    pair = bench.pair()
    assert (pair["since"], pair["status"], len(pair["sources"])) == ("1990", "active", 2)


def test_references_say_who_published_them(bench: Bench) -> None:
    """The site of an address is its publisher; encyclopedias are known as such, and odd addresses break nothing."""
    header = HEADER.strip() + ",reference\n"
    rows = (
        f"{QUELLSTADT},{MERSTEIN},https://www.example.org/a; http://[x\n"
        f"{QUELLSTADT},{LUMBERTON},https://en.wikipedia.org/wiki/Quellstadt and a book\n"
    )
    bench.bring(header + rows)
    told = {(source["publisher"], source["kind"]) for source in bench.layer()["sources"]}
    assert told == {("example.org", "other"), ("http://[x", "other"), ("Wikipedia", "encyclopedia")}


DATES = [
    ("1986", "1986"),
    ("1986-05", "1986-05"),
    ("1986-5-2", "1986-05-02"),
    ("1986.0", "1986"),
    ("12.05.1986", "1986-05-12"),
    ("12 May 1986", "1986-05-12"),
    ("May 12, 1986", "1986-05-12"),
    ("17 Agustus 1986", "1986-08-17"),
    ("Mei 1986", "1986-05"),
    ("c. 1986", "1986"),
    ("31/12/1986", "1986-12-31"),
    ("12/31/1986", "1986-12-31"),
    ("03/04/1986", "1986"),  # March or April: nobody knows
    ("1986-01-01T00:00:00Z", "1986"),  # how query services write a year
    ("1986-05-12T00:00:00Z", "1986-05-12"),
    ("n/a", None),
    ("-", None),
    ("", None),
]


def test_dates_are_read_as_people_and_programs_write_them(bench: Bench) -> None:
    """As exact as they are certain, and no more."""
    rows = [f'Quell{number:02},DE,50.1,9.9,{MERSTEIN},"{written}"' for number, (written, __) in enumerate(DATES)]
    bench.bring(HEADER.strip() + ",since\n" + "\n".join(rows))
    assert [pair.get("since") for pair in bench.layer()["pairs"]] == [read for __, read in DATES]


IMPOSSIBLE_DATES = [
    ("1986-02-30", "", "", "since is a date that does not exist: 1986-02-30"),
    ("0000", "", "", "since is a date that does not exist: 0000"),
    ("soon", "", "", "since is no date: soon"),
    ("1990", "1980", "", "ended in 1980, before it began in 1990"),
    ("1990", "2000", "active", "ended in 2000, and its status is active"),
]


def test_dates_that_cannot_be_are_a_reason(bench: Bench) -> None:
    """A date that does not exist, or dates that contradict each other, reject their row."""
    header = HEADER.strip() + ",since,until,status\n"
    rows = [f"{QUELLSTADT},{MERSTEIN},{since},{until},{status}" for since, until, status, __ in IMPOSSIBLE_DATES]
    bench.bring(header + "\n".join([*rows, f"{MERSTEIN},{LUMBERTON},,,"]))
    assert reasons(bench) == [reason for *__, reason in IMPOSSIBLE_DATES]


def test_a_pair_that_has_an_end_has_ended(bench: Bench) -> None:
    """Where no status is given, the end says it."""
    bench.bring(f"{HEADER.strip()},until\n{QUELLSTADT},{MERSTEIN},2001\n")
    assert (bench.pair()["status"], bench.pair()["until"]) == ("ended", "2001")


def test_words_that_are_none_of_ours_are_said(bench: Bench) -> None:
    """A kind or status that is not understood loses no pair, and the reader is told."""
    rows = f"{QUELLSTADT},{MERSTEIN},climate alliance\n{LUMBERTON},{MERSTEIN},twin town\n"
    result = bench.bring(f"{HEADER.strip()},type\n{rows}")
    assert {pair["kind"] for pair in bench.layer()["pairs"]} == {"sister"}
    assert '"climate alliance"' in result.stderr
    assert result.stderr.count("Note") == 1


def test_a_city_with_its_province_behind_a_comma_is_known_from_another_layer(bench: Bench) -> None:
    """Whatever stands behind the comma, and whether the country has a column of its own."""
    bench.bring(f"{HEADER}{QUELLSTADT},{MERSTEIN}\n", name="first.csv")
    for row in (
        'Merstein,Austria,"Quellstadt, Hesse",Germany',
        'Merstein,Austria,"Quellstadt, Germany",',
        '"Merstein, Styria",Austria,Quellstadt,Germany',
    ):
        result = bench.bring(f"city1,country1,city2,country2\n{row}\n", name="mine.csv")
        assert result.status == 0, result.stderr
        assert bench.pairs() == [("Merstein", "Quellstadt")]


def test_a_comparison_knows_the_cities_of_a_layer_of_any_name(bench: Bench) -> None:
    """A layer called file is one like any other, when a file is compared."""
    bench.bring(ONE_PAIR, "--name", "file")
    bare = bench.write("city1,country1,city2,country2\nQuellstadt,Germany,Merstein,Austria\n")
    assert [found["what"] for found in bench.place.run("data", "diff", bare).json] == ["pair"]
