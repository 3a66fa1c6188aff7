"""The unit of systemd and the container file start what there is, with options that there are."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from qa.cli.main import build_parser

ROOT = Path(__file__).resolve().parent.parent
UNIT = ROOT / "docs" / "deploy" / "operative.service"
CONTAINER = ROOT / "docs" / "deploy" / "Containerfile"
ANALYZE = shutil.which("systemd-analyze")


def started_by_unit() -> list[str]:
    (line,) = re.findall(r"^ExecStart=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    return shlex.split(line)


def started_by_container() -> list[str]:
    text = CONTAINER.read_text(encoding="utf-8")
    (line,) = re.findall(r"^ENTRYPOINT (.*)$", text, re.MULTILINE)
    command: list[str] = json.loads(line)
    return command


@pytest.mark.parametrize("command", [started_by_unit(), started_by_container()])
def test_the_server_is_started_with_options_that_there_are(command: list[str]) -> None:
    assert Path(command[0]).name == "operative"
    args = build_parser().parse_args(command[1:])
    assert args.public
    assert str(args.index) == "/srv/operative/index"


def test_the_container_installs_what_the_lock_has() -> None:
    text = CONTAINER.read_text(encoding="utf-8")
    (copied,) = re.findall(r"^COPY (\S+) ", text, re.MULTILINE)
    assert (ROOT / copied).exists()
    assert "--require-hashes --no-deps" in text
    assert re.search(r"^USER \d+$", text, re.MULTILINE)


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_the_unit_is_one_that_systemd_reads(tmp_path: Path) -> None:
    text = UNIT.read_text(encoding="utf-8")
    text = text.replace(started_by_unit()[0], "/bin/true").replace("User=operative", "User=root")
    unit = tmp_path / UNIT.name
    unit.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [str(ANALYZE), "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
