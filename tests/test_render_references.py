"""References in the forms that writing asks for."""

from datetime import date

import pytest

from qa.answer import Quote
from qa.render.references import FORMS, bibtex, markdown, oscola
from qa.resolutions.model import Kind, Source


def quoted(symbol: str, citation: str, adopted: date | None, **changes: object) -> Quote:
    values: dict[str, object] = {
        "symbol": symbol,
        "title": "Crime & 50% of _all_ things",
        "adopted": adopted,
        "label": "OP6",
        "number": 6,
        "kind": Kind.OPERATIVE,
        "text": "Urges all States [*] to act;",
        "highlight": (),
        "citation": citation,
        "url": f"https://docs.un.org/en/{symbol}",
        "score": 1.0,
        "source": Source(file="a.txt", sha256="ab" * 32),
        "start": 0,
        "end": 9,
    }
    return Quote(**{**values, **changes})  # type: ignore[arg-type]


ASSEMBLY = quoted("A/RES/61/181", "A/RES/61/181, para. 6", date(2006, 12, 20))


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        pytest.param(
            ASSEMBLY,
            "UNGA Res 61/181 (20 December 2006) UN Doc A/RES/61/181, para 6",
            id="General Assembly",
        ),
        pytest.param(
            quoted("S/RES/1373(2001)", "S/RES/1373 (2001), para. 1 (a)", date(2001, 9, 28)),
            "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373 (2001), para 1 (a)",
            id="Security Council: the year stands in the date",
        ),
        pytest.param(
            quoted("A/HRC/RES/16/18", "A/HRC/RES/16/18, third preambular paragraph", None),
            "UNHRC Res 16/18 UN Doc A/HRC/RES/16/18, third preambular paragraph",
            id="no date",
        ),
        pytest.param(
            quoted("S/PRST/2005/54", "S/PRST/2005/54, para. 1", date(2005, 11, 9)),
            "(9 November 2005) UN Doc S/PRST/2005/54, para 1",
            id="no resolution",
        ),
    ],
)
def test_oscola(quote: Quote, expected: str) -> None:
    assert oscola(quote) == expected


def test_bibtex_escapes_what_latex_would_read() -> None:
    assert bibtex(ASSEMBLY) == (
        "@misc{A-RES-61-181,\n"
        "  author = {{United Nations General Assembly}},\n"
        "  title = {{Crime \\& 50\\% of \\_all\\_ things}},\n"
        "  number = {A/RES/61/181},\n"
        "  year = {2006},\n"
        "  month = {12},\n"
        "  note = {para. 6},\n"
        "  url = {https://docs.un.org/en/A/RES/61/181},\n"
        "}"
    )


def test_markdown_shows_the_words_as_they_are() -> None:
    assert markdown(ASSEMBLY) == (
        "> Urges all States \\[\\*\\] to act;\n>\n"
        "> [A/RES/61/181, para. 6](https://docs.un.org/en/A/RES/61/181) (20 December 2006)"
        ". File not in the catalogue"
    )


def test_every_form_gives_the_place() -> None:
    for form, write in FORMS.items():
        assert "para" in write(ASSEMBLY), form
