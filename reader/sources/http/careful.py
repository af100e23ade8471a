"""Connections that look where they lead before they are made, and that can be ended.

A part of `http`.  Names are resolved here, each address is judged, and the
connection goes to the very address that was judged.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore2

from reader.sources.http.job import TICK, Job

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# All of IPv6 that is given out to anybody: the rest wraps other addresses, or is kept back.
_GLOBAL = ipaddress.ip_network("2000::/3")
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")  # Python tells them apart by its version
_KEPT = 20.0  # seconds an idle connection stays


class Refused(Exception):  # noqa: N818 - it is an answer
    """The address is of this computer or of its own network."""


class Careful(httpcore2.NetworkBackend):
    """Makes the connections of one `Http`."""

    def __init__(self, allowed: frozenset[str], patience: float) -> None:
        self._allowed = allowed
        self._patience = patience
        self._plain = httpcore2.SyncBackend()
        self._local = threading.local()

    def pool(self, context: ssl.SSLContext) -> httpcore2.ConnectionPool:
        """The pool that asks here for its connections."""
        return httpcore2.ConnectionPool(
            ssl_context=context,
            max_connections=8,
            max_keepalive_connections=4,
            keepalive_expiry=_KEPT,
            http2=True,
            network_backend=self,
        )

    @contextmanager
    def working(self, job: Job) -> Iterator[None]:
        """What this thread reads and connects is for `job`."""
        self._local.job = job
        try:
            yield
        finally:
            self._local.job = None

    @property
    def job(self) -> Job:
        """The job of this thread."""
        return getattr(self._local, "job", None) or Job()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of a host that may be reached; raises Refused for none."""
        job = self.job
        job.check()
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(str(error)) from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if f"{host.lower()}:{port}" not in self._allowed:
            addresses = [address for address in addresses if is_public(address)]
        if not addresses:
            raise Refused(host)
        problem: Exception | None = None
        for address in addresses:
            job.check()
            wait = min(self._patience, max(job.left(timeout), TICK))
            try:
                made = self._plain.connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                problem = error
            else:
                return _Stream(made, self)
        assert problem is not None
        raise problem

    def connect_unix_socket(self, *_arguments: Any, **_options: Any) -> httpcore2.NetworkStream:
        """Never: what listens there is this computer's own."""
        raise Refused("a socket of this computer")


class _Stream(httpcore2.NetworkStream):
    """A connection that looks at the job of the thread which reads."""

    def __init__(self, inner: httpcore2.NetworkStream, careful: Careful) -> None:
        self._inner = inner
        self._careful = careful

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        job = self._careful.job
        end = time.monotonic() + job.left(timeout)
        while True:
            job.check()
            try:
                return self._inner.read(max_bytes, TICK)
            except httpcore2.ReadTimeout:
                if time.monotonic() >= end:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._careful.job.check()
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        self._careful.job.check()
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, timeout), self._careful)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where another is wrapped in it."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found.teredo is not None:
            inner = found.teredo[1]
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        return found in _GLOBAL and found.is_global
    return found.is_global and not found.is_multicast and found not in _PROTOCOLS
