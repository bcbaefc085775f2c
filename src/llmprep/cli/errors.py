"""The one place where errors become messages and exit codes."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from llmprep.cli.language import LANGUAGE
from llmprep.cli.paths import user_paths
from llmprep.errors import BankError, EnvironmentFault, Exit, LlmprepError
from llmprep.files import IN_CRASHES, private_folder
from llmprep.messages.say import escape, explain, flat, say
from llmprep.model import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# typer carries its own click; its exceptions are reached through the one it makes public.
_ClickUsageError = typer.BadParameter.__base__
_ClickException = _ClickUsageError.__base__ if _ClickUsageError else None


def complain(words: Callable[[Language], str]) -> None:
    """Write a message to standard error; with both languages, each on its own lines."""
    for language in (Language.EN, Language.ZH) if LANGUAGE is Language.BOTH else (LANGUAGE,):
        print(say("common.error", language, message=escape(words(language))), file=sys.stderr)  # noqa: T201


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Returns:
        The exit code. Nothing but the exit code and a message ever reaches the user: no traceback.
    """
    from llmprep.cli.localise import speak
    from llmprep.cli.streams import prepare

    prepare()
    _hear_of_children()
    speak(LANGUAGE, arguments)
    code = _run(arguments)
    try:
        sys.stdout.flush()
    except EnvironmentFault as error:
        # What was printed before another error.
        complain(partial(explain, error))
        code = error.code
    return code


def _hear_of_children() -> None:
    """Reset SIGCHLD so that exit statuses of children are kept; some daemons start commands with it ignored."""
    # ValueError: not the main thread, which cannot set it. AttributeError: Windows has no such signal.
    with contextlib.suppress(ValueError, AttributeError):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def _run(arguments: Sequence[str]) -> int:
    from llmprep.cli.app import app
    from llmprep.cli.localise import speak_in_help

    # An answer may contain integers of nearly 10,000 digits, and reports print them.
    sys.set_int_max_str_digits(10_000)
    try:
        command = speak_in_help(typer.main.get_command(app), LANGUAGE)
        result = command.main(list(arguments), prog_name="llmprep", standalone_mode=False)
        sys.stdout.flush()
        code = int(result) if isinstance(result, int) else Exit.YES
        # typer turns an interrupt into its code by itself.
        return _interrupted() if code == Exit.INTERRUPTED else code
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except BankError as error:
        from llmprep.ui.problems import print_problems

        print_problems(error.problems, LANGUAGE)
        return error.code
    except LlmprepError as error:
        complain(partial(explain, error))
        return error.code
    except Exception as error:  # noqa: BLE001
        if _ClickException is not None and isinstance(error, _ClickException):
            return _usage(error)
        return _bug()


def _interrupted() -> int:
    print("\n" + say("common.interrupted", LANGUAGE), file=sys.stderr)  # noqa: T201
    return Exit.INTERRUPTED


def _usage(error: Exception) -> int:
    """Report a usage error in the reader's language."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        # Its help is printed already.
        return Exit.USAGE
    complain(partial(_got_wrong, error))
    print(  # noqa: T201
        say("common.help_hint", LANGUAGE, command=f"{context.command_path if context else 'llmprep'} --help"),
        file=sys.stderr,
    )
    return Exit.USAGE


def _got_wrong(error: Exception, language: Language) -> str:
    name = type(error).__name__
    parameter = getattr(error, "param", None)
    if name == "NoSuchOption":
        message = say("common.no_such_option", language, name=flat(getattr(error, "option_name", "")))
        if possibilities := getattr(error, "possibilities", None):
            message += "\n" + say("common.nearest", language, names=sorted(possibilities))
    elif name == "MissingParameter":
        message = say(
            "common.missing_argument",
            language,
            name=parameter.make_metavar(getattr(error, "ctx", None)).rstrip(".") if parameter else "?",
        )
    elif name == "BadOptionUsage":
        message = say("common.option_needs_value", language, name=flat(getattr(error, "option_name", "")))
    elif name == "BadParameter":
        shown = parameter.opts[0] if parameter else "?"
        detail = _wanted(parameter, language) or flat(str(getattr(error, "message", error)))
        message = say("common.bad_value", language, name=shown, detail=detail)
    else:
        said = flat(str(getattr(error, "message", error)))
        extra = said.partition("unexpected extra argument")[2].strip("(s) ")
        message = say("common.unexpected_argument", language, names=extra) if extra else said
    return message


def _wanted(parameter: Any, language: Language) -> str:
    """Return the message for a parameter outside its range, which click has in English only; None for others."""
    least, most = (getattr(getattr(parameter, "type", None), name, None) for name in ("min", "max"))
    if least is None:
        return ""
    return say("common.wants_from" if most is None else "common.wants_between", language, least=least, most=most)


def _bug() -> int:
    """Write the traceback to a file and report its path."""
    path = _keep(traceback.format_exc())
    key, facts = ("common.bug", {"path": Path(path)}) if path else ("common.bug_not_kept", {})
    complain(lambda language: say(key, language, **facts))
    return Exit.BUG


def _keep(details: str) -> str | None:
    """Write the details to the user's folder, else to the temporary one; return the path, or None."""
    import tempfile

    for own in (True, False):
        try:
            folder = user_paths(os.environ).data / "crashes" if own else Path(tempfile.gettempdir())
            private_folder(folder, IN_CRASHES if own else ())
            with tempfile.NamedTemporaryFile(
                "w",
                prefix="llmprep-crash-",
                suffix=".log",
                dir=folder,
                delete=False,
                encoding="utf-8",
                errors="backslashreplace",
            ) as log:
                log.write(details)
        except (OSError, EnvironmentFault):
            continue
        return log.name
    return None
