"""One word changed in a published document is flagged, whatever the format of the copy."""

import tarfile
from pathlib import Path

import pytest

from benchmarks.forgeries import (
    FORMATS,
    PublishedFile,
    beside_true,
    forged_alone,
    published_files,
    write_copies,
)

COLLECTION = Path(__file__).parent / "collection" / "resolutions.tar.xz"
COUNT = 10


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> list[PublishedFile]:
    """Published XML files of the fixture collection, some for each format."""
    folder = tmp_path_factory.mktemp("published")
    with tarfile.open(COLLECTION) as archive:
        wanted = [name for name in sorted(archive.getnames()) if name.endswith(".xml")]
        for name in wanted[: 4 * COUNT : 4]:
            held = archive.extractfile(name)
            assert held is not None
            (folder / Path(name).name).write_bytes(held.read())
    return list(published_files([folder], COUNT, 1))


@pytest.mark.slow
def test_each_forgery_of_one_word_is_flagged(
    published: list[PublishedFile], tmp_path: Path
) -> None:
    (tmp_path / "forged").mkdir()
    forged = write_copies(published, tmp_path / "forged", is_forged=True, count=COUNT)
    assert {form for _, form in forged.values()} == set(FORMATS)
    alone = forged_alone(forged, tmp_path / "forged", 1)
    assert {what.partition(": ")[2] for what in alone} == {"flagged"}
    true = [file.path for file in published]
    beside = beside_true(forged, [tmp_path / "forged", *true], tmp_path / "beside", 1)
    assert {what.partition(": ")[2] for what in beside} == {"a conflict"}


@pytest.mark.slow
def test_copies_with_the_same_words_are_hardly_ever_conflicts(
    published: list[PublishedFile], tmp_path: Path
) -> None:
    (tmp_path / "same").mkdir()
    same = write_copies(published, tmp_path / "same", is_forged=False, count=COUNT)
    true = [file.path for file in published]
    seen = beside_true(same, [tmp_path / "same", *true], tmp_path / "beside", 1)
    conflicts = {what: count for what, count in seen.items() if not what.endswith(": duplicate")}
    assert set(conflicts) <= {"txt: a conflict", "html: a conflict", "docx: a conflict"}
    assert sum(conflicts.values()) <= 1  # a note that a format without notes prints as text
