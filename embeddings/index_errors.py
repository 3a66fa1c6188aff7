"""Errors shown to users of an index. Each message names the problem and the next step."""

from pathlib import Path


class EmbeddingsError(Exception):
    """Base of every error of this package; its text is shown to users unchanged."""


class IndexNotFoundError(EmbeddingsError):
    """`path` has no index."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"no index at {path}; build one with `operative build PATH...`")
        self.path = Path(path)


class IndexDamagedError(EmbeddingsError):
    """A file of an index is damaged; `file` names it, `problem` describes the damage."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__(
            f"the index is damaged: {file} {problem}; build it again with `operative build PATH...`"
        )
        self.file = file
        self.problem = problem


class IndexSealError(EmbeddingsError):
    """A generation lacks the seal that is required; `problem` describes what it has."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"the index is refused, because {problem}; build it from files that you trust and seal "
            "it with `operative seal --key FILE`, or ask without a required seal"
        )
        self.problem = problem


class SealKeyError(EmbeddingsError):
    """The file of a key cannot be used; `problem` gives the reason."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__(
            f"the key {file} cannot be used: {problem}; name a file that "
            "`operative seal --new-key FILE` wrote"
        )


class ModelMismatchError(EmbeddingsError):
    """The index was built with a model other than the given one."""

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
    """A model cannot be loaded from this computer; `problem` gives the reason and a remedy."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"the model {name} cannot be loaded: {problem}")
        self.name = name
        self.problem = problem


class StoreBusyError(EmbeddingsError):
    """Another build is writing to this index; `pid` is its process, if known."""

    def __init__(self, path: Path | str, pid: int | None) -> None:
        holder = f" (process {pid})" if pid is not None else ""
        super().__init__(
            f"another build is writing to the index at {path}{holder}; "
            "wait until it ends, then build again"
        )
        self.path = Path(path)
        self.pid = pid


class StoreWriteError(EmbeddingsError):
    """A new index could not be written; the previous one is unchanged."""

    def __init__(self, path: Path | str, problem: str) -> None:
        super().__init__(
            f"the index at {path} could not be written ({problem}); the previous index is "
            "unchanged: free some space or choose another folder with `--index`, then build again"
        )
        self.path = Path(path)
        self.problem = problem


class NoEarlierGenerationError(EmbeddingsError):
    """The index has no previous generation to restore."""

    def __init__(self, index: Path) -> None:
        super().__init__(
            f"the index {index} has no previous generation; "
            "build it from the texts you want with `operative build PATH...`."
        )


class StoreAddressError(EmbeddingsError):
    """The address of a store is not valid."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"the store {address} is not valid; use `files`, `milvus://HOST:PORT` or, for "
            "Milvus Lite, `milvus://FOLDER.db`, without a user name or password"
        )


class StoreAbsentError(EmbeddingsError):
    """The store of an index is unavailable."""

    def __init__(self, address: str, problem: str) -> None:
        super().__init__(
            f"the store {address} is unavailable ({problem}); try again later, or move the "
            "index back into its own files with `operative build --store files PATH...`"
        )
        self.address = address
