"""Archives: members by their names, never written to a disk, and what is beyond the limits named."""

import bz2
import gzip
import io
import lzma
import shutil
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from qa.resolutions.readers import archives
from qa.resolutions.readers.files import Problem, ReadFile, SourceFile, find_files, read_found

SEED = Path(__file__).parent.parent / "data" / "A_RES_61_181.txt"
TEXT = SEED.read_bytes()
MB = 2**20


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return held.getvalue()


def found_in(data: bytes, folder: Path, name: str = "a.zip") -> list[SourceFile]:
    path = folder / name
    path.write_bytes(data)
    return list(find_files([path]))


def problems(found: list[SourceFile]) -> dict[str, str]:
    """Kind of problem of each file that has one; every sentence is checked."""
    for one in found:
        if one.problem:
            assert one.problem.file == one.file
            assert one.problem.reason.endswith(".")
            assert "\n" not in one.problem.reason
    return {one.file: one.problem.kind for one in found if one.problem}


MAKERS: dict[str, Callable[[Mapping[str, bytes]], bytes]] = {
    "a.zip": zipped,
    "stored.zip": lambda members: zipped(members, zipfile.ZIP_STORED),
    "bz.zip": lambda members: zipped(members, zipfile.ZIP_BZIP2),
    "a.tar": tarred,
    "a.tar.gz": lambda members: tarred(members, "w:gz"),
    "a.tar.bz2": lambda members: tarred(members, "w:bz2"),
    "a.tar.xz": lambda members: tarred(members, "w:xz"),
    "a.tgz": lambda members: tarred(members, "w:gz"),
    "no suffix": lambda members: tarred(members, "w:gz"),
    "wrong.docx": zipped,
    "wrong.txt": tarred,
}


@pytest.mark.parametrize("name", MAKERS)
def test_members_are_read_under_the_name_of_their_archive(name: str, tmp_path: Path) -> None:
    data = MAKERS[name]({"75/A.txt": TEXT, "75/B.txt": b"milk", "README.md": b"x"})
    found = found_in(data, tmp_path, name)
    assert [one.file for one in found] == [f"{name}/75/A.txt", f"{name}/75/B.txt"]
    (read,), (problem,) = map(read_found, found)
    assert isinstance(read, ReadFile)
    assert read.resolution.symbol == "A/RES/61/181"
    assert read.resolution.source.file == f"{name}/75/A.txt"
    assert isinstance(problem, Problem)
    assert problem.kind == "not a resolution"


@pytest.mark.parametrize(
    ("pack", "name"),
    [
        pytest.param(gzip.compress, "a.txt.gz", id="gzip"),
        pytest.param(bz2.compress, "a.txt.bz2", id="bzip2"),
        pytest.param(lzma.compress, "a.txt.xz", id="xz"),
        pytest.param(
            lambda data: gzip.compress(data[:99]) + gzip.compress(data[99:]),
            "a.txt.gz",
            id="gzip in two pieces",
        ),
    ],
)
def test_a_packed_file_is_one_member(
    pack: Callable[[bytes], bytes], name: str, tmp_path: Path
) -> None:
    (found,) = found_in(pack(TEXT), tmp_path, name)
    assert (found.file, found.data) == (f"{name}/a.txt", TEXT)


def test_archives_in_archives_are_opened(tmp_path: Path) -> None:
    inner = zipped(
        {"s/75.tar.gz": tarred({"x.txt": TEXT}, "w:gz"), "y.txt.gz": gzip.compress(TEXT)}
    )
    found = found_in(tarred({"inner.zip": inner}), tmp_path, "a.tar")
    assert [one.file for one in found] == [
        "a.tar/inner.zip/s/75.tar.gz/x.txt",
        "a.tar/inner.zip/y.txt.gz/y.txt",
    ]
    assert all(one.data == TEXT for one in found)


def test_archives_without_end_are_named(tmp_path: Path) -> None:
    data = zipped({"x.txt": TEXT})
    for _ in range(archives.MAX_DEPTH + 3):
        data = zipped({"z.zip": data})
    (found,) = found_in(data, tmp_path)
    assert problems([found]) == {"a.zip" + "/z.zip" * archives.MAX_DEPTH: "too large"}


def test_nothing_is_written(tmp_path: Path) -> None:
    found_in(zipped({"75/A.txt": TEXT}), tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == ["a.zip"]


# Paths and links


@pytest.mark.parametrize("make", [zipped, tarred], ids=["zip", "tar"])
@pytest.mark.parametrize(
    "path",
    [
        "../evil.txt",
        "a/../../evil.txt",
        "/etc/evil.txt",
        "C:/evil.txt",
        "..\\evil.txt",
        "a/..\\..\\evil.txt",
    ],
)
def test_a_path_that_leads_out_is_named_and_the_rest_is_read(
    make: Callable[[Mapping[str, bytes]], bytes], path: str, tmp_path: Path
) -> None:
    found = found_in(make({path: TEXT, "good.txt": TEXT}), tmp_path)
    assert list(problems(found).values()) == ["unsafe path"]
    assert [one.file for one in found if one.problem is None] == ["a.zip/good.txt"]


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE],
)
def test_links_and_devices_are_named(kind: bytes, tmp_path: Path) -> None:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        entry = tarfile.TarInfo("link.txt")
        entry.type, entry.linkname = kind, "/etc/passwd"
        archive.addfile(entry)
    assert problems(found_in(held.getvalue(), tmp_path)) == {"a.zip/link.txt": "not a file"}


def test_a_link_in_a_zip_is_named(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        entry = zipfile.ZipInfo("link.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert problems(found_in(held.getvalue(), tmp_path)) == {"a.zip/link.txt": "not a file"}


@pytest.mark.parametrize(
    "name", ["决议/第61号.txt", "قرار.txt", "Résolution.txt", "резолюция.txt", "決議\u3000一.txt"]
)
@pytest.mark.parametrize("make", [zipped, tarred], ids=["zip", "tar"])
def test_names_in_any_script(
    make: Callable[[Mapping[str, bytes]], bytes], name: str, tmp_path: Path
) -> None:
    (found,) = found_in(make({name: TEXT}), tmp_path)
    shown = found.file.encode("utf-8").decode("utf-8")
    assert shown == f"a.zip/{name}".replace("\u3000", "\\u3000")
    assert isinstance(read_found(found)[0], ReadFile)


def test_a_name_with_a_line_end_is_shown_on_one_line(tmp_path: Path) -> None:
    (found,) = found_in(tarred({"a\nb\x1b[31m.txt": TEXT}), tmp_path)
    assert found.file == "a.zip/a\\nb\\x1b[31m.txt"


# Limits


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    size = archives.RATIO_FROM_BYTES + MB
    found = found_in(zipped({"bomb.txt": bytes(size), "good.txt": TEXT}), tmp_path)
    assert problems(found) == {"a.zip/bomb.txt": "too large"}
    assert found[0].data == b""
    assert found[1].data == TEXT


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(gzip.compress, id="gzip"),
        pytest.param(lzma.compress, id="xz"),
        pytest.param(
            lambda data: tarred({"bomb.txt": data, "good.txt": TEXT}, "w:gz"), id="tar.gz"
        ),
    ],
)
def test_a_packed_bomb_is_refused_while_it_is_unpacked(
    make: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    found = found_in(make(bytes(archives.RATIO_FROM_BYTES + 2 * MB)), tmp_path, "a.gz")
    assert problems(found) == {"a.gz": "too large"}


@pytest.mark.slow
def test_a_member_of_200_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with path.open("wb") as stream:
        entry = tarfile.TarInfo("big.txt")
        entry.size = 200 * MB
        stream.write(entry.tobuf())
        stream.seek(200 * MB, io.SEEK_CUR)  # a hole: nothing is written
        good = tarfile.TarInfo("good.txt")
        good.size = len(TEXT)
        stream.write(good.tobuf() + TEXT + bytes(-len(TEXT) % 512 + 1024))
    found = list(find_files([path]))
    assert problems(found) == {"a.tar/big.txt": "too large"}
    assert "200 MB" in (found[0].problem or pytest.fail("no problem")).reason
    assert found[1].data == TEXT


def test_a_zip_that_says_a_member_is_large_is_believed(tmp_path: Path) -> None:
    data = zipped({"big.txt": TEXT}, zipfile.ZIP_STORED)
    size = len(TEXT).to_bytes(4, "little")
    lie = data.replace(size * 2, size + (200 * MB).to_bytes(4, "little"))
    assert lie != data
    assert problems(found_in(lie, tmp_path)) == {"a.zip/big.txt": "too large"}


@pytest.mark.parametrize("make", [zipped, tarred], ids=["zip", "tar"])
def test_an_archive_that_unpacks_too_far_is_read_up_to_there(
    make: Callable[[Mapping[str, bytes]], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 2 * len(TEXT) + 1)
    found = found_in(make({f"{n}.txt": TEXT for n in range(4)}), tmp_path)
    assert [one.file for one in found] == ["a.zip/0.txt", "a.zip/1.txt", "a.zip"]
    assert problems(found) == {"a.zip": "too large"}


def test_too_many_members_are_read_up_to_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    found = found_in(zipped({f"{n}.txt": b"x" for n in range(9)}), tmp_path)
    assert [one.file for one in found][-2:] == ["a.zip/2.txt", "a.zip"]


# Damage and passwords


def test_a_member_with_a_password_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"secret.txt": TEXT, "good.txt": TEXT}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        data[at] |= 1  # the flag of a member that is encrypted
    found = found_in(bytes(data), tmp_path)
    assert problems(found) == {"a.zip/secret.txt": "password"}
    assert [one.file for one in found] == ["a.zip/good.txt", "a.zip/secret.txt"]


@pytest.mark.parametrize("make", list(MAKERS.values()), ids=list(MAKERS))
def test_an_archive_cut_anywhere_is_named(
    make: Callable[[Mapping[str, bytes]], bytes], tmp_path: Path
) -> None:
    whole = make({"A.txt": TEXT, "B.txt": TEXT})
    for length in range(600, len(whole) - 1024, max(1, len(whole) // 20)):
        found = found_in(whole[:length], tmp_path, "cut.bin")
        assert set(problems(found).values()) <= {"damaged"}
        assert all(one.data == TEXT for one in found if one.problem is None)


def test_a_damaged_member_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"A.txt": TEXT, "B.txt": TEXT}))
    data[300] ^= 0xFF
    found = found_in(bytes(data), tmp_path)
    assert problems(found) == {"a.zip/A.txt": "damaged"}
    assert found[1].data == TEXT


def test_a_method_that_is_not_known_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"A.txt": TEXT}))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + offset] = 97
    assert problems(found_in(bytes(data), tmp_path)) == {"a.zip/A.txt": "damaged"}


def test_an_empty_archive_holds_nothing(tmp_path: Path) -> None:
    shutil.copy(SEED, tmp_path)
    (tmp_path / "empty.zip").write_bytes(zipped({}))
    assert [one.file for one in find_files([tmp_path])] == ["A_RES_61_181.txt"]


def test_records_are_found_in_archives(tmp_path: Path) -> None:
    found = found_in(
        zipped({"repo/metadata/75.json": b"{}", "repo/data.json": b"{}", "repo/75/A.txt": TEXT}),
        tmp_path,
    )
    assert [(one.file, one.is_record) for one in found] == [
        ("a.zip/repo/75/A.txt", False),
        ("a.zip/repo/metadata/75.json", True),
    ]


def test_hidden_members_are_passed_over(tmp_path: Path) -> None:
    found = found_in(
        zipped({".git/a.txt": TEXT, "__MACOSX/._a.txt": TEXT, ".a.txt": TEXT, "a.txt": TEXT}),
        tmp_path,
    )
    assert [one.file for one in found] == ["a.zip/a.txt"]
