"""The one façade that every front end uses: open an index, ask, look up, search."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answer import Answer, AnswerRoute, Quote, RefusalKind
from qa.answering.acts import answer_act
from qa.answering.context import AnswerContext, Clock
from qa.answering.next_state import state_after
from qa.answering.quote_check import QuoteCheck, Verdict, check
from qa.answering.ranked_search import nearest_quotes
from qa.answering.replies import refuse
from qa.answering.same_series import document_series
from qa.answering.served_lookup import context_in, look_up_citation
from qa.answering.suggestions import suggest_follow_ups
from qa.answering.token_budget import within_budget
from qa.answering.turn_answer import TurnAnswer, answer_turn
from qa.corpus.corpus import Corpus
from qa.corpus.info import Info, info_of
from qa.corpus.passages import Passage
from qa.desks.comparison_desk import ComparisonDesk
from qa.desks.desk_methods import DeskMethods
from qa.desks.mandate_desk import MandateDesk
from qa.indexing.collect import Progress
from qa.indexing.packaged import build_packaged
from qa.question.conversation import NO_CONVERSATION, ConversationState
from qa.question.follow_up import complete
from qa.question.interpretation import constraints_of, without_constraints
from qa.question.question import Question
from qa.question.read import read_question
from qa.question.turn_in_words import CompletedTurn
from qa.question.turns import ACTS
from qa.question.typed_text import without_broken_characters
from qa.render.token_count import count
from qa.resolutions.model import Kind
from qa.search.filters import Counts, Filters
from qa.search.retriever import Retriever
from qa.search.serving import WARMING, LazyEncoder, ServedGeneration, ServingIndex
from qa.settings import DEFAULT_TOP, MAX_QUESTION_CHARACTERS, MAX_TOP, default_index
from qa.time_budget import DEFAULT_LIMIT_S, TookTooLongError

if TYPE_CHECKING:
    from embeddings.model.encoder import Encoder

QUOTATIONS_IN_LIMIT = 200  # for each so many, an answer has the time of one more
MAX_NEAREST_CHECKED = 10  # passages compared with a text that is not where its citation says


class Assistant(DeskMethods, ComparisonDesk, MandateDesk):
    """Answers questions from an index. It may be shared between threads.

    Once a build has made a newer generation, that is opened while the old one serves, and serves
    the questions that come after.
    """

    def __init__(
        self, corpus: Corpus, load_encoder: "Callable[[], Encoder]", *, index: str = ""
    ) -> None:
        self.on_answer: Callable[[Answer, float], None] = lambda _answer, _milliseconds: None
        """Called with every answer to a question and how many milliseconds it took."""
        self.limit_s: float | None = DEFAULT_LIMIT_S
        """Seconds that an answer or a check may take; None for as long as it needs.

        Many quotations and long texts get more, in proportion. What is loaded by the first answer
        is not counted.
        """
        self.is_warm = False
        """Whether an answer was given, so that what answers need is loaded."""
        self._serving = ServingIndex(corpus, LazyEncoder(load_encoder), index=index)

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
            progress: called with the progress of the build, where there is something to build.

        Raises:
            IndexNotFoundError, IndexDamagedError: there is no index, or it is not as written.
            IndexOutdatedError: it was built by another version of Operative.
            ModelMismatchError: it was built with another model.
        """
        folder = Path(index) if index is not None else default_index()
        if index is None:
            build_packaged(folder, model, progress)
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
        return self._serving.served.corpus

    @property
    def retriever(self) -> Retriever:
        """The search over them."""
        return self._serving.served.retriever

    def warm_up(self) -> None:
        """Load the model and search once, so that the next question does not wait."""
        self.retrieve(WARMING, k=1)
        self.retriever.documents.find(WARMING, lambda _masthead: True)
        count("Operative")

    def renew(self) -> None:
        """Serve the newest generation before anything else is answered.

        Raises:
            IndexDamagedError, ModelMismatchError: it cannot be opened; the old one still serves.
        """
        self._serving.renew()

    def info(self) -> Info:
        """Return what is loaded."""
        return info_of(self.corpus, self._serving.index)

    def counts(self, filters: Filters) -> Counts:
        """Return how many passages pass, and how many each further choice would leave."""
        return self.retriever.filter_index.counts(filters)

    def ask(
        self,
        question: str,
        *,
        previous: Answer | ConversationState | None = None,
        top: int = DEFAULT_TOP,
        filters: Filters | None = None,
        max_tokens: int | None = None,
        unread: Collection[str] = (),
    ) -> Answer:
        """Return the answer to a question: facts, proved quotations, or an honest refusal.

        Args:
            question: anything that was typed.
            previous: the answer before it in this conversation, or the state that this carries;
                for follow-ups.
            top: quotations at most, where they are searched for; a look-up gives all it names.
            filters: what to restrict the search to.
            max_tokens: quotations are left out, whole, from where this would be exceeded.
            unread: names of the answer's `readings` that the search shall not weigh.

        Raises:
            ValueError: `top` is below 1, or `max_tokens` below 0.
        """
        if top < 1:
            raise ValueError(f"top is {top}; it must be at least 1")
        state = _conversation(previous)
        try:
            with self._limited(top / QUOTATIONS_IN_LIMIT):
                answer = _answered(
                    self._serving.newest(),
                    question,
                    state,
                    top=min(top, MAX_TOP),
                    filters=filters or Filters(),
                    max_tokens=max_tokens,
                    unread=unread,
                )
        except TookTooLongError as error:
            answer = replace(_out_of_time(question, error), conversation=state)
        self.on_answer(answer, sum(answer.timing_ms.values()))
        return answer

    def show(self, citation: str) -> Answer:
        """Return what a citation such as "61/181 OP6" names; never searches."""
        served = self._serving.newest()
        clock = Clock()
        try:
            with self._limited():
                with clock.stage("read"):
                    plan = _read(citation, served)
                answer = look_up_citation(plan, served, clock)
        except TookTooLongError as error:
            return _out_of_time(citation, error)
        answer = replace(answer, question=without_broken_characters(citation))
        return _finished(answer, plan, served, clock)

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
            TookTooLongError: it took longer than `limit_s`.
        """
        if k < 1:
            raise ValueError(f"k is {k}; it must be at least 1")
        filters = Filters(
            kinds=frozenset(Kind(kind) for kind in kinds),
            bodies=frozenset(bodies),
            since=since,
            until=until,
        )
        served = self._serving.newest()
        with self._limited(k / QUOTATIONS_IN_LIMIT):
            read = _read(question, served)
            if read.unusable:
                return ()
            return nearest_quotes(served.corpus, served.retriever, read, filters, min(k, MAX_TOP))

    def verify_quote(self, text: str, citation: str) -> QuoteCheck:
        """Return whether `text` is what `citation` says, "A/RES/61/181, para. 6".

        Args:
            text: the words to check; "[...]" replaces what they leave out.
            citation: of a paragraph, or of a document whose paragraphs are all looked at.
        """
        served = self._serving.newest()
        text, citation = map(without_broken_characters, (text, citation))

        def others() -> Iterator[Passage]:
            read = read_question(text[:MAX_QUESTION_CHARACTERS], names=served.retriever.names)
            if not read.unusable:
                for hit in served.retriever.search(read, k=MAX_NEAREST_CHECKED):
                    yield hit.passage

        try:
            with self._limited():
                return check(served.corpus, text, citation, others)
        except TookTooLongError as error:
            return QuoteCheck(verdict=Verdict.TOOK_TOO_LONG, message=str(error))


def _act(question: Question, state: ConversationState, served: ServedGeneration) -> TurnAnswer:
    return TurnAnswer(answer=answer_act(question.refers, state, served.corpus), plan=question)


def _answered(
    served: ServedGeneration,
    question: str,
    state: ConversationState,
    *,
    top: int,
    filters: Filters,
    max_tokens: int | None,
    unread: Collection[str],
) -> Answer:
    """Return the answer to a question in the time that it has."""
    clock = Clock()
    with clock.stage("read"):
        typed = _read(question, served)
    if typed.refers.kind in ACTS:
        given = _act(typed, state, served)
        turn = CompletedTurn(readings=(typed,), continues=True)
    else:
        with clock.stage("read"):
            retriever = served.retriever
            series = document_series(served.corpus, retriever.names)
            turn = complete(typed, state, series, retriever.likeness)

        def context(reading: Question, filters: Filters, top: int) -> AnswerContext:
            read = without_constraints(reading, unread)
            return context_in(served, read, clock, top=top, filters=filters)

        given = answer_turn(turn, state, context, filters=filters, top=top)
    turn = given.turn or turn
    answer = given.answer
    if _is_search(answer):
        answer = replace(answer, readings=constraints_of(given.plan, unread))
    answer = replace(answer, question=without_broken_characters(question))
    answer = _finished(answer, given.plan, served, clock, max_tokens)
    return replace(
        answer,
        understood=_understood(given.plan, turn),
        conversation=state_after(state, typed, turn, answer),
    )


def _understood(plan: Question, turn: CompletedTurn) -> str:
    """Return a question with the restriction that holds for it."""
    restriction = turn.restriction.in_words()
    return f"{plan.text.rstrip()} ({restriction})" if restriction else plan.text


def _finished(
    answer: Answer,
    plan: Question,
    served: ServedGeneration,
    clock: Clock,
    max_tokens: int | None = None,
) -> Answer:
    """Return an answer with its plan, generation, tokens, times and what to ask next."""
    with clock.stage("tokens"):
        answer = within_budget(answer, max_tokens)
    return replace(
        answer,
        understood=plan.text,
        plan=plan,
        generation=served.corpus.generation,
        model=served.corpus.model.name,
        timing_ms=clock.spent,
        follow_ups=tuple(suggest_follow_ups(answer, served.corpus)),
    )


def _read(text: str, served: ServedGeneration) -> Question:
    """Return what `text` asks of a generation: its names, and its newest text for "last year"."""
    whole = without_broken_characters(text)
    return read_question(whole, served.corpus.resolutions, served.retriever.names)


def _out_of_time(question: str, error: TookTooLongError) -> Answer:
    """Return the honest no where the time was used up."""
    answer = refuse(RefusalKind.TOOK_TOO_LONG, str(error))
    return replace(answer, question=without_broken_characters(question))


def _is_search(answer: Answer) -> bool:
    return answer.road is AnswerRoute.SEARCH or (
        answer.refusal is not None and answer.refusal.kind is RefusalKind.NOT_IN_TEXTS
    )


def _conversation(previous: "Answer | ConversationState | None") -> ConversationState:
    """Return what a conversation has come to with the answer before."""
    return previous.conversation if isinstance(previous, Answer) else previous or NO_CONVERSATION
