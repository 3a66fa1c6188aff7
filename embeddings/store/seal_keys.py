"""The keys of an operator: Ed25519, in the files that OpenSSL and others write (PEM)."""

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from embeddings.index_errors import SealKeyError

PUBLIC_SUFFIX = ".pub"
_NAME_DIGITS = 16
_UNUSABLE = (ValueError, TypeError, UnsupportedAlgorithm)


def write_new_key(path: Path) -> Path:
    """Write a new private key that only its owner reads, and its public key; return the latter.

    Raises:
        SealKeyError: there is a file already, or it cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = path.with_name(f"{path.name}{PUBLIC_SUFFIX}")
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(private)
        public.write_bytes(_public_bytes(key.public_key()))
    except OSError as error:
        raise SealKeyError(path.name, f"it cannot be written ({error.strerror})") from error
    return public


def read_private_key(path: Path) -> Ed25519PrivateKey:
    """Return the private key in a file.

    Raises:
        SealKeyError: it cannot be read, has a password, or is of another kind.
    """
    try:
        key = serialization.load_pem_private_key(_read(path), password=None)
    except _UNUSABLE as error:
        raise SealKeyError(path.name, "it holds no private key without a password") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SealKeyError(path.name, "its key is not of the kind Ed25519")
    return key


def signed(key: Ed25519PrivateKey, statement: bytes) -> bytes:
    """Return the signature of a statement."""
    return key.sign(statement)


def is_signed(public_key: Path, signature: bytes, statement: bytes) -> bool:
    """Return whether a statement was signed with the private key of a public key.

    Raises:
        SealKeyError: the public key cannot be read, or is of another kind.
    """
    try:
        key = serialization.load_pem_public_key(_read(public_key))
    except _UNUSABLE as error:
        raise SealKeyError(public_key.name, "it holds no public key") from error
    if not isinstance(key, Ed25519PublicKey):
        raise SealKeyError(public_key.name, "its key is not of the kind Ed25519")
    try:
        key.verify(signature, statement)
    except InvalidSignature:
        return False
    return True


def key_name(key: Ed25519PublicKey) -> str:
    """Return the first digits of the hash of a public key."""
    return hashlib.sha256(_public_bytes(key)).hexdigest()[:_NAME_DIGITS]


def _public_bytes(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SealKeyError(path.name, f"it cannot be read ({error.strerror})") from error
