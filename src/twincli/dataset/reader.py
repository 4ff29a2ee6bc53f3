"""From a file to a checked dataset, with everything that is wrong in it."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from twincli.command_lines import command_line, file_argument
from twincli.dataset.check import check_records
from twincli.dataset.models import SECTIONS, City, Dataset, Pair, Record, Source
from twincli.dataset.notes import check_notes, read_notes
from twincli.dataset.problems import MOST_PROBLEMS, Problem, Reason, problems_of
from twincli.dataset.shape import is_complete, name_of, parse, read_bytes
from twincli.errors import BadData
from twincli.i18n import N_, _

_Model = TypeVar("_Model", bound=Record)


def read_model(path: Path, model: type[_Model]) -> _Model:
    """Return one file as one model. Raises BadData where it cannot be read or is wrong."""
    content = read_bytes(path)
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        if model is Dataset:
            __, problems = check_file_content(path, content, known_countries=())
            refuse_errors(path, problems)
        # Of a file that is no JSON, Pydantic tells less than Python does.
        is_json = error.errors(include_url=False)[0]["type"] != "json_invalid"
        problems = [] if is_json else parse(path, content)[1]
        raise _bundled_refusal(path, problems or problems_of(error, file=path.name, record=None)) from None


def refuse_errors(path: Path, problems: Iterable[Problem]) -> None:
    """Raise BadData if any of the problems of a data file is more than a warning."""
    if errors := _errors(problems):
        raise refusal(path, errors)


def refuse_bundled_errors(path: Path, problems: Iterable[Problem]) -> None:
    """Raise BadData if any of the problems of what comes with the program is more than a warning."""
    if errors := _errors(problems):
        raise _bundled_refusal(path, errors)


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if not problem.is_warning]


def refusal(path: Path, problems: Sequence[Problem]) -> BadData:
    """Return the error for a data file in which something is wrong, the first thing named."""
    message = _("{path} cannot be used: {problem}. Everything that is wrong: {command}")
    command = command_line("data", "check", file_argument(path))
    return BadData(message.format(path=path, problem=problems[0], command=command))


def _bundled_refusal(path: Path, problems: Sequence[Problem]) -> BadData:
    message = _("{path} cannot be used: {problem}. It comes with twincli; to mend it, install twincli again.")
    return BadData(message.format(path=path, problem=problems[0]))


def check_file_content(
    path: Path, content: bytes, *, known_countries: Iterable[str]
) -> tuple[Dataset | None, list[Problem]]:
    """Return the dataset, where it can be read as a whole, and everything wrong in a data file's content."""
    try:
        dataset, problems = _check_content(path, content, known_countries)
    except RecursionError:
        return None, [Problem(path.name, None, None, Reason(N_("is nested too deeply")))]
    if len(problems) > MOST_PROBLEMS:
        reason = Reason(N_("has more faults than the {count} that are listed"), count=MOST_PROBLEMS)
        problems = [*problems[:MOST_PROBLEMS], Problem(path.name, None, None, reason)]
    return dataset, problems


def _check_content(path: Path, content: bytes, known_countries: Iterable[str]) -> tuple[Dataset | None, list[Problem]]:
    document, problems = parse(path, content)
    if document is None:
        return None, problems
    if not is_complete(document):
        return None, problems + _check_piecewise(path, document, known_countries)
    dataset: Dataset | None = None
    try:
        dataset = Dataset.model_validate_json(content.removeprefix(BOM_UTF8))
        problems += check_records(
            path.name, dataset.cities, dataset.sources, dataset.pairs, known_countries=known_countries
        )
    except ValidationError:
        problems += _check_piecewise(path, document, known_countries)
    return dataset, problems


def _check_piecewise(path: Path, document: dict[str, Any], known_countries: Iterable[str]) -> list[Problem]:
    """Return everything wrong where at least one record is malformed: each is validated for itself."""
    problems: list[Problem] = []
    read: dict[str, list[Any]] = {section: [] for section in SECTIONS}
    broken: dict[str, set[str]] = {section: set() for section in SECTIONS}
    for section, model in SECTIONS.items():
        rows = document.get(section)
        for place, row in enumerate(rows if isinstance(rows, list) else []):
            name = name_of(section, place, row)
            try:
                read[section].append(model.model_validate_json(json.dumps(row)))
            except ValidationError as error:
                broken[section].add(name)
                problems += problems_of(error, file=path.name, record=name)
                read[section] += _without_faults(model, row, error)
            if len(problems) > MOST_PROBLEMS:
                return problems
    # The rest of the file is judged with its lists left empty, since their records have been judged above.
    frame = {key: [] if key in SECTIONS and isinstance(value, list) else value for key, value in document.items()}
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


def _without_faults(model: type[City | Source | Pair], row: Any, error: ValidationError) -> list[City | Source | Pair]:
    """Return a malformed record without its faulty keys, where it can do without them.

    So that what else is wrong with it, such as dates that run backwards, is found in the same run.
    """
    if not isinstance(row, dict):
        return []
    faulty = {detail["loc"][0] for detail in error.errors(include_url=False) if detail["loc"]}
    try:
        return [model.model_validate_json(json.dumps({key: row[key] for key in row if key not in faulty}))]
    except ValidationError:
        return []


def check_notes_folder(folder: Path, pair_ids: set[str]) -> list[Problem]:
    """Return everything wrong in a folder of concept notes."""
    notes, problems = read_notes(folder)
    return problems + check_notes(notes, pair_ids)
