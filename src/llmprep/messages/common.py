"""Messages that every command may need."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "common.nearest": ("Did you mean: {names}?", "您要找的是：{names}？"),
    "common.known_topics": ("Topics: {names}", "主题：{names}"),
    "common.known_formats": ("Formats: {names}", "格式：{names}"),
    "common.known_fields": ("Fields: {names}", "字段：{names}"),
    "common.standard_input": ("standard input", "stdin"),
    "common.error": ("Error: {message}", "错误：{message}"),
    "common.interrupted": ("Interrupted. What was saved stays saved.", "已中断。此前已保存的内容不受影响。"),
    "common.bug": (
        "llmprep hit an internal error. The details are in {path}; please report it.",
        "llmprep 发生内部错误。详情已写入 {path}，请反馈给我们。",
    ),
    "common.bug_not_kept": (
        (
            "llmprep hit an internal error and could not write the details to LLMPREP_HOME or to the folder for "
            "temporary files. Make one of them writable and try again, then please report the error."
        ),
        (
            "llmprep 发生内部错误，且无法将详情写入 LLMPREP_HOME 或临时文件夹。请为其中之一赋予写权限后重试，再将详情"
            "反馈给我们。"
        ),
    ),
    "common.home_nowhere": (
        (
            "LLMPREP_HOME is “{home}”, which cannot be resolved: there is no such user, or the current folder was "
            "deleted. Set it to an absolute path, such as /home/me/llmprep."
        ),
        (
            "LLMPREP_HOME 的值“{home}”无法解析：没有该用户，或当前文件夹已被删除。请将其设为绝对路径，例如 "
            "/home/me/llmprep。"
        ),
    ),
    "common.help_hint": ("Try: {command}", "查看用法：{command}"),
    "common.wants_from": ("must be a whole number, {least} or greater.", "应为不小于 {least} 的整数。"),
    "common.wants_between": ("must be a whole number from {least} to {most}.", "应为 {least} 到 {most} 的整数。"),
    "common.no_such_option": ("There is no option {name}.", "没有选项 {name}。"),
    "common.no_such_command": ("There is no command “{name}”.", "没有命令“{name}”。"),
    "common.missing_argument": ("Missing argument: {name}.", "缺少参数：{name}。"),
    "common.option_needs_value": ("Option {name} needs a value.", "选项 {name} 需要一个值。"),
    "common.bad_value": ("Invalid value for {name}: {detail}", "{name} 的值无效：{detail}"),
    "common.unexpected_argument": ("Unexpected arguments: {names}.", "多余的参数：{names}。"),
    "common.unwritable": (
        "Cannot write to {path}: {reason}. Make it writable, or set LLMPREP_HOME to a folder that is.",
        "无法写入 {path}：{reason}。请赋予写权限，或将 LLMPREP_HOME 设为可写的文件夹。",
    ),
    "common.not_a_folder": (
        (
            "{path} is not a folder: a file is in its place or above it. Move that file away, or set LLMPREP_HOME to "
            "a folder."
        ),
        "{path} 不是文件夹：该处或其上级是一个文件。请移走该文件，或将 LLMPREP_HOME 设为文件夹。",
    ),
    "common.cache_elsewhere": (
        (
            "{path} is not used: it is writable by other users or belongs to another user, and the cache decides "
            "verdicts. Using {used} instead. Delete {cache}; it will be rebuilt with private permissions."
        ),
        (
            "不使用 {path}：其他用户可以写入它，或它属于其他用户，而缓存的内容会左右评判结果。现改用 {used}。请删除 "
            "{cache}，之后会以仅限您本人访问的权限重建。"
        ),
    ),
    "common.cache_exposed": (
        (
            "{path} is ignored and rebuilt: it was writable by other users or belongs to another user, and the cache "
            "decides verdicts. Delete it."
        ),
        (
            "{path} 不予采用，其内容将重新生成：其他用户可能写入过它，或它属于其他用户，而缓存的内容会左右评判结果。请"
            "将其删除。"
        ),
    ),
    "common.cache_nowhere": (
        (
            "{path} is writable by other users or lies in another user's folder. The cache decides verdicts, so "
            "nothing is cached and every command is slower. Delete {cache}, or set LLMPREP_HOME to a folder of your "
            "own."
        ),
        (
            "其他用户可以写入 {path}，或它位于其他用户的文件夹中。缓存的内容会左右评判结果，因此本次不使用缓存，运行会"
            "变慢。请删除 {cache}，或将 LLMPREP_HOME 设为您自己的文件夹。"
        ),
    ),
    "common.output_failed": ("Cannot write standard output: {reason}", "无法写入标准输出：{reason}"),
    "common.no_such_file": ("There is no file {path}.", "文件 {path} 不存在。"),
    "common.is_directory": ("{path} is a folder; name a file in it.", "{path} 是文件夹，请指定其中的文件。"),
    "common.unreadable": ("Cannot read {path}: {reason}.", "无法读取 {path}：{reason}。"),
    "common.lang_saved": ("The default language is now {lang}.", "默认语言已设为 {lang}。"),
    "common.lang_unknown": (
        "{option} takes en, zh or both, not “{name}”.",
        "{option} 可取 en、zh 或 both，不能是“{name}”。",
    ),
    # The root help.
    "common.app": (
        "An offline, bilingual interview trainer for large-model engineering.\n\n"
        "Examples: llmprep quiz --topic compression · llmprep start compression/affine-quantize · "
        "llmprep check affine_quantize.py",
        "离线、双语的大模型工程面试训练工具。\n\n"
        "示例：llmprep quiz --topic compression · llmprep start compression/affine-quantize · "
        "llmprep check affine_quantize.py",
    ),
    "common.option_lang": ("Language of content and messages: en, zh or both.", "内容与提示的语言：en、zh 或 both。"),
    "common.option_set_lang": ("Save the default language and exit.", "保存默认语言后退出。"),
    "common.option_version": ("Show the version and exit.", "显示版本号后退出。"),
    "common.option_help": ("Show this message and exit.", "显示此帮助后退出。"),
    "common.option_install_completion": ("Install completion for the current shell.", "为当前 shell 安装补全。"),
    "common.option_show_completion": ("Show completion for the current shell.", "显示当前 shell 的补全脚本。"),
    "common.option_json": ("Print JSON on standard output.", "在标准输出打印 JSON。"),
    "common.option_bank": ("Use the bank in this folder.", "使用此文件夹中的题库。"),
    "common.option_plain": ("No colour, no boxes, no cursor movement.", "不使用颜色、边框和光标移动。"),
    "common.option_topic": ("Only this topic; may be repeated.", "仅限此主题，可重复指定。"),
    "common.argument_item": (
        "An item such as compression/affine-quantize.",
        "条目，例如 compression/affine-quantize。",
    ),
    # One line a command.
    "common.quiz": ("Practise questions: recall, choices, review.", "练习问答：回忆、选择与复习。"),
    "common.check": ("Grade a solution to an exercise.", "评判一份编程题解答。"),
    "common.export": ("Write the bank as a document.", "将题库导出为文档。"),
    "common.start": ("Write an exercise's starter file.", "生成编程题的起始文件。"),
    "common.hint": ("Show an exercise's next hint.", "显示编程题的下一条提示。"),
    "common.show": ("Show an item.", "显示一个条目。"),
    "common.list": ("List the bank's items.", "列出题库的条目。"),
    "common.validate": ("Check a bank or an item and list its problems.", "检查题库或条目中的问题。"),
    "common.doctor": ("Check this machine: confinement and data folders.", "检查本机环境：隔离层与数据文件夹。"),
}
