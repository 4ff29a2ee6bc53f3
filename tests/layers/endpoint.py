"""A SPARQL endpoint on loopback: a real engine behind real HTTP, with faults on request."""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

RESULTS = "application/sparql-results+json"


@dataclass
class Request:
    """A request that arrived."""

    query: str
    headers: dict[str, str]
    target: str
    at: float = field(default_factory=time.monotonic)


Fault = Callable[["Handler"], None]
"""Answers a request wrongly."""


class Endpoint:
    """The endpoint: what it was asked, and what it is to do wrong."""

    def __init__(self, store: pyoxigraph.Store, certificate: tuple[Path, Path] | None = None) -> None:
        self.store = store
        self.requests: list[Request] = []
        self.faults: list[tuple[str, Fault]] = []
        """For the next request whose query contains the text, once each."""
        self.most_at_once = 0
        self.closing = threading.Event()
        self._at_once = 0
        self._lock = threading.Lock()
        self._server = Server(("127.0.0.1", 0), type("Bound", (Handler,), {"endpoint": self}))
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/sparql"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self.url = f"https://127.0.0.1:{self.port}/sparql"

    def fail(self, *faults: Fault, when: str = "") -> None:
        """Have the next requests whose query contains a text answered by these faults, one each."""
        self.faults += [(when, fault) for fault in faults]

    def queries(self, containing: str = "") -> list[str]:
        """Return the queries that arrived and contain a text."""
        return [request.query for request in self.requests if containing in request.query]

    def fault_for(self, query: str) -> Fault | None:
        """Return what to do wrong with a query."""
        with self._lock:
            for place, (text, fault) in enumerate(self.faults):
                if text in query:
                    del self.faults[place]
                    return fault
        return None

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        """Count how many are asking at once."""
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def __enter__(self) -> Endpoint:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *reason: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class Server(ThreadingHTTPServer):
    """A server that takes it calmly when a client is killed."""

    daemon_threads = True

    def handle_error(self, *_about: Any) -> None:
        """Say nothing: the test says what went wrong."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    endpoint: Endpoint
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer a query, or do what a fault says."""
        query = parse_qs(urlsplit(self.path).query).get("query", [""])[0]
        self.endpoint.requests.append(Request(query, dict(self.headers.items()), self.path))
        fault = self.endpoint.fault_for(query)
        with self.endpoint.busy(), contextlib.suppress(OSError):
            if fault:
                fault(self)
            else:
                self.give(self.answer(query))

    def answer(self, query: str) -> bytes:
        """Return what the engine says."""
        result = self.endpoint.store.query(query)
        assert isinstance(result, pyoxigraph.QuerySolutions)
        content = result.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        assert content is not None
        return content

    def give(self, content: bytes, status: int = 200, **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        self.send_header("Content-Type", RESULTS)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_about: Any) -> None:
        """Say nothing."""


# --- faults -----------------------------------------------------------------------------------------------------------


def status(code: int, **headers: str) -> Fault:
    """Answer with this status."""
    return lambda handler: handler.give(b"java.util.concurrent.TimeoutException", code, **headers)


def hang(seconds: float) -> Fault:
    """Answer only after this time."""

    def late(handler: Handler) -> None:
        handler.endpoint.closing.wait(seconds)
        handler.close_connection = True

    return late


def slowly(handler: Handler) -> None:
    """Answer rightly, but after a moment."""
    time.sleep(0.4)
    handler.give(handler.answer(parse_qs(urlsplit(handler.path).query)["query"][0]))


def trickle(handler: Handler) -> None:
    """Send a byte now and then, so that no wait between two of them is long."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not handler.endpoint.closing.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def cut(handler: Handler) -> None:
    """Close the connection in the middle of the answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    handler.wfile.write(b'{"head": {"vars": ["statement"]}')
    handler.close_connection = True


def drop(handler: Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def ran_out_of_time(handler: Handler) -> None:
    """Say that all is well, and break off in the middle with an exception's text, as Wikidata's service does."""
    query = parse_qs(urlsplit(handler.path).query)["query"][0]
    handler.give(handler.answer(query)[:-40] + b"\njava.util.concurrent.TimeoutException\n\tat com.bigdata")


def other_json(handler: Handler) -> None:
    """Answer with JSON that is no result of a query."""
    handler.give(b'{"results": {"bindings": [{"statement": "text"}]}, "head": {"vars": ["statement", "statements"]}}')


def page(handler: Handler) -> None:
    """Answer with a web page, as a captive portal does."""
    handler.give(b"<!DOCTYPE html><title>Log in</title>")


def huge(handler: Handler) -> None:
    """Send spaces without end."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    block = b" " * 1024**2
    while not handler.endpoint.closing.is_set():
        handler.wfile.write(block)


def bomb(handler: Handler) -> None:
    """Send a small body that unpacks to a huge one."""
    import gzip

    handler.give(gzip.compress(b" " * (200 * 1024**2), compresslevel=9), Content_Encoding="gzip")


def redirect(location: str, code: int = 302) -> Fault:
    """Send the client elsewhere; {query} in the location stands for the query of the request."""

    def send(handler: Handler) -> None:
        where = location.replace("{query}", urlsplit(handler.path).query)
        handler.give(b"", code, Location=where)

    return send
