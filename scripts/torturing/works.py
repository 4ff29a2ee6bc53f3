"""The four works that are interrupted, with what there is before and after each."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator, Set

from tests.layers.conftest import Small
from tests.layers.endpoint import Endpoint

from torturing.bench import Bench, Work

HEADER = "city1,country1,lat1,lng1,city2,country2,lat2,lng2\n"
MERSTEIN = "Merstein,Austria,47.5,14.5"
ONE = f"Quellstadt,Germany,50.1,9.9,{MERSTEIN}\n"


@contextlib.contextmanager
def works(bench: Bench, names: Set[str]) -> Iterator[dict[str, Work]]:
    """Give the works of these names, each with its answers before and after."""
    old, new = Small(), Small()
    for world, count in ((old, 1), (new, 60)):
        for number in range(count):
            ort = world.world.city(f"Nebenort {number}", world.netherlands, at=(50 + number / 60, 5))
            world.world.twin(world.quellstadt, ort)
    many = "".join(f"Ort {number:05},Germany,{number % 80},{number % 170},{MERSTEIN}\n" for number in range(4000))
    files = {name: bench.place.folder / f"{name}.csv" for name in ("few", "many")}
    files["few"].write_text(HEADER + ONE, "utf-8")
    files["many"].write_text(HEADER + ONE + many + "Nirgends,Atlantis,,,Ort 1,Germany,,\n", "utf-8")
    with Endpoint(old.world.store()) as first, Endpoint(new.world.store()) as second:
        updates = [["data", "update", "--endpoint", each.url, "--pause", "0.01"] for each in (first, second)]
        imports = [["data", "import", str(files[name]), "--name", "mine"] for name in ("few", "many")]
        # What it does, after what.
        orders = {
            "index": (["list", "-n", "1"], imports[0]),
            "import": (imports[1], imports[0]),
            "update": (updates[1], updates[0]),
            "remove": (["data", "remove", "mine"], imports[1]),
        }
        made = {}
        for name, (arguments, earlier) in orders.items():
            if name in names:
                made[name] = Work(name, arguments, _layers_after(bench, earlier), keeps_index=name != "index")
                _try_out(bench, made[name])
        yield made


def _try_out(bench: Bench, work: Work) -> None:
    """Find out how long a work takes where nothing happens to it, and what is answered before and after."""
    bench.reset(work)
    work.before = bench.answers()
    bench.reset(work)
    start = time.perf_counter()
    process = bench.start(*work.arguments)
    stderr = process.communicate(timeout=120)[1]
    work.seconds = time.perf_counter() - start
    assert process.returncode == 0, stderr.decode()
    work.after = bench.answers()
    assert (work.before == work.after) is (work.name == "index")


def _layers_after(bench: Bench, arguments: list[str]) -> dict[str, bytes]:
    """Return what lies in the folder of layers after a command in an empty one."""
    shutil.rmtree(bench.layers, ignore_errors=True)
    result = bench.place.run(*arguments)
    assert result.status == 0, result.stderr
    return {path.name: path.read_bytes() for path in bench.layers.iterdir()}
