"""Changes one word of published documents, in several formats, and looks whether each is flagged.

    python -m benchmarks.forgeries [--count N] [--all] FOLDER...

draws N published XML files (1,000), and writes each in one of the formats XML, text, HTML, Word and
XML in a ZIP archive, with one word of a paragraph replaced by another. Two indexes are built: of
the forgeries alone, where a quotation must say that its file is not in the catalogue, and of the
forgeries with the true files, where the build must report each as a conflict and the true file
must serve. As a control the same conversions are built unchanged with the true files: a conflict
is then a false one. `--all` builds all files of the folders, of which none may be flagged. The
vectors of these indexes are not asked, and are all equal. Exit status 1 if a forgery passed.
"""

import argparse
import html
import io
import random
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from embeddings.model.encoder import Encoder, Encoding
from qa.answer import Quote, TextOrigin
from qa.answering.quotation import quote
from qa.corpus.corpus import Corpus
from qa.corpus.published_catalogue import published_catalogue
from qa.indexing.build import BuildReport, build
from qa.indexing.reader_pool import read_files
from qa.resolutions.model import Kind
from qa.resolutions.readers.files import ReadFile, find_files

COUNT = 1_000
SEED = 11
SPARE = 20  # files drawn in addition, as some have no paragraph with a word to change
OTHER_WORDS = ("forbids", "refuses", "never", "fifteen")
LONG_WORD = re.compile(r"\b[a-z]{5,12}\b")


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A true file with what was read from it."""

    path: Path
    read: ReadFile

    @property
    def symbol(self) -> str:
        """Its document."""
        return self.read.resolution.symbol


class EqualVectors(Encoder):
    """An encoder that gives each text the same vector: nothing is searched by meaning here."""

    def encodings(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> list[Encoding]:
        """Return the same encoding for each text."""
        if progress is not None:
            progress(len(texts))
        vector = np.zeros(self.id.dimension, np.float32)
        vector[0] = 1
        return [Encoding(vector, np.zeros((0, self.width), np.int8)) for _ in texts]


def as_html(text: str) -> bytes:
    """Return a text as a page, a paragraph a line."""
    lines = (line.strip() for line in text.splitlines())
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines if line)
    return f"<html><body>{body}</body></html>".encode()


def as_word(text: str) -> bytes:
    """Return a text as a Word file, a paragraph a line."""
    import docx

    document = docx.Document()
    for line in text.splitlines():
        if line.strip():
            document.add_paragraph(line.strip())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_zip(name: str, data: bytes) -> bytes:
    """Return an archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def forged_text(text: str, paragraphs: Sequence[str], chance: random.Random) -> str | None:
    """Return a text with one word of one of its paragraphs changed; None if none is found in it."""
    for paragraph in chance.sample(list(paragraphs), len(paragraphs)):
        words = LONG_WORD.findall(paragraph)
        # A whole run of words, so that the place is in this paragraph and nowhere before it.
        for word in chance.sample(words, len(words)):
            around = re.search(rf"\S+ {word} \S+", paragraph)
            if around and text.count(around[0]) == 1:
                other = chance.choice(OTHER_WORDS)
                return text.replace(around[0], around[0].replace(f" {word} ", f" {other} "))
    return None


FORMATS: Mapping[str, Callable[[str, str, str], bytes]] = {
    "xml": lambda _name, xml, _text: xml.encode(),
    "txt": lambda _name, _xml, text: text.encode(),
    "html": lambda _name, _xml, text: as_html(text),
    "docx": lambda _name, _xml, text: as_word(text),
    "zip": lambda name, xml, _text: as_zip(f"{name}.xml", xml.encode()),
}


def published_files(folders: Sequence[Path], count: int, jobs: int) -> Iterator[PublishedFile]:
    """Yield files that hold one catalogued document in English, drawn by chance."""
    paths = sorted(path for folder in folders for path in folder.rglob("*.xml"))
    random.Random(SEED).shuffle(paths)
    seen: set[str] = set()
    wanted = paths[: 2 * count]
    for path, results in zip(wanted, read_files(find_files(wanted), jobs), strict=True):
        read = results[0]
        if len(results) != 1 or not isinstance(read, ReadFile) or len(seen) == count + SPARE:
            continue
        text = read.resolution
        if text.language == "en" and text.symbol not in seen and text.of_kind(Kind.OPERATIVE):
            seen.add(text.symbol)
            yield PublishedFile(path, read)


def write_copies(
    files: Sequence[PublishedFile], folder: Path, *, is_forged: bool, count: int
) -> dict[str, tuple[str, str]]:
    """Write each file in one format; return by its new name its document and format."""
    chance = random.Random(SEED)
    written: dict[str, tuple[str, str]] = {}
    for number, file in enumerate(files):
        if len(written) == count:
            break
        form = list(FORMATS)[number % len(FORMATS)]
        xml, text = file.path.read_text(encoding="utf-8"), file.read.raw
        parts = [
            part.text for part in file.read.resolution.paragraphs if part.kind is Kind.OPERATIVE
        ]
        if is_forged:
            changed = forged_text(xml if form in {"xml", "zip"} else text, parts, chance)
            if changed is None:
                continue
            xml = text = changed
        name = file.path.stem
        packed = f"copy-{number:04}-{name}.{form}"
        (folder / packed).write_bytes(FORMATS[form](name, xml, text))
        written[f"{packed}/{name}.xml" if form == "zip" else packed] = (file.symbol, form)
    return written


def built(paths: Sequence[Path], index: Path, jobs: int) -> tuple[BuildReport, Corpus]:
    """Build an index of equal vectors, and open it."""
    real = Encoder.load()
    encoder = EqualVectors(real._runner, real.id, real.width)
    report = build(paths, index, load_encoder=lambda: encoder, jobs=jobs)
    return report, Corpus.open(index)


def first_quotes(corpus: Corpus) -> dict[str, Quote]:
    """Return a quotation of each document."""
    quotes: dict[str, Quote] = {}
    for passage in corpus.passages:
        if passage.symbol not in quotes:
            quotes[passage.symbol] = quote(corpus, passage)
    return quotes


def forged_alone(copies: Mapping[str, tuple[str, str]], folder: Path, jobs: int) -> Counter[str]:
    """Return how many forgeries are flagged where the true files are not loaded."""
    _, corpus = built([folder], folder.with_name("alone"), jobs)
    by_file = {shown.source.file: shown for shown in first_quotes(corpus).values()}
    seen: Counter[str] = Counter()
    for file, (symbol, form) in copies.items():
        shown = by_file.get(file)
        if shown is None:
            seen[f"{form}: not read as a document"] += 1
        elif shown.origin is TextOrigin.CATALOGUED:
            seen[f"{form}: PASSED {file}"] += 1
        elif shown.symbol != symbol:
            seen[f"{form}: flagged, read as another document"] += 1
        elif not shown.provenance.has_catalogued_file:
            seen[f"{form}: PASSED {file}"] += 1
        else:
            seen[f"{form}: flagged"] += 1
    return seen


def beside_true(
    copies: Mapping[str, tuple[str, str]], paths: Sequence[Path], index: Path, jobs: int
) -> Counter[str]:
    """Return how many copies are conflicts where the true files are loaded, which must serve."""
    report, corpus = built(paths, index, jobs)
    kinds: dict[str, set[str]] = {}
    for problem in report.problems:
        kinds.setdefault(problem.file, set()).add(problem.kind)
    quotes = first_quotes(corpus)
    seen: Counter[str] = Counter()
    for file, (symbol, form) in copies.items():
        is_conflict = "conflict" in kinds.get(file, set())
        serves = quotes[symbol].origin is TextOrigin.CATALOGUED
        shown = file in quotes[symbol].source.conflicts
        if not serves:
            seen[f"{form}: PASSED, the copy serves, {file}"] += 1
        elif is_conflict and shown:
            seen[f"{form}: a conflict"] += 1
        else:
            seen[f"{form}: {', '.join(sorted(kinds.get(file, {'not listed'})))}"] += 1
    return seen


def flagged_true(folders: Sequence[Path], index: Path, jobs: int) -> Counter[str]:
    """Return what is said of the true files."""
    report, corpus = built(folders, index, jobs)
    seen = Counter(f"origin: {shown.origin.value}" for shown in first_quotes(corpus).values())
    seen["documents"] = len(corpus.resolutions)
    for problem in report.problems:
        if problem.kind == "conflict" or "catalogue" in problem.reason:
            seen[f"FLAGGED {problem.file}: {problem.reason}"] += 1
    return seen


def show(title: str, seen: Counter[str]) -> None:
    """Print counts."""
    print(title, flush=True)
    for what, count in sorted(seen.items()):
        print(f"{count:7} {what}", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Forge, build, and print what is flagged."""
    parser = argparse.ArgumentParser(description="Flagged one-word forgeries.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--all", action="store_true", help="look at all true files, too")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        for name in ("forged", "same"):
            (work / name).mkdir()
        files = list(published_files(args.folders, args.count, args.jobs))
        forged = write_copies(files, work / "forged", is_forged=True, count=args.count)
        same = write_copies(files, work / "same", is_forged=False, count=args.count)
        true = [file.path for file in files]
        print(f"{len(forged)} forgeries of {len(files)} documents", flush=True)
        alone = forged_alone(forged, work / "forged", args.jobs)
        show("Alone:", alone)
        beside = beside_true(forged, [work / "forged", *true], work / "beside", args.jobs)
        show("With the true files:", beside)
        control = beside_true(same, [work / "same", *true], work / "control", args.jobs)
        show("Control, no word changed, with the true files:", control)
        whole = flagged_true(args.folders, work / "all", args.jobs) if args.all else Counter[str]()
        show("All true files:", whole)
    return int(any("PASSED" in what or "FLAGGED" in what for what in chain(alone, beside, whole)))


if __name__ == "__main__":
    if not len(published_catalogue()):
        sys.exit("the catalogue is empty")
    sys.exit(main())
