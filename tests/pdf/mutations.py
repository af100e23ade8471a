"""Documents damaged at random, from a seed: what downloads, disks and bad programs do to files."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

import pymupdf

from tests.pdf import books, forms, hostile

Damage = Callable[[random.Random, bytearray], bytearray]


def sound_files() -> list[bytes]:
    """Documents to damage: plain ones by hand, packed ones as programs write them."""
    return [
        hostile.sound(4),
        hostile.encrypted(),
        hostile.nul_text(),
        hostile.cyclic_outline(),
        forms.form(),
        forms.holding_files(),
        written_by_a_program(packed=False),
        written_by_a_program(packed=True),
        books.epub(),
        books.cbz(),
        books.xps(),
        books.png(60, 40),
    ]


def written_by_a_program(*, packed: bool) -> bytes:
    """Pages with text, drawings, an image, links, marks and bookmarks."""
    with pymupdf.open() as document:
        for number in range(4):
            page = document.new_page(width=300, height=400)
            page.insert_text((30, 60), f"Page {number} of a paper\nwith two lines", fontsize=14)
            page.draw_circle((150, 200), 40, fill=(0.2, 0.4, 0.9))
            page.insert_image((30, 250, 130, 330), stream=books.png(30, 20))
            page.add_highlight_annot((30, 50, 120, 62))
            page.insert_link(
                {"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(30, 90, 90, 100), "page": 0}
            )
        document.set_toc([[1, "One", 1], [2, "Two", 2], [1, "Three", 3]])
        return document.tobytes(deflate=packed, use_objstms=packed, garbage=int(packed))


def flip_bytes(chance: random.Random, data: bytearray) -> bytearray:
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return data


def truncate(chance: random.Random, data: bytearray) -> bytearray:
    return data[: chance.randrange(1, max(len(data), 2))]


def lose_a_piece(chance: random.Random, data: bytearray) -> bytearray:
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, 2_000)]
    return data


def swap_objects(chance: random.Random, data: bytearray) -> bytearray:
    """References lead to other objects, rings among them."""
    numbers = sorted({int(found) for found in re.findall(rb"(\d+) 0 R", data)}) or [1]

    def other(found: re.Match[bytes]) -> bytes:
        number = chance.choice(numbers) if chance.random() < 0.15 else int(found[1])
        return b"%d 0 R" % number

    return bytearray(re.sub(rb"(\d+) 0 R", other, bytes(data)))


def spoil_numbers(chance: random.Random, data: bytearray) -> bytearray:
    """Counts, lengths and sizes become huge, negative or no numbers."""
    values = (b"-1", b"0", b"99999999999", b"1e30", b"null", b"[]", b"2147483648")

    def other(found: re.Match[bytes]) -> bytes:
        return chance.choice(values) if chance.random() < 0.03 else found[0]

    return bytearray(re.sub(rb"(?<=[ \[/])\d+", other, bytes(data)))


def fill_a_stream_with_noise(chance: random.Random, data: bytearray) -> bytearray:
    streams = list(re.finditer(rb"stream\r?\n(.+?)endstream", bytes(data), re.DOTALL))
    if not streams:
        return flip_bytes(chance, data)
    start, end = chance.choice(streams).span(1)
    data[start:end] = chance.randbytes(end - start)
    return data


DAMAGES: tuple[Damage, ...] = (
    flip_bytes,
    truncate,
    lose_a_piece,
    swap_objects,
    spoil_numbers,
    fill_a_stream_with_noise,
)


def damaged(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of `count` files: every kind of damage to every document in turn."""
    sources = sound_files()
    for number in range(count):
        chance = random.Random(seed * 1_000_003 + number)
        source = number % len(sources)
        damage = DAMAGES[number // len(sources) % len(DAMAGES)]
        data = bytearray(sources[source])
        for _ in range(chance.randint(1, 3)):
            data = damage(chance, data) or bytearray(b" ")
        yield f"{number:03} {damage.__name__}.pdf", bytes(data)
