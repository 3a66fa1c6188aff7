"""Where Operative keeps things, and its limits."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from embeddings.cache import cache_folder

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 7860
MAX_QUESTION_CHARACTERS = 2000
DEFAULT_TOP = 5
# The official languages, and German, into which some texts are translated.
LANGUAGES = {
    "ar": "Arabic",
    "zh": "Chinese",
    "en": "English",
    "fr": "French",
    "ru": "Russian",
    "es": "Spanish",
    "de": "German",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a front end was started with."""

    index: Path | None = None  # None: the index of the texts that come with Operative
    model: str | None = None  # None: the packaged model
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT


def default_index() -> Path:
    """Return the folder of the index that is built on first use."""
    return cache_folder() / "index"


def packaged_texts() -> Path:
    """Return the folder of the resolutions that come with Operative.

    In a checkout it is `data/`; in an installed package the same files lie inside `qa`.
    """
    checkout = Path(__file__).resolve().parent.parent / "data"
    if (checkout / "A_RES_61_181.txt").exists():
        return checkout
    return Path(str(files("qa"))) / "data"
