"""A conversation is one state, carried from turn to turn."""

import json
from collections.abc import Iterator, Sequence

import pytest
from conversations import cited, talk

from qa import Answer, Assistant, RefusalKind
from qa.errors import InputError
from qa.question.conversation import NO_CONVERSATION, ConversationState
from qa.question.read import read_question
from qa.question.restriction import NO_RESTRICTION, Restriction
from qa.question.turns import INHERITS, TurnKind
from qa.resolutions.model import Kind
from qa.resolutions.periods import Period


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("ok great, thanks a lot!", TurnKind.THANKS, id="thanks"),
        pytest.param("Good morning", TurnKind.GREET, id="greeting"),
        pytest.param("what can you do?", TurnKind.HELP, id="help"),
        pytest.param("let's start over", TurnKind.CLEAR, id="clear"),
        pytest.param("how should I cite that in my thesis?", TurnKind.CITE, id="cite"),
        pytest.param("could you give me the BibTeX entry", TurnKind.CITE, id="form of citation"),
        pytest.param("where can I download the full text?", TurnKind.LINK, id="link"),
        pytest.param("show it in Arabic please", TurnKind.TRANSLATE, id="language"),
        pytest.param("that's too long", TurnKind.SHORTEN, id="shorter"),
        pytest.param("open the whole resolution", TurnKind.SHOW_DOCUMENT, id="whole"),
        pytest.param("let me see the fourth one", TurnKind.ORDINAL, id="ordinal"),
        pytest.param("show me five more", TurnKind.MORE, id="more"),
        pytest.param("anything else on this?", TurnKind.MORE, id="anything else"),
        pytest.param("what's the difference between them", TurnKind.COMPARE, id="compare"),
        pytest.param("which of the two is older?", TurnKind.AGE, id="older of two"),
        pytest.param("was there a previous one?", TurnKind.EARLIER, id="earlier"),
        pytest.param("has it been renewed since?", TurnKind.LATER, id="later"),
        pytest.param("and the most recent version?", TurnKind.NEWEST, id="newest"),
        pytest.param("just the Human Rights Council", TurnKind.NARROW, id="only a body"),
        pytest.param("restrict it to 2010 to 2015", TurnKind.NARROW, id="only a period"),
        pytest.param("remove the date filter", TurnKind.WIDEN, id="filter dropped"),
        pytest.param("how about the year after?", TurnKind.TIME, id="relative year"),
        pytest.param("and at the 74th session?", TurnKind.TIME, id="session"),
        pytest.param("what did ECOSOC say?", TurnKind.BODY, id="body"),
        pytest.param("sorry, I was asking about fisheries", TurnKind.CORRECTION, id="correction"),
        pytest.param("Who is asked to report on piracy?", TurnKind.OTHER, id="a question"),
        pytest.param("Which States thanked the Committee?", TurnKind.OTHER, id="not thanks"),
        pytest.param(
            "the translation of treaties into Arabic", TurnKind.OTHER, id="not a language"
        ),
        pytest.param("links between crime and terrorism", TurnKind.OTHER, id="not a link"),
        pytest.param("compare 61/181 and 56/123", TurnKind.OTHER, id="two documents named"),
    ],
)
def test_turns_are_recognised_by_their_words(text: str, kind: TurnKind) -> None:
    assert read_question(text).refers.kind is kind


def test_every_kind_of_turn_has_a_rule_of_what_it_keeps() -> None:
    assert set(INHERITS) == set(TurnKind)


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        pytest.param(
            ["paragraphs 3 to 5 of 61/181", "the second one"], ["61/181 OP4"], id="second"
        ),
        pytest.param(["paragraphs 3 to 5 of 61/181", "#3"], ["61/181 OP5"], id="number"),
        pytest.param(["paragraphs 3 to 5 of 61/181", "the last one"], ["61/181 OP5"], id="last"),
        pytest.param(
            ["paragraphs 3 to 5 of 61/181", "the second one", "and the third"],
            ["61/181 OP5"],
            id="an ordinal counts in the list before it",
        ),
        pytest.param(
            ["paragraphs 3 to 5 of 61/181", "the second one", "the paragraph before it"],
            ["61/181 OP3"],
            id="before an ordinal",
        ),
        pytest.param(
            ["61/181 OP6", "thanks", "and paragraph 7?"],
            ["61/181 OP7"],
            id="thanks changes nothing",
        ),
        pytest.param(
            ["61/181 OP6", "unicorns", "and paragraph 7?"], ["61/181 OP7"], id="after a refusal"
        ),
    ],
)
def test_what_was_shown_can_be_referred_to(
    turns: list[str], expected: list[str], assistant: Assistant
) -> None:
    assert cited(talk(assistant, *turns)) == expected


@pytest.mark.parametrize(
    ("turns", "action", "says"),
    [
        pytest.param(["61/181 OP6", "cite it"], "cite", "A/RES/61/181, para. 6 (20 Dec", id="cite"),
        pytest.param(["61/181 OP6", "in OSCOLA"], "cite", "UNGA Res 61/181 (20", id="a form"),
        pytest.param(["61/181", "give me the link"], "link", "docs.un.org/en/A/RES/61", id="link"),
        pytest.param(
            ["61/181 OP6", "in French"], "translate", "docs.un.org/fr/A/RES/61", id="language"
        ),
        pytest.param(["61/181 OP6", "thanks"], "thanks", "welcome", id="thanks"),
        pytest.param(["61/181 OP6", "start over"], "clear", "cleared", id="clear"),
        pytest.param(["hello"], "greet", "Hello", id="greeting"),
    ],
)
def test_an_act_is_no_search(
    turns: list[str], action: str, says: str, assistant: Assistant
) -> None:
    answer = talk(assistant, *turns)
    assert answer.action == action
    assert answer.refusal is None
    assert says in answer.message


def test_shorter_shows_less_and_marks_what_is_left_out(assistant: Assistant) -> None:
    several = talk(assistant, "61/181", "shorter")
    assert cited(several) == ["61/181 OP1"]
    whole = talk(assistant, "61/181 OP6").quotes[0].text
    short = talk(assistant, "61/181 OP6", "shorter").quotes[0].text
    assert short.endswith(" [...]")
    assert whole.startswith(short.removesuffix(" [...]"))


@pytest.mark.parametrize(
    "turn", ["the second one", "more", "the earlier one", "cite it", "the whole document", "newest"]
)
def test_a_turn_that_refers_to_nothing_is_refused(turn: str, assistant: Assistant) -> None:
    for previous in (None, NO_CONVERSATION, talk(assistant, "61/181 OP6", "clear")):
        answer = assistant.ask(turn, previous=previous)
        assert answer.refusal is not None
        assert answer.refusal.kind is RefusalKind.NOT_A_QUESTION


def test_an_ordinal_beyond_the_list_is_refused_with_its_length(assistant: Assistant) -> None:
    answer = talk(assistant, "paragraphs 3 to 5 of 61/181", "the ninth one")
    assert answer.refusal is not None
    assert "3 quotations" in answer.refusal.message


def in_json(state: ConversationState) -> ConversationState:
    """The state as a program gets it back that has sent it as JSON."""
    return ConversationState.from_record(json.loads(json.dumps(state.record())))


CONVERSATIONS: Sequence[Sequence[str]] = (
    ["Who should report at the 62nd session?", "only 2006", "the first one", "cite it", "more"],
    ["What does 61/181 say about corruption?", "and 56/123?", "compare the two", "shorter"],
    ["61/181 OP6", "unicorns", "next", "in Spanish", "the whole text", "clear"],
)


@pytest.mark.parametrize("turns", CONVERSATIONS)
def test_a_conversation_is_the_same_through_json(
    turns: Sequence[str], assistant: Assistant
) -> None:
    direct = NO_CONVERSATION
    sent = NO_CONVERSATION
    for turn in turns:
        first = assistant.ask(turn, previous=direct)
        second = assistant.ask(turn, previous=in_json(sent))
        assert (cited(first), first.understood) == (cited(second), second.understood)
        direct, sent = first.conversation, second.conversation
        assert direct == sent == in_json(sent)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param({"plan": "61/181"}, id="a string for a question"),
        pytest.param({"turns": "3"}, id="a string for a number"),
        pytest.param({"nothing": 1}, id="an unknown field"),
        pytest.param({"documents": ["A/RES/61/181"] * 5000}, id="too many"),
        pytest.param({"restriction": {"kinds": ["NO_KIND"]}}, id="an unknown kind"),
        pytest.param({"restriction": {"adopted": {"since": "yesterday"}}}, id="no date"),
        pytest.param({"plan": {"text": "x" * 100_000}}, id="too long"),
        pytest.param([1, 2], id="a list"),
        pytest.param({"plan": {"text": "x", "fields": ["__class__"]}}, id="an unknown field of it"),
        pytest.param({"topic": {"text": "x", "values": [["_", "1"]]}}, id="an unknown value"),
    ],
)
def test_a_record_that_is_no_state_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(InputError):
        ConversationState.from_record(record)


@pytest.mark.slow
def test_a_conversation_of_200_turns_stays_small(assistant: Assistant) -> None:
    answer: Answer | None = None
    for turn in range(200):
        answer = assistant.ask(
            ("61/181", "the second one", "next", "unicorns", "thanks")[turn % 5], previous=answer
        )
    assert answer is not None
    assert answer.conversation.turns == 200
    assert len(json.dumps(answer.conversation.record())) < 10_000


TOPICS = (
    "protection of civilians",
    "rights of the child",
    "terrorism",
    "violence against women",
    "sanctions",
    "climate change",
    "peacekeeping",
    "human rights",
    "disarmament",
    "sustainable development",
)
RESTRICTIONS: Sequence[tuple[Sequence[str], Restriction]] = (
    (["only 2006"], Restriction(adopted=Period.of_year(2006))),
    (["only the Security Council"], Restriction(bodies=frozenset({"S"}))),
    (["just the General Assembly please"], Restriction(bodies=frozenset({"A"}))),
    (["restrict it to operative paragraphs"], Restriction(kinds=frozenset({Kind.OPERATIVE}))),
    (["only since 2015", "more"], Restriction(adopted=Period.of_year(2015).onwards)),
    (
        ["only the Council", "and before 2010?"],
        Restriction(bodies=frozenset({"S"}), adopted=Period.of_year(2010).before),
    ),
    (
        ["only preambular paragraphs", "only the Assembly", "more"],
        Restriction(bodies=frozenset({"A"}), kinds=frozenset({Kind.PREAMBULAR})),
    ),
    (["what about the Human Rights Council?"], Restriction(bodies=frozenset({"HRC"}))),
    (["and in 2004?", "shorter"], Restriction(adopted=Period.of_year(2004))),
    (
        ["limit this to 2000 to 2005", "unicorns and griffins only", "the first one"],
        Restriction(adopted=Period.of_year(2000).through(Period.of_year(2005))),
    ),
)


def places(answer: Answer) -> Iterator[tuple[str, Kind | None]]:
    """Every document that an answer shows, with the kind of the passage."""
    quotes = (*answer.quotes, *(answer.refusal.nearest if answer.refusal else ()))
    for quote in quotes:
        yield quote.symbol, quote.kind
        copies = [copy.symbol for copy in quote.same_wording] + [kin.symbol for kin in quote.kin]
        for symbol in copies:
            yield symbol, None
    for fact in answer.facts:
        yield fact.symbol, None


@pytest.mark.parametrize("topic", TOPICS)
def test_nothing_outside_a_typed_restriction_is_shown(
    topic: str, collection_assistant: Assistant
) -> None:
    corpus = collection_assistant.corpus
    shown = 0
    for turns, restriction in RESTRICTIONS:
        state = collection_assistant.ask(topic).conversation
        for turn in turns:
            answer = collection_assistant.ask(turn, previous=state)
            state = answer.conversation
            for symbol, kind in places(answer):
                masthead = corpus.masthead(symbol)
                assert masthead is not None
                if turn is turns[-1]:
                    assert restriction.allows(
                        symbol, masthead.body.value, masthead.session, masthead.adopted, kind
                    ), (turns, symbol)
                    shown += 1
    assert shown > 0


def test_what_most_of_the_first_quotations_are_from_is_spoken_of(assistant: Assistant) -> None:
    answer = assistant.ask("juvenile justice", top=20)
    assert answer.conversation.focus == answer.quotes[0].symbol


def test_all_resolutions_on_the_topic_are_listed(assistant: Assistant) -> None:
    answer = talk(assistant, "juvenile justice", "list all the resolutions on it")
    assert "juvenile justice" in answer.understood
    assert answer.plan is not None
    assert answer.plan.documents is not None
    assert answer.plan.documents.topic == "juvenile justice"


def test_a_filter_is_dropped_on_request_and_by_a_new_topic(assistant: Assistant) -> None:
    narrowed = talk(assistant, "juvenile justice", "only 2001")
    assert {one.symbol for one in narrowed.quotes} == {"A/RES/56/123"}
    assert "2001" in narrowed.understood
    dropped = assistant.ask("clear the filters", previous=narrowed)
    assert dropped.conversation.restriction == NO_RESTRICTION
    other = assistant.ask("What does 61/181 say about corruption?", previous=narrowed)
    assert other.conversation.restriction == NO_RESTRICTION


def test_a_follow_up_to_a_list_of_many_names_those_that_are_kept(
    collection_assistant: Assistant,
) -> None:
    listed = collection_assistant.ask("List all resolutions of the General Assembly")
    assert listed.total is not None
    assert listed.total > 50
    assert len(json.dumps(listed.conversation.record())) < 20_000
    second = collection_assistant.ask("the second one", previous=listed)
    assert second.quotes[0].symbol == listed.facts[1].symbol
    oldest = collection_assistant.corpus.masthead(listed.facts[-1].symbol)
    assert oldest is not None
    assert oldest.adopted is not None
    only = collection_assistant.ask(f"only {oldest.adopted.year}", previous=listed)
    assert only.total is not None
    assert 0 < only.total < listed.total
    beyond = collection_assistant.ask("the 99th one", previous=listed)
    assert beyond.refusal is not None
    assert beyond.refusal.kind is RefusalKind.NOT_A_QUESTION
