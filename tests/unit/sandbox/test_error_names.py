"""What an exception is called in a report."""

from __future__ import annotations

import numpy as np
import pytest

from llmprep.sandbox.worker.run_case import plain_error


def test_numpys_own_memory_error_is_a_memory_error() -> None:
    """Some of numpy's subclasses of built-in exceptions bear the names of their bases."""
    with pytest.raises(MemoryError) as error:
        np.empty(1 << 60, dtype=np.uint8)
    assert type(error.value) is not MemoryError
    assert plain_error(error.value).names[0] == "MemoryError"


@pytest.mark.parametrize("base", [ValueError, KeyError, OSError, StopIteration])
def test_a_name_counts_where_the_type_is_caught_by_it(base: type[Exception]) -> None:
    """A subclass under its base's name is that; whatever only borrows the name is not, nor does it say so itself."""
    own = type(base.__name__, (base,), {})
    assert plain_error(own()).names[0] == base.__name__

    class Yes(type):
        def __eq__(cls, other: object) -> bool:
            return True

        __hash__ = type.__hash__

    for foreign in (type(base.__name__, (Exception,), {}), Yes(base.__name__, (Exception,), {})):
        names = plain_error(foreign()).names
        assert names[0] == f"another {base.__name__}"
        assert base.__name__ not in names
