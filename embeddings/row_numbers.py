"""Row numbers that a caller allows, checked once for every kind of search."""

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]


def row_numbers(among: npt.ArrayLike, rows: int) -> Ids:
    """Return the row numbers in `among`, each once, ascending: int64 (m,).

    Raises:
        ValueError: not whole numbers, or one outside 0 to `rows - 1`.
    """
    given = np.asarray(among)
    if given.size and not np.issubdtype(given.dtype, np.integer):
        raise ValueError(f"among: {given.dtype} instead of row numbers")
    chosen = np.unique(given.astype(np.int64))
    if chosen.size and not (chosen[0] >= 0 and chosen[-1] < rows):
        raise ValueError(f"among: only row numbers from 0 to {rows - 1} are there")
    return chosen
