"""What ``data update`` makes of an endpoint that misbehaves."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email.utils import formatdate
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.layers import endpoint as faults
from tests.layers.conftest import Small, Updater
from tests.layers.endpoint import Endpoint, Fault, Handler
from tests.layers.wikidata_world import World

Serve = Callable[[World], Endpoint]
PAIR = {("Quellstadt", "Ujungkota")}


@pytest.fixture
def served(small_world: Small, serve: Serve) -> Endpoint:
    """An endpoint that knows one twinning, stated on both items."""
    small_world.world.twin(small_world.quellstadt, small_world.ujungkota)
    small_world.world.twin(small_world.ujungkota, small_world.quellstadt)
    return serve(small_world.world)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (faults.status(500), "it answered 500 Internal Server Error"),
        (faults.status(502), "it answered 502 Bad Gateway"),
        (faults.status(503), "it answered 503 Service Unavailable"),
        (faults.status(504), "it answered 504 Gateway Timeout"),
        (faults.cut, "the connection was cut"),
        (faults.drop, "the connection was cut"),
        (faults.ran_out_of_time, "its answer is cut off or no result of a query"),
        (faults.other_json, "its answer is cut off or no result of a query"),
        (faults.page, "its answer is cut off or no result of a query"),
    ],
)
def test_what_passes_is_tried_again(fault: Fault, said: str, served: Endpoint, update: Updater) -> None:
    """A fault of the moment costs a moment, both for the list of countries and for a country's twinnings."""
    served.fail(fault, when="GROUP BY")
    served.fail(fault, when="ps:P190")
    result = update(served)
    assert result.status == 0, result.stderr
    assert set(update.pairs()) == PAIR
    assert result.stderr.count(said) == 2


@pytest.mark.parametrize("fault", [faults.hang(30), faults.trickle])
def test_an_answer_has_a_limit_of_time_as_a_whole(fault: Fault, served: Endpoint, update: Updater) -> None:
    """Neither silence nor a byte now and then holds the update up."""
    served.fail(fault)
    result = update(served, "--timeout", "0.3")
    assert result.status == 0, result.stderr
    assert "no answer within 0.3 seconds" in result.stderr


@pytest.mark.parametrize(("form", "code"), [("seconds", 429), ("date", 503)])
def test_retry_after_is_waited_for(form: str, code: int, served: Endpoint, update: Updater) -> None:
    """What the endpoint asks for is respected, in either form of the header, and by both questions at once."""
    wait = "1" if form == "seconds" else formatdate(time.time() + 2, usegmt=True)
    served.fail(faults.status(code, Retry_After=wait), when="wd:Q")
    assert update(served).status == 0
    refused = next(place for place, request in enumerate(served.requests) if "ps:P190" in request.query)
    before, after = served.requests[refused], served.requests[refused + 2 :]
    # The date has no fractions of a second, so that it is up to one second nearer.
    assert all(request.at - before.at >= 0.95 for request in after)


def test_a_long_wait_is_left_to_the_user(served: Endpoint, update: Updater) -> None:
    """An hour is not slept through: a sentence says when to come back, and nothing has changed."""
    served.fail(faults.status(429, Retry_After="3600"))
    result = update(served)
    assert result.status == 1
    assert "127.0.0.1 asks to wait 60 minutes" in result.stderr
    assert not update.folder.exists()


def test_a_wait_without_end_is_left_to_the_user_too(served: Endpoint, update: Updater) -> None:
    """A number of hundreds of digits is no reason to fail in another way than any other."""
    served.fail(faults.status(429, Retry_After="9" * 400))
    result = update(served)
    assert result.status == 1
    assert "asks to wait 527040 minutes" in result.stderr


def _with_endless_numbers(handler: Handler) -> None:
    """Answer with every number, and every moment's precision, thousands of digits long."""
    query = parse_qs(urlsplit(handler.path).query)["query"][0]
    handler.give(re.sub(rb'("value": ?")[0-9]+"', rb"\g<1>" + b"9" * 5000 + b'"', handler.answer(query)))


@pytest.mark.parametrize(("when", "status"), [("COUNT", 1), ("ps:P190", 0)])
def test_numbers_without_end_are_none(
    when: str, status: int, small_world: Small, serve: Serve, update: Updater
) -> None:
    """A count, a precision or a GeoNames id that no integer holds: the answer goes without it."""
    world = small_world.world
    world.twin(small_world.quellstadt, small_world.ujungkota, since=("1986-05-12", 11))
    served = serve(world)
    served.fail(*[_with_endless_numbers] * 9, when=when)
    result = update(served)
    assert result.status == status, result.stderr
    if status:
        assert "knows no twinnings" in result.stderr
    else:
        ((__, pair),) = update.pairs().items()
        assert "since" not in pair


def test_tries_are_bounded(served: Endpoint, update: Updater) -> None:
    """An endpoint that always fails is left alone after six tries, with the reason, and nothing has changed."""
    served.fail(*[faults.status(503)] * 50)
    result = update(served)
    assert (result.status, len(served.requests)) == (1, 6)
    assert result.stderr.splitlines()[-1].startswith(
        "Error: 127.0.0.1 does not give the list of countries: it answered 503 Service Unavailable."
    )
    assert not update.folder.exists()


def test_no_connection_is_said_soon(served: Endpoint, update: Updater) -> None:
    """Who is offline learns so after three tries."""
    result = update(served, "--endpoint", "http://127.0.0.1:9/sparql")
    assert result.status == 1
    assert result.stderr.count("no connection") == 3


@pytest.mark.parametrize(
    ("code", "said"), [(400, "status 400"), (404, "is http://127.0.0.1"), (401, "401"), (403, "refuses twincli")]
)
def test_what_no_other_try_would_mend_is_not_tried_again(
    code: int, said: str, served: Endpoint, update: Updater
) -> None:
    """A wrong address or a ban is said at once."""
    served.fail(faults.status(code))
    result = update(served)
    assert (result.status, len(served.requests)) == (1, 1)
    assert said in result.stderr


@pytest.mark.parametrize("fault", [faults.huge, faults.bomb])
def test_the_size_of_an_answer_is_bounded(fault: Fault, served: Endpoint, update: Updater) -> None:
    """A body without end, or one that unpacks to a huge one, is refused, not stored."""
    served.fail(fault)
    result = update(served)
    assert (result.status, len(served.requests)) == (1, 1)
    assert "more than 64 MB" in result.stderr


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_server_is_refused(code: int, served: Endpoint, update: Updater) -> None:
    """Nobody else is asked than the server that was named; the message says how to ask the other."""
    elsewhere = f"http://localhost:{served.port}/sparql"
    served.fail(faults.redirect(elsewhere + "?{query}", code))
    result = update(served)
    assert (result.status, len(served.requests)) == (1, 1)
    assert f"--endpoint {elsewhere}\n" in result.stderr


@pytest.mark.parametrize("location", ["", "http://127.0.0.1:99999/"])
def test_a_redirect_to_nowhere_is_said_in_a_sentence(location: str, served: Endpoint, update: Updater) -> None:
    """A server that redirects to no address, or to itself without end, is given up."""
    served.fail(*[faults.redirect(location)] * 20)
    result = update(served)
    assert result.status == 1
    assert "redirects" in result.stderr


def test_another_port_is_another_server(served: Endpoint, update: Updater) -> None:
    """Two servers may share a machine."""
    served.fail(faults.redirect("http://127.0.0.1:9/sparql"))
    assert "redirects to another server" in update(served).stderr


def test_a_redirect_on_the_same_server_is_followed(served: Endpoint, update: Updater) -> None:
    """An endpoint that has moved to another path still answers."""
    served.fail(faults.redirect("/moved?{query}"))
    assert update(served).status == 0
    assert served.requests[1].target.startswith("/moved?")


def test_redirects_in_a_circle_end(served: Endpoint, update: Updater) -> None:
    """A server that sends us round and round is given up."""
    served.fail(*[faults.redirect("/round?{query}")] * 20)
    result = update(served)
    assert (result.status, len(served.requests)) == (1, 4)
    assert "redirects without end" in result.stderr


def test_what_is_too_slow_is_asked_in_parts(small_world: Small, serve: Serve, update: Updater) -> None:
    """A country that takes the endpoint too long comes in halves, and they in halves, until all is there."""
    world = small_world.world
    for other in range(80):
        ort = world.city(f"Nebenort {other}", small_world.netherlands, at=(50 + other / 40, 5))
        world.twin(small_world.quellstadt, ort)
    served = serve(world)
    whole = f"wd:{small_world.germany} ."
    served.fail(faults.status(500), faults.cut, faults.ran_out_of_time, when=whole)
    result = update(served)
    assert result.status == 0, result.stderr
    assert len(update.pairs()) == 80
    # Two tries of the whole, one of a half that fails too, its two quarters, and the other half.
    assert len(served.queries(whole)) == 2 + 1 + 2 + 1
    assert sum("REGEX" in query for query in served.queries(whole)) == 4


def test_an_endpoint_without_twinnings_is_no_wikidata(serve: Serve, update: Updater) -> None:
    """A SPARQL service that holds something else is told apart from a world without twinnings."""
    result = update(serve(World()))
    assert result.status == 1
    assert "knows no twinnings (P190); is it a copy of Wikidata?" in result.stderr


def test_a_layer_that_lacks_much_is_not_installed(small_world: Small, serve: Serve, update: Updater) -> None:
    """Where far fewer statements come than were counted, the old layer stays."""
    for other in range(9):
        ort = small_world.world.city(f"Nebenort {other}", small_world.netherlands, at=(51 + other / 9, 5))
        small_world.world.twin(small_world.quellstadt, ort)
    served = serve(small_world.world)
    assert update(served).status == 0
    before = update.layer()
    empty = b'{"head": {"vars": ["statement"]}, "results": {"bindings": []}}'
    served.fail(lambda handler: handler.give(empty), when=f"wd:{small_world.germany} .")
    result = update(served, "--restart")
    assert result.status == 1
    assert "counts 9 twinnings and gave 0; nothing has changed" in result.stderr
    assert update.layer() == before
