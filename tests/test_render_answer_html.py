"""Answers as HTML: literal text, exact highlights, a heading for every refusal."""

import re
from collections.abc import Sequence
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest

from qa.answer import Answer, AnswerRoute, Fact, Quote, Refusal, RefusalKind, SameWording
from qa.render.answer_html import (
    SHOWN_QUESTION_CHARACTERS,
    answer_html,
    error_html,
    question_html,
    refusal_html,
)
from qa.render.marked_text import text_runs
from qa.render.plain_text import HEADINGS, quote_text
from qa.render.quote_card import card_html
from qa.render.references import FORMS
from qa.render.templating import RENDER_TEMPLATES
from qa.resolutions.model import Action, Cited, Kind, Source, Span

HOSTILE = "<script>alert(1)</script> & \"quoted\" 'single' <b onmouseover=x>_a_ *b* $x^2$"


def linked(text: str, spans: Sequence[Span] = (), citations: Sequence[Cited] = ()) -> str:
    """A text as the templates print it, its spans marked and its citations linked."""
    return RENDER_TEMPLATES.render("running_text.html", runs=text_runs(text, spans, citations))


def make_quote(**changes: object) -> Quote:
    """A quotation with the fields that a test does not care about."""
    values: dict[str, object] = {
        "symbol": "A/RES/61/181",
        "title": "Strengthening the Programme",
        "adopted": date(2006, 12, 20),
        "label": "OP6",
        "number": 6,
        "kind": Kind.OPERATIVE,
        "text": "Urges all States to sign & ratify;",
        "highlight": (),
        "citation": "A/RES/61/181, para. 6",
        "url": "https://docs.un.org/en/A/RES/61/181",
        "score": 1.0,
        "source": Source(file="/home/someone/A_RES_61_181.txt", sha256="ab" * 32),
        "start": 5_120,
        "end": 5_160,
    }
    return Quote(**{**values, **changes})  # type: ignore[arg-type]


def make_answer(**changes: object) -> Answer:
    """An answer with the fields that a test does not care about."""
    values: dict[str, object] = {"question": "q", "understood": "q", "road": AnswerRoute.LOOK_UP}
    return Answer(**{**values, **changes})  # type: ignore[arg-type]


class Page(HTMLParser):
    """What a browser would make of a fragment: tags with attributes, and text by class."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(str(fragment))
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag == "input":
            return  # it has no end
        self._open.append(found.get("class", "").split(" ")[0] or tag)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in dict.fromkeys(self._open):
            self.text[name] = self.text.get(name, "") + data

    def attributes(self, tag: str, name: str) -> list[str]:
        """The values of one attribute on one kind of tag."""
        return [found[name] for what, found in self.tags if what == tag and name in found]


def test_quotation_reads_exactly_as_the_document() -> None:
    quote = make_quote(text=HOSTILE, highlight=(Span(start=0, end=8), Span(start=30, end=34)))
    assert Page(card_html(quote)).text["op-text"] == HOSTILE


@pytest.mark.parametrize(
    "field",
    [
        pytest.param("text", id="text"),
        pytest.param("title", id="title"),
        pytest.param("citation", id="citation"),
        pytest.param("chapeau", id="chapeau"),
        pytest.param("url", id="address"),
    ],
)
def test_nothing_of_a_document_becomes_markup(field: str) -> None:
    tags = {tag for tag, _ in Page(card_html(make_quote(**{field: HOSTILE}))).tags}
    assert not tags & {"script", "b"}


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(make_answer(message=HOSTILE, quotes=(make_quote(),)), id="message"),
        pytest.param(make_answer(understood=HOSTILE), id="understood question"),
        pytest.param(make_answer(follow_ups=(HOSTILE,)), id="follow-up"),
        pytest.param(
            make_answer(
                facts=(Fact(symbol=HOSTILE, field=HOSTILE, value=HOSTILE, printed=HOSTILE),)
            ),
            id="fact",
        ),
        pytest.param(
            make_answer(
                refusal=Refusal(kind=RefusalKind.NOT_LOADED, message=HOSTILE, link=HOSTILE)
            ),
            id="refusal",
        ),
        pytest.param(
            make_answer(
                quotes=(
                    make_quote(
                        source=Source(file=HOSTILE, sha256=HOSTILE),
                        same_wording=(SameWording(symbol=HOSTILE, label=HOSTILE, adopted=None),),
                    ),
                )
            ),
            id="copies and source",
        ),
    ],
)
def test_nothing_of_an_answer_becomes_markup(answer: Answer) -> None:
    page = Page(answer_html(answer))
    assert "script" not in {tag for tag, _ in page.tags}
    assert not [name for _, found in page.tags for name in found if name.startswith("on")]


def test_question_is_literal_text() -> None:
    assert unescape(question_html(HOSTILE)) == HOSTILE
    assert "<" not in question_html(HOSTILE)


def test_long_question_is_shown_by_its_beginning() -> None:
    shown = question_html("x" * 10_000)
    assert shown.startswith("x" * SHOWN_QUESTION_CHARACTERS + "<span")
    assert "10,000 characters in total" in shown


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], "a &lt; b &amp; c", id="none"),
        pytest.param([(0, 1)], "<mark>a</mark> &lt; b &amp; c", id="at the start"),
        pytest.param([(8, 9)], "a &lt; b &amp; <mark>c</mark>", id="at the end"),
        pytest.param([(2, 3)], "a <mark>&lt;</mark> b &amp; c", id="offsets count raw characters"),
        pytest.param(
            [(0, 1), (1, 3)], "<mark>a</mark><mark> &lt;</mark> b &amp; c", id="side by side"
        ),
        pytest.param([(0, 5), (4, 9)], "<mark>a &lt; b</mark> &amp; c", id="overlap is left out"),
        pytest.param([(7, 99)], "a &lt; b &amp; c", id="beyond the text is left out"),
        pytest.param([(3, 3)], "a &lt; b &amp; c", id="empty is left out"),
        pytest.param([(-2, 1)], "a &lt; b &amp; c", id="before the text is left out"),
    ],
)
def test_highlight_stands_where_the_span_says(spans: list[tuple[int, int]], expected: str) -> None:
    marks = [Span(start=start, end=end) for start, end in spans]
    assert linked("a < b & c", marks) == expected


_CITING = "Recalls <b>resolution 55/25</b> and 1325 (2000);"


@pytest.mark.parametrize(
    ("citations", "spans", "shown"),
    [
        pytest.param(
            [("A/RES/55/25", 11, 27)],
            [],
            "Recalls &lt;b&gt;[resolution 55/25]&lt;/b&gt; and 1325 (2000);",
            id="a document that is cited is linked, the text stays text",
        ),
        pytest.param(
            [("A/RES/55/25", 11, 27)],
            [(0, 21)],
            "*Recalls &lt;b&gt;*[*resolution*&nbsp55/25]&lt;/b&gt; and 1325 (2000);".replace(
                "&nbsp", " "
            ),
            id="a mark that reaches into a link is cut at it",
        ),
        pytest.param(
            [("A/RES/55/25 annex I", 11, 27), ("A/RES/55/25", 22, 27)],
            [],
            "Recalls &lt;b&gt;[resolution 55/25]&lt;/b&gt; and 1325 (2000);",
            id="of citations that overlap the first is linked",
        ),
        pytest.param(
            [("A/RES/55/25", 40, 99), ("A/RES/55/25", 5, 5)],
            [],
            "Recalls &lt;b&gt;resolution 55/25&lt;/b&gt; and 1325 (2000);",
            id="what lies outside the text is no link",
        ),
    ],
)
def test_what_a_paragraph_cites_is_a_link(
    citations: list[tuple[str, int, int]], spans: list[tuple[int, int]], shown: str
) -> None:
    found = linked(
        _CITING,
        [Span(start=start, end=end) for start, end in spans],
        [Cited(symbol=symbol, start=start, end=end) for symbol, start, end in citations],
    )
    assert 'href="https://docs.un.org/en/A/RES/55/25"' in found or "[" not in shown
    plain = re.sub(r"<a [^>]*>", "[", found).replace("</a>", "]")
    assert re.sub(r"</?mark>", "*", plain) == shown


def test_a_document_whose_symbol_is_not_known_is_no_link() -> None:
    cited = Cited(symbol="<script>", start=0, end=7, resolved=False)
    assert linked("Recalls it", [], [cited]) == "Recalls it"


def test_citation_links_to_the_document_in_a_new_tab() -> None:
    link = next(found for tag, found in Page(card_html(make_quote())).tags if tag == "a")
    assert link["href"] == "https://docs.un.org/en/A/RES/61/181"
    assert link["target"] == "_blank"
    assert link["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://x", "//x.org"],
)
def test_only_web_addresses_become_links(url: str) -> None:
    refusal = Refusal(kind=RefusalKind.NOT_LOADED, message="m", link=url)
    assert Page(card_html(make_quote(url=url))).attributes("a", "href") == ["#"]
    assert Page(refusal_html(refusal)).attributes("a", "href") == []


def test_card_says_when_and_of_what_and_how_strong() -> None:
    action = Action(
        verb="Urges",
        lemma="urge",
        grade=3,
        addressee="Member States",
        due="sixty-second session",
        start=0,
    )
    page = Page(card_html(make_quote(actions=(action,))))
    assert page.text["time"] == "20 December 2006"
    assert page.text["op-title"] == "Strengthening the Programme"
    assert page.text["op-number"] == "6."
    assert page.text["li"] == (
        "Urges · grade 3, strong appeal · to: Member States · due: sixty-second session"
    )
    assert "our own scale" in page.text["op-actions"]


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        pytest.param(Kind.OPERATIVE, None, id="operative needs none"),
        pytest.param(Kind.PREAMBULAR, "Preambular paragraph", id="preambular"),
        pytest.param(Kind.NOTE, "Note", id="note"),
        pytest.param(Kind.ANNEX, "Annex", id="annex"),
        pytest.param(Kind.HEADING, "Heading", id="heading"),
    ],
)
def test_passage_that_is_not_operative_says_so(kind: Kind, label: str | None) -> None:
    assert Page(card_html(make_quote(kind=kind))).text.get("op-kind") == label


def test_chapeau_stands_above_its_sub_paragraph() -> None:
    page = card_html(make_quote(chapeau="Requests the Secretary-General:", text="To report;"))
    assert page.index("Requests the Secretary-General:") < page.index("To report;")


def test_copies_are_listed_behind_a_count() -> None:
    copies = (
        SameWording(symbol="A/RES/56/123", label="OP21", adopted=date(2001, 12, 19)),
        SameWording(symbol="A/RES/60/175", label="OP9", adopted=None),
    )
    page = Page(card_html(make_quote(same_wording=copies)))
    assert "Same wording in 2 other paragraphs" in page.text["summary"]
    assert page.text["li"] == "A/RES/56/123 OP21, 19 December 2001A/RES/60/175 OP9"


def test_copy_button_holds_the_quotation_with_its_citation() -> None:
    quote = make_quote(text=HOSTILE)
    page = Page(card_html(quote))
    copied = page.attributes("button", "data-copy")
    assert copied == [quote_text(quote), *(write(quote) for write in FORMS.values())]
    assert page.text["op-tokens"].startswith("≈ ")


def test_all_quotations_are_copied_together() -> None:
    quotes = (make_quote(), make_quote(label="OP7", citation="A/RES/61/181, para. 7"))
    copied = Page(answer_html(make_answer(quotes=quotes, tokens=99))).attributes(
        "button", "data-copy"
    )
    assert copied[0] == "\n\n".join(quote_text(quote) for quote in quotes)
    assert "≈ 99 tokens" in answer_html(make_answer(quotes=quotes, tokens=99))


def test_proof_names_the_file_without_its_folder() -> None:
    card = card_html(make_quote())
    assert "A_RES_61_181.txt, characters 5,120 to 5,160" in card
    assert "/home/someone" not in card


@pytest.mark.parametrize("kind", list(RefusalKind), ids=lambda kind: kind.value)
def test_every_refusal_has_its_own_heading(kind: RefusalKind) -> None:
    page = Page(answer_html(make_answer(refusal=Refusal(kind=kind, message="Because."))))
    assert page.text["h3"] == HEADINGS[kind]
    assert page.text["p"] == "Because."
    assert len(set(HEADINGS.values())) == len(RefusalKind)


def test_nearest_is_shown_as_nearest() -> None:
    refusal = Refusal(
        kind=RefusalKind.NOT_IN_TEXTS,
        message="Nothing.",
        nearest=(make_quote(),),
        link="https://digitallibrary.un.org/search?p=1&q=2",
    )
    page = Page(refusal_html(refusal))
    assert page.text["op-nearest"] == "Nearest, not an answer"
    assert "op-card op-card-nearest" in page.attributes("article", "class")
    assert page.attributes("a", "href")[0] == "https://digitallibrary.un.org/search?p=1&q=2"
    assert "Look it up at digitallibrary.un.org" in page.text["a"]


def test_facts_are_a_list_for_each_document_with_the_words_that_state_them() -> None:
    facts = (
        Fact(
            symbol="A/RES/61/181",
            field="adopted",
            value="2006-12-20",
            printed="adopted by the General Assembly on 20 December 2006",
        ),
        Fact(symbol="A/RES/56/123", field="operative_count", value="21"),
    )
    page = Page(answer_html(make_answer(facts=facts)))
    assert page.attributes("section", "aria-label") == ["A/RES/61/181", "A/RES/56/123"]
    assert page.text["dt"] == "AdoptedOperative paragraphs"
    assert page.text["dd"].startswith("20 December 2006adopted by the General Assembly")
    assert page.text["op-printed"] == "adopted by the General Assembly on 20 December 2006"


def test_follow_ups_are_buttons_that_ask() -> None:
    page = Page(answer_html(make_answer(follow_ups=("And the next one", "And 56/123?"))))
    assert page.attributes("button", "data-ask") == ["And the next one", "And 56/123?"]


def test_completed_question_is_shown() -> None:
    shown = answer_html(make_answer(question="And 56/123?", understood="When was 56/123 adopted?"))
    assert "Understood as: <span>When was 56/123 adopted?</span>" in shown
    assert "Understood as" not in answer_html(make_answer())


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        pytest.param("61/181  OP6 ", "61/181 OP6", id="only blanks differ"),
        pytest.param("x" * 9_000, "x" * 2_000, id="a question that is refused unread"),
    ],
)
def test_question_taken_as_asked_is_not_repeated(asked: str, understood: str) -> None:
    unread = Refusal(kind=RefusalKind.NOT_A_QUESTION, message="Too long.") if "x" in asked else None
    answer = make_answer(question=asked, understood=understood, refusal=unread)
    assert "Understood as" not in answer_html(answer)


def test_answer_has_an_address_that_asks_it_again() -> None:
    answer = make_answer(understood="61/181 & <OP6>?", quotes=(make_quote(),))
    assert "?q=61%2F181+%26+%3COP6%3E%3F" in Page(answer_html(answer)).attributes("a", "href")


@pytest.mark.parametrize(
    ("omitted", "quotes", "expected"),
    [
        pytest.param(1, 1, "1 more does not fit the token budget.", id="one"),
        pytest.param(3, 1, "3 more do not fit the token budget.", id="several"),
        pytest.param(2, 0, "Not even the first quotation fits the token budget", id="all"),
    ],
)
def test_token_budget_says_what_it_left_out(omitted: int, quotes: int, expected: str) -> None:
    answer = make_answer(omitted=omitted, quotes=(make_quote(),) * quotes)
    assert expected in answer_html(answer)


def test_fault_is_one_escaped_sentence() -> None:
    assert Page(error_html(HOSTILE)).text["p"] == HOSTILE


def test_a_list_of_documents_is_a_table_of_fifty_rows_with_links_that_open_here() -> None:
    facts = tuple(
        Fact(symbol=f"A/RES/61/{number}", field="title", value=f"Title {number}")
        for number in range(1, 121)
    )
    answer = make_answer(facts=facts, quotes=(), total=120)
    html = str(answer_html(answer, is_loaded=lambda symbol: symbol != "A/RES/61/2"))
    page = Page(html)
    bodies = [attributes for name, attributes in page.tags if name == "tbody"]
    assert ["hidden" in attributes for attributes in bodies] == [False, True, True]
    opened = [
        attributes["data-symbol"] for _, attributes in page.tags if "data-symbol" in attributes
    ]
    assert opened == [fact.symbol for fact in facts if fact.symbol != "A/RES/61/2"]
    assert "50 of 120 rows" in html
    assert "op-facts" not in html


def test_a_few_facts_of_one_document_are_no_list() -> None:
    facts = tuple(Fact(symbol="A/RES/61/1", field=f"field {n}", value="x") for n in range(9))
    assert "op-list" not in answer_html(make_answer(facts=facts, quotes=()))


@pytest.mark.parametrize(
    ("total", "asks_for"), [(None, None), (1, None), (7, "51")], ids=["one", "all", "more"]
)
def test_the_next_fifty_quotations_of_a_list_can_be_asked_for(
    total: int | None, asks_for: str | None
) -> None:
    page = Page(str(answer_html(make_answer(quotes=(make_quote(),), total=total))))
    tops = [attributes["data-top"] for _, attributes in page.tags if "data-top" in attributes]
    assert tops == ([asks_for] if asks_for else [])
