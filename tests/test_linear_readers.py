"""Reading takes time in proportion: twice the input costs at most 2.3 times, whatever it repeats."""

import gzip
import io
import json
import os
import tarfile
import time
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from made_files import note, para, pdf_file, run, table, word_file

from qa.resolutions.export import akn_bytes
from qa.resolutions.readers.archives import members
from qa.resolutions.readers.file_types import Format
from qa.resolutions.readers.files import ReadFile, SourceFile, read_found
from qa.resolutions.readers.published_records import read_records

pytestmark = pytest.mark.skipif(
    not os.environ.get("OPERATIVE_TIMED"),
    reason="it times readers: run it alone on a quiet machine, with OPERATIVE_TIMED=1",
)

Make = Callable[[int], bytes]

MOST = 2.3  # times as long for twice the input
LONG_ENOUGH_S = 0.06  # shorter times say little
LARGEST = 400_000
TRIES = 4

HEAD = "61/300.\tThe day\n\n\tThe General Assembly,\n\tRecalling its resolution 60/1,\n"
ITEM = "\t1.\tDecides to act;\n"
FOOT = "\n90th plenary meeting\n2 May 2007\n"
DOCUMENT = HEAD + ITEM + FOOT


def text(start: str, piece: str, end: str = "") -> Make:
    """A text in which a piece is repeated."""
    return lambda n: (start + piece * n + end).encode()


def counted(start: str, piece: str, end: str = "") -> Make:
    """A text in which a piece is repeated with rising numbers in it."""
    return lambda n: (start + "".join(piece.format(at) for at in range(1, n + 1)) + end).encode()


TEXTS: dict[str, Make] = {
    "blank lines after": text(DOCUMENT, "\n"),
    "blank lines before": lambda n: ("\n" * n + DOCUMENT).encode(),
    "blank lines after a head": text("A/RES/61/300\nDistr.: General\n", "\n", DOCUMENT),
    "blank lines before a date": text("Distr.\n", "\n", DOCUMENT),
    "blank lines inside": text(HEAD, "\n", ITEM + FOOT),
    "lines of blanks": text(DOCUMENT, "   \n"),
    "blanks": text(HEAD, " ", ITEM + FOOT),
    "tabs": text(HEAD, "\t", ITEM + FOOT),
    "carriage returns": text(HEAD, "\r", ITEM + FOOT),
    "form feeds": text(HEAD + ITEM, "\f", FOOT),
    "documents": text("", DOCUMENT),
    "mastheads": text("", "Distr.: General\n8 March 2007\n\n06-50529\n", DOCUMENT),
    "titles": text("", "61/300.\tThe day\n", DOCUMENT),
    "preambular paragraphs": text(HEAD, "\tRecalling its resolution 60/1,\n", ITEM + FOOT),
    "equal numbers": text(HEAD, ITEM, FOOT),
    "rising numbers": counted(HEAD, "\t{}.\tDecides to act;\n", FOOT),
    "equal letters": text(HEAD + ITEM, "\t(a)\tTo act;\n", FOOT),
    "nested letters": text(HEAD + ITEM, "\t(a)\tTo act:\n\t(i)\tat once;\n\ta.\there;\n", FOOT),
    "open numbers": text(HEAD, "1.\n", FOOT),
    "sections": text(HEAD, "I\n\nOf the first\n\n\t1.\tDecides to act;\n", FOOT),
    "annexes": text(DOCUMENT, "Annex\n\n\t1.\tThe aim is peace.\n"),
    "headings": text(HEAD + ITEM, "\tThe aims\n\n", FOOT),
    "notes": text(DOCUMENT, "1 A/61/1.\n"),
    "rising notes": counted(DOCUMENT, "{0} A/61/{0}.\n"),
    "note markers": text(HEAD + "\t1.\tDecides", " to act,1", ";\n" + FOOT + "1 A/61/1.\n"),
    "drafts": text("", "x, draft ", "\n" + DOCUMENT),
    "job numbers": text(DOCUMENT, "06-12345\n"),
    "page feet": text(HEAD + ITEM, "\f\nA/RES/61/300\n\n2/4\n06-50529\n", FOOT),
    "symbols": text(HEAD + "\t1.\tRecalls", " A/RES/61/1,", ";\n" + FOOT),
    "lists of numbers": text(HEAD + "\t1.\tRecalls its resolutions 60/1", ", 60/2", ";\n" + FOOT),
    "ranges of numbers": text(HEAD + "\t1.\tRecalls paragraphs 1", " to 9 and 11", ";\n" + FOOT),
    "dates": text(HEAD + "\t1.\tRecalls", " of 3 May 2007", ";\n" + FOOT),
    "one long word": text(HEAD + "\t1.\tDecides ", "a", ";\n" + FOOT),
    "one long line": text(HEAD + "\t1.\tDecides", " to act", ";\n" + FOOT),
    "lead verbs": text(HEAD + "\t1.\t", "Decides to request and ", "act;\n" + FOOT),
    "addressees": text(HEAD + "\t1.\tRequests", " the Secretary-General and", "others;\n" + FOOT),
    "deadlines": text(HEAD + "\t1.\tDecides", " at its sixty-second session", ";\n" + FOOT),
    "brackets": text(HEAD + "\t1.\tDecides ", "(", ";\n" + FOOT),
    "marks of quotation": text(HEAD + "\t1.\tDecides ", "“", ";\n" + FOOT),
    "dashes": text(HEAD + "\t1.\tDecides ", "–", ";\n" + FOOT),
    "digits": text(HEAD + "\t1.\tDecides ", "1", ";\n" + FOOT),
    "points": text(HEAD + "\t1.\tDecides ", "1.", ";\n" + FOOT),
    "slashes": text(HEAD + "\t1.\tDecides ", "A/", ";\n" + FOOT),
    "hyphens at ends of lines": text(HEAD + "\t1.\tDecides ", "re-\n", ";\n" + FOOT),
    "short names": text(HEAD + "\t1.\tRecalls", " the Office (“the Office”)", ";\n" + FOOT),
    "rows of a table": text(HEAD + ITEM, "| a | b | c |\n", FOOT),
    "stars": text(HEAD, "*", ITEM + FOOT),
    "Chinese": text("大会,\n", "回顾其决议,\n", "1. 决定。\n"),
    "Arabic": text("إن الجمعية العامة،\n", "إذ تشير إلى قراراتها،\n", "١ - تقرر؛\n"),
    "marks above letters": text(HEAD + "\t1.\tDecides e", "\u0301", ";\n" + FOOT),
    "invisible marks": text(HEAD, "\u200b", ITEM + FOOT),
}


@cache
def akn_of(paragraphs: int) -> str:
    """A published form with so many paragraphs."""
    made = counted(HEAD, "\t{}.\tDecides to act;\n", FOOT)(paragraphs)
    (read,) = (
        read
        for read in read_found(SourceFile(file="61-300.txt", data=made))
        if isinstance(read, ReadFile)
    )
    return akn_bytes(read.resolution).decode()


def inside(piece: str) -> Make:
    """A published form with a piece repeated inside its first paragraph."""

    def make(n: int) -> bytes:
        whole = akn_of(1)
        assert "Decides to act" in whole
        return whole.replace("Decides to act", "Decides " + piece * n + " to act", 1).encode()

    return make


MARKED: dict[str, Make] = {
    "paragraphs of XML": lambda n: akn_of(n).encode(),
    "elements of XML": inside("<i>a</i>"),
    "comments of XML": inside("<!-- a -->"),
    "references of XML": inside('<ref href="#a">60/1</ref> '),
    "notes of XML": inside('<authorialNote marker="1"><p>A/61/1.</p></authorialNote>'),
    "entities of XML": inside("&amp;"),
    "attributes of XML": lambda n: (
        akn_of(1).replace("<p", "<p" + "".join(f' a{at}="b"' for at in range(n)), 1).encode()
    ),
    "paragraphs of HTML": text("<html><body><p>61/300. The day</p>", "<p>1. Decides;</p>"),
    "open elements of HTML": text("<html><body><p>61/300. The day</p>", "<p>1. Decides<b>"),
    "cells of HTML": text("<html><body><table><tr>", "<td>a</td>", "</tr></table>"),
    "breaks of HTML": text("<html><body><p>The General Assembly,", "<br>", "</p>"),
    "entities of HTML": text("<html><body><p>The General Assembly,", "&nbsp;", "</p>"),
    "scripts of HTML": text("<html><body>", "<script>1</script>", "<p>The Assembly,</p>"),
    "paragraphs of Word": lambda n: word_file(para(HEAD), *[para("1. Decides;")] * n),
    "runs of Word": lambda n: word_file(para("61/300. The day"), para(*[run("act ")] * n)),
    "rows of Word": lambda n: word_file(para("The Assembly,"), table(*[["a", "b"]] * n)),
    "notes of Word": lambda n: word_file(
        para("61/300. The day"),
        *(para("1. Decides", note(at), ";") for at in range(1, n + 1)),
        footnotes=dict.fromkeys(range(1, n + 1), "A/61/1."),
    ),
    "pages of PDF": lambda n: pdf_file(*[[(72.0, 700.0, 10.0, "1. Decides to act;")]] * n),
    "lines of PDF": lambda n: pdf_file(
        [(72.0, 700.0 - 0.01 * at, 10.0, "1. Decides to act;") for at in range(n)]
    ),
}


def records(piece: str) -> Make:
    """A file of records with a piece repeated in a list of the second."""
    first = json.dumps({"symbol": "A/RES/61/300", "title": "The day"})
    return lambda n: f'{first}\n{{"symbol": "A/RES/61/301", "sponsors": [{piece * n}"X"]}}'.encode()


RECORDS: dict[str, Make] = {
    "lines of records": text("", '{"symbol": "A/RES/61/300", "title": "The day"}\n'),
    "sponsors of a record": records('"Chad", '),
    "lines without a record": text("", "[\n"),
}


def zipped(n: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for at in range(n):
            archive.writestr(f"{at}.txt", "a")
    return held.getvalue()


def tarred(n: int) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for at in range(n):
            entry = tarfile.TarInfo(f"{at}.txt")
            entry.size = 1
            archive.addfile(entry, io.BytesIO(b"a"))
    return held.getvalue()


ARCHIVED: dict[str, tuple[Format, Make]] = {
    "members of ZIP": (Format.ZIP, zipped),
    "members of TAR": (Format.TAR, tarred),
    "packed members of TAR": (Format.PACKED, lambda n: gzip.compress(tarred(n))),
}


def read_document(data: bytes) -> object:
    return read_found(SourceFile(file="61-300", data=data))


def read_record(data: bytes) -> object:
    return read_records(data, "61.json")


def unpacked(form: Format) -> Callable[[bytes], object]:
    return lambda data: [
        member.file for member in members("a", io.BytesIO(data), form, lambda _name: True)
    ]


CASES: dict[str, tuple[Callable[[bytes], object], Make]] = {
    **{name: (read_document, make) for name, make in {**TEXTS, **MARKED}.items()},
    **{name: (read_record, make) for name, make in RECORDS.items()},
    **{name: (unpacked(form), make) for name, (form, make) in ARCHIVED.items()},
}


def seconds(read: Callable[[bytes], object], data: bytes) -> float:
    start = time.thread_time()
    read(data)
    return time.thread_time() - start


def growth(read: Callable[[bytes], object], make: Make) -> float:
    """Return how many times as long twice the input takes, once that can be measured."""
    count = 100
    read(make(count))
    while count < LARGEST and seconds(read, make(count)) < LONG_ENOUGH_S:
        count *= 2
    once, twice = make(count), make(2 * count)
    base = min(seconds(read, once) for _ in range(3))
    return min(seconds(read, twice) for _ in range(3)) / max(base, 1e-6)


def test_there_are_sixty_generators() -> None:
    assert len(CASES) >= 60


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_twice_the_input_takes_about_twice_the_time(name: str) -> None:
    read, make = CASES[name]
    measured = []
    for _ in range(TRIES):  # a busy machine may slow one of them down
        measured.append(growth(read, make))
        if measured[-1] <= MOST:
            return
    raise AssertionError(f"{name}: {[f'{times:.2f}' for times in measured]} times as long")
