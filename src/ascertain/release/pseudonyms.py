"""Pseudonyms: stable names for what may not be named, without a way back.

A pseudonym is a keyed digest (HMAC-SHA-256, 64 bits of it). Without the key nobody can try out names and see which one
fits; with the same key the same source has the same pseudonym in every release.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from ascertain.model import SettingsError

Pseudonym = Callable[[str, str], str]
KEY_BYTES = 32


def pseudonyms(key: bytes) -> Pseudonym:
    """What gives pseudonyms by a key: of a kind (`r` report, `s` source) and a name.

    >>> name = pseudonyms(bytes(32))
    >>> name("s", "Radio Tide"), name("s", "Radio Tide") == name("r", "Radio Tide")
    ('s-34827465e7451370', False)
    """

    def pseudonym(kind: str, name: str) -> str:
        digest = hmac.new(key, f"{kind}\0{name}".encode("utf-8", "surrogatepass"), sha256)
        return f"{kind}-{digest.hexdigest()[:16]}"

    return pseudonym


def kept_key(path: Path) -> bytes:
    """The key in a file, which is made where it is not there, for its owner alone.

    Raises:
        SettingsError: the file holds no key, or cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _read(path)
    except OSError as error:
        raise SettingsError(f"{path}: no key of pseudonyms can be kept there ({error.strerror})") from error
    key = secrets.token_bytes(KEY_BYTES)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{key.hex()}\n")
    except OSError as error:
        path.unlink()  # half a key would be in the way of a whole one
        raise SettingsError(f"{path}: no key of pseudonyms can be kept there ({error.strerror})") from error
    return key


def _read(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(f"{path}: holds no key of pseudonyms; restore it, or remove it for a new one")
    return key
