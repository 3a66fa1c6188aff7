"""Typed citations: the documents and places that they name, and that nothing is read by halves."""

import csv
import itertools
from pathlib import Path

import pytest

from qa import Assistant, RefusalKind
from qa.answering.quotation import quote
from qa.question.question import RequestedPinpoint
from qa.question.read import read_question
from qa.resolutions.cite.citation_format import spaced_symbol
from qa.resolutions.cite.typed_pinpoints import label_of
from qa.resolutions.model import Kind

CASES = Path(__file__).parent / "cases" / "typed-citations.tsv"
ORGANS = {
    "S.C. Res. {n}": (1326, 1700, 2101),
    "SC res {n}": (1326, 1700, 2101),
    "S/RES/{n}": (1326, 1700, 2101),
    "UNSCR {n}": (1326, 1700, 2101),
    "Security Council resolution {n} (2050)": (1326, 99),
    "resolution {n} of 2000": (1326, 99),
    "G.A. Res. 60/{n}": (1, 25, 300),
    "GA Res {n} (1974)": (3320, 3281),
    "A / RES / 60 / {n}": (1, 25),
    "https://undocs.org/en/A/RES/60/{n}": (1, 25),
    "A/RES/61/181/Add.{n}": (1, 2),
    "WHA66.{n}": (1, 10),
    "decision {n}/CP.21": (1, 4),
    "ESCAP resolution 71/{n}": (1, 4),
    "CND 58/{n}": (3, 4),
    "Commission on Narcotic Drugs resolution 58/{n}": (3, 4),
    "UNEP/EA.2/Res.{n}": (3, 14),
    "UNESCO 37 C/Resolution {n}": (3, 14),
    "IMO resolution A.{n}(30)": (1110, 1111),
    "PACE Resolution {n}": (2299, 2300),
    "OAS AG/RES. {n}": (2908, 2909),
    "Directive {n}/46/EC": (95, 96),
    "Case C-{n}/12": (131, 132),
    "Regulation (EU) 2016/{n}": (679, 680),
    "Paris Agreement": ("",),
    "Vienna Convention on the Law of Treaties": ("",),
    "Charter of the United Nations": ("",),
    "HRC decision 17/{n}": (119, 120),
    "E.S.C. Res. 1996/{n}": (31, 32),
    "Human Rights Committee, General Comment No. {n}": (34, 35),
    "ICJ Reports 1971, p. {n}": (16, 17),
}
STYLES = (
    *("{d}, ¶ 8", "{d}, para. 4", "{d} OP3", "paragraph 4 of {d}", "op. para. 2, {d}"),
    *("{d}, paras. 1-2", "{d}, preamble, para. 3", "third preambular paragraph of {d}"),
    *("{d}, § 2", "{d}, Abs. 1", "{d}, párr. 5", "n. 3 of {d}", "{d}, at para 6", "see {d}, ¶ 1"),
)


def _rows() -> list[dict[str, str]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _written(place: RequestedPinpoint) -> str:
    locator = place.locator
    within = ", ".join(locator.within)
    if locator.number is None:
        words = within or f"all {locator.kind.value}"
    else:
        has_label = locator.number >= 1 and locator.kind is not Kind.ANNEX
        label = (
            label_of(locator)
            if has_label
            else f"{locator.kind.value} {locator.number}{locator.path}"
        )
        kind = "unnumbered " if locator.is_unnumbered else ""
        words = f"{within} {kind}{label}".strip() + ("…" if locator.goes_on else "")
        words += f" [{locator.times}]" if locator.times else ""
    return f"{place.symbol} {words}"


def _read(typed: str) -> dict[str, str]:
    question = read_question(typed)
    return {
        "typed": typed,
        "symbols": "; ".join(question.symbols),
        "places": "; ".join(map(_written, question.places)),
        "unread": question.unread,
    }


def test_every_typed_citation_of_the_table_is_read() -> None:
    wanted = [
        {name: row[name] for name in ("typed", "symbols", "places", "unread")} for row in _rows()
    ]
    found = [_read(row["typed"]) for row in wanted]
    assert [pair for pair in zip(found, wanted, strict=True) if pair[0] != pair[1]] == []


def test_a_document_is_named_once() -> None:
    question = read_question("S/PRST/2009/1, annex, fifth paragraph")
    assert question.symbols == ("S/PRST/2009/1",)
    assert question.printed_place == "annex, fifth paragraph"


def _not_loaded() -> list[str]:
    documents = [organ.format(n=number) for organ, numbers in ORGANS.items() for number in numbers]
    return [style.format(d=document) for style, document in itertools.product(STYLES, documents)]


@pytest.mark.slow
def test_no_paragraph_of_a_document_that_is_not_named(assistant: Assistant) -> None:
    quoted = [typed for typed in _not_loaded() if assistant.ask(typed).quotes]
    assert quoted == []


@pytest.mark.parametrize(
    "typed", ["S.C. Res. 1326, ¶ 8", "decision 1/CP.21", "Paris Agreement, ¶ 1"]
)
def test_what_follows_a_document_that_is_not_loaded_is_asked_of_it(
    typed: str, assistant: Assistant
) -> None:
    before = assistant.ask("61/181 OP6")
    unknown = assistant.ask(typed, previous=before)
    after = assistant.ask("paragraph 4 of that resolution", previous=unknown)
    assert unknown.quotes == after.quotes == ()
    assert after.refusal is not None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        pytest.param("A/RES/61/181, p. 3", "“p. 3” is a page", id="a page"),
        pytest.param("A/RES/61/181, line 3", "“line 3” was not understood", id="a line"),
        pytest.param("Paris Agreement, para. 4", "“Paris Agreement” is not", id="a treaty"),
        pytest.param("61/181, annex II, para. 6", "has no annex II, para. 6", id="no such annex"),
    ],
)
def test_what_is_not_understood_is_said(typed: str, message: str, assistant: Assistant) -> None:
    answer = assistant.ask(typed)
    assert answer.refusal is not None
    assert answer.refusal.kind is RefusalKind.NO_SUCH_PARAGRAPH
    assert message in answer.refusal.message


def test_a_wrong_day_is_corrected(assistant: Assistant) -> None:
    answer = assistant.show("General Assembly resolution 61/181 of 20 December 2007, para. 6")
    assert [quote.label for quote in answer.quotes] == ["OP6"]
    assert (
        answer.message == "A/RES/61/181 was adopted on 20 December 2006, not on 20 December 2007."
    )


@pytest.mark.parametrize(
    "typed",
    [
        "https://docs.un.org/en/A/RES/61/181",
        "https://documents.un.org/doc/undoc/gen/n06/505/29/pdf/n0650529.pdf",
        "{{UN document |docid=A-RES-61-181 |type=Resolution |session=61 |accessdate=2007-10-31}}",
        "See UN General Assembly Res. 61/181.",
        "Résolution 61/181 de l'Assemblée générale",
    ],
)
def test_a_citation_of_a_document_opens_it(typed: str, assistant: Assistant) -> None:
    labels = [quote.label for quote in assistant.show(typed).quotes]
    assert labels == [f"OP{number}" for number in range(1, 10)]


def test_a_quotation_has_the_citation_of_its_place(collection_assistant: Assistant) -> None:
    corpus = collection_assistant.corpus
    for symbol in ("S/PRST/2016/1", "A/RES/77/262", "S/RES/1512(2003)", "A/RES/74/280"):
        places = corpus.printed_places(symbol)
        for passage in corpus.passages_of(symbol):
            expected = f"{spaced_symbol(symbol)}, {places[passage.label].words}"
            assert quote(corpus, passage).citation == expected
