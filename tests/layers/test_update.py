"""``data update`` as a whole, against a SPARQL engine with some thousand statements, and how it presents itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import Place
from tests.layers import endpoint as faults
from tests.layers.conftest import Small, Updater
from tests.layers.endpoint import Endpoint
from tests.layers.wikidata_world import World, like_wikidata
from twincli import __version__
from twincli.dataset.published import json_schema

Serve = Callable[[World], Endpoint]


@pytest.fixture
def served(small_world: Small, serve: Serve) -> Endpoint:
    """An endpoint that knows one twinning."""
    small_world.world.twin(small_world.quellstadt, small_world.ujungkota)
    return serve(small_world.world)


def test_all_that_wikidata_states_arrives(bundled: dict[str, Any], serve: Serve, update: Updater) -> None:
    """Every twinning that is not deprecated, stated on either city's item, is in the layer, once."""
    world = like_wikidata(bundled)
    served = serve(world)
    result = update(served, "--size", "100")
    assert result.status == 0, result.stderr
    layer = update.layer()
    # A city that is bundled keeps its id, so that both speak of the same city.
    names = {city["id"]: city["name"] for city in bundled["cities"]}
    places = {city["id"]: (names.get(city["id"], city["name"]), city["country"]) for city in layer["cities"]}
    assert len(places.keys() & names.keys()) > len(places) / 2
    found = [frozenset(places[end] for end in pair["cities"]) for pair in layer["pairs"]]
    assert len(found) == len(set(found))
    assert set(found) == world.expected()
    assert len(found) > 2000
    account = result.json
    jsonschema.validate(account, json_schema("data update"))
    assert account["read"] == account["merged"] + account["added"] + account["rejected"]
    assert account["pairs"] == len(found)
    # Large countries came in parts, two questions at once and never more.
    assert any("REGEX" in query for query in served.queries())
    assert served.most_at_once == 2
    # What was installed is a sound data file.
    check = update.place.run("data", "check", str(update.folder / "wikidata.json"))
    assert [problem for problem in check.json if problem["severity"] == "error"] == []


def test_it_says_who_it_is(served: Endpoint, update: Updater) -> None:
    """The User-Agent names the program and its version, and, if the user wants, whom to write to."""
    update(served)
    update(served, "--restart", "--contact", "quell@example.org")
    first, last = served.requests[0].headers, served.requests[-1].headers
    assert first["User-Agent"].startswith(f"twincli/{__version__} (")
    assert last["User-Agent"].startswith(f"twincli/{__version__} (quell@example.org) python-httpx/")
    assert first["Accept"] == "application/sparql-results+json"
    assert "gzip" in first["Accept-Encoding"]


def test_the_contact_may_be_set_once(served: Endpoint, update: Updater) -> None:
    """A variable spares the option."""
    update.place.run(*update.arguments(served), environ={"TWINCLI_CONTACT": "https://quell.example"})
    assert "(https://quell.example)" in served.requests[0].headers["User-Agent"]
    result = update(served, "--contact", "two\r\nlines")
    assert (result.status, "--contact" in result.stderr) == (2, True)


def test_the_endpoint_comes_from_the_option_then_the_variable(served: Endpoint, update: Updater) -> None:
    """Whoever has a copy of Wikidata of their own asks that."""
    impatient = ["--timeout", "5", "--pause", "0.01"]
    result = update.place.run("data", "update", *impatient, environ={"TWINCLI_ENDPOINT": served.url})
    assert result.json["endpoint"] == served.url
    result = update.place.run(*update.arguments(served), environ={"TWINCLI_ENDPOINT": "http://127.0.0.1:9/"})
    assert result.json["endpoint"] == served.url


@pytest.mark.parametrize(
    "url",
    [
        "query.wikidata.org/sparql",
        "ftp://127.0.0.1/",
        "http://",
        "http://me:word@127.0.0.1/",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "http://a b/",
        "http://127.0.0.1/\x1b[31m",
    ],
)
def test_what_is_no_endpoint_is_refused_before_anything_is_done(url: str, served: Endpoint, update: Updater) -> None:
    """A slip in the address is wrong usage."""
    result = update(served, "--endpoint", url)
    assert result.status == 2
    assert "is not the address of a SPARQL endpoint" in result.stderr


def test_an_endpoint_may_have_parameters_of_its_own(served: Endpoint, update: Updater) -> None:
    """A graph or a key in the address stays there."""
    assert update(served, "--endpoint", served.url + "?graph=truthy").status == 0
    assert all("graph=truthy&query=" in request.target for request in served.requests)


def test_without_a_home_nobody_is_asked(served: Endpoint, update: Updater) -> None:
    """Where the layer could not be kept, that is said before the work."""
    result = update.place.run(*update.arguments(served), environ={"HOME": ""})
    assert (result.status, served.requests) == (1, [])
    assert "set HOME or XDG_DATA_HOME" in result.stderr


def test_without_httpx_one_sentence_says_what_to_install(served: Endpoint, update: Updater, tmp_path: Path) -> None:
    """Whoever packages twincli without it still has all other commands."""
    stub = tmp_path / "stub"
    stub.mkdir()
    (stub / "httpx.py").write_text("raise ModuleNotFoundError('httpx')\n", "utf-8")
    result = update.place.process(*update.arguments(served), PYTHONPATH=str(stub))
    assert result.returncode == 1
    assert result.stderr.decode().splitlines()[-1].endswith("install it with: python -m pip install httpx")
    assert update.place.process("data", "info", PYTHONPATH=str(stub)).returncode == 0


def test_no_other_command_loads_the_client(place: Place) -> None:
    """Nothing but the update itself pays for HTTP, or could touch the network; its help does not either."""
    code = "import json, os, sys; from twincli.run import run\n"
    code += "run(json.loads(sys.argv[1]), sys.stdin, sys.stdout, sys.stderr, os.environ)\n"
    code += "sys.exit(repr({'httpx', 'asyncio', 'ssl'} & set(sys.modules)))"
    for arguments in (["list", "-n", "1"], ["data", "info"], ["data", "update", "--help"]):
        command = [sys.executable, "-c", code, json.dumps(arguments)]
        result = subprocess.run(command, env=place.environ, capture_output=True, text=True, check=False)
        assert result.stderr == "set()\n"


def test_a_proxy_is_honoured(served: Endpoint, update: Updater) -> None:
    """Behind a company's proxy the question goes to the proxy, with the full address of the endpoint."""
    arguments = update.arguments(served, "--endpoint", "http://wikidata.invalid/sparql")
    proxy = f"127.0.0.1:{served.port}"
    for environ in ({"HTTP_PROXY": f"http://{proxy}"}, {"all_proxy": proxy}):
        result = update.place.run(*arguments, "--restart", environ=environ)
        assert result.status == 0, result.stderr
    assert all(request.target.startswith("http://wikidata.invalid/sparql?") for request in served.requests)


def test_what_needs_no_proxy_is_asked_directly(served: Endpoint, update: Updater) -> None:
    """NO_PROXY names the servers that are near."""
    for near in ("localhost, 127.0.0.1", "*", ".0.0.1"):
        environ = {"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": near}
        assert update.place.run(*update.arguments(served), "--restart", environ=environ).status == 0


@pytest.mark.parametrize(
    ("variable", "value"),
    [("http_proxy", "gopher://127.0.0.1"), ("http_proxy", "http://[::1"), ("SSL_CERT_FILE", "/nowhere/at/all.pem")],
)
def test_a_wrong_proxy_is_said_in_a_sentence(variable: str, value: str, served: Endpoint, update: Updater) -> None:
    """What the environment has wrong is named, and nobody is asked."""
    result = update.place.run(*update.arguments(served), environ={variable: value})
    assert (result.status, served.requests) == (2, [])
    assert "The proxy or the certificates that the environment names cannot be used" in result.stderr


def test_a_certificate_that_nobody_vouches_for_is_refused(
    small_world: Small, update: Updater, tmp_path: Path, need: Callable[[str], str]
) -> None:
    """TLS is verified: an unknown certificate ends it at once, one that the user trusts serves."""
    small_world.world.twin(small_world.quellstadt, small_world.ujungkota)
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = [need("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    make += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(make, check=True, capture_output=True)
    with Endpoint(small_world.world.store(), certificate=(certificate, key)) as served:
        result = update(served)
        assert result.status == 1
        assert "127.0.0.1 does not prove to be who it is" in result.stderr
        assert served.requests == []
        result = update.place.run(*update.arguments(served), environ={"SSL_CERT_FILE": str(certificate)})
        assert result.status == 0, result.stderr


def test_a_terminal_shows_how_far_it_is(small_world: Small, serve: Serve, update: Updater) -> None:
    """A bar with the country that has come last and the share of the whole; it is gone when the work is done."""
    world = small_world.world
    world.twin(small_world.quellstadt, small_world.ujungkota)
    world.twin(small_world.waldmarkt, small_world.ujungkota)
    served = serve(world)
    served.fail(faults.slowly, when="NOT EXISTS")
    shown = update.place.terminal(*update.arguments(served))
    assert shown.status == 0, shown.stdout
    bar = next(line for line in shown.stdout.replace("\r", "\n").splitlines() if "Germany" in line)
    assert "━" in bar
    assert " 67 %" in bar
    assert "━" not in shown.stdout.splitlines()[-1]


def test_a_pipe_shows_no_bar(served: Endpoint, update: Updater) -> None:
    """A log gets one line that says whom is asked, and none with --quiet."""
    assert update(served).stderr == "Asking 127.0.0.1 for all twinnings.\n"
    assert update(served, "--quiet", "--restart").stderr == ""
