"""Resolutions of the Security Council that tests make up, as they are printed."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from embeddings.model.encoder import Encoder
from qa.assistant import Assistant
from qa.corpus.corpus import Corpus
from qa.indexing.build import build


def council_text(number: int, day: str, meeting: int, points: Sequence[str]) -> str:
    """Return a resolution of the Security Council as it is printed."""
    numbered = "\n\n".join(f"{place}. {point}" for place, point in enumerate(points, start=1))
    year = day[-4:]
    return (
        f"United Nations S/RES/{number} ({year})\nSecurity Council Distr.: General\n{day}\n\n"
        f"Resolution {number} ({year})\n\n"
        f"Adopted by the Security Council at its {meeting}th meeting, on {day}\n\n"
        f"The Security Council,\n\nRecalling its previous resolutions,\n\n{numbered}\n"
    )


def council_assistant(
    folder: Path, texts: Iterable[tuple[int, int, str]], encoder: Encoder
) -> Assistant:
    """Return an assistant over resolutions of one decision each: their number, year and words."""
    for number, year, first in texts:
        points = [first, "Decides to remain seized of the matter."]
        text = council_text(number, f"2 May {year}", number + 3000, points)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    index = folder / "index"
    build([folder], index, load_encoder=lambda: encoder)
    return Assistant(Corpus.open(index), lambda: encoder)
