"""Each citation that a quotation prints opens the paragraph that it was printed for."""

import pytest

from benchmarks.citations_opened import TypedAs, openings
from qa import Assistant


@pytest.mark.slow
def test_each_printed_citation_opens_its_passage_alone(collection_assistant: Assistant) -> None:
    corpus = collection_assistant.corpus
    opened = openings(corpus, corpus.resolutions)
    wrong = [fault for _, faults in opened for fault in faults if ", " in fault.typed]
    assert wrong == []


@pytest.mark.slow
def test_each_printed_citation_opens_its_passage_inside_a_question(
    collection_assistant: Assistant,
) -> None:
    corpus = collection_assistant.corpus
    opened = openings(corpus, corpus.resolutions, TypedAs.INSIDE_A_QUESTION)
    assert [fault for _, faults in opened for fault in faults] == []
