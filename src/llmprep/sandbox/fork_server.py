"""A fork server: a warm process that has imported numpy and forks a worker for each job."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import subprocess
from typing import TYPE_CHECKING, Any

from llmprep.errors import EnvironmentFault
from llmprep.sandbox.codec import encode
from llmprep.sandbox.process import WorkerExit, close_all, kill_session, open_pipes, start_python

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CONTROL = "5"
ANSWER_SECONDS = 60.0
"""A fork server that has not answered by then never will."""
END_SECONDS = 5.0
"""What a fork server has to end by itself."""
LAST_WORDS = 64 << 10
"""Bytes of its standard error that are read where a fork server does not get ready: what a pipe holds."""


class ForkServer:
    """A warm process that forks one worker per job, one job at a time. It never runs foreign code itself.

    A process that is lost, or does not answer, costs the job it was asked for; the next job gets a new one.
    """

    def __init__(self) -> None:
        """Start it.

        Raises:
            EnvironmentFault: no process can be started.
        """
        self._is_closed = False
        self._start()

    def _start(self) -> None:
        [(self._stderr, stderr)] = open_pipes(1)
        try:
            self._control, control = socket.socketpair()
            with control:
                self._control.settimeout(ANSWER_SECONDS)
                self._process = start_python("serve", control.fileno(), _CONTROL, subprocess.DEVNULL, stderr)
        except (OSError, EnvironmentFault) as error:
            close_all(self._stderr)
            if isinstance(error, EnvironmentFault):
                self._control.close()
                raise
            raise EnvironmentFault("check.no_worker", reason=error.strerror or str(error)) from None
        finally:
            close_all(stderr)
        self._preloaded = b""
        self._is_lost = False

    def start_worker(self) -> ForkedWorker:
        """Return a worker to be forked when it begins; the one before must have ended by then."""
        return ForkedWorker(self)

    def revive(self) -> None:
        """Start a new process to replace one that is lost.

        Raises:
            EnvironmentFault: no process can be started.
        """
        if self._is_lost and not self._is_closed:
            self._start()
            if self._is_closed:  # meanwhile, by another thread
                self.close()

    def preload(self, common: Mapping[str, Any]) -> None:
        """Preload data shared by the next jobs into the fork server, replacing any previous preload.

        Raises:
            EnvironmentFault: the fork server is lost.
            WireError: `common` is not plain.
        """
        payload = encode(common)
        if payload == self._preloaded:
            return
        with self._losing():
            self._control.sendall(b"t" + struct.pack("<Q", len(payload)) + payload)
        self._preloaded = payload

    def ask(self, message: bytes, answer: struct.Struct, descriptors: tuple[int, ...] = ()) -> tuple[float, ...]:
        """Send a message and wait for its answer.

        Raises:
            EnvironmentFault: the fork server is lost, or does not answer and is then ended.
        """
        with self._losing():
            socket.send_fds(self._control, [message], descriptors)
            data = b""
            while len(data) < answer.size:
                more = self._control.recv(answer.size - len(data))
                if not more:
                    raise ConnectionResetError("it ended")
                data += more
        self._forget_stderr()
        return answer.unpack(data)

    @contextlib.contextmanager
    def _losing(self) -> Iterator[None]:
        """Give the process up if what is done with it fails or is interrupted: it may be amid an answer."""
        try:
            yield
        except BaseException as error:
            message = self._lose()
            if isinstance(error, OSError):
                raise EnvironmentFault("check.no_worker", reason=message or error.strerror or str(error)) from None
            raise

    def _lose(self) -> str:
        """End the process at once; return the last line that it wrote to its standard error before it was ready."""
        self._is_lost = True
        self._control.close()
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END_SECONDS)
        message = b""
        if self._stderr >= 0:
            os.set_blocking(self._stderr, False)
            with contextlib.suppress(BlockingIOError):
                message = os.read(self._stderr, LAST_WORDS)
        self._forget_stderr()
        return " ".join(message.decode("utf-8", "replace").strip().splitlines()[-1:])

    def close(self) -> None:
        """End the process, and its child if there is one; a thread that waits for its answer waits no longer."""
        self._is_closed = True
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            # It was stopped, or hangs.
            self._process.kill()
            self._process.wait()
        self._forget_stderr()

    def _forget_stderr(self) -> None:
        """Close its standard error: it is ready and silent, or it has ended."""
        if self._stderr >= 0:
            close_all(self._stderr)
            self._stderr = -1


class ForkedWorker:
    """A child of a fork server: it is there as soon as it has begun."""

    _STARTED, _ENDED = struct.Struct("<q"), struct.Struct("<qd")

    pid = 0
    job = answer = printed = -1

    def __init__(self, fork_server: ForkServer) -> None:
        self._fork_server = fork_server

    def begin(self, common: Mapping[str, Any]) -> bool:
        """Be forked, once the fork server has preloaded what is not there yet."""
        self._fork_server.revive()
        if common:
            self._fork_server.preload(common)
        (job, self.job), (self.answer, answer), (self.printed, printed) = open_pipes(3)
        try:
            self.pid = int(self._fork_server.ask(b"f", self._STARTED, (job, answer, printed))[0])
        finally:
            close_all(job, answer, printed)
        if self.pid < 0:
            number, self.pid = -self.pid, 0
            raise EnvironmentFault("check.no_worker", reason=os.strerror(number))
        return bool(common)

    def end(self) -> WorkerExit:
        """Have the fork server kill whatever is left of it, if it has begun, and close the descriptors."""
        try:
            status, cpu_seconds = self._fork_server.ask(b"e", self._ENDED) if self.pid else (0, 0.0)
        except EnvironmentFault:
            # On Linux it dies with its parent; elsewhere only this process is left to end it.
            kill_session(self.pid)
            raise
        finally:
            close_all(*(descriptor for descriptor in (self.job, self.answer, self.printed) if descriptor >= 0))
        return WorkerExit(os.waitstatus_to_exitcode(int(status)), cpu_seconds)
