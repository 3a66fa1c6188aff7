"""Resolutions of the Security Council that tests make up, as they are printed."""

from collections.abc import Sequence


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
