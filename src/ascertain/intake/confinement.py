"""What a worker that takes originals apart may not do: grow, write elsewhere, start programs, use a network, stay on.

Several nets hang below one another, as each has holes of its own: limits of the operating system, its own confinement
(Landlock, a network name space without any device; on Linux, where it grants them), and Python's audit hook.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import struct
import sys
from pathlib import Path

from ascertain.intake.documents import Limits

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_ABI_WITH_TRUNCATE, _LANDLOCK_ABI_WITH_NETWORK = 3, 4
_EXECUTE, _WRITE_FILE = 1 << 0, 1 << 1
_REMOVE_AND_MAKE = sum(1 << bit for bit in range(4, 13))
_TRUNCATE = 1 << 14
_MAKE_IN_ROOM = _WRITE_FILE | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8
_TCP = 0b11
_FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostby",
    "socket.sendto",
    "socket.sendmsg",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.kill",
    "pty.spawn",
    "urllib.Request",
    "webbrowser.",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.symlink",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(limits: Limits, writable: Path, parent: int) -> None:
    """Bind this process for good.

    Args:
        limits: whose memory and size of originals hold for it.
        writable: the one folder beneath which it may write.
        parent: the process that it must not outlive.
    """
    _die_with(parent)
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    _limit(resource.RLIMIT_FSIZE, limits.original_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)
    if sys.platform == "linux":
        _cut_off_network()
        _lock_land(writable)
    sys.addaudithook(_Warden(writable.resolve()))


def allow_seconds(seconds: float) -> None:
    """Let this process compute for so long from now on: the end of one that nobody is left to stop."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 2, hard))


class _Warden:
    """Refuses, within Python, what no form needs."""

    def __init__(self, writable: Path) -> None:
        self._writable = f"{writable}{os.sep}"

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITES and not self._is_in_room(path):
                raise PermissionError(f"{path!r} lies outside of the room for what an original encloses")
        elif event.startswith(_FORBIDDEN):
            raise PermissionError(f"{event} is nothing that taking an original apart needs")

    def _is_in_room(self, path: object) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return True
        return os.path.realpath(os.fsdecode(path)).startswith(self._writable) or os.fsdecode(path) == os.devnull


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def _die_with(parent: int) -> None:
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit("the process that this one works for is gone")


def _cut_off_network() -> None:
    """A name space of its own has no network device; where the system does not grant one, the other nets remain."""
    _libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _libc().unshare(_CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWUSER | _CLONE_NEWNET)


def _lock_land(writable: Path) -> None:
    """Landlock: nothing is written but beneath one folder, nothing executed, no TCP (uapi/linux/landlock.h)."""
    libc = _libc()
    abi = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if abi < 1:
        return
    handled = _EXECUTE | _WRITE_FILE | _REMOVE_AND_MAKE | (_TRUNCATE if abi >= _LANDLOCK_ABI_WITH_TRUNCATE else 0)
    with_network = abi >= _LANDLOCK_ABI_WITH_NETWORK
    attributes = struct.pack("QQ", handled, _TCP) if with_network else struct.pack("Q", handled)
    rules = libc.syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0)
    if rules < 0:
        return
    try:
        _allow(rules, writable, _MAKE_IN_ROOM | (handled & _TRUNCATE))
        _allow(rules, Path(os.devnull), _WRITE_FILE | (handled & _TRUNCATE))
        libc.syscall(_LANDLOCK_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _allow(rules: int, beneath: Path, rights: int) -> None:
    folder = os.open(beneath, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights & ~_directory_rights(beneath), folder)
        _libc().syscall(_LANDLOCK_ADD, rules, 1, rule, 0)
    finally:
        os.close(folder)


def _directory_rights(beneath: Path) -> int:
    """The rights that make sense for folders only, which a rule about a file may not name."""
    return 0 if beneath.is_dir() else _REMOVE_AND_MAKE


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
