"""Working at the page: filters, reading in place, pictures, taking away, own texts, verdicts."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from page_reader import PHONE, SIZE, WAIT_MS, Reader, browser_test, playwright, served

SEARCH = "Which paragraphs of the General Assembly in 2006 are about corruption?"
OWN_TEXT = (
    "Resolution adopted by the General Assembly on 3 May 2007\n"
    "61/900.\tA day of our own\n\n\tThe General Assembly,\n\tRecalling its resolutions,\n"
    "\t1.\tDecides to meet every year in Geneva;\n\t2.\tInvites all States to help.\n\n"
    "90th plenary meeting\n3 May 2007\n"
)


def chips(turn: "playwright.Locator") -> list[str]:
    """What was read from the question, each with × to take it off or + to put it back."""
    texts: list[str] = turn.locator(".op-chips:not(.op-narrowed) button").all_inner_texts()
    return texts


def counts(reader: Reader, label: str) -> dict[str, int]:
    """What the boxes under a heading offer, each with its count."""
    group = reader.page.locator("#op-filters fieldset", has_text=label)
    found = [
        re.fullmatch(r"(.*) \(([\d,]+)\)", one.strip())
        for one in group.locator("label").all_inner_texts()
    ]
    return {one[1]: int(one[2].replace(",", "")) for one in found if one}


@browser_test
def test_what_was_read_from_the_question_is_taken_off_and_put_back(reader: Reader) -> None:
    turn = reader.ask(SEARCH)
    assert chips(turn) == ["General Assembly ×", "2006 ×"]
    before = reader.page.locator(".op-turn").count()
    turn.locator("button.op-chip", has_text="2006").click()
    turn = reader.answered(before)
    assert chips(turn) == ["General Assembly ×", "2006 +"]
    turn.locator("button.op-chip", has_text="2006").click()
    assert chips(reader.answered(before + 1)) == ["General Assembly ×", "2006 ×"]


@browser_test
def test_filters_tell_what_each_choice_would_leave(newcomer: Reader) -> None:
    page = newcomer.page
    page.click("#op-filters button")
    assert "All 58 paragraphs and notes match" in page.locator("#op-passing").inner_text()
    assert counts(newcomer, "Kind") == {"Operative": 30, "Preambular": 19, "Annex": 0, "Note": 9}
    page.get_by_label("Adopted until (year)").fill("2001")
    page.get_by_label("Adopted until (year)").press("Tab")
    page.wait_for_function(
        "document.querySelector('#op-passing').innerText.includes('of 58 paragraphs')"
    )
    after = counts(newcomer, "Kind")
    assert 0 < after["Operative"] < 30
    page.get_by_label("4 request to a UN actor").check()
    page.wait_for_function(
        "total => !document.querySelector('#op-passing').innerText.includes(total)",
        arg=f"{sum(after.values())} of 58",
    )
    assert counts(newcomer, "Kind")["Preambular"] == 0
    turn = newcomer.ask("What is asked about technical assistance?")
    assert turn.locator(".op-narrowed button").all_inner_texts() == [
        "adopted until 2001 ×",
        "grade: request to a UN actor ×",
    ]
    actions = turn.locator(".op-card .op-actions").all_inner_texts()
    assert actions
    assert all("grade 4" in one for one in actions)


@browser_test
def test_a_filter_is_taken_off_at_the_answer_and_in_the_form(newcomer: Reader) -> None:
    newcomer.page.click("#op-filters button")
    box = newcomer.page.get_by_label("Adopted until (year)")
    box.fill("2002")
    turn = newcomer.ask("corruption")
    turn.locator("button.op-chip", has_text="adopted until 2002").click()
    turn = newcomer.answered(1)
    assert turn.locator(".op-narrowed").count() == 0
    assert box.input_value() == ""


@browser_test
@pytest.mark.parametrize(
    "newcomer",
    [pytest.param({"query": "?q=corruption&until=2001&kind=operative"}, id="filters in it")],
    indirect=True,
)
def test_address_holds_the_filters_too(newcomer: Reader) -> None:
    turn = newcomer.answered(0)
    assert turn.locator(".op-narrowed button").all_inner_texts() == [
        "adopted until 2001 ×",
        "operative paragraphs only ×",
    ]
    assert set(turn.locator("time").all_text_contents()) == {"19 December 2001"}
    newcomer.page.click("#op-filters button")
    assert newcomer.page.get_by_label("Adopted until (year)").input_value() == "2001"
    newcomer.page.wait_for_function("window.location.search.includes('until=2001&kind=operative')")


@browser_test
def test_what_is_loaded_stays_in_sight(reader: Reader) -> None:
    for question in ("61/181 OP6", "56/123 OP7", "corruption"):
        reader.ask(question)
    line = reader.page.locator("#op-loaded > button")
    assert line.is_visible()
    assert line.inner_text().startswith("Loaded: 2 resolutions · 30 operative paragraphs")
    line.click()
    told = reader.page.locator("#op-loaded dl")
    told.wait_for()
    text = told.inner_text()
    assert "General Assembly 2" in text
    assert "Last build" in text
    assert "all-MiniLM-L6-v2" in text
    line.click()


@browser_test
def test_turns_before_stay_as_they_were(reader: Reader) -> None:
    for number, question in enumerate(("61/181 OP6", "56/123 OP7", "61/181 OP1"), start=1):
        reader.ask(question)
        if number == 1:
            reader.page.locator("#op-log .op-picked").check()
    asked = reader.page.locator(".op-turn .op-asked").all_inner_texts()
    assert [one.split("\n")[-1] for one in asked] == ["61/181 OP6", "56/123 OP7", "61/181 OP1"]
    picked = reader.page.locator(".op-picked")
    assert [picked.nth(at).is_checked() for at in range(3)] == [True, False, False]


@browser_test
def test_arrows_go_from_quotation_to_quotation_and_the_document_follows(reader: Reader) -> None:
    page = reader.page
    turn = reader.ask("paragraphs 16 to 18 of A/RES/56/123")
    page.keyboard.press("Alt+ArrowDown")
    assert turn.locator(".op-card").first.evaluate("one => one === document.activeElement")
    turn.locator("button", has_text="Read in context").first.click()
    page.locator('.op-doc[data-quote="A/RES/56/123 OP16"]').wait_for()
    page.keyboard.press("Alt+ArrowDown")
    page.locator('.op-doc[data-quote="A/RES/56/123 OP17"]').wait_for()
    assert page.locator("#op-here").inner_text().startswith("17.")
    page.locator("button.op-step", has_text="Previous quotation").click()
    page.locator('.op-doc[data-quote="A/RES/56/123 OP16"]').wait_for()
    page.keyboard.press("Escape")


@browser_test
def test_a_citation_of_a_loaded_document_opens_it_here(reader: Reader) -> None:
    page = reader.page
    reader.ask("56/123 OP1").locator("button", has_text="Read in context").click()
    page.locator("#op-here").wait_for()
    assert page.locator('.op-doc-text a[data-symbol="A/RES/46/152"]').count() == 0  # not loaded
    link = page.locator('.op-doc-text p a[data-symbol="A/RES/56/123"]').first
    assert link.get_attribute("href") == "https://docs.un.org/en/A/RES/56/123"
    link.click()  # "the present resolution": the same document, from its top
    page.wait_for_function("!document.querySelector('#op-here')")
    assert page.locator("#op-doc-name").inner_text() == "A/RES/56/123"
    page.locator(".op-ties summary").click()
    assert page.locator(".op-ties li a", has_text="A/RES/46/152").is_visible()
    page.keyboard.press("Escape")


@browser_test
@pytest.mark.parametrize(
    ("newcomer", "language"),
    [
        pytest.param({"locale": "fr-CH"}, "fr", id="French"),
        pytest.param({"locale": "zh-CN"}, "zh", id="Chinese"),
        pytest.param({"locale": "pt-BR"}, "en", id="no official language"),
    ],
    indirect=["newcomer"],
)
def test_documents_are_linked_in_the_readers_language(newcomer: Reader, language: str) -> None:
    link = newcomer.ask("61/181 OP6").locator("a.op-citation")
    assert link.get_attribute("href") == f"https://docs.un.org/{language}/A/RES/61/181"


@browser_test
def test_a_paragraph_is_followed_over_the_years(reader: Reader) -> None:
    page = reader.page
    reader.ask("61/181 OP1").locator("button", has_text="History").click()
    page.locator(".op-lineage").wait_for()
    assert page.locator(".op-lineage h2").inner_text() == "History of A/RES/61/181, para. 1"
    days = page.locator(".op-steps h3").all_inner_texts()
    assert days[-1].startswith("20 December 2006")
    page.keyboard.press("Escape")


@browser_test
def test_an_answer_is_drawn_by_year_and_body(reader: Reader) -> None:
    turn = reader.ask("corruption")
    picture = turn.locator(".op-picture")
    picture.locator("summary").click()
    assert picture.locator("svg[role=img]").is_visible()
    assert "General Assembly" in picture.locator(".op-legend").inner_text()
    assert picture.locator("rect").count() == 2  # 2001 and 2006


def taken(reader: Reader, form: str) -> bytes:
    """The file that is handed over when a form is chosen."""
    reader.page.locator(".op-menu summary").click()
    with reader.page.expect_download() as download:
        reader.page.locator(f"[data-take={form}]").click()
    assert download.value.suggested_filename == f"quotations.{form}"
    return Path(download.value.path()).read_bytes()


@browser_test
def test_a_conversation_is_taken_away_in_four_forms(reader: Reader) -> None:
    reader.ask("61/181 OP6")
    reader.ask("56/123 OP7")
    reader.ask("How did the United States vote on 61/181?")
    with zipfile.ZipFile(io.BytesIO(taken(reader, "docx"))) as file:
        notes = file.read("word/footnotes.xml").decode("utf-8")
        body = file.read("word/document.xml").decode("utf-8")
    assert "UNGA Res 61/181 (20 December 2006) UN Doc A/RES/61/181, para 6" in notes
    assert body.count("w:footnoteReference ") == 2
    assert "How States voted is not in the text" in body
    text = taken(reader, "md").decode("utf-8")
    assert "[A/RES/56/123, para. 7](https://docs.un.org/en/A/RES/56/123)" in text
    rows = list(csv.DictReader(io.StringIO(taken(reader, "csv").decode("utf-8-sig"))))
    assert [(row["symbol"], row["label"]) for row in rows] == [
        ("A/RES/61/181", "OP6"),
        ("A/RES/56/123", "OP7"),
    ]
    records = json.loads(taken(reader, "json"))
    assert [one["question"] for one in records][:2] == ["61/181 OP6", "56/123 OP7"]


@browser_test
def test_what_is_pressed_while_a_document_opens_happens_too(reader: Reader) -> None:
    turn = reader.ask("56/123 OP7")
    reader.page.locator(".op-menu summary").click()
    with reader.page.expect_download() as download:
        turn.evaluate(
            "turn => { turn.querySelector('button[data-symbol]:not([data-years])').click();"
            " document.querySelector('[data-take=csv]').click(); }"
        )
    assert download.value.suggested_filename == "quotations.csv"
    reader.page.locator('.op-doc[data-quote="A/RES/56/123 OP7"]').wait_for()
    reader.page.keyboard.press("Escape")


@browser_test
def test_selected_quotations_are_taken_alone(reader: Reader) -> None:
    reader.ask("paragraphs 16 to 18 of A/RES/56/123")
    reader.page.get_by_label("Select A/RES/56/123, para. 17").check()
    reader.page.locator(".op-menu summary").click()
    assert reader.page.locator(".op-taken").inner_text() == "One selected quotation."
    reader.page.locator(".op-menu summary").click()
    rows = list(csv.DictReader(io.StringIO(taken(reader, "csv").decode("utf-8-sig"))))
    assert [row["label"] for row in rows] == ["OP17"]


@browser_test
def test_nothing_to_take_away_is_told(reader: Reader) -> None:
    reader.page.locator(".op-menu summary").click()
    reader.page.locator("[data-take=md]").click()
    line = reader.page.locator("#op-notice .op-notice")
    line.wait_for()
    assert line.inner_text().startswith("There is nothing to export yet")


@browser_test
def test_a_verdict_is_kept_with_what_would_be_right(reader: Reader, page_folder: Path) -> None:
    turn = reader.ask("juvenile justice")
    turn.locator(".op-judge summary").click()
    turn.locator(".op-better").fill("56/123 OP7")
    turn.locator("button", has_text="Wrong paragraph").click()
    reader.page.locator(".op-judge summary", has_text="Thank you").wait_for()
    reader.page.wait_for_function(
        "document.querySelector('#op-notice [role=status]').textContent.startsWith('Thank you')"
    )
    kept = page_folder / "data" / "operative" / "feedback.jsonl"
    line = json.loads(kept.read_text(encoding="utf-8").splitlines()[-1])
    assert (line["verdict"], line["question"]) == ("wrong", "juvenile justice")
    assert line["better"] == ["A/RES/56/123 OP7"]
    assert line["quotes"][0]["score"] == 1.0
    assert line["generation"]


@browser_test
def test_own_texts_are_looked_at_built_asked_and_taken_out(
    chromium: "playwright.Browser", tmp_path: Path
) -> None:
    (tmp_path / "own.txt").write_text(OWN_TEXT, encoding="utf-8")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    context = chromium.new_context(viewport=SIZE)
    with served(tmp_path) as address:
        someone = Reader(context.new_page(), address)
        page = someone.page
        someone.open()
        page.locator("#op-loaded > button").click()
        page.set_input_files(
            "#op-texts input[type=file]", [tmp_path / "own.txt", tmp_path / "broken.docx"]
        )
        page.locator("#op-building table").wait_for()
        seen = page.locator("#op-building").inner_text()
        assert "A/RES/61/900" in seen
        assert "2 operative, 1 preambular, 0 notes" in seen
        assert "broken.docx: the archive is damaged or incomplete" in seen
        page.get_by_role("button", name="Add to the index").click()
        page.locator("#op-building progress").wait_for()
        assert someone.ask("61/181 OP6").locator(".op-card").count() == 1  # meanwhile
        page.locator("#op-building", has_text="Index updated: 3 resolutions").wait_for()
        answer = someone.ask("61/900 OP1").locator(".op-text")
        assert answer.inner_text().endswith("Decides to meet every year in Geneva;")
        assert "3 resolutions" in page.locator("#op-loaded > button").inner_text()
        page.get_by_label("own.txt").check()
        page.get_by_role("button", name="Remove selected").click()
        page.locator("#op-building", has_text="Index updated: 2 resolutions").wait_for()
        assert someone.ask("61/900 OP1").locator(".op-refusal").count() == 1
        page.get_by_role("button", name="Rebuild the index").click()
        page.locator("#op-building", has_text="No changes").wait_for()
        someone.check()
    context.close()


@browser_test
def test_a_public_page_takes_no_texts_and_keeps_no_verdicts(
    chromium: "playwright.Browser", tmp_path: Path
) -> None:
    context = chromium.new_context(viewport=SIZE)
    with served(tmp_path, "--public") as address:
        someone = Reader(context.new_page(), address)
        someone.open()
        someone.page.locator("#op-loaded > button").click()
        someone.page.locator("#op-loaded dl").wait_for()
        assert someone.page.locator("#op-texts").count() == 0
        assert someone.ask("61/181 OP6").locator(".op-judge").count() == 0
        someone.check()
    context.close()
    assert not (tmp_path / "data").exists()


@browser_test
@pytest.mark.parametrize(
    ("newcomer", "name"),
    [
        pytest.param({"color_scheme": "light"}, "light", id="light"),
        pytest.param({"color_scheme": "dark"}, "dark", id="dark"),
        pytest.param({"viewport": PHONE}, "phone", id="phone"),
    ],
    indirect=["newcomer"],
)
def test_no_state_has_a_barrier(newcomer: Reader, name: str, pictures: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = newcomer.page
    page.set_default_timeout(WAIT_MS)

    def check(state: str) -> None:
        page.wait_for_timeout(400)  # let it scroll and settle
        page.screenshot(path=pictures / f"{name}-work-{state}.png")
        found = [
            (one["impact"], one["id"], [node["html"] for node in one["nodes"]])
            for one in axe.run(page).response["violations"]
            if one["impact"] != "minor"
        ]
        assert found == [], state
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{state} scrolls sideways by {wide} pixels"

    check("first")
    newcomer.ask("61/181 OP6")
    check("look-up")
    newcomer.ask(SEARCH)
    check("chips")
    newcomer.start_afresh()  # a topic of all texts, not of the one that was looked up
    newcomer.ask("What is said about corruption?")
    page.locator("#op-log .op-picture summary").click()
    page.locator("#op-log .op-judge summary").click()
    check("search")
    page.locator(".op-menu summary").click()
    check("take-away")
    page.locator(".op-menu summary").click()
    newcomer.ask("How did the United States vote on 61/181?")
    check("refusal")
    newcomer.ask("When was 61/181 adopted, and on whose report?")
    check("facts")
    page.click("#op-filters button")
    check("filters")
    page.click("#op-filters button")
    page.locator("#op-loaded > button").click()
    check("loaded")
    page.locator("#op-loaded > button").click()
    newcomer.ask("61/181 OP6")
    page.locator("#op-log button", has_text="Read in context").click()
    page.locator(".op-ties summary").click()
    check("document")
    page.keyboard.press("Escape")
    page.locator("#op-log button", has_text="History").click()
    page.locator(".op-lineage").wait_for()
    check("years")
