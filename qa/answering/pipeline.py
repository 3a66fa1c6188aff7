"""One question on its way to an answer: look-up, facts, lists, search, or an honest no."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice

from qa.answer import Answer, AnswerRoute, Quote, Refusal, RefusalKind
from qa.answering import lookup as places
from qa.answering.counting import (
    CountResult,
    count_mentions,
    count_sentence,
    phrase_spans,
)
from qa.answering.listing import list_paragraphs
from qa.answering.metadata import confirm_claim, facts_of, no_resolution_with, resolutions_with
from qa.answering.not_loaded import not_loaded, quotes_citing
from qa.answering.quotation import quote
from qa.corpus.corpus import Corpus
from qa.corpus.passages import Passage
from qa.question.count_query import read_count
from qa.question.expansion import expanded_phrases
from qa.question.patterns import matches_cue, rules
from qa.question.read import Question, Unrecorded
from qa.resolutions.cite.citation_format import link, record_link, spaced_symbol
from qa.resolutions.model import Kind
from qa.search.filters import Filters
from qa.search.retriever import Hit, Retriever
from qa.search.scorer import CANDIDATES, Candidates, Query
from qa.search.weights import load_weights

NEVER_RECORDED = (Unrecorded.VOTES, Unrecorded.SPONSORS)  # others may stand in a text once
MAX_NEAREST = 2
MAX_TITLES = 50  # titles in a list of what is loaded
MAX_RESOLUTIONS = 500  # resolutions in a list of those that mention a thing


@dataclass(slots=True)
class Clock:
    """Milliseconds of each stage of an answer."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to the stage `name`."""
        start = time.perf_counter()
        try:
            yield
        finally:
            passed = (time.perf_counter() - start) * 1000
            self.spent[name] = round(self.spent.get(name, 0.0) + passed, 2)


class AnswerPipeline:
    """One question on its way to an answer: the first road that leads somewhere is taken."""

    def __init__(
        self,
        corpus: Corpus,
        retriever: Retriever,
        question: Question,
        *,
        top: int,
        filters: Filters,
        clock: Clock,
    ) -> None:
        self._corpus = corpus
        self._retriever = retriever
        self._question = question
        self._top = top
        self._filters = filters
        self._clock = clock
        self._loaded = places.loaded(corpus, question.symbols)

    def answer(self) -> Answer:
        """Return the answer of the first road that gives one."""
        answer = self.look_up()
        if answer is None:
            with self._clock.stage("search"):
                answer = self._with_missing(self._searched())
        return answer

    def look_up(self) -> Answer | None:
        """Return the answer of the first road that needs no search; None if none gives one."""
        question = self._question
        if question.unusable:
            return refuse(RefusalKind.NOT_A_QUESTION, question.unusable.value)
        roads: tuple[Callable[[], Answer | None], ...] = (
            self._counted,
            self._cited_only,
            self._unrecorded,
            self._looked_up,
            self._stated,
            self._inventory,
            self._whole,
            self._foreign,
            self._listed,
        )
        with self._clock.stage("look_up"):
            answer = next((one for one in (road() for road in roads) if one is not None), None)
        return None if answer is None else self._with_missing(answer)

    def _with_missing(self, answer: Answer) -> Answer:
        """Return an answer that names what the question names and is not loaded."""
        if answer.answered and self._loaded and self._missing():
            named = ", ".join(map(spaced_symbol, self._missing()))
            answer = replace(answer, message=f"{answer.message} Not loaded: {named}.".strip())
        return answer

    def _cited_only(self) -> Answer | None:
        """Answer for documents that are named but not loaded."""
        missing = self._missing()
        if not missing or self._loaded:
            return None
        quotes = quotes_citing(self._corpus, missing)
        if quotes and _ASKS_WHERE_CITED.search(self._question.text) and not self._question.places:
            named = ", ".join(map(spaced_symbol, missing))
            return self._found(AnswerRoute.LOOK_UP, quotes, f"{named} is cited here.")
        return refuse(
            RefusalKind.NOT_LOADED,
            not_loaded(self._corpus, missing, quotes),
            nearest=quotes[: self._top],
            link_to=link(missing[0]),
        )

    def _missing(self) -> tuple[str, ...]:
        """Return the documents that the question names and that are not loaded.

        "2023/24" with a topic is a financial period, unless it is that of a loaded document.
        """
        periods = _periods(self._question.text) if self._names_a_topic() else ()
        return tuple(
            one
            for one in self._question.symbols
            if self._corpus.place(one) is None and one not in periods
        )

    def _adopted_in(self, years: Sequence[int]) -> bool:
        """Tell whether a loaded resolution was adopted in one of the years."""
        adopted = (one.adopted for one in self._corpus.resolutions)
        return any(one is not None and one.year in years for one in adopted)

    def _unrecorded(self) -> Answer | None:
        """Refuse what no resolution records: votes, sponsors, payments, deeds."""
        what = self._question.unrecorded
        if what is None or re.search(r"\bsay\b|\babout\b", self._question.text, re.I):
            return None
        if what not in NEVER_RECORDED and not self._question.symbols and self._is_said():
            return None
        symbol = self._loaded[0].symbol if self._loaded else None
        if symbol is None and len(self._corpus.resolutions) == 1:
            symbol = self._corpus.resolutions[0].symbol
        message, nearest = what.value, ()
        if what is Unrecorded.SPONSORS and symbol:
            report = self._corpus.masthead(symbol)
            if report and report.report:
                message = (
                    "Sponsors are not in the text of a resolution; they stand in its draft and in "
                    f"the committee's report, here {report.report}."
                )
        outside = record_link(symbol) if symbol else None
        return refuse(RefusalKind.NOT_RECORDED, message, nearest=nearest, link_to=outside)

    def _is_said(self) -> bool:
        """Tell whether many texts, searched, surely say what is mostly recorded elsewhere."""
        if places.is_small(self._corpus.resolutions):
            return False
        found = self._candidates
        return found is not None and (
            self._retriever.evidence(self._question, found).confidence
            >= load_weights().refusal.min_confidence_of_recorded
        )

    @cached_property
    def _scope(self) -> tuple[str, ...]:
        """The loaded resolutions that the question is about; empty: any."""
        return tuple(one.symbol for one in places.scope_of(self._corpus, self._question))

    @cached_property
    def _candidates(self) -> Candidates | None:
        """The passages that come nearest; None if nothing passes the filters."""
        question, filters = self._question, self._filters
        if question.kinds and Kind.OPERATIVE not in question.kinds and not filters.kinds:
            filters = replace(filters, kinds=question.kinds)
        return self._retriever.candidates(question, filters=filters, scope=self._scope)

    def _looked_up(self) -> Answer | None:
        """Quote the places that are named, exactly those."""
        question = self._question
        if not question.places or (
            question.fields and any("count" in one for one in question.fields)
        ):
            return None
        everything = all(place.locator.number is None for place in question.places)
        if everything and (not self._loaded or self._names_a_topic()):
            return None
        found = places.look_up(self._corpus, question)
        if found.passages:
            quotes = tuple(quote(self._corpus, one) for one in found.passages)
            with_notes = self._with_notes(quotes) if question.wants_source else quotes
            return self._found(AnswerRoute.LOOK_UP, with_notes, " ".join(found.misses))
        if not found.misses:
            return refuse(
                RefusalKind.NO_SUCH_PARAGRAPH,
                "The question names a paragraph but no document; add its symbol, such as 61/181.",
            )
        return refuse(
            RefusalKind.NO_SUCH_PARAGRAPH,
            " ".join(found.misses),
            nearest=tuple(quote(self._corpus, one) for one in found.nearest[:MAX_NEAREST]),
            link_to=link(self._loaded[0].symbol) if self._loaded else None,
        )

    def _counted(self) -> Answer | None:
        """Count, or list, all that mention a thing, and tell the first and the last."""
        asked = read_count(self._question.text)
        if asked is None:
            return None
        found = count_mentions(self._corpus, asked, self._filters)
        if not found.resolutions:
            return refuse(RefusalKind.NOT_IN_TEXTS, count_sentence(found, ""))
        at = -1 if asked.which == "first" else 0
        wanted = found.resolutions[at : at + 1 or None] if asked.which else found.resolutions
        shown = self._mentions(found, [one.symbol for one in wanted])
        quotes = tuple(
            quote(self._corpus, one, highlight=phrase_spans(self._corpus, one, found.forms))
            for one in shown
        )
        facts = tuple(
            fact
            for one in (() if asked.which and quotes else wanted[:MAX_RESOLUTIONS])
            for fact in (
                facts_of(self._corpus, one, ("title",)) or facts_of(self._corpus, one, ("adopted",))
            )
        )
        first = quotes[0].citation if quotes else spaced_symbol(wanted[0].symbol)
        named = first if asked.which else ""
        message = count_sentence(found, named)
        if len(wanted) > MAX_RESOLUTIONS:
            message += f" The {MAX_RESOLUTIONS} newest are named."
        return Answer(
            question="",
            understood="",
            road=AnswerRoute.FACTS,
            facts=facts,
            quotes=quotes,
            message=message,
        )

    def _mentions(self, found: CountResult, symbols: Sequence[str]) -> tuple[Passage, ...]:
        """Return the mentions to quote: one a resolution, or all where paragraphs are counted."""
        if found.asked.paragraphs and not found.asked.which:
            return tuple(found.passages[:MAX_TITLES])
        return tuple(islice(found.passages.first_of(symbols), self._top))

    def _stated(self) -> Answer | None:
        """Give what the documents say about themselves."""
        question = self._question
        if not question.fields:
            return None
        about = self._loaded or resolutions_with(self._corpus, question)
        if question.values and not about:
            return refuse(RefusalKind.NOT_IN_TEXTS, no_resolution_with(*question.values[0]))
        described = places.scope_of(self._corpus, question)
        about = about or (described if places.is_small(described) else ())
        if not about and places.is_small(self._corpus.resolutions) and not self._has_topic():
            about = self._corpus.resolutions
        if not about:
            return None
        facts = tuple(
            fact for one in about for fact in facts_of(self._corpus, one, question.fields)
        )
        if not facts:
            named = ", ".join(spaced_symbol(one.symbol) for one in about)
            asked = ", ".join(one.replace("_", " ") for one in question.fields)
            return refuse(
                RefusalKind.NOT_RECORDED, f"The document of {named} does not state this: {asked}."
            )
        message = confirm_claim(question, facts, about[0])
        return Answer(
            question="", understood="", road=AnswerRoute.FACTS, facts=facts, message=message
        )

    def _has_topic(self) -> bool:
        """Tell whether a question about fields is about something in particular."""
        words = set(self._corpus.words.terms(_FIELD_WORDS.sub(" ", self._question.topic)))
        return any(self._corpus.words.known(word) for word in words)

    def _whole(self) -> Answer | None:
        """Quote the operative part of a resolution that is named and nothing more."""
        about = self._loaded or places.scope_of(self._corpus, self._question)
        if self._question.every and places.is_small(self._corpus.resolutions):
            about = about or self._corpus.resolutions
        if not about or self._names_a_topic():
            return None
        passages = [
            one
            for resolution in about
            for one in self._corpus.passages_of(resolution.symbol, {Kind.OPERATIVE})
        ]
        quotes = tuple(quote(self._corpus, one) for one in passages)
        facts = tuple(
            fact for one in about for fact in facts_of(self._corpus, one, ("title", "adopted"))
        )
        retold = matches_cue("whole", self._question.text)
        message = (
            "Operative quotes and does not retell: the operative part in full." if retold else ""
        )
        return replace(self._found(AnswerRoute.LOOK_UP, quotes, message), facts=facts)

    def _names_a_topic(self) -> bool:
        """Tell whether a question is about more than a document or a part of it."""
        rest = rules("cue")["whole"].sub(" ", self._question.topic)
        if self._question.names_by_year:
            rest = re.sub(r"\b\d{4}\b", " ", rest)
        return bool(re.search(r"\w", _NOT_A_TOPIC.sub(" ", rest)))

    def _inventory(self) -> Answer | None:
        """Name the loaded resolutions, where that is what is asked."""
        if not matches_cue("loaded", self._question.text) or self._loaded:
            return None
        newest_first = sorted(
            self._corpus.resolutions, key=lambda one: one.adopted or date.min, reverse=True
        )
        facts = tuple(
            fact
            for one in newest_first[:MAX_TITLES]
            for fact in facts_of(self._corpus, one, ("title",))
        )
        count = len(newest_first)
        message = f"{count} resolutions are loaded" if count != 1 else "One resolution is loaded"
        more = f"; the {MAX_TITLES} newest are named." if count > MAX_TITLES else "."
        return Answer(
            question="", understood="", road=AnswerRoute.FACTS, facts=facts, message=message + more
        )

    def _foreign(self) -> Answer | None:
        """Refuse free text in a language that the model does not serve."""
        language = self._question.language
        if language is None:
            return None
        return refuse(
            RefusalKind.OTHER_LANGUAGE,
            f"The question seems to be in {language}, and only English can be searched; "
            "ask in English, or name a paragraph, such as 61/181 OP6.",
        )

    def _listed(self) -> Answer | None:
        """List every paragraph with the verbs, or the addressee, that a question asks for."""
        question = self._question
        scope = frozenset(self._scope)
        if not scope and not places.is_small(self._corpus.resolutions):
            return None
        rows = self._retriever.allowed(self._filters, scope)
        quotes = list_paragraphs(self._corpus, question, rows)
        if quotes is None:
            return None
        if not quotes:
            return refuse(
                RefusalKind.NOT_IN_TEXTS, "No paragraph of the loaded texts does what is asked for."
            )
        return self._found(AnswerRoute.LOOK_UP, quotes, "")

    def _searched(self) -> Answer:
        """Search, and answer only where what is found carries it."""
        question = self._question
        scope = self._scope
        of_a_year = question.names_by_year or (
            matches_cue("done_in_year", question.text) and not self._adopted_in(question.years)
        )
        if of_a_year and not scope and not question.about_citations:
            named = " or ".join(map(str, question.years))
            return refuse(RefusalKind.NOT_IN_TEXTS, f"No loaded resolution is of {named}.")
        found = self._candidates
        if not found:
            return refuse(RefusalKind.NOT_IN_TEXTS, "Nothing that is loaded passes the filters.")
        query = found.query
        hits = self._retriever.best(question, found, max(self._top, 10))
        strange = self._strange_name()
        confidence = self._retriever.evidence(question, found).confidence
        limits = load_weights().refusal
        near = max(
            one.cosine + limits.coverage_weight * one.coverage
            for one in hits[: limits.nearest_hits]
        )
        is_near = near >= limits.min_nearness or len(found.rows) >= CANDIDATES
        carries = confidence >= limits.min_confidence and is_near
        if strange or not (carries or (question.verbs and question.lists)):
            shown = hits[:MAX_NEAREST] if confidence >= limits.min_confidence_to_show else ()
            nearest = tuple(quoted(self._corpus, self._retriever, query, one) for one in shown)
            message = "No paragraph of the loaded texts answers this."
            if strange:
                message = f"No loaded text mentions {strange}."
            return refuse(RefusalKind.NOT_IN_TEXTS, message, nearest=nearest)
        shares = load_weights().answers
        worthy = [
            one
            for one in hits
            if one.score >= shares.min_score_share * hits[0].score
            or one.coverage >= shares.full_coverage
        ]
        shown = self._balanced(worthy, scope)
        quotes = tuple(
            quoted(self._corpus, self._retriever, query, one) for one in shown[: self._top]
        )
        if question.wants_source:
            quotes = self._with_notes(quotes[:1]) + quotes[1:]
        return self._found(AnswerRoute.SEARCH, quotes[: self._top], "")

    def _strange_name(self) -> str | None:
        """Return a name in the question that no loaded text holds."""
        text = self._question.text
        known = set(" ".join(expanded_phrases(text)).split())
        for match in re.finditer(rf"(?<=[a-z,;] ){_NAME}(?: {_NAME})*\b", text):
            for word in match[0].split():
                terms = self._corpus.words.terms(word)
                strange = terms and not any(map(self._corpus.words.known, terms))
                if strange and word not in known and not self._corpus.words.nearest_term(word):
                    return match[0]
        return None

    def _balanced(self, hits: Sequence[Hit], scope: Sequence[str]) -> tuple[Hit, ...]:
        """For a comparison, let the best of each resolution come first."""
        if not (self._question.compares or self._question.every):
            return tuple(hits)
        first: dict[str, Hit] = {}
        for one in hits:
            first.setdefault(one.passage.symbol, one)
        leaders = list(first.values())[: max(len(scope), 2)]
        return tuple(leaders + [one for one in hits if one not in leaders])

    def _with_notes(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Return quotations, each followed by the notes that it points to."""
        out: list[Quote] = []
        for one in quotes:
            out.append(one)
            passage = self._corpus.passage(one.symbol, one.label)
            for mark in passage.marks if passage else ():
                note = self._corpus.passage(one.symbol, f"FN{mark.marker}")
                if note:
                    out.append(quote(self._corpus, note, score=one.score))
        return tuple({f"{one.symbol} {one.label}": one for one in out}.values())

    def _found(self, road: AnswerRoute, quotes: Sequence[Quote], message: str) -> Answer:
        return Answer(question="", understood="", road=road, quotes=tuple(quotes), message=message)


def refuse(
    kind: RefusalKind,
    message: str,
    *,
    nearest: Sequence[Quote] = (),
    link_to: str | None = None,
) -> Answer:
    """Return an honest no."""
    refusal = Refusal(kind=kind, message=message, nearest=tuple(nearest), link=link_to)
    return Answer(question="", understood="", road=AnswerRoute.NONE, refusal=refusal)


_NAME = r"[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)*"
_ASKS_WHERE_CITED = re.compile(
    r"\b(?:cit(?:e|es|ed|ing)|mention(?:s|ed)?|recall(?:s|ed)?|refer(?:s|red)?|noted)\b",
    re.IGNORECASE,
)
_FIELD_WORDS = re.compile(
    r"\b(?:adopted|adoption|date|day|year|passed|approved|issued|published|meeting|plenary|committee|report|led|to|"
    r"agenda|item|come|under|title|called|name|session|assembly|general|number|many|have|has|number|symbol|language|"
    r"operative|preambular|notes|footnotes|two|in|of|at|on|for|the|falls|belong|written|was|were|is|are)\b",
    re.IGNORECASE,
)
_NOT_A_TOPIC = re.compile(
    r"\b(?:annex(?:es)?(?: [ivx]+)?|me|of|in|from|under|full|whole|complete|entire|up|out|open|go|"
    r"display|print|get|see|read|by|"
    r"one|sentence|words?|short|main|preamble|preambular|operative|part|foot ?notes?|notes?|all|"
    r"and|the|resolution|general|assembly|unga|ga|un|doc|document|text|for|la|le|el|de|dit|que|dice|contenu)\b",
    re.IGNORECASE,
)


def _periods(text: str) -> set[str]:
    """Return the symbols for which a year and the next, "2023/24", may be taken."""
    return {
        f"E/RES/{match[0]}"
        for match in _PERIOD.finditer(text)
        if (int(match["first"]) + 1) % 100 == int(match["second"])
    }


_PERIOD = re.compile(
    r"(?<!resolution )(?<!decision )(?<![\w/])(?P<first>(?:19|20)\d\d)/(?P<second>\d\d)(?![\w/])",
    re.IGNORECASE,
)


def quoted(corpus: Corpus, retriever: Retriever, query: Query, hit: Hit) -> Quote:
    """Return a passage that search found as a quotation with what was asked for marked."""
    return quote(
        corpus,
        hit.passage,
        score=hit.score,
        highlight=retriever.highlights(query, hit.passage),
        copies=hit.copies,
    )
