"""From a file to a checked dataset, with everything that is wrong in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from twincli.dataset.check import check_records
from twincli.dataset.models import City, Dataset, Gazetteer, Pair, Record, Source
from twincli.dataset.notes import ConceptNote, check_notes, read_notes
from twincli.dataset.problems import Problem, problems_of
from twincli.errors import BadData
from twincli.i18n import _

_SECTIONS: dict[str, type[City | Source | Pair]] = {"cities": City, "sources": Source, "pairs": Pair}
_Model = TypeVar("_Model", bound=Record)


@dataclass(frozen=True)
class Bundle:
    """All that an index is built from, checked."""

    dataset: Dataset
    gazetteer: Gazetteer
    notes: list[ConceptNote]


def read_bytes(path: Path) -> bytes:
    """Return a data file's content.

    Raises BadData where it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BadData(_("Cannot read {path}: {reason}.").format(path=path, reason=reason)) from None


def read_bundle(data_file: Path, gazetteer_file: Path, notes_folder: Path) -> Bundle:
    """Return the dataset, the gazetteer and the notes.

    Raises BadData, naming the first problem and how to see them all, where anything is wrong.
    """
    gazetteer = read_model(gazetteer_file, Gazetteer)
    dataset = read_model(data_file, Dataset)
    countries = [country.code for country in gazetteer.countries]
    _refuse_errors(
        data_file,
        check_records(data_file.name, dataset.cities, dataset.sources, dataset.pairs, known_countries=countries),
    )
    notes, problems = read_notes(notes_folder)
    _refuse_errors(notes_folder, problems)
    return Bundle(dataset, gazetteer, notes)


def read_model(path: Path, model: type[_Model]) -> _Model:
    """Return one file as one model. Raises BadData where it cannot be read or is wrong."""
    content = read_bytes(path)
    try:
        return model.model_validate_json(content)
    except ValidationError:
        __, problems = check_file_content(path, content, known_countries=())
        raise _refusal(path, problems) from None


def _refuse_errors(path: Path, problems: Iterable[Problem]) -> None:
    errors = [problem for problem in problems if not problem.is_warning]
    if errors:
        raise _refusal(path, errors)


def _refusal(path: Path, problems: list[Problem]) -> BadData:
    message = _("{path} cannot be used: {problem}. Everything that is wrong: twincli data check {path}")
    return BadData(message.format(path=path, problem=problems[0] if problems else "?"))


def check_file_content(
    path: Path, content: bytes, *, known_countries: Iterable[str]
) -> tuple[Dataset | None, list[Problem]]:
    """Return the dataset, where it can be read as a whole, and everything wrong in a data file's content."""
    document, problems = _parse(path, content)
    if document is None:
        return None, problems
    dataset: Dataset | None = None
    try:
        dataset = Dataset.model_validate_json(content)
        problems += check_records(
            path.name, dataset.cities, dataset.sources, dataset.pairs, known_countries=known_countries
        )
    except ValidationError:
        problems += _check_piecewise(path, document, known_countries)
    return dataset, problems


def _parse(path: Path, content: bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return a file's JSON object, and each key that an object in it has twice."""
    problems: list[Problem] = []

    def build(items: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(items)
        if len(built) < len(items):
            keys = [key for key, __ in items]
            twice = sorted({key for key in keys if keys.count(key) > 1})
            record = built.get("id")
            problems.append(
                Problem(path.name, record if isinstance(record, str) else None, ", ".join(twice), "stands there twice")
            )
        return built

    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=build)
    except UnicodeDecodeError as error:
        return None, [Problem(path.name, None, None, f"is not UTF-8 text: byte {error.start} cannot be read")]
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        return None, [Problem(path.name, None, None, f"is not JSON: {error.msg} at {where}")]
    except RecursionError:
        return None, [Problem(path.name, None, None, "is nested too deeply")]
    if not isinstance(document, dict):
        return None, [Problem(path.name, None, None, "is not an object with cities, sources and pairs")]
    return document, problems


def _check_piecewise(path: Path, document: dict[str, Any], known_countries: Iterable[str]) -> list[Problem]:
    """Return everything wrong where at least one record is malformed: each is validated for itself."""
    problems: list[Problem] = []
    read: dict[str, list[Any]] = {section: [] for section in _SECTIONS}
    broken: dict[str, set[str]] = {section: set() for section in _SECTIONS}
    for section, model in _SECTIONS.items():
        rows = document.get(section)
        for place, row in enumerate(rows if isinstance(rows, list) else []):
            record = row.get("id") if isinstance(row, dict) else None
            name = record if isinstance(record, str) else f"{section}[{place}]"
            try:
                read[section].append(model.model_validate_json(json.dumps(row)))
            except ValidationError as error:
                broken[section].add(name)
                problems += problems_of(error, file=path.name, record=name)
    # The rest of the file is judged with its lists left empty, since their records have been judged above.
    frame = {key: [] if key in _SECTIONS and isinstance(value, list) else value for key, value in document.items()}
    try:
        Dataset.model_validate_json(json.dumps(frame))
    except ValidationError as error:
        problems += problems_of(error, file=path.name, record=None)
    problems += check_records(
        path.name,
        read["cities"],
        read["sources"],
        read["pairs"],
        known_cities=broken["cities"],
        known_sources=broken["sources"],
        known_countries=known_countries,
    )
    return problems


def check_notes_folder(folder: Path, pair_ids: set[str]) -> list[Problem]:
    """Return everything wrong in a folder of concept notes."""
    notes, problems = read_notes(folder)
    return problems + check_notes(notes, pair_ids)
