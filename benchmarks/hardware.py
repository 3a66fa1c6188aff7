"""The hardware and package versions of a measurement."""

import importlib.metadata
import os
import platform
from pathlib import Path

PACKAGES = ("torch", "sentence-transformers", "faiss-cpu", "gradio", "tiktoken")


def describe() -> str:
    """Return processor, cores, Python and package versions in a sentence."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    return (
        f"{_processor()}, {os.cpu_count()} cores; {platform.system()}, "
        f"Python {platform.python_version()}; {versions}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
