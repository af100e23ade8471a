"""Requests to the web, one address at a time.

Nothing is sent on its own: a request is made where the reader asked for it.
Each is bounded in time, size, redirects and pace, can be cancelled from another
thread, and reaches no address of this computer or its network that was not
allowed by name: the address is looked at where the connection is made, after
the name was resolved, so that neither a redirect nor a name that changes its
address leads inside.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx2
from hishel import CacheOptions, SqliteStorage
from hishel.httpx2 import CacheTransport

from reader import __version__
from reader.domain.errors import CancelledError, NetworkError
from reader.domain.value import dataclass
from reader.sources.http.careful import Careful, Refused
from reader.sources.http.job import Job

MEGABYTE = 1_000_000
# Its faults are met in `_once`, and its lines would hold the reader's addresses.
logging.getLogger("hishel").setLevel(logging.CRITICAL + 1)
_AGENT = f"PaperReader/{__version__}"
_REDIRECTS = 5
_TRIES = 3
_PIECE = 16_384  # bytes taken at once: what a packed piece may become stays small
_AGAIN = frozenset({429, 502, 503, 504})  # statuses of a server that may answer later
_MOVED = frozenset({301, 302, 303, 307, 308})
_BROWSER = "Open the address in your browser."
_LOOK = "Look at the address."
_PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 15}  # zlib's window bits


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much patience a request has; seconds and bytes."""

    connect: float = 8.0  # until there is a connection
    quiet: float = 10.0  # without a byte
    whole: float = 30.0  # from the first try to the last byte
    wait: float = 10.0  # that a server may ask for before another try
    largest: int = 10 * MEGABYTE
    cache: int = 50 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: the address it came from in the end, its headers (names in small letters), the bytes.

    `cut` says that there was more than was asked for.
    """

    url: str
    headers: Mapping[str, str]
    body: bytes
    cut: bool = False


class Http:
    """A way to the web, for any number of threads; `close` ends what is under way.

    `paces` are seconds between two requests to a host, `allowed` the places
    "host:port" of this computer or its network that may be reached.  Answers
    are kept in the folder `cache` as long as their servers say they are good.
    """

    def __init__(
        self,
        cache: Path | None = None,
        *,
        allowed: Iterable[str] = (),
        paces: Mapping[str, float] | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self._bounds = bounds or Bounds()
        self._paces = dict(paces or {})
        self._careful = Careful(frozenset(allowed), self._bounds.connect)
        self._transport = _Transport(self._careful)
        self._cached = _Cache(self._transport, cache, self._bounds.cache) if cache else None
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}  # host -> when it may be asked again (monotonic)
        self._jobs: set[Job] = set()
        self._closed = False

    def close(self) -> None:
        """Cancel what is under way, and let the connections go; nothing is asked afterwards."""
        with self._lock:
            self._closed = True
            jobs = list(self._jobs)
        for job in jobs:
            job.cancel()
        if self._cached is not None:
            self._cached.drop()
        self._transport.close()

    def get(
        self,
        url: str,
        *,
        accept: str = "*/*",
        largest: int = 0,
        cut: bool = False,
        job: Job | None = None,
    ) -> Answer:
        """Fetch an address, following redirects; on a worker thread.

        `largest` bytes at most (unpacked; 0 for the usual bound): more raises,
        or with `cut` is left.  Raises NetworkError, or CancelledError once
        `job` is cancelled.
        """
        job = job or Job()
        job.begin(self._bounds.whole, self._bounds.quiet)
        wanted = _Wanted(accept, largest or self._bounds.largest, cut)
        with self._lock:
            if self._closed:
                raise CancelledError("The program ends.")
            self._jobs.add(job)
        try:
            with self._careful.working(job):
                return self._follow(url, wanted, job)
        finally:
            with self._lock:
                self._jobs.discard(job)

    def _follow(self, url: str, wanted: _Wanted, job: Job) -> Answer:
        for _ in range(_REDIRECTS + 1):
            host = _host(url)
            answer = self._patiently(url, host, wanted, job)
            if isinstance(answer, Answer):
                return answer
            url = _joined(url, answer)
        raise NetworkError(
            f"{_host(url)} leads from one address to the next without an end.", _BROWSER
        )

    def _patiently(self, url: str, host: str, wanted: _Wanted, job: Job) -> Answer | str:
        """An answer, or the address it leads to; a server that is busy is asked again."""
        for number in range(1, _TRIES + 1):
            self._keep_pace(host, job)
            try:
                return self._once(url, wanted)
            except CancelledError as error:
                if job.cancelled:
                    raise
                # A connection is shared: it ended under a request that was cancelled.
                if number == _TRIES:
                    raise _told(host, error) from error
            except _Later as later:
                pause = later.seconds if later.seconds is not None else float(number)
                if number == _TRIES or pause > self._bounds.wait:
                    raise NetworkError(
                        f"{host} is busy and did not answer.", "Try again in a few minutes."
                    ) from later
                job.sleep(pause)
            except (httpx2.RequestError, Refused, OSError) as error:
                if job.cancelled:
                    raise CancelledError("The request was cancelled.") from error
                raise _told(host, error) from error
        raise AssertionError("the last try answers or raises")

    def _keep_pace(self, host: str, job: Job) -> None:
        """Wait until a host may be asked again."""
        pace = self._paces.get(host, 0.0)
        if pace:
            with self._lock:
                begin = max(time.monotonic(), self._next.get(host, 0.0))
                self._next[host] = begin + pace
            job.sleep(begin - time.monotonic())

    def _once(self, url: str, wanted: _Wanted) -> Answer | str:
        if self._cached is not None:
            try:
                return self._ask(self._cached, url, wanted)
            except (httpx2.HTTPError, TimeoutError, _Later, Refused, NetworkError, CancelledError):
                raise
            except Exception:  # noqa: BLE001 - what its database does is no reason to fail
                cached, self._cached = self._cached, None
                cached.drop()
        return self._ask(self._transport, url, wanted)

    def _ask(self, transport: httpx2.BaseTransport, url: str, wanted: _Wanted) -> Answer | str:
        request = httpx2.Request(
            "GET",
            url,
            headers={
                "User-Agent": _AGENT,
                "Accept": wanted.accept,
                "Accept-Encoding": "gzip, deflate",
            },
            extensions={"timeout": httpx2.Timeout(self._bounds.quiet).as_dict()},
        )
        response = transport.handle_request(request)
        try:
            where = response.headers.get("location", "")
            if response.status_code in _MOVED and where:
                return where
            if response.status_code in _AGAIN:
                raise _Later(_seconds(response.headers.get("retry-after", "")))
            if not response.is_success:
                raise _refusal(_host(url), response.status_code)
            body, cut = _body(response, _host(url), wanted)
            return Answer(url, {k.lower(): v for k, v in response.headers.items()}, body, cut)
        finally:
            response.close()


@dataclass(frozen=True, slots=True)
class _Wanted:
    accept: str
    largest: int
    cut: bool


class _Transport(httpx2.HTTPTransport):
    """Connections made by `Careful`; no proxies, no cookies, no credentials."""

    def __init__(self, careful: Careful) -> None:
        super().__init__(trust_env=False)
        self._pool = careful.pool(httpx2.create_ssl_context())


class _Cache(CacheTransport):
    """Answers kept on the disk as long as RFC 9111 lets one reader keep them."""

    def __init__(self, beyond: httpx2.BaseTransport, folder: Path, most: int) -> None:
        self._storage = SqliteStorage(database_path=folder / "http.db", max_size=most)
        options: CacheOptions = {"shared": False}
        super().__init__(beyond, storage=self._storage, rfc=options)

    def drop(self) -> None:
        """Close the database alone."""
        # A closed or damaged one has nothing to say that anybody needs.
        with contextlib.suppress(Exception):
            self._storage.close()


class _Later(Exception):  # noqa: N818 - it is an answer
    """The server asks to be asked again; after so many seconds, None when it does not say."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def _body(response: httpx2.Response, host: str, wanted: _Wanted) -> tuple[bytes, bool]:
    """The unpacked bytes, and whether there were more; raises NetworkError for too many."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("", "identity", *_PACKED):
        raise NetworkError(
            f"{host} answers in a form that cannot be read ({packing[:20]}).", _BROWSER
        )
    unpack = zlib.decompressobj(_PACKED[packing]) if packing in _PACKED else None
    found = bytearray()
    for piece in response.iter_raw(_PIECE):
        if unpack is None:
            found += piece
        else:
            try:
                found += unpack.decompress(piece, wanted.largest + 1 - len(found))
            except zlib.error as error:
                raise NetworkError(f"{host} sent a damaged answer.", "Try again.") from error
        if len(found) > wanted.largest:
            if wanted.cut:
                return bytes(found[: wanted.largest]), True
            size = f"{wanted.largest / MEGABYTE:g}"
            raise NetworkError(f"What {host} sends is larger than {size} MB.", _BROWSER)
    return bytes(found), False


def _host(url: str) -> str:
    """The host of an address that may be asked at all; raises NetworkError."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
        httpx2.URL(url)
    except (ValueError, httpx2.InvalidURL) as error:
        raise NetworkError("That is no web address.", _LOOK, str(error)) from error
    if parts.scheme not in ("http", "https") or not host:
        raise NetworkError("That is no web address.", "Addresses begin with http:// or https://.")
    if parts.username or parts.password:
        raise NetworkError(
            "That address carries a name or a password, and is not asked.",
            "Take it out of the address.",
        )
    return host


def _joined(url: str, where: str) -> str:
    """Where a redirect leads; what is no address is found out when it is asked."""
    try:
        return urljoin(url, where)
    except ValueError:
        return where


def _seconds(text: str) -> float | None:
    """What Retry-After asks for: seconds, or a date; None when it says nothing."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    when = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _refusal(host: str, status: int) -> NetworkError:
    match status:
        case 401 | 403 | 451:
            return NetworkError(f"{host} does not give this page out ({status}).", _BROWSER)
        case 404 | 410:
            return NetworkError(f"{host} has no such page ({status}).", _LOOK)
        case _:
            return NetworkError(f"{host} answers with an error ({status}).", "Try again later.")


def _told(host: str, error: Exception) -> NetworkError:
    """What a failure of the connection is in a sentence."""
    match error:
        case Refused():
            return NetworkError(
                f"{host} is this computer or in its own network, which is not asked.",
                _BROWSER,
            )
        case httpx2.TimeoutException() | TimeoutError():
            return NetworkError(f"{host} did not answer in time.", "Try again.", str(error))
        case httpx2.ConnectError():
            text = f"{host} cannot be reached."
            return NetworkError(text, "Look at the address and the connection.", str(error))
        case _:
            return NetworkError(f"The connection to {host} broke off.", "Try again.", str(error))
