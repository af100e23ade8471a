"""PDF files with forms and with files within, written by hand."""

from __future__ import annotations

from tests.pdf import hostile

_LOOK = b"/Type/XObject/Subtype/Form/BBox[0 0 20 20]"


def form(extra: bytes = b"") -> bytes:
    """One page with a field of each kind.

    person.name (at most 10 characters), notes (several lines), secret, agree,
    color (radio buttons red and blue), city and any (choices), several (many
    choices), locked, sign, push and a hidden one.  `extra` goes into AcroForm.
    """
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 24))
    fields = b" ".join(
        b"%d 0 R" % number for number in (9, 11, 12, 13, 14, 17, 18, 19, 20, 21, 22, 23)
    )
    on = b"<</N<</Yes 6 0 R/Off 7 0 R>>>>"
    return hostile.pages(
        [hostile.line("A form")],
        page=b"/Annots[" + kids + b"]",
        catalog=b"/AcroForm<</Fields[%s]/DR%s/DA(/F 10 Tf 0 g)%s>>"
        % (fields, hostile._HELVETICA, extra),
        more=[
            b"<<>>",
            hostile.stream(b"0 0 1 rg 0 0 20 20 re f", _LOOK),  # 6: on
            hostile.stream(b"", _LOOK),  # 7: off
            b"null",
            b"<</T(person)/Kids[10 0 R]>>",
            _widget(b"/Parent 9 0 R/T(name)/FT/Tx/V(Ann)/MaxLen 10/TU(Your name)", 280),
            _widget(b"/T(notes)/FT/Tx/Ff 4096", 260),
            _widget(b"/T(secret)/FT/Tx/Ff 8192", 240),
            _widget(b"/T(agree)/FT/Btn/AS/Off/AP" + on, 220),
            b"<</T(color)/FT/Btn/Ff 32768/Kids[15 0 R 16 0 R]/V/red>>",
            _widget(b"/Parent 14 0 R/AS/red/AP<</N<</red 6 0 R/Off 7 0 R>>>>", 200),
            _widget(b"/Parent 14 0 R/AS/Off/AP<</N<</blue 6 0 R/Off 7 0 R>>>>", 180),
            _widget(b"/T(city)/FT/Ch/Ff 131072/Opt[[(B)(Berlin)][(P)(Paris)]]/V(B)", 160),
            _widget(b"/T(any)/FT/Ch/Ff 393216/Opt[(one)(two)]", 140),
            _widget(b"/T(several)/FT/Ch/Ff 2097152/Opt[(x)(y)(z)]", 120),
            _widget(b"/T(locked)/FT/Tx/Ff 3/V(fixed)", 100),
            _widget(b"/T(sign)/FT/Sig", 80),
            _widget(b"/T(push)/FT/Btn/Ff 65536", 60),
            _widget(b"/T(hidden)/FT/Tx/F 2", 40),
        ],
    )


def _widget(entries: bytes, bottom: int) -> bytes:
    return b"<</Type/Annot/Subtype/Widget/P 3 0 R/Rect[20 %d 120 %d]/DA(/F 10 Tf 0 g)%s>>" % (
        bottom,
        bottom + 16,
        entries,
    )


def holding_files() -> bytes:
    """Two files in the document, one of them without a size, and one that hangs on page 2."""

    def held(data: bytes, entries: bytes = b"") -> bytes:
        return hostile.stream(data, b"/Type/EmbeddedFile" + entries)

    return hostile.pages(
        [hostile.line("One"), hostile.line("Two")],
        catalog=b"/Names<</EmbeddedFiles<</Kids[7 0 R 7 0 R]>>>>",
        page=b"/Annots 14 0 R",
        more=[
            b"<</Names[(listed)8 0 R(b)9 0 R(none)<</F(none)>>]>>",
            b"<</Type/Filespec/F(..\\\\..\\\\evil/../data.csv)/UF<FEFF00E9002E006300730076>"
            b"/Desc(The numbers)/EF<</F 10 0 R>>>>",
            b"<</Type/Filespec/EF<</F 11 0 R>>>>",
            held(b"a,b\n1,2\n", b"/Subtype/text#2Fcsv/Params<</Size 8/ModDate(D:20240102)>>"),
            held(b"second"),
            b"<</Type/Filespec/F(/etc/passwd)/EF<</F 13 0 R>>>>",
            held(b"third"),
            b"[<</Type/Annot/Subtype/FileAttachment/Rect[1 1 9 9]/FS 12 0 R>>]",
        ],
    )
