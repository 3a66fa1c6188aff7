"""The box of the question: free once a question is taken, filled again where it has no answer."""

from typing import TYPE_CHECKING, Any

import pytest
from page_parts import built

from qa.assistant import Assistant
from qa.errors import OperativeError
from qa.page.conversation_state import Conversation
from qa.page.page_jobs import answer_turn
from qa.settings import Serving
from qa.workers.answer_pool import OwnProcess

if TYPE_CHECKING:
    from qa.page.layout import Page

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("gradio")]  # one process imports it
QUESTION = " 61/181 OP6 "


class Failing(OwnProcess):
    """A pool whose index cannot be read any more once a question is asked."""

    def run(self, client: str, job: Any, *args: object, **given: object) -> Any:
        if job is answer_turn:
            raise OperativeError("The index was deleted; build it again.")
        return super().run(client, job, *args, **given)


@pytest.fixture(params=[OwnProcess, Failing], ids=["answered", "failed"])
def page(request: pytest.FixtureRequest, assistant: Assistant) -> "Page":
    from qa.page.layout import Page

    return built(lambda: Page(request.param(assistant), Serving()))


def test_the_box_is_free_for_the_next_question_at_once(page: "Page") -> None:
    boxes = [None for _ in page.form.boxes]
    taken, ended = page.ask_typed(QUESTION, Conversation(), [], *boxes)
    assert taken[page.question] == ""
    assert page.question not in ended or ended[page.question] == QUESTION


def test_only_a_question_without_an_answer_is_put_back(page: "Page") -> None:
    boxes = [None for _ in page.form.boxes]
    *_, ended = page.ask_typed(QUESTION, Conversation(), [], *boxes)
    assert (page.question in ended) == isinstance(page.pool, Failing)


def test_a_question_that_the_page_does_not_take_stays_in_the_box(page: "Page") -> None:
    boxes = [None for _ in page.form.boxes]
    (only,) = page.ask_typed("   ", Conversation(), [], *boxes)
    assert page.question not in only
