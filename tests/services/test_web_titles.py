"""A web address becomes a link with its page's title."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from pytest_httpserver import HTTPServer

from reader.domain.errors import CancelledError, NetworkError, NotFoundError
from reader.services import web_titles
from reader.services.web import Job, Web


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1") as made:
        yield made


def test_the_title_is_the_links_text(server: HTTPServer) -> None:
    page = b"<title>[2506.06276] Flows *at* scale</title>"
    server.expect_request("/abs/(1)").respond_with_data(page, content_type="text/html")
    address = server.url_for("/abs/(1)")
    with closing(Web(None, [f"127.0.0.1:{server.port}"])) as web:
        made = web_titles.link(web, address, Job())
    assert made == f"[\\[2506.06276\\] Flows \\*at\\* scale]({server.url_for('/abs/%281%29')})"
    assert web_titles.leads_to(made, address)
    assert not web_titles.leads_to(made, address + "x")


def test_a_long_page_is_read_as_far_as_its_title(server: HTTPServer) -> None:
    page = b"<title>Long</title>" + b"x" * 2_000_000
    server.expect_request("/a").respond_with_data(page, content_type="text/html")
    with closing(Web(None, [f"127.0.0.1:{server.port}"])) as web:
        assert web_titles.link(web, server.url_for("/a"), Job()).startswith("[Long](")


@pytest.mark.parametrize(
    "data, kind", [(b"%PDF-1.7 <title>x</title>", "application/pdf"), (b"<p>", "text/html")]
)
def test_what_has_no_title_leaves_the_address(server: HTTPServer, data: bytes, kind: str) -> None:
    server.expect_request("/a").respond_with_data(data, content_type=kind)
    with (
        closing(Web(None, [f"127.0.0.1:{server.port}"])) as web,
        pytest.raises(NotFoundError, match="has no title"),
    ):
        web_titles.link(web, server.url_for("/a"), Job())


def test_this_computer_is_not_asked(server: HTTPServer) -> None:
    with closing(Web(None)) as web, pytest.raises(NetworkError, match="in its own network"):
        web_titles.link(web, server.url_for("/a"), Job())
    assert server.log == []


def test_nothing_is_asked_once_the_program_ends() -> None:
    web = Web(None)
    web.close()
    with pytest.raises(CancelledError):
        web_titles.link(web, "https://example.org/", Job())
