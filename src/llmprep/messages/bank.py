"""Messages about banks and their items: what is wrong, and the remedy."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "bank.code_failed": ("The code fails here: {message}", "此处的代码运行失败：{message}"),
    "bank.code_endless": (
        "The code does not end within {seconds:g} s of CPU time: look for a loop that does not stop, or make it "
        "smaller",
        "此处的代码在 {seconds:g} 秒 CPU 时间内未结束：请检查是否有不会停止的循环，或缩小规模",
    ),
    "bank.code_endless_on_case": (
        "The code does not end within {seconds:g} s of CPU time on case {case}: look for a loop that does not stop, or "
        "make the case smaller",
        "代码在第 {case} 个用例上运行 {seconds:g} 秒 CPU 时间仍未结束：请检查是否有不会停止的循环，或缩小该用例",
    ),
    "bank.code_late": (
        "The code does not end within {seconds:g} s: check what it waits for",
        "此处的代码在 {seconds:g} 秒内未结束：请检查它在等待什么",
    ),
    "bank.interfered": (
        "the exercise's code interfered with its worker process: the results are not in the form that the worker sends",
        "本题的代码干扰了运行它的工作进程：返回的内容不符合约定的形式",
    ),
    # What was asked for.
    "bank.no_folder": (
        "There is no bank at {path}: name a folder that contains topics.yaml.",
        "{path} 处没有题库：请指定含有 topics.yaml 的文件夹。",
    ),
    "bank.no_such_path": ("There is no file or folder {path}.", "文件或文件夹 {path} 不存在。"),
    "bank.unknown_topic": ("There is no topic “{name}”.", "没有主题“{name}”。"),
    "bank.unknown_item": (
        "There is no item “{name}”. `llmprep list` shows all items.",
        "没有条目“{name}”。用 `llmprep list` 可查看全部条目。",
    ),
    "bank.ambiguous_item": (
        "“{name}” exists in more than one topic: add the topic.",
        "多个主题都有“{name}”：请写明主题。",
    ),
    "bank.not_a_question": ("{name} is an exercise, not a question.", "{name} 是编程题，不是问答题。"),
    "bank.not_an_exercise": ("{name} is a question, not an exercise.", "{name} 是问答题，不是编程题。"),
    "bank.invalid": (
        "The bank is invalid: {count:# problem|# problems} so far. To list all: {validate}",
        "题库无效，目前发现 {count} 个问题。查看全部：{validate}",
    ),
    "bank.invalid_more": (
        "The bank is invalid: {count:# problem|# problems} so far, {shown} shown. To list all: {validate}",
        "题库无效，目前发现 {count} 个问题，此处显示 {shown} 个。查看全部：{validate}",
    ),
    "bank.option_not_one_of": (
        "{option} takes one of {allowed}, not “{name}”.",
        "{option} 可取 {allowed}，不能是“{name}”。",
    ),
    # list
    "bank.list_help": (
        "List the bank's items by topic: id, kind, difficulty, minutes, title.",
        "按主题列出题库的条目：id、类型、难度、用时、标题。",
    ),
    "bank.list_examples": (
        "Examples: llmprep list · llmprep list --topic compression --kind exercise · llmprep list --json",
        "示例：llmprep list · llmprep list --topic compression --kind exercise · llmprep list --json",
    ),
    "bank.option_kind": ("Only questions, or only exercises.", "仅限问答题（question）或编程题（exercise）。"),
    "bank.option_difficulty": ("Only this difficulty; may be repeated.", "仅限此难度，可重复指定。"),
    "bank.kind_question": ("question", "问答题"),
    "bank.kind_exercise": ("exercise", "编程题"),
    "bank.difficulty_easy": ("easy", "简单"),
    "bank.difficulty_medium": ("medium", "中等"),
    "bank.difficulty_hard": ("hard", "困难"),
    "bank.minutes": ("{count} min", "{count} 分钟"),
    "bank.count": (
        "{questions:# question|# questions}, {exercises:# exercise|# exercises}",
        "{questions} 道问答题，{exercises} 道编程题",
    ),
    "bank.total": ("{count:# item|# items}", "共 {count} 个条目"),
    # validate
    "bank.validate_help": (
        (
            "Check a bank, a topic's folder or one item's file, and list every problem with line, field and remedy. "
            "Exit code 4 if there are any."
        ),
        "检查整个题库、某个主题的文件夹或单个条目文件，列出全部问题及其行号、字段与改法。有问题时退出码为 4。",
    ),
    "bank.validate_examples": (
        "Examples: llmprep validate · llmprep validate bank/compression/affine-quantize.yaml · "
        "llmprep validate --schema > bank/item.schema.json",
        "示例：llmprep validate · llmprep validate bank/compression/affine-quantize.yaml · "
        "llmprep validate --schema > bank/item.schema.json",
    ),
    "bank.argument_path": (
        "A bank, a topic's folder or an item's file; by default the bank that comes with llmprep.",
        "题库、主题文件夹或条目文件；省略时检查 llmprep 自带的题库。",
    ),
    "bank.option_schema": (
        "Print the JSON Schema with which editors complete items.",
        "打印供编辑器补全条目的 JSON Schema。",
    ),
    "bank.validate_good": ("No problems in {files:# file|# files}.", "已检查 {files} 个文件，没有问题。"),
    "bank.validate_problems": (
        "{count:# problem|# problems} in {files:# file|# files}.",
        "已检查 {files} 个文件，发现 {count} 个问题。",
    ),
    "bank.compiling": ("Reading the bank: {done} of {total:# file|# files}", "正在读取题库：{done}/{total} 个文件"),
    # A file as a whole.
    "bank.cannot_read": ("cannot be read: {reason}", "无法读取：{reason}"),
    "bank.link_out": (
        "is a link out of the bank and is not followed: put the file itself here",
        "是指向题库之外的链接，不予读取：请放入文件本身",
    ),
    "bank.not_a_file": (
        "is not a regular file but a folder, a pipe or a device: remove it",
        "不是普通文件，而是文件夹、管道或设备：请移走",
    ),
    "bank.too_big": ("larger than {limit} bytes: split it into items", "超过 {limit} 字节：请拆分为多个条目"),
    "bank.not_utf8": ("not UTF-8 text: save the file as UTF-8", "不是 UTF-8 文本：请以 UTF-8 编码保存该文件"),
    "bank.bad_character": (
        "a YAML file cannot contain the character {character}: delete it",
        "YAML 文件中不能出现字符 {character}：请删除",
    ),
    "bank.direction": (
        (
            "the character {character} changes the direction of text, so readers would see something other than the "
            "file's content: delete it, or write it as an escape where code needs it"
        ),
        "字符 {character} 会改变文字方向，使读者看到的与实际内容不同：请删除；代码若确需该字符，请写成转义形式",
    ),
    "bank.too_many_fields": (
        "the file has more than {limit} fields: split it into items",
        "文件的字段超过 {limit} 个：请拆分为多个条目",
    ),
    "bank.key_too_long": (
        (
            "a field name longer than {limit} characters: no field has such a name; if it is text, put it after a "
            "field name"
        ),
        "字段名超过 {limit} 个字符：没有这样的字段；若是文本，请写在字段名之后",
    ),
    "bank.text_too_long": (
        "{length} characters, but a field takes at most {limit}: shorten it, or split it into several items",
        "共 {length} 个字符：一个字段最多 {limit} 个字符，请缩短，或分到多个条目中",
    ),
    "bank.more_problems": (
        "{count:# more problem|# more problems} in this file not shown: fix those above, then validate again",
        "此文件另有 {count} 个问题未列出：请先改正以上问题，再重新检查",
    ),
    "bank.empty_file": (
        "the file is empty: bank/README.md shows what an item contains",
        "文件为空：条目的写法见 bank/README.md",
    ),
    "bank.many_documents": (
        "a file contains one item: remove the second --- part",
        "一个文件只放一个条目：不要写第二个 --- 部分",
    ),
    "bank.syntax": (
        "not valid YAML: {reason}. Indent with spaces, and quote text that contains “: ” or “ #”",
        "YAML 语法错误：{reason}。请用空格缩进；文本含“: ”或“ #”时请加引号",
    ),
    "bank.too_deep": (
        "nested more than {limit} levels deep, twice what an item needs: flatten it",
        "嵌套超过 {limit} 层，而条目用不到其一半：请减少层数",
    ),
    "bank.no_topics_file": (
        "topics.yaml is missing: it lists the topics in order",
        "缺少 topics.yaml：它按顺序列出所有主题",
    ),
    "bank.stray_file": (
        (
            "is not part of a bank, which consists of topics.yaml, README.md, item.schema.json and "
            "<topic>/<slug>.yaml: move it"
        ),
        "不属于题库：题库只含 topics.yaml、README.md、item.schema.json 和 <topic>/<slug>.yaml，请移走",
    ),
    "bank.not_yaml": ("“{name}” is not an item: item files end in .yaml", "“{name}”不是条目：条目文件须以 .yaml 结尾"),
    "bank.bad_slug": (
        "“{name}” is not a valid item name: use lower-case words joined by hyphens",
        "“{name}”不能作条目名：请用连字符连接的小写单词",
    ),
    "bank.topic_not_listed": (
        "the folder “{name}” is not a topic in topics.yaml: move the file, or add the topic there.",
        "topics.yaml 中没有主题“{name}”：请移动文件，或在其中加入该主题。",
    ),
    # YAML that is read otherwise than it looks.
    "bank.duplicate_key": (
        "“{name}” already appears on line {first}: keep one of them",
        "“{name}”在第 {first} 行已经出现：请只保留一个",
    ),
    "bank.anchor": (
        "anchors and aliases (“{name}”) are not supported: write the text out",
        "不支持锚点和别名（“{name}”）：请直接写出内容",
    ),
    "bank.merge": ("merge keys (<<) are not supported: write the fields out", "不支持合并键（<<）：请直接写出各字段"),
    "bank.tag": ("tags ({name}) are not supported: delete it", "不支持标签（{name}）：请删除"),
    "bank.key_not_text": ("a field name must be text", "字段名必须是文本"),
    "bank.folded": (
        "folded text (>) loses its line breaks: write |- instead",
        "折叠文本（>）会丢失换行：请改用 |-",
    ),
    "bank.number_read_as_text": (
        "YAML reads {text} as text: write {spelling} for the number, or quote it if text is meant",
        "YAML 会把 {text} 读作文本：若是数值请写作 {spelling}，若确为文本请加引号",
    ),
    "bank.misread": (
        (
            "YAML reads {text} as something else: quote it if text is meant; write numbers in decimal, and truth "
            "values as true or false"
        ),
        "YAML 会对 {text} 另作解释：若是文本请加引号；数值须为十进制，真假只写 true 或 false",
    ),
    "bank.question_mark": (
        "inside {{…}} and […], text with a question mark needs quotes: some YAML parsers refuse it without",
        "在 {{…}} 和 […] 中，含半角问号的文本须加引号：并非所有 YAML 解析器都接受不加引号的写法",
    ),
    "bank.empty_field": ("is empty: fill it in, or delete the line", "为空：请填写，或删去这一行"),
    "bank.empty_text": ("contains no text: fill it in, or delete the field", "没有内容：请填写，或删去该字段"),
    # Fields and their types.
    "bank.item_no_mapping": (
        "an item consists of `field: value` lines: bank/README.md has an example",
        "条目应由若干行 `字段: 值` 组成：示例见 bank/README.md",
    ),
    "bank.no_kind": (
        "is missing: write `kind: question` or `kind: exercise`",
        "缺失：请写 `kind: question` 或 `kind: exercise`",
    ),
    "bank.filled_in": (
        "“{name}” is derived from the file itself and must not be written in it: delete it",
        "“{name}”不写在文件里：它由文件本身得出，请删去",
    ),
    "bank.missing_field": ("is missing: add “{name}”", "缺失：请补上“{name}”"),
    "bank.missing_en": ("the English text (en) is missing: add it", "缺少英文（en）：请补上"),
    "bank.missing_zh": ("the Chinese text (zh) is missing: add it", "缺少中文（zh）：请补上"),
    "bank.unknown_field": (
        "there is no field “{name}” here: delete or correct it.",
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
    "bank.wants_mapping": ("must consist of fields: `name: value`", "必须由字段组成：`名称: 值`"),
    "bank.wants_three": (
        "must have exactly three: the idea, the structure, the steps",
        "必须恰好三条：思路、结构、步骤",
    ),
    # What every item has.
    "bank.no_topics": ("lists no topics: add one", "没有列出主题：请添加"),
    "bank.bad_id": (
        "“{name}” must be lower-case words joined by hyphens",
        "“{name}”须为连字符连接的小写单词",
    ),
    "bank.not_unique": ("“{name}” appears twice: make each one unique", "“{name}”重复出现：请改为互不相同"),
    "bank.title_lines": ("a title must be a single line", "标题只能有一行"),
    "bank.title_markup": (
        "a title must be running text, but Markdown reads this as a list or another block: begin it with a word",
        "标题只能是普通文字，而这在 Markdown 中是列表或其他块：请以文字开头",
    ),
    "bank.out_of_range": (
        "{value} is out of range: it must be from {least} to {most}",
        "{value} 超出范围：应在 {least} 到 {most} 之间",
    ),
    "bank.not_positive": ("{value} must be greater than 0", "{value} 须大于 0"),
    "bank.too_few_sources": (
        "only {count:# source|# sources}: at least {least} required (two for a question, one for an exercise)",
        "只有 {count} 个来源：至少需要 {least} 个（问答题两个，编程题一个）",
    ),
    "bank.url_or_arxiv": ("give exactly one of url and arxiv", "url 与 arxiv 必须且只能写一个"),
    "bank.not_https": ("“{value}” is not an https address", "“{value}”不是 https 地址"),
    "bank.not_arxiv": (
        '“{value}” is not an arXiv number: write it quoted, such as "1712.05877", without a version',
        '“{value}”不是 arXiv 编号：请加引号书写，例如 "1712.05877"，不带版本号',
    ),
    "bank.bad_related": (
        "“{name}” is not an item id: write <topic>/<slug>, lower-case words joined by hyphens",
        "“{name}”不是条目 id：请写作 <topic>/<slug>，均为连字符连接的小写单词",
    ),
    "bank.related_to_itself": ("an item cannot be related to itself: delete this", "条目不能与自身相关：请删去"),
    # Questions.
    "bank.key_points_count": (
        "{count:# key point|# key points}: from {least} to {most} required",
        "有 {count} 个要点：须为 {least} 到 {most} 个",
    ),
    "bank.none_essential": (
        "no key point is essential: mark at least one with `essential: true`",
        "没有必答要点：请至少给一个加上 `essential: true`",
    ),
    "bank.phrase_too_long": (
        "a phrase longer than {limit} characters will not appear in any answer: keep only the decisive words",
        "短语超过 {limit} 个字符，不会出现在答案中：请只取关键的词",
    ),
    "bank.star_inside": (
        "“{value}”: * matches any ending, so it must be the last character of a word, and occur once",
        "“{value}”：* 表示任意词尾，只能作为单词的最后一个字符，且只写一个",
    ),
    "bank.empty_phrase": (
        "“{value}” has an empty part: write words on both sides of “ + ”",
        "“{value}”含有空的部分：“ + ”两边都要有词",
    ),
    "bank.too_few_traps": ("at least one trap is required", "至少需要一个常见误区"),
    "bank.too_few_follow_ups": (
        "only {count:# follow-up|# follow-ups}: at least {least} required",
        "只有 {count} 个追问：至少需要 {least} 个",
    ),
    "bank.too_few_choices": (
        "only {count:# choice|# choices}: at least {least} required",
        "只有 {count} 道选择题：至少需要 {least} 道",
    ),
    "bank.options_count": ("{count:# option|# options}: exactly four required", "有 {count} 个选项：必须恰好四个"),
    "bank.one_right": (
        "{count:# correct option|# correct options}: mark exactly one with `correct: true`",
        "有 {count} 个正确选项：必须恰好一个标为 `correct: true`",
    ),
    "bank.same_place": (
        "the correct option is always {place}: move it in one of the choices",
        "正确选项总在 {place}：请在某道选择题中换个位置",
    ),
    # Exercises.
    "bank.bad_entry": ("“{name}” is not a valid name for a function or class", "“{name}”不能作函数名或类名"),
    "bank.code_too_deep": (
        (
            "this code is nested more than {limit} levels deep (a sum of that many terms counts as nested): split it "
            "into parts, or build the value in a loop"
        ),
        "此处的代码嵌套超过 {limit} 层（同样多项的连加也算嵌套）：请拆成几部分，或用循环构造该值",
    ),
    "bank.integer_too_large": (
        "an integer literal of more than {limit} bits: compute it instead, as in 2**20000",
        "整数字面量超过 {limit} 个二进制位：请改用算式，如 2**20000",
    ),
    "bank.python_syntax": ("not valid Python: {reason}", "Python 语法错误：{reason}"),
    "bank.no_entry": ("must define {name} at its top level", "必须在顶层定义 {name}"),
    "bank.helpers_define_entry": (
        "helpers are public and run alongside the submission: they must not define {name}",
        "helpers 是公开的，与提交一同运行：其中不能定义 {name}",
    ),
    "bank.too_few_mistakes": (
        "only {count:# mistake|# mistakes}: at least {least} required",
        "只有 {count} 个典型错误：至少需要 {least} 个",
    ),
    "bank.case_both": (
        "a case has either generate, or inputs with expect or raises, but not both",
        "用例要么写 generate，要么写 inputs 加 expect 或 raises：不能并存",
    ),
    "bank.case_neither": (
        "a case has inputs with exactly one of expect and raises, or generate",
        "用例须写 inputs，并在 expect 与 raises 中恰好写一个；或者写 generate",
    ),
    "bank.no_example": (
        "no case is worked by hand: give inputs and expect for at least one case of the group example",
        "没有手算的用例：example 组中至少要有一个写明 inputs 和 expect",
    ),
    "bank.inputs_no_call": ("must be args(…) or script(…)", "必须是 args(…) 或 script(…)"),
    "bank.no_exception": (
        "“{name}” is not a built-in exception such as ValueError, TypeError or IndexError",
        "“{name}”不是内置异常：可用 ValueError、TypeError、IndexError 等",
    ),
    "bank.no_generate": ("must define generate(rng)", "必须定义 generate(rng)"),
    "bank.check_no_group": (
        "“{name}” is not the name of a group of cases ({groups}); begin a helper's name with _",
        "“{name}”不是用例中的组名（{groups}）；辅助函数名须以 _ 开头",
    ),
    "bank.check_nothing": (
        "check judges no group: name each function after the group that it judges",
        "check 没有评判任何组：请用所评判的组名命名函数",
    ),
    "bank.free_unjudged": (
        "`form: free` leaves shapes to check, which has no function {name}: add it, or delete form",
        "`form: free` 把形状交给 check 评判，但其中没有函数 {name}：请补上，或删去 form",
    ),
    "bank.efficiency_missing": (
        "the cases of the group efficiency need the field efficiency: state their limit",
        "有 efficiency 组的用例，却没有 efficiency 字段：请写明限制",
    ),
    "bank.efficiency_no_cases": (
        "there are no cases in the group efficiency: add some, or delete this field",
        "没有 efficiency 组的用例：请补上，或删去此字段",
    ),
    "bank.efficiency_empty": ("give ratio, optionally with growth and sizes", "请写 ratio，也可再加 growth 和 sizes"),
    "bank.efficiency_growth_alone": (
        "growth needs ratio as well: a submission that is slow on the small sizes would otherwise show little growth",
        "growth 须与 ratio 同用：若小规模时就很慢，单看增长率无法发现",
    ),
    "bank.efficiency_sizes": (
        "growth and sizes go together; give at least two sizes in increasing order",
        "growth 与 sizes 须同时给出；sizes 至少两个，且逐个递增",
    ),
    "bank.efficiency_checked": (
        "the group efficiency is compared by equality: check must not define a function for it",
        "efficiency 组按相等比较：check 中不能有针对它的函数",
    ),
    "bank.efficiency_cases_sizes": (
        "{sizes:# size|# sizes} but {cases:# case|# cases} in the group efficiency: growth needs one case per size",
        "sizes 有 {sizes} 个，而 efficiency 组有 {cases} 个用例：growth 要求每个规模一个用例",
    ),
    # Prose.
    "bank.zh_not_chinese": ("the Chinese text contains no Chinese: translate it", "中文字段里没有中文：请翻译"),
    "bank.en_not_english": (
        "the English text contains “{characters}”: translate it, and use ASCII punctuation",
        "英文字段里含有“{characters}”：请翻译，并使用半角标点",
    ),
    "bank.fence_open": ("this fenced code is not closed: add the closing ```", "代码块没有结束：请补上结尾的 ```"),
    "bank.backtick": ("unmatched backtick: close it, or write \\`", "反引号不成对：请补全，或写作 \\`"),
    "bank.dollar": (
        "an unmatched $, or one with a space inside: write $x$ for a formula, \\$ for a dollar",
        "$ 不成对，或其内侧有空格：公式写作 $x$，美元写作 \\$",
    ),
    "bank.math_not_alone": ("$$ must be on a line of its own", "$$ 须独占一行"),
    "bank.math_block_open": ("this $$ block is not closed: add the closing $$", "$$ 公式块没有结束：请补上结尾的 $$"),
    "bank.math_blank_lines": ("a $$ block needs a blank line before and after it", "$$ 公式块前后各需一个空行"),
    "bank.math_spaces": (
        "put a space on both sides of {formula} in Chinese text",
        "中文里 {formula} 两侧各需一个空格",
    ),
    "bank.emphasis_literal": (
        "the asterisks of “{text}…” would be shown literally: put spaces and punctuation outside them",
        "“{text}…”的星号会原样显示：请在其外侧加空格，并把标点移到外侧",
    ),
    "bank.asterisk": (
        "unmatched asterisk in “{text}…”: close it, or write \\*",
        "“{text}…”的星号不成对：请补全，或写作 \\*",
    ),
    "bank.markdown_heading": (
        "headings are not supported: begin the paragraph with **bold** words",
        "不支持标题：请以 **加粗** 文字开头",
    ),
    "bank.markdown_rule": (
        "rules and underlined headings are not supported: delete the line",
        "不支持分隔线和下划线式标题：请删去这一行",
    ),
    "bank.markdown_table": (
        "not a valid table: the header row and the row of --- need the same number of cells, at most 12",
        "表格无效：表头行与 --- 行的单元格数须相同，且不超过 12 个",
    ),
    "bank.table_cells": (
        "this row has {cells:# cell|# cells} and the header {columns}: make them equal; write | inside a cell as \\|",
        "本行有 {cells} 个单元格，而表头有 {columns} 个：请改为相同；单元格内的 | 写作 \\|",
    ),
    "bank.table_in_list": (
        "tables are not supported in a list: move the table between paragraphs",
        "列表中不支持表格：请移到段落之间",
    ),
    "bank.markdown_quote": ("block quotes are not supported: write a paragraph", "不支持引用块：请写成段落"),
    "bank.markdown_nested_list": (
        "nested lists are not supported: do not indent items",
        "不支持嵌套列表：条目不要缩进",
    ),
    "bank.markdown_marker": ("begin list items with “- ” or “1. ”", "列表条目以“- ”或“1. ”开头"),
    "bank.markdown_indented_code": (
        "text with this much indentation is read as code: put it between lines of ```, or indent it less",
        "缩进过多的文字会被当作代码：请放在两行 ``` 之间，或减少缩进",
    ),
    "bank.markdown_break": (
        (
            "line breaks within a paragraph are not supported: delete the spaces or the \\ at the end of the line, or "
            "leave a blank line"
        ),
        "段落内不支持强制换行：请删去行末的空格或 \\，或空一行另起段落",
    ),
    "bank.markdown_entity": (
        "other renderers show {entity} as another character: write that character, or \\{entity}",
        "其他渲染器会把 {entity} 变成别的字符：请直接写出该字符，或写作 \\{entity}",
    ),
    "bank.markdown_link": (
        "write a link as [words](https://…), without a quoted title",
        "链接应写作 [文字](https://…)，不带引号中的标题",
    ),
    "bank.markdown_reference": (
        "reference definitions are not supported: write links as [words](https://…), and sources under `sources`",
        "不支持引用式定义：链接写作 [文字](https://…)，来源写在 `sources` 中",
    ),
    "bank.mark_unknown": (
        "[^{name}] refers to no source: give one of `sources` this id, or write \\[^ for the literal characters",
        "[^{name}] 没有对应的来源：请在 `sources` 中给某条来源加上这个 id；若只是这几个字符，请写作 \\[^",
    ),
    "bank.fence_words": ("write only the language after ```: {language}", "``` 之后只写语言名：{language}"),
    "bank.math_unfinished": (
        "unmatched {piece} in this formula: close it, or delete it",
        "公式中的 {piece} 没有配对：请补全或删去",
    ),
    "bank.math_too_long": (
        "this formula is {length} characters long, but at most {most} are allowed: split it in two",
        "这个公式有 {length} 个字符，最多 {most} 个：请拆成两个",
    ),
    "bank.markdown_image": ("images are not supported: describe it in words", "不支持图片：请用文字说明"),
    "bank.markdown_html": (
        "HTML is not supported: put code in backticks, a formula in $…$, a link in [words](address)",
        "不支持 HTML：代码放在反引号中，公式放在 $…$ 中，链接写作 [文字](地址)",
    ),
    "bank.markdown_underscore": (
        "emphasis by underscores is not supported: use *asterisks*, or backticks for a name",
        "不支持用下划线表示强调：请用 *星号*，名称请用反引号",
    ),
}
