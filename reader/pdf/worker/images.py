"""What the pictures on a page cost to unpack, and how one that costs much is left out.

The reckoning is rough and errs by a factor of two; it tells tenths of a second from the rest.
"""

from __future__ import annotations

from pymupdf import mupdf

_NS = 1e-9
# Seconds, as measured.  What is JPEG is unpacked at a part of its size for a small picture, but
# all its bytes are read; of the others every pixel is made.
_JPX_PIXEL = 70 * _NS
_JPEG_BYTE, _JPEG_PIXEL, _PROGRESSIVE = 18 * _NS, 1 * _NS, 5
_FAX_PIXEL = 2 * _NS
_PACKED_BYTE, _PLAIN_BYTE = 5 * _NS, 2 * _NS
SECONDS = 0.025  # for which pictures may be unpacked, for a first look at a page
_COLORS = {"DeviceGray": 1, "CalGray": 1, "Indexed": 1, "Separation": 1, "DeviceCMYK": 4}
HEAD = 64 * 1024  # bytes of a JPEG in which it says how it is packed
GREY = 0xE0


def seconds(image: mupdf.PdfObj, depth: int = 0) -> float:
    """How long it takes to unpack a picture for a small drawing of it, with its mask."""
    pixels = max(_number(image, "Width"), 0) * max(_number(image, "Height"), 0)
    stored = max(_number(image, "Length"), 0)
    match _packing(image):
        case "JPXDecode":
            took = jpx(pixels)
        case "DCTDecode":
            took = jpeg(stored, pixels, _head(image))
        case "CCITTFaxDecode" | "JBIG2Decode":
            took = bits(pixels)
        case "":
            took = plain(0, pixels * _bytes_a_pixel(image))
        case str():
            took = plain(stored, pixels * _bytes_a_pixel(image))
    mask = mupdf.pdf_dict_gets(image, "SMask")
    if not depth and mupdf.pdf_is_stream(mask):
        took += seconds(mask, 1)
    return took


def jpx(pixels: int) -> float:
    """Seconds for a JPEG 2000."""
    return pixels * _JPX_PIXEL


def jpeg(stored: int, pixels: int, head: bytes) -> float:
    """Seconds for a JPEG of so many bytes, the first `HEAD` of which are there."""
    return stored * _JPEG_BYTE * (_PROGRESSIVE if _progressive(head) else 1) + pixels * _JPEG_PIXEL


def bits(pixels: int) -> float:
    """Seconds for black and white as faxes and JBIG2 pack it."""
    return pixels * _FAX_PIXEL


def plain(stored: int, unpacked: float) -> float:
    """Seconds for bytes that are packed as any others are."""
    return stored * _PACKED_BYTE + unpacked * _PLAIN_BYTE


def leave_out(pdf: mupdf.PdfDocument, image: mupdf.PdfObj) -> None:
    """Have a picture be a grey area; one through which others are seen, nothing."""
    stencil = mupdf.pdf_to_bool(mupdf.pdf_dict_gets(image, "ImageMask"))
    masked = any(_has(image, key) for key in ("SMask", "Mask", "SMaskInData"))
    for key in ("SMask", "Mask", "SMaskInData", "Decode", "DecodeParms", "Filter", "ColorSpace"):
        mupdf.pdf_dict_dels(image, key)
    for key, value in (("Width", 1), ("Height", 1), ("BitsPerComponent", 8)):
        mupdf.pdf_dict_puts(image, key, mupdf.pdf_new_int(value))
    data = bytes((GREY,))
    if stencil or masked:
        mupdf.pdf_dict_put_bool(image, mupdf.pdf_new_name("ImageMask"), 1)
        mupdf.pdf_dict_puts(image, "BitsPerComponent", mupdf.pdf_new_int(1))
        data = b"\x80"  # a pixel that is not painted
    else:
        mupdf.pdf_dict_puts(image, "ColorSpace", mupdf.pdf_new_name("DeviceGray"))
    mupdf.pdf_update_stream(pdf, image, mupdf.fz_new_buffer_from_copied_data(data), 0)


def _number(image: mupdf.PdfObj, key: str) -> int:
    return mupdf.pdf_to_int(mupdf.pdf_dict_gets(image, key))


def _has(image: mupdf.PdfObj, key: str) -> bool:
    return not mupdf.pdf_is_null(mupdf.pdf_dict_gets(image, key))


def _packing(image: mupdf.PdfObj) -> str:
    """The last filter, which is the one that unpacks to pixels."""
    filters = mupdf.pdf_dict_gets(image, "Filter")
    if mupdf.pdf_is_array(filters):
        filters = mupdf.pdf_array_get(filters, mupdf.pdf_array_len(filters) - 1)
    return mupdf.pdf_to_name(filters)


def _bytes_a_pixel(image: mupdf.PdfObj) -> float:
    if mupdf.pdf_to_bool(mupdf.pdf_dict_gets(image, "ImageMask")):
        return 1 / 8
    space = mupdf.pdf_dict_gets(image, "ColorSpace")
    colors = 3
    if mupdf.pdf_is_array(space):
        name = mupdf.pdf_to_name(mupdf.pdf_array_get(space, 0))
        if name == "ICCBased":
            colors = _number(mupdf.pdf_array_get(space, 1), "N") or colors
    else:
        name = mupdf.pdf_to_name(space)
    return _COLORS.get(name, colors) * max(_number(image, "BitsPerComponent"), 1) / 8


def _head(image: mupdf.PdfObj) -> bytes:
    part = mupdf.fz_open_null_filter(mupdf.pdf_open_raw_stream(image), HEAD, 0)
    data: bytes = mupdf.fz_buffer_extract_copy(mupdf.fz_read_all(part, HEAD))
    return data


def _progressive(data: bytes) -> bool:
    """Whether a JPEG comes in several passes, each over the whole of it."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return marker == 0xC2
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return False
