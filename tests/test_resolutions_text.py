"""Odd characters are unified, every character knows where it stood, and a quotation is proved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.resolutions.model import NoteMark, Span
from qa.resolutions.text import fold, is_verbatim, squeeze, squeezed_lengths, with_marks

# Text as files hold it: letters, and every character that folding knows.
ODD = st.text(
    st.sampled_from(
        "aZé9 .\t\n\r\u00a0\u2007\u202f\u3000\u2010\u2011\u2212\u2018\u2019\u201c\u201d\u2033"
        "\u2028\x0b\x0c\u200b\u200e\u2060\ufeff\u00ad\ufb00\ufb01\ufb03\u2013"
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("20\u00a0December\u00a02006", "20 December 2006", id="no-break space"),
        pytest.param("1\u202f200\u2009x", "1 200 x", id="narrow and thin blanks"),
        pytest.param("A/RES/61\u2011181", "A/RES/61-181", id="no-break hyphen"),
        pytest.param("\u20126 \u22121", "-6 -1", id="figure dash and minus"),
        pytest.param("\u201cYes\u201d, it\u2019s", '"Yes", it\'s', id="curly quotes"),
        pytest.param("\u201elow\u201f \u201alow\u201b", "\"low\" 'low'", id="low quotes"),
        pytest.param("o\ufb03ce \ufb01ght \ufb02ow", "office fight flow", id="ligatures"),
        pytest.param("coun\u00adtry\u200b\u2060", "country", id="soft hyphen, zero width"),
        pytest.param("\ufeffThe", "The", id="byte order mark inside the text"),
        pytest.param("\u200eright\u200f", "right", id="marks of direction"),
        pytest.param("a\r\nb", "a\nb", id="CRLF is one line end"),
        pytest.param("a\rb\r\rc", "a\nb\n\nc", id="lone CR is a line end"),
        pytest.param("a\x0cb\u2028c\x0bd", "a\nb\nc\nd", id="page break, line separator"),
        pytest.param("2002\u20132003", "2002\u20132003", id="an en dash stays as printed"),
        pytest.param("Côte d'Ivoire\t1.", "Côte d'Ivoire\t1.", id="accents and tabs stay"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_odd_characters_are_unified(raw: str, expected: str) -> None:
    assert fold(raw).text == expected


@given(ODD)
def test_every_folded_character_comes_from_its_origin(raw: str) -> None:
    folded = fold(raw)
    for at, character in enumerate(folded.text):
        span = folded.raw_span(at, at + 1)
        assert span.end == span.start + 1
        assert character in fold(raw[span.start : span.end]).text


@given(ODD)
def test_origins_never_go_back_and_a_second_folding_changes_nothing(raw: str) -> None:
    folded = fold(raw)
    origins = [folded.raw_span(at, at + 1).start for at in range(len(folded.text))]
    assert origins == sorted(origins)
    assert fold(folded.text).text == folded.text


@given(ODD)
def test_a_raw_offset_leads_to_the_first_character_from_there_on(raw: str) -> None:
    folded = fold(raw)
    origins = [folded.raw_span(at, at + 1).start for at in range(len(folded.text))]
    for offset in range(len(raw) + 1):
        assert folded.folded_offset(offset) == sum(1 for origin in origins if origin < offset)


@given(ODD, st.data())
def test_raw_span_of_a_stretch_folds_to_that_stretch(raw: str, data: st.DataObject) -> None:
    folded = fold(raw)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.raw_span(start, end)
    assert 0 <= span.start <= span.end <= len(raw)
    # A ligature is one raw character: a stretch that begins or ends inside it takes it whole.
    assert folded.text[start:end] in fold(raw[span.start : span.end]).text


@pytest.mark.parametrize(
    ("raw", "start", "end", "expected"),
    [
        pytest.param(
            "a\u00adbc", 1, 3, Span(start=2, end=4), id="a soft hyphen before is left out"
        ),
        pytest.param("ab\r\ncd", 3, 5, Span(start=4, end=6), id="after CRLF"),
        pytest.param("\ufeffab", 0, 1, Span(start=1, end=2), id="after a byte order mark"),
        pytest.param("o\ufb03ce", 1, 4, Span(start=1, end=2), id="a ligature is one character"),
        pytest.param("a\u00adb", 1, 1, Span(start=2, end=2), id="nothing is nowhere else"),
        pytest.param("abc", 1, 2, Span(start=1, end=2), id="plain text: the same offsets"),
    ],
)
def test_raw_span(raw: str, start: int, end: int, expected: Span) -> None:
    assert fold(raw).raw_span(start, end) == expected


@pytest.mark.parametrize(
    ("raw", "at", "expected"),
    [
        pytest.param("a\u00adbc", 2, 1, id="after something that folding drops"),
        pytest.param("a\u00adbc", 1, 1, id="at it: the next character"),
        pytest.param("o\ufb03ce", 2, 4, id="after a ligature"),
        pytest.param("abc", 3, 3, id="the end"),
    ],
)
def test_folded_offset(raw: str, at: int, expected: int) -> None:
    assert fold(raw).folded_offset(at) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("  two \t\n words ", "two words", id="runs become one blank"),
        pytest.param("\n", "", id="white space alone is nothing"),
    ],
)
def test_squeeze(text: str, expected: str) -> None:
    assert squeeze(text) == expected


@given(st.lists(st.text(alphabet=" \t\n\u00a0ab.", max_size=5)))
def test_lengths_of_pieces_are_those_of_the_squeezed_text(pieces: list[str]) -> None:
    whole = [len(squeeze("".join(pieces[: end + 1]))) for end in range(len(pieces))]
    assert list(squeezed_lengths(pieces)) == whole


@given(
    st.text(alphabet="ab ", max_size=8),
    st.lists(st.tuples(st.sampled_from("123"), st.integers(0, 8)), max_size=6),
)
def test_markers_are_put_back_as_one_after_the_other(
    text: str, places: list[tuple[str, int]]
) -> None:
    marks = tuple(NoteMark(marker=marker, position=min(at, len(text))) for marker, at in places)
    expected = text
    for mark in sorted(marks, key=lambda mark: mark.position, reverse=True):
        expected = expected[: mark.position] + mark.marker + expected[mark.position :]
    assert with_marks(text, marks) == expected


def test_markers_are_put_back_where_they_stood() -> None:
    marks = (NoteMark(marker="1", position=8), NoteMark(marker="12", position=17))
    assert with_marks("thereto, the Conv", marks) == "thereto,1 the Conv12"


@pytest.mark.parametrize(
    ("text", "marks", "raw"),
    [
        pytest.param("Urges all States;", (), "Urges all States;", id="the same characters"),
        pytest.param(
            "Urges all States;", (), "Urges\u00a0all\r\n\tStates; ", id="white space aside"
        ),
        pytest.param('it\'s "so"', (), "it\u2019s \u201cso\u201d", id="quotes folded"),
        pytest.param(
            "resolution 60/175;",
            (NoteMark(marker="6", position=18),),
            "resolution 60/175;6",
            id="a note marker counted back in",
        ),
    ],
)
def test_a_true_quotation_is_proved(text: str, marks: tuple[NoteMark, ...], raw: str) -> None:
    assert is_verbatim(text, marks, raw, Span(start=0, end=len(raw)))


@pytest.mark.parametrize(
    ("text", "marks", "raw"),
    [
        pytest.param("Urges any States;", (), "Urges all States;", id="another word"),
        pytest.param("Urges States;", (), "Urges all States;", id="a word left out"),
        pytest.param("Urges all States", (), "Urges all States;", id="the last sign left out"),
        pytest.param("urges all States;", (), "Urges all States;", id="another case"),
        pytest.param("Urges all States; now", (), "Urges all States;", id="a word too many"),
        pytest.param("resolution 60/175;", (), "resolution 60/175;6", id="a marker not told of"),
        pytest.param(
            "resolution 60/17;",
            (NoteMark(marker="6", position=17),),
            "resolution 60/175;6",
            id="a digit of the number lost",
        ),
        pytest.param(
            "thereto, the",
            (NoteMark(marker="1", position=2),),
            "thereto,1 the",
            id="a marker at another place",
        ),
        pytest.param("", (), "Urges", id="nothing is no quotation"),
    ],
)
def test_a_false_quotation_is_not(text: str, marks: tuple[NoteMark, ...], raw: str) -> None:
    assert not is_verbatim(text, marks, raw, Span(start=0, end=len(raw)))


def test_a_quotation_is_proved_at_its_place_only() -> None:
    raw = "Urges all States; Invites all States;"
    assert is_verbatim("Invites all States;", (), raw, Span(start=18, end=len(raw)))
    assert not is_verbatim("Invites all States;", (), raw, Span(start=17, end=len(raw) - 1))
    assert not is_verbatim("Invites all States;", (), raw, Span(start=0, end=17))


@given(st.data())
def test_one_changed_character_is_enough_to_disprove(data: st.DataObject) -> None:
    raw = "Requests the Secretary-General to report,1 as \u201cA/RES/60/175\u201d asks;"
    text = 'Requests the Secretary-General to report, as "A/RES/60/175" asks;'
    marks = (NoteMark(marker="1", position=41),)
    assert is_verbatim(text, marks, raw, Span(start=0, end=len(raw)))
    at = data.draw(st.sampled_from([at for at, one in enumerate(text) if one != " "]))
    other = data.draw(st.characters(codec="ascii").filter(lambda one: one.strip(" \t\n\r\x0b\x0c")))
    changed = text[:at] + other + text[at + 1 :]
    proved = is_verbatim(changed, marks, raw, Span(start=0, end=len(raw)))
    assert proved is (changed == text)
