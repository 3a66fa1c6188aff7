"""Published texts are fetched with git or over HTTP, resumed, verified, and built into the index."""

import io
import shutil
import subprocess
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from embeddings.model.encoder import Encoder
from qa.assistant import Assistant
from qa.cli.main import main
from qa.errors import InputError, OperativeError
from qa.publishers.archive_source import DownloadError, fetch_archive
from qa.publishers.fetch import fetch, fetched_sources
from qa.publishers.git_source import GitError, fetch_repository
from qa.publishers.published import Selection, read_sessions, source_of

COLLECTION = Path(__file__).parent / "collection" / "resolutions.tar.xz"
ALL = Selection()


def silent(_done: int, _of: int) -> None:
    """Show no progress."""


@pytest.fixture(scope="module")
def published() -> dict[str, bytes]:
    """Files as the United Nations publishes them: sessions, languages, an archive, records."""
    with tarfile.open(COLLECTION) as archive:
        members = [one for one in archive if one.name.endswith(".xml") and "/78/" in one.name]
        shortest = sorted(members, key=lambda one: (one.size, one.name))[:3]
        xml = [(extracted := archive.extractfile(one)) and extracted.read() for one in shortest]
    first, second, third = (data or b"" for data in xml)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as inner:
        inner.writestr("74_1.xml", third)
    return {
        "78session/English/A_RES_78_1E.xml": first,
        "78session/French/A_RES_78_1F.xml": b"<xml>fr</xml>",
        "ES-11session/English/A_RES_ES-11_1E.xml": second,
        "74session/GA resolutions_74session_English.zip": packed.getvalue(),
        "74session/GA resolutions_74session_French.zip": packed.getvalue(),
        "data_extract/78.json": b'{"symbol": "A/RES/78/1"}\n',
        "README.md": b"# About\n",
    }


@pytest.mark.parametrize(
    ("typed", "sessions"),
    [
        ("", set()),
        ("79", {"79"}),
        ("75-77", {"75", "76", "77"}),
        ("es-10, 2020-2021", {"ES-10", "2020", "2021"}),
        ("S-32 80", {"S-32", "80"}),
    ],
)
def test_sessions_are_read_as_people_type_them(typed: str, sessions: set[str]) -> None:
    assert read_sessions(typed) == sessions


@pytest.mark.parametrize("typed", ["eighty", "80-75", "1-100000", "75;76x", "--upload-pack=x"])
def test_what_is_no_session_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(InputError, match="such as 75-80"):
        read_sessions(typed)


@pytest.mark.parametrize(
    "named",
    [
        "nowhere",
        "ftp://example.org/x.zip",
        "ext::sh -c id",
        "file:///etc",
        "--upload-pack=id",
        "https://",
    ],
)
def test_what_is_no_source_is_refused_with_the_known_ones(named: str) -> None:
    with pytest.raises(InputError, match="name ga, sc, or an address"):
        source_of(named)


def test_the_known_sources_name_the_united_nations() -> None:
    for name in ("ga", "sc", "GA"):
        source = source_of(name)
        assert source.publisher.startswith("United Nations")
        assert (source.repository or "").startswith("https://")
        assert (source.archive or "").endswith(".zip")


@pytest.mark.parametrize(
    ("path", "is_taken"),
    [
        ("78session/English/A_RES_78_1E.xml", True),
        ("GAresolutions-1a2b/78session/English/A_RES_78_1E.xml", True),
        ("78session/French/A_RES_78_1F.xml", False),
        ("77session/English/A_RES_77_1E.xml", False),
        ("78session/GA resolutions_78session_English.zip", True),
        ("78session/GA resolutions_78session_Spanish.zip", False),
        ("data_extract/78.json", True),
        ("data_extract/77.json", False),
        ("Pre-2020/2001/S_RES_1366_N0152448.xml", False),
        ("README.md", False),
    ],
)
def test_a_selection_takes_its_sessions_and_its_language(path: str, is_taken: bool) -> None:
    assert Selection(sessions=frozenset({"78"})).takes(path) is is_taken


@dataclass
class Repository:
    """A git repository on this machine."""

    folder: Path

    def git(self, *command: str) -> None:
        author = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org")
        subprocess.run(["git", *author, *command], cwd=self.folder, check=True, capture_output=True)

    def commit(self, files: dict[str, bytes]) -> None:
        for name, data in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "publish")


@pytest.fixture
def repository(tmp_path: Path, published: dict[str, bytes]) -> Repository:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path / "repository"
    folder.mkdir()
    made = Repository(folder)
    made.git("init", "--quiet")
    made.git("config", "uploadpack.allowFilter", "true")
    made.git("config", "uploadpack.allowAnySHA1InWant", "true")
    made.commit(published)
    return made


def names(folder: Path) -> set[str]:
    """Return the files below a folder, hidden ones left out."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def test_git_brings_the_wanted_files_byte_for_byte(
    repository: Repository, published: dict[str, bytes], tmp_path: Path
) -> None:
    fetch_repository(str(repository.folder), Selection(sessions=frozenset({"78"})), tmp_path / "to")
    assert names(tmp_path / "to") == {"78session/English/A_RES_78_1E.xml", "data_extract/78.json"}
    for name in names(tmp_path / "to"):
        assert (tmp_path / "to" / name).read_bytes() == published[name]


def test_git_brings_what_is_new_and_removes_what_is_gone(
    repository: Repository, tmp_path: Path
) -> None:
    to = tmp_path / "to"
    first = fetch_repository(str(repository.folder), ALL, to)
    assert fetch_repository(str(repository.folder), ALL, to) == first
    (repository.folder / "78session/English/A_RES_78_1E.xml").unlink()
    repository.commit({"79session/English/A_RES_79_1E.xml": b"<new/>"})
    assert fetch_repository(str(repository.folder), ALL, to) != first
    assert "79session/English/A_RES_79_1E.xml" in names(to)
    assert "78session/English/A_RES_78_1E.xml" not in names(to)


def test_a_link_in_a_repository_leads_nowhere(repository: Repository, tmp_path: Path) -> None:
    (repository.folder / "78session/English/link.xml").symlink_to("/etc/passwd")
    repository.commit({})
    fetch_repository(str(repository.folder), ALL, tmp_path / "to")
    assert (tmp_path / "to/78session/English/link.xml").read_text() == "/etc/passwd"


def test_a_repository_that_is_not_there_is_named_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="check the address and the network"):
        fetch_repository("http://127.0.0.1:9/none.git", ALL, tmp_path / "to")


def test_a_selection_that_nothing_meets_is_told(repository: Repository, tmp_path: Path) -> None:
    with pytest.raises(GitError, match="no file of the repository"):
        fetch_repository(
            str(repository.folder),
            Selection(sessions=frozenset({"9"}), language="ru"),
            tmp_path / "to",
        )


@dataclass
class Server:
    """What a server on this machine does: the archive, and how transfers break."""

    data: bytes = b""
    etag: str = '"one"'
    cuts: list[int] = field(default_factory=list)  # bytes after which the next transfers break off
    status: int = 200
    ranges: list[str] = field(default_factory=list)  # as they were asked
    address: str = ""


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if server.status != 200:
                self.send_error(server.status)
                return
            if self.headers.get("If-None-Match") == server.etag:
                self.send_response(304)
                self.end_headers()
                return
            asked = self.headers.get("Range", "")
            server.ranges.append(asked)
            start = 0
            if asked and self.headers.get("If-Range") == server.etag:
                start = int(asked.removeprefix("bytes=").rstrip("-"))
            self.send_response(206 if start else 200)
            self.send_header("ETag", server.etag)
            self.send_header("Content-Length", str(len(server.data) - start))
            self.end_headers()
            rest = server.data[start:]
            self.wfile.write(rest[: server.cuts.pop(0)] if server.cuts else rest)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.address = f"http://127.0.0.1:{httpd.server_address[1]}/archive.zip"
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"GAresolutions-HEAD/{name}", data)
    return packed.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(f"GAresolutions-HEAD/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_an_archive_brings_the_wanted_files_byte_for_byte(
    pack: Callable[[dict[str, bytes]], bytes], published: dict[str, bytes], tmp_path: Path
) -> None:
    with serving(Server(data=pack(published))) as server:
        fetch_archive(
            server.address, Selection(sessions=frozenset({"78"})), tmp_path / "to", silent
        )
    top = tmp_path / "to" / "GAresolutions-HEAD"
    assert names(top) == {"78session/English/A_RES_78_1E.xml", "data_extract/78.json"}
    for name in names(top):
        assert (top / name).read_bytes() == published[name]


def test_a_transfer_that_breaks_off_is_resumed(published: dict[str, bytes], tmp_path: Path) -> None:
    with serving(Server(data=zipped(published), cuts=[1000, 2000])) as server:
        fetch_archive(server.address, ALL, tmp_path / "to", silent)
        assert server.ranges == ["", "bytes=1000-", "bytes=3000-"]
    assert "data_extract/78.json" in names(tmp_path / "to" / "GAresolutions-HEAD")


def test_a_transfer_that_keeps_breaking_is_resumed_by_the_next_call(
    published: dict[str, bytes], tmp_path: Path
) -> None:
    with serving(Server(data=zipped(published), cuts=[500, 500, 500, 500])) as server:
        with pytest.raises(
            DownloadError, match=r"after 2,000 bytes.*run the command again to resume"
        ):
            fetch_archive(server.address, ALL, tmp_path / "to", silent)
        fetch_archive(server.address, ALL, tmp_path / "to", silent)
        assert server.ranges[-1] == "bytes=2000-"


def test_a_file_that_changed_meanwhile_is_fetched_from_its_start(
    published: dict[str, bytes], tmp_path: Path
) -> None:
    with serving(Server(data=zipped(published), cuts=[700, 0, 0, 0])) as server:
        with pytest.raises(DownloadError):
            fetch_archive(server.address, ALL, tmp_path / "to", silent)
        server.etag, server.data = '"two"', zipped(published | {"81session/English/A.xml": b"<a/>"})
        assert fetch_archive(server.address, ALL, tmp_path / "to", silent) == '"two"'
    assert "81session/English/A.xml" in names(tmp_path / "to" / "GAresolutions-HEAD")


@pytest.mark.parametrize(
    ("server", "told"),
    [
        (Server(data=b"<html>Sign in</html>"), "no intact ZIP or tar archive"),
        (Server(data=zipped({"78session/English/a.xml": b"<a/>" * 500})[:-40]), "no intact ZIP"),
        (Server(status=404), "answers 404"),
        (Server(status=503), "answers 503"),
        (Server(data=zipped({"README.md": b"# no"})), "no file of the archive"),
    ],
    ids=["a page in its place", "cut short", "not found", "server down", "nothing wanted"],
)
def test_a_wrong_archive_is_refused_and_what_was_fetched_is_kept(
    server: Server, told: str, tmp_path: Path
) -> None:
    kept = tmp_path / "to" / "78session" / "kept.xml"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"<kept/>")
    with serving(server), pytest.raises(DownloadError, match=told):
        fetch_archive(server.address, ALL, tmp_path / "to", silent)
    assert kept.read_bytes() == b"<kept/>"


def test_a_flipped_byte_is_found(published: dict[str, bytes], tmp_path: Path) -> None:
    data = bytearray(zipped(published))
    data[300] ^= 1  # inside the first file's compressed bytes
    with (
        serving(Server(data=bytes(data))) as server,
        pytest.raises(DownloadError, match="no intact"),
    ):
        fetch_archive(server.address, ALL, tmp_path / "to", silent)


def test_a_member_cannot_leave_its_folder(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../78session/English/out.xml", "<x/>")
    with serving(Server(data=packed.getvalue())) as server:
        fetch_archive(server.address, ALL, tmp_path / "a" / "to", silent)
    assert names(tmp_path) == {"a/to/78session/English/out.xml"}


def test_no_network_is_told_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match=r"cannot be reached.*check the network"):
        fetch_archive("http://127.0.0.1:9/archive.zip", ALL, tmp_path / "to", silent)


def test_an_unchanged_archive_is_not_transferred_again(
    published: dict[str, bytes], tmp_path: Path
) -> None:
    with serving(Server(data=zipped(published))) as server:
        assert fetch(server.address, ALL, tmp_path, silent).changed
        assert not fetch(server.address, ALL, tmp_path, silent).changed
        assert len(server.ranges) == 1
        server.etag = '"two"'
        assert fetch(server.address, ALL, tmp_path, silent).changed
        (found,) = fetched_sources(tmp_path)
        assert (found.named, found.version) == (server.address, '"two"')


@pytest.mark.slow
def test_get_builds_the_index_and_update_adds_what_is_new(
    repository: Repository,
    published: dict[str, bytes],
    encoder: Encoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Encoder, "load", lambda *_, **__: encoder)
    kept = [
        "--folder",
        str(tmp_path / "published"),
        "--index",
        str(tmp_path / "index"),
        "--jobs",
        "1",
    ]
    assert main(["get", str(repository.folder), "--sessions", "78,ES-11", *kept]) == 0
    told = capsys.readouterr()
    assert "Index built: 2 resolutions" in told.out
    assert f"Source: {repository.folder}" in told.err
    assistant = Assistant.open(tmp_path / "index")
    symbol = assistant.info().symbols[0]
    assert assistant.show(f"{symbol} title").facts[0].symbol == symbol

    again = published["74session/GA resolutions_74session_English.zip"]
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        repository.commit({"78session/English/new.xml": archive.read("74_1.xml")})
    assert main(["update", *kept]) == 0
    assert "Index built: 3 resolutions" in capsys.readouterr().out
    assert main(["update", *kept]) == 0
    told = capsys.readouterr()
    assert "Index unchanged" in told.out
    assert "unchanged since the last fetch" in told.err


def test_update_without_an_earlier_get_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["update", "--folder", str(tmp_path), "--index", str(tmp_path / "index")]) == 2
    assert "operative get ga" in capsys.readouterr().err


def test_every_fault_is_one_that_the_command_line_prints() -> None:
    assert issubclass(GitError, OperativeError)
    assert issubclass(DownloadError, OperativeError)
