"""Progress where stderr is no terminal: lines, now and then, with rate and time left."""

import pytest

from qa.indexing.progress_bar import ProgressBars


@pytest.mark.parametrize(
    ("steps", "lines"),
    [
        pytest.param(
            [(0, 0, 58), (0.5, 58, 58)],
            ["  0% 0/58 [00:00<?, ?it/s]", "100% 58/58 [00:00<00:00, 116.00it/s]"],
            id="a quick stage has a start and an end",
        ),
        pytest.param(
            [(0, 0, 9000), (10, 1000, 9000), (20, 3000, 9000), (21, 3100, 9000), (60, 9000, 9000)],
            [
                "  0% 0/9000 [00:00<?, ?it/s]",
                " 33% 3000/9000 [00:20<00:40, 150.00it/s]",
                "100% 9000/9000 [01:00<00:00, 150.00it/s]",
            ],
            id="rate and time left",
        ),
        pytest.param(
            [(0, 1, 0), (16, 321, 0), (20, 400, 400)],
            [
                "0it [00:00, ?it/s]",
                "321it [00:16, 20.06it/s]",
                "100% 400/400 [00:20<00:00, 20.00it/s]",
            ],
            id="the total is not known at first",
        ),
    ],
)
def test_lines_where_stderr_is_no_terminal(
    steps: list[tuple[float, int, int]],
    lines: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]
    monkeypatch.setattr("tqdm.std.time", lambda: now[0])
    with ProgressBars() as bars:
        for seconds, done, total in steps:
            now[0] = seconds
            bars("Embedding", done, total)
    assert capsys.readouterr().err.splitlines() == [f"Embedding: {line}" for line in lines]


def test_each_stage_ends_before_the_next_begins(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBars() as bars:
        bars("Reading", 2, 2)
        bars("Embedding", 3, 3)
    stages = [line.split(" [")[0] for line in capsys.readouterr().err.splitlines()]
    assert stages == [
        "Reading:   0% 0/2",
        "Reading: 100% 2/2",
        "Embedding:   0% 0/3",
        "Embedding: 100% 3/3",
    ]
