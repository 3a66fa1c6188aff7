"""The README keeps its word: its commands are run, and print what it shows."""

import re
from pathlib import Path

import pytest

from qa.cli.main import build_parser, main

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n\$ operative (.+)\n((?:.*\n)*?)```", README)


def words_of(line: str) -> list[str]:
    import shlex

    return shlex.split(line)


@pytest.mark.parametrize(("line", "shown"), SESSIONS, ids=[line for line, _ in SESSIONS])
def test_a_command_of_the_readme_prints_what_the_readme_shows(
    line: str,
    shown: str,
    built_index: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main([*words_of(line), "--index", str(built_index)])
    assert capsys.readouterr().out.rstrip() == shown.rstrip()


def test_the_readme_shows_commands_at_all() -> None:
    assert len(SESSIONS) >= 4


def test_every_command_stands_in_the_readme() -> None:
    parser = build_parser()
    assert parser._subparsers is not None
    choices = next(action.choices for action in parser._subparsers._group_actions if action.choices)
    missing = [
        name for name in choices if not re.search(rf"`operative [^`]*{name}|`{name}`", README)
    ]
    assert missing == []


def test_the_python_of_the_readme_runs(
    built_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert block is not None
    exec(block[1].replace("Assistant.open()", f"Assistant.open({str(built_index)!r})"), {})
    assert capsys.readouterr().out.strip() == "A/RES/61/181, para. 9"
