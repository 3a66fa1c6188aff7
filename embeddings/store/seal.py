"""The seal of a generation: a hash over its manifest and ledger, signed if the operator has a key.

The name of a generation holds some digits of its manifest's hash, so everyone who can write into
an index can change files, hashes and name together. A signature, or a hash that is kept elsewhere,
shows that. OPERATIVE_REQUIRE_SEAL says what is required of each generation that is opened: the
file of a public key, or the SHA-256 of one manifest. OPERATIVE_SEAL_KEY names the private key with
which builds sign.
"""

import hashlib
import json
import os
import re
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from embeddings.durable_files import sync_folder, write
from embeddings.index_errors import IndexDamagedError, IndexSealError
from embeddings.store.manifest import MANIFEST_FILE

SEAL_FILE, LEDGER_FILE = "seal.json", "ledger.json"
UNLISTED_FILES = frozenset({MANIFEST_FILE, SEAL_FILE, LEDGER_FILE})
"""The files of a generation that its manifest does not list."""
REQUIRED_VARIABLE = "OPERATIVE_REQUIRE_SEAL"
KEY_VARIABLE = "OPERATIVE_SEAL_KEY"

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What is stated of a generation."""

    generation: str
    manifest: str  # SHA-256
    ledger: str  # SHA-256; "" without a ledger
    sealed: str  # when, ISO
    key: str = ""  # digits of the public key's hash; "" if not signed
    signature: str = ""  # base64
    check: str = ""  # SHA-256 of the values above

    @property
    def statement(self) -> bytes:
        """What is signed."""
        values = (self.generation, self.manifest, self.ledger, self.sealed)
        return "\n".join(("operative seal 1", *values)).encode()

    @property
    def digest(self) -> str:
        """What `check` must be."""
        whole = b"\n".join((self.statement, self.key.encode(), self.signature.encode()))
        return hashlib.sha256(whole).hexdigest()


def seal_generation(folder: Path, private_key: Path | None = None) -> Seal:
    """Seal the generation in a folder, and return the seal.

    Args:
        folder: of the generation, by whose name it is known.
        private_key: file of the key to sign with; None for the one that OPERATIVE_SEAL_KEY names.

    Raises:
        SealKeyError: the key cannot be read.
        OSError: the seal cannot be written.
    """
    typed = os.environ.get(KEY_VARIABLE)
    key_file = private_key or (Path(typed) if typed else None)
    seal = _stated(folder, datetime.now(UTC).isoformat(timespec="seconds"))
    if key_file is not None:
        from embeddings.store.seal_keys import key_name, read_private_key, signed

        key = read_private_key(key_file)
        signature = b64encode(signed(key, seal.statement)).decode("ascii")
        seal = replace(seal, key=key_name(key.public_key()), signature=signature)
    seal = replace(seal, check=seal.digest)
    write(folder / SEAL_FILE, f"{json.dumps(asdict(seal), indent=2)}\n".encode())
    sync_folder(folder)
    return seal


def read_seal(folder: Path) -> Seal | None:
    """Return the seal of a generation; None of one that has none.

    Raises:
        IndexDamagedError: it cannot be read, or was changed.
    """
    import msgspec

    try:
        seal = msgspec.json.decode((folder / SEAL_FILE).read_bytes(), type=Seal)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise IndexDamagedError(SEAL_FILE, "cannot be read") from error
    if seal.check != seal.digest:
        raise IndexDamagedError(SEAL_FILE, "was changed after it was written")
    return seal


def _require_fitting(folder: Path) -> None:
    """Return if a generation has no seal, or one that fits its manifest and its ledger.

    Raises:
        IndexDamagedError: its seal cannot be read, or is that of other files.
    """
    seal = read_seal(folder)
    if seal is None or _agrees(seal, folder):
        return
    is_ledger = seal.ledger != _sha256(folder / LEDGER_FILE)
    problem = "was changed after it was written" if is_ledger else "is that of another generation"
    raise IndexDamagedError(LEDGER_FILE if is_ledger else SEAL_FILE, problem)


def required_value(typed: str) -> str:
    """Return what OPERATIVE_REQUIRE_SEAL is to hold for what was typed: a SHA-256, or a key."""
    return typed if _SHA256.fullmatch(typed) else str(Path(typed).absolute())


def require_seal(folder: Path) -> None:
    """Return if a generation has a fitting seal, that which OPERATIVE_REQUIRE_SEAL requires.

    Raises:
        IndexDamagedError: its seal is that of other files.
        IndexSealError: it has another, or none.
        SealKeyError: the key cannot be read.
    """
    _require_fitting(folder)
    required = os.environ.get(REQUIRED_VARIABLE, "")
    if not required:
        return
    if _SHA256.fullmatch(required):
        if _sha256(folder / MANIFEST_FILE) != required:
            raise IndexSealError("it is not the generation with this SHA-256")
        return
    from embeddings.store.seal_keys import is_signed

    seal = read_seal(folder)
    if seal is None or not seal.signature:
        raise IndexSealError("it is not signed")
    if not is_signed(Path(required), _bytes(seal.signature), seal.statement):
        raise IndexSealError("it is not signed with the required key")


def _agrees(seal: Seal, folder: Path) -> bool:
    now = _stated(folder, seal.sealed)
    return (seal.generation, seal.manifest, seal.ledger) == (
        now.generation,
        now.manifest,
        now.ledger,
    )


def _stated(folder: Path, moment: str) -> Seal:
    return Seal(
        generation=folder.name,
        manifest=_sha256(folder / MANIFEST_FILE),
        ledger=_sha256(folder / LEDGER_FILE),
        sealed=moment,
    )


def _sha256(path: Path) -> str:
    """Return the SHA-256 of a file; "" if it is missing."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise IndexDamagedError(path.name, f"cannot be read ({error.strerror})") from error


def _bytes(signature: str) -> bytes:
    try:
        return b64decode(signature, validate=True)
    except ValueError:
        return b""
