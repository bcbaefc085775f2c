"""Remark on what a submission tries that no submission may, as it tries.

They come from Python's own audit events (PEP 578) in the submission's process, which it may get around by code that
sets out to: they tell of attempts, and prevent none. What prevents them is the confinement.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_EVENTS = {
    "os.system": "process",
    "os.exec": "process",
    "os.fork": "process",
    "os.forkpty": "process",
    "os.posix_spawn": "process",
    "os.spawn": "process",
    "pty.spawn": "process",
    "subprocess.Popen": "process",
    "_posixsubprocess.fork_exec": "process",
    "os.kill": "signal",
    "os.killpg": "signal",
    "_thread.start_new_thread": "thread",
    "_thread.start_joinable_thread": "thread",
    "os.chmod": "write",
    "os.chown": "write",
    "os.link": "write",
    "os.mkdir": "write",
    "os.remove": "write",
    "os.rename": "write",
    "os.rmdir": "write",
    "os.symlink": "write",
    "os.truncate": "write",
    "os.utime": "write",
    "socket.__new__": "network",
    "socket.getaddrinfo": "network",
    "socket.gethostbyname": "network",
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_OWN_READERS = ("pdb", "mimetypes", "platform")
"""Modules of the standard library that look for settings of the machine's or the user's, which nobody asked them for:
`doctest` makes a debugger, which looks for `.pdbrc`. Others, such as `pathlib`, open what they are told to."""


def remark_on(answer: Callable[..., None], readable: Sequence[str]) -> None:
    """Send `("tried", kind)` the first time that this process tries something of a kind.

    Args:
        answer: sends a frame.
        readable: the folders beneath which Python reads files of its own accord.
    """
    sys.dont_write_bytecode = True  # or each import of a module without a compiled copy would count as an attempt
    told: set[str] = set()
    open_to_all = tuple(readable)
    absolute, fsdecode, writing, events = os.path.abspath, os.fsdecode, _WRITING, _EVENTS.get
    library = os.path.dirname(os.__file__)  # noqa: PTH120
    own_readers = frozenset(os.path.join(library, f"{name}.py") for name in _OWN_READERS)  # noqa: PTH118
    frame = sys._getframe  # noqa: SLF001

    def heed(event: str, arguments: tuple[Any, ...]) -> None:
        kind = events(event)
        if kind is None and event != "open":
            return
        try:
            if kind is None:
                path, _, flags = arguments
                if type(path) is int:
                    return
                if flags & writing:
                    kind = "write"
                elif absolute(fsdecode(path)).startswith(open_to_all) or fsdecode(path).startswith("<"):
                    return  # `<submission>` is asked for by the compiler, which wants to quote a line
                elif frame(1).f_code.co_filename in own_readers:
                    return
                else:
                    kind = "read"
            if kind not in told:
                told.add(kind)
                answer("tried", kind)
        except BaseException:  # an argument of the submission's own making, or no stack left: no remark
            return

    sys.addaudithook(heed)
