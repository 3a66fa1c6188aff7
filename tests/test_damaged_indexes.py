"""Whatever is damaged in an index, each call gives one sentence or the answer of the whole index."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from embeddings.index_errors import EmbeddingsError
from embeddings.model.encoder import Encoder
from embeddings.model.model_id import sha256
from embeddings.store.generation_files import digits_of
from embeddings.store.generations import verify
from embeddings.store.manifest import MANIFEST_FILE
from embeddings.store.seal import UNLISTED_FILES, seal_generation
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.errors import OperativeError
from qa.indexing.verify import inconsistencies

pytestmark = pytest.mark.slow

QUESTION = "What is said about juvenile justice?"
HEAD = 128  # bytes of an array that say what it is


def flipped(place: Callable[[bytes], int]) -> Callable[[bytes], bytes]:
    """Return what changes one bit of a file."""

    def harm(data: bytes) -> bytes:
        changed = bytearray(data)
        changed[place(data)] ^= 0x10
        return bytes(changed)

    return harm


HARMS: dict[str, Callable[[bytes], bytes | None]] = {
    "first byte": flipped(lambda data: 0),
    "head": flipped(lambda data: min(len(data), HEAD) // 2),
    "end of the head": flipped(lambda data: min(len(data), HEAD) - 1),
    "middle": flipped(lambda data: len(data) // 2),
    "last byte": flipped(lambda data: len(data) - 1),
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "other": lambda data: b"\x00 [(']}" * 40,
    "longer": lambda data: data + b"\n\n",
    "removed": lambda data: None,
}


def calls(index: Path, encoder: Encoder) -> dict[str, Callable[[], object]]:
    """What is called, each on the index as it is now."""

    def opened() -> Assistant:
        return Assistant(Corpus.open(index), lambda: encoder, index=str(index))

    def words(assistant: Assistant, question: str) -> list[str]:
        answer = assistant.ask(question)
        return [f"{quote.citation}: {quote.text}" for quote in answer.quotes]

    def checked() -> list[str]:
        return verify(index) or list(inconsistencies(Corpus.open(index)))

    def held() -> object:
        info = opened().info()
        return (info.resolutions, info.operative, info.symbols)

    return {
        "ask": lambda: words(opened(), QUESTION),
        "show": lambda: [quote.text for quote in opened().show("61/181 OP6").quotes],
        "info": held,
        "verify": checked,
    }


def outcome(call: Callable[[], object]) -> object:
    """Return what a call gives, or the sentence with which it refuses; other errors are raised."""
    try:
        return call()
    except (EmbeddingsError, OperativeError) as error:
        sentence = str(error)
        assert sentence
        assert "\n" not in sentence
        assert "Traceback" not in sentence
        return ("refused", sentence)


def is_refused(result: object) -> bool:
    """Whether a call refused, or found what is wrong."""
    return (isinstance(result, tuple) and result[:1] == ("refused",)) or (
        isinstance(result, list)
        and bool(result)
        and all("build it again" in str(one) or "index again" in str(one) for one in result)
    )


def files_of(index: Path) -> list[Path]:
    """The files of the generation, and the pointer to it."""
    return [
        *sorted(path for path in (index / "generations").rglob("*") if path.is_file()),
        index / "CURRENT",
    ]


def cases(index: Path, *, is_whole: bool) -> Iterator[tuple[Path, str]]:
    """Each file with each harm, or with two of them."""
    chance = random.Random(3)
    for path in files_of(index):
        yield from ((path, name) for name in (HARMS if is_whole else chance.sample(list(HARMS), 2)))


def damaged(path: Path, harm: str) -> bytes:
    """Damage a file and return what it held."""
    data = path.read_bytes()
    changed = HARMS[harm](data)
    if changed is None:
        path.unlink()
    else:
        path.write_bytes(changed)
    return data


@pytest.mark.parametrize("is_whole", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_every_damaged_index_gives_one_sentence_or_the_same_answer(
    is_whole: bool, index_copy: Path, encoder: Encoder
) -> None:
    called = calls(index_copy, encoder)
    sound = {name: outcome(call) for name, call in called.items()}
    assert sound["verify"] == []
    for path, harm in cases(index_copy, is_whole=is_whole):
        data = damaged(path, harm)
        for name, call in called.items():
            result = outcome(call)
            assert result == sound[name] or is_refused(result), (path.name, harm, name, result)
        path.write_bytes(data)
    assert {name: outcome(call) for name, call in called.items()} == sound


def restamp(index: Path) -> None:
    """Make all hashes fit what the files hold now, as who damages an index on purpose would."""
    (folder,) = (index / "generations").iterdir()
    manifest = json.loads((folder / MANIFEST_FILE).read_bytes())
    manifest["files"] = {
        path.relative_to(folder).as_posix(): {"sha256": sha256(path), "bytes": path.stat().st_size}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in UNLISTED_FILES
    }
    data = json.dumps(manifest).encode()
    (folder / MANIFEST_FILE).write_bytes(data)
    name = f"000001-{digits_of(data)}"
    renamed = folder.rename(folder.with_name(name))
    seal_generation(renamed)
    (index / "CURRENT").write_text(f"{name}\n")


@pytest.mark.parametrize("is_whole", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_a_damaged_index_whose_hashes_fit_raises_nothing_else(
    is_whole: bool, built_index: Path, encoder: Encoder, tmp_path: Path
) -> None:
    texts = {passage.text for passage in Corpus.open(built_index).passages}
    listed = [
        (path.relative_to(built_index), harm)
        for path, harm in cases(built_index, is_whole=is_whole)
        if path.name not in {*UNLISTED_FILES, "CURRENT"}
    ]
    for place, harm in listed if is_whole else listed[::8]:
        index = tmp_path / "index"
        shutil.copytree(built_index, index)
        damaged(index / place, harm)
        restamp(index)
        for name, call in calls(index, encoder).items():
            result = outcome(call)
            if name == "show" and isinstance(result, list):
                assert set(result) <= texts, (place, harm)
        shutil.rmtree(index)
