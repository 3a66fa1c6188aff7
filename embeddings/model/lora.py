"""Low-rank changes to the weights of a model for one kind of text (LoRA), read from a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embeddings.index_errors import ModelNotFoundError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]

PROJECTION = "projection"
DOWN, UP = ".down", ".up"  # of each weight that changes, after its name in the model


@dataclass(frozen=True, slots=True)
class LoraAdapter:
    """Changes to the weights of one model, and the projection of its token vectors.

    Source:
        Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models".
    """

    changes: Mapping[str, tuple[Halves, Halves]]
    """By the name of a weight, (out, in): `down`, (rank, in), and `up`, (out, rank); `up @ down` is
    added to it."""
    projection: Floats  # (width, dimension)


def load_adapter(path: Path) -> LoraAdapter:
    """Return the adapter that `benchmarks.adapt` wrote.

    Raises:
        ModelNotFoundError: the file is missing or not an adapter.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        arrays = load_file(path)
        projection = np.asarray(arrays.pop(PROJECTION), dtype=np.float32)
        names = [name.removesuffix(DOWN) for name in arrays if name.endswith(DOWN)]
        changes = {name: (arrays[name + DOWN], arrays[name + UP]) for name in sorted(names)}
    except (OSError, KeyError, ValueError, SafetensorError) as error:
        raise ModelNotFoundError(path.name, f"{path} is not an adapter ({error})") from error
    return LoraAdapter(changes, projection)


def adapt(model: "SentenceTransformer", adapter: LoraAdapter) -> None:
    """Change the weights of a loaded model.

    Raises:
        ModelNotFoundError: it lacks such weights: the adapter belongs to another model.
    """
    import torch

    weights = dict(model.named_parameters())
    with torch.no_grad():
        for name, (down, up) in adapter.changes.items():
            change = up.astype(np.float32) @ down.astype(np.float32)
            weight = weights.get(name)
            if weight is None or tuple(weight.shape) != change.shape:
                problem = f"the adapter changes {name}, which the model does not have"
                raise ModelNotFoundError(name, problem)
            weight.add_(torch.from_numpy(change))
