"""arXiv ids and DOIs: every usual spelling has one normal form, and none is ever a number."""

from __future__ import annotations

from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.paper import (
    day_number,
    iso_date,
    link_kind,
    new_uid,
    normal_arxiv,
    normal_doi,
    now,
    parse_arxiv,
)


@pytest.mark.parametrize(
    "text",
    [
        "2506.06276",
        "arXiv:2506.06276",
        "ARXIV: 2506.06276",
        "http://arxiv.org/abs/2506.06276",
        "https://www.arxiv.org/abs/2506.06276",
        "https://export.arxiv.org/pdf/2506.06276",
        "https://arxiv.org/pdf/2506.06276.pdf",
        "https://arxiv.org/html/2506.06276",
        "https://arxiv.org/src/2506.06276",
        "https://arxiv.org/e-print/2506.06276",
        "https://arxiv.org/format/2506.06276",
        "https://arxiv.org/ps/2506.06276",
        "arxiv.org/abs/2506.06276",
        "https://arxiv.org/abs/2506.06276?context=cs",
        "https://arxiv.org/abs/2506.06276#comments",
        "http://xxx.lanl.gov/abs/2506.06276",
        "https://huggingface.co/papers/2506.06276",
        "https://huggingface.co/papers/2506.06276.md",
        "https://www.alphaxiv.org/abs/2506.06276",
        "https://alphaxiv.org/overview/2506.06276",
        "https://ar5iv.org/abs/2506.06276",
        "https://ar5iv.labs.arxiv.org/html/2506.06276",
        "10.48550/arXiv.2506.06276",
        "10.48550/ARXIV.2506.06276",
        "doi:10.48550/arXiv.2506.06276",
        "https://doi.org/10.48550/arXiv.2506.06276",
        "  2506.06276  ",
        "arXiv:2506.06276 [cs.CV] 6 Jun 2025",
    ],
)
def test_every_spelling_of_a_new_id(text: str) -> None:
    assert parse_arxiv(text) == ("2506.06276", "")


@pytest.mark.parametrize(
    "text, base, version",
    [
        ("arXiv:2506.06276v2", "2506.06276", "v2"),
        ("https://arxiv.org/pdf/2506.06276v12.pdf", "2506.06276", "v12"),
        ("hep-th/9901001v3", "hep-th/9901001", "v3"),
        ("math.GT/0309136", "math/0309136", ""),
        ("https://arxiv.org/abs/math.GT/0309136v1", "math/0309136", "v1"),
        ("cond-mat.mes-hall/0105001", "cond-mat/0105001", ""),
        ("10.48550/arXiv.hep-th/9901001", "hep-th/9901001", ""),
    ],
)
def test_versions_and_old_ids(text: str, base: str, version: str) -> None:
    assert parse_arxiv(text) == (base, version)


@pytest.mark.parametrize("text", ["0704.0001", "2401.10010", "1412.0100", "1501.00100"])
def test_an_id_is_never_a_number(text: str) -> None:
    # GIVEN ids whose zeros a number would lose THEN they keep every one
    assert normal_arxiv(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2506",
        "2506.6276",
        "2506.062767",
        "2513.06276",
        "2500.06276",
        "2506.00000",
        "0703.0001",
        "1412.12345",
        "1501.1234",
        "2506.06276v0",
        "12345.06276",
        "2506,06276",
        "files/2012345",
        "math/9013001",
        "math/9100001",
        "３506.06276",  # another script's digit
        "https://example.org/abs/2506.06276",
        "10.1000/2506.06276",
    ],
)
def test_what_is_no_arxiv_id(text: str) -> None:
    assert parse_arxiv(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "10.1038/S41586-021-03819-2",
        "doi:10.1038/s41586-021-03819-2",
        "DOI: 10.1038/s41586-021-03819-2",
        "doi 10.1038/s41586-021-03819-2",
        "info:doi/10.1038/s41586-021-03819-2",
        "https://doi.org/10.1038/s41586-021-03819-2",
        "http://dx.doi.org/10.1038/s41586-021-03819-2",
        "doi.org/10.1038/s41586-021-03819-2",
        "doi:https://doi.org/10.1038/s41586-021-03819-2",
        "https://doi.org/10.1038%2Fs41586-021-03819-2",
        " 10.1038/s41586-021-03819-2. ",
    ],
)
def test_every_spelling_of_a_doi(text: str) -> None:
    assert normal_doi(text) == "10.1038/s41586-021-03819-2"


def test_a_doi_keeps_its_brackets_and_its_zeros() -> None:
    text = "10.1002/(SICI)1097-0258(19980815)17:15/16<1661::AID-SIM968>3.0.CO;2-2"
    assert normal_doi(text) == text.lower()
    assert normal_doi("10.1234/0100.10") == "10.1234/0100.10"


@pytest.mark.parametrize("text", ["", "10.1000", "10.10/x", "11.1000/x", "10.1000/a b", "doi:"])
def test_what_is_no_doi(text: str) -> None:
    assert normal_doi(text) == ""


@given(st.text())
def test_any_text_is_an_id_or_not_and_a_normal_form_stays(text: str) -> None:
    for normal in (normal_arxiv, normal_doi):
        once = normal(text)
        assert normal(once) == once


@pytest.mark.parametrize(
    "text, date",
    [
        ("2025", "2025"),
        ("2025-06", "2025-06"),
        ("2025-06-11", "2025-06-11"),
        ("2025-06-11T08:00:00.000Z", "2025-06-11"),
        ("2025-02-30", ""),
        ("2025-13", ""),
        ("0000-01-01", ""),
        ("Jun 11", ""),
        ("", ""),
        ("٢٠٢٥", ""),
    ],
)
def test_only_real_dates_are_dates(text: str, date: str) -> None:
    assert iso_date(text) == date


def test_a_paper_without_date_stands_on_the_day_it_came() -> None:
    assert day_number("2025-06-12", "2026-01-01") - day_number("2025-06-11", "") == 1
    assert day_number("", "2025-06-11T10:00:00.000Z") == day_number("2025-06-11", "")
    assert day_number("June", "long ago") == 1


def test_uids_and_times_have_the_library_s_form() -> None:
    uids = {new_uid() for _ in range(200)}
    assert len(uids) == 200
    for uid in uids:
        read = UUID(uid)
        assert (str(read), read.version, read.variant) == (uid, 4, RFC_4122)
    assert len(now()) == len("2026-11-24T14:39:27.123Z") and now().endswith("Z")


@pytest.mark.parametrize(
    "url, kind",
    [
        ("https://github.com/a/b", "code"),
        ("https://a.github.io/b", "project"),
        ("https://huggingface.co/datasets/a", "data"),
        ("https://huggingface.co/spaces/a", "demo"),
        ("https://huggingface.co/papers/2506.06276", "page"),
        ("https://huggingface.co/a/b", "model"),
        ("https://arxiv.org/abs/2506.06276", "arxiv"),
        ("https://doi.org/10.1000/x", "doi"),
        ("https://example.org/a.PDF", "pdf"),
        ("https://example.org", "project"),
    ],
)
def test_the_kind_of_a_link(url: str, kind: str) -> None:
    assert link_kind(url) == kind
