"""The page of daily or trending papers, in every form a person may have it.

Copied text (three shapes), the saved HTML page, and the JSON of the service.
What a form does not say stays empty; ids, years and authors are never guessed.
"""

from __future__ import annotations

import re

from reader.domain.errors import InputError
from reader.formats.base import Parsed
from reader.formats.text import decode, whole
from reader.formats.trending_page.api_json import parse_json
from reader.formats.trending_page.html_page import parse_html
from reader.formats.trending_page.lines import split_lines
from reader.formats.trending_page.text_page import has_evidence, parse_lines

_HTML = re.compile(
    r"^\s*(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|main|div|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_MARKS = re.compile(
    r"data-target\s*=\s*[\"']?DailyPapers|href\s*=\s*[\"']?[^\"'>\s]*/papers/\d"
)
_JSON_MARKS = re.compile(
    r'"(?:dailyPapers|summary|upvotes|publishedAt|submittedOnDailyAt)"|^\s*\{\s*"error"\s*:'
)
_SAMPLE = 200_000  # characters; the head of a page shows what it is


class TrendingPage:
    """Reads pages of daily or trending papers."""

    name = "trending-page"
    title = "Page of daily or trending papers"
    endings = (".txt", ".html", ".htm", ".json")

    def sniff(self, data: bytes, filename: str) -> bool:
        del filename  # people rename what they save
        try:
            text = decode(data)
        except InputError:
            return False
        if _is_json(text):
            return bool(_JSON_MARKS.search(text))
        if _HTML.match(text):
            return bool(_HTML_MARKS.search(text)) or "trending papers" in text.lower()
        return has_evidence(split_lines(text[:_SAMPLE]))

    def parse(self, data: bytes, filename: str) -> Parsed:
        text = whole(decode(data))
        if _is_json(text):
            return parse_json(text, filename)
        if _HTML.match(text):
            return parse_html(text, filename)
        return parse_lines(split_lines(text), filename)


def _is_json(text: str) -> bool:
    start = text.lstrip()[:200]
    # "[Title](address)" is Markdown, "[" and an object or nothing is JSON.
    return bool(re.match(r"\{|\[\s*[\[{\]]", start))
