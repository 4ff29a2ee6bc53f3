"""Checking whole files, as ``twincli data check`` does."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from twincli.dataset.layout import canonical_text
from twincli.dataset.models import Gazetteer
from twincli.dataset.problems import Problem, Reason
from twincli.dataset.reader import check_file_content, check_notes_folder, read_model
from twincli.dataset.shape import read_bytes, read_whole
from twincli.errors import BadUsage
from twincli.i18n import N_, _
from twincli.locations import bundled_folder


def check_bundled() -> list[Problem]:
    """Return everything wrong in the bundled pairs and notes. Raises BadData where the list of countries is wrong."""
    folder = bundled_folder()
    path = folder / "pairs.json"
    problems, pair_ids = _check(path, read_bytes(path))
    return problems + check_notes_folder(folder / "concepts", pair_ids)


def check_file(name: str, stdin: IO[str]) -> list[Problem]:
    """Return everything wrong in a data file; ``-`` is stdin. Raises BadData where it cannot be read."""
    if name == "-":
        if stdin.isatty():
            raise BadUsage(_("- reads a file from a pipe, as in: twincli data check - < my-pairs.json"))
        raw = getattr(stdin, "buffer", None)
        path = Path("stdin")
        return _check(path, read_whole(raw, path, is_stdin=True) if raw else stdin.read().encode())[0]
    return _check(Path(name), read_bytes(Path(name)))[0]


def _check(path: Path, content: bytes) -> tuple[list[Problem], set[str]]:
    gazetteer = read_model(bundled_folder() / "countries.json", Gazetteer)
    countries = [country.code for country in gazetteer.countries]
    dataset, problems = check_file_content(path, content, known_countries=countries)
    if dataset is None:
        return problems, set()
    if canonical_text(dataset).encode() != content:
        reason = Reason(N_("is not in the canonical layout; scripts/format_data.py of the repository writes it"))
        problems.append(Problem(path.name, None, None, reason, is_warning=True))
    return problems, {pair.id for pair in dataset.pairs}
