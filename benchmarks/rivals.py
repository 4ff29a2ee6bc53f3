"""Time `twincli list --country Indonesia --json` beside other tools that answer the same question from the same data.

    python benchmarks/rivals.py [--runs 20] [--data FILE] [--write]

Needs the extra ``bench``, and jq. All run alternately, so that what else the machine does falls on each; the table
gives medians and their ratio to twincli's. ``--write`` puts it into docs/performance.md. ``--data`` takes another data
file, such as one of benchmarks/synthetic.py.

The question: every pair with a city in Indonesia, that city first, in the order of the cities' names, each as a
complete JSON record with its sources. Before anything is timed, every tool's answer is compared with twincli's, record
by record; where a tool cannot give the same records, by the ids of the pairs and of the cities that stand first: what
twincli derives is not in the data file, and DuckDB's tables have every key in every record.

The tools get the data as it is exported, or prepared as their documentation advises for data that is asked repeatedly:
DuckDB a database file or a Parquet file of the records, pandas a Parquet file read with ``columns`` and ``filters``,
sqlite-utils an SQLite file with an index on the country. "Shaped" data suits this one question best, as does twincli's
own index: a row for each side of a pair, with the columns to filter and sort on and the finished record as text, so
that the tool has no record to put together. What the preparation takes is not counted, nor is the building of
twincli's index. DuckDB is asked by its native command line, which is no Python program, and by its Python package.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from measuring import machine, sealed, seconds, twincli, write

ROOT = Path(__file__).parents[1]

RECORDS = "`twincli list --json > records.json`"
JQ_DATA = """
INDEX(.cities[]; .id) as $cities | INDEX(.sources[]; .id) as $sources
| [ .pairs[] | select(any(.cities[]; $cities[.].country == "ID"))
    | .cities |= map($cities[.]) | if .cities[0].country == "ID" then . else .cities |= reverse end
    | .sources |= map($sources[.source] + {says}) ]
| sort_by(.cities[0].name, .cities[1].name)[]
"""
JQ_RECORDS = """
[ .[] | select(any(.cities[]; .country == "ID"))
  | if .cities[0].country == "ID" then . else .cities |= reverse end ]
| sort_by(.cities[0].name, .cities[1].name)[]
"""
# The second side of a pair within one country would give it twice.
SQL = """
SELECT doc FROM {table} WHERE country = 'ID' AND (side = 0 OR other_country <> 'ID') ORDER BY city, partner
"""
DUCKDB = """
SELECT * EXCLUDE cities, CASE WHEN cities[1].country = 'ID' THEN cities ELSE list_reverse(cities) END AS cities
FROM {table} WHERE cities[1].country = 'ID' OR cities[2].country = 'ID' ORDER BY cities[1].name, cities[2].name
"""
DUCKDB_PYTHON = """
import sys
import duckdb
with duckdb.connect(sys.argv[1], read_only=True) as base:
    for (doc,) in base.execute(sys.argv[2]).fetchall():
        print(doc)
"""
PANDAS = """
import sys
import pandas
sides = pandas.read_parquet(sys.argv[1], columns=["side", "other_country", "city", "partner", "doc"],
                            filters=[("country", "==", "ID")])
sides = sides[(sides.side == 0) | (sides.other_country != "ID")].sort_values(["city", "partner"])
print("\\n".join(sides.doc))
"""


@dataclass(frozen=True)
class Rival:
    """A tool with the data prepared for it."""

    name: str
    prepared: str
    command: Sequence[str]
    has_records: bool = True
    """Whether it gives twincli's own records; else ids are compared."""


def sides(records: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each pair as seen from both of its cities."""
    for record in records:
        for side in (0, 1):
            here, there = record["cities"][side], record["cities"][1 - side]
            yield {
                "id": record["id"],
                "side": side,
                "country": here["country"],
                "other_country": there["country"],
                "city": here["name"],
                "partner": there["name"],
                "doc": json.dumps({**record, "cities": [here, there]}, ensure_ascii=False),
            }


def rivals(folder: Path, data: Path, records: Path) -> Iterator[Rival]:
    """Prepare the data for every tool that is installed."""
    rows = folder / "sides.json"
    content = [json.dumps(row, ensure_ascii=False) for row in sides(json.loads(records.read_text("utf-8")))]
    rows.write_text("[" + ",\n".join(content) + "]", "utf-8")
    makers: Sequence[tuple[str, bool, Callable[[], Iterator[Rival]]]] = (
        ("jq", shutil.which("jq") is not None, lambda: jq(data, records)),
        ("DuckDB", find_spec("duckdb_cli") is not None, lambda: duckdb(folder, records, rows)),
        ("pandas", find_spec("pandas") is not None and find_spec("pyarrow") is not None, lambda: pandas(folder, rows)),
        ("sqlite-utils", find_spec("sqlite_utils") is not None, lambda: sqlite_utils(folder, rows)),
    )
    for name, is_there, make in makers:
        if is_there:
            yield from make()
        else:
            print(f"{name} is not installed, and left out", file=sys.stderr)


def jq(data: Path, records: Path) -> Iterator[Rival]:
    name = text_of("jq", "--version").strip().replace("-", " ")
    yield Rival(name, "none: the data file itself", ["jq", "-c", JQ_DATA, str(data)], has_records=False)
    yield Rival(name, RECORDS, ["jq", "-c", JQ_RECORDS, str(records)])


def duckdb(folder: Path, records: Path, rows: Path) -> Iterator[Rival]:
    spec = find_spec("duckdb_cli")
    assert spec is not None
    assert spec.origin is not None
    # The program itself: the package's own script would add the start of a Python to it.
    program = str(Path(spec.origin).with_name("duckdb"))
    name = f"DuckDB {version('duckdb-cli')}"
    base, parquet = str(folder / "pairs.duckdb"), folder / "pairs.parquet"
    text_of(program, base, "-c", f"CREATE TABLE pairs AS FROM read_json('{records}', sample_size = -1)")
    text_of(program, base, "-c", f"CREATE TABLE sides AS FROM '{rows}' ORDER BY country, city, partner")
    text_of(program, base, "-c", f"COPY pairs TO '{parquet}'")
    ask = [program, "-readonly", base]
    nested = DUCKDB.format(table=f"read_json('{records}', sample_size = -1)")
    yield Rival(name, RECORDS, [program, "-jsonlines", "-c", nested], has_records=False)
    nested = DUCKDB.format(table=f"'{parquet}'")
    yield Rival(name, "Parquet file of the records", [program, "-jsonlines", "-c", nested], has_records=False)
    nested = DUCKDB.format(table="pairs")
    yield Rival(name, "database file of the records", [*ask, "-jsonlines", "-c", nested], has_records=False)
    shaped = SQL.format(table="sides")
    yield Rival(name, "database file, shaped", [*ask, "-noheader", "-list", "-c", shaped])
    if find_spec("duckdb") is not None:
        script = folder / "duckdb_question.py"
        script.write_text(DUCKDB_PYTHON, "utf-8")
        name = f"DuckDB {version('duckdb')}, its Python package"
        yield Rival(name, "database file, shaped", [sys.executable, str(script), base, shaped])


def pandas(folder: Path, rows: Path) -> Iterator[Rival]:
    parquet, script = folder / "pandas.parquet", folder / "pandas_question.py"
    script.write_text(PANDAS, "utf-8")
    prepare = "import sys, pandas; pandas.read_json(sys.argv[1]).sort_values('country').to_parquet(sys.argv[2])"
    text_of(sys.executable, "-c", prepare, str(rows), str(parquet))
    yield Rival(f"pandas {version('pandas')}", "Parquet file, shaped", [sys.executable, str(script), str(parquet)])


def sqlite_utils(folder: Path, rows: Path) -> Iterator[Rival]:
    program = [sys.executable, "-m", "sqlite_utils"]
    script = Path(sys.executable).with_name("sqlite-utils")
    if script.exists():
        program = [str(script)]
    base = str(folder / "sides.db")
    text_of(*program, "insert", base, "sides", str(rows), "--pk", "id", "--pk", "side")
    text_of(*program, "create-index", base, "sides", "country")
    query = [*program, "query", base, SQL.format(table="sides"), "--raw-lines"]
    yield Rival(f"sqlite-utils {version('sqlite-utils')}", "SQLite file with an index, shaped", query)


def text_of(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def check(rival: Rival, wanted: Sequence[Mapping[str, Any]]) -> None:
    """End with a message where a tool's answer is not twincli's."""
    answer = {record["id"]: record for record in map(json.loads, text_of(*rival.command).splitlines())}
    right = {record["id"]: record for record in wanted}
    if not rival.has_records:
        answer, right = ({key: pair["cities"][0]["id"] for key, pair in each.items()} for each in (answer, right))
    if answer != right:
        raise SystemExit(f"{rival.name} ({rival.prepared}) answers otherwise than twincli")


def measure(ours: Sequence[str], others: Sequence[Rival], runs: int, environ: Mapping[str, str]) -> str:
    """Return the table of all as Markdown."""
    commands = [ours, *(rival.command for rival in others), ours]
    times: list[list[float]] = [[] for __ in commands]
    for place in range(runs + 1):
        for command, taken in zip(commands, times, strict=True):
            spent = seconds(command, environ)
            if place:  # the first round warms up
                taken.append(spent)
    first, *medians, again = (statistics.median(taken) for taken in times)
    lines = [
        "| tool | data prepared as | median, ms | ratio to twincli |",
        "|---|---|---:|---:|",
        f"| twincli | its index | {first * 1000:.0f} | 1 |",
    ]
    for rival, median in zip(others, medians, strict=True):
        lines.append(f"| {rival.name} | {rival.prepared} | {median * 1000:.0f} | {median / first:.1f} |")
    noise = f"twincli against itself: {again / first:.2f}"
    return "\n".join([*lines, "", f"Medians of {runs} alternating runs; {noise}; {machine()}."])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "pairs.json")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = sealed(folder / "home", None if arguments.data == parser.get_default("data") else arguments.data)
        records = folder / "records.json"
        ours = [*twincli(), "list", "--country", "Indonesia", "--json"]
        subprocess.run([*twincli(), "list", "--json", "-o", str(records)], env=environ, check=True)
        wanted = json.loads(subprocess.run(ours, env=environ, capture_output=True, check=True).stdout)
        others = list(rivals(folder, arguments.data, records))
        for rival in others:
            check(rival, wanted)
        table = measure(ours, others, arguments.runs, environ)
    print(table)
    if arguments.write:
        write(table, "rivals")


if __name__ == "__main__":
    main()
