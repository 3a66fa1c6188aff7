"""Whether what is quoted is authentic: published files, the ledger, conflicts, and the seal."""

import json
import lzma
import os
import shutil
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.index_errors import IndexDamagedError, IndexSealError, SealKeyError
from embeddings.model.encoder import Encoder
from embeddings.store.generation_files import digits_of
from embeddings.store.generations import open_generation, verify
from embeddings.store.manifest import MANIFEST_FILE
from embeddings.store.seal import (
    KEY_VARIABLE,
    LEDGER_FILE,
    REQUIRED_VARIABLE,
    SEAL_FILE,
    read_seal,
    seal_generation,
)
from embeddings.store.seal_keys import write_new_key
from qa.answer import Quote, TextOrigin
from qa.api.functions import ApiFunctions
from qa.assistant import Assistant
from qa.cli.main import main
from qa.corpus.corpus import Corpus
from qa.corpus.published_catalogue import (
    PACKAGED_RELEASE,
    PublishedCatalogue,
    published_catalogue,
)
from qa.corpus.source_ledger import SourceLedger
from qa.indexing.build import BuildReport, build
from qa.indexing.fetched_release import release_of
from qa.render.export_files import FORMS, parts_of
from qa.render.plain_text import answer_text
from qa.render.quote_card import card_html

DATA = Path(__file__).parent.parent / "data"
SEED = DATA / "A_RES_61_181.txt"
SYMBOL = "A/RES/61/181"
FORGED = (
    "Reaffirms the importance of the United Nations Office",
    "Denies the importance of the United Nations Office",
)


def build_from(encoder: Encoder, index: Path, *paths: Path, adds: bool = False) -> BuildReport:
    return build(paths, index, load_encoder=lambda: encoder, adds=adds)


def assistant_over(index: Path, encoder: Encoder) -> Assistant:
    return Assistant(Corpus.open(index), lambda: encoder, index=str(index))


def quoted(index: Path, encoder: Encoder, citation: str = "61/181 OP5") -> Quote:
    (quote,) = assistant_over(index, encoder).ask(citation).quotes
    return quote


@pytest.fixture
def forged(tmp_path: Path) -> Path:
    """A copy of a catalogued text in which one word is another."""
    text = SEED.read_text(encoding="utf-8")
    assert text.count(FORGED[0]) == 1
    path = tmp_path / "copy" / SEED.name
    path.parent.mkdir()
    path.write_text(text.replace(*FORGED), encoding="utf-8")
    return path


# The catalogue


def test_the_catalogue_names_where_its_files_came_from() -> None:
    catalogue = published_catalogue()
    assert len(catalogue) > 13_000
    assert {release.publisher.split(",")[0] for release in catalogue.releases.values()} == {
        "United Nations"
    }
    assert all(release.release for release in catalogue.releases.values())


@pytest.mark.parametrize(
    ("digest", "symbol", "is_listed"),
    [
        pytest.param("ab" * 32, "A/RES/75/1", True, id="its bytes and its symbol"),
        pytest.param("ab" * 32, "A/RES/75/2", False, id="under the name of another"),
        pytest.param("ac" * 32, "A/RES/75/1", False, id="other bytes"),
        pytest.param("", "A/RES/75/1", False, id="no hash"),
        pytest.param("no hash", "A/RES/75/1", False, id="what is no hash"),
    ],
)
def test_a_file_is_listed_by_its_bytes_and_its_document(
    digest: str, symbol: str, is_listed: bool
) -> None:
    short = b64encode(bytes.fromhex("ab" * 16)).decode().rstrip("=")
    catalogue = PublishedCatalogue.of(["@ga\tThe UN\tsession 75", f"ga\tA/RES/75/1\ten\t{short}"])
    assert catalogue.has(digest, symbol) is is_listed
    assert catalogue.has_document("A/RES/75/1", "en")
    assert not catalogue.has_document("A/RES/75/1", "fr")
    release = catalogue.release_of("ab" * 32)
    assert release is not None
    assert (release.publisher, release.release) == ("The UN", "session 75")


def test_the_catalogue_is_made_from_folders_and_equal_files_give_equal_bytes() -> None:
    from benchmarks.catalogue import catalogue_bytes, entries_in

    entries = list(entries_in(PACKAGED_RELEASE, DATA))
    packed = catalogue_bytes(entries)
    assert catalogue_bytes(entries[::-1]) == packed
    made = PublishedCatalogue.of(lzma.decompress(packed).decode().splitlines())
    assert len(made) == 2
    assert made.has_document(SYMBOL, "en")
    assert published_catalogue().releases[PACKAGED_RELEASE] == made.releases[PACKAGED_RELEASE]


# Quotations say what their file is


def test_a_quotation_of_a_published_file_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("61/181 OP5")
    (quote,) = answer.quotes
    assert quote.origin is TextOrigin.PACKAGED
    assert "docs.un.org" in quote.provenance.publisher
    assert quote.provenance.added
    assert not quote.provenance.has_catalogued_file
    record = ApiFunctions(assistant).show("61/181 OP5")["quotes"][0]
    assert (record["origin"], record["source"]["publisher"]) == (
        "packaged",
        quote.provenance.publisher,
    )
    parts = parts_of([answer])
    shown = [str(card_html(quote)), answer_text(answer)]
    shown += [FORMS[name].write(parts).decode() for name in ("md", "csv")]
    for text in shown:
        assert "Converted from the UN file, as packaged" in text


@pytest.mark.parametrize(
    ("function", "given"),
    [
        ("check_text", {"text": "“Reaffirms the importance” (A/RES/61/181, para. 5)"}),
        ("compare", {"a": "A/RES/56/123", "b": "A/RES/61/181"}),
        ("history", {"citation": "A/RES/61/181, para. 5"}),
        ("mandates", {}),
        ("cites", {"citation": "A/RES/61/181"}),
    ],
)
def test_the_desks_say_what_the_files_of_their_documents_are(
    function: str, given: dict[str, str], assistant: Assistant
) -> None:
    record = getattr(ApiFunctions(assistant), function)(**given)
    assert record["origins"]["A/RES/61/181"] == "packaged"


def test_a_changed_copy_of_a_published_file_is_not_in_the_catalogue(
    forged: Path, tmp_path: Path, encoder: Encoder
) -> None:
    build_from(encoder, tmp_path / "index", forged)
    quote = quoted(tmp_path / "index", encoder)
    assert quote.text.startswith("Denies")
    assert quote.origin is TextOrigin.UNCATALOGUED
    assert quote.provenance.has_catalogued_file
    assert "which has another file of this document" in str(card_html(quote))


# Two sources of one document


def test_the_published_file_serves_and_the_changed_copy_is_a_conflict(
    forged: Path, tmp_path: Path, encoder: Encoder
) -> None:
    index = tmp_path / "index"
    other = forged.rename(forged.with_name("A_RES_61_181_copy.txt"))
    report = build_from(encoder, index, other, SEED)
    ((file, reason),) = [
        (problem.file, problem.reason) for problem in report.problems if problem.kind == "conflict"
    ]
    assert file == other.name
    assert f"its words are not those of {SEED.name}, which is in the catalogue" in reason
    quote = quoted(index, encoder)
    assert (quote.text.split()[0], quote.origin) == ("Reaffirms", TextOrigin.PACKAGED)
    assert quote.source.conflicts == (other.name,)
    assert f"Other words under this symbol, not quoted: {other.name}." in str(card_html(quote))
    assert assistant_over(index, encoder).info().conflicts == {other.name: SEED.name}


def test_a_changed_copy_that_is_added_does_not_replace_the_published_file(
    index_copy: Path, forged: Path, encoder: Encoder
) -> None:
    other = forged.rename(forged.with_name("A_RES_61_181_copy.txt"))
    build_from(encoder, index_copy, other, adds=True)
    assert quoted(index_copy, encoder).text.startswith("Reaffirms")


@pytest.mark.parametrize(
    ("change", "is_conflict"),
    [
        pytest.param(lambda text: text, False, id="the same"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), False, id="other line ends"),
        pytest.param(lambda text: text.replace("\t1.\t", "\t 1.\t"), False, id="another blank"),
        pytest.param(lambda text: text.replace(" all ", " no "), True, id="one word"),
        pytest.param(lambda text: text.replace("2006", "2007"), True, id="one figure"),
        pytest.param(lambda text: text.replace(" every ", " "), True, id="a word less"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_copies_in_other_words_are_conflicts_whatever_their_format(
    change: Callable[[str], str], is_conflict: bool, suffix: str, tmp_path: Path
) -> None:
    from qa.indexing.collect import collect

    text = (
        "Resolution adopted by the General Assembly on 3 May 2007\n"
        "61/300.\tA day of our own\n\n\tThe General Assembly,\n\tRecalling its resolutions,\n"
        "\t1.\tDecides to meet every year, from 2006 on, in Geneva;\n"
        "\t2.\tInvites all States to take part.\n\n90th plenary meeting\n3 May 2007\n"
    )
    lines = change(text).splitlines()
    page = "".join(f"<p>{line}</p>" for line in lines) if suffix == ".html" else change(text)
    (tmp_path / "61_300.txt").write_text(text, encoding="utf-8")
    (tmp_path / f"copy_of_61_300{suffix}").write_text(page, encoding="utf-8", newline="")
    kinds = [problem.kind for problem in collect([tmp_path]).problems]
    assert kinds == (["conflict"] if is_conflict else ["duplicate"])


# The ledger


def test_the_ledger_lists_each_source_with_its_hash_and_release(
    tmp_path: Path, encoder: Encoder
) -> None:
    home = tmp_path / "published" / "ga"
    (home / "texts" / "61").mkdir(parents=True)
    text = SEED.read_text(encoding="utf-8").replace("61/181", "61/981")
    (home / "texts" / "61" / "A_RES_61_981.txt").write_text(text, encoding="utf-8")
    note = {"publisher": "The publisher", "version": "1a2b", "fetched": "2026-11-30T12:00:00+00:00"}
    (home / "source.json").write_text(json.dumps(note), encoding="utf-8")
    index = tmp_path / "index"
    build_from(encoder, index, home / "texts", SEED)
    folder = open_generation(index).path
    fetched, packaged = SourceLedger.load(folder).rows
    assert (fetched.file, fetched.publisher, fetched.release) == (
        "61/A_RES_61_981.txt",
        "The publisher",
        "1a2b",
    )
    assert fetched.fetched == note["fetched"]
    assert packaged.release == "plain text that comes with Operative"
    assert len(packaged.sha256) == 64
    assert fetched.added == packaged.added
    shown = str(card_html(quoted(index, encoder, "61/981 OP5")))
    assert "The publisher, 1a2b; fetched 2026-11-30, indexed " in shown


def test_a_source_keeps_the_day_on_which_it_came(
    index_copy: Path, tmp_path: Path, encoder: Encoder
) -> None:
    folder = open_generation(index_copy).path
    before = json.loads((folder / LEDGER_FILE).read_bytes())
    for row in before:
        row["added"] = "2001-02-03T04:05:06+00:00"
    (folder / LEDGER_FILE).write_text(json.dumps(before), encoding="utf-8")
    seal_generation(folder)
    (tmp_path / "61_300.txt").write_text(
        SEED.read_text(encoding="utf-8").replace("61/181", "61/300"), encoding="utf-8"
    )
    build_from(encoder, index_copy, tmp_path / "61_300.txt", adds=True)
    rows = SourceLedger.load(open_generation(index_copy).path).rows
    assert [row.added[:4] == "2001" for row in rows] == [False, True, True]


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"publisher": 1}', "not JSON"])
def test_a_folder_with_a_foreign_note_has_no_release(note: str, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "source.json").write_text(note, encoding="utf-8")
    assert release_of(tmp_path / "texts" / "a.txt") is None


def test_an_index_without_ledger_and_seal_is_read(index_copy: Path, encoder: Encoder) -> None:
    folder = open_generation(index_copy).path
    (folder / LEDGER_FILE).unlink()
    (folder / SEAL_FILE).unlink()
    assert quoted(index_copy, encoder).provenance.publisher == ""
    assert assistant_over(index_copy, encoder).info().seal == ""


# The seal


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    """A private key and its public key."""
    return tmp_path / "key", write_new_key(tmp_path / "key")


def forge(index: Path) -> None:
    """Change a text of an index, its hash, the name of the generation and the pointer to it."""
    generation = open_generation(index)
    saved = json.loads((generation.path / MANIFEST_FILE).read_bytes())
    texts = generation.path / "texts" / "texts.jsonl"
    texts.write_bytes(texts.read_bytes().replace(b"Reaffirms", b"Disclaims"))
    import hashlib

    saved["files"]["texts/texts.jsonl"]["sha256"] = hashlib.sha256(texts.read_bytes()).hexdigest()
    data = json.dumps(saved).encode()
    (generation.path / MANIFEST_FILE).write_bytes(data)
    name = f"000001-{digits_of(data)}"
    generation.path.rename(generation.path.with_name(name))
    (index / "CURRENT").write_text(f"{name}\n")
    seal_generation(generation.path.with_name(name))


def test_files_changed_with_their_hashes_are_refused_where_a_seal_is_required(
    index_copy: Path, keys: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, encoder: Encoder
) -> None:
    private, public = keys
    seal_generation(open_generation(index_copy).path, private)
    monkeypatch.setenv(REQUIRED_VARIABLE, str(public))
    assert quoted(index_copy, encoder).text.startswith("Reaffirms")
    monkeypatch.delenv(REQUIRED_VARIABLE)
    forge(index_copy)
    assert verify(index_copy) == []  # the hashes fit
    assert quoted(index_copy, encoder).text.startswith("Disclaims")
    monkeypatch.setenv(REQUIRED_VARIABLE, str(public))
    with pytest.raises(IndexSealError, match="it is not signed"):
        Corpus.open(index_copy)


@pytest.mark.slow
def test_a_forged_index_gives_nothing_to_the_next_build(
    index_copy: Path, keys: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, encoder: Encoder
) -> None:
    private, public = keys
    forge(index_copy)
    monkeypatch.setenv(REQUIRED_VARIABLE, str(public))
    monkeypatch.setenv(KEY_VARIABLE, str(private))
    build_from(encoder, index_copy, DATA)
    assert quoted(index_copy, encoder).text.startswith("Reaffirms")


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        pytest.param(lambda folder: (folder / SEAL_FILE).unlink(), "not signed", id="no seal"),
        pytest.param(seal_generation, "not signed", id="no signature"),
    ],
)
def test_a_seal_that_is_required_must_be_whole(
    harm: Callable[[Path], object],
    problem: str,
    index_copy: Path,
    keys: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    private, public = keys
    folder = open_generation(index_copy).path
    seal_generation(folder, private)
    harm(folder)
    monkeypatch.setenv(REQUIRED_VARIABLE, str(public))
    with pytest.raises(IndexSealError, match=problem):
        open_generation(index_copy)


def test_a_signed_seal_does_not_fit_changed_files(
    index_copy: Path, keys: tuple[Path, Path]
) -> None:
    folder = open_generation(index_copy).path
    seal_generation(folder, keys[0])
    signed = (folder / SEAL_FILE).read_bytes()
    forge(index_copy)
    folder = open_generation(index_copy).path
    (folder / SEAL_FILE).write_bytes(signed)
    with pytest.raises(IndexDamagedError, match=r"seal\.json is that of another generation"):
        open_generation(index_copy)


def test_the_seal_of_another_key_is_refused(
    index_copy: Path, keys: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_new_key(tmp_path / "stranger")
    seal_generation(open_generation(index_copy).path, tmp_path / "stranger")
    monkeypatch.setenv(REQUIRED_VARIABLE, str(keys[1]))
    with pytest.raises(IndexSealError, match="not signed with the required key"):
        open_generation(index_copy)


def test_one_generation_can_be_required_by_its_hash(
    index_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = read_seal(open_generation(index_copy).path)
    assert seal is not None
    monkeypatch.setenv(REQUIRED_VARIABLE, seal.manifest)
    open_generation(index_copy)
    forge(index_copy.rename(index_copy.with_name("moved")))
    with pytest.raises(IndexSealError, match="not the generation with this SHA-256"):
        open_generation(index_copy.with_name("moved"))


@pytest.mark.parametrize("file", [SEAL_FILE, LEDGER_FILE])
@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"generation": 1}'])
def test_a_damaged_seal_or_ledger_is_one_sentence_of_verify(
    file: str, content: bytes, index_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = open_generation(index_copy).path
    (folder / file).write_bytes(content)
    assert main(["verify", "--index", str(index_copy)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("operative: the index is damaged: ")


def test_seal_of_the_command_line(
    index_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ["--index", str(index_copy)]
    assert main(["seal", *index]) == 0
    assert "not signed" in capsys.readouterr().out
    assert main(["seal", "--new-key", str(tmp_path / "key")]) == 0
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert main(["seal", "--key", str(tmp_path / "key"), *index, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["signature"]) > 80
    assert main(["info", *index]) == 0
    shown = capsys.readouterr().out
    assert "signed with the key" in shown
    assert "packaged: 2" in shown


def test_every_command_can_require_a_seal(
    index_copy: Path,
    keys: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(REQUIRED_VARIABLE, "")  # so that what the command sets is taken back
    command = ["show", "61/181 OP5", "--index", str(index_copy), "--require-seal", str(keys[1])]
    assert main(command) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("operative: the index is refused, because it is not signed; build it")
    monkeypatch.setenv(REQUIRED_VARIABLE, "")
    seal_generation(open_generation(index_copy).path, keys[0])
    assert main(command) == 0


def test_a_running_server_does_not_take_up_a_generation_without_the_seal(
    index_copy: Path,
    keys: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    encoder: Encoder,
) -> None:
    seal_generation(open_generation(index_copy).path, keys[0])
    monkeypatch.setenv(REQUIRED_VARIABLE, str(keys[1]))
    serving = assistant_over(index_copy, encoder)
    before = serving.corpus.generation
    (tmp_path / "61_300.txt").write_text(
        SEED.read_text(encoding="utf-8").replace("61/181", "61/300"), encoding="utf-8"
    )
    monkeypatch.delenv(REQUIRED_VARIABLE)
    build_from(encoder, index_copy, tmp_path / "61_300.txt", adds=True)
    monkeypatch.setenv(REQUIRED_VARIABLE, str(keys[1]))
    with pytest.raises(IndexSealError, match="not signed"):
        serving.renew()
    assert serving.ask("61/181 OP5").generation == before


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda path: None, id="missing"),
        pytest.param(lambda path: path.write_text("no key"), id="no key"),
        pytest.param(lambda path: shutil.copy(SEED, path), id="a text"),
    ],
)
def test_a_key_that_cannot_be_used_is_named(
    write: Callable[[Path], object], index_copy: Path, tmp_path: Path
) -> None:
    write(tmp_path / "key")
    with pytest.raises(SealKeyError, match=r"the key key cannot be used: it .*; name a file"):
        seal_generation(open_generation(index_copy).path, tmp_path / "key")


def test_a_key_is_not_overwritten(keys: tuple[Path, Path]) -> None:
    before = keys[0].read_bytes()
    with pytest.raises(SealKeyError, match="cannot be written"):
        write_new_key(keys[0])
    assert keys[0].read_bytes() == before
