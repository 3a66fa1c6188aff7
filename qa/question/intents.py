"""What kind of answer a question asks for: the first thing that a plan says."""

from enum import Enum

from qa.question.question import Question


class Intent(Enum):
    """The kind of answer; the value is the word in JSON."""

    NONE = "none"  # nothing that can be answered
    RECORD = "record"  # votes, sponsors and other facts of the records
    LIST = "list"  # documents
    COUNT = "count"
    ASKED_OF = "asked_of"  # what is asked of somebody
    DUE = "due"  # what falls due at a session or date
    FIRST_OR_LAST = "first_or_last"  # the first or the newest document on a topic
    STEPS = "steps"  # the document that another one ended, created or recalls
    CURRENT = "current"  # what holds now
    QUOTE = "quote"  # paragraphs by their citation
    OPEN = "open"  # documents by their symbol
    FACT = "fact"  # of the masthead
    COMPARE = "compare"
    DEFINE = "define"
    YES_OR_NO = "yes_or_no"
    SEARCH = "search"


def intent_of(question: Question) -> Intent:
    """Return the kind of answer that a question asks for, in the order of the routes."""
    requests = question.requests
    readings = (
        (Intent.NONE, question.unusable),
        (Intent.RECORD, question.record),
        (Intent.COUNT, question.documents and question.documents.is_count),
        (Intent.LIST, question.documents),
        (Intent.COUNT, question.count),
        (Intent.QUOTE, question.symbols and question.places),
        (Intent.FACT, question.fields and question.symbols),
        (Intent.OPEN, question.symbols and not question.names_topic),
        (Intent.STEPS, question.steps),
        (Intent.FIRST_OR_LAST, question.edge),
        (Intent.ASKED_OF, requests and requests.actor),
        (Intent.DUE, requests),
        (Intent.CURRENT, question.present and question.present.has_cue),
        (Intent.COMPARE, question.compares),
        (Intent.DEFINE, question.asks_for_definition),
        (Intent.FACT, question.fields),
        (Intent.YES_OR_NO, question.asks_whether),
    )
    return next((intent for intent, is_read in readings if is_read), Intent.SEARCH)
