"""The index of the texts that come with Operative: built on first use, and after an update."""

from pathlib import Path

from embeddings.index_errors import IndexNotFoundError
from embeddings.store.generations import open_generation
from qa.corpus.index_files import TEMPLATE
from qa.indexing.build import BuildReport, build
from qa.indexing.collect import Progress
from qa.settings import packaged_texts


def build_packaged(
    folder: Path, model: str | None, progress: Progress | None
) -> BuildReport | None:
    """Build the index of the packaged texts, unless this version of Operative has built it.

    Args:
        folder: of the index.
        model: name or path of the model; None for the packaged one.
        progress: called with the progress of the build.

    Returns:
        What was built; None if the index is there already.
    """
    try:
        if open_generation(folder).manifest.template == TEMPLATE:
            return None
    except IndexNotFoundError:
        pass  # the first use
    from embeddings.model.encoder import Encoder

    return build(
        [packaged_texts()], folder, load_encoder=lambda: Encoder.load(model), progress=progress
    )
