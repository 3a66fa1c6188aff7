"""Arrays in files, mapped and not copied; their bytes were checked when the index was opened."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from embeddings.errors import IndexDamagedError


def mapped(path: Path) -> npt.NDArray[Any]:
    """Return the array saved at `path`.

    Raises:
        IndexDamagedError: the file is missing or is no array.
    """
    try:
        found: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except FileNotFoundError as error:
        raise IndexDamagedError(path.name, "is missing") from error
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamagedError(path.name, f"cannot be read ({error})") from error
    return found.view(np.ndarray)
