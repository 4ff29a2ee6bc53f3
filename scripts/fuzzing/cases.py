"""The cases: for each number one hostile input, and what is run on it. The same number and seed give the same case."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from fuzzing import corpus, damage, values
from fuzzing.options import any_command_line, any_completion

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown")
PAIR_FORMATS = (*FORMATS, "geojson", "graphml")


@dataclass(frozen=True)
class Run:
    """One run of the program."""

    arguments: Sequence[str]
    environ: Mapping[str, str] = field(default_factory=dict)
    stdin: bytes = b""
    tty: bool = False
    form: str | None = None
    """The format that must come out, where that is known."""


@dataclass(frozen=True)
class Case:
    """One hostile input, and the runs on it."""

    number: int
    """From 1; below, a sound file."""
    family: str
    files: Mapping[str, bytes]
    """To be written to the folder that the runs take place in; those beginning with notes/ replace concept notes."""
    runs: Sequence[Run]
    is_sound: bool = False
    """Whether nothing was done to it, so that it must be answered."""


def make_case(seed: int, number: int, notes: Mapping[str, bytes]) -> Case:
    """Return the case of a number; ``notes`` are the sound concept notes by their file names."""
    random = Random(f"{seed} {number}")
    families, weights = zip(*((family, weight) for family, (weight, __) in FAMILIES.items()), strict=True)
    family = random.choices(families, weights)[0]
    return FAMILIES[family][1](number, random, notes)


# What a data file is asked.
_QUESTIONS = (
    "list", "list --sort since", "list --sort country", "list --sort distance", "list -c de", "show quellstadt-de",
    "show quellstadt-de merstein-at", "stats", "stats --by country", "stats --by decade", "stats --by field",
    "search quellstadt", "search write", "search register", "path Merstein Dijkwolde", "map", "data info",
    "anniversaries --year 2026", "anniversaries --year 2040", "anniversaries --year 1996",
)  # fmt: skip

# --- data files -------------------------------------------------------------------------------------------------------


def _data_file(number: int, random: Random, _: Mapping[str, bytes]) -> Case:
    content = _data_content(random)
    asked = random.choice(_QUESTIONS).split()
    form = random.choice(PAIR_FORMATS if asked[0] == "list" else FORMATS)
    if asked[0] == "anniversaries" and random.random() < 0.3:
        form = "ics"
    check_form, name = random.choice(FORMATS), _file_name("mine.json", random)
    runs = [
        Run(["data", "check", name, "--format", "json"], form="json"),
        Run(["list", "--data", name, "--format", "json"], form="json"),
        Run([*asked, "--data", name, "--format", form], _environ(random), tty=random.random() < 0.5, form=form),
        Run(["data", "check", "-", "--format", check_form], _environ(random), content, form=check_form),
    ]
    return Case(number, "data file", {name: content}, runs)


def _data_content(random: Random) -> bytes:
    document: Any = corpus.data_file()
    if is_dressed := random.random() < 0.4:
        damage.dress_value(document, random)
    else:
        _damage(document, random)
    as_lines = random.random() < 0.7 and isinstance(document, dict)
    text = damage.canonical(document, random) if as_lines else damage.written(document, random)
    content = text.encode("utf-8", "surrogatepass")
    return content if is_dressed else _perhaps_damaged(content, random, 0.3)


def _damage(document: Any, random: Random) -> None:
    for __ in range(random.choice((1, 1, 1, 2, 4))):
        damage.damage_value(document, random)


def _damage_table(table: corpus.Table, random: Random) -> None:
    if random.random() < 0.3:
        damage.dress_table(table, random)
        return
    for __ in range(random.choice((1, 1, 1, 2, 4))):
        damage.damage_table(table, random)


def _file_name(name: str, random: Random) -> str:
    """Return a name for a file: mostly a sound one, else any that a file can have and a command line can name."""
    if random.random() < 0.9:
        return name
    odd = values.argument(random).replace("/", "_")
    odd = os.fsdecode(os.fsencode(odd)[:200]).lstrip("-")
    return f"{odd}{name}"


def _perhaps_damaged(content: bytes, random: Random, chance: float) -> bytes:
    while random.random() < chance:
        content = damage.damage_bytes(content, random)
    return content


# --- imports ----------------------------------------------------------------------------------------------------------


def _import_runs(name: str, content: bytes, random: Random) -> list[Run]:
    form = random.choice(FORMATS)
    dry = ["data", "import", name, "--dry-run", "--name", "mine", "--format", form]
    if random.random() < 0.1:
        columns = random.choice(
            ("city1,country1,-,city2", "city1=city1,city2=city2", "-", "=", values.argument(random))
        )
        dry += ["--columns", columns]
    runs = [Run(dry, _environ(random), tty=random.random() < 0.3, form=form)]
    choice = random.random()
    if choice < 0.4:
        # For good, so that what has been taken can be held against the models, and shown.
        shown = random.choice(PAIR_FORMATS)
        runs += [
            Run(["data", "import", name, "--name", "mine", "--format", "json"], form="json"),
            Run(["data", "check", "{layer}", "--format", "json"], form="json"),
            Run(["list", "--origin", "mine", "--format", shown], _environ(random), tty=choice < 0.1, form=shown),
            Run(["data", "remove", "mine", "--format", "json"], form="json"),
        ]
    elif choice < 0.5:
        runs.append(Run(["data", "diff", name, "--format", form], _environ(random), form=form))
    elif choice < 0.6:
        runs.append(Run(["data", "import", "-", "--dry-run", "--name", "mine"], stdin=content, form="json"))
    return runs


def _json_import(number: int, random: Random, _: Mapping[str, bytes]) -> Case:
    form, make = random.choice(list(corpus.JSON_FORMS.items()))
    document = make()
    if random.random() < 0.3:
        damage.dress_value(document, random)
    else:
        _damage(document, random)
    if form.endswith(".jsonl") and isinstance(document, list):
        text = "".join(damage.written(record, random) + "\n" for record in document)
    else:
        text = damage.written(document, random)
    content = _perhaps_damaged(text.encode("utf-8", "surrogatepass"), random, 0.3)
    family, name = "JSON Lines" if form.endswith("l") else "JSON", _file_name(form, random)
    return Case(number, family, {name: content}, _import_runs(name, content, random))


def _table_import(number: int, random: Random, _: Mapping[str, bytes]) -> Case:
    table = corpus.table()
    _damage_table(table, random)
    separator = random.choice((",", ",", "\t", "\t", ";", "|"))
    if random.random() < 0.2:
        content = corpus.plain(table, separator)
    else:
        end = random.choice(("\n", "\n", "\r\n", "\r"))
        content = corpus.separated(table, separator, end, quote=random.random() < 0.2)
    content = _perhaps_damaged(content, random, 0.3)
    family, name = ("TSV", "pairs.tsv") if separator == "\t" else ("CSV", "pairs.csv")
    name = _file_name(name, random)
    return Case(number, family, {name: content}, _import_runs(name, content, random))


def _sparql_import(number: int, random: Random, _: Mapping[str, bytes]) -> Case:
    form = random.choice(("json", "csv", "tsv"))
    if form == "json":
        document: Any = corpus.sparql_json()
        _damage(document, random)
        content = damage.written(document, random).encode("utf-8", "surrogatepass")
    else:
        table = corpus.sparql_csv() if form == "csv" else corpus.sparql_tsv()
        _damage_table(table, random)
        content = corpus.separated(table) if form == "csv" else corpus.plain(table)
    content = _perhaps_damaged(content, random, 0.3)
    name = _file_name(f"results.{form}", random)
    return Case(number, "SPARQL results", {name: content}, _import_runs(name, content, random))


# --- concept notes, options -------------------------------------------------------------------------------------------


def _note(number: int, random: Random, notes: Mapping[str, bytes]) -> Case:
    name = random.choice(sorted(notes))
    content = notes[name]
    text = values.text(random, surrogates=True).encode("utf-8", "surrogatepass")
    if random.random() < 0.5:
        # Within a value of the front matter, or in the body, where it is read as what it is.
        at = random.choice([place for place, byte in enumerate(content) if byte in b'" \n='])
        content = content[:at] + text + content[at:]
    elif random.random() < 0.5:
        key = random.choice((b"x", b"title", b"aliases", b"sources", b"see_also", b'"\\u001b"', b"a.b.c", b"[x]\nx"))
        number_ = random.choice(values.NUMBERS).encode()
        depth = random.choice((5, 200, 2000, 20000))
        odd = (b"[" * depth + b"]" * depth, b"{a=" * depth + b"}" * depth, number_, b'"' + text + b'"', b"1986-13-45")
        content = content.replace(b"+++\n", b"+++\n" + key + b" = " + random.choice(odd) + b"\n", 1)
    else:
        content = damage.damage_bytes(content, random)
    if random.random() < 0.3:
        content += b"\n" + random.choice(
            (b"[" + b"9" * 5000 + b"]", b"[1]" * 3000, b"## x\n" * 500, b"> " * 2000 + b"x")
        )
    if random.random() < 0.1:
        odd_name = values.argument(random).replace("/", "_")[:60] or "x"
        name = random.choice((f"{odd_name}.{name.split('.')[1]}.md", f"{odd_name}.md", f"{name.split('.')[0]}.fr.md"))
    topic, form = name.split(".")[0], random.choice(FORMATS)
    runs = [
        Run(["data", "check", "--format", "json"], form="json"),
        Run(["explain", "--format", form], _environ(random), tty=random.random() < 0.5, form=form),
        Run(["explain", topic, "--format", "table"], _environ(random), tty=random.random() < 0.7, form="table"),
        Run(["explain", topic, "--format", form], _environ(random), form=form),
    ]
    return Case(number, "concept note", {f"notes/{name}": content}, runs)


def _options(number: int, random: Random, _: Mapping[str, bytes]) -> Case:
    runs = []
    for __ in range(3):
        if random.random() < 0.1:
            arguments, environ = any_completion(random)
        else:
            arguments, environ = any_command_line(random), _environ(random)
        runs.append(Run(arguments, environ, random.choice((b"", b"{}", b"x")), tty=random.random() < 0.3))
    return Case(number, "options", {}, runs)


def _environ(random: Random) -> dict[str, str]:
    """Return variables: mostly none, else another language, width or kind of terminal."""
    environ = {}
    if random.random() < 0.2:
        environ["TWINCLI_LANG"] = "id"
    if random.random() < 0.4:
        environ["COLUMNS"] = random.choice(("1", "20", "40", "80", "300", "9999", "x", "-5", "²"))
    if random.random() < 0.3:
        environ["TERM"] = random.choice(("dumb", "xterm-256color", ""))
    if random.random() < 0.3:
        environ[random.choice(("NO_COLOR", "FORCE_COLOR"))] = "1"
    return environ


Make = Callable[[int, Random, Mapping[str, bytes]], Case]
FAMILIES: dict[str, tuple[int, Make]] = {
    "data file": (24, _data_file),
    "JSON": (24, _json_import),
    "table": (20, _table_import),
    "SPARQL results": (12, _sparql_import),
    "concept note": (6, _note),
    "options": (14, _options),
}


def sound_cases() -> list[Case]:
    """Return the corpus as it is; what cannot be answered there is a fault of the harness or of the program."""
    cases = [
        (name, content, [*_taken(name), *(_asked(name) if name == "data.json" else [])])
        for name, content in corpus.sound_files().items()
    ]
    cases += [(name, content, _asked(name)) for name, content in corpus.sound_layouts().items()]
    return [
        Case(-number, f"sound {name}", {name: content}, runs, is_sound=True)
        for number, (name, content, runs) in enumerate(cases)
    ]


def _taken(name: str) -> list[Run]:
    return [
        Run(["data", "import", name, "--name", "mine", "--format", "json"], form="json"),
        Run(["data", "check", "{layer}", "--format", "json"], form="json"),
        Run(["list", "--origin", "mine", "--format", "json"], form="json"),
        Run(["data", "remove", "mine", "--format", "json"], form="json"),
    ]


def _asked(name: str) -> list[Run]:
    return [
        Run(["data", "check", name, "--format", "json"], form="json"),
        Run(["list", "--data", name, "--format", "json"], form="json"),
    ]
