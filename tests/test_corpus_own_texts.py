"""Texts that a reader added are marked as own, and link to no publication of the UN."""

import json
from pathlib import Path

import pytest

from embeddings.model.encoder import Encoder
from qa.answer import Quote, TextOrigin
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.corpus.own_texts import OwnTexts
from qa.indexing.build import build
from qa.indexing.uploads import Uploads
from qa.render.answer_json import quote_record
from qa.render.export_files import FORMS, parts_of
from qa.render.plain_text import OWN_TEXT, answer_text, quote_text
from qa.render.quote_card import card_html
from qa.render.references import markdown

TEXT = (
    "Resolution adopted by the General Assembly on 3 May 2007\n"
    "61/{number}.\tA day of our own\n\n\tThe General Assembly,\n\tRecalling its resolutions,\n"
    "\t1.\tDecides to meet every year in Geneva.\n\n90th plenary meeting\n3 May 2007\n"
)


@pytest.fixture(scope="module")
def mixed(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An index of a published text and of one that a reader added."""
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "published.txt").write_text(TEXT.format(number=300), encoding="utf-8")
    (folder / "own.txt").write_text(TEXT.format(number=900), encoding="utf-8")
    index = folder / "index"
    (kept,) = Uploads(index).keep([folder / "own.txt"])
    paths = [folder / "published.txt", Uploads(index).folder / kept]
    build(paths, index, load_encoder=lambda: encoder)
    return Assistant(Corpus.open(index), lambda: encoder)


def quoted(assistant: Assistant, citation: str) -> Quote:
    (quote,) = assistant.ask(citation).quotes
    return quote


def test_only_the_text_that_was_added_is_the_readers_own(mixed: Assistant) -> None:
    own, published = quoted(mixed, "61/900 OP1"), quoted(mixed, "61/300 OP1")
    assert (own.origin, own.url) == (TextOrigin.OWN, "")
    assert published.origin is TextOrigin.UNCATALOGUED
    assert published.url == "https://docs.un.org/en/A/RES/61/300"
    assert quote_record(own)["origin"] == "own"


def test_own_texts_are_marked_wherever_they_are_shown(mixed: Assistant) -> None:
    answer, own = mixed.ask("61/900 OP1"), quoted(mixed, "61/900 OP1")
    shown = (card_html(own), quote_text(own), answer_text(answer), markdown(own))
    exported = FORMS["json"].write(parts_of([answer])).decode()
    for text in shown:
        assert OWN_TEXT in text
        assert "docs.un.org/en/A/RES/61/900" not in text
    assert json.loads(exported)[0]["quotes"][0]["origin"] == "own"
    assert OWN_TEXT not in card_html(quoted(mixed, "61/300 OP1"))


def test_members_of_an_added_archive_are_own(tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "texts.zip").touch()
    own = OwnTexts.of(tmp_path)
    assert own.has("texts.zip/inner/a.txt")
    assert not own.has("inner/a.txt")
    assert not OwnTexts.of(tmp_path / "none").has("texts.zip")
