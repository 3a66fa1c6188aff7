"""Text files: bytes in, decoded text out."""

import codecs

from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 4096


def decode(data: bytes, file: str) -> str:
    """Return the text of a file in UTF-8, UTF-16, UTF-32, Windows-1252 or Latin-1.

    Raises:
        FaultyFileError: the file is empty or holds no text.
    """
    if not data.strip():
        raise FaultyFileError(
            file, FileProblem.EMPTY, "the file is empty; provide the text of a resolution."
        )
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, file)
    guessed = _wide_encoding(data)
    if guessed:
        return _decode_as(data, guessed, file)
    if b"\0" in data:
        raise FaultyFileError(
            file,
            FileProblem.UNKNOWN_FORMAT,
            "this is not a text file; convert it to plain text first, then build again.",
        )
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _wide_encoding(data: bytes) -> str | None:
    """Name UTF-16 without a mark: in Western text every second byte is zero."""
    sample = data[:_SAMPLE_BYTES]
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > 0.8 * half and sample[0::2].count(0) < 0.2 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.8 * half and sample[1::2].count(0) < 0.2 * half:
        return "utf-16-be"
    return None


def _decode_as(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FaultyFileError(
            file,
            FileProblem.DAMAGED,
            f"the file says it is {encoding} but breaks off at byte {error.start}; "
            "save it again as UTF-8, then build again.",
        ) from error
