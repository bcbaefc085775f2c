"""`llmprep` and `python -m llmprep` begin here."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the arguments name and exit with its code."""
    try:
        code = _run()
    except KeyboardInterrupt:
        # It came before the edge was there to catch it, or after: nothing was begun, or all is done.
        sys.stderr.write("\n")
        code = 130
    sys.exit(code)


def _run() -> int:
    from llmprep.sandbox import prestart

    if prestart.is_useful(sys.argv[1:]):
        # The worker's import of numpy takes longer than all that the parent does: it begins first.
        prestart.begin()
    from llmprep.cli.errors import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    main()
