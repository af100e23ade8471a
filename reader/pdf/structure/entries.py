"""One entry of a bibliography taken apart: authors, title, year, DOI, arXiv id.

Styles differ without end.  What is quoted, italic or behind a year is told by
its signs; where no rule holds, a part stays empty rather than wrong.
"""

from __future__ import annotations

import re

from reader.domain.paper import normal_arxiv, normal_doi
from reader.domain.value import dataclass
from reader.pdf.structure.bylines import byline, in_commas
from reader.pdf.structure.capitals import CAPITALS

_DOI = re.compile(r"\b10\.\d{4,9}(?:\.\d+)*/[^\s\"<>\u201d]+")
_ARXIV = re.compile(
    r"(?:arxiv(?:\.org)?(?:\s+(?:e-?prints?|preprint))?[\s:/,]*(?:arxiv:|abs/|pdf/|preprint\s+)*"
    r"|\babs/|\beprint:?\s*)\s*(?:[a-z-]+(?:\.[A-Z]{2})?/)?"
    r"(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)",
    re.IGNORECASE,
)
_OLD_ARXIV = re.compile(
    r"\b((?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math(?:-ph)?|nucl-(?:ex|th)|physics|"
    r"quant-ph|cs|q-bio|nlin)/\d{7})\b"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?:(?<=[/_=?&-])\s[^\s/]*[/.]\S+)?")
_IN_PARENTHESES = re.compile(
    r"\s*[(\[]\s*(?:URL:?\s*)?(?:https?://|www\.)[^\s)\]]*(?:\s[^\s)\]]*)?\s*[)\]]"
)
# What stands around an address that was taken away, and one that was set without http.
_ONLINE = re.compile(
    r"[\s,;(\[]*\[[Oo]nline\].*$|[\s,;]*[(\[](?:[Vv]isited|[Aa]ccessed|[Rr]etrieved)\s.*$"
    r"|[\s,;(\[]*\b(?:URL|Available(?:\s(?:at|from|online))?|Retrieved\sfrom|[Oo]nline\sat|at)\b[\s:.,)\]]*$"
)
_BARE_ADDRESS = re.compile(r"[\s,;(\[]*\b(?:[\w-]+\.)+[a-z]{2,6}/\S*")
# "ISO 32000-2:2020", "IEEE Std 754-2019", "RFC 3986": what a standard goes by, not what it is called.
_STANDARD = re.compile(
    r"(?:(?:ISO|IEC|IEEE|ANSI|NIST|ITU(?:-[TR])?|ECMA|DIN|BS|EN|ETSI|W3C|IETF|RFC|ASTM|FIPS|SP|Std|TS|"
    r"TR|PAS|Rec)\b[\s/-]*)+[A-Z]?\d+(?:[.-]\d+)*(?::\d{4})?(?:\([A-Z]\))?"
)
_NAME_OF = re.compile(rf"\s*[.,:;\u2013\u2014-]\s*[{CAPITALS}]")
_YEAR = re.compile(r"(?<![\d.:/\u2013-])((?:1[6-9]|20)\d\d)([a-z]?)(?![\d\w-])")
_IN_BRACKETS = re.compile(
    r"[(\[](?:[A-Z][a-z]+\.?\s+(?:\d{1,2},?\s+)?)?((?:1[6-9]|20)\d\d[a-z]?)[^)\]]{0,20}[)\]]"
)
_QUOTED = re.compile(
    r"[\u201c\"](?:\s*)(.{4,400}?)[,.]?\s*[\u201d\"]|``(.{4,400}?),?''"
    r"|(?<=[\s,])\u2018([^\u2018]{8,400}?)[,.]?\u2019(?=[,.;]|\s(?:[A-Z]|in\s)|$)"
)
_CONTAINER = re.compile(r"(?:\b[Ii]n:?|\b[Ee]ds?\.?,)\s$")  # what is quoted is what it is in
# "Technical Report No. 12", "Cambridge University Press, 2001", "2001": behind a title.
_BEHIND = re.compile(
    r"\s\((?:[Tt]ech(?:nical|\.)\s[Rr]ep|[Rr]eport\sNo|[Nn]o\.|[Vv]ol|\d+(?:st|nd|rd|th)\sed|[Rr]ev|[Dd]oct|[Mm]aster|Ph)[^()]*\)$"
    r"|\s\((?:[^()]*[,\s])?(?:1[6-9]|20)\d\d[a-z]?(?:\)|$).*$|\s\([^()]*$|\s/\s?(?=[A-Z]).*$"
    r"|\sin\s(?:Proceedings|Advances\sin|Proc\.)\s.*$|[,;]\s(?:1[6-9]|20)\d\d[a-z]?[.,;]?$"
    r"|(?<!\bin)(?<!\bof)(?<!since)\s(?:1[6-9]|20)\d\d$"
    r"|,\s(?:[Tt]ech(?:nical|\.)\s[Rr]ep|Ph\.?\s?D\.?\sthesis|[Ww]orking\s[Pp]aper|Master\W?s\sthesis).*$"
    r"|,\s(?:[A-Z]\w+\s){0,3}(?:Press|Verlag|Publish(?:ers|ing)|Springer|Wiley|Elsevier|Routledge)\b.*$"
)
# What an entry without a title goes on with: "in Proceedings of Things", "A Journal, 108".
_NO_TITLE = re.compile(r"in\s[A-Z]|[A-Z][^.:]{3,60},\s\d+[A-Z]?$")
_SPACED_DOI = re.compile(r"\b10\s?\.\s?(\d{4,9})\s?/\s?(?=\S)")
_SPACED_ARXIV = re.compile(r"(\barXiv:\s?\d{4}\.)\s(?=\d{4,5}\b)")
_INITIAL = rf"(?:(?:[{CAPITALS}][a-z]?\.|[{CAPITALS}](?![a-z\u00df-\u024f]))[\s-]?){{1,4}}"
_LABEL_YEAR = re.compile(r"((?:1[6-9]|20)\d\d[a-z]?)\)?$")
_AUTHORS_YEAR = re.compile(
    r"^(?P<authors>.{3,600}?)[.,]?\s*[(\[]?(?P<year>(?:1[6-9]|20)\d\d[a-z]?)[)\]]?[.,:]\s+(?P<rest>\S.*)$"
)
# Physicists name no title: "A. Author and B. Writer, Phys. Rev. Lett. 12, 345 (2020)."
_UNTITLED = re.compile(
    r"(?P<authors>.{3,600}?),\s(?:[A-Z][\w]*\.?[\s,]\s?){1,6}\d{1,4}\b[^.\u201c\"]{0,60}"
    r"\((?:1[6-9]|20)\d\d\)\.?"
)
_PERIOD = re.compile(rf"(?<=[^\s.])[.?!]\s+(?=[\"\u201c\u2018{CAPITALS}0-9(])")
_NOT_AN_END = re.compile(
    rf"(?:^|[\s.~-])(?:[{CAPITALS}]|Jr|Sr|St|Mc|al|vol|Vol|no|No|pp|ed|eds|Eds|Ed|vs|Proc|"
    r"Th|Ch|Yu|Ph|Int|Dr|Mr|Mrs)$"
)
_AND = re.compile(r"\s*(?:,\s*)?(?:\band\b|&|\bund\b)\s+|\s*;\s*")
_ETC = re.compile(r"[,\s]*\b(?:et\s+al\.?|and others|\(?[Ee]ds?\.?\)?)\s*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says, as far as it could be told."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: str = ""
    doi: str = ""
    arxiv_id: str = ""


def parse(text: str, label: str = "") -> Entry:
    """Take an entry apart; the text is without its label."""
    text = _closed_up(" ".join(text.split())[:3_000])
    plain = _ADDRESS.sub(" ", _DOI.sub(" ", _IN_PARENTHESES.sub("", text)))
    year = _year(plain, label)
    authors, title = _standard(plain) or _authors_and_title(plain, year)
    title = _ONLINE.sub("", _BARE_ADDRESS.sub("", _without_number(title))).rstrip(" .,;")
    bare = _BEHIND.sub("", title)
    title = bare if " " in bare else title
    return Entry(_tidy(title), _names(authors), year, _doi(text), _arxiv(text))


def _closed_up(text: str) -> str:
    """The text with a DOI or arXiv id that a line was broken in put together again."""
    text = _SPACED_ARXIV.sub(r"\1", text)
    doi = _SPACED_DOI.search(text)
    if doi is None or " " not in doi[0]:
        return text
    rest = re.sub(r"\s([./-])\s(?=\S)", r"\1", text[doi.end() : doi.end() + 100])
    return f"{text[: doi.start()]}10.{doi[1]}/{rest}{text[doi.end() + 100 :]}"


def _standard(text: str) -> tuple[str, str] | None:
    """Authors (none) and title of an entry that begins with the number of a standard."""
    number = _STANDARD.match(text)
    after = _NAME_OF.match(text, number.end()) if number else None
    if after is None:
        return None
    return "", re.sub(r",\s(?:1[6-9]|20)\d\d$", "", _sentence(text[after.end() - 1 :]))


def _without_number(title: str) -> str:
    """A title without the number of a standard before it; "ISO 9001 in practice" is one as it is."""
    number = _STANDARD.match(title)
    after = _NAME_OF.match(title, number.end()) if number else None
    return title[after.end() - 1 :] if after else title


def _doi(text: str) -> str:
    match = _DOI.search(text)
    if not match:
        return ""
    value = match[0].rstrip(".,;:")
    if value.endswith((")", "]")) and value.count("(") < value.count(")") + value.count("]"):
        value = value.rstrip(")]")
    doi = normal_doi(value)
    return "" if "10.48550/arxiv" in doi else doi


def _arxiv(text: str) -> str:
    match = _ARXIV.search(text) or _OLD_ARXIV.search(text)
    if match:
        return normal_arxiv(match[1])
    match = _DOI.search(text)
    return normal_arxiv(match[0].rstrip(".,;")) if match else ""


def _year(text: str, label: str) -> str:
    if found := _LABEL_YEAR.search(label):
        return found[1]
    if found := _IN_BRACKETS.search(text):
        return found[1]
    behind = _AUTHORS_YEAR.match(text)
    if behind and _looks_like_names(behind["authors"]):
        return behind["year"]
    found = [match for match in _YEAR.finditer(text) if not _is_pages(text, match)]
    lettered = [match for match in found if match[2]]
    chosen = (lettered or found)[-1:] or []
    return chosen[0][1] + chosen[0][2] if chosen else ""


def _is_pages(text: str, match: re.Match[str]) -> bool:
    """Whether four digits are pages or a number and no year."""
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    return before.endswith(("pp.", "pages", "p.", "no.", "arXiv:")) or after[:1] == "\u2013"


def _authors_and_title(text: str, year: str) -> tuple[str, str]:
    quoted = _QUOTED.search(text)
    if quoted and not _CONTAINER.search(text[: quoted.start()]):
        return text[: quoted.start()], quoted[1] or quoted[2] or quoted[3]
    if found := byline(text):
        title = _sentence(found[1])
        return found[0], "" if _in_a_journal(title) else title
    match = _AUTHORS_YEAR.match(text)
    if match and match["year"] == year and _looks_like_names(match["authors"]):
        title = _sentence(match["rest"])
        return match["authors"], "" if _in_a_journal(title) else title
    colon = text.find(": ")
    if 0 < colon < 400 and _is_inverted_list(text[:colon]):
        return text[:colon], _sentence(text[colon + 2 :])
    journal = _UNTITLED.fullmatch(text)
    if journal and _looks_like_names(journal["authors"]):
        return journal["authors"], ""
    head, rest = _first_sentence(text)
    if (not rest or not _looks_like_names(head)) and (found := in_commas(text)):
        return found[0], _sentence(found[1])
    if not rest:
        return _run_of_names(text)
    if not _looks_like_names(head):
        return (head, _sentence(rest)) if _STANDARD.match(rest) else ("", head)
    title = _without_number(_sentence(rest))
    if _in_a_journal(title):
        return head, ""
    return head, title


def _run_of_names(text: str) -> tuple[str, str]:
    """ "A. Author and B. Author, Journal 12, 345 (2020)": names up to what is none, no title."""
    parts = re.split(r",\s+", text)
    names: list[str] = []
    for part in parts:
        pieces = [piece for piece in _AND.split(part) if piece]
        if not all(re.fullmatch(rf"{_INITIAL}\s*[^\d,]{{2,40}}", piece) for piece in pieces):
            break
        names.append(part)
    return ", ".join(names), ""


def _first_sentence(text: str) -> tuple[str, str]:
    """The text up to the first full stop that is no abbreviation, and what follows."""
    for match in _PERIOD.finditer(text):
        head = text[: match.start()]
        if head.endswith(" et al") and not _is_name_next(text[match.end() :]):
            return head, text[match.end() :]
        if match[0][0] == "." and _NOT_AN_END.search(head[-8:]):
            # "Smith J." ends the authors where initials follow the name.
            rest = text[match.end() :]
            initials_last = re.search(r"[^\W\d_]{2,},? (?:[A-Z]\.?[\s-]?){1,4}$", head)
            if not (initials_last and not _is_name_next(rest)):
                continue
        return head, text[match.end() :]
    return text.rstrip("."), ""


def _is_name_next(rest: str) -> bool:
    """Whether initials go on or a name follows: "J. Smith", "and", "&"."""
    return bool(
        re.match(
            rf"(?:[{CAPITALS}]\.[\s-]?|and\b|&|,|[{CAPITALS}][\w'\u2019-]+(?:,| and\b|\.?\s*&|\. ))",
            rest,
        )
    )


def _sentence(text: str) -> str:
    """The first sentence of what follows the authors."""
    head, _ = _first_sentence(text)
    return re.split(
        r"\.\s+(?=In\b|[a-z]+Xiv)|,\s+(?=in Proc|In Proc|in:|In:|in\s[A-Z\u2018\u201c])|\s+[Ii]n: ",
        head,
    )[0]


def _looks_like_names(text: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'\u2019\u00c0-\u024f.-]*", text)
    small = [word for word in words if word[0].islower() and word not in _SMALL]
    return bool(words) and len(small) <= 0.1 * len(words) and not re.search(r"\d{2}", text)


_SMALL = {
    "and", "et", "al", "al.", "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos",
    "du", "la", "le", "ter", "ten", "zu", "und", "eds", "ed", "others", "el", "bin", "y",
}  # fmt: skip


def _is_inverted_list(text: str) -> bool:
    """Whether a text is nothing but "Smith, A.B., Jones, C." or ends in "et al."."""
    if text.endswith("et al."):
        return _looks_like_names(text)
    inverted = re.fullmatch(rf"[^\d.:]{{2,40}},\s{_INITIAL}(?:,.*)?", text)
    return inverted is not None and _looks_like_names(text) and text[-1] == "."


def _in_a_journal(title: str) -> bool:
    """Whether what stands for a title is a journal with volume and page."""
    return bool(re.search(r"\b\d{1,4}[,:(]\s?\d", title)) and len(title) < 60


_GIVEN = re.compile(
    rf"[{CAPITALS}][\w'\u2019-]+(?:\s(?:[{CAPITALS}]\.?(?!\w)|[a-z]+|[{CAPITALS}][\w'\u2019-]+)){{0,3}}"
)

# "Brandt A.", "van Dyk A.-B.", "Brandt AB": the family name, then nothing but initials.
_FAMILY_FIRST = re.compile(
    r"^([^\d.,]{0,60}[^\W\d_A-Z][\w'\u2019-]{0,40})\s+((?:[A-Z]\.[\s-]?){1,4}|(?!I{2,3}$|IV$)[A-Z]{2,3})$"
)


def _names(text: str) -> tuple[str, ...]:
    """The names in a list of authors, each as written."""
    text = re.sub(r"\s*[(\[]?(?:1[6-9]|20)\d\d[a-z]?[)\]]?\s*[.,:]*\s*$", "", text)
    text = _ETC.sub("", text).strip(" ,.:")
    if not text or len(text) > 2_000:
        return ()
    chunks = [chunk.strip(" ,") for chunk in _AND.split(text) if chunk.strip(" ,")]
    names: list[str] = []
    for chunk in chunks:
        parts = [part.strip() for part in chunk.split(",") if part.strip()]
        names += _paired(parts) if len(parts) > 1 else parts
    cleaned = (_ETC.sub("", name).strip(" ,") for name in names)
    dotted = (re.sub(r"(?<=[\s.-])([A-Z])$", r"\1.", name) for name in cleaned)
    turned = (_FAMILY_FIRST.sub(r"\1, \2", name) for name in dotted)
    return tuple(name for name in turned if re.search(r"[^\W\d_]{2}", name))[:200]


def _paired(parts: list[str]) -> list[str]:
    """Parts between commas as names: "Smith, J." belongs together, "J. Smith" stands alone."""
    names: list[str] = []
    for at, part in enumerate(parts):
        initials = re.fullmatch(
            rf"{_INITIAL}(?:Jr\.?|Sr\.?|III?|(?:\s?[a-z]{{2,4}}){{1,3}})?", part
        )
        # "Smith, Jane A., Richard Roe": the first of several is often turned, by itself.
        given = at == 1 and " " not in names[0] and _GIVEN.fullmatch(part)
        given = given or (len(parts) == 2 and names and " " not in names[0] + part)
        if (names and "," not in names[-1]) and (initials or given):
            names[-1] = f"{names[-1]}, {part}"
        else:
            names.append(part)
    return names


def _tidy(title: str) -> str:
    if _NO_TITLE.match(title):
        return ""
    title = " ".join(title.split()).strip(' .,:;\u201c\u201d"')
    return title if len(re.findall(r"[^\W\d_]", title)) >= 3 else ""
