"""The cache folder of indexes and compiled models."""

from pathlib import Path

APP_NAME = "operative"


def cache_folder() -> Path:
    """Return the user's folder for indexes and compiled models."""
    import platformdirs

    return Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))
