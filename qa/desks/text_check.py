"""The check of a whole text: each of its quotations, and each of its citations."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qa.answering.place_lookup import passages_at, passages_printed_as
from qa.corpus.corpus import Corpus
from qa.corpus.passages import PassageRef
from qa.desks.citation_binder import BoundText, TextCitation, bind_quotations
from qa.desks.cognates import nearest_by_cognates
from qa.desks.desk_limits import load_desk_limits
from qa.desks.document_words import CorpusWords, DocumentWords
from qa.desks.quotation_finder import FoundQuotation, find_quotations
from qa.desks.quote_cleaning import CleanQuote, readings_of
from qa.desks.quote_judgement import (
    RIGHT_VERDICTS,
    QuoteJudgement,
    QuoteVerdict,
    judge_in_document,
    judge_passage,
    paraphrase_in,
)
from qa.desks.speakers import is_of_another_speaker
from qa.errors import InputError
from qa.question.language import foreign_language
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.cite.typed_pinpoints import Locator, label_of
from qa.resolutions.model import Kind
from qa.time_budget import in_time

MAX_CHECKED_CHARACTERS = 2_000_000
_TEXT_DOCUMENTS = 20  # cited in a text, and looked in for its quotations that cite nothing
_PLAIN_PLACE = re.compile(
    r"|(?:op(?:erative)? ?)?(?:para(?:graph)?s?\.? ?)?\d+(?: ?\([a-z]{1,2}\))*|notes? \d+"
)  # its label alone names it
_PREAMBULAR_PLACE = re.compile(r"[a-z-]+ preambular paragraph")
_MIN_SEARCHED_WORDS = 4  # fewer occur by chance
_MAX_PLACES = 20  # shown of those that have the words


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedQuotation:
    """A quotation of a text with its citation and the verdict."""

    start: int  # in the text, with its marks
    end: int
    quote: str
    citation: TextCitation | None
    cited_label: str
    judgement: QuoteJudgement
    places: tuple[PassageRef, ...]  # which passages have its words, oldest first
    count: int  # how many do


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCitation:
    """A citation of a text, and whether that place exists; None where that is not known."""

    start: int
    end: int
    symbol: str
    label: str
    exists: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCheck:
    """What came of checking a text."""

    text: str
    items: tuple[CheckedQuotation, ...]
    citations: tuple[CheckedCitation, ...]
    input_sha256: str
    generation: str
    corpus: Corpus = field(repr=False, compare=False)  # that it was checked against


def check_text(corpus: Corpus, text: str, *, sha256: str | None = None) -> TextCheck:
    """Check every quotation and every citation of a text.

    Args:
        corpus: the loaded texts.
        text: plain, Markdown or with HTML marks.
        sha256: of the file that it was read from; None for that of the text.

    Raises:
        InputError: it is longer than `MAX_CHECKED_CHARACTERS`.
    """
    if len(text) > MAX_CHECKED_CHARACTERS:
        raise InputError(f"the text has {len(text):,} characters; check it in smaller parts.")
    desk = _CheckDesk(CorpusWords(corpus), bind_quotations(text, find_quotations(text)), text)
    return TextCheck(
        text=text,
        items=tuple(desk.items()),
        citations=tuple(desk.citations()),
        input_sha256=sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        generation=corpus.generation,
        corpus=corpus,
    )


class _CheckDesk:
    """Checks one text."""

    def __init__(self, words: CorpusWords, bound: BoundText, text: str) -> None:
        self._words = words
        self._bound = bound
        self._text = text
        symbols = dict.fromkeys(citation.symbol for citation in bound.citations)
        self._text_symbols = tuple(symbols)[:_TEXT_DOCUMENTS]
        self._places: dict[tuple[str, Locator | None, str], tuple[int, ...]] = {}

    def items(self) -> Iterator[CheckedQuotation]:
        for quotation, citation in in_time(self._bound.bindings):
            yield self._checked(quotation, citation)

    def citations(self) -> Iterator[CheckedCitation]:
        for citation in in_time(self._bound.citations):
            document = self._words.document(citation.symbol)
            exists = None if document is None else True
            if document is not None and (citation.locator or citation.printed_place):
                exists = bool(self._cited(document, citation)) or citation.locator is None
            yield CheckedCitation(
                start=citation.start,
                end=citation.end,
                symbol=document.symbol if document else citation.symbol,
                label=self._label(citation),
                exists=exists,
            )

    def _checked(
        self, quotation: FoundQuotation, citation: TextCitation | None
    ) -> CheckedQuotation:
        quoted = quotation.words_in(self._text)
        quotes = readings_of(quoted)
        rows = self._rows(quotes)
        judgement = self._judged(quotation, citation, quotes, rows)
        if not judgement.symbol and citation and judgement.verdict is QuoteVerdict.INVENTED:
            judgement = replace(judgement, symbol=citation.symbol)
        refs = sorted(map(self._words.corpus.passages.ref, rows), key=_oldest_first)
        return CheckedQuotation(
            start=quotation.start,
            end=quotation.end,
            quote=quoted,
            citation=citation,
            cited_label=self._label(citation) if citation else "",
            judgement=judgement,
            places=_first_and_latest(refs),
            count=len(refs),
        )

    def _rows(self, quotes: Sequence[CleanQuote]) -> list[int]:
        """Return the passages of the corpus that have a quotation word for word."""
        for quote in quotes:
            if quote.size >= _MIN_SEARCHED_WORDS and (
                rows := self._words.rows_with_run([piece.keys for piece in quote.pieces])
            ):
                return rows
        return []

    def _judged(
        self,
        quotation: FoundQuotation,
        citation: TextCitation | None,
        quotes: tuple[CleanQuote, ...],
        rows: Sequence[int],
    ) -> QuoteJudgement:
        if not quotes[0].size:
            return QuoteJudgement(verdict=QuoteVerdict.TOO_SHORT, message="It has no words.")
        judgement = (
            self._by_citation(quotation, citation, quotes) if citation else self._in_text(quotes)
        )
        if judgement is not None and (citation is None or not self._is_weak(judgement)):
            return judgement
        if quotes[0].size <= load_desk_limits().max_short_words:
            message = "Too short to tell; add words, or cite the paragraph."
            return QuoteJudgement(verdict=QuoteVerdict.TOO_SHORT, message=message)
        elsewhere = self._in_corpus(citation, quotes, rows)
        if elsewhere is not None:
            return elsewhere
        if judgement is not None:
            return judgement
        if is_of_another_speaker(
            self._bound.hidden, quotation.start, quotation.end, is_cited=citation is not None
        ):
            message = "Not of a loaded document; the sentence gives another speaker."
            return QuoteJudgement(verdict=QuoteVerdict.NOT_UN, message=message)
        message = "These words are not in any loaded document, nor words like them."
        return QuoteJudgement(verdict=QuoteVerdict.INVENTED, message=message)

    @staticmethod
    def _is_weak(judgement: QuoteJudgement) -> bool:
        return judgement.verdict is QuoteVerdict.PARAPHRASE

    def _by_citation(
        self,
        quotation: FoundQuotation,
        citation: TextCitation,
        quotes: tuple[CleanQuote, ...],
    ) -> QuoteJudgement | None:
        """Return what a quotation is by the document that it cites."""
        document = self._words.document(citation.symbol)
        if document is None:
            name = spaced_symbol(citation.symbol)
            message = f"{name} is not loaded, so that nothing can be said of it."
            return QuoteJudgement(verdict=QuoteVerdict.NOT_LOADED, message=message)
        scope = self._cited(document, citation) if citation.is_sure else ()
        if citation.is_sure and citation.locator and not scope:
            message = f"{spaced_symbol(document.symbol)} has no {self._label(citation)}."
            return QuoteJudgement(
                verdict=QuoteVerdict.NO_SUCH_PARAGRAPH, message=message, symbol=document.symbol
            )
        judgement = judge_in_document(self._words, document, quotes, scope)
        if judgement is not None:
            return judgement
        if foreign_language(quotation.words_in(self._text)):
            return nearest_by_cognates(document, quotes[0], scope)
        if citation.bound_by == "carried" and not citation.is_sure:
            other = self._in_text(quotes)
            if other is not None and other.verdict in RIGHT_VERDICTS:
                return other
        if quotes[0].size > load_desk_limits().max_short_words:
            return paraphrase_in(self._words, document, quotes[0], scope)
        return None

    def _in_text(self, quotes: tuple[CleanQuote, ...]) -> QuoteJudgement | None:
        """Return what a quotation is by the other documents that its text cites."""
        if quotes[0].size <= load_desk_limits().max_short_words:
            return None
        for symbol in in_time(self._text_symbols):
            document = self._words.document(symbol)
            judgement = document and judge_in_document(self._words, document, quotes, ())
            if judgement:
                return judgement
        return None

    def _in_corpus(
        self,
        citation: TextCitation | None,
        quotes: tuple[CleanQuote, ...],
        rows: Sequence[int],
    ) -> QuoteJudgement | None:
        """Return what a quotation is by the whole corpus."""
        for ref in sorted(map(self._words.corpus.passages.ref, rows), key=_oldest_first)[:1]:
            document = self._words.document(ref.symbol)
            judgement = document and judge_in_document(self._words, document, quotes, ())
            if judgement and citation is None:
                return judgement
            if judgement:
                return replace(
                    judgement,
                    verdict=QuoteVerdict.ELSEWHERE,
                    message=f"Not in the document cited, but in {judgement.label}.",
                )
        quote = quotes[-1]
        row = self._words.row_like(quote.whole.keys)
        if row is None:
            return None
        passage = self._words.corpus.passages[row]
        return judge_passage(self._words, passage, self._words.row_tokens(row), quote, 0)

    def _cited(self, document: DocumentWords, citation: TextCitation) -> tuple[int, ...]:
        """Return the passages at the place that a citation names; each is looked up once."""
        key = (document.symbol, citation.locator, citation.printed_place)
        if key not in self._places:
            self._places[key] = self._looked_up(document, citation)
        return self._places[key]

    def _looked_up(self, document: DocumentWords, citation: TextCitation) -> tuple[int, ...]:
        """Return the passages at the place that a citation prints, or that it was read to name."""
        if citation.locator and _PLAIN_PLACE.fullmatch(citation.printed_place):
            return self._scope(document, citation.locator)
        if citation.locator and _PREAMBULAR_PLACE.fullmatch(citation.printed_place):
            there = document.labelled(label_of(citation.locator))
            if there:
                return there
        printed = passages_printed_as(self._words.corpus, document.symbol, citation.printed_place)
        if printed:
            return document.indices_of(printed)
        return self._scope(document, citation.locator) if citation.locator else ()

    def _scope(self, document: DocumentWords, locator: Locator) -> tuple[int, ...]:
        """Return the passages at a place; a number that only an annex has means that."""
        corpus = self._words.corpus
        is_plain = (locator.number or 0) > 0 and not locator.within and not locator.goes_on
        if is_plain and not locator.is_unnumbered and locator.kind is not Kind.ANNEX:
            there = document.labelled(label_of(locator))
            if there:
                return there
        passages = passages_at(corpus, document.symbol, locator)
        if not passages and locator.kind is Kind.OPERATIVE and not locator.within:
            passages = passages_at(corpus, document.symbol, replace(locator, kind=Kind.ANNEX))
        return document.indices_of(passages)

    def _label(self, citation: TextCitation) -> str:
        """Return the label of the place cited: that of the passage, or as it would be."""
        locator = citation.locator
        document = self._words.document(citation.symbol)
        scope = self._cited(document, citation) if document else ()
        if document and scope:
            return document.labels[scope[0]]
        if locator is None:
            return ""
        if locator.number is None or locator.number < 1:
            return ", ".join(locator.within)
        if locator.within:
            return f"{' '.join(locator.within)} para. {locator.number}{locator.path}"
        return label_of(locator)


def _oldest_first(ref: PassageRef) -> tuple[int, int]:
    return (ref.adopted.toordinal() if ref.adopted else 0, ref.row)


def _first_and_latest(refs: Sequence[PassageRef]) -> tuple[PassageRef, ...]:
    """Return the places that are shown: of many, the first ones and the latest."""
    if len(refs) <= _MAX_PLACES:
        return tuple(refs)
    return (*refs[: _MAX_PLACES - 1], refs[-1])
