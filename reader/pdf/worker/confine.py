"""What a child takes from itself before it reads a file: memory, time, network, writing.

Everything is done as far as the system allows without privileges, and silently
less elsewhere: a file is never refused because a kernel is old.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import struct
import sys
import time

try:
    import resource
except ImportError:  # Windows
    resource = None

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_CLONE_NEWNET = 0x40000000
_SIGKILL = 9
_FILES = 512

# Landlock: everything that writes (WRITE_FILE, REMOVE_*, MAKE_*), and EXECUTE.
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_LANDLOCK_WRITES = 0x1FF3 & ~0b1100
_LANDLOCK_REFER, _LANDLOCK_TRUNCATE = 1 << 13, 1 << 14
_LANDLOCK_NET = 0b11
_LANDLOCK_SCOPES = 0b11

_ARCHES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
# Numbers on (x86_64, aarch64); None where the call does not exist.
_DENIED: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198), "connect": (42, 203), "accept": (43, 202), "bind": (49, 200),
    "listen": (50, 201), "socketpair": (53, 199), "sendto": (44, 206), "sendmsg": (46, 211),
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "mount": (165, 40), "unshare": (272, 97), "setns": (308, 268), "bpf": (321, 280),
    "perf_event_open": (298, 241), "io_uring_setup": (425, 425), "keyctl": (250, 219),
    "kexec_load": (246, 104), "init_module": (175, 105), "finit_module": (313, 273),
    "pidfd_getfd": (438, 438), "userfaultfd": (323, 282), "kill": (62, 129),
    "tkill": (200, 130), "truncate": (76, 45), "unlink": (87, None), "unlinkat": (263, 35),
    "creat": (85, None), "openat2": (437, 437), "rename": (82, None), "renameat": (264, 38),
    "renameat2": (316, 276), "mkdir": (83, None), "mkdirat": (258, 34),
}  # fmt: skip
# open and openat: numbers as above, -1 for none, and which argument holds the flags.
_OPENING = ((2, -1, 1), (257, 56, 2))
_O_WRITING = 0x243  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC


def limit(memory: int) -> None:
    """Bound address space and files; no core dumps, no new processes, no file may grow."""
    if resource is None:
        return
    bounds = (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_NPROC", 0),
        ("RLIMIT_NOFILE", _FILES),
    )
    for name, value in bounds:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            which = getattr(resource, name)
            hard = resource.getrlimit(which)[1]
            if hard != resource.RLIM_INFINITY:
                value = min(value, hard)
            resource.setrlimit(which, (value, value))


def allow_seconds(seconds: float) -> None:
    """Let the process use so much more CPU time before the system ends it.

    The limit counts over the life of the process, so it moves before each request.
    """
    if resource is None:
        return
    with contextlib.suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(time.process_time() + seconds) + 2
        if hard != resource.RLIM_INFINITY:
            soft = min(soft, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def confine() -> None:
    """No network, no writing, no programs, no debugger; die with the parent.  Linux only."""
    if not sys.platform.startswith("linux"):
        return
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            return
        _landlock(libc)
        if not _seccomp(libc):
            libc.unshare(_CLONE_NEWNET)


def _landlock(libc: ctypes.CDLL) -> None:
    """Deny writing everywhere, and connections; reading stays free."""
    version = libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return
    files = _LANDLOCK_WRITES
    files |= _LANDLOCK_REFER if version >= 2 else 0
    files |= _LANDLOCK_TRUNCATE if version >= 3 else 0
    rules = struct.pack("<Q", files)
    if version >= 4:
        rules += struct.pack("<Q", _LANDLOCK_NET)
    if version >= 6:
        rules += struct.pack("<Q", _LANDLOCK_SCOPES)
    fd = libc.syscall(
        _LANDLOCK_CREATE, ctypes.c_char_p(rules), ctypes.c_size_t(len(rules)), ctypes.c_uint32(0)
    )
    if fd >= 0:
        libc.syscall(_LANDLOCK_RESTRICT, ctypes.c_int(fd), ctypes.c_uint32(0))
        os.close(fd)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def _seccomp(libc: ctypes.CDLL) -> bool:
    """Answer EPERM to system calls that no page needs."""
    if platform.machine() not in _ARCHES or struct.calcsize("P") != 8:
        return False
    arch, column = _ARCHES[platform.machine()]
    numbers = [row[column] for row in _DENIED.values()]
    opening = [(row[column], row[2]) for row in _OPENING if row[column] >= 0]
    code = _filter(arch, [number for number in numbers if number is not None], opening)
    program = _Program(len(code) // 8, code)
    done = libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
    return done == 0


def _filter(arch: int, denied: list[int], opening: list[tuple[int, int]]) -> bytes:
    """A BPF program: another architecture's calls and the denied ones fail, the rest pass.

    `opening` calls (number, which argument holds the flags) may only read.
    """
    load, both, equal, at_least, answer = 0x20, 0x54, 0x15, 0x35, 0x06
    allow, refuse = 0x7FFF0000, 0x00050001  # ERRNO | EPERM
    last = 4 + len(denied) + 4 * len(opening) + 1  # the last line refuses
    lines: list[tuple[int, int, int, int]] = []

    def add(code: int, operand: int, *, then: int = 0, other: int = 0) -> None:
        lines.append((code, then, other, operand))

    add(load, 4)
    add(equal, arch, other=last - 2)
    add(load, 0)
    add(at_least, 0x40000000, then=last - 4)  # x86's second table of calls
    for number in denied:
        here = len(lines)
        add(equal, number, then=last - here - 1)
    for number, argument in opening:
        add(equal, number, other=3)
        add(load, 16 + 8 * argument)
        add(both, _O_WRITING)
        here = len(lines)
        add(equal, 0, then=last - here - 2, other=last - here - 1)
    add(answer, allow)
    add(answer, refuse)
    return b"".join(struct.pack("<HBBI", *line) for line in lines)
