"""Days, years and decades are known by the paragraph that proclaims them, not by titles."""

import pytest

from qa.search.observances import proclaims

PARAGRAPHS = {
    ("Decides to proclaim 3 May World Otter Day, to be observed annually;", "Day"): True,
    ("Also decides to designate 9 June of each year as the International Day of Tea;", "Day"): True,
    ("Proclaims 2031 the International Year of Clay;", "Year"): True,
    ("Decides to declare the period 2031–2040 the Decade of Mountains;", "Decade"): True,
    ("Decides to declare the period 2031–2040 the Decade of Mountains;", "Day|Decade"): True,
    ("Decides to proclaim 3 May World Otter Day;", "Year"): False,
    ("Welcomes the observance of World Otter Day on 3 May;", "Day"): False,
    ("Recalls the decision to proclaim 3 May World Otter Day;", "Day"): False,
    ("Decides to continue to observe World Otter Day;", "Day"): False,
    ("Invites States to observe the International Day of Tea;", "Day"): False,
}


@pytest.mark.parametrize(("text", "unit"), PARAGRAPHS)
def test_only_a_paragraph_that_proclaims_counts(text: str, unit: str) -> None:
    assert proclaims(text, unit) is PARAGRAPHS[text, unit]
