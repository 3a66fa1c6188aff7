"""A question that names a paragraph gets exactly that paragraph, however it is typed."""

import pytest

from qa.answer import RefusalKind
from qa.assistant import Assistant
from qa.resolutions.cite.numbers import ORDINALS, ordinal

SIXTH = ["A/RES/61/181 OP6"]


def quoted(assistant: Assistant, question: str) -> list[str]:
    return [f"{one.symbol} {one.label}" for one in assistant.ask(question).quotes]


@pytest.mark.parametrize(
    "typed",
    [
        "61/181 OP6",
        "61/181 op6",
        "61/181, OP 6",
        "61/181 para 6",
        "res 61-181 para 6",
        "GA resolution 61-181, paragraph 6",
        "A/RES/61/181 paragraph 6",
        "a/res/61/181 op 6",
        "ARES/61/181 para. 6",
        "A-RES-61-181 OP6",
        "A_RES_61_181.txt para 6",
        "UNGA Res. 61/181, ¶ 6",
        "UNGA Res 61/181 (20 December 2006) UN Doc A/RES/61/181, para 6",
        "G.A. Res. 61/181, ¶ 6, U.N. Doc. A/RES/61/181 (Mar. 8, 2007)",
        "OP6 61/181",
        "OP 6 of A/RES/61/181",
        "op. para. 6 of 61/181",
        "operative paragraph 6 of resolution 61/181",
        "paragraph 6 of resolution 61/181",
        "paragraph six of 61/181",
        "the sixth operative paragraph of 61/181",
        "6th paragraph of 61/181",
        "operative clause 6 of A/RES/61/181",
        "What does the 6th operative paragraph of General Assembly resolution 61/181 say?",
        "https://docs.un.org/en/A/RES/61/181 para 6",
        "https://undocs.org/en/A/RES/61/181, paragraph 6",
        "résolution 61/181 de l’Assemblée générale, paragraphe 6",
        "Que dit le paragraphe 6 de la résolution 61/181 ?",
        "¿Qué dice el párrafo 6 de la resolución 61/181?",
        "Resolution 61/181 der Generalversammlung, Ziffer 6",
        "пункт 6 резолюции 61/181",
        "第61/181号决议第6段",
        "الفقرة 6 من القرار 61/181",
        "الفقرة ٦ من القرار ٦١/١٨١",
        "６１/１８１ OP６",
        "  61/181\u00a0OP6  ",
    ],
)
def test_the_sixth_paragraph_in_every_shape(typed: str, assistant: Assistant) -> None:
    assert quoted(assistant, typed) == SIXTH


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("paragraphs 16 to 18 of 56/123", ["56/123 OP16", "56/123 OP17", "56/123 OP18"]),
        ("56/123 OP16-18", ["56/123 OP16", "56/123 OP17", "56/123 OP18"]),
        ("paras. 8 and 15–16 of 56/123", ["56/123 OP8", "56/123 OP15", "56/123 OP16"]),
        ("56/123, OPs 8, 15 & 17", ["56/123 OP8", "56/123 OP15", "56/123 OP17"]),
        ("third preambular paragraph of A/RES/61/181", ["61/181 PP3"]),
        ("61/181 PP3", ["61/181 PP3"]),
        ("preambular paragraph 3 of 61/181", ["61/181 PP3"]),
        ("third paragraph of the preamble of 61/181", ["61/181 PP3"]),
        ("last preambular paragraph of 56/123", ["56/123 PP12"]),
        ("the final paragraph of 61/181", ["61/181 OP9"]),
        ("last two paragraphs of 56/123", ["56/123 OP20", "56/123 OP21"]),
        ("penultimate paragraph of 56/123", ["56/123 OP20"]),
        ("second last operative paragraph of 56/123", ["56/123 OP20"]),
        ("twenty-first operative paragraph of 56/123", ["56/123 OP21"]),
        ("footnote 2 of 61/181", ["61/181 FN2"]),
        ("FN5 of 61/181", ["61/181 FN5"]),
        ("the notes of 56/123", ["56/123 FN1", "56/123 FN2", "56/123 FN3"]),
        ("OP3 of 61/181 and OP4 of 56/123", ["61/181 OP3", "56/123 OP4"]),
        ("PP1 and OP1 of 61/181", ["61/181 PP1", "61/181 OP1"]),
        ("First operative paragraph of each of the two resolutions", ["61/181 OP1", "56/123 OP1"]),
        ("paragraph 4 of the 2001 resolution", ["56/123 OP4"]),
        ("para 6", ["61/181 OP6", "56/123 OP6"]),
    ],
)
def test_ranges_ordinals_notes_and_both(
    typed: str, expected: list[str], assistant: Assistant
) -> None:
    assert quoted(assistant, typed) == [f"A/RES/{one}" for one in expected]


SHAPES = {
    "OP": ("{n} OP{k}", "res {n} para {k}", "paragraph {k} of A/RES/{n}", "{n}, ¶ {k}",
           "the {o} operative paragraph of {n}", "What does operative paragraph {k} of {n} say?"),
    "PP": ("{n} PP{k}", "preambular paragraph {k} of {n}", "the {o} preambular paragraph of {n}"),
    "FN": ("{n} FN{k}", "footnote {k} of {n}", "note {k} in A/RES/{n}"),
}  # fmt: skip


def test_every_passage_is_found_in_every_shape(assistant: Assistant) -> None:
    wrong = []
    for passage in assistant.corpus.passages:
        number = passage.symbol.removeprefix("A/RES/")
        for shape in SHAPES[passage.label[:2]]:
            typed = shape.format(n=number, k=passage.number, o=ordinal(passage.number or 0))
            if quoted(assistant, typed) != [f"{passage.symbol} {passage.label}"]:
                wrong.append(typed)
    assert wrong == []


def test_every_citation_that_is_printed_is_read_again(assistant: Assistant) -> None:
    for passage in assistant.corpus.passages:
        shown = assistant.ask(f"{passage.symbol} {passage.label}").quotes[0]
        again = assistant.ask(shown.citation).quotes
        assert [(one.symbol, one.label) for one in again] == [(passage.symbol, passage.label)]


@pytest.mark.parametrize(
    ("typed", "kind", "says"),
    [
        ("61/181 OP10", RefusalKind.NO_SUCH_PARAGRAPH, "nine operative paragraphs"),
        ("footnote 7 of 61/181", RefusalKind.NO_SUCH_PARAGRAPH, "six notes"),
        (
            "eighth preambular paragraph of 61/181",
            RefusalKind.NO_SUCH_PARAGRAPH,
            "seven preambular",
        ),
        ("A/RES/56/132 para 2", RefusalKind.NOT_LOADED, "Was A/RES/56/123 meant?"),
        ("60/175 OP1", RefusalKind.NOT_LOADED, "is not loaded"),
        ("S/RES/1325 (2000) OP1", RefusalKind.NOT_LOADED, "S/RES/1325 (2000)"),
    ],
)
def test_a_place_that_is_not_there_is_told_so(
    typed: str, kind: RefusalKind, says: str, assistant: Assistant
) -> None:
    answer = assistant.ask(typed)
    assert answer.quotes == ()
    assert answer.refusal is not None
    assert answer.refusal.kind is kind
    assert says in answer.refusal.message


@pytest.mark.parametrize("number", [1, 3, 12, 19, 20, 21, 40, 99])
def test_ordinals_are_written_as_they_are_read(number: int) -> None:
    assert ORDINALS[ordinal(number)] == number


@pytest.mark.parametrize(
    ("number", "expected"), [(100, "100th"), (101, "101st"), (111, "111th"), (122, "122nd")]
)
def test_ordinals_above_ninety_nine(number: int, expected: str) -> None:
    assert ordinal(number) == expected


@pytest.mark.parametrize(
    "typed", ["77/128[B] OP48", "para 48 of 77/128 [B]", "77/128 B OP48", "a/res/77/128[b] op48"]
)
def test_a_part_is_known_with_brackets_or_without(typed: str, assistant: Assistant) -> None:
    refusal = assistant.ask(typed).refusal
    assert refusal is not None
    assert refusal.kind is RefusalKind.NOT_LOADED
    assert "A/RES/77/128 B is not loaded" in refusal.message


@pytest.mark.parametrize(
    "typed",
    [
        "paragraph 40, on juvenile justice reform, of resolution 61/181",
        "What does section IV, paragraph 5, of resolution 61/181 say about crime prevention?",
        "61/181, annex II, para. 3, on technical assistance",
    ],
)
def test_nothing_nearest_is_said_to_be_a_place_that_does_not_exist(
    typed: str, assistant: Assistant
) -> None:
    answer = assistant.ask(typed)
    assert answer.refusal is not None
    assert answer.refusal.kind is RefusalKind.NO_SUCH_PARAGRAPH
