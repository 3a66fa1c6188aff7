"""What looks like a question to the texts and is none is refused, each in its kind."""

import pytest

from qa.answer import RefusalKind
from qa.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "kind", "says"),
    [
        ("Who was president of the General Assembly?", RefusalKind.NOT_RECORDED, "office"),
        ("Which States are members of the Commission?", RefusalKind.NOT_RECORDED, "office"),
        ("Has paragraph 6 of 61/181 been implemented?", RefusalKind.NOT_RECORDED, "afterwards"),
        ("How much money did Japan give to the fund?", RefusalKind.NOT_RECORDED, "gave how much"),
        ("Which delegation tabled the 2006 text?", RefusalKind.NOT_RECORDED, "Sponsors"),
        ("what's the weather in New York", RefusalKind.NOT_RECORDED, "weather"),
        ("peacekeeping operations in Mali", RefusalKind.NOT_IN_TEXTS, "Mali"),
        ("whales and the ocean", RefusalKind.NOT_IN_TEXTS, "No paragraph"),
        ("paragraphs 10 to 12 of 61/181", RefusalKind.NO_SUCH_PARAGRAPH, "no paragraphs 10 to 12"),
    ],
)
def test_a_refusal_in_its_kind(
    question: str, kind: RefusalKind, says: str, assistant: Assistant
) -> None:
    refusal = assistant.ask(question).refusal
    assert refusal is not None
    assert refusal.kind is kind
    assert says in refusal.message


def test_who_adopted_it_is_a_fact(assistant: Assistant) -> None:
    facts = assistant.ask("Who adopted 61/181?").facts
    assert [(one.field, one.value) for one in facts] == [("adopted_by", "General Assembly")]
