"""A published source fetched with git: only the files that are wanted cross the network."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from qa.errors import OperativeError
from qa.publishers.published import Selection

TIMEOUT_S = 3600
# Files as they are published: no line ends changed, and a link is a text, not a way out.
_CONFIG = (
    "-c",
    "core.autocrlf=false",
    "-c",
    "core.symlinks=false",
    "-c",
    "core.hooksPath=/dev/null",
)


class GitError(OperativeError):
    """A repository could not be fetched."""

    def __init__(self, address: str, problem: str) -> None:
        super().__init__(
            f"{address} could not be fetched ({problem}); check the address and the network, then "
            "run the command again."
        )


def has_git() -> bool:
    """Return whether the git program is installed."""
    return shutil.which("git") is not None


def fetch_repository(address: str, selection: Selection, folder: Path) -> str:
    """Bring the wanted files of a repository's newest commit into `folder`; return the commit.

    Only the newest commit and the wanted files are transferred, where the server can do so. A
    file that the repository no longer has, or is not wanted any more, is removed.

    Raises:
        GitError: the repository cannot be reached, or the transfer broke off.
    """
    if not (folder / ".git").is_dir():
        _run(address, None, ["init", "--quiet", str(folder)])
    fetch = ["fetch", "--quiet", "--depth", "1", "--filter=blob:none", "--no-tags"]
    _run(address, folder, ["config", "remote.origin.url", address])
    # Without these two, git does not fetch a file's content at the moment it is checked out.
    _run(address, folder, ["config", "remote.origin.promisor", "true"])
    _run(address, folder, ["config", "remote.origin.partialclonefilter", "blob:none"])
    _run(address, folder, [*fetch, "origin", "HEAD"])
    commit = _run(address, folder, ["rev-parse", "FETCH_HEAD"]).decode("ascii").strip()
    listed = _run(address, folder, ["ls-tree", "-r", "-z", "--name-only", commit])
    wanted = [name for name in _names(listed) if selection.takes(name)]
    if not wanted:
        raise GitError(address, "no file of the repository is of these sessions and this language")
    before = set(_names(_run(address, folder, ["ls-files", "-z"])))
    # The index holds the wanted files alone, so that only their content is fetched.
    _run(address, folder, ["read-tree", "--empty"])
    _check_out(address, folder, commit, wanted)
    for gone in before - set(wanted):
        (folder / gone).unlink(missing_ok=True)
    return commit


def _check_out(address: str, folder: Path, commit: str, names: Sequence[str]) -> None:
    command = ["checkout", "--quiet", commit, "--pathspec-from-file=-", "--pathspec-file-nul"]
    literal = "".join(f":(top,literal){name}\0" for name in names)
    _run(address, folder, command, literal.encode("utf-8", "surrogateescape"))


def _names(listed: bytes) -> list[str]:
    return [name for name in listed.decode("utf-8", "surrogateescape").split("\0") if name]


def _run(address: str, folder: Path | None, command: list[str], typed: bytes = b"") -> bytes:
    """Run git and return what it prints.

    Raises:
        GitError: it fails; the last line that it prints says why.
    """
    within = ["-C", str(folder)] if folder else []
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_TERMINAL_PROMPT": "0",  # an address that asks for a password is an error
        "GIT_ALLOW_PROTOCOL": "https:http:file",  # others can start programs
        "LC_ALL": "C",
    }
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; the address is checked before
            ["git", *_CONFIG, *within, *command],  # noqa: S607
            input=typed,
            capture_output=True,
            env=environment,
            timeout=TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(address, str(error).splitlines()[0]) from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(address, lines[-1].removeprefix("fatal: ") if lines else "git failed")
    return done.stdout
