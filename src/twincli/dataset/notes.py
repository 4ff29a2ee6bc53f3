"""Concept notes: one Markdown file a topic and language, with TOML front matter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from twincli.dataset.models import EnglishNoteFront, NoteFront
from twincli.dataset.problems import Problem, Reason, Refusal, problems_of
from twincli.i18n import N_
from twincli.sections import section_titles
from twincli.text import fold, is_unsafe
from twincli.vocabulary import Language

_FRONT = re.compile(r"\+\+\+\n(.*?)^\+\+\+\n(.*)", re.DOTALL | re.MULTILINE)
_CITATION = re.compile(r"\[([0-9]+)\]")
# HTML within Markdown; an address between angle brackets is none.
_HTML = re.compile(r"<(?!https?://)[A-Za-z/!?][^>\n]{0,20}")
_TOPIC = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MINIMUM_WORDS = 250
# Beyond any note; what is longer is not read on.
_MOST_BYTES = 1 << 20


@dataclass(frozen=True)
class ConceptNote:
    """One topic: its shared front matter, and title, summary, aliases and body (Markdown) in each language."""

    id: str
    front: dict[Language, NoteFront]
    body: dict[Language, str]

    @property
    def shared(self) -> EnglishNoteFront:
        """The front matter that serves both languages."""
        front = self.front[Language.EN]
        assert isinstance(front, EnglishNoteFront)
        return front


def citations(body: str) -> set[int]:
    """Return the numbers of the sources that a body refers to."""
    # No source has a number of ten digits, and Python reads none of some thousand.
    return {int(number[:9]) for number in _CITATION.findall(body)}


def read_note_file(path: Path, language: Language) -> tuple[NoteFront | None, str, list[Problem]]:
    """Return the front matter and the body of one file, and what is wrong with it."""
    topic = path.name.split(".")[0]
    try:
        front, body = _parts(path)
    except Refusal as refusal:
        return None, "", [Problem(path.name, topic, None, refusal.reason)]
    problems = [Problem(path.name, topic, None, reason) for reason in _unsafe_parts(body)]
    model = EnglishNoteFront if language is Language.EN else NoteFront
    try:
        # Lax, because TOML gives lists where the models have tuples and enumerations.
        return model.model_validate(front, strict=False), body, problems
    except ValidationError as error:
        return None, body, problems + problems_of(error, file=path.name, record=topic)


def _parts(path: Path) -> tuple[dict[str, Any], str]:
    """Return the front matter of a file and its body. Raises Refusal where it is no note."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise Refusal(N_("has over a million bytes"))
        text = content.decode().replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(N_("cannot be read: {error}"), error=error) from None
    match = _FRONT.fullmatch(text)
    if not match:
        raise Refusal(N_("has no front matter between two lines of +++"))
    try:
        return tomllib.loads(match[1]), match[2].strip()
    except tomllib.TOMLDecodeError as error:
        raise Refusal(N_("has front matter that is not TOML: {error}"), error=error) from None
    except ValueError:
        raise Refusal(N_("holds a number with too many digits")) from None
    except RecursionError:
        raise Refusal(N_("is nested too deeply")) from None


def _unsafe_parts(body: str) -> Iterator[Reason]:
    """Yield why a body could act where it is shown."""
    if tag := _HTML.search(body):
        yield Reason(N_("holds HTML: {tag}"), tag=tag[0])
    for letter in sorted(set(body)):
        if letter != "\n" and is_unsafe(letter):
            yield Reason(N_("holds the invisible or control character U+{code:04X}"), code=ord(letter))


def read_notes(folder: Path) -> tuple[list[ConceptNote], list[Problem]]:
    """Return every topic that can be read from a folder, sorted by id, and everything that is wrong there."""
    notes: list[ConceptNote] = []
    problems: list[Problem] = []
    for topic in sorted({path.name.split(".")[0] for path in folder.glob("*.md")}):
        if not _TOPIC.fullmatch(topic):
            reason = Reason(N_("is not named after a topic, in small letters and hyphens, as in border-twins.en.md"))
            problems.append(Problem(f"{topic}.*.md", topic, None, reason))
            continue
        fronts: dict[Language, NoteFront] = {}
        bodies: dict[Language, str] = {}
        for language in Language:
            path = folder / f"{topic}.{language}.md"
            front, body, found = read_note_file(path, language)
            problems += found
            if front is not None:
                fronts[language], bodies[language] = front, body
        if len(fronts) == len(Language):
            notes.append(ConceptNote(topic, fronts, bodies))
    return notes, problems


def check_notes(notes: list[ConceptNote], pair_ids: set[str]) -> list[Problem]:
    """Return what is wrong within each note, between notes, and between notes and pairs."""
    topics = {note.id for note in notes}
    owner_of_alias: dict[str, str] = {}
    problems: list[Problem] = []
    for note in notes:
        problems += _check_references(note, topics, pair_ids)
        if len({len(section_titles(body)) for body in note.body.values()}) > 1:
            reason = Reason(N_("has a different number of sections in its languages"))
            problems.append(Problem(_file(note, Language.EN), note.id, None, reason))
        for language in Language:
            problems += _check_body(note, language)
            for alias in note.front[language].aliases:
                owner = owner_of_alias.setdefault(fold(alias), note.id)
                if owner != note.id:
                    reason = Reason(N_("repeats an alias of {owner}: {alias}"), owner=owner, alias=alias)
                    problems.append(Problem(_file(note, language), note.id, "aliases", reason))
    return problems


def _file(note: ConceptNote, language: Language) -> str:
    return f"{note.id}.{language}.md"


def _check_references(note: ConceptNote, topics: set[str], pair_ids: set[str]) -> Iterator[Problem]:
    for topic in note.shared.see_also:
        if topic not in topics or topic == note.id:
            yield Problem(
                _file(note, Language.EN), note.id, "see_also", Reason(N_("names no other topic: {topic}"), topic=topic)
            )
    for pair in note.shared.examples:
        if pair not in pair_ids:
            yield Problem(_file(note, Language.EN), note.id, "examples", Reason(N_("names no pair: {pair}"), pair=pair))


def _check_body(note: ConceptNote, language: Language) -> Iterator[Problem]:
    file, body = _file(note, language), note.body[language]
    listed = set(range(1, len(note.shared.sources) + 1))
    cited = citations(body)
    for number in sorted(cited - listed):
        yield Problem(file, note.id, None, Reason(N_("cites a source that is not listed: [{number}]"), number=number))
    for number in sorted(listed - cited):
        yield Problem(
            file, note.id, "sources", Reason(N_("has a source that the text never cites: [{number}]"), number=number)
        )
    words = len(body.split())
    if words < MINIMUM_WORDS:
        yield Problem(
            file, note.id, None, Reason(N_("has {words} words; a note needs {least}"), words=words, least=MINIMUM_WORDS)
        )
