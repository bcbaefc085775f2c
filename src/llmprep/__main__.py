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
    if "check" in sys.argv[1:2] and not {"--help", "-h"} & set(sys.argv):
        # The worker's import of numpy takes longer than all that the parent does: it begins first.
        from llmprep.sandbox import prestart as headstart

        headstart.begin()
    from llmprep.cli.errors import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    main()
