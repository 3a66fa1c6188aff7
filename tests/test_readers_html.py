"""HTML pages read as a browser prints them: a block a line, nothing that is not displayed."""

import pytest

from qa.errors import UnreadableFileError
from qa.resolutions.readers.html_reader import read_html
from qa.resolutions.readers.read_errors import FileProblem, fault_of


def text(html: str | bytes) -> str:
    (document,) = read_html(html if isinstance(html, bytes) else html.encode(), "a.html")
    return document.text


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        pytest.param("<p>one</p><p>two</p>", "one\ntwo\n", id="paragraphs"),
        pytest.param("<p>one<p>two", "one\ntwo\n", id="ends may be left out"),
        pytest.param("<div>one<div>two</div>three</div>", "one\ntwo\nthree\n", id="divisions"),
        pytest.param("<p>one<br>two<br/>three</p>", "one\ntwo\nthree\n", id="breaks"),
        pytest.param("<p>  one \n\t two  </p>", "one two\n", id="white space is joined"),
        pytest.param("<p>1.&nbsp;Decides</p>", "1.\u00a0Decides\n", id="a no-break blank is kept"),
        pytest.param("<p><i>Recalling</i> <b>all</b>,</p>", "Recalling all,\n", id="inline marks"),
        pytest.param("<p>caf&eacute; &#167; &#x2019;</p>", "café § ’\n", id="entities"),
        pytest.param("<p>a &lt;b&gt; c</p>", "a <b> c\n", id="markup that is text"),
        pytest.param("<pre>one\n  two\n\nthree</pre>", "one\n  two\n\nthree\n", id="as it stands"),
        pytest.param("<h1>Title</h1><p>x</p><h2>Part</h2>", "Title\nx\n\nPart\n", id="headings"),
        pytest.param("<p>one</p><hr><p>two</p>", "one\ntwo\n", id="a rule prints no words"),
        pytest.param("plain words", "plain words\n", id="no tags at all"),
    ],
)
def test_blocks_are_lines(html: str, printed: str) -> None:
    assert text(html) == printed


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var x = 1;</script>",
        "<style>p {color: red}</style>",
        "<noscript>switch it on</noscript>",
        "<template><p>x</p></template>",
        "<nav><a href='/'>Home</a></nav>",
        "<footer>Contact</footer>",
        "<aside>See also</aside>",
        "<form><p>Search</p><input value='x'><button>Go</button></form>",
        "<div role='navigation'>Menu</div>",
        "<div hidden>x</div>",
        "<p style='display: none'>x</p>",
        "<p style='VISIBILITY:hidden'>x</p>",
        "<svg><text>x</text></svg>",
        "<!-- a comment -->",
        "<?php echo 1 ?>",
        "<iframe src='x'>x</iframe>",
        "<select><option>English</option></select>",
    ],
)
def test_what_is_not_displayed_is_left_out(hidden: str) -> None:
    page = f"<html><head><title>t</title></head><body><p>one</p>{hidden}<p>two</p></body></html>"
    assert text(page) == "one\ntwo\n"
    assert text(f"<p>before {hidden} after</p>").split() == ["before", "after"]


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        pytest.param("<ol><li>a<li>b</ol>", "\t1.\ta\n\t2.\tb\n", id="numbers"),
        pytest.param(
            "<ol start=4><li>a<li value=9>b<li>c</ol>",
            "\t4.\ta\n\t9.\tb\n\t10.\tc\n",
            id="a start and a value",
        ),
        pytest.param("<ol type=a><li>x<li>y</ol>", "\ta.\tx\n\tb.\ty\n", id="letters"),
        pytest.param("<ol type=I><li>x</ol>", "\tI.\tx\n", id="Roman"),
        pytest.param("<ul><li>x</ul>", "\t\u2022\tx\n", id="bullets"),
        pytest.param("<ol><li>1. Decides</ol>", "1. Decides\n", id="a typed number stands alone"),
        pytest.param("<ol style='list-style-type:none'><li>x</ol>", "x\n", id="none is shown"),
        pytest.param(
            "<ol><li>a<ol type=a><li>b</ol>c<li>d</ol>",
            "\t1.\ta\n\ta.\tb\nc\n\t2.\td\n",
            id="a list in a list",
        ),
        pytest.param("<li>x", "\t\u2022\tx\n", id="an item without a list"),
    ],
)
def test_lists_are_numbered_as_browsers_do(html: str, printed: str) -> None:
    assert text(html) == printed


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        pytest.param("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a\tb\nc\td\n", id="rows"),
        pytest.param("<table><tr><td><td>b</table>", "\tb\n", id="an empty cell keeps its place"),
        pytest.param(
            "<table><tr><td><p>1.</p><td><p>Decides</p></table>",
            "1.\tDecides\n",
            id="a paragraph in each cell",
        ),
        pytest.param(
            "<table><tr><td><p>a</p><p>b</p><td>c</table>",
            "a\nb\nc\n",
            id="a table that sets out a page",
        ),
        pytest.param(
            "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>",
            "a\tb\tc\n",
            id="a table in a cell",
        ),
        pytest.param("<table><caption>T</caption><tr><th>h<td>x</table>", "T\nh\tx\n", id="heads"),
    ],
)
def test_tables_are_read_a_row_a_line(html: str, printed: str) -> None:
    assert text(html) == printed


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        pytest.param("<p>thereto, <sup>1</sup> the</p>", "thereto,1 the\n", id="raised"),
        pytest.param(
            "<p>thereto,<sup> <a href='#n1'>1</a> </sup>the</p>",
            "thereto,1the\n",
            id="a raised link",
        ),
        pytest.param("<p>thereto <sup>[12]</sup>,</p>", "thereto12,\n", id="in brackets"),
        pytest.param(
            "<p>thereto<a href='#_ftn1' name='_ftnref1'><span>[1]</span></a>,</p>",
            "thereto1,\n",
            id="as Word saves it",
        ),
        pytest.param(
            "<p><a href='#_ftnref1' name='_ftn1'>[1]</a> Resolution 55/25.</p>",
            "1 Resolution 55/25.\n",
            id="a note as Word saves it",
        ),
        pytest.param("<p>the 5<sup>th</sup> day</p>", "the 5th day\n", id="raised letters"),
    ],
)
def test_note_markers_are_glued(html: str, printed: str) -> None:
    assert text(html) == printed


def test_the_main_part_of_a_page_is_read_where_it_holds_most() -> None:
    words = "<p>The General Assembly,</p>" * 5
    page = "<body><div>Skip to content</div>{}<div>Share</div></body>"
    assert text(page.format(f"<main>{words}</main>")) == "The General Assembly,\n" * 5
    assert text(page.format(f"<article>{words}</article>")) == "The General Assembly,\n" * 5
    assert "Share" in text(page.format("<main>x</main>"))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("<p>Côte d’Ivoire</p>".encode(), id="UTF-8"),
        pytest.param(
            "<meta charset=windows-1252><p>Côte d’Ivoire</p>".encode("cp1252"), id="named"
        ),
        pytest.param(
            b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'
            + "<p>Côte d’Ivoire</p>".encode("cp1252"),
            id="named the old way",
        ),
        pytest.param("<p>Côte d’Ivoire</p>".encode("cp1252"), id="not named"),
        pytest.param("<p>Côte d’Ivoire</p>".encode("utf-16"), id="UTF-16 with a mark"),
        pytest.param("<meta charset=nonsense><p>Côte d’Ivoire</p>".encode(), id="named wrongly"),
        pytest.param("<meta charset=ascii><p>Côte d’Ivoire</p>".encode(), id="named untruly"),
        pytest.param(
            '<?xml version="1.0" encoding="utf-8"?><p>Côte d’Ivoire</p>'.encode(), id="XHTML"
        ),
    ],
)
def test_encodings(data: bytes) -> None:
    assert text(data) == "Côte d’Ivoire\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<html><body></body></html>", id="an empty body"),
        pytest.param(
            b"<html><head><title>Loading</title></head><script>x()</script></html>",
            id="only a script",
        ),
        pytest.param(b"<!-- -->", id="a comment"),
        pytest.param(b"<html>\0</html>\0", id="zeros"),
    ],
)
def test_a_page_that_prints_nothing_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        text(data)
    assert fault_of(caught.value) is FileProblem.EMPTY
    assert str(caught.value).endswith(".")


def test_a_page_without_end_and_a_page_nested_deep_are_read() -> None:
    assert text("<p>one<div><ul><li>two") == "one\n\t\u2022\ttwo\n"
    assert "deep" in text("<div>" * 240 + "deep")
    assert "first" in text("<p>first</p>" + "<b><i>" * 20_000 + "deep")
