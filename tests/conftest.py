"""What several tests share."""

import pytest

from embeddings.encoder import Encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default model, loaded once for all tests."""
    return Encoder.load()
