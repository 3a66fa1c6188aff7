"""Places in texts with lists, sections, notes and no number at all; several documents at once."""

import pytest

from embeddings.model.encoder import Encoder
from qa import Assistant, Quote, RefusalKind
from qa.answering.lookup import count_in_words
from qa.corpus.corpus import Corpus
from qa.indexing.build import build
from qa.resolutions.model import Kind

# Six texts: one more than a paragraph without a symbol is shown from all of.
TEXTS = {
    "61/301": (
        "\tRecalling one,\n"
        "\t1.\tDecides:\n\t(a)\tTo meet:\n\t(i)\tIn Vienna;\n\t(ii)\tIn Geneva;\n\t(b)\tTo report;\n"
        "\t2.\tRequests more."
    ),
    "61/302": "\tRecalling two,\n\tDecides to admit Montenegro to membership.",
    "61/303": (
        "\t1.\tDecides one thing;\n\n\tII\n\n\t1.\tDecides another thing;\n\t2.\tDecides a third."
    ),
    "61/304": "\t1.\tUrges all States to plant trees.",
    "61/305": "\t1.\tInvites all States to keep bees.",
    "61/306": "\t1.\tRequests the Secretary-General to count birds.",
}


def cited(quotes: tuple[Quote, ...]) -> list[str]:
    return [f"{one.symbol.removeprefix('A/RES/')} {one.label}" for one in quotes]


@pytest.fixture(scope="module")
def many(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("many")
    for day, (symbol, body) in enumerate(TEXTS.items(), start=3):
        (folder / f"{symbol.replace('/', '_')}.txt").write_text(
            f"Resolution adopted by the General Assembly on {day} May 2007\n"
            f"{symbol}.\tText {symbol}\n\n\tThe General Assembly,\n{body}\n\n"
            f"90th plenary meeting\n{day} May 2007\n",
            encoding="ascii",
        )
    build([folder], folder / "index", load_encoder=lambda: encoder)
    return Assistant(Corpus.open(folder / "index"), lambda: encoder)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param(
            "61/301 OP1",
            [
                "61/301 OP1",
                "61/301 OP1(a)",
                "61/301 OP1(a)(i)",
                "61/301 OP1(a)(ii)",
                "61/301 OP1(b)",
            ],
            id="a paragraph brings its list",
        ),
        pytest.param(
            "61/301 OP1(a)",
            ["61/301 OP1(a)", "61/301 OP1(a)(i)", "61/301 OP1(a)(ii)"],
            id="an item brings its own list",
        ),
        pytest.param("paragraph 1 (b) of 61/301", ["61/301 OP1(b)"], id="an item, as printed"),
        pytest.param("para 1 (a) (ii) of 61/301", ["61/301 OP1(a)(ii)"], id="an item of an item"),
        pytest.param("61/301 OP2", ["61/301 OP2"], id="the next paragraph is not drawn in"),
        pytest.param("last paragraph of 61/301", ["61/301 OP2"], id="last"),
        pytest.param("61/302 OP1", ["61/302 OP1"], id="the sole one, unnumbered"),
        pytest.param("first preambular paragraph of 61/302", ["61/302 PP1"], id="preamble"),
        pytest.param("61/303 OP2", ["61/303 sect. II OP2"], id="in a section"),
        pytest.param(
            "61/304 OP1 and 61/305 OP1", ["61/304 OP1", "61/305 OP1"], id="as many as are named"
        ),
        pytest.param(
            "61/306 OP1, 61/304 OP1", ["61/306 OP1", "61/304 OP1"], id="in the order asked for"
        ),
        pytest.param("61/304 OP1, OP1, para 1", ["61/304 OP1"], id="once, however often named"),
    ],
)
def test_places(typed: str, expected: list[str], many: Assistant) -> None:
    assert cited(many.ask(typed).quotes) == expected


def test_one_place_of_two_documents(many: Assistant) -> None:
    quotes = many.ask("OP1 of 61/304 and of 61/305").quotes
    assert cited(quotes) == ["61/304 OP1", "61/305 OP1"]


def test_an_item_is_shown_with_what_introduces_it(many: Assistant) -> None:
    (item,) = many.ask("61/301 OP1(b)").quotes
    assert (item.text, item.chapeau) == ("To report;", "Decides:")
    assert item.citation == "A/RES/61/301, para. 1 (b)"
    (inner,) = many.ask("61/301 OP1(a)(i)").quotes
    assert (inner.text, inner.chapeau) == ("In Vienna;", "Decides: To meet:")


def test_the_sole_unnumbered_paragraph_is_not_called_paragraph_one(many: Assistant) -> None:
    (sole,) = many.ask("61/302 OP1").quotes
    assert sole.citation == "A/RES/61/302, sole operative paragraph"


def test_a_number_that_two_sections_have_gives_both(many: Assistant) -> None:
    assert cited(many.ask("61/303 OP1").quotes) == ["61/303 OP1", "61/303 sect. II OP1"]


def test_among_many_texts_a_paragraph_needs_its_document(many: Assistant) -> None:
    answer = many.ask("paragraph 1")
    assert answer.refusal is not None
    assert answer.refusal.kind is RefusalKind.NO_SUCH_PARAGRAPH
    assert "add its symbol" in answer.refusal.message


@pytest.mark.parametrize(
    ("typed", "expected", "misses"),
    [
        pytest.param(
            "paragraph 2 and 3 of 61/301",
            ["61/301 OP2"],
            ["A/RES/61/301 has two operative paragraphs; there is no paragraph 3."],
            id="one is there, one is not",
        ),
        pytest.param(
            "OP9 of 61/301 and OP1 of 61/304",
            ["61/304 OP1"],
            ["A/RES/61/301 has two operative paragraphs; there is no paragraph 9."],
            id="of two documents",
        ),
    ],
)
def test_what_is_there_is_quoted_and_what_is_not_is_told(
    typed: str, expected: list[str], misses: list[str], many: Assistant
) -> None:
    answer = many.ask(typed)
    assert answer.answered
    assert cited(answer.quotes) == expected
    for miss in misses:
        assert miss in answer.message


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("61/304 OP2", "one operative paragraph; there is no paragraph 2", id="one"),
        pytest.param("61/304 PP1", "no preambular paragraphs; there is no first one", id="none"),
        pytest.param("61/304 FN1", "no notes; there is no note 1", id="no notes"),
        pytest.param("61/301 OP1(c)", "there is no paragraph 1(c)", id="no such item"),
        pytest.param(
            "penultimate paragraph of 61/304", "has one operative paragraph", id="before one"
        ),
    ],
)
def test_a_place_that_is_not_there(typed: str, says: str, many: Assistant) -> None:
    refusal = many.ask(typed).refusal
    assert refusal is not None
    assert refusal.kind is RefusalKind.NO_SUCH_PARAGRAPH
    assert says in refusal.message


@pytest.mark.parametrize(
    ("count", "kind", "expected"),
    [
        pytest.param(0, Kind.NOTE, "no notes", id="none"),
        pytest.param(1, Kind.OPERATIVE, "one operative paragraph", id="one"),
        pytest.param(
            12, Kind.PREAMBULAR, "twelve preambular paragraphs", id="in words up to twelve"
        ),
        pytest.param(13, Kind.OPERATIVE, "13 operative paragraphs", id="then in digits"),
    ],
)
def test_counts_in_words(count: int, kind: Kind, expected: str) -> None:
    assert count_in_words(count, kind) == expected


# The two texts that come with Operative


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("paragraph 12", ["56/123 OP12"], id="only one text has it"),
        pytest.param("last paragraph of both", ["61/181 OP9", "56/123 OP21"], id="last of both"),
        pytest.param("OP1 of the 2001 resolution", ["56/123 OP1"], id="a document by its year"),
        pytest.param(
            "Where is the Bangkok Declaration mentioned, and where is its text?",
            ["61/181 PP6", "61/181 FN4"],
            id="a paragraph with the note it points to",
        ),
        pytest.param("Where is 55/25 cited?", ["56/123 PP6", "61/181 FN1"], id="where it is cited"),
    ],
)
def test_places_of_the_seeds(typed: str, expected: list[str], assistant: Assistant) -> None:
    found = cited(assistant.ask(typed).quotes)
    assert found[: len(expected)] == expected


def test_a_place_of_the_earlier_resolution(assistant: Assistant) -> None:
    assert cited(assistant.ask("OP1 of the earlier resolution").quotes) == ["56/123 OP1"]


SHAPES = {
    Kind.OPERATIVE: (
        "quote me {n} op{k} please",
        "GA res {n}, operative clause {k}",
        "§ {k} of {n}",
    ),
    Kind.PREAMBULAR: ("PP {k} in resolution {n}", "{n}, recital {k}", "a/res/{n} pp. {k}"),
    Kind.NOTE: ("what is note {k} of A/RES/{n}?", "{n} fn. {k}", "the note numbered {k} in {n}"),
}


@pytest.mark.parametrize("kind", list(SHAPES), ids=lambda kind: kind.value)
def test_every_paragraph_in_more_typed_shapes(kind: Kind, assistant: Assistant) -> None:
    passages = [one for one in assistant.corpus.passages if one.kind is kind]
    assert passages
    wrong = []
    for one in passages:
        number = one.symbol.removeprefix("A/RES/")
        for shape in SHAPES[kind]:
            typed = shape.format(n=number, k=one.number)
            if cited(assistant.ask(typed).quotes) != [f"{number} {one.label}"]:
                wrong.append(typed)
    assert wrong == []
