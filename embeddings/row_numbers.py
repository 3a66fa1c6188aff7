"""Row numbers as every kind of search gives and takes them."""

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
