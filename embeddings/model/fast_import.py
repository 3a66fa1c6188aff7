"""Importing sentence-transformers in less time: what a question waits for when it is the first."""

import contextlib
import gc
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# sentence-transformers takes one function from here, for a distance that nobody asks us for; the
# import costs a fifth of the whole (benchmarks/README.md).
_LATE = ("sklearn", "sklearn.metrics")


@contextlib.contextmanager
def lean_imports() -> Iterator[None]:
    """Import without looking for garbage, and leave scikit-learn until it is called.

    Afterwards `import sklearn` gives the real package, as if nothing had been.
    """
    was_on = gc.isenabled()
    gc.disable()  # the imports make a million objects, none of them garbage
    ours = {} if "sklearn" in sys.modules else {name: _stand_in(name) for name in _LATE}
    sys.modules.update(ours)
    try:
        yield
    finally:
        for name, stand_in in ours.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
        if was_on:
            gc.enable()


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)
    module.__spec__ = ModuleSpec(name, None)
    module.__path__ = []
    vars(module)["pairwise_distances"] = _pairwise_distances
    return module


def _pairwise_distances(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - as scikit-learn's
    """Call scikit-learn's function of this name, which is imported now."""
    from sklearn.metrics import pairwise_distances

    return pairwise_distances(*args, **options)
