"""The canonical layout of a data file, and the script that writes it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import DATA, ROOT, Place
from twincli.dataset.layout import canonical_text
from twincli.dataset.models import Dataset
from twincli.text import is_unsafe

SECTIONS = ("cities", "sources", "pairs")
Write = Callable[[Any], Path]


def _format(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "format_data.py"), str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def _canonical(text: str) -> str:
    return canonical_text(Dataset.model_validate_json(text))


def _disordered(content: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return the same data with all that does not matter changed: the order of records, cities and keys, defaults."""
    shuffle = random.Random(seed)
    mixed = {key: content[key] for key in shuffle.sample(list(content), len(content))}
    for section in SECTIONS:
        rows = [{key: row[key] for key in shuffle.sample(list(row), len(row))} for row in content[section]]
        mixed[section] = shuffle.sample(rows, len(rows))
    for city in mixed["cities"]:
        city.setdefault("names", {})
        city.setdefault("admin", None)
        city["lat"] = int(city["lat"]) if city["lat"] == int(city["lat"]) else city["lat"]
    for source in mixed["sources"]:
        source.setdefault("date", None)
        source.setdefault("mirror", False)
    for pair in mixed["pairs"]:
        pair["cities"] = pair["cities"][::-1]
        pair.setdefault("disputed", False)
        pair.setdefault("fields", [])
        pair.setdefault("until", None)
    return mixed


def test_a_file_with_errors_is_left_as_it_is(tmp_path: Path) -> None:
    """Of a key that stands there twice a new layout would keep one value, and nobody would know of the other."""
    path = tmp_path / "pairs.json"
    content = (
        (DATA / "pairs.json")
        .read_text("utf-8")
        .replace('"status": "active"', '"status": "ended", "status": "active"', 1)
    )
    path.write_text(content, "utf-8")
    done = _format(path)
    assert done.returncode == 1
    assert "twincli data check" in done.stderr
    assert path.read_text("utf-8") == content


def test_the_bundled_file_is_left_as_it_is(tmp_path: Path) -> None:
    """The script that writes the layout changes no byte of a canonical file, nor touches it."""
    path = tmp_path / "pairs.json"
    content = (DATA / "pairs.json").read_bytes()
    path.write_bytes(content)
    before = path.stat().st_mtime_ns
    done = _format(path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_bytes() == content
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("form", ["indented", "one line", "escaped", "Windows"])
def test_a_file_in_another_layout_is_rewritten_to_the_same_bytes(
    tmp_path: Path, bundled: dict[str, Any], form: str
) -> None:
    """Whatever the order, the spaces, the escapes and the line ends: the same data is the same file."""
    text = json.dumps(_disordered(bundled, 1), ensure_ascii=form == "escaped", indent=None if form == "one line" else 3)
    path = tmp_path / "pairs.json"
    path.write_bytes((text.replace("\n", "\r\n") if form == "Windows" else text).encode())
    assert _format(path).returncode == 0
    assert path.read_bytes() == (DATA / "pairs.json").read_bytes()


def test_a_faulty_file_is_refused_and_left_alone(tmp_path: Path, small: dict[str, Any]) -> None:
    """The script sends its user to the check instead of dropping what it does not know."""
    small["pairs"][0]["colour"] = "green"
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(small), "utf-8")
    before = path.read_bytes()
    done = _format(path)
    assert done.returncode == 1
    assert f"twincli data check {path}" in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == before


@given(seed=st.integers())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_layout_does_not_depend_on_the_order_of_its_input(small: dict[str, Any], seed: int) -> None:
    """However the same records are mixed, the text is the same."""
    assert _canonical(json.dumps(_disordered(small, seed))) == _canonical(json.dumps(small))


SAFE_TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=40
).filter(lambda text: text == text.strip() and not any(map(is_unsafe, text)))


@given(title=SAFE_TEXT, name=SAFE_TEXT, lat=st.floats(-90, 90), lon=st.floats(-180, 180))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back_the_same(title: str, name: str, lat: float, lon: float) -> None:
    """Every text and every coordinate survives, and a second writing changes nothing."""
    city = {"id": "a-id", "name": name, "country": "ID", "level": "city", "lat": lat, "lon": lon}
    head = {"format": 1, "title": title, "date": "2026", "licence": "x", "sources": [], "pairs": []}
    dataset = Dataset.model_validate_json(json.dumps({**head, "cities": [city]}))
    text = canonical_text(dataset)
    assert Dataset.model_validate_json(text) == dataset
    assert _canonical(text) == text


def test_every_record_stands_on_a_line_of_its_own(bundled: dict[str, Any]) -> None:
    """Sorted by id, so that a change of one record is a change of one line."""
    lines = (DATA / "pairs.json").read_text("utf-8").splitlines()
    rows = [json.loads(line.removesuffix(",")) for line in lines if line.startswith('{"')]
    assert rows == [row for section in SECTIONS for row in bundled[section]]
    for section in SECTIONS:
        ids = [row["id"] for row in bundled[section]]
        assert ids == sorted(ids)


def test_a_change_of_one_record_changes_one_line(small: dict[str, Any]) -> None:
    """What a review sees is what was changed."""
    before = _canonical(json.dumps(small)).splitlines()
    small["pairs"][0]["note"] = {"en": "Something else."}
    after = _canonical(json.dumps(small)).splitlines()
    assert len(before) == len(after)
    changed = [line for line, other in zip(before, after, strict=True) if line != other]
    assert [json.loads(line.removesuffix(","))["id"] for line in changed] == [small["pairs"][0]["id"]]


def test_names_are_written_as_they_are_read() -> None:
    """No letter is escaped, and the file ends with a line end."""
    text = (DATA / "pairs.json").read_text("utf-8")
    assert "\\u" not in text
    assert "São Paulo" in text
    assert text.endswith("]\n}\n")
    assert "\r" not in text


# --- files that begin in the layout and depart from it ----------------------------------------------------------------

DEPARTURES = {
    "no last line end": lambda text: text[:-1],
    "a blank last line": lambda text: text + "\n",
    "a blank line among the pairs": lambda text: text.replace('"pairs": [\n', '"pairs": [\n\n'),
    "a first record over several lines": lambda text: text.replace('"cities": [\n{', '"cities": [\n{\n'),
    "a last record over several lines": lambda text: text.replace("}\n]\n}", "\n}\n]\n}"),
    "two records on a line": lambda text: text.replace("},\n{", "}, {", 1),
    "the first pairs on a line": lambda text: text.replace('"pairs": [\n', '"pairs": ['),
    "spaces before a comma": lambda text: text.replace("},\n{", "} ,\n{", 1),
    "Windows line ends among the pairs": lambda text: text[:-40] + text[-40:].replace("\n", "\r\n"),
    "a title behind the pairs": lambda text: text.replace("]\n}\n", '],\n"attribution": "x"\n}\n'),
}


@pytest.mark.parametrize("departure", DEPARTURES.values(), ids=DEPARTURES)
def test_a_file_that_leaves_the_layout_halfway_is_read_all_the_same(
    place: Place, small: dict[str, Any], write: Write, departure: Callable[[str], str]
) -> None:
    """What an editor does to the lines of a file is no reason to refuse it, wherever it begins."""
    del small["attribution"]
    text = _canonical(json.dumps(small))
    changed = departure(text)
    assert changed != text
    right = place.run("list", "--data", str(write(text))).json
    path = str(write(changed))
    assert place.run("data", "check", path).status == 0
    assert place.run("list", "--data", path).json == right


@pytest.mark.parametrize("sections", [("pairs",), ("sources", "pairs"), SECTIONS], ids=" and ".join)
def test_a_layer_without_pairs_is_read_as_it_is_written(
    place: Place, small: dict[str, Any], write: Write, sections: tuple[str, ...]
) -> None:
    """The canonical layout of empty lists is ours too."""
    text = _canonical(json.dumps({**small, **{section: [] for section in sections}}))
    assert '"pairs": []\n}' in text
    path = str(write(text))
    assert place.run("data", "check", path).json == []
    info = place.run("data", "info", "--data", path)
    assert (info.status, info.json["pairs"]) == (0, 0)
    assert info.json["cities"] == len(json.loads(text)["cities"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("]\n}\n", '],\n"cities": []\n}', "cities stands there twice"),
        ("]\n}\n", "]\n}}", "is not JSON"),
        ("]\n}\n", '],\n"mayors": []\n}', "mayors is not a known key"),
        ('"pairs": [\n', '"pairs": [[],\n', "is not an object"),
    ],
)
def test_a_fault_behind_a_departure_is_the_one_that_the_check_finds(
    place: Place, small: dict[str, Any], write: Write, old: str, new: str, said: str
) -> None:
    """Where a file that has left the layout is wrong, both commands say the same of it."""
    path = str(write(_canonical(json.dumps(small)).replace(old, new)))
    assert any(said in f"{problem['field']} {problem['reason']}" for problem in place.run("data", "check", path).json)
    used = place.run("list", "--data", path)
    assert (used.status, used.stdout, used.stderr.count("\n")) == (1, "", 1)
    assert said in used.stderr
