"""Messages of `llmprep export`, and the words that only a document needs."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "export.help": (
        "Write the bank as a document.\n\n"
        "Example: llmprep export --format md --topic compression --output compression.md",
        "将题库导出为文档。\n\n示例：llmprep export --format md --topic compression --output compression.md",
    ),
    "export.option_format": ("The document's format: {formats}.", "文档格式：{formats}。"),
    "export.option_kind": ("Only questions or only exercises.", "仅导出问答题或仅导出编程题。"),
    "export.option_output": (
        "The file to write, or - for standard output. By default a file in this folder.",
        "要写入的文件；- 表示标准输出。默认写入当前文件夹。",
    ),
    "export.option_force": ("Overwrite a file that llmprep did not export.", "允许覆盖并非由 llmprep 导出的文件。"),
    "export.unknown_format": ("There is no format “{name}”.", "没有名为“{name}”的格式。"),
    "export.unknown_kind": (
        "--kind takes question or exercise, not “{name}”.",
        "--kind 可取 question 或 exercise，不能是“{name}”。",
    ),
    "export.nothing": ("No item of the bank matches: nothing to export.", "题库中没有符合条件的条目，无可导出。"),
    "export.would_overwrite": (
        "{path} was not written by llmprep export. Name another file with --output, or overwrite it with --force.",
        "{path} 不是 llmprep 导出的文件。请用 --output 另指定文件，或用 --force 覆盖它。",
    ),
    "export.no_directory": (
        "{path} is a file, but this format writes a folder. Name another path with --output.",
        "{path} 是文件，而该格式需要写入文件夹。请用 --output 另指定路径。",
    ),
    "export.folder_taken": (
        (
            "{path} is not empty and was not written by llmprep export. Name another folder with --output, or write "
            "into it with --force."
        ),
        "{path} 不是空文件夹，也不是 llmprep 导出的。请用 --output 另指定文件夹，或用 --force 写入其中。",
    ),
    "export.many_files": (
        "This format writes {count:# file|# files}; standard output takes only one. Name a folder with --output.",
        "该格式会写出 {count} 个文件，无法写到标准输出。请用 --output 指定文件夹。",
    ),
    "export.no_folder": (
        "There is no folder {path}. Make it first, or name another file with --output.",
        "文件夹 {path} 不存在。请先创建它，或用 --output 另指定文件。",
    ),
    "export.unwritable": (
        "Cannot write {path}: {reason}. Name another file with --output.",
        "无法写入 {path}：{reason}。请用 --output 另指定文件。",
    ),
    "export.wrote": (
        "Wrote {path}: {questions:# question|# questions}, {exercises:# exercise|# exercises}.",
        "已写入 {path}：问答题 {questions} 道，编程题 {exercises} 道。",
    ),
    # Words of the documents themselves.
    "export.title": ("Interview questions and exercises", "面试题与编程题"),
    "export.contents": ("Contents", "目录"),
}
