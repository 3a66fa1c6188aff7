"""An index on disk: never half written, never silently changed, never written twice at once."""

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from embeddings.index_errors import (
    EmbeddingsError,
    IndexDamagedError,
    IndexNotFoundError,
    ModelMismatchError,
    NoEarlierGenerationError,
    StoreBusyError,
    StoreWriteError,
)
from embeddings.model.model_id import ModelId
from embeddings.search.bm25 import Bm25Index
from embeddings.search.flat_index import FlatIndex
from embeddings.store import generations as store
from embeddings.store.generation_files import digits_of
from embeddings.store.generation_writer import Fill, roll_back, write_generation
from embeddings.store.generations import Generation, open_generation, verify
from embeddings.store.manifest import FORMAT, MANIFEST_FILE, Contents, Manifest
from embeddings.store.writer_lock import writer_lock

MODEL = ModelId("tiny", "a" * 64, 3)
OTHER_MODEL = ModelId("/models/large", "b" * 64, 3)
OLD = {"texts.txt": b"old", "words/counts.json": b"{}"}
NEW = {"texts.txt": b"new", "words/counts.json": b"{}"}

# Every file of a real index; a test below holds this list to what is written.
REAL_FILES = [
    "manifest.json",
    "vectors.npy",
    "words/counts.npy",
    "words/ends.npy",
    "words/lengths.npy",
    "words/names.json",
    "words/rows.npy",
    "words/words.json",
]


class PowerCutError(BaseException):
    """Stands for the plug being pulled: nothing in the program expects it."""


def said(model: ModelId = MODEL) -> Contents:
    extra = {"files read": ["a.txt"]}
    return Contents(model=model, template="1", rows=3, corpus_hash="c" * 64, extra=extra)


def filler(files: Mapping[str, bytes], model: ModelId = MODEL) -> Fill:
    def fill(folder: Path, _before: Generation | None) -> Contents:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return said(model)

    return fill


def fill_with_real_index(folder: Path, _before: Generation | None) -> Contents:
    FlatIndex.build(np.eye(3, dtype=np.float32)).save(folder / "vectors.npy")
    Bm25Index.build(["decides", "requests a report", "invites"]).save(folder / "words")
    return said()


def write(
    index: Path,
    files: Mapping[str, bytes] = OLD,
    *,
    fill: Fill | None = None,
    model: ModelId = MODEL,
) -> Generation:
    return write_generation(index, fill or filler(files, model))


def contents(generation: Generation) -> dict[str, bytes]:
    return {name: generation.file(name).read_bytes() for name in generation.manifest.files}


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def rewrite_manifest(generation: Generation, **changes: object) -> None:
    """Change a manifest as a forger would: the folder and the pointer are renamed to fit."""
    path = generation.path / MANIFEST_FILE
    saved = json.loads(path.read_bytes()) | changes
    data = json.dumps(saved).encode()
    path.write_bytes(data)
    name = f"000001-{digits_of(data)}"
    generation.path.rename(generation.path.with_name(name))
    (generation.path.parents[1] / "CURRENT").write_text(f"{name}\n")


# What a build leaves


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    written = write(tmp_path / "deep" / "index")
    opened = open_generation(tmp_path / "deep" / "index")
    assert opened == written
    assert contents(opened) == OLD
    assert opened.manifest.model == MODEL
    assert (opened.manifest.template, opened.manifest.rows) == ("1", 3)
    assert opened.manifest.extra == {"files read": ["a.txt"]}
    assert opened.manifest.format == FORMAT
    assert opened.manifest.files["texts.txt"]["bytes"] == 3
    assert verify(tmp_path / "deep" / "index") == []


def test_names_hold_a_number_and_no_clock(tmp_path: Path) -> None:
    here, there = write(tmp_path / "a"), write(tmp_path / "b")
    assert here.name == there.name
    assert here.name.startswith("000001-")
    assert write(tmp_path / "a", NEW).name.startswith("000002-")


def test_same_contents_keep_the_current_generation(tmp_path: Path) -> None:
    first = write(tmp_path)
    assert write(tmp_path) == first
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [first.name]


def test_same_contents_replace_a_damaged_generation(tmp_path: Path) -> None:
    first = write(tmp_path)
    flip(first.file("texts.txt"), 0)
    second = write(tmp_path)
    assert second.name != first.name
    assert verify(tmp_path) == []


def test_a_build_mends_a_lost_pointer(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "CURRENT").write_text("nonsense")
    assert open_generation(write(tmp_path).path.parents[1]).name.startswith("000002-")


def test_only_this_and_the_previous_generation_are_kept(tmp_path: Path) -> None:
    names = [write(tmp_path, {"n": bytes([n])}).name for n in range(4)]
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == names[2:]


def test_a_reader_keeps_the_generation_that_it_opened(tmp_path: Path) -> None:
    write(tmp_path)
    reader = open_generation(tmp_path)
    write(tmp_path, NEW)
    assert contents(reader) == OLD
    assert contents(open_generation(tmp_path)) == NEW


def test_a_reader_overtaken_by_two_builds_gets_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    real = store.read_manifest

    def overtaken(folder: Path, name: str) -> Manifest:
        monkeypatch.setattr(store, "read_manifest", real)
        write(tmp_path, {"n": b"2"})
        write(tmp_path, NEW)
        return real(folder, name)

    monkeypatch.setattr(store, "read_manifest", overtaken)
    assert contents(open_generation(tmp_path)) == NEW


def test_a_file_that_is_not_listed_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match=r"secrets\.txt is missing"):
        write(tmp_path).file("secrets.txt")


@pytest.mark.parametrize(
    "fill",
    [
        pytest.param(filler({MANIFEST_FILE: b"{}"}), id="a manifest of its own"),
        pytest.param(
            lambda folder, _before: (folder / "x").symlink_to("/etc/passwd") or said(), id="a link"
        ),
    ],
)
def test_a_build_refuses_to_hold(tmp_path: Path, fill: Fill) -> None:
    with pytest.raises(ValueError, match=r"manifest|regular file"):
        write(tmp_path, fill=fill)
    with pytest.raises(IndexNotFoundError):
        open_generation(tmp_path)


# Going back


def test_a_rolled_back_index_serves_what_it_served_before(tmp_path: Path) -> None:
    old, new = write(tmp_path, OLD), write(tmp_path, NEW)
    assert roll_back(tmp_path) == old
    assert contents(open_generation(tmp_path)) == OLD
    with pytest.raises(NoEarlierGenerationError, match="no previous generation"):
        roll_back(tmp_path)
    newest = write(tmp_path, NEW)
    assert newest.name > new.name
    assert roll_back(tmp_path) == old


def test_a_damaged_generation_is_not_gone_back_to(tmp_path: Path) -> None:
    old, new = write(tmp_path, OLD), write(tmp_path, NEW)
    flip(old.file(min(OLD)), 0)
    with pytest.raises(IndexDamagedError, match="was changed"):
        roll_back(tmp_path)
    assert open_generation(tmp_path) == new


def test_nothing_is_kept_where_nothing_was(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no generation to keep"):
        write(tmp_path, fill=lambda _folder, _before: None)


def test_a_build_may_keep_what_serves(tmp_path: Path) -> None:
    old = write(tmp_path, OLD)

    def keep(folder: Path, before: Generation | None) -> None:
        assert before == old
        (folder / "half").write_bytes(b"ha")

    assert write(tmp_path, fill=keep) == old
    assert open_generation(tmp_path) == old


# What is refused


def test_no_index_names_the_command_that_builds_one(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError) as caught:
        open_generation(tmp_path / "none")
    expected = f"no index at {tmp_path / 'none'}; build one with `operative build PATH...`"
    assert str(caught.value) == expected
    assert verify(tmp_path / "none") == [expected]


def test_a_file_in_place_of_an_index_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexNotFoundError):
        open_generation(tmp_path / "file")
    with pytest.raises(StoreWriteError):
        write(tmp_path / "file")


def test_the_list_of_files_is_whole(tmp_path: Path) -> None:
    generation = write(tmp_path, fill=fill_with_real_index)
    assert sorted([*generation.manifest.files, MANIFEST_FILE]) == REAL_FILES


@pytest.mark.parametrize("place", [0, 0.5, -1], ids=["first", "middle", "last"])
@pytest.mark.parametrize("name", REAL_FILES)
def test_one_changed_bit_is_refused_by_name(tmp_path: Path, name: str, place: float) -> None:
    generation = write(tmp_path, fill=fill_with_real_index)
    path = generation.path / name
    flip(path, int(place * path.stat().st_size) if place > 0 else int(place))
    with pytest.raises(IndexDamagedError, match="operative build") as caught:
        open_generation(tmp_path)
    assert caught.value.file == name
    assert name in str(caught.value)
    assert len(verify(tmp_path)) == 1
    assert name in verify(tmp_path)[0]


@pytest.mark.parametrize("place", range(20))
def test_one_changed_bit_of_the_pointer_is_refused(tmp_path: Path, place: int) -> None:
    write(tmp_path)
    flip(tmp_path / "CURRENT", place)
    with pytest.raises(IndexDamagedError) as caught:
        open_generation(tmp_path)
    assert caught.value.file == "CURRENT"


@pytest.mark.parametrize("name", REAL_FILES)
def test_a_file_cut_short_is_refused_by_name(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, fill=fill_with_real_index).path / name
    os.truncate(path, path.stat().st_size - 1)
    with pytest.raises(IndexDamagedError) as caught:
        open_generation(tmp_path)
    assert caught.value.file == name


@pytest.mark.parametrize("name", [*REAL_FILES, "../../CURRENT"])
def test_a_missing_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    (write(tmp_path, fill=fill_with_real_index).path / name).unlink()
    with pytest.raises(IndexDamagedError, match="is missing") as caught:
        open_generation(tmp_path)
    assert caught.value.file == Path(name).name or caught.value.file == name


def test_verify_names_every_damaged_file_and_stranger(tmp_path: Path) -> None:
    generation = write(tmp_path)
    flip(generation.file("texts.txt"), 0)
    generation.file("words/counts.json").unlink()
    (generation.path / "added.txt").write_text("")
    problems = verify(tmp_path)
    assert [
        name in problem
        for name, problem in zip(
            ("texts.txt", "words/counts.json", "added.txt"), problems, strict=True
        )
    ] == [True] * 3


@pytest.mark.parametrize(
    "pointer",
    [
        pytest.param(b"../../etc", id="path out of the index"),
        pytest.param(b"/etc", id="absolute path"),
        pytest.param(b"000001-aaaaaaaaaaaa/../x", id="path behind a name"),
        pytest.param(b"000001-aaaaaaaaaaaa\n\n", id="more than a line"),
        pytest.param(b"000001-aaaaaaaaaaaa", id="a generation that is not there"),
        pytest.param(
            "\u0660\u0660\u0660\u0660\u0660\u0661-aaaaaaaaaaaa".encode(),
            id="digits of another script",
        ),
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff", id="not text"),
    ],
)
def test_a_pointer_that_names_no_generation_is_refused(tmp_path: Path, pointer: bytes) -> None:
    write(tmp_path)
    (tmp_path / "CURRENT").write_bytes(pointer)
    with pytest.raises(IndexDamagedError) as caught:
        open_generation(tmp_path)
    assert caught.value.file == "CURRENT"


def test_the_format_of_a_newer_operative_is_refused(tmp_path: Path) -> None:
    rewrite_manifest(write(tmp_path), format=FORMAT + 1)
    with pytest.raises(IndexDamagedError, match="newer Operative"):
        open_generation(tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"format": "1"}, id="format is no number"),
        pytest.param({"rows": None}, id="rows are no number"),
        pytest.param({"model": {"name": "x"}}, id="half a model"),
        pytest.param({"files": []}, id="files are no table"),
        pytest.param({"files": {"a": {"sha256": "x", "bytes": 1}}}, id="no SHA-256"),
        *(
            pytest.param({"files": {name: {"sha256": "a" * 64, "bytes": 1}}}, id=f"name {name!r}")
            for name in ("/etc/passwd", "../x", "a/../../x", "", "C:\\x", "a\\b")
        ),
    ],
)
def test_a_forged_manifest_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    rewrite_manifest(write(tmp_path), **changes)
    with pytest.raises(IndexDamagedError) as caught:
        open_generation(tmp_path)
    assert caught.value.file == MANIFEST_FILE


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b"[]", b"\xff", b""], ids=["deep", "list", "no text", "empty"]
)
def test_a_manifest_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(IndexDamagedError):
        Manifest.from_json(data)


def test_another_model_is_refused_and_both_are_named(tmp_path: Path) -> None:
    generation = write(tmp_path)
    generation.require_model(ModelId("the same under another name", MODEL.fingerprint, 3))
    with pytest.raises(ModelMismatchError) as caught:
        generation.require_model(OTHER_MODEL)
    assert "built with the model tiny" in str(caught.value)
    assert "operative build --model /models/large" in str(caught.value)


# What can go wrong while writing


def test_a_second_writer_is_refused_and_told_who_writes(tmp_path: Path) -> None:
    def fill(folder: Path, before: Generation | None) -> Contents | None:
        with pytest.raises(StoreBusyError, match=f"process {os.getpid()}") as caught:
            write(tmp_path, NEW)
        assert caught.value.pid == os.getpid()
        return filler(OLD)(folder, before)

    assert contents(write(tmp_path, fill=fill)) == OLD
    assert contents(write(tmp_path, NEW)) == NEW


def test_a_lock_file_alone_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("1\n")
    assert contents(write(tmp_path)) == OLD


def test_an_unreadable_holder_is_not_named(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        (tmp_path / "lock.pid").write_text("?")
        with pytest.raises(StoreBusyError) as caught, writer_lock(tmp_path):
            pass
    assert caught.value.pid is None
    assert "process" not in str(caught.value)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_a_full_or_closed_disk_leaves_the_old_index(tmp_path: Path, code: int) -> None:
    def fill(folder: Path, _before: Generation | None) -> Contents | None:
        (folder / "half").write_bytes(b"ha")
        raise OSError(code, os.strerror(code))

    old = write(tmp_path)
    with pytest.raises(StoreWriteError, match=os.strerror(code)) as caught:
        write(tmp_path, fill=fill)
    assert "previous index is unchanged" in str(caught.value)
    assert open_generation(tmp_path) == old
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [old.name]


def test_an_interrupted_build_takes_its_folder_away(tmp_path: Path) -> None:
    def fill(folder: Path, _before: Generation | None) -> Contents | None:
        (folder / "half").write_bytes(b"ha")
        raise KeyboardInterrupt

    old = write(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, fill=fill)
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [old.name]
    assert open_generation(tmp_path) == old


def step_counter(
    monkeypatch: pytest.MonkeyPatch, stop_at: int | None, fault: BaseException
) -> list[str]:
    """Count every step of a write; raise `fault` instead of step number `stop_at`."""
    steps: list[str] = []

    def counted(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **named: object) -> object:
            steps.append(name)
            if len(steps) - 1 == stop_at:
                raise fault
            return real(*args, **named)

        return step

    for owner, name in (
        (os, "fsync"),
        (os, "replace"),
        (Path, "rename"),
        (Path, "write_bytes"),
        (Path, "mkdir"),
    ):
        monkeypatch.setattr(owner, name, counted(name, getattr(owner, name)))
    return steps


STEPS = 19  # folders, lock, files, manifest, rename, pointer, switch; a test counts them


def test_the_steps_of_a_write_are_counted(tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.MonkeyPatch.context() as patched:
        steps = step_counter(patched, None, PowerCutError())
        write(tmp_path, NEW)
    assert len(steps) == STEPS
    assert steps[-6:] == ["rename", "fsync", "write_bytes", "fsync", "replace", "fsync"]


@pytest.mark.parametrize("step", range(STEPS - 1))
def test_the_plug_pulled_at_any_step_leaves_the_old_index(tmp_path: Path, step: int) -> None:
    write(tmp_path)
    with pytest.MonkeyPatch.context() as patched:
        step_counter(patched, step, PowerCutError())
        patched.setattr("shutil.rmtree", lambda *_, **__: None)  # no time to tidy
        with pytest.raises(PowerCutError):
            write(tmp_path, NEW)
    assert contents(open_generation(tmp_path)) == OLD
    assert contents(write(tmp_path, NEW)) == NEW
    left = [path.name for path in (tmp_path / "generations").iterdir()]
    assert len(left) == 2
    assert not any(name.startswith(".building-") for name in left)


@pytest.mark.parametrize("step", range(STEPS - 1))
def test_a_disk_full_at_any_step_leaves_the_old_index(tmp_path: Path, step: int) -> None:
    old = write(tmp_path)
    with pytest.MonkeyPatch.context() as patched:
        step_counter(patched, step, OSError(errno.ENOSPC, "No space left on device"))
        with pytest.raises(StoreWriteError, match="No space left on device"):
            write(tmp_path, NEW)
    assert open_generation(tmp_path) == old
    assert contents(write(tmp_path, NEW)) == NEW


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_killed_build_leaves_the_old_index_and_no_lock(tmp_path: Path) -> None:
    old = write(tmp_path)
    program = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from embeddings.store.generation_writer import write_generation

        def fill(folder, before):
            (folder / "half").write_bytes(b"ha")
            print(folder.name, flush=True)
            time.sleep(60)

        write_generation(Path(sys.argv[1]), fill)
        """
    )
    root = Path(store.__file__).parents[2]
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root, text=True) as builder:
        assert builder.stdout is not None
        abandoned = tmp_path / "generations" / builder.stdout.readline().strip()
        with pytest.raises(StoreBusyError, match=f"process {builder.pid}"):
            write(tmp_path, NEW)
        builder.send_signal(signal.SIGKILL)
    assert abandoned.is_dir()
    assert open_generation(tmp_path) == old
    assert contents(write(tmp_path, NEW)) == NEW
    assert not abandoned.exists()


def test_every_fault_of_this_package_has_one_base() -> None:
    from embeddings import index_errors as errors

    faults = [value for value in vars(errors).values() if isinstance(value, type)]
    faults = [value for value in faults if value.__name__.endswith("Error")]
    assert len(faults) == 12
    assert all(issubclass(value, EmbeddingsError) for value in faults)
