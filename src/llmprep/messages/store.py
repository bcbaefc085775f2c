"""Messages about faults of the user's data."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "store.full": (
        (
            "The disk is full: {path} cannot store another answer. Everything saved before is safe. "
            "Free some space and try again."
        ),
        "磁盘已满：{path} 无法再写入作答。此前保存的内容完好。请释放空间后重试。",
    ),
    "store.failing": (
        (
            "Reading or writing {path} failed: {reason}. Check the disk, or set LLMPREP_HOME to a folder on another "
            "disk."
        ),
        "读写 {path} 时磁盘出错：{reason}。请检查磁盘，或将 LLMPREP_HOME 设为其他磁盘上的文件夹。",
    ),
    "store.locked": (
        "Another program holds {path} and did not release it within five seconds. Close it and try again.",
        "另一个程序正在占用 {path}，等待五秒后仍未释放。请关闭该程序后重试。",
    ),
    "store.corrupt": (
        (
            "{path} is damaged. Move it aside, together with any {path}-wal and {path}-shm; then copy "
            "the latest backup, {backup}, to its place."
        ),
        "{path} 已损坏。请将它连同 {path}-wal、{path}-shm（如有）移到别处，再把最近的备份 {backup} 复制到原位置。",
    ),
    "store.corrupt_without_backup": (
        (
            "{path} is damaged, and there is no backup of it yet. Move it aside to start a new one; keep it, since "
            "SQLite's .recover command may restore much of it."
        ),
        (
            "{path} 已损坏，且尚无备份。将它移到别处即可重新开始；"
            "请保留该文件，SQLite 的 .recover 命令或可恢复大部分内容。"
        ),
    ),
    "store.newer": (
        (
            "{path} was written by a newer llmprep: it has schema {found}, this version knows schemas up to {known}. "
            "Update llmprep, or set LLMPREP_HOME to another folder."
        ),
        (
            "{path} 由更新版本的 llmprep 写入：其数据结构版本为 {found}，当前版本最高支持 {known}。"
            "请升级 llmprep，或将 LLMPREP_HOME 设为其他文件夹。"
        ),
    ),
}
