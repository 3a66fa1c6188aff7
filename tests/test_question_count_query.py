"""How many, which, and when first: read from questions."""

from datetime import date

import pytest

from qa.question.count_query import CountQuery, read_count
from qa.resolutions.periods import Period


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "How many resolutions since 2020 mention UNODC?",
            CountQuery(thing="UNODC", period=Period.of_year(2020).onwards, resolutions=True),
        ),
        (
            "How many Security Council resolutions mention the General Assembly?",
            CountQuery(thing="General Assembly", bodies=frozenset({"S"}), resolutions=True),
        ),
        (
            "List all resolutions that mention “juvenile justice” between 2001 and 2005.",
            CountQuery(
                thing="juvenile justice",
                period=Period.of_year(2001).through(Period.of_year(2005)),
                resolutions=True,
            ),
        ),
        (
            "Which operative paragraphs refer to corruption?",
            CountQuery(thing="corruption", paragraphs=True, operative=True),
        ),
        ("In which texts is Palermo mentioned?", CountQuery(thing="Palermo")),
        (
            "In how many resolutions is 55/25 cited?",
            CountQuery(thing="55/25", cited=("A/RES/55/25",), resolutions=True),
        ),
        (
            "how many paragraphs about corruption are there",
            CountQuery(thing="corruption", paragraphs=True),
        ),
        (
            "When was terrorism first mentioned?",
            CountQuery(thing="terrorism", which="first"),
        ),
        (
            "When did the General Assembly last use the term money-laundering?",
            CountQuery(thing="money-laundering", which="last", bodies=frozenset({"A"})),
        ),
        (
            "What is the most recent resolution that cites resolution 55/25?",
            CountQuery(
                thing="resolution 55/25", cited=("A/RES/55/25",), which="last", resolutions=True
            ),
        ),
        ("gender mentions in texts, how many", CountQuery(thing="gender")),
        ("gender mentioned how often", CountQuery(thing="gender")),
        ("number of mentions of gender", CountQuery(thing="gender")),
        ("How often is gender mentioned?", CountQuery(thing="gender")),
        ("first mention of gender", CountQuery(thing="gender", which="first")),
        (
            "How many resolutions adopted since March 2019 mention gender?",
            CountQuery(thing="gender", period=Period.of_month(2019, 3).onwards, resolutions=True),
        ),
        (
            "Which resolutions mention Mali between 1 May 2013 and December 2014?",
            CountQuery(
                thing="Mali",
                period=Period(since=date(2013, 5, 1), until=date(2014, 12, 31)),
                resolutions=True,
            ),
        ),
        (
            "How many resolutions mention the attacks of 11 September 2001?",
            CountQuery(thing="attacks of 11 September 2001", resolutions=True),
        ),
        # No count is wanted, or no thing is named.
        ("Which resolutions are recalled?", None),
        ("Which resolution adopted the convention?", None),
        ("How many operative paragraphs does 61/181 have?", None),
        ("How many resolutions are loaded?", None),
        ("How many resolutions were adopted on 5 June 2019?", None),  # a day, no thing
        ("Which Economic and Social Council resolutions are mentioned?", None),
        ("What is said of juvenile justice?", None),
        ("How many resolutions mention " + "one two three " * 5 + "?", None),
        ("", None),
    ],
)
def test_what_is_to_be_counted_is_read(question: str, expected: CountQuery | None) -> None:
    assert read_count(question) == expected
