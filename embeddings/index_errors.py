"""Faults a user of an index can meet. Each message says what happened and what to do next."""

from pathlib import Path


class EmbeddingsError(Exception):
    """Base of every fault of this package; its text is shown to users as it stands."""


class IndexNotFoundError(EmbeddingsError):
    """There is no index at `path`."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"no index at {path}; build one with `operative build PATH...`")
        self.path = Path(path)


class IndexDamagedError(EmbeddingsError):
    """One file of an index is not what was written; `file` names it, `problem` says how."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__(
            f"the index is damaged: {file} {problem}; build it again with `operative build PATH...`"
        )
        self.file = file
        self.problem = problem


class ModelMismatchError(EmbeddingsError):
    """The index was built with another model than the one that is to read it."""

    def __init__(
        self, *, built: str, built_fingerprint: str, given: str, given_fingerprint: str
    ) -> None:
        super().__init__(
            f"the index was built with the model {built} ({built_fingerprint[:12]}), "
            f"not with {given} ({given_fingerprint[:12]}); ask with `--model {built}` "
            f"or build the index again with `operative build --model {given} PATH...`"
        )
        self.built = built
        self.given = given


class ModelNotFoundError(EmbeddingsError):
    """A model cannot be loaded from this computer; `problem` says why and what helps."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"the model {name} cannot be loaded: {problem}")
        self.name = name
        self.problem = problem


class StoreBusyError(EmbeddingsError):
    """Another build is writing to this index; `pid` is its process, where known."""

    def __init__(self, path: Path | str, pid: int | None) -> None:
        holder = f" (process {pid})" if pid is not None else ""
        super().__init__(
            f"another build is writing to the index at {path}{holder}; "
            "wait until it has ended, then build again"
        )
        self.path = Path(path)
        self.pid = pid


class StoreWriteError(EmbeddingsError):
    """A new index could not be written; what was there before is untouched."""

    def __init__(self, path: Path | str, problem: str) -> None:
        super().__init__(
            f"the index at {path} could not be written ({problem}); what was there before "
            "still serves: make room or choose another folder with `--index`, then build again"
        )
        self.path = Path(path)
        self.problem = problem


class NoEarlierGenerationError(EmbeddingsError):
    """There is nothing to go back to."""

    def __init__(self, index: Path) -> None:
        super().__init__(
            f"the index {index} keeps no earlier generation; "
            "build it from the texts that are wanted with `operative build PATH...`."
        )


class StoreAddressError(EmbeddingsError):
    """What was given as a store is none that is known."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"the store {address} is not known; give `files`, `milvus://HOST:PORT` or, for "
            "Milvus Lite, `milvus://FOLDER.db`, without a name or password"
        )


class StoreAbsentError(EmbeddingsError):
    """The store that an index names cannot be used now."""

    def __init__(self, address: str, problem: str) -> None:
        super().__init__(
            f"the store {address} cannot be used ({problem}); once it can, ask again, or bring the "
            "index back into its own files with `operative build --store files PATH...`"
        )
        self.address = address
