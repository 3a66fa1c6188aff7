"""Old Word files and their kin: through LibreOffice where it is installed, else one sentence."""

import os
import stat
import sys
from pathlib import Path

import pytest
from made_files import note, para, word_file

from qa.resolutions.model import SourceFormat
from qa.resolutions.readers import legacy_word
from qa.resolutions.readers.files import Problem, ReadFile, find_files, read_found
from qa.resolutions.readers.legacy_word import converter, read_legacy_word
from qa.resolutions.readers.read_errors import FaultyFileError, FileProblem

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
RICH = r"""{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}}
Resolution adopted by the General Assembly on 2 May 2007\par
61/300.\tab The day of caf\'e9s\par
\tab The General Assembly,\par
\tab Recalling its resolution 60/1,{\super\chftn}{\footnote\pard {\super\chftn} A/61/1.} and all,\par
\tab 1.\tab Decides to act.\par
90th plenary meeting\par
2 May 2007\par}
"""
needs_office = pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed")
needs_programs = pytest.mark.skipif(os.name == "nt", reason="made of shell scripts")


def faulty(data: bytes = OLE) -> FaultyFileError:
    with pytest.raises(FaultyFileError) as caught:
        read_legacy_word(data, "a.doc")
    message = str(caught.value)
    assert message.startswith("a.doc: ")
    assert "\n" not in message
    assert message.endswith(".")
    return caught.value


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program of this name where LibreOffice is looked for, and nothing else."""
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))


def test_without_libreoffice_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    error = faulty()
    assert error.fault is FileProblem.NEEDS_CONVERTER
    assert "LibreOffice, which is not installed; install it, or save the file as .docx" in str(
        error
    )


def test_the_rest_of_a_folder_is_read_without_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.doc").write_bytes(OLE)
    (tmp_path / "b.docx").write_bytes(
        word_file(
            para("61/300.\tT"), para("\tThe General Assembly,"), para("\t1.\tDecides to act.")
        )
    )
    results = [one for found in find_files([tmp_path]) for one in read_found(found)]
    assert isinstance(results[0], Problem)
    assert results[0].kind == "needs LibreOffice"
    assert isinstance(results[1], ReadFile)


@needs_programs
def test_a_converter_that_makes_nothing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, "raise SystemExit(1)")
    error = faulty()
    assert error.fault is FileProblem.DAMAGED
    assert "cannot open it" in str(error)


@pytest.mark.slow
@needs_programs
def test_a_converter_that_does_not_finish_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(
        tmp_path,
        monkeypatch,
        f"import os, time\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n"
        "time.sleep(60)\n",
    )
    monkeypatch.setattr(legacy_word, "TIMEOUT_S", 2)
    assert "did not finish with it in 2 s" in str(faulty())
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


@needs_programs
def test_a_converter_gets_a_profile_of_its_own_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(word_file(para("\t1.\tDecides;", note(1)), footnotes={1: "A/61/1."}))
    install(
        tmp_path,
        monkeypatch,
        "import pathlib, shutil, sys\n"
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        f"pathlib.Path({str(tmp_path / 'seen')!r}).write_text('\\n'.join(sys.argv[1:]))\n"
        "profile = pathlib.Path(sys.argv[1].split('file://')[1])\n"
        "assert 'DisableMacrosExecution' in "
        "(profile / 'user' / 'registrymodifications.xcu').read_text()\n"
        f"out.mkdir(); shutil.copy({str(made)!r}, out / 'document.docx')\n",
    )
    (document,) = read_legacy_word(OLE, "a.doc")
    assert document.text == "\t1.\tDecides;1\n\n1 A/61/1.\n"
    seen = (tmp_path / "seen").read_text().splitlines()
    assert "--headless" in seen
    source = Path(seen[-1])
    assert source.suffix == ".doc"
    assert not source.exists()


@needs_office
def test_rich_text_is_read_with_its_notes(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"  # as many old files are named
    path.write_text(RICH, encoding="ascii")
    (found,) = find_files([path])
    (read,) = read_found(found)
    assert isinstance(read, ReadFile), read
    resolution = read.resolution
    assert resolution.symbol == "A/RES/61/300"
    assert resolution.title == "The day of cafés"
    assert resolution.source.form is SourceFormat.WORD
    assert [one.text for one in resolution.paragraphs] == [
        "Recalling its resolution 60/1, and all,",
        "Decides to act.",
    ]
    assert [(one.marker, one.text) for one in resolution.notes] == [("1", "A/61/1.")]
    assert [mark.marker for mark in resolution.paragraphs[0].marks] == ["1"]


@needs_office
def test_a_binary_word_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(as_binary(tmp_path))
    assert path.read_bytes().startswith(OLE[:8])
    (found,) = find_files([path])
    (read,) = read_found(found)
    assert isinstance(read, ReadFile), read
    assert [one.label for one in read.resolution.paragraphs] == ["PP1", "OP1"]
    assert [(one.marker, one.text) for one in read.resolution.notes] == [("1", "A/61/1.")]


def as_binary(folder: Path) -> bytes:
    """The rich text saved as Word 97 does: LibreOffice writes the format too."""
    import subprocess

    source = folder / "source.rtf"
    source.write_text(RICH, encoding="ascii")
    subprocess.run(
        [
            *(str(converter()), f"-env:UserInstallation={(folder / 'p').as_uri()}", "--headless"),
            *("--convert-to", "doc:MS Word 97", "--outdir", str(folder / "out"), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "out" / "source.doc").read_bytes()


@needs_office
def test_a_damaged_old_word_file_is_named() -> None:
    assert faulty(OLE).fault in {FileProblem.DAMAGED, FileProblem.EMPTY}
