"""``twincli anniversaries --format ics``: a calendar by RFC 5545 that calendar programs take."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event

from tests.commands.network import network
from tests.conftest import Place, Write


@pytest.fixture
def dated() -> dict[str, Any]:
    """Two pairs of a known day, one of a known month, one of a known year."""
    return network(
        ("alfa-fr", "bravo-de", {"since": "2002-12-31", "fields": ["culture", "smart-city"], "disputed": True}),
        ("alfa-fr", "charlie-es", {"since": "1977-05-12", "kind": "friendship"}),
        ("alfa-fr", "delta-it", {"since": "2017-12"}),
        ("alfa-fr", "echo-gb", {"since": "1927"}),
    )


def written(place: Place, data: Path, *arguments: str) -> bytes:
    """Return the calendar of 2027 as bytes."""
    path = place.folder / "jubilees.ics"
    result = place.run("anniversaries", "--year", "2027", "--data", str(data), "-o", str(path), "--force", *arguments)
    assert (result.status, result.stdout) == (0, "")
    return path.read_bytes()


def events(content: bytes) -> list[Event]:
    """Return the events of a calendar as the library reads them."""
    return list(Calendar.from_ical(content).events)


def test_each_known_day_is_an_event_of_the_whole_day(place: Place, write: Write, dated: Any) -> None:
    """DTSTART is the date, DTEND the day after it; nothing says an hour."""
    content = written(place, write(dated))
    spans = [(event.decoded("dtstart"), event.decoded("dtend")) for event in events(content)]
    assert spans == [(date(2027, 5, 12), date(2027, 5, 13)), (date(2027, 12, 31), date(2028, 1, 1))]
    assert content.count(b"DTSTART;VALUE=DATE:") == content.count(b"DTEND;VALUE=DATE:") == 2


def test_an_event_says_what_is_celebrated(place: Place, write: Write, dated: Any) -> None:
    """The summary names both cities and the years, the description the beginning, the status and the sources."""
    friendship, disputed = events(written(place, write(dated)))
    assert str(friendship["summary"]) == "Alfa – Charlie: 50 years"
    description = str(friendship["description"])
    assert description.splitlines()[:2] == [
        "Alfa, France – Charlie, Spain",
        "friendship city since 12 May 1977; active",
    ]
    assert "Names the pair." in description
    assert "https://high.example/" in description
    assert "sources disagree" in str(disputed["description"])


def test_events_have_categories(place: Place, write: Write, dated: Any) -> None:
    """The subject, the kind of the pair and its fields, so that a program can sort by them."""
    categories = [list(event.categories) for event in events(written(place, write(dated)))]
    assert categories == [["Twin cities", "friendship city"], ["Twin cities", "sister city", "culture", "smart city"]]


def test_the_time_stamp_is_the_date_of_the_data(place: Place, write: Write, dated: Any) -> None:
    """A second run on another day gives the same stamp; a date without a day begins with its first."""
    for revised, expected in (
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
    ):
        content = written(place, write({**dated, "date": revised}))
        assert {event.decoded("dtstamp") for event in events(content)} == {expected}


def test_an_event_keeps_its_uid(place: Place, write: Write, dated: Any) -> None:
    """The UID is the same in both languages and after a change of the pair, and another in each year."""

    def uids(content: bytes) -> list[str]:
        return [str(event["uid"]) for event in events(content)]

    first = uids(written(place, write(dated)))
    assert len(set(first)) == len(first)
    assert uids(written(place, write(dated), "--lang", "id")) == first
    dated["pairs"][1]["since"] = "1977-06-01"
    assert uids(written(place, write(dated))) == first
    assert not set(first) & set(uids(written(place, write(dated), "--year", "2037", "--every", "5")))


def test_two_runs_give_the_same_bytes(place: Place) -> None:
    """Also in processes of their own that order sets differently."""
    arguments = ("anniversaries", "--year", "2027", "--country", "Indonesia", "--format", "ics", "--undated")
    runs = {place.process(*arguments, check=True, PYTHONHASHSEED=seed).stdout for seed in ("1", "2")}
    assert len(runs) == 1
    assert runs.pop().startswith(b"BEGIN:VCALENDAR\r\n")


def test_lines_end_and_fold_as_the_standard_says(place: Place) -> None:
    """Section 3.1: CRLF after each line, none of more than 75 octets, none that cuts a letter; unfolded it reads."""
    path = place.folder / "all.ics"
    place.run("anniversaries", "--year", "2027", "--undated", "-o", str(path), "--lang", "id")
    content = path.read_bytes()
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")[:-1]
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines)
    unfolded = content.replace(b"\r\n ", b"").split(b"\r\n")[:-1]
    assert any(len(line) > 75 for line in unfolded)
    assert all(line.partition(b":")[0].partition(b";")[0].replace(b"-", b"").isalpha() for line in unfolded)


def test_what_the_standard_requires_is_there(place: Place, write: Write, dated: Any) -> None:
    """Sections 3.6 and 3.6.1: VERSION and PRODID once, each event with UID, DTSTAMP and DTSTART once."""
    content = written(place, write(dated))
    calendar = Calendar.from_ical(content)
    assert (str(calendar["version"]), "twincli" in str(calendar["prodid"])) == ("2.0", True)
    for block in content.split(b"BEGIN:VEVENT")[1:]:
        for name in (b"UID", b"DTSTAMP", b"DTSTART", b"DTEND", b"SUMMARY", b"DESCRIPTION", b"CATEGORIES"):
            assert block.count(b"\r\n" + name + b":") + block.count(b"\r\n" + name + b";") == 1
    assert not any(event.errors for event in calendar.events)


def test_punctuation_survives(place: Place, write: Write, dated: Any) -> None:
    """Commas, semicolons, backslashes and quotes are escaped, and read as they were."""
    name = 'Al,fa; "B" \\n C:D'
    dated["cities"][0]["name"] = name
    event = events(written(place, write(dated)))[0]
    assert str(event["summary"]) == f"{name} – Charlie: 50 years"
    assert str(event["description"]).startswith(f"{name}, France – Charlie, Spain\n")


def test_no_day_is_invented(place: Place, write: Write, dated: Any) -> None:
    """Pairs whose day is unknown are left out of the calendar, and how many is said."""
    result = place.run("anniversaries", "--year", "2027", "--data", str(write(dated)), "--format", "ics")
    assert len(events(result.stdout.encode())) == 2
    assert "2 pairs are left out of the calendar, since their day is unknown; --undated adds them." in result.stderr


def test_undated_pairs_last_as_long_as_they_are_unknown(place: Place, write: Write, dated: Any) -> None:
    """With ``--undated`` a pair of December is an event of all December, a pair of a year of all the year."""
    path = place.folder / "all.ics"
    data = str(write(dated))
    result = place.run("anniversaries", "--year", "2027", "--data", data, "--undated", "-o", str(path))
    month, year = events(path.read_bytes())[2:]
    assert (month.decoded("dtstart"), month.decoded("dtend")) == (date(2027, 12, 1), date(2028, 1, 1))
    assert (year.decoded("dtstart"), year.decoded("dtend")) == (date(2027, 1, 1), date(2028, 1, 1))
    assert "The day is unknown." in str(month["description"])
    assert result.stderr == ""


def test_a_calendar_without_events_is_not_written(place: Place, write: Write) -> None:
    """The standard demands an event; without one no file appears, and that is said."""
    data = write(network(("alfa-fr", "echo-gb", {"since": "1927"})))
    path = place.folder / "none.ics"
    result = place.run("anniversaries", "--year", "2027", "--data", str(data), "-o", str(path))
    assert (result.status, result.stdout, path.exists()) == (0, "", False)
    assert "No calendar is written" in result.stderr
    assert "1 pair is left out" in result.stderr
    nothing = place.run("anniversaries", "--year", "2028", "--data", str(data), "-o", str(path))
    assert (nothing.status, path.exists()) == (0, False)
    assert "No anniversaries in 2028 match." in nothing.stderr


def test_a_calendar_speaks_indonesian(place: Place, write: Write, dated: Any) -> None:
    """With ``--lang id`` title, summary, description and categories are Indonesian."""
    content = written(place, write(dated), "--lang", "id")
    event = events(content)[0]
    assert str(event["summary"]) == "Alfa – Charlie: 50 tahun"
    assert "kota persahabatan sejak 12 Mei 1977; aktif" in str(event["description"])
    assert "Sumber" in str(event["description"])
    assert "Kota kembar" in event.categories
    assert "2027" in str(Calendar.from_ical(content)["name"])


@pytest.mark.parametrize(
    "command", [("list",), ("show", "Jakarta"), ("explain",), ("path", "Jakarta", "Peru"), ("data", "info")]
)
def test_other_commands_give_no_calendar(place: Place, command: tuple[str, ...]) -> None:
    """Asked for as a format, by a variable or by a file's name, it is refused in one sentence, before any work."""
    target = place.folder / "x.ics"
    for arguments, environ in (
        (("--format", "ics"), {}),
        (("-o", str(target)), {}),
        ((), {"TWINCLI_FORMAT": "ics"}),
    ):
        result = place.run(*command, *arguments, environ=environ)
        assert (result.status, result.stdout) == (2, "")
        assert "this command gives no ics; it takes one of: table, json" in result.stderr
        assert result.stderr.count("\n") == 1
        assert not target.exists()


def test_the_help_offers_a_calendar_only_where_there_is_one(place: Place) -> None:
    """``ics`` stands in the help of ``anniversaries`` and of no other command."""
    assert ", ics." in " ".join(place.run("anniversaries", "--help").stdout.split())
    assert "ics" not in place.run("list", "--help").stdout.split("In what form:")[1]


def test_a_calendar_program_imports_it(place: Place, write: Write, dated: Any, need: Callable[[str], str]) -> None:
    """Khal takes all events, shows them on their days, and a second import adds none."""
    khal = need("khal")
    folder = place.folder / "calendar"
    folder.mkdir()
    config = place.folder / "khal.conf"
    formats = "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
    formats += "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    config.write_text(
        f"[calendars]\n[[twins]]\npath = {folder}\n[locale]\n{formats}[default]\ndefault_calendar = twins\n"
    )
    written(place, write(dated), "--undated")

    def run(*arguments: str) -> str:
        environ = {**place.environ, "PATH": os.environ["PATH"], "XDG_DATA_HOME": str(place.home)}
        command = [khal, "-c", str(config), *arguments]
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=True, timeout=60).stdout

    for __ in range(2):
        run("import", "--batch", str(place.folder / "jubilees.ics"))
        assert len(list(folder.glob("*.ics"))) == 4
    assert "Alfa – Charlie: 50 years" in run("list", "--notstarted", "2027-05-12", "1d")
    assert run("list", "--notstarted", "2027-05-13", "1d").strip() == ""
