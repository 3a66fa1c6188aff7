"""The `operative` command: results on stdout, messages on stderr, a status that tells them apart."""

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from embeddings.model.encoder import Encoder
from embeddings.store.generation_writer import write_generation
from embeddings.store.generations import Generation, open_generation
from embeddings.store.manifest import Contents
from embeddings.store.seal import UNLISTED_FILES
from qa.cli.main import build_parser, main

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
SEED = DATA / "A_RES_61_181.txt"
SMALL = """Resolution adopted by the General Assembly on 3 May 2007
61/300.\tA day of <b>our</b> own

\tThe General Assembly,
\tRecalling one <script>alert(1)</script> thing,
\t1.\tUrges all States to plant "trees" & <script>alert("bees")</script>;
\t2.\tDecides to end.

90th plenary meeting
3 May 2007
"""


class Done(NamedTuple):
    """What a command left."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(
    encoder: Encoder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run a command in this process with the model that is loaded already; no traceback, ever."""
    load = Encoder.load
    monkeypatch.setattr(Encoder, "load", lambda name=None: encoder if name is None else load(name))

    def command(*arguments: str) -> Done:
        capsys.readouterr()
        try:
            status = main(arguments)
        except SystemExit as stop:
            status = int(stop.code or 0)
        done = Done(status, *capsys.readouterr())
        assert "Traceback" not in done.err
        return done

    return command


@pytest.fixture
def index(built_index: Path) -> tuple[str, str]:
    return "--index", str(built_index)


# Ask and show


@pytest.mark.parametrize(
    ("question", "status", "says"),
    [
        pytest.param("61/181 OP6", 0, "A/RES/61/181, para. 6 (20 December 2006)", id="look-up"),
        pytest.param("gender", 0, "A/RES/56/123, para. 20", id="search"),
        pytest.param("When was 61/181 adopted?", 0, "20 December 2006", id="fact"),
        pytest.param("61/181 OP12", 1, "No such paragraph.", id="no such paragraph"),
        pytest.param("climate change", 1, "Not in the loaded texts.", id="not in the texts"),
        pytest.param("60/175 OP1", 1, "https://docs.un.org/en/A/RES/60/175", id="not loaded"),
        pytest.param("Who voted for 61/181?", 1, "digitallibrary.un.org", id="not recorded"),
    ],
)
def test_an_answer_or_a_refusal_goes_to_stdout(
    question: str, status: int, says: str, run: Run, index: tuple[str, str]
) -> None:
    done = run("ask", question, *index)
    assert (done.status, done.err) == (status, "")
    assert says in done.out


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("", id="empty"),
        pytest.param("  \n ", id="blank"),
        pytest.param("x" * 10_000, id="10,000 characters"),
        pytest.param("\x00\x07\ufffd", id="binary"),
        pytest.param("Write me a poem", id="an instruction"),
    ],
)
@pytest.mark.parametrize("command", ["ask", "show"])
def test_a_question_that_is_none_goes_to_stderr(
    command: str, question: str, run: Run, index: tuple[str, str]
) -> None:
    done = run(command, question, *index)
    assert (done.status, done.out) == (2, "")
    assert re.fullmatch(r"operative: [^\n]+\.\n", done.err)
    assert len(done.err) < 300


def test_json_of_a_question_that_is_none(run: Run, index: tuple[str, str]) -> None:
    done = run("ask", "", "--json", *index)
    assert (done.status, done.err) == (2, "")
    assert done.json["answered"] is False
    assert done.json["refusal"]["kind"] == "not_a_question"


def test_json_of_an_answer_is_the_contract(run: Run, index: tuple[str, str]) -> None:
    done = run("ask", "61/181 OP6", "--json", *index)
    answer = done.json
    assert (done.status, done.err) == (0, "")
    assert set(answer) >= {
        *("id", "question", "answered", "refusal", "facts", "quotes", "index", "timing_ms"),
    }
    assert (answer["id"], answer["question"], answer["answered"]) == (None, "61/181 OP6", True)
    assert (answer["refusal"], answer["facts"]) == (None, [])
    assert set(answer["index"]) == {"generation", "model"}
    (quote,) = answer["quotes"]
    source = quote.pop("source")
    text = quote.pop("text")
    assert {name: quote[name] for name in ("highlight", "same_wording", "score")} == {
        "highlight": [],
        "same_wording": [],
        "score": 1.0,
    }
    assert (quote["symbol"], quote["label"], quote["number"], quote["kind"]) == (
        *("A/RES/61/181", "OP6", 6, "operative"),
    )
    assert quote["adopted"] == "2006-12-20"
    assert quote["citation"] == "A/RES/61/181, para. 6"
    assert quote["url"] == "https://docs.un.org/en/A/RES/61/181"
    assert quote["title"].startswith("Strengthening the United Nations Crime Prevention")
    printed = SEED.read_text(encoding="ascii")[source["start"] : source["end"]]
    assert printed.startswith("Urges all States and competent")
    assert (
        text.split()
        == printed.replace("thereto,1", "thereto,").replace("Corruption2", "Corruption").split()
    )
    assert source["file"] == "A_RES_61_181.txt"


def test_json_of_a_refusal_holds_what_is_nearest(run: Run, index: tuple[str, str]) -> None:
    done = run("ask", "61/181 OP12", "--json", *index)
    assert done.status == 1
    refusal = done.json["refusal"]
    assert refusal["kind"] == "no_such_paragraph"
    assert "nine operative paragraphs" in refusal["message"]
    assert [one["label"] for one in refusal["nearest"]] == ["OP9"]


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        pytest.param(["--top", "1"], {"61/181 OP6"}, id="top"),
        pytest.param(["--until", "2001"], {"56/123 OP4", "56/123 PP12"}, id="until"),
        pytest.param(["--until", "2001", "--kind", "operative"], {"56/123 OP4"}, id="kind"),
        pytest.param(
            ["--since", "2002", "--kind", "operative"],
            {"61/181 OP3", "61/181 OP4", "61/181 OP6"},
            id="since",
        ),
        pytest.param(["--body", "A", "--top", "1"], {"61/181 OP6"}, id="body"),
        pytest.param(["--body", "S", "--body", "A", "--top", "1"], {"61/181 OP6"}, id="bodies"),
        pytest.param(["--max-tokens", "0"], set(), id="no token"),
    ],
)
def test_options_restrict_an_answer(
    options: list[str], labels: set[str], run: Run, index: tuple[str, str]
) -> None:
    answer = run("ask", "corruption", "--json", *options, *index).json
    found = {f"{one['symbol'][6:]} {one['label']}" for one in answer["quotes"]}
    assert found == labels


def test_a_filter_that_leaves_nothing_finds_nothing(run: Run, index: tuple[str, str]) -> None:
    done = run("ask", "corruption", "--body", "S", *index)
    assert done.status == 1
    assert "passes the filters" in done.out


@pytest.mark.parametrize(
    ("citation", "status", "says"),
    [
        pytest.param("61/181 OP6", 0, "“Urges all States and competent", id="a paragraph"),
        pytest.param("61/181 FN4", 0, "“Resolution 60/177, annex.”", id="a note"),
        pytest.param("61/181 OP12", 1, "nine operative paragraphs", id="none such"),
        pytest.param("60/175", 1, "is not loaded", id="not loaded"),
    ],
)
def test_show(citation: str, status: int, says: str, run: Run, index: tuple[str, str]) -> None:
    done = run("show", citation, *index)
    assert (done.status, done.err) == (status, "")
    assert says in done.out


def test_show_wants_a_citation(run: Run, index: tuple[str, str]) -> None:
    done = run("show", "gender", *index)
    assert (done.status, done.out) == (2, "")
    assert '"gender"' in done.err
    assert "61/181 OP6" in done.err


# Batch


QUESTIONS = (
    '{"id": "b", "question": "61/181 OP6"}\n'
    '{"id": 7, "question": "climate change"}\n'
    "\n"
    '{"id": "a", "turns": ["Show paragraph 16 of 56/123", "And the next one"]}\n'
    '{"question": ""}\n'
)


def test_batch_answers_in_order_under_the_same_ids(
    run: Run, index: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(QUESTIONS, encoding="utf-8")
    done = run("batch", str(path), *index)
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert (done.status, done.err) == (0, "")
    assert [(one["id"], one["answered"]) for one in answers] == [
        *(("b", True), (7, False), ("a", True), (None, False)),
    ]
    assert [one["quotes"][0]["label"] for one in answers if one["quotes"]] == ["OP6", "OP17"]


def test_batch_gives_back_the_very_id(run: Run, index: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": 7, "question": "OP1"}\n{"question": "OP2"}\n', encoding="utf-8")
    out = run("batch", str(path), *index).out
    assert [json.loads(line)["id"] for line in out.splitlines()] == [7, None]


def test_batch_reads_stdin(
    run: Run, index: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(QUESTIONS))
    done = run("batch", "-", *index)
    assert done.status == 0
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["b", 7, "a", None]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "contains no questions", id="empty"),
        pytest.param(b'{"question": "q"}\nnot JSON\n', "line 2", id="a line that is no JSON"),
        pytest.param(b"\xff\xfe\x00", "it is not UTF-8 text", id="binary"),
        pytest.param(None, "cannot be read", id="missing"),
    ],
)
@pytest.mark.parametrize("command", ["batch", "evaluate"])
def test_a_file_of_questions_that_cannot_be_used(
    command: str, data: bytes | None, says: str, run: Run, index: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "q.jsonl"
    if data is not None:
        path.write_bytes(data)
    done = run(command, str(path), *index)
    assert (done.status, done.out) == (2, "")
    assert str(path) in done.err
    assert says in done.err


def test_evaluate(run: Run, index: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(
        '{"id": "a", "question": "61/181 OP6", "gold": ["A/RES/61/181 OP6"]}\n'
        '{"id": "b", "question": "61/181 OP7", "gold": ["A/RES/61/181 OP6"]}\n',
        encoding="utf-8",
    )
    done = run("evaluate", str(path), "--json", *index)
    assert done.status == 0
    assert (done.json["all"]["right"], done.json["wrong"]) == (0.5, ["b"])
    assert "incorrect: b" in run("evaluate", str(path), *index).out
    before = tmp_path / "before.json"
    before.write_text(done.out, encoding="utf-8")
    again = run("evaluate", str(path), "--against", str(before), *index)
    assert "better (0): none" in again.out


# Parse


def test_parse_prints_one_record_a_line_as_the_contract_says(run: Run) -> None:
    done = run("parse", "--json", str(DATA / "A_RES_56_123.txt"), str(SEED))
    assert (done.status, done.err) == (0, "")
    records = [json.loads(line) for line in done.out.splitlines()]
    assert [one["symbol"] for one in records] == ["A/RES/56/123", "A/RES/61/181"]
    for record in records:
        assert set(record) >= {
            *("symbol", "body", "session", "number", "part", "title", "adopted", "issued"),
            *("meeting", "committee", "report", "agenda_items", "job_number", "language"),
            *("source", "paragraphs", "notes"),
        }
        assert set(record["source"]) == {"file", "sha256", "form", "others"}
        for paragraph in record["paragraphs"]:
            assert set(paragraph) >= {
                *("kind", "label", "number", "section", "parent", "depth", "text", "start", "end"),
                *("verbs", "notes", "citations"),
            }
        for note in record["notes"]:
            assert set(note) >= {"marker", "text"}
    assert records[1]["adopted"] == "2006-12-20"
    assert records[1]["paragraphs"][7]["label"] == "OP1"


def test_parse_names_what_it_cannot_read_and_prints_the_rest(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all,\n", encoding="ascii")
    done = run("parse", str(letter), str(SEED))
    assert done.status == 2
    assert [json.loads(line)["symbol"] for line in done.out.splitlines()] == ["A/RES/61/181"]
    assert done.err.startswith("operative: letter.txt: ")


# Build, info, verify


def small(folder: Path, **files: str | bytes) -> Path:
    folder.mkdir()
    for name, text in {"small": SMALL, **files}.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.txt").write_bytes(data)
    return folder


def test_build_ask_and_build_again(run: Run, tmp_path: Path) -> None:
    texts, index = small(tmp_path / "texts"), ("--index", str(tmp_path / "index"))
    built = run("build", str(texts), *index)
    assert built.status == 0
    assert "Index built: 1 resolution, 3 passages" in built.out
    assert "Embedding: 100% 4/4" in built.err
    assert run("ask", "61/300 OP2", *index).status == 0
    again = run("build", str(texts), "--json", *index).json
    assert (again["unchanged"], again["problems"]) == (True, [])


def test_a_broken_file_is_named_and_the_rest_is_built(run: Run, tmp_path: Path) -> None:
    texts = small(tmp_path / "texts", broken=b"\0\1\2\3", empty="", copy=SMALL)
    done = run("build", str(texts), "--json", "--index", str(tmp_path / "index"))
    assert done.status == 2
    assert done.json["resolutions"] == 1
    assert [one["file"] for one in done.json["problems"]] == [
        "broken.txt",
        "empty.txt",
        "small.txt",
    ]
    lines = [line for line in done.err.splitlines() if line.startswith("operative: ")]
    assert [line.split(": ")[1] for line in lines] == ["broken.txt", "empty.txt"]
    assert done.err.split("Skipped:\n")[1].split("\n") == [
        "      1 duplicate",
        "      1 empty",
        "      1 unknown format",
        "",
    ]
    assert run("ask", "61/300 OP1", "--index", str(tmp_path / "index")).status == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda path: None, "does not exist", id="missing"),
        pytest.param(lambda path: path.mkdir(), "no text file", id="empty folder"),
        pytest.param(
            lambda path: (path.mkdir(), (path / "a.txt").write_text("Dear all,")),
            "no resolution could be read: a.txt",
            id="nothing but a letter",
        ),
    ],
)
def test_a_build_without_texts_leaves_the_index_alone(
    make: Callable[[Path], object], says: str, run: Run, index_copy: Path, tmp_path: Path
) -> None:
    make(tmp_path / "texts")
    before = sorted(path.name for path in index_copy.rglob("*"))
    done = run("build", str(tmp_path / "texts"), "--index", str(index_copy))
    assert (done.status, done.out) == (2, "")
    assert says in done.err
    assert sorted(path.name for path in index_copy.rglob("*")) == before
    assert run("ask", "61/181 OP6", "--index", str(index_copy)).status == 0


def test_a_build_into_a_place_that_is_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("mine", encoding="ascii")
    texts = small(tmp_path / "texts")
    done = run("build", str(texts), "--index", str(tmp_path / "index"))
    assert done.status == 2
    assert "--index" in done.err
    assert (tmp_path / "index").read_text(encoding="ascii") == "mine"


def test_info(run: Run, index: tuple[str, str]) -> None:
    loaded = run("info", "--json", *index).json
    assert loaded["symbols"] == ["A/RES/56/123", "A/RES/61/181"]
    assert (loaded["operative"], loaded["preambular"], loaded["notes"]) == (30, 19, 9)
    assert "A/RES/56/123, A/RES/61/181" in run("info", *index).out


def test_verify_proves_every_quotation(run: Run, index: tuple[str, str]) -> None:
    done = run("verify", "--json", *index)
    assert (done.status, done.json["problems"]) == (0, [])
    assert done.json["quotations_proved"] == 58


def test_an_index_goes_back_to_what_it_was(run: Run, index_copy: Path, tmp_path: Path) -> None:
    index = ("--index", str(index_copy))
    first = run("info", "--json", *index).json["generation"]
    alone = run("rollback", *index)
    assert (alone.status, alone.out) == (2, "")
    assert "has no previous generation; build it" in alone.err
    (tmp_path / "texts").mkdir()
    shutil.copy(DATA / "A_RES_61_181.txt", tmp_path / "texts")
    fewer = run("build", str(tmp_path / "texts"), *index)
    assert "1 resolution, 22 passages (0 read, 0 texts encoded)" in fewer.out
    assert run("ask", "56/123 OP7", *index).status == 1
    assert run("rollback", "--json", *index).json == {"generation": first}
    assert run("ask", "56/123 OP7", *index).status == 0


@pytest.mark.slow
def test_a_folder_is_followed_until_it_is_interrupted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qa.indexing.watch.watch.__kwdefaults__", {"sleep": interrupt})
    done = run("watch", str(DATA), "--index", str(tmp_path / "index"))
    assert done.status == 0
    assert "Index built: 2 resolutions, 58 passages (2 read, 59 texts encoded)" in done.out


@pytest.mark.slow
def test_a_flipped_byte_in_any_file_is_refused_by_its_name(run: Run, index_copy: Path) -> None:
    (folder,) = (index_copy / "generations").iterdir()
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    names = [path.relative_to(folder).as_posix() for path in files]
    assert {"manifest.json", "texts/texts.jsonl", "encoded/vectors.npy"} < set(names)
    for path, name in zip(files, names, strict=True):
        sound = path.read_bytes()
        data = bytearray(sound)
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        for command in (("ask", "61/181 OP6"), ("verify",)):
            done = run(*command, "--index", str(index_copy))
            assert done.status == 2, name
            assert name in done.err
            assert "build it again with `operative build" in done.err
        path.write_bytes(sound)
    assert run("verify", "--index", str(index_copy)).status == 0


def rewrite(index: Path, encoder: Encoder, *, text: tuple[str, str], template: str = "") -> None:
    """Make a new generation in which one text is another, every checksum written anew."""
    old = open_generation(index)

    def forge(folder: Path, _before: Generation | None) -> Contents:
        for name in old.manifest.files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(old.file(name), folder / name)
        texts = folder / "texts" / "texts.jsonl"
        before = texts.read_text(encoding="utf-8")
        assert text[0] in before
        texts.write_text(before.replace(*text, 1), encoding="utf-8")
        return Contents(
            model=encoder.id,
            template=template or old.manifest.template,
            rows=old.manifest.rows,
            corpus_hash="f" * 64,
            extra={},
        )

    write_generation(index, forge)


def test_a_forged_text_is_found_by_the_proof(run: Run, index_copy: Path, encoder: Encoder) -> None:
    rewrite(
        index_copy,
        encoder,
        text=("Invites all States to increase", "Obliges all States to increase"),
    )
    done = run("verify", "--index", str(index_copy))
    assert done.status == 2
    assert "A/RES/61/181 OP8 does not match its source" in done.err
    asked = run("ask", "61/181 OP8", "--index", str(index_copy))
    assert (asked.status, asked.out) == (2, "")
    assert "is not quoted" in asked.err
    assert run("ask", "61/181 OP7", "--index", str(index_copy)).status == 0


@pytest.mark.parametrize(
    ("file", "array", "told"),
    [
        pytest.param("encoded/places.npy", True, "the vectors of the index", id="vectors"),
        pytest.param("words/rows.npy", False, "the words of the index", id="words"),
        pytest.param("columns/rows.npy", True, "the columns of the index", id="columns"),
    ],
)
def test_files_that_are_whole_but_of_other_texts_are_found(
    file: str, array: bool, told: str, run: Run, index_copy: Path, encoder: Encoder
) -> None:
    """Every checksum is right; two rows have changed places."""

    def forge(folder: Path, before: Generation | None) -> Contents:
        assert before is not None
        shutil.copytree(before.path, folder, dirs_exist_ok=True)
        for name in UNLISTED_FILES:
            (folder / name).unlink()
        rows = np.load(folder / file)
        if array:
            rows[[3, 7]] = rows[[7, 3]]
        else:
            rows[0] += 1
        np.save(folder / file, rows)
        facts = {name: getattr(before.manifest, name) for name in ("model", "template", "rows")}
        return Contents(**facts, corpus_hash="f" * 64, extra={})

    write_generation(index_copy, forge)
    done = run("verify", "--index", str(index_copy))
    assert done.status == 2
    assert told in done.err


def test_an_index_of_another_version_is_refused(
    run: Run, index_copy: Path, encoder: Encoder
) -> None:
    rewrite(index_copy, encoder, text=("Urges", "Urges"), template="another; 0")
    done = run("ask", "61/181 OP6", "--index", str(index_copy))
    assert (done.status, done.out) == (2, "")
    assert "another version of Operative; build it again with" in done.err


@pytest.mark.slow
def test_without_index_the_packaged_texts_are_built_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.cli.commands.default_index", lambda: tmp_path / "index")
    monkeypatch.setattr("qa.assistant.default_index", lambda: tmp_path / "index")
    first = run("show", "61/181 OP6")
    assert first.status == 0
    assert "Embedding: 100% 59/59" in first.err
    second = run("show", "61/181 OP6")
    assert (second.status, second.out, second.err) == (0, first.out, "")


@pytest.mark.parametrize(
    "command",
    [("ask", "gender"), ("show", "61/181 OP6"), ("info",), ("verify",)],
    ids=lambda command: command[0],
)
def test_without_an_index(command: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    done = run(*command, "--index", str(tmp_path / "none"))
    assert (done.status, done.out) == (2, "")
    assert "operative build PATH..." in done.err
    assert not (tmp_path / "none").exists()


# Markup in documents


def test_markup_of_a_document_is_text(run: Run, tmp_path: Path) -> None:
    index = ("--index", str(tmp_path / "index"))
    run("build", str(small(tmp_path / "texts")), *index)
    printed = 'Urges all States to plant "trees" & <script>alert("bees")</script>;'
    done = run("ask", "61/300 OP1", *index)
    assert printed in " ".join(done.out.split())
    answer = run("ask", "61/300 OP1", "--json", *index).json
    assert [one["text"] for one in answer["quotes"]] == [printed]
    assert answer["quotes"][0]["title"] == "A day of <b>our</b> own"


def test_markup_of_a_question_does_not_break_json(run: Run, index: tuple[str, str]) -> None:
    question = '<script>alert("1")</script> what does OP1 of 56/123 say?'
    answer = run("ask", question, "--json", *index).json
    assert answer["question"] == question
    assert [one["label"] for one in answer["quotes"]] == ["OP1"]


# Terminals


def test_a_terminal_that_knows_only_ascii(
    run: Run, index: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    assert main(["ask", "61/181 OP9", *index]) == 0
    assert b"Requests the Secretary-General" in raw.getvalue()


def test_half_a_character_in_a_batch_stops_nothing(
    run: Run, index: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(
        '{"id": "a", "question": "gender \\udcff"}\n{"id": "b", "question": "61/181 OP1"}\n',
        encoding="ascii",
    )
    done = run("batch", str(path), *index)
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["a", "b"]


def test_a_build_into_an_index_without_a_name_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.cli.commands.default_index", lambda: tmp_path / "default")
    done = run("build", str(small(tmp_path / "texts")), "--index", "")
    assert done.status == 2
    assert not (tmp_path / "default").exists()


# The command line itself


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["ask", "q", "--nonsense"], "unrecognized arguments: --nonsense", id="option"),
        pytest.param(["nonsense"], "invalid choice", id="command"),
        pytest.param([], "required", id="no command"),
        pytest.param(["ask"], "QUESTION", id="no question"),
        pytest.param(["ask", "q", "--top", "0"], "whole number above 0", id="top 0"),
        pytest.param(["ask", "q", "--top", "x"], "whole number above 0", id="top x"),
        pytest.param(["ask", "q", "--body", "X"], "invalid choice", id="body"),
        pytest.param(["ask", "q", "--max-tokens", "-1"], "--max-tokens", id="tokens below 0"),
        pytest.param(["serve", "--port", "x"], "invalid int", id="port"),
        pytest.param(["build"], "PATH", id="nothing to build"),
    ],
)
def test_a_wrong_command_line_is_explained(arguments: list[str], says: str, run: Run) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("usage: operative")
    assert says in done.err


def test_a_superscript_is_no_number(run: Run) -> None:
    done = run("ask", "q", "--top", "²")
    assert done.status == 2
    assert "whole number above 0" in done.err


def test_every_command_has_help_with_a_summary(run: Run) -> None:
    done = run("--help")
    assert done.status == 0
    for name in (
        "build",
        "ask",
        "show",
        "batch",
        "evaluate",
        "parse",
        "info",
        "verify",
        "doctor",
        "serve",
    ):
        assert re.search(rf"^    {name}\s+[A-Z][^\n]+\.?$", done.out, re.MULTILINE), name
        assert run(name, "--help").out.startswith(f"usage: operative {name}")
    assert build_parser().prog == "operative"


@pytest.mark.slow
def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from qa.cli.main import main\n"
        "try:\n"
        "    main(['--help'])\n"
        "except SystemExit as stop:\n"
        "    status = stop.code\n"
        "heavy = {'torch', 'gradio', 'faiss', 'sentence_transformers', 'transformers', 'numpy',\n"
        "         'scipy', 'msgspec', 'tiktoken', 'platformdirs'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)), status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "LOADED [] 0"
    assert done.stderr == ""


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_fault() -> None:
    """`operative parse data | head -0`: the pipe breaks, and nothing is printed about it."""
    command = (
        f"{sys.executable} -m qa parse {DATA / 'A_RES_61_181.txt'} {DATA / 'A_RES_56_123.txt'}"
    )
    done = subprocess.run(
        ["bash", "-c", f"{command} | head -c 10"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == '{"symbol":'
    assert done.stderr == ""


def test_doctor(run: Run, index: tuple[str, str]) -> None:
    done = run("doctor", "--json", *index)
    found = {one["what"]: one["ok"] for one in done.json}
    assert found["Python"]
    assert found["model"]
    assert found["index"]
    assert done.status == (0 if all(found.values()) else 2)
