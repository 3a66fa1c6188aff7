"""The façade as its users meet it: proved quotations, search, copies, filters, budgets, refusals."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from embeddings.index_errors import IndexNotFoundError
from embeddings.model.encoder import Encoder
from qa import Answer, Assistant, Filters, Quote, RefusalKind
from qa.answer import AnswerRoute
from qa.corpus.corpus import Corpus
from qa.corpus.source_proof import QuotationError
from qa.corpus.text_store import TextStore, line_of, masthead_of, write_texts
from qa.indexing.build import build
from qa.render.answer_json import answer_record
from qa.render.token_count import count
from qa.resolutions.model import Kind, Span
from qa.resolutions.readers.files import ReadFile
from qa.resolutions.text import is_verbatim
from qa.resolutions.wordings import WordDifference
from qa.search.serving import ServedGeneration, ServingIndex

DATA = Path(__file__).parent.parent / "data"
SEARCHES = [
    "voluntary contributions to the fund",
    "Is anything said about young people who break the law?",
    "Which body counts as the main decision-maker on crime policy?",
    "money laundring",
    "Which 1991 resolution is recalled in both texts?",
    "List the invitations in 56/123",
    "terrorism",
    "61/181",
    "footnotes of 61/181",
]


def cited(quotes: tuple[Quote, ...]) -> list[str]:
    return [f"{one.symbol.removeprefix('A/RES/')} {one.label}" for one in quotes]


def settled(answer: Answer) -> Answer:
    """An answer without the time it took."""
    return replace(answer, timing_ms={})


# Every quotation is proved


@pytest.mark.parametrize("question", SEARCHES)
def test_every_quotation_is_what_its_source_says(
    question: str, assistant: Assistant, seeds: dict[str, ReadFile]
) -> None:
    answer = assistant.ask(question)
    assert answer.quotes
    for one in answer.quotes:
        read = seeds[one.symbol.removeprefix("A/RES/")]
        passage = assistant.corpus.passage(one.symbol, one.label)
        assert passage is not None
        assert is_verbatim(one.text, passage.marks, read.raw, Span(start=one.start, end=one.end))
        assert one.source == read.resolution.source
        assert one.title == read.resolution.title
        assert one.adopted == read.resolution.adopted
        assert one.url == f"https://docs.un.org/en/{one.symbol}"
        assert 0 <= one.score <= 1


@pytest.mark.parametrize("question", SEARCHES)
def test_highlights_lie_inside_the_text_in_order_and_on_words(
    question: str, assistant: Assistant
) -> None:
    for one in assistant.ask(question).quotes:
        end = 0
        for span in one.highlight:
            assert end <= span.start < span.end <= len(one.text)
            marked = one.text[span.start : span.end]
            assert marked == marked.strip()
            assert marked[0].isalnum()
            end = span.end


@pytest.mark.parametrize(
    ("question", "label", "marked"),
    [
        pytest.param(
            "juvenile justice", "OP7", ["juvenile justice", "juvenile justice"], id="words"
        ),
        pytest.param(
            "juvenil justice", "OP7", ["juvenile justice", "juvenile justice"], id="misspelt"
        ),
        pytest.param("gender", "OP20", ["gender", "gender"], id="one word"),
        pytest.param("List the invitations in 56/123", "OP8", ["Invites"], id="the verb asked for"),
        pytest.param("61/181 OP6", "OP6", [], id="nothing to mark in a look-up"),
    ],
)
def test_what_was_asked_for_is_highlighted(
    question: str, label: str, marked: list[str], assistant: Assistant
) -> None:
    first = assistant.ask(question).quotes[0]
    assert first.label == label
    assert [first.text[span.start : span.end] for span in first.highlight] == marked


def tampered(
    assistant: Assistant, seeds: dict[str, ReadFile], encoder: Encoder, folder: Path
) -> Assistant:
    """An assistant whose stored text of 61/181, paragraph 8, says "any" for "all"."""
    read = list(seeds.values())
    at = next(at for at, one in enumerate(read) if one.resolution.symbol == "A/RES/61/181")
    resolution = read[at].resolution
    paragraphs = tuple(
        replace(one, text=one.text.replace("all States", "any States"))
        if one.label == "OP8"
        else one
        for one in resolution.paragraphs
    )
    read[at] = replace(read[at], resolution=replace(resolution, paragraphs=paragraphs))
    old = assistant.corpus
    write_texts(folder, [masthead_of(one.resolution) for one in read], map(line_of, read))
    corpus = Corpus(
        texts=TextStore.load(folder),
        columns=old.columns,
        encoded=old.encoded,
        contexts=old.encoded_contexts,
        centres=old.centres,
        words=old.words,
        context_words=old.context_words,
        model=old.model,
        generation=old.generation,
    )
    return Assistant(corpus, lambda: encoder)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("61/181 OP8", id="look-up"),
        pytest.param("voluntary contributions in direct support", id="search"),
        pytest.param("61/181", id="the whole text"),
        pytest.param("What is 61/181 inviting all States to do?", id="one among others"),
    ],
)
def test_a_paragraph_that_was_tampered_with_is_not_quoted(
    question: str,
    assistant: Assistant,
    seeds: dict[str, ReadFile],
    encoder: Encoder,
    tmp_path: Path,
) -> None:
    false = tampered(assistant, seeds, encoder, tmp_path)
    with pytest.raises(QuotationError, match=r"^A/RES/61/181 OP8 does not match its source"):
        false.ask(question)
    assert cited(false.ask("61/181 OP7").quotes) == ["61/181 OP7"]


# Search


@pytest.mark.parametrize(
    ("question", "first"),
    [
        pytest.param("gender", "56/123 OP20", id="one word"),
        pytest.param("juvenil justice", "56/123 OP7", id="misspelt"),
        pytest.param("NGO", "56/123 OP12", id="short name"),
        pytest.param("UNODC regional offices", "61/181 OP5", id="short name of today"),
        pytest.param("GENDER", "56/123 OP20", id="capitals"),
        pytest.param("What part should the World Bank play?", "56/123 OP9", id="a sentence"),
        pytest.param("biennium", "56/123 OP18", id="a rare word"),
    ],
)
def test_the_right_paragraph_comes_first(question: str, first: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert answer.road is AnswerRoute.SEARCH
    assert cited(answer.quotes)[0] == first


def test_operative_paragraphs_come_before_preambular_ones(assistant: Assistant) -> None:
    kinds = [
        one.kind for one in assistant.ask("balance in the technical cooperation capacity").quotes
    ]
    assert Kind.PREAMBULAR in kinds  # only they speak of it
    kinds = [one.kind for one in assistant.ask("smuggling of migrants").quotes]
    assert kinds[0] is Kind.OPERATIVE


def test_what_is_asked_of_the_preamble_is_answered_from_it(assistant: Assistant) -> None:
    answer = assistant.ask("What does the preamble of 56/123 say about human rights?")
    assert cited(answer.quotes)[0] == "56/123 PP2"
    assert {one.kind for one in answer.quotes} == {Kind.PREAMBULAR}


@pytest.mark.parametrize(
    ("filters", "symbols", "kinds"),
    [
        pytest.param(Filters(until=2001), {"A/RES/56/123"}, None, id="until"),
        pytest.param(Filters(since=2002), {"A/RES/61/181"}, None, id="since"),
        pytest.param(Filters(since=2006, until=2006), {"A/RES/61/181"}, None, id="one year"),
        pytest.param(
            Filters(kinds=frozenset({Kind.OPERATIVE})), None, {Kind.OPERATIVE}, id="operative only"
        ),
        pytest.param(
            Filters(kinds=frozenset({Kind.PREAMBULAR})), None, {Kind.PREAMBULAR}, id="preamble only"
        ),
        pytest.param(Filters(bodies=frozenset({"A"})), None, None, id="the Assembly"),
    ],
)
def test_filters(
    filters: Filters, symbols: set[str] | None, kinds: set[Kind] | None, assistant: Assistant
) -> None:
    quotes = assistant.ask("corruption", filters=filters).quotes
    assert quotes
    assert symbols is None or {one.symbol for one in quotes} == symbols
    assert kinds is None or {one.kind for one in quotes} == kinds


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param(Filters(bodies=frozenset({"S"})), id="another organ"),
        pytest.param(Filters(since=2007), id="after the last"),
        pytest.param(Filters(since=2006, until=2001), id="years the wrong way round"),
    ],
)
def test_filters_that_leave_nothing_are_told(filters: Filters, assistant: Assistant) -> None:
    refusal = assistant.ask("corruption", filters=filters).refusal
    assert refusal is not None
    assert refusal.kind is RefusalKind.NOT_IN_TEXTS
    assert refusal.message == "Nothing that is loaded passes the filters."


def test_filters_hold_for_lists_too(assistant: Assistant) -> None:
    answer = assistant.ask("Which paragraphs urge something?", filters=Filters(until=2001))
    assert cited(answer.quotes) == ["56/123 OP6", "56/123 OP10", "56/123 OP16"]


@pytest.mark.parametrize("top", [1, 2, 5])
def test_top_is_how_many_are_shown_at_most(top: int, assistant: Assistant) -> None:
    all_of_them = cited(assistant.ask("corruption", top=10).quotes)
    assert len(all_of_them) >= 5
    assert cited(assistant.ask("corruption", top=top).quotes) == all_of_them[:top]


def test_top_does_not_cut_a_look_up(assistant: Assistant) -> None:
    assert cited(assistant.ask("paragraphs 16 to 18 of 56/123", top=1).quotes) == [
        "56/123 OP16",
        "56/123 OP17",
        "56/123 OP18",
    ]


@pytest.mark.parametrize("top", [0, -1])
def test_top_below_one_is_an_error_of_the_program(top: int, assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="top"):
        assistant.ask("gender", top=top)


@pytest.mark.parametrize(
    "question", [*SEARCHES, "61/181 OP12", "climate change", "When was 61/181 adopted?"]
)
def test_the_same_question_twice_gives_the_same_answer(question: str, assistant: Assistant) -> None:
    assert settled(assistant.ask(question)) == settled(assistant.ask(question))


def test_questions_may_be_asked_at_once(assistant: Assistant) -> None:
    alone = [settled(assistant.ask(question)) for question in SEARCHES]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(assistant.ask, SEARCHES))
    assert [settled(one) for one in together] == alone


def test_an_answer_says_what_it_was_made_with(assistant: Assistant) -> None:
    answer = assistant.ask("gender")
    assert answer.generation == assistant.corpus.generation
    assert answer.model == "all-MiniLM-L6-v2-un"
    assert answer.question == answer.understood == "gender"
    assert set(answer.timing_ms) >= {"read", "look_up", "search", "tokens"}
    assert all(spent >= 0 for spent in answer.timing_ms.values())


# Token budgets


def test_tokens_are_those_of_the_quotations_with_their_citations(assistant: Assistant) -> None:
    answer = assistant.ask("61/181 OP1")
    (one,) = answer.quotes
    pasted = f"“{one.text}”\n{one.citation} (20 December 2006)\n{one.url}"
    assert answer.tokens == count(pasted)
    assert 60 < answer.tokens < 120


def test_a_budget_leaves_out_whole_quotations_from_the_end(assistant: Assistant) -> None:
    whole = assistant.ask("61/181")
    for budget in (0, 50, 100, 300, whole.tokens - 1, whole.tokens):
        cut = assistant.ask("61/181", max_tokens=budget)
        assert cut.tokens <= budget
        assert cut.quotes == whole.quotes[: len(cut.quotes)]
        assert cut.omitted == len(whole.quotes) - len(cut.quotes)
    assert cut.quotes == whole.quotes
    assert assistant.ask("61/181", max_tokens=whole.tokens - 1).omitted == 1


def test_a_budget_below_zero_is_an_error_of_the_program(assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="below 0"):
        assistant.ask("gender", max_tokens=-1)


# Refusals


@pytest.mark.parametrize(
    ("question", "kind", "says", "nearest"),
    [
        pytest.param(
            "61/181 OP12",
            RefusalKind.NO_SUCH_PARAGRAPH,
            ["A/RES/61/181", "nine operative paragraphs", "no paragraph 12"],
            ["61/181 OP9"],
            id="no such paragraph: never that of another text",
        ),
        pytest.param(
            "footnote 7 of 61/181",
            RefusalKind.NO_SUCH_PARAGRAPH,
            ["six notes", "no note 7"],
            ["61/181 FN6"],
            id="no such note",
        ),
        pytest.param(
            "paragraph 22",
            RefusalKind.NO_SUCH_PARAGRAPH,
            ["nine operative", "21 operative"],
            ["61/181 OP9", "56/123 OP21"],
            id="in no text",
        ),
        pytest.param(
            "61/181 OP6 (b)",
            RefusalKind.NO_SUCH_PARAGRAPH,
            ["no paragraph 6(b)"],
            None,
            id="no such sub-paragraph",
        ),
        pytest.param(
            "What did resolution 60/175 ask the Secretary-General to do?",
            RefusalKind.NOT_LOADED,
            ["A/RES/60/175", "not loaded", "It is cited in", "A/RES/61/181, para. 1"],
            ["61/181 PP1", "61/181 OP1"],
            id="cited, not loaded",
        ),
        pytest.param(
            "A/RES/56/132 OP1",
            RefusalKind.NOT_LOADED,
            ["A/RES/56/132 is not loaded", "Was A/RES/56/123 meant?"],
            [],
            id="two digits exchanged",
        ),
        pytest.param(
            "S/RES/1325 (2000)",
            RefusalKind.NOT_LOADED,
            ["S/RES/1325 (2000) is not loaded"],
            [],
            id="neither",
        ),
        pytest.param(
            "How did the United States vote on 61/181?",
            RefusalKind.NOT_RECORDED,
            ["Digital Library"],
            [],
            id="votes",
        ),
        pytest.param(
            "Which countries sponsored 56/123?",
            RefusalKind.NOT_RECORDED,
            ["Sponsors", "A/56/574"],
            [],
            id="sponsors: where they stand",
        ),
        pytest.param(
            "What is said about climate change?",
            RefusalKind.NOT_IN_TEXTS,
            ["No paragraph of the loaded texts clearly answers this."],
            None,
            id="not in the texts",
        ),
        pytest.param(
            "What does the Assembly ask of Brazil?",
            RefusalKind.NOT_IN_TEXTS,
            ["Brazil"],
            None,
            id="a name that no text holds",
        ),
        pytest.param(
            "Which resolution is under agenda item 99?",
            RefusalKind.NOT_IN_TEXTS,
            ["agenda item 99"],
            [],
            id="a value that no text has",
        ),
        pytest.param("", RefusalKind.NOT_A_QUESTION, ["type a question"], [], id="nothing"),
        pytest.param(
            "Quelles contributions volontaires les États sont-ils invités à verser ?",
            RefusalKind.OTHER_LANGUAGE,
            ["French", "ask in English", "61/181 OP6"],
            [],
            id="another language",
        ),
    ],
)
def test_refusal(
    question: str,
    kind: RefusalKind,
    says: list[str],
    nearest: list[str] | None,
    assistant: Assistant,
) -> None:
    answer = assistant.ask(question)
    assert not answer.answered
    assert answer.road is AnswerRoute.NONE
    assert (answer.quotes, answer.facts) == ((), ())
    refusal = answer.refusal
    assert refusal is not None
    assert refusal.kind is kind
    for words in says:
        assert words in refusal.message
    assert nearest is None or cited(refusal.nearest) == nearest
    assert answer.follow_ups == ()


@pytest.mark.parametrize(
    ("question", "link"),
    [
        pytest.param("60/175 OP1", "https://docs.un.org/en/A/RES/60/175", id="the document"),
        pytest.param("61/181 OP12", "https://docs.un.org/en/A/RES/61/181", id="the text itself"),
        pytest.param(
            "Who voted for 61/181?",
            "https://digitallibrary.un.org/search?p=%22A/RES/61/181%22",
            id="the record of the vote",
        ),
        pytest.param("climate change", None, id="nowhere"),
    ],
)
def test_a_refusal_says_where_to_look(
    question: str, link: str | None, assistant: Assistant
) -> None:
    refusal = assistant.ask(question).refusal
    assert refusal is not None
    assert refusal.link == link


# What was found wrong


def whole(symbol: str, kind: str, last: int) -> list[str]:
    return [f"{symbol} {kind}{number}" for number in range(1, last + 1)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param(
            "preambular paragraphs of 61/181",
            whole("61/181", "PP", 7),
            id="preambular paragraphs of",
        ),
        pytest.param("notes of 56/123", whole("56/123", "FN", 3), id="notes of"),
        pytest.param(
            "resolution 61/181 of 20 December 2006",
            whole("61/181", "OP", 9),
            id="its date after it",
        ),
        pytest.param(
            "the second and third paragraphs of 61/181",
            ["61/181 OP2", "61/181 OP3"],
            id="two ordinals",
        ),
        pytest.param(
            "the 2001 resolution", whole("56/123", "OP", 21), id="a text by its year alone"
        ),
        pytest.param("Resolution 61 / 181 OP 6", ["61/181 OP6"], id="blanks around the slash"),
    ],
)
def test_a_text_or_part_that_is_named_is_quoted(
    question: str, expected: list[str], assistant: Assistant
) -> None:
    assert cited(assistant.ask(question).quotes) == expected


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        pytest.param("paragraph 1000 of 61/181", RefusalKind.NO_SUCH_PARAGRAPH, id="four digits"),
        pytest.param("annex I of 61/181", RefusalKind.NO_SUCH_PARAGRAPH, id="it has no annex"),
        pytest.param("Has 61/181 been implemented?", RefusalKind.NOT_RECORDED, id="implemented"),
        pytest.param(
            "What does the Assembly demand?", RefusalKind.NOT_IN_TEXTS, id="no demand is made"
        ),
        pytest.param(
            "Who is the Secretary-General?", RefusalKind.NOT_RECORDED, id="who holds an office"
        ),
        pytest.param(
            "Is the pizzeria open 24/7?", RefusalKind.NOT_IN_TEXTS, id="24/7 is no resolution"
        ),
        pytest.param(
            "In 1974, what did the General Assembly decide on crime prevention?",
            RefusalKind.NOT_LOADED,
            id="done in a year of which nothing is loaded",
        ),
        pytest.param(
            "What did the Assembly recommend in 1950 about crime prevention?",
            RefusalKind.NOT_LOADED,
            id="the same, the year behind the verb",
        ),
        pytest.param("2023/24", RefusalKind.NOT_LOADED, id="a symbol alone, two years or not"),
        pytest.param(
            "resolution 2023/24 on crime prevention",
            RefusalKind.NOT_LOADED,
            id="called a resolution",
        ),
        pytest.param(
            "What does 2023/25 say on crime?", RefusalKind.NOT_LOADED, id="no two years on end"
        ),
    ],
)
def test_a_refusal_of_the_right_kind(
    question: str, kind: RefusalKind, assistant: Assistant
) -> None:
    refusal = assistant.ask(question).refusal
    assert refusal is not None
    assert refusal.kind is kind


def test_paragraph_zero_is_no_such_paragraph(assistant: Assistant) -> None:
    refusal = assistant.ask("paragraph 0 of 61/181").refusal
    assert refusal is not None
    assert refusal.kind is RefusalKind.NO_SUCH_PARAGRAPH


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Which resolutions does 61/181 cite?", id="what it cites"),
        pytest.param("Did the General Assembly adopt 61/181 in 2007?", id="premise, active voice"),
        pytest.param("language of 61/181", id="a field without a question word"),
        pytest.param("Summarise both resolutions", id="both, in full"),
        pytest.param("List the loaded resolutions", id="what is loaded"),
        pytest.param(
            "What did the Assembly decide in 2001 on crime prevention?", id="done in a year"
        ),
        pytest.param(
            "voluntary contributions to crime prevention 2023/24", id="a financial period"
        ),
    ],
)
def test_a_question_that_the_texts_answer_is_answered(question: str, assistant: Assistant) -> None:
    assert assistant.ask(question).answered


def test_a_second_document_that_is_not_loaded_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("61/181 OP6 and 62/999 OP1")
    assert cited(answer.quotes) == ["61/181 OP6"]
    assert "A/RES/62/999" in answer.message


# Show and retrieve


def test_show_gives_what_stands_at_a_citation(assistant: Assistant) -> None:
    assert cited(assistant.show("61/181 OP6").quotes) == ["61/181 OP6"]
    assert assistant.show("61/181 OP6").answered


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        pytest.param("gender", RefusalKind.NOT_A_QUESTION, id="no citation: it never searches"),
        pytest.param("", RefusalKind.NOT_A_QUESTION, id="nothing"),
        pytest.param("61/181 OP12", RefusalKind.NO_SUCH_PARAGRAPH, id="no such paragraph"),
        pytest.param("60/175", RefusalKind.NOT_LOADED, id="not loaded"),
    ],
)
def test_show_refuses(typed: str, kind: RefusalKind, assistant: Assistant) -> None:
    answer = assistant.show(typed)
    assert answer.refusal is not None
    assert answer.refusal.kind is kind


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("juvenile justice", id="no citation"),
        pytest.param("corruption in 61/181", id="a topic in a document"),
        pytest.param("still in force", id="what is mostly recorded elsewhere"),
        pytest.param("61/181 OP6", id="a citation"),
    ],
)
def test_show_never_searches_nor_loads_the_model_nor_logs_an_answer(
    typed: str, built_index: Path
) -> None:
    def load() -> Encoder:
        pytest.fail("the model is loaded")

    logged: list[Answer] = []
    unloaded = Assistant(Corpus.open(built_index), load, index=str(built_index))
    unloaded.on_answer = lambda answer, _milliseconds: logged.append(answer)
    answer = unloaded.show(typed)
    assert "search" not in answer.timing_ms
    assert logged == []


def test_retrieve_answers_from_one_generation(
    built_index: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation that begins to serve while a question is read has no part in its answer."""
    mine = Assistant(Corpus.open(built_index), lambda: encoder, index=str(built_index))
    old = mine.corpus
    reads: list[ServedGeneration] = []
    newer = Assistant(Corpus.open(built_index), lambda: encoder, index=str(built_index))

    def switch(serving: ServingIndex) -> ServedGeneration:
        reads.append(serving._served)
        serving._served = newer._serving._served
        return reads[-1]

    monkeypatch.setattr(ServingIndex, "served", property(switch))
    monkeypatch.setattr(ServingIndex, "newest", switch)
    assert mine.retrieve("juvenile justice", k=1)
    assert [served.corpus for served in reads] == [old]


@pytest.mark.parametrize("k", [1, 3, 10, 200])
def test_retrieve_gives_the_k_nearest_best_first(k: int, assistant: Assistant) -> None:
    hits = assistant.retrieve("juvenile justice", k=k)
    longest = assistant.retrieve("juvenile justice", k=200)
    assert hits == longest[:k]
    assert len(hits) == min(k, len(longest))
    scores = [one.score for one in hits]
    assert scores == sorted(scores, reverse=True)
    assert cited(hits)[0] == "56/123 OP7"


def test_retrieve_gives_the_nearest_even_where_nothing_answers(assistant: Assistant) -> None:
    assert len(assistant.retrieve("climate change", k=4)) == 4


@pytest.mark.parametrize(
    ("restricted", "holds"),
    [
        pytest.param(
            {"kinds": {"operative"}}, lambda one: one.kind is Kind.OPERATIVE, id="operative"
        ),
        pytest.param({"kinds": ["note"]}, lambda one: one.kind is Kind.NOTE, id="notes"),
        pytest.param(
            {"kinds": {"preambular", "note"}},
            lambda one: one.kind in (Kind.PREAMBULAR, Kind.NOTE),
            id="two kinds",
        ),
        pytest.param({"since": 2002}, lambda one: one.symbol == "A/RES/61/181", id="since"),
        pytest.param({"until": 2001}, lambda one: one.symbol == "A/RES/56/123", id="until"),
        pytest.param(
            {"since": 2001, "until": 2001}, lambda one: one.symbol == "A/RES/56/123", id="years"
        ),
        pytest.param({"bodies": {"A"}}, lambda one: one.symbol.startswith("A/"), id="body"),
    ],
)
def test_retrieve_keeps_to_what_it_is_restricted_to(
    restricted: dict[str, object], holds: Callable[[Quote], bool], assistant: Assistant
) -> None:
    hits = assistant.retrieve("crime prevention", k=100, **restricted)  # type: ignore[arg-type]
    assert hits
    assert all(map(holds, hits))


def test_retrieve_finds_nothing_where_nothing_is(assistant: Assistant) -> None:
    assert assistant.retrieve("crime", bodies={"S"}) == ()
    assert assistant.retrieve("  ") == ()


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"k": 0}, id="k below 1"),
        pytest.param({"kinds": {"operativ"}}, id="a kind that is none"),
    ],
)
def test_retrieve_with_wrong_arguments_is_an_error_of_the_program(
    wrong: dict[str, object], assistant: Assistant
) -> None:
    with pytest.raises(ValueError):
        assistant.retrieve("crime", **wrong)  # type: ignore[arg-type]


def test_info_says_what_is_loaded(assistant: Assistant) -> None:
    info = assistant.info()
    assert (info.resolutions, info.operative, info.preambular, info.notes) == (2, 30, 19, 9)
    assert info.symbols == ("A/RES/56/123", "A/RES/61/181")
    assert (info.first_year, info.last_year, info.bodies) == (2001, 2006, ("A",))
    assert info.generation == assistant.corpus.generation


def test_no_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match="operative build"):
        Assistant.open(tmp_path / "none")


@pytest.mark.parametrize("question", SEARCHES)
def test_follow_ups_that_are_offered_can_be_answered(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert answer.follow_ups
    for offered in answer.follow_ups:
        assert assistant.ask(offered, previous=answer).answered, offered


# Copies are one answer


@pytest.fixture(scope="module")
def with_copy(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """61/181, and its text adopted again a year later as 62/999, with another session."""
    folder = tmp_path_factory.mktemp("copies")
    text = (DATA / "A_RES_61_181.txt").read_text(encoding="ascii")
    (folder / "old.txt").write_text(text, encoding="ascii")
    for before, after in (
        ("61/181", "62/999"),
        ("20 December 2006", "18 December 2007"),
        ("8 March 2007", "4 March 2008"),
        ("sixty-second session", "sixty-third session"),
        ("Sixty-first session", "Sixty-second session"),
    ):
        assert before in text
        text = text.replace(before, after)
    (folder / "new.txt").write_text(text, encoding="ascii")
    build([folder], folder / "index", load_encoder=lambda: encoder)
    return Assistant(Corpus.open(folder / "index"), lambda: encoder)


@pytest.mark.parametrize(
    ("question", "label"),
    [
        pytest.param("voluntary contributions in direct support", "OP8", id="operative"),
        pytest.param("revitalization of the General Assembly", "PP7", id="preamble"),
    ],
)
def test_copies_are_one_quotation_the_newest(
    question: str, label: str, with_copy: Assistant
) -> None:
    quotes = with_copy.ask(question).quotes
    found = [(one.symbol, one.label) for one in quotes]
    assert found[0] == ("A/RES/62/999", label)
    assert ("A/RES/61/181", label) not in found
    (same,) = quotes[0].same_wording
    assert (same.symbol, same.label, same.adopted) == ("A/RES/61/181", label, date(2006, 12, 20))
    assert quotes[0].kin == ()


def test_kin_are_shown_with_what_differs_and_never_as_copies(with_copy: Assistant) -> None:
    (first, *_) = with_copy.ask("comprehensive discussion on the subject").quotes
    assert (first.symbol, first.label, first.same_wording) == ("A/RES/62/999", "OP9", ())
    (kin,) = first.kin
    assert (kin.symbol, kin.label, kin.adopted) == ("A/RES/61/181", "OP9", date(2006, 12, 20))
    assert kin.differs == (WordDifference("sixty-third", "sixty-second"),)
    (record,) = answer_record(with_copy.ask("comprehensive discussion on the subject"))["quotes"][
        0
    ]["kin"]
    assert record["differs"] == [{"here": "sixty-third", "there": "sixty-second"}]


@pytest.mark.parametrize(
    ("question", "symbols"),
    [
        pytest.param("comprehensive discussion on the subject", ["A/RES/62/999"], id="the newest"),
        pytest.param(
            "comprehensive discussion on the subject at its sixty-third session",
            ["A/RES/62/999"],
            id="the session that is asked for",
        ),
        pytest.param(
            "comprehensive discussion at the 62nd session and at the 63rd session",
            ["A/RES/61/181", "A/RES/62/999"],
            id="both sessions",
        ),
        pytest.param(
            "comprehensive discussion in the resolutions of 2006 and 2007",
            ["A/RES/61/181", "A/RES/62/999"],
            id="both years",
        ),
    ],
)
def test_kin_are_answers_of_their_own_where_the_difference_is_asked(
    question: str, symbols: list[str], with_copy: Assistant
) -> None:
    quotes = with_copy.retrieve(question, k=20)
    assert sorted(one.symbol for one in quotes if one.label == "OP9") == symbols


def test_no_two_quotations_of_a_search_have_one_wording(with_copy: Assistant) -> None:
    hits = with_copy.retrieve("crime prevention", k=100)
    labels = [one.label for one in hits if one.kind is not Kind.NOTE]
    assert sorted(labels) == sorted(
        {f"OP{at}" for at in range(1, 10)} | {f"PP{at}" for at in range(1, 8)}
    )


def test_a_filter_that_leaves_only_the_older_copy_shows_it(with_copy: Assistant) -> None:
    (first, *_) = with_copy.ask(
        "voluntary contributions in direct support", filters=Filters(until=2006)
    ).quotes
    assert (first.symbol, first.label) == ("A/RES/61/181", "OP8")
    assert [(one.symbol, one.label) for one in first.same_wording] == [("A/RES/62/999", "OP8")]


def test_a_copy_that_is_named_is_the_one_quoted(with_copy: Assistant) -> None:
    (one,) = with_copy.ask("61/181 OP8").quotes
    assert (one.symbol, one.label) == ("A/RES/61/181", "OP8")
    assert [same.symbol for same in one.same_wording] == ["A/RES/62/999"]


def test_each_copy_is_quoted_in_its_own_words(with_copy: Assistant) -> None:
    (new,) = with_copy.ask("62/999 OP9").quotes
    (old,) = with_copy.ask("61/181 OP9").quotes
    assert "at its sixty-third session" in new.text
    assert "at its sixty-second session" in old.text


def test_the_record_of_an_answer_names_the_copies(with_copy: Assistant) -> None:
    record = answer_record(with_copy.ask("62/999 OP8"), "a")
    assert record["id"] == "a"
    assert record["quotes"][0]["same_wording"] == [
        {"symbol": "A/RES/61/181", "label": "OP8", "adopted": "2006-12-20"}
    ]


def test_notes_that_name_different_documents_are_no_copies(assistant: Assistant) -> None:
    (note,) = assistant.ask("61/181 FN6").quotes
    assert note.text == "A/61/179."
    assert note.same_wording == ()


def test_paragraphs_of_the_seeds_are_no_copies_of_each_other(assistant: Assistant) -> None:
    for passage in assistant.corpus.passages:
        if passage.kind is not Kind.NOTE:
            assert assistant.corpus.copies.of(passage.row) == (), passage.label
