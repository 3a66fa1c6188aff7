"""The page in a real browser, over the real assistant."""

import json
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from page_reader import AUTHORIZED, PHONE, ROOT, SIZE, Reader, browser_test, free_port, playwright

from qa.page.form_state import FormState
from qa.server.ports import HostError, PortBusyError, require_free_port

OP6 = (
    "Urges all States and competent regional economic integration organizations that have not yet "
    "done so to consider signing, ratifying or acceding to the United Nations Convention against "
    "Transnational Organized Crime (Palermo Convention) and the Protocols thereto, the United "
    "Nations Convention against Corruption and the international conventions and protocols related "
    "to terrorism, and encourages States parties to continue to provide full support to the "
    "Conference of the Parties to the United Nations Convention against Transnational Organized "
    "Crime and the Conference of the States Parties to the United Nations Convention against "
    "Corruption;"
)
HOSTILE = (
    "<script>alert(1)</script> <b>bold</b> _under_ *star* $x^2$ <style>*{display:none}</style>"
)


@browser_test
def test_citation_gets_its_paragraph_word_for_word(reader: Reader) -> None:
    turn = reader.ask("61/181 OP6")
    assert turn.locator(".op-text").all_text_contents() == [OP6]
    link = turn.locator("a.op-citation")
    assert link.get_attribute("href") == "https://docs.un.org/en/A/RES/61/181"
    assert link.get_attribute("target") == "_blank"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert turn.locator("time").text_content() == "20 December 2006"
    assert reader.page.input_value("#op-question textarea") == ""


@browser_test
def test_first_screen_says_what_is_loaded_and_what_is_not_done(reader: Reader) -> None:
    first = reader.page.locator("#op-log").inner_text()
    assert "30 operative, 19 preambular, 9 notes" in first
    assert "2, adopted 2001 to 2006" in first
    assert "It quotes; it does not write, summarise or give advice." in first


@browser_test
def test_example_asks(reader: Reader) -> None:
    turn = reader.press("paragraphs 16 to 18 of A/RES/56/123")
    assert turn.locator(".op-number").all_text_contents() == ["16.", "17.", "18."]


@browser_test
def test_fact_stands_with_the_words_of_the_source(reader: Reader) -> None:
    turn = reader.press("When was resolution 61/181 adopted?")
    assert turn.locator(".op-facts dd > span").first.text_content() == "20 December 2006"
    assert "20 December 2006" in (turn.locator(".op-printed").first.text_content() or "")


@browser_test
def test_refusal_says_which_kind_and_where_to_look(reader: Reader) -> None:
    turn = reader.ask("How did the United States vote on 61/181?")
    assert turn.locator("h3").first.text_content() == "Not something resolutions record"
    link = turn.locator(".op-refusal a").get_attribute("href") or ""
    assert link.startswith("https://digitallibrary.un.org/")


@browser_test
def test_question_is_shown_as_text(reader: Reader) -> None:
    turn = reader.ask(HOSTILE)
    assert turn.locator(".op-asked").text_content() == f"Question: {HOSTILE}"
    assert turn.locator(".op-asked b, .op-asked script, .op-asked em").count() == 0
    assert reader.page.locator(".op-masthead h1").is_visible()


@browser_test
def test_follow_up_refers_to_the_answer_before(reader: Reader) -> None:
    reader.ask("61/181 OP6")
    turn = reader.press("And the next one")
    assert turn.locator("a.op-citation").inner_text().startswith("A/RES/61/181, para. 7")
    assert "Understood as:" in turn.locator(".op-understood").inner_text()


@browser_test
def test_two_readers_have_conversations_of_their_own(
    reader: Reader, profile: "playwright.BrowserContext", address: str
) -> None:
    reader.ask("61/181 OP6")
    browser = profile.browser
    assert browser is not None
    with browser.new_context() as elsewhere:
        other = Reader(elsewhere.new_page(), address)
        other.open()
        turn = other.ask("And the next one")
        assert "A/RES/61/181, para. 7" not in turn.inner_text()


@browser_test
def test_new_conversation_goes_back_to_the_first_screen(reader: Reader) -> None:
    reader.ask("61/181 OP6")
    reader.start_afresh()
    assert reader.page.locator(".op-turn").count() == 0
    assert reader.page.locator(".op-lessons").is_visible()


@browser_test
def test_new_conversation_keeps_what_is_typed_and_not_asked_yet(reader: Reader) -> None:
    reader.ask("61/181 OP6")
    reader.page.fill("#op-question textarea", "Who must report?")
    reader.start_afresh()
    assert reader.page.input_value("#op-question textarea") == "Who must report?"


@browser_test
@pytest.mark.parametrize("blank", ["", "   "], ids=["empty", "blank"])
def test_empty_question_gets_a_kind_sentence(reader: Reader, blank: str) -> None:
    reader.page.fill("#op-question textarea", blank)
    reader.page.press("#op-question textarea", "Enter")
    line = reader.page.locator("#op-notice .op-notice")
    line.wait_for()
    assert line.inner_text().startswith("Please type a question first")
    assert line.get_attribute("aria-live") == "polite"
    assert reader.page.locator(".op-lessons").is_visible()


@browser_test
def test_very_long_question_is_refused_and_the_page_lives_on(reader: Reader) -> None:
    turn = reader.ask("x" * 10_000)
    assert turn.locator(".op-refusal").get_attribute("data-kind") == "not_a_question"
    assert reader.ask("61/181 OP6").locator(".op-text").text_content() == OP6


@browser_test
def test_filters_narrow_and_say_so(newcomer: Reader) -> None:
    newcomer.page.click("#op-filters button")
    newcomer.page.get_by_label("Adopted until (year)").fill("2002")
    turn = newcomer.ask("Which paragraphs are about voluntary contributions?")
    assert turn.locator(".op-narrowed button").all_inner_texts() == ["adopted until 2002 ×"]
    assert set(turn.locator("time").all_text_contents()) == {"19 December 2001"}


@browser_test
def test_year_in_words_is_told_apart(newcomer: Reader) -> None:
    newcomer.page.click("#op-filters button")
    newcomer.page.get_by_label("Adopted since (year)").fill("long ago")
    newcomer.page.fill("#op-question textarea", "61/181 OP6")
    newcomer.page.press("#op-question textarea", "Enter")
    line = newcomer.page.locator("#op-notice .op-notice")
    line.wait_for()
    assert line.inner_text() == "“long ago” is not a year: use digits."
    assert newcomer.page.input_value("#op-question textarea") == "61/181 OP6"


@browser_test
@pytest.mark.parametrize(
    "newcomer",
    [
        pytest.param({"permissions": ["clipboard-read", "clipboard-write"]}, id="clipboard"),
        pytest.param({}, id="fallback"),
    ],
    indirect=True,
)
def test_copy_button_copies_and_says_so(newcomer: Reader, request: pytest.FixtureRequest) -> None:
    allowed = "clipboard" in request.node.callspec.id
    if not allowed:
        newcomer.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    button = newcomer.ask("61/181 OP6").locator("button[data-copy]:visible").last
    button.click()
    newcomer.page.wait_for_function(
        "document.querySelector('#op-notice [role=status]').textContent.startsWith('Copied')"
    )
    assert button.inner_text() == "Copied"
    if allowed:
        assert newcomer.page.evaluate("navigator.clipboard.readText()") == (
            f"“{OP6}”\nA/RES/61/181, para. 6 (20 December 2006)\n"
            "https://docs.un.org/en/A/RES/61/181"
        )


@browser_test
@pytest.mark.parametrize(
    "newcomer",
    [
        pytest.param({"query": "?q=61%2F181+OP6"}, id="a question"),
        pytest.param({"query": "?symbol=A/RES/61/181&p=OP6"}, id="a symbol and a paragraph"),
    ],
    indirect=True,
)
def test_address_with_a_question_asks_it(newcomer: Reader) -> None:
    assert newcomer.answered(0).locator(".op-text").text_content() == OP6


@browser_test
def test_address_follows_the_answers_and_back_goes_back(newcomer: Reader) -> None:
    page = newcomer.page
    newcomer.ask("61/181 OP6")
    page.wait_for_url("**/?q=61%2F181+OP6")
    newcomer.ask("56/123 OP7")
    page.wait_for_url("**/?q=56%2F123+OP7")
    page.evaluate("window.scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    page.go_back()
    page.wait_for_url("**/?q=61%2F181+OP6")
    page.wait_for_function(
        "() => { const top = document.querySelector('.op-turn').getBoundingClientRect().top;"
        " return top > -40 && top < window.innerHeight; }"
    )
    page.click("#op-fresh")
    page.wait_for_selector(".op-lessons")
    page.wait_for_function("() => window.location.search === ''")


@browser_test
def test_a_quotation_is_read_in_its_place(reader: Reader) -> None:
    page = reader.page
    button = reader.ask("61/181 OP6").locator("button", has_text="Read in context")
    button.click()
    here = page.locator("#op-here")
    here.wait_for()
    assert here.inner_text().startswith(f"6. {OP6[:60]}")
    assert here.evaluate(
        "one => { const box = one.getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= window.innerHeight; }"
    )
    whole = page.locator(".op-doc-text").inner_text()
    assert "Recalling its resolution 46/152" in whole
    assert page.locator(".op-doc .op-mark").count() > 0
    assert page.locator(".op-doc-notes li").count() == 6
    page.keyboard.press("Escape")
    page.locator(".op-doc").wait_for(state="detached")
    assert button.evaluate("one => one === document.activeElement")
    button.click()  # the same document opens again
    here.wait_for()
    page.locator("button.op-close").click()
    page.locator(".op-doc").wait_for(state="detached")


@browser_test
def test_what_a_quotation_cites_leads_to_the_document(reader: Reader) -> None:
    turn = reader.ask("first preambular paragraph of 61/181")
    cited = turn.locator(".op-text a.op-cited").first
    assert cited.get_attribute("href") == "https://docs.un.org/en/A/RES/46/152"
    assert cited.get_attribute("rel") == "noopener noreferrer"


@browser_test
def test_a_quotation_is_copied_in_the_form_that_is_wanted(
    chromium: "playwright.Browser", address: str
) -> None:
    context = chromium.new_context(viewport=SIZE, permissions=["clipboard-read", "clipboard-write"])
    someone = Reader(context.new_page(), address)
    someone.open()
    turn = someone.ask("61/181 OP6")
    turn.locator("summary", has_text="Copy as").click()
    turn.locator("button", has_text="OSCOLA").click()
    turn.locator("button", has_text="Copied").wait_for()
    assert someone.page.evaluate("navigator.clipboard.readText()") == (
        "UNGA Res 61/181 (20 December 2006) UN Doc A/RES/61/181, para 6"
    )
    someone.check()
    context.close()


@browser_test
def test_page_is_used_with_the_keyboard_alone(reader: Reader) -> None:
    reader.page.locator("button.op-ask", has_text="61/181 OP6").focus()
    reader.page.keyboard.press("Enter")
    turn = reader.answered(0)
    reader.page.wait_for_function("document.activeElement.matches('.op-asked')")
    reader.page.keyboard.press("Tab")
    assert turn.locator("a.op-citation").evaluate("link => link === document.activeElement")


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
def test_page_fits_and_is_kept_as_a_picture(newcomer: Reader, name: str, pictures: Path) -> None:
    def keep(state: str) -> None:
        newcomer.page.wait_for_timeout(300)  # let it scroll
        newcomer.page.screenshot(path=pictures / f"{name}-{state}.png")
        wide = newcomer.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{state} scrolls sideways by {wide} pixels"

    keep("empty")
    for state, question in {
        "look-up": "61/181 OP6",
        "facts": "When was resolution 61/181 adopted, and on whose report?",
        "refusal": "How did the United States vote on 61/181?",
        "search": "What is said about juvenile justice?",
        "long": "x" * 10_000,
    }.items():
        newcomer.ask(question)
        keep(state)
    newcomer.page.click("#op-filters button")
    keep("filters")


@browser_test
def test_page_holds_no_address_of_others(address: str) -> None:
    request = urllib.request.Request(address, headers=AUTHORIZED)
    with urllib.request.urlopen(request, timeout=10) as reply:
        page = reply.read().decode("utf-8")
    loaded = re.findall(
        r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["'](https?:[^"']+)""", page
    )
    assert [one for one in loaded if not one.startswith(address)] == []


def called(address: str, name: str, data: list[object]) -> str:
    """What a function answers over HTTP, as events."""

    def sent(path: str, body: bytes | None = None) -> str:
        headers = {**AUTHORIZED, "Content-Type": "application/json"}
        request = urllib.request.Request(f"{address}gradio_api/call/{path}", body, headers)
        with urllib.request.urlopen(request, timeout=30) as reply:
            return str(reply.read().decode("utf-8"))

    event = json.loads(sent(name, json.dumps({"data": data}).encode()))["event_id"]
    return sent(f"{name}/{event}")


@browser_test
def test_a_wrong_call_shows_no_traceback_and_forges_no_line(
    address: str, page_folder: Path
) -> None:
    forged = "x\nINFO: forged \x1b[2J/etc/a/b"
    assert "event: complete" in called(address, "show", ["61/181 OP6"])
    for data in ([{"a": forged}], [forged, "many"], [], [forged, 5, forged, 0, False, 0, None]):
        answer = called(address, "ask", list(data))
        assert "Traceback" not in answer
        assert str(ROOT) not in answer
    assert "event: error" in called(address, "retrieve", ["corruption", 3, 0, 0, "", forged])
    log = (page_folder / "page.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert str(ROOT) not in log
    assert "site-packages" not in log
    assert "\x1b" not in log
    assert not [line for line in log.splitlines() if line.startswith("INFO: forged")]


def test_busy_port_is_told_in_one_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortBusyError, match=rf"Port {port} .* `--port {port + 1}`"):
            require_free_port("127.0.0.1", port)
        done = subprocess.run(
            [sys.executable, "app.py", "--port", str(port), "--no-browser"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "--port" in done.stderr


def test_host_of_another_machine_is_told_in_one_sentence() -> None:
    with pytest.raises(HostError, match="not an address of this machine"):
        require_free_port("192.0.2.1", free_port())


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        pytest.param(("2001", "2006", "", ""), "", id="years in order"),
        pytest.param((None, None, None, None), "", id="nothing"),
        pytest.param(("2006", "2001", "", ""), "swap the years", id="years in disorder"),
        pytest.param(("", "", "five", ""), "not a number of quotations", id="count in words"),
        pytest.param(("", "", "", "-1"), "not a token budget", id="negative budget"),
    ],
)
def test_wishes_that_cannot_be_met_are_told(typed: tuple[str | None, ...], problem: str) -> None:
    since, until, top, budget = typed
    form = {"since": since, "until": until, "top": top, "budget": budget}
    found = FormState.read(form).problem
    assert problem in found
    assert bool(problem) == bool(found)


@browser_test
def test_a_conversation_survives_a_refresh_and_a_refusal_has_an_address(
    newcomer: Reader,
) -> None:
    page = newcomer.page
    newcomer.ask("Who won the world cup?")
    assert page.url.endswith("?q=Who+won+the+world+cup%3F")
    newcomer.ask("61/181 OP6")
    asked = page.locator(".op-turn h2").all_inner_texts()
    page.reload()
    page.wait_for_function("document.querySelectorAll('.op-turn').length === 2")
    assert page.locator(".op-turn h2").all_inner_texts() == asked
    turn = newcomer.ask("And the next one")
    assert page.locator(".op-turn").count() == 3
    assert "61/181, para. 7" in turn.locator(".op-citation").first.inner_text()
    newcomer.start_afresh()
    page.reload()
    page.wait_for_selector(".op-lessons")
    assert page.locator(".op-turn").count() == 0
