"""Citations of loaded documents in both directions, each with what is done with the document."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.desks.citation_treatments import TreatedCitation, treated
from qa.resolutions.cite.symbols import without_part
from qa.resolutions.model import Cited, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationLink:
    """A paragraph that cites a document, or a place in it."""

    passage: Passage
    cited: str  # symbol of the document
    cited_label: str  # "" for the document as a whole
    printed: str
    treated: TreatedCitation | None

    @property
    def quotation(self) -> str:
        """The words of the paragraph that say what is done, or else the citation as printed."""
        if self.treated is None:
            return self.printed
        return self.passage.text[self.treated.clause.start : self.treated.clause.end].strip()


def citations_in(corpus: Corpus, symbol: str, label: str = "") -> tuple[CitationLink, ...]:
    """Return the citations of other documents in a loaded one.

    Args:
        corpus: the loaded texts.
        symbol: canonical, of a loaded document.
        label: of the paragraph that is looked at, with its items; "" for all.
    """
    passages = [each for each in corpus.passages_of(symbol) if _is_at(each.label, label)]
    return tuple(link for passage in passages for link in _links(passage))


def citations_of(corpus: Corpus, symbol: str, label: str = "") -> tuple[CitationLink, ...]:
    """Return where a document is cited by others, the newest first.

    Args:
        corpus: the loaded texts.
        symbol: canonical; the document need not be loaded.
        label: of the cited paragraph, with its items; "" for all citations of the document.
    """
    links = [
        link
        for passage in corpus.citing(symbol)
        for link in _links(passage)
        if link.cited == symbol and _is_at(link.cited_label, label)
    ]
    links.sort(key=lambda link: (-_day(link.passage), link.passage.row))
    return tuple(links)


def most_cited(
    corpus: Corpus, *, body: str = "", year: int | None = None
) -> tuple[tuple[str, int], ...]:
    """Return how many documents cite each document, the most cited first.

    Args:
        corpus: the loaded texts.
        body: letter of the citing organ; "" for all.
        year: in which the citing documents were adopted; None for all.
    """
    wanted = np.array(
        [
            (not body or masthead.body.value == body)
            and (year is None or (masthead.adopted or date.min).year == year)
            for masthead in corpus.resolutions
        ]
    )
    counts: Counter[str] = Counter()
    for name in corpus.columns.cited.names:
        rows = corpus.columns.cited.rows(name)
        places = np.unique(np.searchsorted(corpus.columns.starts, rows, side="right") - 1)
        own = corpus.place(name)
        counts[name] = int(wanted[places].sum()) - int(
            own is not None and wanted[own] and own in places
        )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, count) for name, count in ordered if count > 0)


def by_year_and_body(links: Sequence[CitationLink]) -> Mapping[str, Mapping[str, int]]:
    """Return how many documents cite, by year and by body."""
    documents = {link.passage.symbol: link.passage.resolution for link in links}.values()
    years = Counter(str(each.adopted.year) if each.adopted else "undated" for each in documents)
    bodies = Counter(each.body.value for each in documents)
    return {"years": dict(sorted(years.items())), "bodies": dict(sorted(bodies.items()))}


def _links(passage: Passage) -> Iterator[CitationLink]:
    for cited in passage.citations:
        document = without_part(cited.symbol)
        if document == passage.symbol or not cited.resolved:
            continue
        yield CitationLink(
            passage=passage,
            cited=document,
            cited_label=cited.symbol[len(document) :].strip(),
            printed=passage.text[cited.start : cited.end],
            treated=_treated(passage, cited),
        )


def _treated(passage: Passage, cited: Cited) -> TreatedCitation | None:
    if passage.kind not in {Kind.OPERATIVE, Kind.PREAMBULAR}:
        return None
    return treated(
        passage.text,
        cited,
        chapeau=passage.chapeau or "",
        adopted=passage.resolution.adopted,
    )


def _is_at(label: str, wanted: str) -> bool:
    return not wanted or label == wanted or label.startswith(f"{wanted}(")


def _day(passage: Passage) -> int:
    adopted = passage.resolution.adopted
    return adopted.toordinal() if adopted else 0
