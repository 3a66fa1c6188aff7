"""The one façade that every front end uses: open an index, ask, look up, search."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from embeddings.index_errors import EmbeddingsError
from embeddings.store.generations import current_name, written_at
from qa.answer import Answer, AnswerRoute, Quote, Refusal, RefusalKind
from qa.answering import lookup as places
from qa.answering.pipeline import AnswerPipeline, Clock, quoted
from qa.answering.quote_check import QuoteCheck, check
from qa.corpus.corpus import TEMPLATE, Corpus
from qa.corpus.passage_table import KINDS
from qa.corpus.passages import Passage
from qa.errors import OperativeError
from qa.indexing.build import BuildReport, build
from qa.indexing.collect import Progress
from qa.question.dates import resolve_relative_dates
from qa.question.follow_up import read_follow_up
from qa.question.interpretation import constraints_of, without_constraints
from qa.question.read import read_question
from qa.render.plain_text import quote_text
from qa.render.token_count import count, fit
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.model import Kind
from qa.search.filters import Counts, Filters
from qa.search.retriever import Retriever
from qa.settings import DEFAULT_TOP, MAX_QUESTION_CHARACTERS, default_index, packaged_texts

if TYPE_CHECKING:
    from embeddings.model.encoder import Encoder, Encoding


_LOG = logging.getLogger(__name__)
MAX_NEAREST_CHECKED = (
    10  # passages that come nearest to a text that does not stand where it is said to
)
_WARMING = "technical asistance"  # misspelt: the speller gets ready, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What is loaded."""

    generation: str
    model: str
    index: str
    resolutions: int
    operative: int
    preambular: int
    notes: int
    bodies: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    languages: tuple[str, ...]
    symbols: tuple[str, ...]
    counts: Mapping[str, int]  # resolutions of each body
    built: datetime | None  # when the generation was written
    left_out: Mapping[str, str]  # files whose resolution was read from another: which one


@dataclass(frozen=True, slots=True)
class _Serving:
    """One generation and the search over it: a question is answered from one, whole."""

    corpus: Corpus
    retriever: Retriever


class Assistant:
    """Answers questions from an index. It may be shared between threads.

    Once a build has made a newer generation, that is opened beside the old one, and serves the
    questions that come after.
    """

    def __init__(
        self, corpus: Corpus, load_encoder: "Callable[[], Encoder]", *, index: str = ""
    ) -> None:
        self._load_encoder = load_encoder
        self._encoder: Encoder | None = None
        self._loading = threading.Lock()
        self._index = index
        self.on_answer: Callable[[Answer, float], None] = lambda _answer, _milliseconds: None
        """Told of every answer, and how long it took: a log is kept by whoever serves."""
        self._serving = _Serving(corpus, Retriever(corpus, self._encode))
        self._opening = threading.Lock()  # held by the thread that opens a newer generation
        self._seen = corpus.generation  # the newest that was looked at, sound or not

    @classmethod
    def open(
        cls,
        index: Path | str | None = None,
        *,
        model: str | None = None,
        progress: Progress | None = None,
    ) -> "Assistant":
        """Return an assistant over the current generation of an index.

        Args:
            index: its folder; None for the index of the texts that come with Operative, which is
                built on first use.
            model: name or path of the model; None for the one the index names.
            progress: told of the building, where there is something to build.

        Raises:
            IndexNotFoundError, IndexDamagedError: there is no index, or it is not as written.
            IndexOutdatedError: it was built by another version of Operative.
            ModelMismatchError: it was built with another model.
        """
        folder = Path(index) if index is not None else default_index()
        if index is None:
            _build_packaged(folder, model, progress)
        corpus = Corpus.open(folder, model=model)
        name = model or corpus.model.name

        def load() -> "Encoder":
            from embeddings.model.encoder import Encoder
            from embeddings.model.model_id import DEFAULT_NAME

            return Encoder.load(None if name == DEFAULT_NAME else name)

        return cls(corpus, load, index=str(folder))

    @property
    def corpus(self) -> Corpus:
        """The loaded texts."""
        return self._serving.corpus

    @property
    def retriever(self) -> Retriever:
        """The search over them."""
        return self._serving.retriever

    def warm_up(self) -> None:
        """Load the model and search once, so that the next question does not wait."""
        self.retrieve(_WARMING, k=1)
        count("Operative")

    def info(self) -> Info:
        """Return what is loaded."""
        corpus = self.corpus
        resolutions = corpus.resolutions
        counts = np.bincount(corpus.columns.rows["kind"], minlength=len(KINDS)).tolist()
        kinds = dict(zip(KINDS, counts, strict=True))
        bodies = Counter(one.body.value for one in resolutions)
        years = sorted(one.adopted.year for one in resolutions if one.adopted)
        return Info(
            generation=corpus.generation,
            model=corpus.model.name,
            index=self._index,
            resolutions=len(resolutions),
            operative=kinds[Kind.OPERATIVE],
            preambular=kinds[Kind.PREAMBULAR],
            notes=kinds[Kind.NOTE],
            bodies=tuple(sorted(bodies)),
            counts=dict(sorted(bodies.items())),
            built=written_at(Path(self._index), corpus.generation) if self._index else None,
            first_year=years[0] if years else None,
            last_year=years[-1] if years else None,
            languages=tuple(sorted({one.language for one in resolutions})),
            symbols=tuple(one.symbol for one in resolutions),
            left_out={other: one.source.file for one in resolutions for other in one.source.others},
        )

    def counts(self, filters: Filters) -> Counts:
        """Return how many passages pass, and how many each further choice would leave."""
        return self._serving.retriever.sieve.counts(filters)

    def ask(
        self,
        question: str,
        *,
        previous: Answer | None = None,
        top: int = DEFAULT_TOP,
        filters: Filters | None = None,
        max_tokens: int | None = None,
        unread: Collection[str] = (),
    ) -> Answer:
        """Return the answer to a question: facts, proved quotations, or an honest refusal.

        Args:
            question: anything that was typed.
            previous: the answer before it in this conversation, for follow-ups.
            top: quotations at most, where they are searched for; a look-up gives all it names.
            filters: what to restrict the search to.
            max_tokens: quotations are left out, whole, from where this would be exceeded.
            unread: names of the answer's `readings` that the search shall not weigh.

        Raises:
            ValueError: `top` is below 1, or `max_tokens` below 0.
        """
        if top < 1:
            raise ValueError(f"top is {top}; it must be at least 1")
        self._look_for_newer()
        serving = self._serving
        corpus = serving.corpus
        clock = Clock()
        with clock.stage("read"):
            understood, whole = read_follow_up(question, previous, corpus)
            read = without_constraints(whole, unread)
        reply = AnswerPipeline(
            corpus,
            serving.retriever,
            read,
            top=top,
            filters=filters or Filters(),
            clock=clock,
        )
        answer = reply.answer()
        answer = replace(
            answer,
            question=question.encode("utf-8", "replace").decode("utf-8"),
            understood=understood,
            readings=constraints_of(whole, unread) if _is_search(answer) else (),
            generation=corpus.generation,
            model=corpus.model.name,
        )
        with clock.stage("tokens"):
            answer = _budgeted(answer, max_tokens)
        answer = replace(
            answer, timing_ms=clock.spent, follow_ups=tuple(_follow_ups(answer, corpus))
        )
        self.on_answer(answer, sum(clock.spent.values()))
        return answer

    def show(self, citation: str) -> Answer:
        """Return what stands at a citation such as "61/181 OP6"; never searches."""
        answer = self.ask(citation)
        names_one = answer.road is not AnswerRoute.SEARCH and read_question(citation).symbols
        if names_one or (answer.refusal and answer.refusal.kind is RefusalKind.NOT_A_QUESTION):
            return answer
        refusal = Refusal(
            kind=RefusalKind.NOT_A_QUESTION,
            message=f'"{answer.understood}" is no citation; type one such as 61/181 OP6.',
        )
        return replace(
            answer, road=AnswerRoute.NONE, refusal=refusal, quotes=(), facts=(), message=""
        )

    def retrieve(
        self,
        question: str,
        k: int = 10,
        *,
        kinds: Iterable[str] = (),
        bodies: Iterable[str] = (),
        since: int | None = None,
        until: int | None = None,
    ) -> tuple[Quote, ...]:
        """Return the `k` passages that come nearest to a question, best first, answer or not.

        Args:
            question: what to search for.
            k: at least 1.
            kinds: "operative", "preambular", "note", "annex"; empty for all.
            bodies: "A", "S", "E", "HRC"; empty for all.
            since: first year of adoption.
            until: last year of adoption.

        Raises:
            ValueError: `k` is below 1, or a kind is unknown.
        """
        if k < 1:
            raise ValueError(f"k is {k}; it must be at least 1")
        filters = Filters(
            kinds=frozenset(Kind(kind) for kind in kinds),
            bodies=frozenset(bodies),
            since=since,
            until=until,
        )
        read = read_question(resolve_relative_dates(question, self.corpus))
        if read.unusable:
            return ()
        self._look_for_newer()
        corpus, retriever = self._serving.corpus, self._serving.retriever
        scope = [one.symbol for one in places.scope_of(corpus, read)]
        found = retriever.candidates(read, filters=filters, scope=scope)
        if not found:
            return ()
        hits = retriever.best(read, found, k)
        return tuple(quoted(corpus, retriever, found.query, hit) for hit in hits)

    def verify_quote(self, text: str, citation: str) -> QuoteCheck:
        """Return whether `text` really stands at `citation`, "A/RES/61/181, para. 6".

        Args:
            text: the words to check; "[...]" stands for what they leave out.
            citation: of a paragraph, or of a document whose paragraphs are all looked at.
        """
        self._look_for_newer()
        serving = self._serving

        def others() -> Iterator[Passage]:
            read = read_question(text[:MAX_QUESTION_CHARACTERS])
            if not read.unusable:
                for hit in serving.retriever.search(read, k=MAX_NEAREST_CHECKED):
                    yield hit.passage

        return check(serving.corpus, text, citation, others)

    def _encode(self, texts: Sequence[str]) -> "Iterator[Encoding]":
        return self._loaded().encode_lazily(texts)

    def _loaded(self) -> "Encoder":
        if self._encoder is None:
            with self._loading:
                if self._encoder is None:
                    self._encoder = self._load_encoder()
        return self._encoder

    def renew(self) -> None:
        """Serve the newest generation before anything else is answered.

        Raises:
            IndexDamagedError, ModelMismatchError: it cannot be opened; the old one still serves.
        """
        with self._opening:
            name = current_name(Path(self._index))
            if name != self.corpus.generation:
                self._serve(Corpus.open(Path(self._index), model=self.corpus.model.name))
                self._seen = name

    def _look_for_newer(self) -> None:
        """Open the generation that serves now, if it is another, beside the questions."""
        if not self._index:
            return
        try:
            name = current_name(Path(self._index))
        except EmbeddingsError:
            return  # what was opened still answers
        if name != self._seen and self._opening.acquire(blocking=False):
            self._seen = name
            threading.Thread(target=self._switch, name="switch", daemon=True).start()

    def _switch(self) -> None:
        """Serve the newest generation, if it is sound and of the same model; else the old one."""
        try:
            corpus = Corpus.open(Path(self._index))
            if corpus.model.fingerprint == self.corpus.model.fingerprint:
                self._serve(corpus)
        except (EmbeddingsError, OperativeError) as error:
            _LOG.warning("the newer generation is not served: %s", error)
        finally:
            self._opening.release()

    def _serve(self, corpus: Corpus) -> None:
        """Answer from `corpus` once it is warm."""
        retriever = Retriever(corpus, self._encode)
        retriever.search(read_question(_WARMING), k=1)
        self._serving = _Serving(corpus, retriever)


def _is_search(answer: Answer) -> bool:
    return answer.road is AnswerRoute.SEARCH or (
        answer.refusal is not None and answer.refusal.kind is RefusalKind.NOT_IN_TEXTS
    )


def _follow_ups(answer: Answer, corpus: Corpus) -> Iterator[str]:
    """Yield questions that this answer makes sensible, each of which can be answered."""
    if not answer.answered:
        return
    shown = {one.symbol for one in answer.quotes} | {one.symbol for one in answer.facts}
    symbol = answer.facts[0].symbol if answer.facts else answer.quotes[0].symbol
    last = answer.quotes[-1] if answer.quotes and answer.road is AnswerRoute.LOOK_UP else None
    if last and last.kind is Kind.OPERATIVE and last.number is not None:
        following = corpus.passage(symbol, f"OP{last.number + 1}")
        if following:
            yield "And the next one"
    if len(shown) == 1 and _has_earlier(symbol, corpus):
        yield "And the earlier resolution?"
    if answer.facts:
        yield f"How many operative paragraphs does {spaced_symbol(symbol)} have?"
    else:
        yield f"When was {spaced_symbol(symbol)} adopted?"


def _has_earlier(symbol: str, corpus: Corpus) -> bool:
    """Tell whether an earlier resolution of the same title is loaded."""
    here = corpus.masthead(symbol)
    return here is not None and any(
        one.title == here.title
        and one.adopted is not None
        and here.adopted is not None
        and one.adopted < here.adopted
        for one in corpus.resolutions
    )


def _budgeted(answer: Answer, max_tokens: int | None) -> Answer:
    """Count the tokens of the quotations, and leave out those beyond the budget."""
    quotes = answer.quotes
    if max_tokens is not None:
        quotes = fit(quotes, max_tokens, quote_text)
    return replace(
        answer,
        quotes=quotes,
        omitted=len(answer.quotes) - len(quotes),
        tokens=sum(count(quote_text(one)) for one in quotes),
    )


def _build_packaged(
    folder: Path, model: str | None, progress: Progress | None
) -> BuildReport | None:
    """Build the index of the texts that come with Operative, unless this version has done so."""
    from embeddings.index_errors import IndexNotFoundError
    from embeddings.store.generations import open_generation

    try:
        if open_generation(folder).manifest.template == TEMPLATE:
            return None
    except IndexNotFoundError:
        pass  # the first use
    from embeddings.model.encoder import Encoder

    return build(
        [packaged_texts()], folder, load_encoder=lambda: Encoder.load(model), progress=progress
    )
