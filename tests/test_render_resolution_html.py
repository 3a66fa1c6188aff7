"""A whole resolution as HTML: literal text, one paragraph marked, notes in their places."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape
from re import sub

import pytest

from qa.render.resolution_html import document_html
from qa.resolutions.model import Resolution

Seed = Callable[[str], Resolution]


def words(fragment: str) -> str:
    lines = sub(r"</(?:p|li|h\d|header)>", "\n", fragment)
    return " ".join(unescape(sub(r"<[^>]*>", "", lines)).split())


@pytest.mark.parametrize("symbol", ["61/181", "56/123"])
def test_every_paragraph_and_note_is_there_in_order(symbol: str, seed: Seed) -> None:
    resolution = seed(symbol)
    shown = words(sub(r"<sup class=[^>]*>\d+</sup>", "", document_html(resolution, "OP1")))
    position = 0
    texts = [part.text for parts in (resolution.paragraphs, resolution.notes) for part in parts]
    for text in texts:
        position = shown.index(" ".join(text.split())[:60], position)


def test_one_paragraph_is_marked(seed: Seed) -> None:
    shown = document_html(seed("61/181"), "OP6")
    assert shown.count('id="op-here"') == 1
    assert words(shown.split('id="op-here" aria-current="true">')[1]).startswith("6. Urges all")
    assert 'id="op-here"' not in document_html(seed("61/181"), "OP99")


def test_each_note_stands_at_its_marker(seed: Seed) -> None:
    resolution = seed("61/181")
    shown = document_html(resolution, "")
    for note in resolution.notes:
        assert f">{note.marker}</sup>" in shown
    assert shown.count('class="op-mark"') == sum(len(one.marks) for one in resolution.paragraphs)


def test_nothing_of_a_document_becomes_markup(seed: Seed) -> None:
    hostile = "<script>alert(1)</script> & \"x\" 'y'"
    resolution = seed("61/181")
    changed = replace(
        resolution,
        title=hostile,
        paragraphs=tuple(
            replace(one, text=hostile, printed=hostile, marks=(), citations=())
            for one in resolution.paragraphs
        ),
        notes=tuple(replace(one, text=hostile, citations=()) for one in resolution.notes),
    )
    shown = document_html(changed, "OP1")
    assert "<script" not in shown
    assert words(shown).count(hostile) > len(resolution.paragraphs)
