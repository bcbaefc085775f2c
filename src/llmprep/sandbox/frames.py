"""Cut the bytes of a worker's answer into frames."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from llmprep.sandbox.codec import DEEPEST_ANSWER, VALUE_BYTES, Decoder, TooManyValuesError, WireError

if TYPE_CHECKING:
    from collections.abc import Iterator


class FrameReader:
    """Takes bytes as they arrive and yields whole frames."""

    def __init__(self, limit: int, records: str, *, foreign: bool) -> None:
        self.buffer = bytearray()
        self.limit = limit
        self.total = 0
        self.decoder = Decoder(limit // VALUE_BYTES, DEEPEST_ANSWER, records, foreign=foreign)

    def feed(self, data: bytes) -> Iterator[tuple[Any, ...]]:
        """Yield the frames that are complete now, one by one: those before a malformed one count all the same.

        Raises:
            WireError: the bytes are no frame.
            OverflowError: there are more than an answer may hold.
        """
        self.buffer += data
        self.total += len(data)
        if self.total > self.limit:
            raise OverflowError
        start = 0
        while len(self.buffer) - start >= 8:  # noqa: PLR2004  (a frame's length)
            (size,) = struct.unpack_from("<Q", self.buffer, start)
            if size > self.limit:
                raise OverflowError
            if len(self.buffer) - start - 8 < size:
                break
            try:
                frame = self.decoder.decode(bytes(self.buffer[start + 8 : start + 8 + size]))
            except TooManyValuesError:
                raise OverflowError from None
            if type(frame) is not tuple or not frame or type(frame[0]) is not str:
                raise WireError("no frame")
            yield frame
            start += 8 + size
        del self.buffer[:start]
