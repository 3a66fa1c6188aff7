"""Building again: what is known is kept, and the index is the one that is built at once."""

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from embeddings.model.encoder import Encoder
from embeddings.store.generation_writer import roll_back
from embeddings.store.generations import open_generation
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.indexing.build import BuildReport, build
from qa.indexing.watch import watch
from qa.resolutions.model import Vote

DATA = Path(__file__).parent.parent / "data"
OPENINGS = ("Decides to meet", "Invites all States to help", "Requests a report", "Urges patience")
ENDINGS = ("every year", "in Geneva", "at the sixty-third session", "without delay")


def text(number: int, points: Sequence[str], *, opening: str = "Recalling its resolutions") -> str:
    listed = "".join(f"\t{at}.\t{point}.\n" for at, point in enumerate(points, start=1))
    return (
        "Resolution adopted by the General Assembly on 3 May 2007\n"
        f"61/{number}.\tA day of our own\n\n\tThe General Assembly,\n\t{opening},\n{listed}\n"
        "90th plenary meeting\n3 May 2007\n"
    )


def bytes_of(index: Path) -> dict[str, bytes]:
    """Every file of the generation that serves."""
    generation = open_generation(index)
    return {name: generation.file(name).read_bytes() for name in generation.manifest.files}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    return folder


Build = Callable[..., BuildReport]


@pytest.fixture
def rebuild(texts: Path, tmp_path: Path, encoder: Encoder) -> Build:
    """Builds the index of `texts` again."""

    def again(index: Path = tmp_path / "index") -> BuildReport:
        return build([texts], index, load_encoder=lambda: encoder)

    return again


def write(folder: Path, files: Iterable[int], points: Sequence[str] = OPENINGS) -> None:
    for number in files:
        (folder / f"{number}.txt").write_text(text(number, points), encoding="utf-8")


def test_what_has_not_changed_is_not_built_again(rebuild: Build, texts: Path) -> None:
    write(texts, [300, 301])
    first, second = rebuild(), rebuild()
    assert (first.read, first.unchanged) == (2, False)
    assert first.encoded == len({*OPENINGS}) + 2  # their preamble, and their title
    assert (second.read, second.encoded, second.unchanged) == (0, 0, True)
    assert second.generation == first.generation
    assert (second.resolutions, second.passages) == (2, 10)


def test_only_the_file_that_is_new_is_read_and_only_its_new_texts_are_encoded(
    rebuild: Build, texts: Path, tmp_path: Path
) -> None:
    write(texts, [300, 301])
    rebuild()
    write(texts, [302], [*OPENINGS, "Thanks the Secretary-General"])
    grown = rebuild()
    assert (grown.read, grown.encoded, grown.resolutions) == (1, 1, 3)
    rebuild(tmp_path / "at once")
    assert bytes_of(tmp_path / "index") == bytes_of(tmp_path / "at once")


def test_vectors_are_reused_by_an_index_of_other_rules(
    rebuild: Build, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(texts, [300, 301])
    with monkeypatch.context() as other:
        other.setattr("qa.indexing.build.TEMPLATE", "text; 0")
        rebuild()
    again = rebuild()
    assert (again.read, again.encoded, again.unchanged) == (2, 0, False)
    rebuild(tmp_path / "at once")
    assert bytes_of(tmp_path / "index") == bytes_of(tmp_path / "at once")


def test_a_file_that_was_taken_away_takes_its_paragraphs_with_it(
    rebuild: Build, texts: Path, tmp_path: Path
) -> None:
    write(texts, [300, 301])
    write(texts, [302], ["Condemns piracy"])
    rebuild()
    (texts / "302.txt").unlink()
    fewer = rebuild()
    assert (fewer.read, fewer.encoded, fewer.resolutions, fewer.unchanged) == (0, 0, 2, False)
    corpus = Corpus.open(tmp_path / "index")
    assert corpus.resolution("A/RES/61/302") is None
    assert not corpus.words.known("piracy")
    rebuild(tmp_path / "at once")
    assert bytes_of(tmp_path / "index") == bytes_of(tmp_path / "at once")


def test_a_copy_that_was_left_out_takes_the_place_of_the_file_that_was_taken_away(
    rebuild: Build, texts: Path, tmp_path: Path
) -> None:
    write(texts, [300])
    shutil.copy(texts / "300.txt", texts / "same.txt")
    rebuild()
    (texts / "300.txt").unlink()
    after = rebuild()
    assert (after.resolutions, after.read, after.encoded) == (1, 1, 0)
    (one,) = Corpus.open(tmp_path / "index").resolutions
    assert (one.source.file, one.source.others) == ("same.txt", ())


def test_a_copy_that_is_added_is_listed_and_nothing_is_read_again(
    rebuild: Build, texts: Path, tmp_path: Path
) -> None:
    write(texts, [300, 301])
    rebuild()
    shutil.copy(texts / "300.txt", texts / "same.txt")
    assert rebuild().encoded == 0
    assert Corpus.open(tmp_path / "index").resolutions[0].source.others == ("same.txt",)


def test_a_record_that_changes_changes_the_resolution_it_is_about(
    rebuild: Build, texts: Path, tmp_path: Path
) -> None:
    write(texts, [300, 301])
    (texts / "metadata").mkdir()
    record = {"symbol": "A/RES/61/300", "adoption_type": "without a vote"}
    (texts / "metadata" / "61.json").write_text(json.dumps(record), encoding="utf-8")
    assert rebuild().read == 2
    vote = Corpus.open(tmp_path / "index").resolutions[0].vote
    assert vote == Vote(is_recorded=False, printed="without a vote")
    record["adoption_type"] = "Adopted 100-2-3, recorded vote"
    (texts / "metadata" / "61.json").write_text(json.dumps(record), encoding="utf-8")
    changed = rebuild()
    assert (changed.read, changed.encoded) == (1, 0)
    vote = Corpus.open(tmp_path / "index").resolutions[0].vote
    assert vote is not None
    assert (vote.in_favour, vote.against, vote.abstaining) == (100, 2, 3)


def test_problems_are_named_again_though_nothing_is_read_again(rebuild: Build, texts: Path) -> None:
    write(texts, [300])
    (texts / "shopping.txt").write_text("milk\nbread\n", encoding="utf-8")
    assert rebuild().problems == rebuild().problems
    assert [one.file for one in rebuild().problems] == ["shopping.txt"]


def test_a_build_that_was_stopped_goes_on_where_it_was(
    texts: Path, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embeddings.store.encoding_journal.BATCH_TEXTS", 2)
    write(texts, [300])
    asked: list[str] = []

    class Stopped(Encoder):
        def encodings(self, texts: Sequence[str], **options: object) -> object:  # type: ignore[override]
            if asked:
                raise KeyboardInterrupt
            asked.extend(texts)
            return encoder.encodings(texts)

    stopped = Stopped(encoder._runner, encoder.id, encoder.width)
    index = tmp_path / "index"
    with pytest.raises(KeyboardInterrupt):
        build([texts], index, load_encoder=lambda: stopped)
    assert len(asked) == 2
    after: list[str] = []

    class Counting(Encoder):
        def encodings(self, texts: Sequence[str], **options: object) -> object:  # type: ignore[override]
            after.extend(texts)
            return encoder.encodings(texts)

    counting = Counting(encoder._runner, encoder.id, encoder.width)
    build([texts], index, load_encoder=lambda: counting)
    assert len(after) == len(OPENINGS)
    assert not set(after) & set(asked)
    assert not list(index.glob("*.part"))
    build([texts], tmp_path / "at once", load_encoder=lambda: encoder)
    assert bytes_of(index) == bytes_of(tmp_path / "at once")


POINTS = st.builds("{} {}".format, st.sampled_from(OPENINGS), st.sampled_from(ENDINGS))
FOLDERS = st.dictionaries(
    st.integers(300, 305), st.lists(POINTS, min_size=1, max_size=3), min_size=1, max_size=4
)


@pytest.mark.slow
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(states=st.lists(FOLDERS, min_size=2, max_size=4))
def test_an_index_that_grew_and_shrank_is_the_one_that_is_built_at_once(
    states: list[dict[int, list[str]]], tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> None:
    folder = tmp_path_factory.mktemp("grown")
    for state in states:
        shutil.rmtree(folder / "texts", ignore_errors=True)
        (folder / "texts").mkdir()
        for number, points in state.items():
            write(folder / "texts", [number], points)
        build([folder / "texts"], folder / "index", load_encoder=lambda: encoder)
    build([folder / "texts"], folder / "at once", load_encoder=lambda: encoder)
    assert bytes_of(folder / "index") == bytes_of(folder / "at once")


def test_an_index_that_was_rolled_back_is_built_upon_all_the_same(
    rebuild: Build, texts: Path, tmp_path: Path
) -> None:
    write(texts, [300])
    rebuild()
    write(texts, [301])
    newer = rebuild()
    roll_back(tmp_path / "index")
    assert len(Corpus.open(tmp_path / "index").resolutions) == 1
    again = rebuild()
    assert (again.resolutions, again.unchanged) == (2, False)
    assert again.generation > newer.generation


# Readers while the index changes


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_an_assistant_serves_what_was_built_while_it_answered(
    rebuild: Build, texts: Path, tmp_path: Path, encoder: Encoder
) -> None:
    write(texts, [300])
    first = rebuild().generation
    index = tmp_path / "index"
    assistant = Assistant(Corpus.open(index), lambda: encoder, index=str(index))
    assert not assistant.ask("61/301 OP1").answered
    write(texts, [301])
    second = rebuild().generation
    corpus = assistant.corpus
    during = assistant.ask("61/300 OP1")
    assert during.answered
    assert during.generation in {first, second}
    wait_for(lambda: assistant.ask("61/301 OP1").answered)
    assert assistant.corpus.generation == second
    assert assistant.ask("Who is invited to help?").answered
    assert [one.text for one in corpus.passages_of("A/RES/61/300")]  # the old one is still read
    roll_back(index)
    wait_for(lambda: not assistant.ask("61/301 OP1").answered)


@pytest.mark.slow
def test_no_question_fails_while_the_index_is_built_again_and_again(
    rebuild: Build, texts: Path, tmp_path: Path, encoder: Encoder
) -> None:
    write(texts, [300])
    rebuild()
    index = tmp_path / "index"
    assistant = Assistant(Corpus.open(index), lambda: encoder, index=str(index))
    stop = threading.Event()
    answers: list[bool] = []

    def ask() -> None:
        while not stop.is_set():
            answers.append(assistant.ask("61/300 OP1").answered)

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        for number in range(301, 306):
            write(texts, [number])
            rebuild()
        stop.set()
    assert [one.exception() for one in asking] == [None, None]
    assert answers
    assert all(answers)


def test_a_damaged_newer_generation_is_not_served(
    rebuild: Build, texts: Path, tmp_path: Path, encoder: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    write(texts, [300])
    rebuild()
    index = tmp_path / "index"
    assistant = Assistant(Corpus.open(index), lambda: encoder, index=str(index))
    write(texts, [301])
    newer = rebuild().generation
    path = index / "generations" / newer / "texts" / "texts.jsonl"
    data = bytearray(path.read_bytes())
    data[10] ^= 1
    path.write_bytes(data)
    assert assistant.ask("61/300 OP1").answered
    wait_for(lambda: "texts.jsonl was changed" in caplog.text)
    assert assistant.ask("61/300 OP1").answered
    assert assistant.corpus.generation != newer


# A folder that is followed


def test_a_followed_folder_is_built_once_what_changed_lies_still(
    rebuild: Build, texts: Path
) -> None:
    write(texts, [300])
    built: list[int] = []
    told: list[str] = []
    looks: Iterator[Callable[[], object]] = iter(
        [
            lambda: None,  # nothing changes
            lambda: write(texts, [301]),
            lambda: write(texts, [302]),  # still being copied
            lambda: None,
            lambda: None,
            lambda: [*map(Path.unlink, texts.iterdir())],
            lambda: None,
        ]
    )

    def sleep(_seconds: float) -> None:
        step = next(looks, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    with pytest.raises(KeyboardInterrupt):
        watch(
            [texts],
            lambda: built.append(rebuild().resolutions),
            lambda error: told.append(str(error)),
            every=1,
            sleep=sleep,
        )
    assert built == [1, 3]
    assert len(told) == 1
    assert "name a folder of resolutions" in told[0]
