"""iCalendar (RFC 5545): the jubilees of a year as all-day events, in the language spoken.

A calendar is the same to the byte for the same data and options: its time stamps are the date of the data, and an
event's UID is made of the pair and the year, so that a second import renews the events of the first.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from twincli.i18n import _, language, ngettext
from twincli.output import Output
from twincli.records import AnniversaryRecord
from twincli.render.anniversary_views import AnniversaryList
from twincli.render.sources import source_line
from twincli.render.views import View
from twincli.text import clean
from twincli.vocabulary import Confidence, Field, Kind
from twincli.wording import city_and_country, city_name, label, long_date, number, status_and_year

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_DAY = len("2027-05-12")


def render(view: View, output: Output) -> None:
    """Write the calendar, and say how many have no place in it; one without events would break the standard."""
    assert isinstance(view, AnniversaryList)
    records: list[AnniversaryRecord] = [json.loads(doc) for doc in view.docs]
    events = records if view.has_undated_events else [record for record in records if len(record["date"]) == _DAY]
    if events:
        output.write([_calendar(view, events).to_ical().decode()])
    elif records:
        output.remark([_("No calendar is written: it would have no event.")])
    if len(events) < len(records):
        left_out = len(records) - len(events)
        message = ngettext(
            "{count} pair is left out of the calendar, since its day is unknown; --undated adds it.",
            "{count} pairs are left out of the calendar, since their day is unknown; --undated adds them.",
            left_out,
        )
        output.remark([message.format(count=number(left_out))])


def _calendar(view: AnniversaryList, records: Sequence[AnniversaryRecord]) -> Calendar:
    # Here, because only a calendar needs it: 65 ms.
    from icalendar import Calendar

    title = _("Twin city anniversaries {year}").format(year=view.year)
    calendar = Calendar()
    calendar.add("prodid", f"-//twincli//twincli anniversaries//{language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("name", title)  # RFC 7986
    calendar.add("x-wr-calname", title)  # what came before it, and most programs read
    stamp = datetime.combine(_first_day(view.data_date), datetime.min.time(), UTC)
    for record in records:
        calendar.add_component(_event(record, stamp))
    return calendar


def _event(record: AnniversaryRecord, stamp: datetime) -> Event:
    from icalendar import Event

    one, other = record["cities"]
    names = {"one": city_name(one), "other": city_name(other), "count": record["years"]}
    summary = _("{one} – {other}: {count} years")
    event = Event()
    event.add("uid", f"{record['id']}-{record['date'][:4]}@twincli")
    event.add("dtstamp", stamp)
    event.add("dtstart", _first_day(record["date"]))
    event.add("dtend", _day_after(record["date"]))
    event.add("summary", clean(summary.format(**names)))
    event.add("description", clean("\n".join(_description(record)), lines=True))
    fields = [label(Field, name) for name in record["fields"]]
    event.add("categories", [_("Twin cities"), label(Kind, record["kind"]), *fields])
    event.add("transp", "TRANSPARENT")  # an event of a whole day keeps nobody from an appointment
    return event


def _description(record: AnniversaryRecord) -> list[str]:
    """Return what the event says of the pair, the sources last, as lines."""
    since, status = record["since"], status_and_year(record["status"], record["as_of"])
    assert since is not None
    lines = [
        " – ".join(city_and_country(city) for city in record["cities"]),
        _("{kind} since {date}; {status}").format(
            kind=label(Kind, record["kind"]), date=long_date(since), status=status
        ),
        f"{_('Confidence')}: {label(Confidence, record['confidence'])}",
    ]
    if record["disputed"]:
        lines.append(_("The sources disagree on a point that matters."))
    if len(record["date"]) < _DAY:
        lines.append(_("The day is unknown."))
    lines += ["", f"{_('Sources')}:"]
    for source in record["sources"]:
        lines += [f"- {source_line(source)}: {source['says']} {source['url']}"]
    return lines


def _first_day(partial: str) -> date:
    """Return the first day of a day, month or year."""
    return date.fromisoformat(partial + "-01-01"[len(partial) - 4 :])


def _day_after(partial: str) -> date:
    """Return the day after a day, month or year, as the end of an event is given: not included (section 3.6.1)."""
    first = _first_day(partial)
    if len(partial) == _DAY:
        return first + timedelta(days=1)
    if len(partial) == len("2027"):
        return date(first.year + 1, 1, 1)
    return (first + timedelta(days=31)).replace(day=1)
