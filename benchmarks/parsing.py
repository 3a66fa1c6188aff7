"""Measures the accuracy of parsing: `python -m benchmarks.parsing` prints the table.

OPERATIVE_SHARED names the folder of the archives, which are unpacked into a temporary folder.
"""

import gc
import os
import statistics
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import akn_truth, labelled_documents, links, records_check
from benchmarks.hardware import describe
from benchmarks.rendering import Rendering
from benchmarks.roundtrip import roundtrip
from qa.errors import UnreadableFileError
from qa.resolutions.document import Document
from qa.resolutions.model import Resolution, Source
from qa.resolutions.parse.parse_document import parse_document
from qa.resolutions.readers.akn_reader import read_akn

_RUNS = 3
_TIMED = 300
Row = tuple[str, str, str]  # measure, what was measured, at least


def main() -> None:
    """Measure and print; misses go to stderr with --misses."""
    shared = Path(os.environ.get("OPERATIVE_SHARED", "../shared"))
    print(describe())
    print("\n| measure | measured | at least |\n| --- | --- | --- |")
    for row in _rows(shared, verbose="--misses" in sys.argv):
        print(f"| {' | '.join(row)} |", flush=True)


def _rows(shared: Path, *, verbose: bool) -> Iterator[Row]:
    yield from _labelled(shared / "gold" / "labelled-paragraphs.tar.xz", verbose=verbose)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("ga-akn", "sc-akn"):
            with tarfile.open(shared / "corpora" / f"{name}.tar.xz") as packed:
                packed.extractall(Path(folder, name), filter="data")
        corpus = [*_read_all(Path(folder))]
        yield from _direct(Path(folder), verbose=verbose)
        yield from _rendered(corpus, verbose=verbose)
        yield from _fields(corpus, Path(folder), verbose=verbose)
        right, of, misses = links.measure_examples(shared / "gold" / "citations.tsv")
        yield ("`citations.tsv`", f"{right} of {of}", "147 of 147")
        linked = links.measure(Path(folder))
        yield ("links as the United Nations resolves them", f"{linked.share:.2%}", "99.5 %")
        yield from _round_trip([resolution for _, _, resolution in corpus], verbose=verbose)
        yield from _speed(corpus)
        if verbose:
            print(links.report(linked), *misses, sep="\n", file=sys.stderr)


def _labelled(archive: Path, *, verbose: bool) -> Iterator[Row]:
    tally = labelled_documents.measure(labelled_documents.documents(archive))
    yield (
        "labelled: numbers identical, per document",
        f"{tally.same_numbers / tally.documents:.2%} of {tally.documents}",
        "98.5 %",
    )
    yield (
        "labelled: text identical, per paragraph",
        f"{tally.matched / tally.paragraphs:.2%} of {tally.paragraphs}",
        "99.5 %",
    )
    for which, confusion in (
        ("annexed is operative", tally.confusion),
        ("what we call preambular or operative", tally.in_text),
        ("the same, where verb and place bear the label out", tally.supported),
    ):
        f1 = labelled_documents.macro_f1(confusion)
        yield (
            f"labelled: preambular against operative, macro F1; {which}",
            f"{f1:.4f} of {confusion.total()}",
            "0.99",
        )
    if verbose:
        print(*tally.misses, sep="\n", file=sys.stderr)


def _read_all(folder: Path) -> Iterator[tuple[Path, Document, Resolution]]:
    for path in sorted(folder.rglob("*.xml")):
        try:
            documents = read_akn(path.read_bytes(), path.name)
        except UnreadableFileError:
            continue
        for document in documents:
            for resolution in parse_document(document, Source(file=path.name, sha256="")):
                yield path, document, resolution


def _rendered(
    corpus: Sequence[tuple[Path, Document, Resolution]], *, verbose: bool
) -> Iterator[Row]:
    tally = Rendering()
    for _, document, resolution in corpus:
        if resolution.language == "en":
            tally.add(document, resolution)
    for what, same, of, wanted in (
        ("number sets", tally.same_numbers, tally.resolutions, "99 %"),
        ("texts", tally.same_texts, tally.texts, "99.5 %"),
        ("note markers", tally.same_marks, tally.marks, "99.5 %"),
    ):
        yield (f"XML as text, parsed: {what}", f"{same / of:.2%} of {of}", wanted)
    if verbose:
        print(*tally.misses, sep="\n", file=sys.stderr)


def _direct(folder: Path, *, verbose: bool) -> Iterator[Row]:
    """Compare the XML read directly with the same XML read by a second, simpler road."""
    for name in ("ga-akn", "sc-akn"):
        tally = akn_truth.measure(folder / name)
        wrong = len(tally.misses)
        yield (
            f"`{name}` read directly: texts, numbers, order, note markers",
            f"{1 - wrong / tally.pieces:.2%} of {tally.pieces} texts, {tally.marks} markers",
            "100 %",
        )
        if verbose:
            print(*tally.misses, sep="\n", file=sys.stderr)


def _fields(
    corpus: Sequence[tuple[Path, Document, Resolution]], folder: Path, *, verbose: bool
) -> Iterator[Row]:
    """Compare what the documents state with what their records do, where both state it."""
    records = records_check.metadata_truth(folder)
    compared, misses = records_check.field_misses(
        ((path.name, resolution) for path, _, resolution in corpus), records
    )
    wrong = Counter(miss.what for miss in misses)
    missing = records_check.unread((resolution for _, _, resolution in corpus), records)
    compared["symbol"] += len(missing)
    wrong["symbol"] += len(missing)
    for name in ("symbol", "title", "adoption date", "committee", "meeting", "agenda item"):
        key = "adopted" if name == "adoption date" else name
        right = 1 - wrong[key] / compared[key]
        yield (f"{name} against records", f"{right:.2%} of {compared[key]}", "99.5 %")
    if verbose:
        print(*misses, *missing, sep="\n", file=sys.stderr)


def _round_trip(resolutions: Sequence[Resolution], *, verbose: bool) -> Iterator[Row]:
    same = 0
    for resolution in resolutions:
        differences = roundtrip(resolution)
        same += not differences
        if differences and verbose:
            print(resolution.symbol, *differences[:3], sep=" | ", file=sys.stderr)
    yield ("round trip of export and read", f"{same / len(resolutions):.2%}", "100 %")


def _speed(corpus: Sequence[tuple[Path, Document, Resolution]]) -> Iterator[Row]:
    step = max(1, len(corpus) // _TIMED)
    sample = corpus[::step]
    files = [(path.read_bytes(), path.name) for path, _, _ in sample]
    texts = [Document(text=document.text, stated=document.stated) for _, document, _ in sample]

    def as_text() -> None:
        for document in texts:
            parse_document(document, Source(file="a.txt", sha256=""))

    def as_xml() -> None:
        for data, name in files:
            for document in read_akn(data, name):
                parse_document(document, Source(file=name, sha256=""))

    yield ("speed from text, one core", f"{_rate(as_text, len(sample)):.0f}/s", "400/s")
    yield ("speed from XML, one core", f"{_rate(as_xml, len(sample)):.0f}/s", "150/s")


def _rate(run: Callable[[], None], count: int) -> float:
    """Return resolutions a second of processor time, median of several runs."""
    gc.freeze()  # exclude the objects of the other measures
    spent = []
    for _ in range(_RUNS):
        start = time.process_time()
        run()
        spent.append(time.process_time() - start)
    return count / statistics.median(spent)


if __name__ == "__main__":
    main()
