"""Translate typer's own texts; its panels ask gettext, so gettext is replaced."""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING, Any

from llmprep.model import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

CHINESE = {
    "Arguments": "参数",
    "Commands": "命令",
    "Options": "选项",
    "[default: {}]": "[默认：{}]",
    "[required]": "[必填]",
    "Missing command.": "缺少命令。",
}


def speak(language: Language, arguments: Sequence[str]) -> None:
    """Set the language of typer's texts; call before typer's help is imported."""
    if language is Language.EN:
        return
    if language is Language.ZH:
        gettext.dgettext = lambda domain, message: CHINESE.get(message, message)  # noqa: ARG005
    if not arguments or {"-h", "--help"} & set(arguments):
        from rich.table import Column

        # Chinese has no spaces to break at, so rich would cut a long line of a help table short: fold it.
        folded = tuple("fold" if default == "ellipsis" else default for default in Column.__init__.__defaults__ or ())
        Column.__init__.__defaults__ = folded


def speak_in_help(command: Any, language: Language) -> Any:
    """Set the help, in the reader's language, of the options that typer adds itself."""
    from llmprep.messages.say import say

    own_help_option = command.get_help_option

    def get_help_option(context: Any) -> Any:
        option = own_help_option(context)
        if option is not None:
            option.help = say("common.option_help", language)
        return option

    command.get_help_option = get_help_option
    own_usage = command.get_usage
    if language is Language.ZH:
        command.get_usage = lambda context: own_usage(context).replace("Usage: ", "用法：", 1)
    for parameter in command.params:
        if parameter.name in ("install_completion", "show_completion"):
            parameter.help = say(f"common.option_{parameter.name}", language)
    return command
