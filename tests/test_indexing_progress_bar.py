"""Progress where nobody sees a bar: lines, now and then, that tell rate and time left."""

import pytest

from qa.indexing.progress_bar import ProgressBars


@pytest.mark.parametrize(
    ("steps", "lines"),
    [
        pytest.param(
            [(0, 0, 58), (0.5, 58, 58)], ["Embedding: 58 of 58"], id="a quick stage has its end"
        ),
        pytest.param(
            [(0, 0, 9000), (10, 1000, 9000), (20, 3000, 9000), (21, 3100, 9000), (60, 9000, 9000)],
            ["Embedding: 3000 of 9000, 150/s, 40 s left", "Embedding: 9000 of 9000"],
            id="rate and time left",
        ),
        pytest.param(
            [(0, 0, 100_000), (16, 160, 100_000)],
            ["Embedding: 160 of 100000, 10/s, 166 min left"],
            id="long ones in minutes",
        ),
        pytest.param(
            [(0, 1, 0), (15, 300, 0), (16, 320, 320)],
            ["Embedding: 300, 20/s", "Embedding: 320 of 320"],
            id="of how many is not known",
        ),
        pytest.param([(0, 0, 9), (20, 0, 9)], ["Embedding: 0 of 9, 0/s"], id="nothing done yet"),
    ],
)
def test_lines_where_stderr_is_no_terminal(
    steps: list[tuple[float, int, int]], lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    with ProgressBars(lambda: now[0]) as bars:
        for at, done, of in steps:
            now[0] = at
            bars("Embedding", done, of)
    assert capsys.readouterr().err.splitlines() == lines
