"""Citations in texts, resolved: every example with a known answer, and a row for every rule."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.resolutions.cite.citation_format import citation
from qa.resolutions.cite.resolve import Context, read_citations
from qa.resolutions.model import Body, Cited, Kind

CASES = Path(__file__).parent / "cases" / "citations.tsv"
SHARED = Path(os.environ.get("OPERATIVE_SHARED", Path(__file__).parents[2] / "shared"))
GOLD = SHARED / "gold" / "citations.tsv"
PARAGRAPHS = {("A/RES/56/123", Kind.OPERATIVE): 21}


def rows() -> list[dict[str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    header, *cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return [dict(zip(header, one, strict=True)) for one in cells]


def count(symbol: str, kind: Kind) -> int | None:
    return PARAGRAPHS.get((symbol, kind))


def context_of(row: dict[str, str]) -> Context:
    previous = (Cited(symbol=row["previous"], start=0, end=1),) if row["previous"] else ()
    if not row["citing"]:
        return Context(previous=previous, count=count)
    return Context(organ=row["citing"][0], symbol=row["citing"], previous=previous)


def said(cited: Cited, citing: str = "") -> str:
    """A citation as the table of examples writes it."""
    if cited.symbol.startswith("Ibid."):
        return "IBID"
    if not cited.resolved:
        return f"UNRESOLVED ({cited.symbol})"
    return (
        re.sub(rf"^{re.escape(citing)}(?=\[| |$)", "SELF", cited.symbol) if citing else cited.symbol
    )


def read(text: str, context: Context) -> list[str]:
    return [
        one.symbol if one.resolved else f"? {one.symbol}" for one in read_citations(text, context)
    ]


def printed(text: str, organ: str = "A", label: str = "", previous: str = "") -> list[str]:
    """What a paragraph of a resolution of `organ` cites."""
    before = (Cited(symbol=previous, start=0, end=1),) if previous else ()
    symbol = {
        "A": "A/RES/75/1",
        "S": "S/RES/2500(2019)",
        "HRC": "A/HRC/RES/41/1",
        "E": "E/RES/2020/1",
    }[organ]
    return read(text, Context(organ=organ, symbol=symbol, label=label, previous=before))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["text"]) for row in rows()])
def test_a_known_citation_is_read(row: dict[str, str]) -> None:
    found = [
        one
        for one in read_citations(row["before"] + row["text"], context_of(row))
        if one.end > len(row["before"])
    ]
    own = row["citing"] if row["expected"].startswith("SELF") else ""
    own = own.partition("[")[0]
    given_ = [said(one, own) for one in found] or ["NONE"]
    if row["text"] == "resolution 14/221":  # whose it is stands in the annexed document alone
        assert given_ == ["UNRESOLVED (resolution 14/221)"]
    else:
        assert "; ".join(given_) == row["expected"]


@pytest.mark.skipif(
    not GOLD.exists(), reason="the known answers are not at hand; set OPERATIVE_SHARED"
)
def test_every_known_answer_is_a_row_of_ours() -> None:
    known = [line.split("\t")[:2] for line in GOLD.read_text(encoding="utf-8").splitlines()[1:]]
    assert [[row["text"], row["expected"]] for row in rows()] == known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Shape
        pytest.param("resolution 1325 (2000)", ["S/RES/1325(2000)"], id="a year behind: Council"),
        pytest.param("resolution 2140 (2015)", ["? S/RES/2140(2015)"], id="of another year: a slip"),
        pytest.param("resolution 2006/19", ["E/RES/2006/19"], id="a year before: ECOSOC"),
        pytest.param("the season 2019/20", [], id="no resolution is spoken of: a season"),
        pytest.param("resolution 2021/2 B", ["E/RES/2021/2[B]"], id="a part of ECOSOC"),
        pytest.param("resolution 217 A (III)", ["A/RES/217(III)[A]"], id="Roman, with a part"),
        pytest.param("resolution 1503 (XLVIII)", ["E/RES/1503(XLVIII)"], id="L or more: ECOSOC"),
        pytest.param("resolution 315 (XXVIII)", ["? resolution 315 (XXVIII)"], id="of another session's numbers"),
        pytest.param("resolution 574 (XXXI)", ["? resolution 574 (XXXI)"], id="31 to 39: unknown"),
        pytest.param("resolutions 53/77 AA", ["A/RES/53/77[AA]"], id="the part after Z"),
        pytest.param("a ratio of 60/40 of the seats", [], id="a ratio"),
        pytest.param("50/50 and 24/7 and 9/11", [], id="sayings"),
        pytest.param("the 2030/2050 goals, HIV/AIDS, T/PCCs", [], id="slashes of other kinds"),
        pytest.param("SARS/CoV-2 variants", [], id="a digit behind the slash is no number there"),
        pytest.param("1,234/567 and 12/05/2006", [], id="amounts and dates"),
        pytest.param("Resolutions 70/291,72/284", ["A/RES/70/291", "A/RES/72/284"], id="a blank is missing"),
        pytest.param("A/RES/61/181G", ["A/RES/61/181[G]"], id="a part letter written on"),
        pytest.param("A/RES/61/181General", ["A/RES/61/181"], id="a word written on"),
        # Documents
        pytest.param("See ICCD/COP(14)/23/Add.1.", ["ICCD/COP(14)/23/Add.1"], id="a session in it"),
        pytest.param("GC(63)/RES/14 and", ["GC(63)/RES/14"], id="a session first"),
        pytest.param("A/74/6 (Sect. 29A)", ["A/74/6(Sect.29A)"], id="a section with a letter"),
        pytest.param("A/69/53/Add.1 /Corr.1", ["A/69/53/Add.1/Corr.1"], id="a stray blank"),
        pytest.param("(S/PRST/ 2014/23)", ["S/PRST/2014/23"], id="a stray blank behind"),
        pytest.param(
            "A/C.6/56/SR.11–13", ["A/C.6/56/SR.11", "A/C.6/56/SR.12", "A/C.6/56/SR.13"],
            id="a range of records",
        ),
        pytest.param("A/72/707-S/2018/43", ["A/72/707", "S/2018/43"], id="joint symbols"),
        pytest.param("UNEP/CBD/COP-MOP/5/17", ["UNEP/CBD/COP-MOP/5/17"], id="a hyphen inside"),
        # Named owner
        pytest.param(
            "resolution 51/32 of the Human Rights Council", ["A/HRC/RES/51/32"], id="named after"
        ),
        pytest.param(
            "resolutions 10/1 of 16 October 2020 and 10/2 of the Conference of the Parties",
            ["? Conference of the Parties resolution 10/1", "? Conference of the Parties resolution 10/2"],
            id="named after a list: of all of it",
        ),
        pytest.param(
            "Human Rights Council resolutions 12/1, 12/2 and General Assembly resolution 60/251",
            ["A/HRC/RES/12/1", "A/HRC/RES/12/2", "A/RES/60/251"],
            id="carried down a list, to the next name",
        ),
        pytest.param(
            "Human Rights Council resolutions on the subject, including resolution 42/9",
            ["A/HRC/RES/42/9"],
            id="said of all, then of one",
        ),
        pytest.param(
            "Human Rights Council resolutions 34/7 of 23 March 2017 on the right to privacy and 45/18",
            ["A/HRC/RES/34/7", "A/HRC/RES/45/18"],
            id="a list goes on after what it is about",
        ),
        pytest.param(
            "relevant resolutions adopted by the Human Rights Council, including resolutions 36/6",
            ["A/HRC/RES/36/6"],
            id="adopted by",
        ),
        pytest.param(
            "Notes the adoption of resolution 58/13 by the Human Rights Council",
            ["A/HRC/RES/58/13"],
            id="the adoption of … by",
        ),
        pytest.param(
            "the adoption, by the Economic and Social Commission for Asia and the Pacific at its "
            "seventy-second session, of resolution 72/7 of 19 May 2016",
            ["? ESCAP resolution 72/7"],
            id="the adoption by … of",
        ),
        pytest.param(
            "Noting the adoption on 18 September 2014 by the Economic and Social Commission for Western "
            "Asia at its twenty-eighth session of resolution 315 (XXVIII)",
            ["? ESCWA resolution 315 (XXVIII)"],
            id="the adoption on a day by … of",
        ),
        pytest.param(
            "Recalling all resolutions adopted by the Commission on Human Rights on the issue of women's "
            "equal rights to ownership of, access to and control over land and the equal rights to own and "
            "inherit property and to adequate housing, including resolution 2005/25 of 15 April 2005",
            ["E/CN.4/RES/2005/25"],
            id="said of all, a long way before",
        ),
        pytest.param("Recalling Commission resolution 20/6", ["? Commission resolution 20/6"], id="a verb is no part of the name"),
        pytest.param(
            "resolutions 5/14 of 2 March 2022, entitled “End plastic pollution”, and 4/6 of 15 March "
            "2019, entitled “Litter”, adopted by the United Nations Environment Assembly",
            ["UNEP/EA.5/RES.14", "UNEP/EA.4/RES.6"],
            id="named after the titles",
        ),
        pytest.param("Commission resolution 61/3", ["? Commission resolution 61/3"], id="unknown body"),
        pytest.param("resolution 70/1 of the Secretary-General", ["A/RES/70/1"], id="no body named"),
        pytest.param("Council resolution 5/1", ["? Council resolution 5/1"], id="which Council?"),
        pytest.param("Council resolution 2019/15", ["E/RES/2019/15"], id="Council with a year first"),
        pytest.param(
            "General Assembly and Security Council resolutions 70/262 and 2282 (2016)",
            ["A/RES/70/262", "S/RES/2282(2016)"],
            id="two owners: each number has its shape",
        ),
        pytest.param(
            "Supplement No. 53A (A/77/53/Add.1), chap. III, sect. A, resolution 51/4.",
            ["A/77/53/Add.1", "A/HRC/RES/51/4"],
            id="inside the report of the Human Rights Council",
        ),
        pytest.param(
            "CAC/COSP/2021/17, sect. I.B, resolution 9/2",
            ["CAC/COSP/2021/17 sect. I.B", "? CAC/COSP resolution 9/2"],
            id="inside the report of another body",
        ),
        pytest.param("decision X/29 and decision 1/CP.21", ["? decision X/29", "? decision 1/CP.21"], id="forms of other bodies"),
        # Its
        pytest.param(
            "the Human Rights Council, in its resolution 36/10, to extend", ["A/HRC/RES/36/10"],
            id="its: the nearest organ's",
        ),
        pytest.param(
            "the Human Rights Council, and recalling its resolution 36/10", ["A/RES/36/10"],
            id="its: not of an organ further off",
        ),
        pytest.param(
            "the terms of reference of the Committee, as contained in the annex to its resolution 61/275",
            ["A/RES/61/275 annex"],
            id="its: committees number no resolutions",
        ),
        # Year
        pytest.param("its resolution 54/18 of 12 October 2023", ["? resolution 54/18"], id="no session fits"),
        pytest.param(
            "its resolution 54/18 of 12 October 2023, the Human Rights Council submitted",
            ["A/HRC/RES/54/18"],
            id="the year tells the organ",
        ),
        pytest.param("its resolution 973 (X) of 15 December 1995", ["? resolution 973 (X)"], id="a slip in a date"),
        pytest.param("S-21/1 and resolution S-30/1 of 27 May 2021", ["A/RES/S-21/1", "A/HRC/RES/S-30/1"], id="special sessions have years"),
        pytest.param("resolution 14/221", ["? resolution 14/221"], id="before the thirty-first: not the Assembly's"),
        # Series
        pytest.param("decision 2017/236 of the Economic and Social Council", ["E/DEC/2017/236"], id="decision of ECOSOC"),
        pytest.param("its decisions 77/512 of 7 December 2022 and 78/541", ["A/DEC/77/512", "A/DEC/78/541"], id="decisions in a list"),
    ],
)  # fmt: skip
def test_the_owner_of_a_number(text: str, expected: list[str]) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("organ", "text", "expected"),
    [
        pytest.param("HRC", "its resolution 17/4", ["A/HRC/RES/17/4"], id="its own"),
        pytest.param("HRC", "resolution 41/18", ["A/HRC/RES/41/18"], id="bare: its own"),
        pytest.param("HRC", "Council resolution 5/1", ["A/HRC/RES/5/1"], id="the Council is its own"),
        pytest.param("HRC", "its resolution S-31/1 of 24 August 2021", ["A/HRC/RES/S-31/1"], id="its special session"),
        pytest.param("E", "its resolution 8 (I) of 16 February 1946", ["E/RES/8(I)"], id="its early sessions"),
        pytest.param("E", "General Assembly resolution 12 (I)", ["A/RES/12(I)"], id="the Assembly's early sessions"),
        pytest.param("HRC", "General Assembly resolution 60/251", ["A/RES/60/251"], id="another's"),
        pytest.param("HRC", "its resolution 65/281 of 17 June 2011", ["A/RES/65/281"], id="the year"),
        pytest.param("S", "resolution 2391", ["S/RES/2391(2017)"], id="its own years are known"),
        pytest.param("S", "resolutions 1325, 1820 and 2242", ["S/RES/1325(2000)", "S/RES/1820(2008)", "S/RES/2242(2015)"], id="a list without years"),
        pytest.param("S", "resolution 9999", [], id="no such number: no year is guessed"),
        pytest.param("S", "outcomes of 2272 reviews", [], id="a number alone is none"),
        pytest.param("S", "resolution 2506 (2020)", ["S/RES/2506(2020)"], id="with its year"),
        pytest.param("A", "resolution 2391", [], id="of the Assembly a number says nothing"),
        pytest.param("S", "paragraph 4 of this resolution", ["S/RES/2500(2019) OP4"], id="this one"),
        pytest.param("A", "paragraph 4 of this resolution", [], id="the Assembly says the present"),
    ],
)  # fmt: skip
def test_the_adopting_organ_matters(organ: str, text: str, expected: list[str]) -> None:
    assert printed(text, organ) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("paragraph 8 of the annex to its resolution 2 (I)", ["A/RES/2(I) annex para. 8"], id="of leads up"),
        pytest.param("section II.A of its resolution 65/259", ["A/RES/65/259 sect. II.A"], id="subsection"),
        pytest.param("section D, paragraph 11, of its resolution 54/248", ["A/RES/54/248 sect. D OP11"], id="a comma leads down"),
        pytest.param(
            "paragraphs 5 and 7 of section II and paragraph 3 of section III of resolution 70/1",
            ["A/RES/70/1 sect. II OP5", "A/RES/70/1 sect. II OP7", "A/RES/70/1 sect. III OP3"],
            id="two sections",
        ),
        pytest.param(
            "paragraphs 9 (a), (b) and (c) of resolution 1970 (2011)",
            ["S/RES/1970(2011) OP9(a)", "S/RES/1970(2011) OP9(b)", "S/RES/1970(2011) OP9(c)"],
            id="letters hang on the number",
        ),
        pytest.param("paragraphs 8 (a)-(c) of resolution 70/1", ["A/RES/70/1 OP8(a)", "A/RES/70/1 OP8(b)", "A/RES/70/1 OP8(c)"], id="letters with a hyphen"),
        pytest.param("subparagraph (b) of paragraph 7 of resolution 70/1", ["A/RES/70/1 OP7(b)"], id="subparagraph"),
        pytest.param("paragraphs 1 and 7 through 9 of resolution 70/1", ["A/RES/70/1 OP1", "A/RES/70/1 OP7", "A/RES/70/1 OP8", "A/RES/70/1 OP9"], id="through"),
        pytest.param("paragraphs 14, and Annexes A and B to resolution 70/1", ["A/RES/70/1 OP14", "A/RES/70/1 annex A", "A/RES/70/1 annex B"], id="places of two kinds"),
        pytest.param("the annex to Economic and Social Council resolution 1996/31", ["E/RES/1996/31 annex"], id="over the name of an organ"),
        pytest.param("article 34 of the Agreement and Security Council resolutions 2420 (2018)", ["S/RES/2420(2018)"], id="not over the name of another text"),
        pytest.param("Article 51 of the Charter of the United Nations and resolution 1368 (2001)", ["S/RES/1368(2001)"], id="of the Charter"),
        pytest.param("resolution 3281 (XXIX), in particular article 32 thereof", ["A/RES/3281(XXIX) art. 32"], id="in particular"),
        pytest.param("principle V of the annex to resolution 70/1", ["A/RES/70/1 annex principle V"], id="principle"),
        pytest.param("the second and third preambular paragraphs of resolution 70/1", ["A/RES/70/1 PP2", "A/RES/70/1 PP3"], id="ordinals"),
        pytest.param("the last preambular paragraph of resolution 70/1", ["A/RES/70/1"], id="the last of what is not at hand"),
        pytest.param("paragraph 2 of resolutions 70/1 and 70/2", ["A/RES/70/1 OP2", "A/RES/70/2 OP2"], id="of each of a list"),
        pytest.param("Resolution 60/1, sect. II, paras. 3–5.", ["A/RES/60/1 sect. II OP3", "A/RES/60/1 sect. II OP4", "A/RES/60/1 sect. II OP5"], id="after it the coarsest comes first"),
        pytest.param("resolution 60/1, annex I, and", ["A/RES/60/1 annex I"], id="annex behind"),
        pytest.param("resolution 45/248 B, section VI, of 21 December 1990", ["A/RES/45/248[B] sect. VI"], id="between number and date"),
        pytest.param("resolution 60/1, paragraph 19 of its resolution 69/273", ["A/RES/60/1", "A/RES/69/273 OP19"], id="the place of the next one"),
        pytest.param("S/RES/2363 (2017), pp. 21 and op. 2", ["S/RES/2363(2017) PP21", "S/RES/2363(2017) OP2"], id="pp. of a resolution"),
        pytest.param("A/75/53, pp. 21", ["A/75/53"], id="pp. of a document are pages"),
        pytest.param("A/75/479, paras. 20 and 21", ["A/75/479 para. 20", "A/75/479 para. 21"], id="a document has no operative part"),
        pytest.param("(E/2001/30/Rev.1), part two, chap. I", ["E/2001/30/Rev.1"], id="behind a bracket"),
        pytest.param("52/214, sect. B, 57/283 B, sect. III; resolution 58/250, sect. III", ["A/RES/58/250 sect. III"], id="only what is said to be one"),
        pytest.param(
            "Resolutions 52/214, sect. B, 57/283 B, sect. III, and 58/250, sect. III.",
            ["A/RES/52/214 sect. B", "A/RES/57/283[B] sect. III", "A/RES/58/250 sect. III"],
            id="a list goes on after places",
        ),
    ],
)  # fmt: skip
def test_the_place_in_a_document(text: str, expected: list[str]) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("text", "label", "previous", "expected"),
    [
        pytest.param("paragraphs 5 and 6 above", "OP9", "", ["A/RES/75/1 OP5", "A/RES/75/1 OP6"], id="above"),
        pytest.param("the above-mentioned resolution", "OP9", "", [], id="above-mentioned"),
        pytest.param("as stated above", "OP9", "", [], id="above, of no place"),
        pytest.param("paragraph 6 above", "sect. III OP9", "", ["A/RES/75/1 sect. III OP6"], id="above, in a section"),
        pytest.param("paragraph 6 above", "annex I para. 9", "", ["A/RES/75/1 annex I para. 6"], id="above, in an annex"),
        pytest.param("subparagraph (b) above", "OP4(c)", "", ["A/RES/75/1 OP4(b)"], id="above, in a paragraph"),
        pytest.param("subparagraph (b) above", "", "", [], id="above, in a paragraph that is not known"),
        pytest.param("section II above", "OP9", "", ["A/RES/75/1 sect. II"], id="a section above"),
        pytest.param("the annex to the present resolution", "OP9", "", ["A/RES/75/1 annex"], id="the present"),
        pytest.param("annexed to the present resolution", "OP9", "", ["A/RES/75/1 annex"], id="annexed"),
        pytest.param("resolutions A and B above", "OP9", "", ["A/RES/75/1[A]", "A/RES/75/1[B]"], id="parts"),
        pytest.param("annexed to that resolution", "OP9", "A/RES/46/152 annex", ["A/RES/46/152"], id="that one"),
        pytest.param("paragraph 3 of that resolution", "OP9", "A/RES/46/152", ["A/RES/46/152 OP3"], id="a place in that one"),
        pytest.param("that resolution", "OP9", "A/61/444", [], id="a report is none"),
        pytest.param("that resolution 46/152", "OP9", "A/RES/70/1", ["A/RES/46/152"], id="that, with its number"),
        pytest.param("resolution 46/152 and the annex to that resolution", "OP9", "A/RES/70/1", ["A/RES/46/152", "A/RES/46/152 annex"], id="the nearest before"),
        pytest.param("Ibid.", "", "A/RES/70/1 annex", ["A/RES/70/1 annex"], id="Ibid.: the same place"),
        pytest.param("Ibid., annex II.", "", "A/RES/69/283 annex I", ["A/RES/69/283 annex II"], id="Ibid., another place"),
        pytest.param("See ibid., paras. 3 and 4.", "", "A/61/444", ["A/61/444 para. 3", "A/61/444 para. 4"], id="see ibid."),
        pytest.param("Ibid., vol. 976, No. 14152.", "", "UNTS 39574", ["UNTS 14152"], id="Ibid., another treaty"),
        pytest.param("Ibid., Seventy-fifth Session, Supplement No. 53 (A/75/53).", "", "A/74/53", ["A/75/53"], id="Ibid., with its symbol"),
        pytest.param("Ibid., Supplement No. 10", "", "E/2001/30", ["? Ibid., Supplement No. 10"], id="Ibid., another supplement"),
        pytest.param("Ibid., annex II.", "", "", ["? Ibid."], id="Ibid., of nothing"),
        pytest.param("United Nations, Treaty Series, vol. 75, Nos. 970–973.", "", "", ["UNTS 970", "UNTS 971", "UNTS 972", "UNTS 973"], id="treaties"),
        pytest.param("League of Nations, Treaty Series, vol. LX, No. 1414.", "", "", [], id="another series"),
    ],
)  # fmt: skip
def test_citations_without_a_number(
    text: str, label: str, previous: str, expected: list[str]
) -> None:
    assert printed(text, label=label, previous=previous) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("SCR 1325", ["S/RES/1325(2000)"], id="the year is looked up"),
        pytest.param("SCR 9999", ["S/RES/9999"], id="and never guessed"),
        pytest.param("res 61-181", ["A/RES/61/181"], id="a hyphen for the slash"),
        pytest.param("UNGA 61/181", ["A/RES/61/181"], id="UNGA"),
        pytest.param("HRC 16/18", ["A/HRC/RES/16/18"], id="HRC"),
        pytest.param("القرار 1514 (د-15)", ["A/RES/1514(XV)"], id="Arabic, without a part"),
        pytest.param("القرار 3201 (دإ-6)", ["A/RES/3201(S-VI)"], id="Arabic, special session"),
        pytest.param("第56/123号决议第16段", ["A/RES/56/123 OP16"], id="Chinese"),
        pytest.param("what does CEDAW say", ["A/RES/34/180 annex"], id="a name"),
        pytest.param("UNCAC, resolution 58/4", ["A/RES/58/4"], id="a name beside a number"),
        pytest.param("61/181 ¶¶ 6-7", ["A/RES/61/181 OP6", "A/RES/61/181 OP7"], id="pilcrows"),
        pytest.param(
            "OP1 of 61/181 and OP2 of 56/123",
            ["A/RES/61/181 OP1", "A/RES/56/123 OP2"],
            id="each its own",
        ),
        pytest.param("paragraph 6 above", ["SELF OP6"], id="of a text that is not known"),
    ],
)
def test_what_people_type(text: str, expected: list[str]) -> None:
    assert read(text, Context()) == expected


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        pytest.param("Recalling resolution 61/181 of 20 December 2006,", ["61/181"], id="the number"),
        pytest.param("See 60/1; resolution 60/1, annex.", ["60/1, annex"], id="and its place"),
        pytest.param("paragraph 2 of resolution 678 (1990)", ["paragraph 2 of resolution 678 (1990)"], id="place before"),
        pytest.param("paras. 1 and 2 of resolution 60/1", ["paras. 1 and 2 of resolution 60/1"] * 2, id="shared by a list"),
        pytest.param("القرار ٦١/١٨١", ["٦١/١٨١"], id="in the text as it was given"),
        pytest.param("See A/61/179.", ["A/61/179"], id="without the full stop"),
    ],
)  # fmt: skip
def test_a_citation_stands_where_it_is_said_to(text: str, covered: list[str]) -> None:
    context = Context() if "٦" in text else Context(symbol="A/RES/75/1")
    assert [text[one.start : one.end] for one in read_citations(text, context)] == covered


# Words of citations in any order: what a document could hold, and what it should not.
WORDS = st.sampled_from(
    [
        *("its", "resolution", "resolutions", "decision", "of", "the", "and", "to", ",", ";", ".", "(", ")"),
        *("61/181", "24/7", "2006/19", "1325 (2000)", "217 A (III)", "S-25/1", "A/61/179", "A/RES/61/181"),
        *("annex", "annexes I-III", "paragraph 6", "paras. 3 (a) to (f)", "section VII", "art. 24", "above"),
        *("Human Rights Council", "General Assembly", "Conference of the Parties", "that", "present", "Ibid."),
        *("of 20 December 2006", "Treaty Series, vol. 1, No. 5", "第61/181号决议", "ألف", "A", "B", "–", "\t"),
    ]
)  # fmt: skip
CONTEXTS = st.sampled_from(
    [
        Context(),
        Context(symbol="A/RES/75/1[B]", label="OP4(b)"),
        Context(organ="S", symbol="S/RES/2500(2019)", label="annex I para. 2"),
        Context(organ=Body.HUMAN_RIGHTS_COUNCIL.value, symbol="A/HRC/RES/41/1"),
        Context(symbol="A/RES/75/1", previous=(Cited(symbol="A/RES/70/1 OP2", start=0, end=1),)),
    ]
)


@pytest.mark.slow
@given(st.text(max_size=80) | st.lists(WORDS, max_size=25).map(" ".join), CONTEXTS)
def test_any_text_is_read(text: str, context: Context) -> None:
    found = read_citations(text, context)
    assert list(found) == sorted(found, key=lambda one: one.start)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.symbol == one.symbol.strip() != ""
        assert text[one.start : one.end].strip()


SYMBOLS = st.sampled_from(
    ["A/RES/61/181", "A/RES/67/234[B]", "S/RES/1325(2000)", "A/RES/S-10/2", "A/RES/217(III)[A]",
     "E/RES/2006/19", "A/HRC/RES/16/18", "A/RES/ES-10/17", "A/DEC/74/568", "A/RES/3201(S-VI)"]
)  # fmt: skip
LABELS = st.one_of(
    st.builds("OP{}".format, st.integers(1, 400)),
    st.builds("OP{}({})".format, st.integers(1, 400), st.sampled_from("abcdef")),
    st.builds("PP{}".format, st.integers(1, 99)),
    st.builds("sect. {} OP{}".format, st.sampled_from(["I", "IV", "XII"]), st.integers(1, 99)),
    st.builds("FN{}".format, st.integers(1, 99)),
    st.builds("annex {} para. {}".format, st.sampled_from(["I", "II"]), st.integers(1, 99)),
)
KINDS = {"P": Kind.PREAMBULAR, "F": Kind.NOTE, "a": Kind.ANNEX}


@given(SYMBOLS, LABELS)
def test_a_printed_citation_is_read_again(symbol: str, label: str) -> None:
    written = citation(symbol, label, KINDS.get(label[0], Kind.OPERATIVE))
    assert read(written, Context()) == [f"{symbol} {label}"], written
