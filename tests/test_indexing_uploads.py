"""Texts added to an index: what it holds is kept, what is named is added, what goes is gone."""

from pathlib import Path

import pytest

from embeddings.model.encoder import Encoder
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.errors import InputError
from qa.indexing.background import Ended, Step, build_beside
from qa.indexing.build import BuildReport, build
from qa.indexing.uploads import Uploads, folder_named, preview
from qa.page.build_status import ended_html, preview_html, step_html
from qa.resolutions.readers.files import Problem

DATA = Path(__file__).parent.parent / "data"


def text(number: int, point: str) -> str:
    return (
        "Resolution adopted by the General Assembly on 3 May 2007\n"
        f"61/{number}.\tA day of our own\n\n\tThe General Assembly,\n\tRecalling its resolutions,\n"
        f"\t1.\t{point}\n\t2.\tInvites all States.\n\n90th plenary meeting\n3 May 2007\n"
    )


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A file of one resolution."""
    path = tmp_path / "own.txt"
    path.write_text(text(900, "Decides to meet;"), encoding="utf-8")
    return path


def symbols(index: Path) -> list[str]:
    return [one.symbol for one in Corpus.open(index).resolutions]


def add(index: Path, encoder: Encoder, *paths: Path, without: tuple[str, ...] = ()) -> BuildReport:
    return build(paths, index, load_encoder=lambda: encoder, adds=True, without=without)


def test_what_the_index_holds_stays_when_a_file_is_added(
    index_copy: Path, own: Path, encoder: Encoder
) -> None:
    report = add(index_copy, encoder, own)
    assert (report.resolutions, report.read) == (3, 1)
    assert symbols(index_copy) == ["A/RES/56/123", "A/RES/61/181", "A/RES/61/900"]
    assert add(index_copy, encoder, own).unchanged
    assert add(index_copy, encoder).unchanged


def test_a_file_of_the_same_name_takes_the_place_of_the_one_before(
    index_copy: Path, own: Path, encoder: Encoder
) -> None:
    add(index_copy, encoder, own)
    own.write_text(text(901, "Decides to part;"), encoding="utf-8")
    add(index_copy, encoder, own)
    assert symbols(index_copy) == ["A/RES/56/123", "A/RES/61/181", "A/RES/61/901"]


def test_what_is_taken_out_is_gone_and_the_rest_is_as_it_was(
    index_copy: Path, own: Path, encoder: Encoder, built_index: Path
) -> None:
    add(index_copy, encoder, own)
    add(index_copy, encoder, without=("own.txt",))
    assert symbols(index_copy) == symbols(built_index)
    before, after = Corpus.open(built_index), Corpus.open(index_copy)
    assert [one.text for one in before.passages] == [one.text for one in after.passages]
    assert (before.vectors.gather([0, 1]) == after.vectors.gather([0, 1])).all()


def test_everything_taken_out_leaves_the_index_as_it_is(index_copy: Path, encoder: Encoder) -> None:
    names = tuple(one.name for one in DATA.glob("*"))
    with pytest.raises(InputError):
        add(index_copy, encoder, without=names)
    assert len(symbols(index_copy)) == 2


def test_a_held_file_that_must_be_read_again_is_asked_for(
    index_copy: Path, own: Path, tmp_path: Path, encoder: Encoder
) -> None:
    add(index_copy, encoder, own)
    better = tmp_path / "better.txt"
    better.write_text(
        f"{own.read_text(encoding='utf-8')}\n\nAnnex\n\n1. Something more is here.\n",
        encoding="utf-8",
    )
    add(index_copy, encoder, better)
    assert Corpus.open(index_copy).resolutions[2].source.file == "better.txt"
    with pytest.raises(InputError, match=r"own\.txt must be read again"):
        add(index_copy, encoder, without=("better.txt",))
    assert add(index_copy, encoder, own, without=("better.txt",)).resolutions == 3


@pytest.mark.slow
def test_a_build_beside_tells_its_steps_and_its_end(index_copy: Path, own: Path) -> None:
    told = list(build_beside([own], index_copy, every=0.05))
    assert isinstance(told[-1], Ended)
    assert (told[-1].resolutions, told[-1].fault) == (3, "")
    assert all(isinstance(one, Step) for one in told[:-1])
    assert symbols(index_copy)[-1] == "A/RES/61/900"


@pytest.mark.slow
def test_a_build_beside_that_cannot_be_done_says_why(index_copy: Path, tmp_path: Path) -> None:
    *_, ended = build_beside([tmp_path / "nowhere"], index_copy)
    assert isinstance(ended, Ended)
    assert "does not exist; name a file or folder" in ended.fault
    assert len(symbols(index_copy)) == 2


def test_an_assistant_serves_what_was_built_at_once(
    index_copy: Path, own: Path, encoder: Encoder
) -> None:
    assistant = Assistant(Corpus.open(index_copy), lambda: encoder, index=str(index_copy))
    add(index_copy, encoder, own)
    assistant.renew()
    assert assistant.info().resolutions == 3
    assert assistant.ask("61/900 OP1").quotes[0].text == "Decides to meet;"


def test_files_are_kept_beside_the_index_and_dropped(tmp_path: Path, own: Path) -> None:
    uploads = Uploads(tmp_path / "index")
    assert not uploads.names
    assert uploads.keep([own]) == ("own.txt",)
    assert list(uploads.names) == ["own.txt"]
    uploads.drop(["own.txt", "../own.txt", "never.txt"])
    assert uploads.names == ()
    assert own.exists()


def test_a_look_tells_fields_counts_and_problems(tmp_path: Path, own: Path) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    look = preview([tmp_path])
    assert [(one.symbol, one.operative, one.preambular) for one in look.seen] == [
        ("A/RES/61/900", 2, 1)
    ]
    assert [one.file for one in look.problems] == ["broken.docx"]
    shown = preview_html(look)
    assert "1 resolution read." in shown
    assert "3 May 2007" in shown
    assert "broken.docx: the archive is damaged" in shown


@pytest.mark.parametrize("typed", ["", "  ", "/no/such/folder", "\x00"], ids=ascii)
def test_what_is_no_folder_is_told(typed: str) -> None:
    with pytest.raises(InputError, match="is not a folder of this computer"):
        folder_named(typed)


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        pytest.param(step_html(Step(stage="Reading", done=5, of=0)), "Reading 5", id="no end"),
        pytest.param(
            step_html(Step(stage="Embedding", done=5, of=9)), 'max="9" value="5"', id="a share"
        ),
        pytest.param(ended_html(Ended(unchanged=True)), "No changes", id="unchanged"),
        pytest.param(
            ended_html(
                Ended(problems=(Problem(file="<b>", reason="<i>", kind="damaged"),), resolutions=2)
            ),
            "&lt;b&gt;: &lt;i&gt;",
            id="names of files are text",
        ),
    ],
)
def test_a_build_is_told_in_words(shown: str, words: str) -> None:
    assert words in shown
