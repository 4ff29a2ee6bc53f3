"""Drawing what a search found: by sort, each hit with the command that opens it, the words found marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from rich.padding import Padding
from rich.text import Text

from twincli.i18n import N_, _, language, pick
from twincli.query.hits import Hit
from twincli.records import Bilingual
from twincli.render.page import Page
from twincli.render.search_views import HitList
from twincli.text import clean
from twincli.vocabulary import EntryType, Language
from twincli.wording import number, pair_count

_HEADINGS = {
    EntryType.CITY: N_("Cities"),
    EntryType.COUNTRY: N_("Countries"),
    EntryType.REGION: N_("Regions"),
    EntryType.FIELD: N_("Fields"),
    EntryType.TOPIC: N_("Topics"),
    EntryType.PAIR: N_("Pairs"),
    EntryType.SOURCE: N_("Sources"),
}
_MARK = "bold underline"
_INDENT, _GAP = 2, 2


def draw_hits(view: HitList, page: Page) -> None:
    """Draw the hits, the sort of the best one first."""
    groups: dict[EntryType, list[Hit]] = {}
    for doc in view.docs:
        hit: Hit = json.loads(doc)
        groups.setdefault(EntryType(hit["type"]), []).append(hit)
    for place, (sort, hits) in enumerate(groups.items()):
        if place:
            page.gap()
        page.add(_heading(sort, len(hits), view.counts[sort]))
        _draw_group(hits, page)
    cut = any(len(hits) < view.counts[sort] for sort, hits in groups.items())
    if cut:
        page.gap()
        page.add(Text(_("--limit 0 shows all; --type shows one sort.")))


def _heading(sort: EntryType, shown: int, count: int) -> Text:
    heading = Text(_(_HEADINGS[sort]), style="bold")
    if shown < count:
        counted = _("{shown} of {total}").format(shown=number(shown), total=number(count))
        heading.append(f" ({counted})", style="not bold")
    return heading


def _draw_group(hits: Sequence[Hit], page: Page) -> None:
    """Draw hits of one sort: the commands beside them where there is room for all, else each below its hit."""
    lines = [_line(hit, page) for hit in hits]
    commands = [Text(clean(hit["command"])) for hit in hits]
    longest = max(line.cell_len for line in lines)
    room = page.reading_width - _INDENT - longest - _GAP
    is_beside = max(command.cell_len for command in commands) <= room
    for hit, line, command in zip(hits, lines, commands, strict=True):
        if is_beside:
            line.pad_right(longest + _GAP - line.cell_len)
            line.append_text(command)
        page.add(Padding(line, (0, 0, 0, _INDENT)), width=page.reading_width)
        if passage := _passage(hit, page):
            page.add(Padding(passage, (0, 0, 0, 2 * _INDENT)), width=page.reading_width)
        if not is_beside:
            page.add_whole(command, indent=2 * _INDENT)


def _line(hit: Hit, page: Page) -> Text:
    """Return what the hit is: its name, where it belongs, and how many pairs it has."""
    name, context = pick(hit["name"])[0], pick(hit["context"])[0]
    line = _marked(name, hit["matches"], page)
    if context:
        line.append(", " if hit["type"] == EntryType.CITY else " · ")
        line.append_text(_marked(context, hit["matches"], page))
    if hit["type"] in _NAMED and hit["excerpt"] and pick(hit["excerpt"])[0] != name:
        line.append(" = ").append_text(_marked(pick(hit["excerpt"])[0], hit["matches"], page))
    if hit["pairs"] is not None:
        count = pair_count(hit["pairs"])
        line.append(f" · {count}")
    return line


# Their excerpt is another name, which stands behind the name.
_NAMED = {EntryType.CITY, EntryType.COUNTRY}


def _passage(hit: Hit, page: Page) -> Text | None:
    """Return the part of the text that has the words, in the language spoken if they are in that one too."""
    if not hit["excerpt"] or hit["type"] in _NAMED:
        return None
    return _marked(_with_match(hit["excerpt"], hit["matches"]), hit["matches"], page)


def _with_match(text: Bilingual, matches: Sequence[str]) -> str:
    spoken, written_in = pick(text)
    other = text["en"] if language() is Language.ID else text.get("id", "")
    pattern = _pattern(matches)
    if pattern and not pattern.search(spoken) and pattern.search(other) and written_in is language():
        return f"{other} [{Language.EN if language() is Language.ID else Language.ID}]"
    return spoken


def _pattern(matches: Iterable[str]) -> re.Pattern[str] | None:
    words = "|".join(re.escape(clean(match)) for match in sorted(matches, key=len, reverse=True))
    # Neighbouring words are one match, so that a name is marked as a whole.
    return re.compile(rf"(?<!\w)(?:{words})(?:[ -](?:{words}))*(?!\w)") if words else None


def _marked(text: str, matches: Sequence[str], page: Page) -> Text:
    """Return a text with the words found in it marked: by type, or by asterisks where there is none."""
    shown = clean(text)
    pattern = _pattern(matches)
    if not pattern:
        return Text(shown)
    if not page.console.color_system:
        return Text(pattern.sub(lambda match: f"*{match[0]}*", shown))
    marked = Text(shown)
    for match in pattern.finditer(shown):
        marked.stylize(_MARK, *match.span())
    return marked
