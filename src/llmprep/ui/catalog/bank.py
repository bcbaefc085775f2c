"""Messages about banks and their items: what is wrong, and the remedy."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # What was asked for.
    "bank.no_folder": (
        "There is no bank at {path}: name a folder that holds topics.yaml.",
        "{path} 处没有题库：请指定含有 topics.yaml 的文件夹。",
    ),
    "bank.no_such_path": ("There is no file or folder {path}.", "文件或文件夹 {path} 不存在。"),
    "bank.unreadable": ("Cannot read {path}. {reason}", "无法读取 {path}。{reason}"),
    "bank.unknown_topic": ("There is no topic “{name}”.", "没有主题“{name}”。"),
    "bank.unknown_item": (
        "There is no item “{name}”. `llmprep list` shows them all.",
        "没有条目“{name}”。用 `llmprep list` 可查看全部条目。",
    ),
    "bank.ambiguous_item": ("“{name}” is in more than one topic: add the topic.", "多个主题都有“{name}”：请写明主题。"),
    "bank.not_a_question": ("{name} is an exercise, not a question.", "{name} 是习题，不是问答题。"),
    "bank.not_an_exercise": ("{name} is a question, not an exercise.", "{name} 是问答题，不是习题。"),
    "bank.invalid": (
        "The bank is invalid. Problems: {count}. `llmprep validate FILE` checks one file again.",
        "题库无效，问题数：{count}。可用 `llmprep validate FILE` 重新检查单个文件。",
    ),
    "bank.invalid_more": (
        "The bank is invalid. Problems: {count}, of which {shown} are shown; `llmprep validate` shows all.",
        "题库无效，问题数：{count}，此处显示前 {shown} 个；`llmprep validate` 可显示全部。",
    ),
    # A file as a whole.
    "bank.cannot_read": ("cannot be read: {reason}", "无法读取：{reason}"),
    "bank.too_big": ("larger than {limit} bytes: split it into items", "超过 {limit} 字节：请拆分为多个条目"),
    "bank.not_utf8": ("not UTF-8 text: save the file as UTF-8", "不是 UTF-8 文本：请以 UTF-8 编码保存该文件"),
    "bank.bad_character": (
        "the character {character} may not stand in a YAML file: delete it",
        "YAML 文件中不能出现字符 {character}：请删除",
    ),
    "bank.empty_file": (
        "the file is empty: bank/README.md shows what an item holds",
        "文件为空：条目的写法见 bank/README.md",
    ),
    "bank.many_documents": (
        "one file holds one item: no second --- part",
        "一个文件只放一个条目：不要写第二个 --- 部分",
    ),
    "bank.syntax": (
        "not valid YAML: {reason}. Indent with spaces, and quote text that holds “: ” or “ #”",
        "YAML 语法错误：{reason}。请用空格缩进；文本含“: ”或“ #”时请加引号",
    ),
    "bank.too_deep": (
        "nested more than {limit} levels deep: an item needs half as many",
        "嵌套超过 {limit} 层：条目用不到一半的层数",
    ),
    "bank.no_topics_file": (
        "topics.yaml is missing: it lists the topics in order",
        "缺少 topics.yaml：它按顺序列出所有主题",
    ),
    "bank.stray_file": (
        "is not part of a bank, which is topics.yaml, README.md, item.schema.json and <topic>/<slug>.yaml: move it",
        "不属于题库：题库只含 topics.yaml、README.md、item.schema.json 和 <topic>/<slug>.yaml，请移走",
    ),
    "bank.not_yaml": ("“{name}” is no item: an item's file ends in .yaml", "“{name}”不是条目：条目文件须以 .yaml 结尾"),
    "bank.bad_slug": (
        "“{name}” is no name for an item: use lower-case words joined by hyphens",
        "“{name}”不能作条目名：请用连字符连接的小写单词",
    ),
    "bank.topic_not_listed": (
        "the folder “{name}” is no topic of topics.yaml: move the file, or list the topic there.",
        "topics.yaml 中没有主题“{name}”：请移动文件，或在其中加入该主题。",
    ),
    # YAML that is read otherwise than it looks.
    "bank.duplicate_key": (
        "“{name}” is already there on line {first}: keep one of them",
        "“{name}”在第 {first} 行已经出现：请只保留一个",
    ),
    "bank.anchor": (
        "anchors and aliases (“{name}”) are not used here: write the text out",
        "不使用锚点和别名（“{name}”）：请直接写出内容",
    ),
    "bank.merge": ("merge keys (<<) are not used here: write the fields out", "不使用合并键（<<）：请直接写出各字段"),
    "bank.tag": ("tags ({name}) are not used here: delete it", "不使用标签（{name}）：请删除"),
    "bank.key_not_text": ("a field's name must be text", "字段名必须是文本"),
    "bank.folded": (
        "folded text (>) loses its line breaks: write |- instead",
        "折叠文本（>）会丢失换行：请改用 |-",
    ),
    "bank.number_read_as_text": (
        "YAML reads {text} as text: write {spelling} for the number, or quote it if text is meant",
        "YAML 会把 {text} 读作文本：若是数值请写作 {spelling}，若确为文本请加引号",
    ),
    "bank.misread": (
        "YAML has its own reading of {text}: quote it if text is meant; numbers are decimal, truth is true or false",
        "YAML 会对 {text} 另作解释：若是文本请加引号；数值须为十进制，真假只写 true 或 false",
    ),
    "bank.empty_field": ("is empty: write it, or take the line out", "为空：请填写，或删去这一行"),
    "bank.empty_text": ("holds no text: write it, or take the field out", "没有内容：请填写，或删去该字段"),
    # Fields and their types.
    "bank.item_no_mapping": (
        "an item is a list of `field: value` lines: bank/README.md shows one",
        "条目应由若干行 `字段: 值` 组成：示例见 bank/README.md",
    ),
    "bank.no_kind": (
        "is missing: write `kind: question` or `kind: exercise`",
        "缺失：请写 `kind: question` 或 `kind: exercise`",
    ),
    "bank.filled_in": (
        "“{name}” is not written in the file: it follows from the file itself; take it out",
        "“{name}”不写在文件里：它由文件本身得出，请删去",
    ),
    "bank.missing_field": ("is missing: add “{name}”", "缺失：请补上“{name}”"),
    "bank.missing_en": ("the English text (en) is missing: add it", "缺少英文（en）：请补上"),
    "bank.missing_zh": ("the Chinese text (zh) is missing: add it", "缺少中文（zh）：请补上"),
    "bank.unknown_field": (
        "there is no field “{name}” here: take it out or correct it.",
        "此处没有字段“{name}”：请删去或改正。",
    ),
    "bank.not_one_of": ("“{value}” is not one of: {allowed}.", "“{value}”不在可取的值之中：{allowed}。"),
    "bank.not_allowed": ("this value is not allowed here", "此处不能取这个值"),
    "bank.wants_text": ("must be text", "必须是文本"),
    "bank.wants_quotes": ("must be text: put quotes around {value}", "必须是文本：请给 {value} 加上引号"),
    "bank.wants_pair": (
        "must be in both languages: {{en: …, zh: …}}",
        "必须同时有两种语言：{{en: …, zh: …}}",
    ),
    "bank.wants_whole_number": ("must be a whole number, without quotes", "必须是整数，不加引号"),
    "bank.wants_number": (
        "must be a number such as 0.5 or 1.0e-6, without quotes",
        "必须是数值，如 0.5 或 1.0e-6，不加引号",
    ),
    "bank.wants_true_or_false": ("must be true or false, without quotes", "必须是 true 或 false，不加引号"),
    "bank.wants_list": (
        "must be a list: [a, b] or lines that begin with “- ”",
        "必须是列表：[a, b]，或以“- ”开头的若干行",
    ),
    "bank.wants_mapping": ("must hold fields: `name: value`", "必须由字段组成：`名称: 值`"),
    "bank.wants_three": (
        "must hold exactly three: the idea, the structure, the steps",
        "必须恰好三条：思路、结构、步骤",
    ),
}
