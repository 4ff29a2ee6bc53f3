"""One question to a SPARQL endpoint over HTTP: asked carefully, answered whole or not at all.

What went wrong is told apart by what to do about it: ``Failed`` is worth another try, BadData is not.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from twincli import __version__
from twincli.errors import BadData, BadUsage, TwincliError
from twincli.i18n import _

if TYPE_CHECKING:
    from ssl import SSLContext

    import httpx

WIKIDATA = "https://query.wikidata.org/sparql"
ABOUT = "a command-line reference of twin cities"
# What a piece of some thousand rows takes is 3 MB; a server that sends this much is not answering the question.
MAX_BYTES = 64 * 1024 * 1024
MAX_REDIRECTS = 3
CONNECT_SECONDS = 10.0

_OK, _BAD_REQUEST, _FORBIDDEN, _TOO_MANY = 200, 400, 403, 429
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# An overloaded or restarting service, which may answer the same question later.
_BUSY = frozenset({_TOO_MANY, 502, 503})
# What Wikidata's service gives where a query takes longer than its 60 seconds, and a gateway that has lost patience.
_SLOW = frozenset({408, 500, 504})

# What Wikidata's operators ask for where they do not say how long.
_TOO_MANY_SECONDS = 60.0
# Of more digits than these nobody has need, and a number of hundreds is no number of minutes any more: a year.
_MOST_SECONDS = 366 * 24 * 3600.0
# Who is offline should not have to wait for that to be said as long as for a service that is restarted.
_COST_OF_NO_CONNECTION = 2


class Failed(Exception):
    """A try that failed in a way that another may not."""

    def __init__(self, reason: str, *, wait: float | None = None, is_slow: bool = False, cost: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        """What happened, in words that can stand in a sentence."""
        self.wait = wait
        """How many seconds the endpoint asks to wait; None where it does not say."""
        self.is_slow = is_slow
        """Whether a smaller question might have been answered."""
        self.cost = cost
        """How many of the tries that there are it takes."""


@dataclass(frozen=True)
class Endpoint:
    """Where questions are sent, and how patiently."""

    url: str
    timeout: float
    """Seconds for one answer as a whole, from the connection to the last byte."""
    contact: str | None = None
    """How the endpoint's operators can reach the user, if they want to be reached."""

    def __post_init__(self) -> None:
        if not _is_address(self.url):
            message = _("--endpoint: {url} is not the address of a SPARQL endpoint, such as {example}")
            raise BadUsage(message.format(url=self.url, example=WIKIDATA))
        if self.contact is not None and not (self.contact.isascii() and self.contact.isprintable()):
            raise BadUsage(_("--contact goes into a header: write an e-mail or web address in ASCII."))

    @property
    def host(self) -> str:
        """The name of the server."""
        return urlsplit(self.url).hostname or ""


def _is_address(url: str) -> bool:
    """Tell whether a text is the address of a web server, without a user's name or password."""
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:
        return False
    is_complete = address.scheme in {"http", "https"} and bool(address.hostname) and port != 0
    return is_complete and address.username is None and url.isprintable() and " " not in url


class Client:
    """A connection to an endpoint, as an asynchronous context manager."""

    def __init__(self, endpoint: Endpoint, environ: Mapping[str, str]) -> None:
        # Here, because nothing else needs it and it takes longer to import than a query to answer.
        try:
            import httpx
        except ImportError:
            message = _("Asking Wikidata needs the Python package httpx; install it with: python -m pip install httpx")
            raise TwincliError(message) from None
        self.endpoint = endpoint
        self._httpx = httpx
        agent = f"twincli/{__version__} ({endpoint.contact or ABOUT}) python-httpx/{httpx.__version__}"
        proxy = _proxy(endpoint.url, environ)
        try:
            self._http = httpx.AsyncClient(
                headers={"User-Agent": agent, "Accept": "application/sparql-results+json"},
                # None for each step, as the whole has one, but for the first: where there is no way to the server,
                # that shows early.
                timeout=httpx.Timeout(None, connect=min(CONNECT_SECONDS, endpoint.timeout)),
                follow_redirects=False,
                verify=_trusted(environ),
                proxy=proxy,
                # It would look into the process's own environment, and for more than proxies and certificates.
                trust_env=False,
            )
        except (ValueError, OSError, ImportError, httpx.InvalidURL) as error:
            message = _("The proxy or the certificates that the environment names cannot be used: {reason}")
            raise BadUsage(message.format(reason=error)) from None

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *reason: object) -> None:
        await self._http.aclose()

    async def ask(self, query: str) -> bytes:
        """Return the endpoint's answer. Raises Failed, or BadData where no other try would help."""
        httpx = self._httpx
        try:
            async with asyncio.timeout(self.endpoint.timeout):
                return await self._ask(httpx.URL(self.endpoint.url).copy_merge_params({"query": query}))
        except TimeoutError:
            reason = _("no answer within {seconds:g} seconds").format(seconds=self.endpoint.timeout)
            raise Failed(reason, is_slow=True) from None
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                message = _("{host} does not prove to be who it is: {reason}")
                raise BadData(message.format(host=self.endpoint.host, reason=error)) from None
            reason = _("no connection ({reason})").format(reason=error or type(error).__name__)
            raise Failed(reason, cost=_COST_OF_NO_CONNECTION) from None
        except (httpx.TransportError, httpx.DecodingError):
            # Also what comes of a query that ran out of time while its answer was under way.
            raise Failed(_("the connection was cut"), is_slow=True) from None

    async def _ask(self, url: httpx.URL) -> bytes:
        for _hop in range(MAX_REDIRECTS + 1):
            # GET, as the protocol has it for queries: it can be repeated, redirected and cached.
            async with self._http.stream("GET", url) as response:
                if response.status_code == _OK:
                    return await self._content(response)
                if response.status_code not in _REDIRECTS:
                    raise self._failure(response)
                url = self._redirected(url, response.headers)
        raise BadData(_("{host} redirects without end.").format(host=self.endpoint.host))

    async def _content(self, response: httpx.Response) -> bytes:
        content = bytearray()
        async for piece in response.aiter_bytes():
            content += piece
            if len(content) > MAX_BYTES:
                message = _("{host} sent more than {limit} MB for one piece, which is no answer to the question.")
                raise BadData(message.format(host=self.endpoint.host, limit=MAX_BYTES // 1024**2))
        return bytes(content)

    def _redirected(self, url: httpx.URL, headers: Mapping[str, str]) -> httpx.URL:
        """Return where a redirect leads. Raises BadData where that is another server, or nowhere."""
        try:
            target = url.join(headers.get("location", ""))
        except self._httpx.InvalidURL:
            raise BadData(_("{host} redirects to what is no address.").format(host=self.endpoint.host)) from None
        is_same = (target.scheme, target.host, target.port) == (url.scheme, url.host, url.port)
        is_upgrade = (url.scheme, target.scheme, url.port, target.port) == ("http", "https", None, None)
        if is_same or (is_upgrade and target.host == url.host):
            return target
        message = _("{host} redirects to another server, {target}. If you trust it: --endpoint {target}")
        asked = target.copy_with(query=None, fragment=None)
        raise BadData(message.format(host=self.endpoint.host, target=asked))

    def _failure(self, response: httpx.Response) -> Exception:
        status = response.status_code
        if status in _BUSY or status in _SLOW:
            reason = _("it answered {status} {phrase}").format(status=status, phrase=response.reason_phrase)
            wait = seconds_to_wait(response.headers.get("retry-after", ""))
            if status == _TOO_MANY and wait is None:
                wait = _TOO_MANY_SECONDS
            return Failed(reason.rstrip(), wait=wait, is_slow=status in _SLOW)
        if status == _FORBIDDEN:
            message = _("{host} refuses twincli (403); ask its operators, and say who you are with --contact.")
            return BadData(message.format(host=self.endpoint.host))
        message = _("{host} cannot answer (status {status}); is {url} the address of a SPARQL endpoint?")
        return BadData(message.format(host=self.endpoint.host, status=status, url=self.endpoint.url))


def _proxy(url: str, environ: Mapping[str, str]) -> str | None:
    """Return the proxy for an address by the usual variables, in small or capital letters; None without one."""

    def variable(name: str) -> str:
        return environ.get(name) or environ.get(name.upper()) or ""

    address = urlsplit(url)
    proxy = variable(f"{address.scheme}_proxy") or variable("all_proxy")
    if not proxy or _is_near(address.hostname or "", variable("no_proxy")):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_near(host: str, no_proxy: str) -> bool:
    """Tell whether a server is one of those, or in one of the domains, that are asked without the proxy."""
    names = [name.strip().lower().removeprefix("*").lstrip(".") for name in no_proxy.split(",") if name.strip()]
    return any(not name or host == name or host.endswith(f".{name}") for name in names)


def _trusted(environ: Mapping[str, str]) -> SSLContext | bool:
    """Return whose certificates are trusted: those that OpenSSL's variables name, else the ones that httpx brings."""
    file, folder = environ.get("SSL_CERT_FILE") or None, environ.get("SSL_CERT_DIR") or None
    if not file and not folder:
        return True
    from ssl import create_default_context

    return create_default_context(cafile=file, capath=folder)


def seconds_to_wait(retry_after: str) -> float | None:
    """Return what a Retry-After header asks for, given in seconds or as a date (RFC 9110, section 10.2.3)."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), _MOST_SECONDS)
    try:
        return min(max(0.0, parsedate_to_datetime(text).timestamp() - time.time()), _MOST_SECONDS)
    except (ValueError, TypeError, OverflowError):
        return None
