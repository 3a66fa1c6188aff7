"""Which source version of each resolution is indexed: one language, one file a resolution."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from qa.corpus.published_catalogue import published_catalogue
from qa.indexing.likeness import MIN_LIKENESS, likeness, sketch_of
from qa.indexing.same_words import Wording, has_same_words
from qa.resolutions.languages import LANGUAGES
from qa.resolutions.model import Record, Resolution, SourceFormat, SymbolEvidence
from qa.resolutions.readers.files import Problem, ReadFile
from qa.resolutions.readers.published_records import completed, record_of
from qa.resolutions.readers.read_errors import FileProblem

InputKey = tuple[str, str]
"""The name and the SHA-256 of a file on disk: the same key means the same bytes."""

_FORMATS_BY_PREFERENCE = list(SourceFormat)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceVersion:
    """What one file says about a resolution, as far as the selection needs it."""

    file: str
    symbol: str
    body: str
    part: str | None
    adopted: date | None
    issued: date | None
    language: str
    form: SourceFormat
    paragraphs: int
    evidence: SymbolEvidence = SymbolEvidence.FILE_NAME  # for its symbol
    sketch: str = ""  # of its text; "" of one that was read before texts were compared
    sha256: str = ""  # of the document's own file, in an archive too
    wording: Wording | None = None  # None of one that was read before words were compared

    @classmethod
    def of(cls, resolution: Resolution) -> "SourceVersion":
        """Return the version that a parsed resolution is."""
        return cls(
            file=resolution.source.file,
            symbol=resolution.symbol,
            body=resolution.body.value,
            part=resolution.part,
            adopted=resolution.adopted,
            issued=resolution.issued,
            language=resolution.language,
            form=resolution.source.form,
            paragraphs=len(resolution.paragraphs),
            evidence=resolution.identified_by,
            sketch=sketch_of(paragraph.text for paragraph in resolution.paragraphs),
            sha256=resolution.source.sha256,
            wording=Wording.of(resolution),
        )

    @property
    def is_catalogued(self) -> bool:
        """Whether its file is one that the United Nations published, byte for byte."""
        return published_catalogue().has(self.sha256, self.symbol)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCandidate:
    """A source version that may be selected."""

    version: SourceVersion
    read: ReadFile | None  # None if its file is unchanged and was not read again
    input_key: InputKey  # of the file on disk that holds it


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectedSource:
    """The source version that is indexed for one resolution."""

    version: SourceVersion
    others: tuple[str, ...]  # files that hold the same resolution and are left out
    conflicts: tuple[str, ...]  # files that hold another text under the same symbol
    record: Record | None
    read: ReadFile | None  # completed from its record; None if its file was not read again
    input_key: InputKey


def select_sources(
    candidates: Iterable[SourceCandidate], records: Mapping[str, Record], language: str
) -> tuple[tuple[SelectedSource, ...], tuple[Problem, ...]]:
    """Return one source a resolution, and the files that are left out.

    The rule: first a file of the catalogue, then the format that states most (XML, Word, HTML, PDF,
    text), then the later day of issue (a reissue replaces the earlier issue), then more paragraphs,
    then the name of the file. Two files are one document only if their texts are alike; otherwise
    the one with the better evidence for its symbol is taken, and the other is a conflict. A copy
    with other words is a conflict, too, unless both are published files.

    Args:
        candidates: every version of every resolution.
        records: what is published about resolutions, by symbol.
        language: of the texts to take, "en".

    Returns:
        The selected sources by body, date of adoption and number; and a problem a file left out.
    """
    problems: list[Problem] = []
    by_symbol: dict[str, list[SourceCandidate]] = {}
    for candidate in candidates:
        if candidate.version.language == language:
            by_symbol.setdefault(candidate.version.symbol, []).append(candidate)
        else:
            problems.append(_other_language(candidate.version))
    selected = []
    for symbol, versions in by_symbol.items():
        alike, unlike = _alike(versions, records)
        best, *copies = sorted(alike, key=_preference)
        changed = [copy for copy in copies if _is_changed(copy.version, best.version)]
        others = tuple(copy.version.file for copy in copies if copy not in changed)
        reason = f"{symbol} is read from {best.version.file}; this copy is left out."
        problems += (Problem(file=file, kind="duplicate", reason=reason) for file in others)
        problems += (_other_words(copy.version, best.version) for copy in changed)
        problems += (_conflict(candidate.version, best.version) for candidate in unlike)
        problems += _unknown_to_catalogue(best.version)
        conflicts = tuple(sorted(candidate.version.file for candidate in (*changed, *unlike)))
        selected.append(_completed(best, others, conflicts, records))
    return tuple(sorted(selected, key=_document_order)), tuple(problems)


def _alike(
    candidates: list[SourceCandidate], records: Mapping[str, Record]
) -> tuple[list[SourceCandidate], list[SourceCandidate]]:
    """Return the candidates with the text of the one whose symbol is proved best, and the rest."""
    if len(candidates) == 1:
        return candidates, []
    leader = min(candidates, key=lambda candidate: _proof(candidate, records))
    alike: list[SourceCandidate] = []
    unlike: list[SourceCandidate] = []
    for candidate in candidates:
        is_copy = likeness(candidate.version.sketch, leader.version.sketch) >= MIN_LIKENESS
        (alike if is_copy or candidate is leader else unlike).append(candidate)
    return alike, unlike


def _is_changed(version: SourceVersion, best: SourceVersion) -> bool:
    """Return whether a copy has other words; two published files are issues of one text."""
    return not (
        (version.is_catalogued and best.is_catalogued)
        or has_same_words(version.wording, best.wording, is_same_form=version.form is best.form)
    )


def _proof(
    candidate: SourceCandidate, records: Mapping[str, Record]
) -> tuple[bool, bool, SymbolEvidence, tuple[bool, int, int, int, str]]:
    """Sort key: first the symbol with the best evidence, published records included."""
    version = candidate.version
    record = record_of(version.symbol, version.part, version.adopted, records)
    is_contradicted = bool(
        record and record.adopted and version.adopted and record.adopted != version.adopted
    )
    return (
        not version.is_catalogued,
        is_contradicted,
        version.evidence,
        _preference(candidate),
    )


def _conflict(version: SourceVersion, best: SourceVersion) -> Problem:
    return Problem(
        file=version.file,
        kind=FileProblem.CONFLICT.value,
        reason=(
            f"it states the symbol {version.symbol}, but its text is not that of {best.file}, "
            "which is read; name it after its own symbol, or leave one of the two out."
        ),
    )


def _other_words(version: SourceVersion, best: SourceVersion) -> Problem:
    catalogued = ", which is in the catalogue of published files," if best.is_catalogued else ""
    return Problem(
        file=version.file,
        kind=FileProblem.CONFLICT.value,
        reason=(
            f"its words are not those of {best.file}{catalogued} and from which {best.symbol} is "
            "read; compare the two with `operative compare`, and leave one of them out."
        ),
    )


def _unknown_to_catalogue(version: SourceVersion) -> Iterator[Problem]:
    """Yield a remark on XML of a document of which another file was published."""
    if (
        version.form is SourceFormat.AKN
        and not version.is_catalogued
        and published_catalogue().has_document(version.symbol, version.language)
    ):
        yield Problem(
            file=version.file,
            kind=FileProblem.REMARK.value,
            reason=f"the catalogue of published files has another file of {version.symbol}.",
        )


def _completed(
    candidate: SourceCandidate,
    others: tuple[str, ...],
    conflicts: tuple[str, ...],
    records: Mapping[str, Record],
) -> SelectedSource:
    """Return a candidate as selected, its resolution completed from its record."""
    version, read = candidate.version, candidate.read
    record = record_of(version.symbol, version.part, version.adopted, records)
    if read is not None:
        source = replace(read.resolution.source, others=others, conflicts=conflicts)
        resolution = replace(read.resolution, source=source)
        read = replace(read, resolution=completed(resolution, record) if record else resolution)
    return SelectedSource(
        version=version,
        others=others,
        conflicts=conflicts,
        record=record,
        read=read,
        input_key=candidate.input_key,
    )


def _other_language(version: SourceVersion) -> Problem:
    name = LANGUAGES.get(version.language, version.language)
    return Problem(
        file=version.file,
        kind="language",
        reason=f"it is in {name}; build with `--language {version.language}` to read it.",
    )


def _preference(candidate: SourceCandidate) -> tuple[bool, int, int, int, str]:
    """Sort key: the preferred version first."""
    version = candidate.version
    issued = version.issued or date.min
    return (
        not version.is_catalogued,
        _FORMATS_BY_PREFERENCE.index(version.form),
        -issued.toordinal(),
        -version.paragraphs,
        version.file,
    )


def _document_order(source: SelectedSource) -> tuple[str, date, tuple[int, ...], str]:
    """Sort key: body, date of adoption, number."""
    version = source.version
    numbers = tuple(int(digits) for digits in re.findall(r"\d+", version.symbol))
    return (version.body, version.adopted or date.min, numbers, version.symbol)
