"""Signatures of a release: by an SSH key (`ssh-keygen -Y`), or by minisign where that is installed.

What is signed are the SHA-256 sums, and so all files. The key itself is read by these tools alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ascertain.model import SettingsError
from ascertain.release.sums import SIGNATURES, SUMS, is_plain

NAMESPACE = "ascertain-release"
_PATIENCE_SECONDS = 120
_SSH, _MINISIGN = SIGNATURES
_PUBLIC_KEY = re.compile(r"(?:ssh-|ecdsa-|sk-)\S+ \S+")
_MINISIGN_SECRET = "minisign encrypted secret key"


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature tells: whose key made it, as a fingerprint or name; `known` says that it was held against a key
    that the person named."""

    by: str
    known: bool


def check_key(key: Path) -> None:
    """See that there is a key to sign with, and a tool: before the work, which may take long.

    Raises:
        SettingsError: there is none.
    """
    _tool_for(key)


def sign(folder: Path, key: Path) -> Path:
    """Sign the sums of a release.

    Raises:
        SettingsError: the key cannot be used, or the tool for it is not installed.
    """
    if _tool_for(key) == "minisign":
        _run(["minisign", "-S", "-s", str(key), "-m", str(folder / SUMS), "-x", str(folder / _MINISIGN)], key)
        return folder / _MINISIGN
    (folder / _SSH).unlink(missing_ok=True)
    _run(["ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(key), str(folder / SUMS)], key)
    return folder / _SSH


def verified(folder: Path, public: Path | None) -> Signed | None:
    """Who signed a release; `None` where nobody did.

    Args:
        folder: of the release.
        public: the public key (of SSH or minisign) that must have made it; without one it is only seen that the
            signature is good.

    Raises:
        SettingsError: the signature is not good, or not by that key.
    """
    made = [folder / name for name in SIGNATURES if os.path.lexists(folder / name)]
    for path in (folder / SUMS, *made):
        if not is_plain(path):
            raise SettingsError(f"{path}: is a link or no file; take the release as it was given out")
    if folder / _SSH in made:
        return _verified_ssh(folder, public)
    if folder / _MINISIGN in made:
        if public is None:
            raise SettingsError(f"{folder / _MINISIGN}: name the public key of minisign by --key")
        _run(["minisign", "-V", "-p", str(public), "-m", str(folder / SUMS), "-x", str(folder / _MINISIGN)], public)
        return Signed(str(public), True)
    return None


def _verified_ssh(folder: Path, public: Path | None) -> Signed:
    signature, sums = str(folder / _SSH), folder / SUMS
    if public is None:
        said = _run(["ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", signature], folder / _SSH, sums)
        return Signed(said.rpartition(" key ")[2].strip(), False)
    key = _first_line(public)
    match = _PUBLIC_KEY.match(key)
    if match is None or not match[0].isascii():
        raise SettingsError(f"{public}: is no public key of SSH; name the file that ends in .pub")
    with tempfile.TemporaryDirectory() as room:
        allowed = Path(room) / "allowed_signers"
        allowed.write_text(f"signer {match[0]}\n", encoding="ascii")
        command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", "signer", "-n", NAMESPACE, "-s", signature]
        said = _run(command, folder / _SSH, sums)
    return Signed(said.rpartition(" key ")[2].strip(), True)


def _tool_for(key: Path) -> str:
    tool = "minisign" if _MINISIGN_SECRET in _first_line(key) else "ssh-keygen"
    _need(tool, key)
    return tool


def _need(tool: str, about: Path) -> None:
    if shutil.which(tool) is None:
        raise SettingsError(f"{about}: needs {tool}, which is not installed")


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.readline(10_000)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); name a key") from error


def _run(command: list[str], about: Path, standard_input: Path | None = None) -> str:
    """What a tool says; SettingsError where it fails."""
    _need(command[0], about)
    try:
        with (standard_input or Path(os.devnull)).open("rb") as given:
            done = subprocess.run(command, stdin=given, capture_output=True, timeout=_PATIENCE_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise SettingsError(f"{about}: {command[0]} does not answer") from error
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).decode("utf-8", "replace").split())
        raise SettingsError(f"{about}: {command[0]} refuses ({said}); check the key and the signature")
    return done.stdout.decode("utf-8", "replace")
