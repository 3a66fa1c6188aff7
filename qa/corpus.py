"""The parsed texts and their index together: open, look up, prove. `qa.build` makes them."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from embeddings.errors import IndexDamagedError
from embeddings.model import ModelId, model_id
from embeddings.store import Generation, open_generation
from qa.errors import OperativeError
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.export import from_record
from qa.resolutions.model import (
    Action,
    Cited,
    Kind,
    Note,
    NoteMark,
    Paragraph,
    Resolution,
    Span,
)
from qa.resolutions.readers.files import ReadFile
from qa.resolutions.text import is_verbatim

if TYPE_CHECKING:
    from embeddings.vectors import VectorIndex
    from embeddings.words import WordIndex

Ints = npt.NDArray[np.int32]

TEXTS_FILE = "resolutions.jsonl"
SOURCES_FILE = "sources.jsonl"
VECTORS_FILE = "vectors.npy"  # a row for each text that is encoded, equal ones once
PLACES_FILE = "places.npy"  # which of these rows is each passage's
CONTEXTS_FILE = "contexts.npy"  # a row for each resolution: what it is about
WORDS_FOLDER = "words"  # of passages
CONTEXT_WORDS_FOLDER = "context_words"  # of what resolutions are about
# How texts are read and what is embedded (`qa.build`): the number goes up with either.
TEMPLATE = "chapeau, text; title, subjects; 3"


class QuotationError(OperativeError):
    """A stored paragraph is not what its source says: it is not quoted."""

    def __init__(self, citation: str) -> None:
        super().__init__(
            f"{citation} does not agree with its source and is not quoted; "
            "build the index again with `operative build PATH...`."
        )


class IndexOutdatedError(OperativeError):
    """An index was made by another version of Operative, by other rules."""

    def __init__(self, index: Path) -> None:
        super().__init__(
            f"the index {index} was built by another version of Operative; "
            "build it again with `operative build PATH...`."
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Passage:
    """A paragraph or a note with its resolution: what is searched and quoted. `row` numbers it."""

    row: int
    resolution: Resolution
    kind: Kind
    label: str
    number: int | None
    text: str
    start: int
    end: int
    chapeau: str | None = None
    is_numbered: bool = True  # it, or the paragraph it hangs on, carries a number
    marks: tuple[NoteMark, ...] = ()
    gaps: tuple[Span, ...] = ()
    actions: tuple[Action, ...] = ()
    citations: tuple[Cited, ...] = ()

    @property
    def symbol(self) -> str:
        """Symbol of the resolution it stands in."""
        return self.resolution.symbol

    @cached_property
    def wording(self) -> str:
        """What its wording is, digits and names of sessions aside: equal for copies."""
        return wording_of(self.text)


FEWEST_WORDS = 5
_ORDINAL_SESSION = re.compile(r"\b[\w-]+(?:\s[\w-]+)?(?= session\b)")
_UNWORDED = re.compile(r"[\W\d_]+")


def wording_of(text: str) -> str:
    """Return `text` reduced to its letters, digits and names of sessions left out."""
    words = _UNWORDED.sub(" ", _ORDINAL_SESSION.sub("", text)).strip().lower()
    # Of a few words ("A/61/179.") the digits are the substance.
    return words if len(words.split()) >= FEWEST_WORDS else text


class Corpus:
    """The texts of one generation and their index, as they were when it was opened."""

    def __init__(
        self,
        read: Sequence[ReadFile],
        *,
        vectors: "VectorIndex",
        places: Ints,
        contexts: "VectorIndex",
        words: "WordIndex",
        context_words: "WordIndex",
        model: ModelId,
        generation: str,
    ) -> None:
        self.resolutions = tuple(one.resolution for one in read)
        self.passages = tuple(passages_of_all(self.resolutions))
        self.vectors = vectors
        self.places = places
        self.contexts = contexts
        self.words = words
        self.context_words = context_words
        self.model = model
        self.generation = generation
        self._raw = {one.resolution.symbol: one.raw for one in read}
        self._by_symbol = {resolution.symbol: resolution for resolution in self.resolutions}
        self._by_place = {(one.symbol, one.label): one for one in self.passages}

    @classmethod
    def open(cls, index: Path, *, model: str | None = None) -> "Corpus":
        """Return the texts of the current generation of `index`.

        Args:
            index: the folder that `build` wrote.
            model: the model that questions will be encoded with; None for the one it names.

        Raises:
            IndexNotFoundError, IndexDamagedError: there is no index, or it is not as written.
            IndexOutdatedError: it was built by another version of Operative.
            ModelMismatchError: it was built with another model.
        """
        from embeddings.vectors import VectorIndex
        from embeddings.words import WordIndex

        generation = open_generation(index)
        if generation.manifest.template != TEMPLATE:
            raise IndexOutdatedError(index)
        built = generation.manifest.model
        generation.require_model(model_id(model or _model_name(generation)))
        return cls(
            _read_texts(generation),
            vectors=VectorIndex.load(generation.file(VECTORS_FILE)),
            places=_read_places(generation),
            contexts=VectorIndex.load(generation.file(CONTEXTS_FILE)),
            words=WordIndex.load(generation.path / WORDS_FOLDER),
            context_words=WordIndex.load(generation.path / CONTEXT_WORDS_FOLDER),
            model=built,
            generation=generation.name,
        )

    def resolution(self, symbol: str) -> Resolution | None:
        """Return the loaded resolution with this symbol; "S/RES/1325" may leave its year out."""
        if symbol in self._by_symbol:
            return self._by_symbol[symbol]
        if symbol.startswith("S/RES/") and "(" not in symbol:
            opening = f"{symbol}("
            return next(
                (one for key, one in self._by_symbol.items() if key.startswith(opening)), None
            )
        return None

    def passage(self, symbol: str, label: str) -> Passage | None:
        """Return one paragraph or note."""
        return self._by_place.get((symbol, label))

    def passages_of(self, symbol: str, kinds: Iterable[Kind] = ()) -> tuple[Passage, ...]:
        """Return the paragraphs and notes of one resolution, in the order of the document."""
        wanted = frozenset(kinds)
        return tuple(
            one for one in self._of_symbol.get(symbol, ()) if not wanted or one.kind in wanted
        )

    def citing(self, symbol: str) -> tuple[Passage, ...]:
        """Return the passages that cite a document, parts of it included."""
        return self._citing.get(without_part(symbol), ())

    def copies(self, passage: Passage) -> tuple[Passage, ...]:
        """Return the passages of other resolutions with the wording of this one, newest first."""
        same = (one for one in self._by_wording[passage.wording] if one.symbol != passage.symbol)
        return tuple(sorted(same, key=lambda one: (_newest(one), one.row)))

    def prove(self, passage: Passage) -> None:
        """Check that a passage is word for word what its source says.

        Raises:
            QuotationError: it is not.
        """
        raw = self._raw[passage.symbol]
        span = Span(start=passage.start, end=passage.end)
        if not is_verbatim(passage.text, passage.marks, raw, span, passage.gaps):
            raise QuotationError(f"{passage.symbol} {passage.label}")

    def printed(self, resolution: Resolution, field: str) -> str | None:
        """Return the words of the source that state a field of a resolution."""
        span = resolution.evidence.get(field)
        if span is None:
            return None
        return " ".join(self._raw[resolution.symbol][span.start : span.end].split())

    @cached_property
    def _of_symbol(self) -> Mapping[str, tuple[Passage, ...]]:
        return _grouped((one.symbol, one) for one in self.passages)

    @cached_property
    def _by_wording(self) -> Mapping[str, tuple[Passage, ...]]:
        return _grouped((one.wording, one) for one in self.passages)

    @cached_property
    def _citing(self) -> Mapping[str, tuple[Passage, ...]]:
        pairs = dict.fromkeys(
            (without_part(cited.symbol), one.row)
            for one in self.passages
            for cited in one.citations
        )
        return _grouped((symbol, self.passages[row]) for symbol, row in pairs)


def passages_of_all(resolutions: Sequence[Resolution]) -> Iterable[Passage]:
    """Yield paragraphs and notes, numbered in the order of the corpus."""
    row = 0
    for resolution in resolutions:
        by_label = {one.label: one for one in resolution.paragraphs}
        parts: tuple[Paragraph | Note, ...] = (*resolution.paragraphs, *resolution.notes)
        for part in parts:
            if isinstance(part, Paragraph) and part.kind is Kind.HEADING:
                continue
            yield _passage(row, resolution, part, by_label)
            row += 1


def _passage(
    row: int, resolution: Resolution, part: Paragraph | Note, by_label: Mapping[str, Paragraph]
) -> Passage:
    if isinstance(part, Note):
        return Passage(
            row=row,
            resolution=resolution,
            kind=Kind.NOTE,
            label=part.label,
            number=int(part.marker) if part.marker.isdecimal() else None,
            text=part.text,
            start=part.start,
            end=part.end,
            citations=part.citations,
        )
    return Passage(
        row=row,
        resolution=resolution,
        kind=part.kind,
        label=part.label,
        number=part.number,
        text=part.text,
        start=part.start,
        end=part.end,
        chapeau=_chapeau(part, by_label),
        is_numbered=_outermost(part, by_label).number is not None,
        marks=part.marks,
        gaps=part.gaps,
        actions=part.actions,
        citations=part.citations,
    )


def _chapeau(part: Paragraph, by_label: Mapping[str, Paragraph]) -> str | None:
    """Return the words of every paragraph that introduces this one, the outermost first."""
    return " ".join(one.text for one in _introducing(part, by_label)) or None


def _outermost(part: Paragraph, by_label: Mapping[str, Paragraph]) -> Paragraph:
    return next(iter(_introducing(part, by_label)), part)


def _introducing(part: Paragraph, by_label: Mapping[str, Paragraph]) -> list[Paragraph]:
    """Return the paragraphs that a sub-paragraph hangs on, the outermost first."""
    above: list[Paragraph] = []
    while part.parent is not None and part.parent in by_label:
        part = by_label[part.parent]
        above.insert(0, part)
    return above


def _read_texts(generation: Generation) -> tuple[ReadFile, ...]:
    try:
        raw = {one["symbol"]: one["text"] for one in _read_lines(generation.file(SOURCES_FILE))}
        return tuple(
            ReadFile(resolution=from_record(record), raw=raw[record["symbol"]])
            for record in _read_lines(generation.file(TEXTS_FILE))
        )
    except (KeyError, TypeError, ValueError) as error:
        raise IndexDamagedError(TEXTS_FILE, "does not hold what this version reads") from error


def _read_places(generation: Generation) -> Ints:
    try:
        return np.asarray(np.load(generation.file(PLACES_FILE), allow_pickle=False), dtype=np.int32)
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamagedError(PLACES_FILE, f"cannot be read ({error})") from error


def _read_lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield json.loads(line)


def _model_name(generation: Generation) -> str | None:
    """Return the name by which the model of a generation is found again; None for the packaged."""
    default = model_id(None).name
    name = generation.manifest.model.name
    return None if name == default else name


def _newest(passage: Passage) -> int:
    adopted = passage.resolution.adopted
    return -(adopted.toordinal() if adopted else 0)


def _grouped(pairs: Iterable[tuple[str, Passage]]) -> Mapping[str, tuple[Passage, ...]]:
    groups: defaultdict[str, list[Passage]] = defaultdict(list)
    for key, passage in pairs:
        groups[key].append(passage)
    return {key: tuple(group) for key, group in groups.items()}
