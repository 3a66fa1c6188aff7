"""Default locations, limits and server settings."""

from dataclasses import dataclass
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path

from embeddings.model.model_cache import APP_NAME, cache_folder

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 7860
MAX_QUESTION_CHARACTERS = 2000
_PACKAGED = frozenset({"A_RES_56_123.txt", "A_RES_61_181.txt"})
DEFAULT_TOP = 5
MAX_TOP = 1000  # quotations of one answer, however many are asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Settings of the server."""

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    opens_browser: bool = False
    programs_only: bool = False  # the API without the page
    adds_texts: bool = False  # readers may upload texts and remove them
    feedback: Path | None = None  # file of readers' feedback; None disables it
    log: Path | None = None  # log of answers, without their questions
    token: str = ""  # every request brings it; "" for none
    allowed_hosts: tuple[str, ...] = ()  # more names of this server, or of sites that call it


def default_feedback() -> Path:
    """Return the default feedback file."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)) / "feedback.jsonl"


def published_folder() -> Path:
    """Return the folder in which fetched texts of publishers are kept where none is named."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)) / "published"


def is_this_machine(host: str) -> bool:
    """Return whether a server that listens at `host` is reachable from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def default_index() -> Path:
    """Return the folder of the default index, which is built on first use."""
    return cache_folder() / "index"


def packaged_texts() -> Path:
    """Return the folder of the resolutions that come with Operative.

    In a checkout it is `data/`; the wheel contains the same files inside `qa`.
    """
    checkout = Path(__file__).resolve().parent.parent / "data"
    if (checkout / "A_RES_61_181.txt").exists():
        return checkout
    return Path(str(files("qa"))) / "data"


def is_packaged(path: Path | None) -> bool:
    """Return whether a file is one of the texts that come with Operative."""
    return path is not None and path.name in _PACKAGED and path.parent == packaged_texts()
