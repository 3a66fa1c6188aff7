"""What is searched for: the name of a thing counts as its texts print it."""

from qa.assistant import Assistant
from qa.question.read import read_question


def test_of_two_names_of_a_thing_the_one_that_is_printed_counts_whole(assistant: Assistant) -> None:
    query = assistant.retriever.query(read_question("UNODC juvenile justice work"))
    words = assistant.corpus.words
    (short,) = words.terms("UNODC")
    full = words.terms("United Nations Office on Drugs and Crime")
    counts = {term: len(words.rows_with(term)) for term in (short, *full)}
    printed_more = full if min(counts[term] for term in full) >= counts[short] else (short,)
    assert {query.terms[term] for term in printed_more} == {1.0}
    assert "Drugs and Crime" in query.to_encode[1]
