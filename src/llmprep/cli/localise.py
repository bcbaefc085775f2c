"""Makes typer's own words speak the reader's language; for its panels typer asks gettext, so gettext answers."""

from __future__ import annotations

import gettext
from typing import Any

from llmprep.model import Language

CHINESE = {
    "Arguments": "参数",
    "Commands": "命令",
    "Options": "选项",
    "[default: {}]": "[默认：{}]",
    "[required]": "[必填]",
    "Missing command.": "缺少命令。",
}


def speak(language: Language) -> None:
    """Settle the language of typer's words; must come before typer's help is imported."""
    if language is Language.ZH:
        gettext.dgettext = lambda domain, message: CHINESE.get(message, message)  # noqa: ARG005


def speak_in_help(command: Any, language: Language) -> Any:
    """Give a command's options that typer adds by itself their help in the reader's language."""
    from llmprep.ui.text import say

    own_help_option = command.get_help_option

    def get_help_option(context: Any) -> Any:
        option = own_help_option(context)
        if option is not None:
            option.help = say("common.option_help", language)
        return option

    command.get_help_option = get_help_option
    for parameter in command.params:
        if parameter.name in ("install_completion", "show_completion"):
            parameter.help = say(f"common.option_{parameter.name}", language)
    return command
