"""Old Word files and their kin (.doc, .rtf, .odt): made into .docx by LibreOffice, then read."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from qa.resolutions.document import Document
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem
from qa.resolutions.readers.word_reader import read_word

TIMEOUT_S = 120
_PROGRAMS = ("soffice", "libreoffice")
_FILTER = "docx:MS Word 2007 XML"
# A stranger's file runs no macro and fetches nothing that it links to.
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_CAUTION = (
    """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
"""
    + "".join(
        f'<item oor:path="{_SECURITY}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for name, value in (
            ("MacroSecurityLevel", "3"),
            ("DisableMacrosExecution", "true"),
            ("DisableActiveContent", "true"),
            ("BlockUntrustedRefererLinks", "true"),
        )
    )
    + "</oor:items>\n"
)


def converter() -> str | None:
    """Return the path of LibreOffice; None where it is not installed."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def read_legacy_word(data: bytes, file: str, *, suffix: str = ".doc") -> tuple[Document, ...]:
    """Return the document in a file that LibreOffice opens.

    Args:
        data: the file.
        file: its name, for messages.
        suffix: the suffix of its format, which need not be that of its name.

    Raises:
        FaultyFileError: LibreOffice is not installed, cannot open the file, or takes too long.
    """
    program = converter()
    if program is None:
        raise FaultyFileError(
            file,
            FileProblem.NEEDS_CONVERTER,
            "an old Word file is read through LibreOffice, which is not installed; "
            "install it, or save the file as .docx, then build again.",
        )
    with tempfile.TemporaryDirectory(prefix="operative-") as folder:
        return read_word(_converted(program, Path(folder), data, file=file, suffix=suffix), file)


def _converted(program: str, folder: Path, data: bytes, *, file: str, suffix: str) -> bytes:
    """Return the file as .docx; LibreOffice runs with a profile of its own, in `folder`."""
    source = folder / f"document{suffix}"
    source.write_bytes(data)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_CAUTION, encoding="utf-8")
    command = [
        *(program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"),
        *("--nolockcheck", "--convert-to", _FILTER, "--outdir", str(folder / "out"), str(source)),
    ]
    try:
        if not _finishes(command):
            raise FaultyFileError(
                file,
                FileProblem.DAMAGED,
                f"LibreOffice did not finish with it in {TIMEOUT_S} s; save it as .docx.",
            )
        return (folder / "out" / "document.docx").read_bytes()
    except OSError as error:
        raise FaultyFileError(
            file,
            FileProblem.DAMAGED,
            "LibreOffice cannot open it: it is damaged, or has a password; "
            "save it as .docx, then build again.",
        ) from error


def _finishes(command: list[str]) -> bool:
    """Run a command; False where it had to be stopped, with all that it started."""
    started = subprocess.Popen(  # noqa: S603  our own words, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        started.wait(TIMEOUT_S)
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(started.pid, signal.SIGKILL)
        started.kill()
        started.wait()
        return False
    return True
