"""The door to the web, against a server of this computer that does what servers do."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx2
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from reader.domain.errors import CancelledError, NetworkError
from reader.sources.http.careful import is_public
from reader.sources.http.door import Bounds, Http, _seconds
from reader.sources.http.job import Job

SHORT = Bounds(connect=2.0, quiet=0.4, whole=1.5, wait=1.0, largest=1000)


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1", threaded=True) as made:
        yield made


@contextmanager
def door(server: HTTPServer, **options: object) -> Iterator[Http]:
    """A door that may reach the server."""
    given = {"allowed": [f"127.0.0.1:{server.port}"], "bounds": SHORT, **options}
    with closing(Http(**given)) as made:  # pyright: ignore[reportArgumentType]
        yield made


def asked(server: HTTPServer) -> list[str]:
    return [request.path for request, _ in server.log]


def refused(http: Http, url: str, **options: object) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        http.get(url, **options)  # pyright: ignore[reportArgumentType]
    assert caught.value.hint  # what to do
    return caught.value


# -- what is answered


def test_an_answer_has_its_bytes_and_headers(server: HTTPServer) -> None:
    server.expect_request("/a").respond_with_data(b"hello", content_type="text/plain")
    with door(server) as http:
        answer = http.get(server.url_for("/a"), accept="text/plain")
    assert (answer.body, answer.cut) == (b"hello", False)
    assert answer.headers["content-type"].startswith("text/plain")
    [(request, _)] = server.log
    # AND the request says no more than it must
    sent = {name.lower() for name, _ in request.headers}
    assert sent <= {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert request.headers["User-Agent"].startswith("PaperReader/")


def test_redirects_are_followed_to_where_they_end(server: HTTPServer) -> None:
    server.expect_request("/a").respond_with_response(
        Response(status=302, headers={"Location": "b"})
    )
    server.expect_request("/b").respond_with_response(
        Response(status=301, headers={"Location": server.url_for("/c")})
    )
    server.expect_request("/c").respond_with_data(b"here")
    with door(server) as http:
        answer = http.get(server.url_for("/a"))
    assert (answer.url, answer.body) == (server.url_for("/c"), b"here")


def test_redirects_without_an_end_are_given_up(server: HTTPServer) -> None:
    server.expect_request("/a").respond_with_response(
        Response(status=302, headers={"Location": "/a"})
    )
    with door(server) as http:
        assert "without an end" in refused(http, server.url_for("/a")).message
    assert len(server.log) == 6


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://127.0.0.1/x", "//[", "javascript:1"]
)
def test_a_redirect_leads_to_web_addresses_only(server: HTTPServer, where: str) -> None:
    moved = Response(status=302, headers={"Location": where})
    moved.autocorrect_location_header = False
    moved.get_wsgi_headers = lambda environ: moved.headers  # as it is, whatever it is
    server.expect_request("/a").respond_with_response(moved)
    with door(server) as http:
        assert "no web address" in refused(http, server.url_for("/a")).message


def test_packed_answers_are_unpacked(server: HTTPServer) -> None:
    packed = Response(gzip.compress(b"x" * 900), headers={"Content-Encoding": "gzip"})
    server.expect_request("/a").respond_with_response(packed)
    with door(server) as http:
        assert http.get(server.url_for("/a")).body == b"x" * 900


@pytest.mark.parametrize("packing, data", [("br", b"x"), ("gzip", b"no gzip at all")])
def test_what_cannot_be_unpacked_is_said(server: HTTPServer, packing: str, data: bytes) -> None:
    server.expect_request("/a").respond_with_response(
        Response(data, headers={"Content-Encoding": packing})
    )
    with door(server) as http:
        error = refused(http, server.url_for("/a"))
    assert "127.0.0.1" in error.message


# -- bounds


@pytest.mark.parametrize("packing", ["", "gzip"])
def test_too_much_is_refused_or_cut(server: HTTPServer, packing: str) -> None:
    data = b"y" * 5_000_000
    headers = {"Content-Encoding": packing} if packing else {}
    body = gzip.compress(data) if packing else data
    server.expect_request("/a").respond_with_response(Response(body, headers=headers))
    with door(server) as http:
        assert "larger than 0.001 MB" in refused(http, server.url_for("/a")).message
        answer = http.get(server.url_for("/a"), cut=True)
    assert (answer.body, answer.cut) == (b"y" * 1000, True)


def test_a_body_that_never_ends_is_given_up_in_the_time_for_the_whole(server: HTTPServer) -> None:
    # GIVEN a server that sends a byte now and then, for ever
    ended = threading.Event()

    def drip(_request: Request) -> Response:
        def body() -> Iterator[bytes]:
            while not ended.wait(0.1):
                yield b"."

        return Response(body())

    server.expect_request("/a").respond_with_handler(drip)
    with door(server) as http:
        error = refused(http, server.url_for("/a"), largest=10_000_000)
    ended.set()
    assert "did not answer in time" in error.message


def test_a_silent_server_is_given_up(server: HTTPServer) -> None:
    ended = threading.Event()

    def silent(_request: Request) -> Response:
        ended.wait(5)
        return Response(b"late")

    server.expect_request("/a").respond_with_handler(silent)
    with door(server) as http:
        error = refused(http, server.url_for("/a"))
    ended.set()
    assert "did not answer in time" in error.message


def test_a_port_where_nobody_listens_cannot_be_reached() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with closing(Http(allowed=[f"127.0.0.1:{port}"], bounds=SHORT)) as http:
        assert "cannot be reached" in refused(http, f"http://127.0.0.1:{port}/").message


def test_a_connection_that_breaks_off_is_said() -> None:
    # GIVEN a server that promises more than it sends
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def serve() -> None:
        made, _ = listening.accept()
        with made:
            made.recv(1000)
            made.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

    thread = threading.Thread(target=serve)
    thread.start()
    with closing(listening), closing(Http(allowed=[f"127.0.0.1:{port}"], bounds=SHORT)) as http:
        error = refused(http, f"http://127.0.0.1:{port}/")
        thread.join()
    assert "broke off" in error.message


@pytest.mark.parametrize(
    "status, words", [(404, "no such page"), (403, "does not give"), (500, "with an error")]
)
def test_a_status_is_said_in_words(server: HTTPServer, status: int, words: str) -> None:
    server.expect_request("/a").respond_with_data(b"", status=status)
    with door(server) as http:
        assert words in refused(http, server.url_for("/a")).message
    assert len(server.log) == 1


# -- patience


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that requests wait for, which pass at once."""
    found: list[float] = []
    monkeypatch.setattr(Job, "sleep", lambda _job, seconds: found.append(seconds))
    return found


@pytest.mark.parametrize("header, wait", [({"Retry-After": "1"}, 1.0), ({}, 1.0)])
def test_a_busy_server_is_asked_again_when_it_says(
    server: HTTPServer, waits: list[float], header: dict[str, str], wait: float
) -> None:
    # GIVEN a server that is busy once
    server.expect_ordered_request("/a").respond_with_response(Response(status=429, headers=header))
    server.expect_ordered_request("/a").respond_with_data(b"now")
    # THEN it is asked again after that time
    with door(server) as http:
        assert http.get(server.url_for("/a")).body == b"now"
    assert waits == [wait]


def test_a_server_that_stays_busy_is_given_up(server: HTTPServer, waits: list[float]) -> None:
    server.expect_request("/a").respond_with_data(b"", status=503)
    with door(server, bounds=Bounds()) as http:
        assert "is busy" in refused(http, server.url_for("/a")).message
    assert (len(server.log), waits) == (3, [1.0, 2.0])


def test_a_server_that_asks_for_more_patience_is_left_alone(server: HTTPServer) -> None:
    server.expect_request("/a").respond_with_response(
        Response(status=429, headers={"Retry-After": "3600"})
    )
    with door(server) as http:
        assert "is busy" in refused(http, server.url_for("/a")).message
    assert len(server.log) == 1


def test_retry_after_is_seconds_or_a_date() -> None:
    assert _seconds(" 12 ") == 12.0
    later = _seconds(format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True))
    assert later is not None and 3500 < later <= 3600
    assert _seconds(format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)) == 0.0
    assert [_seconds(text) for text in ("", "soon", "-3", "²")] == [None] * 4


def test_a_host_is_asked_at_its_pace(server: HTTPServer, waits: list[float]) -> None:
    server.expect_request("/a").respond_with_data(b"")
    with door(server, paces={"127.0.0.1": 100.0}) as http:
        for _ in range(3):
            http.get(server.url_for("/a"))
    assert [round(wait, -2) for wait in waits] == [0.0, 100.0, 200.0]


@pytest.mark.parametrize("how", ["job", "close"])
def test_a_request_is_cancelled_from_another_thread(server: HTTPServer, how: str) -> None:
    # GIVEN a request under way, to a server that says nothing
    begun, ended = threading.Event(), threading.Event()

    def silent(_request: Request) -> Response:
        begun.set()
        ended.wait(10)
        return Response(b"late")

    server.expect_request("/a").respond_with_handler(silent)
    patient = Bounds(quiet=60.0, whole=60.0)
    job, said = Job(), []
    with door(server, bounds=patient) as http:

        def work() -> None:
            try:
                http.get(server.url_for("/a"), job=job)
            except CancelledError as error:
                said.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        assert begun.wait(5)
        # WHEN it is cancelled THEN it ends, though the server goes on saying nothing
        job.cancel() if how == "job" else http.close()
        thread.join(5)
        assert not thread.is_alive()
    ended.set()
    assert len(said) == 1


def test_nothing_is_asked_once_it_is_closed(server: HTTPServer) -> None:
    with door(server) as http:
        http.close()
        with pytest.raises(CancelledError):
            http.get(server.url_for("/a"))
    assert server.log == []


def test_what_is_cancelled_does_not_take_others_along(
    server: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a connection for several requests, which ends under one that is cancelled
    server.expect_request("/a").respond_with_data(b"here")
    with door(server) as http:
        whole = http._transport.handle_request
        asks: list[str] = []

        def shared(request: httpx2.Request) -> httpx2.Response:
            asks.append(str(request.url))
            if len(asks) == 1:
                raise CancelledError("The request was cancelled.")
            return whole(request)

        monkeypatch.setattr(http._transport, "handle_request", shared)
        # WHEN another one was under way over it THEN that is asked again
        assert http.get(server.url_for("/a")).body == b"here"
        assert len(asks) == 2


# -- where it may lead


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"])
def test_this_computer_is_not_asked(server: HTTPServer, host: str) -> None:
    server.expect_request("/a").respond_with_data(b"secret")
    with closing(Http(bounds=SHORT)) as http:
        error = refused(http, f"http://{host}:{server.port}/a")
    assert server.log == []
    assert error.message


def test_a_redirect_does_not_lead_inside_either(server: HTTPServer) -> None:
    # GIVEN a server that may be reached, and another one beside it
    with HTTPServer(host="127.0.0.1") as other:
        other.expect_request("/secret").respond_with_data(b"secret")
        server.expect_request("/a").respond_with_response(
            Response(status=302, headers={"Location": other.url_for("/secret")})
        )
        with door(server) as http:
            error = refused(http, server.url_for("/a"))
        assert other.log == []
    assert "in its own network" in error.message


def test_the_address_is_judged_where_the_connection_is_made(
    server: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a name of the internet that stands for this computer
    server.expect_request("/a").respond_with_data(b"secret")
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_options: here)
    with closing(Http(bounds=SHORT)) as http:
        error = refused(http, f"http://papers.example:{server.port}/a")
    assert (server.log, "in its own network" in error.message) == ([], True)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1",
        "fec0::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1", "no address",
        "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "5f00::1", "192.0.0.8",
    ],
)  # fmt: skip
def test_addresses_inside_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["151.101.3.42", "2a04:4e42::810", "64:ff9b::9765:32a"])
def test_addresses_of_the_internet_are_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["", "papers", "file:///etc/passwd", "http://", "http://a:b@host/", "http://host:99999/", "http://[::1"],
)  # fmt: skip
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    with closing(Http(bounds=SHORT)) as http:
        refused(http, url)


# -- the cache


def test_an_answer_is_kept_as_long_as_the_server_says(server: HTTPServer, tmp_path: Path) -> None:
    server.expect_request("/good").respond_with_data(b"a", headers={"Cache-Control": "max-age=60"})
    server.expect_request("/bad").respond_with_data(b"b", headers={"Cache-Control": "no-store"})
    for _ in range(2):  # also by the next start of the program
        with door(server, cache=tmp_path) as http:
            assert http.get(server.url_for("/good")).body == b"a"
            assert http.get(server.url_for("/bad")).body == b"b"
    assert asked(server) == ["/good", "/bad", "/bad"]


def test_a_cache_that_cannot_be_used_is_no_reason_to_fail(
    server: HTTPServer, tmp_path: Path
) -> None:
    (tmp_path / "http.db").write_bytes(b"no database" * 1000)
    server.expect_request("/a").respond_with_data(b"a", headers={"Cache-Control": "max-age=60"})
    with door(server, cache=tmp_path) as http:
        assert [http.get(server.url_for("/a")).body for _ in range(2)] == [b"a", b"a"]
    assert (tmp_path / "http.db").read_bytes().startswith(b"no database")


def test_a_slow_server_leaves_the_cache_to_others(server: HTTPServer, tmp_path: Path) -> None:
    # GIVEN a server that sends a byte now and then, and a page that may be kept
    ended = threading.Event()

    def drip(_request: Request) -> Response:
        def body() -> Iterator[bytes]:
            while not ended.wait(0.1):
                yield b"."

        return Response(body())

    server.expect_request("/slow").respond_with_handler(drip)
    server.expect_request("/a").respond_with_data(b"a", headers={"Cache-Control": "max-age=60"})
    with door(server, cache=tmp_path) as http:
        # WHEN the slow one was given up, asked once
        assert "in time" in refused(http, server.url_for("/slow")).message
        ended.set()
        # THEN the other is still kept
        assert [http.get(server.url_for("/a")).body for _ in range(2)] == [b"a", b"a"]
    assert asked(server).count("/a") == 1


def test_what_was_cut_is_not_kept_as_whole(server: HTTPServer, tmp_path: Path) -> None:
    data = b"z" * 200_000
    server.expect_request("/a").respond_with_data(data, headers={"Cache-Control": "max-age=60"})
    with door(server, cache=tmp_path) as http:
        assert http.get(server.url_for("/a"), cut=True).cut
        assert http.get(server.url_for("/a"), largest=300_000).body == data
