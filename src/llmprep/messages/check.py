"""Messages of check, start and hint."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Verdicts.
    "check.accepted": ("Accepted", "通过"),
    "check.wrong_answer": ("Wrong answer", "答案错误"),
    "check.runtime_error": ("Runtime error", "运行错误"),
    "check.time_limit_exceeded": ("Time limit exceeded", "超出时间限制"),
    "check.memory_limit_exceeded": ("Memory limit exceeded", "超出内存限制"),
    "check.output_limit_exceeded": ("Output limit exceeded", "超出输出限制"),
    "check.invalid_submission": ("Invalid submission", "提交无效"),
    "check.judge_error": ("Judge error (ours, not yours)", "评测系统错误（与您的代码无关）"),
    # Groups of cases.
    "check.group_example": ("example", "示例"),
    "check.group_general": ("general", "一般情形"),
    "check.group_edge": ("edge", "边界情形"),
    "check.group_numerics": ("numerics", "数值"),
    "check.group_statistics": ("statistics", "统计性质"),
    "check.group_efficiency": ("efficiency", "效率"),
    "check.untimed": ("efficiency: not measured, because other cases fail", "效率：因其他用例未通过，未测量"),
    # Report.
    "check.summary": (
        "{passed} of {total:# case|# cases} · score {score} %",
        "通过 {passed}/{total} 个用例 · 得分 {score} %",
    ),
    "check.first_failure": ("First failing case: {index} ({group})", "首个未通过的用例：第 {index} 个（{group}）"),
    "check.inputs": ("called", "调用"),
    "check.calls_left_out": ("# calls {first} to {last}: …", "# 第 {first} 至 {last} 次调用：……"),
    "check.expected": ("expected", "期望"),
    "check.got": ("got", "实际"),
    "check.snippet_after": ("{name} afterwards:", "调用后的 {name}："),
    "check.snippet_helpers": (
        "Helpers from the bank: read them before you run code from somebody else's bank.",
        "题库自带的辅助代码：若题库来自他人，请先阅读再运行。",
    ),
    "check.snippet_before": (
        "Earlier calls that leave state behind: on its own, the case below gives the right result.",
        "前面的调用会留下状态：单独运行时，下面的用例结果正确。",
    ),
    "check.snippet_alone": (
        (
            "On its own, as here, this case gives the right result: earlier calls, too large to include here, leave "
            "state behind."
        ),
        "像这里这样单独运行时，此用例结果正确：问题在于更早的调用（数据过大，未列出）留下的状态。",
    ),
    "check.snippet_command": ("Reproduce it: {command}", "重现：{command}"),
    "check.snippet_wrote": (
        "Wrote {path}. To see the failing case: python {path}",
        "已写入 {path}。重现该用例：python {path}",
    ),
    "check.snippet_nothing": (
        "Accepted: there is no failing case to reproduce, so {path} was not written.",
        "已通过：没有可重现的失败用例，未写入 {path}。",
    ),
    "check.snippet_no_case": (
        "No single case failed, so there is nothing to reproduce; {path} was not written.",
        "没有单个失败的用例可供重现，未写入 {path}。",
    ),
    "check.snippet_one": (
        "--snippet works with a single file and a text or json report: it reproduces the first failing case.",
        "--snippet 只能用于一个文件，且报告格式须为 text 或 json。",
    ),
    "check.snippet_exists": (
        (
            "{path} already exists and is not a snippet written by llmprep, so it was not changed. Name another file "
            "with --snippet."
        ),
        "{path} 已存在且不是 llmprep 生成的文件，未作改动。请用 --snippet 另指定文件。",
    ),
    "check.snippet_no_folder": (
        "There is no folder {path}. Make it first, or name another file with --snippet.",
        "文件夹 {path} 不存在。请先创建它，或用 --snippet 另指定文件。",
    ),
    "check.raised_value": ("raised {name}", "抛出 {name}"),
    "check.traceback_call": ("Your lines of the traceback, in {call}:", "{call}的回溯中属于您代码的行："),
    "check.traceback": ("Your lines of the traceback:", "回溯中属于您代码的行："),
    "check.traceback_line": ("line {line}, in {function}: {text}", "第 {line} 行，{function} 中：{text}"),
    "check.traceback_line_cell": (
        "cell {cell}, line {line}, in {function}: {text}",
        "第 {cell} 个单元格第 {line} 行，{function} 中：{text}",
    ),
    "check.traceback_again": ("… repeated {count:once|# times} more", "……又重复 {count} 次"),
    "check.only_numpy": (
        "A submission may import numpy and the standard library, nothing else.",
        "提交的代码只能导入 numpy 与标准库。",
    ),
    "check.confined": (
        "It runs confined: no files, no network, no other processes.",
        "代码在隔离环境中运行：不能访问文件、网络和其他进程。",
    ),
    "check.not_written": ("The starter has not been filled in.", "起始代码尚未完成。"),
    "check.cannot_write": ("Cannot write {path}: {reason}.", "无法写入 {path}：{reason}。"),
    "check.hint_head": ("Hint {step} of {total}: {name}", "提示 {step}/{total}：{name}"),
    "check.many_findings": (
        "… and at least {count} more (--json lists only these).",
        "……另有至少 {count} 项（--json 也只列出这些）。",
    ),
    "check.more_findings": ("… and {count} more (--json lists all).", "……另有 {count} 项（--json 列出全部）。"),
    "check.printed": ("Output:", "打印的内容："),
    "check.not_run": ("{count:# case was|# cases were} not run.", "有 {count} 个用例未运行。"),
    "check.hint": ("You seem to have made a known mistake:", "您似乎犯了一个常见错误："),
    "check.next_hint": ("Stuck? {command}", "卡住了？{command}"),
    "check.next_explain": ("Why it is right: {command}", "为什么正确：{command}"),
    "check.next_reference": ("The reference: {command}", "参考解答：{command}"),
    "check.next_item": ("Next: {command}", "下一题：{command}"),
    "check.explain_later": (
        "The explanation comes once your submission is accepted.",
        "提交通过之后才会显示解析。",
    ),
    "check.explain_one": (
        "--explain works with a single file and a text or json report.",
        "--explain 只能用于一个文件，且报告格式须为 text 或 json。",
    ),
    "check.weaker": (
        "Missing confinement layers: {layers}. Fine for your own code, but not safe for code by others.",
        "缺少以下隔离层：{layers}。运行自己的代码无妨，但这不足以隔离他人的代码。",
    ),
    "check.weaker_files": (
        "The submission could read every file that you can, including the cached cases and their expected values.",
        "它能读取您可读的一切文件，包括已缓存的用例及其期望值。",
    ),
    "check.not_recorded": ("This attempt was not recorded: {reason}", "本次作答未能记录：{reason}"),
    "check.working": ("Generating the cases of {item} (once) …", "正在生成 {item} 的用例（仅一次）……"),
    "check.since": (" since case {case}", "自用例 {case} 起，"),
    # What is wrong with one case; `{at}` says where in the output, or nothing.
    "check.kind": ("{at}Expected {expected}, got {got}.", "{at}期望 {expected}，实际为 {got}。"),
    "check.call": ("subject.{name} (call {number})", "subject.{name}（第 {number} 次调用）"),
    "check.at_call": ("In {call}: ", "{call}处："),
    "check.at_call_path": ("In {call}, output{path}: ", "{call}的输出{path}处："),
    "check.at": ("In output{path}: ", "输出{path}处："),
    "check.shape": ("{at}The shape is {got}; it should be {expected}.", "{at}形状为 {got}，应为 {expected}。"),
    "check.dtype": ("{at}The dtype is {got}; it should be {expected}.", "{at}dtype 为 {got}，应为 {expected}。"),
    "check.length": (
        "{at}The output has {got:# element|# elements}; it should have {expected}.{parted}",
        "{at}有 {got} 个元素，应有 {expected} 个。{parted}",
    ),
    "check.parted": (
        " The first difference is at index {place}: got {got}, expected {expected}.",
        "首个不同处在索引 {place}：实际 {got}，期望 {expected}。",
    ),
    "check.parted_place": (" The first difference is at index {place}.", "首个不同处在索引 {place}。"),
    "check.parted_at_end": (" They agree before index {place}.", "索引 {place} 之前的元素都相同。"),
    "check.keys": (
        "{at}The keys differ. Missing: {missing}. Unexpected: {extra}.",
        "{at}键不一致。缺少：{missing}；多出：{extra}。",
    ),
    "check.value": (
        (
            "{at}{off} of {total:# element differs|# elements differ}; worst at {index}: got {got}, expected "
            "{expected}{error}."
        ),
        "{at}{total} 个元素中有 {off} 个不符；最大偏差在 {index}：实际 {got}，期望 {expected}{error}。",
    ),
    "check.value_one": ("{at}Got {got}, expected {expected}{error}.", "{at}实际 {got}，期望 {expected}{error}。"),
    "check.value_text": (
        "{at}The texts differ from character {place} on (counting from 0): got {got}, expected {expected}.",
        "{at}文本从第 {place} 个字符（从 0 计）起不同：实际 {got}，期望 {expected}。",
    ),
    "check.error_absolute": (" (absolute error {absolute})", "（绝对误差 {absolute}）"),
    "check.error_both": (
        " (absolute error {absolute}, relative {relative})",
        "（绝对误差 {absolute}，相对误差 {relative}）",
    ),
    "check.not_raised": (
        "{at}These inputs must be refused with {expected}, but it returned {got}.",
        "{at}此输入必须以 {expected} 拒绝，实际返回了 {got}。",
    ),
    "check.raised": ("{at}It raised {got}: {message}", "{at}抛出了 {got}：{message}"),
    "check.raised_wordless": ("{at}It raised {got}.", "{at}抛出了 {got}。"),
    "check.unsupported": (
        (
            "{at}It returned {type}; only plain Python values, numpy arrays and numpy numbers are accepted (no "
            "subclasses)."
        ),
        "{at}返回了 {type}；只接受普通 Python 值、numpy 数组与 numpy 数值（不含子类）。",
    ),
    "check.changed_input": (
        "It changed an input in place: {names}. Inputs belong to the caller; work on a copy.",
        "它就地修改了输入：{names}。输入归调用方所有，请在副本上操作。",
    ),
    "check.argument_number": ("argument {number}", "第 {number} 个参数"),
    "check.shares_memory": (
        "The output shares memory with an input: changing one would change the other. Return a copy.",
        "返回值与输入共享内存：修改其一会影响另一个。请返回副本。",
    ),
    "check.state": (
        "A second call with the same inputs gave a different result: the function keeps state between calls.",
        "以相同的输入再次调用，得到了不同的结果：函数在多次调用之间保留了状态。",
    ),
    "check.kept_state": (
        (
            "State is kept between calls: this case gives the right result alone in a fresh process, but not after "
            "the cases before it. Look for module-level variables, caches and mutable default arguments."
        ),
        (
            "代码在多次调用之间保留了状态：此用例单独在新进程中运行时结果正确，在前面的用例之后运行则不正确。请检查模"
            "块级变量、缓存与可变的默认参数。"
        ),
    ),
    "check.property": ("{text}", "{text}"),
    "check.memory": ("It requested more memory than the limit allows.", "申请的内存超过限制。"),
    # What ended the submission as a whole.
    "check.efficiency_ratio": (
        "The answer is right but takes {figure} times the CPU time of the reference; the limit is {limit:g} times.",
        "答案正确，但 CPU 时间是参考解答的 {figure} 倍，上限为 {limit:g} 倍。",
    ),
    "check.efficiency_growth": (
        "The answer is right but its CPU time grows as size to the power {figure}; the limit is {limit:g}.",
        "答案正确，但 CPU 时间按规模的 {figure} 次方增长，上限为 {limit:g} 次方。",
    ),
    "check.efficiency_kept_ratio": (
        "On large inputs: {figure} times the reference's CPU time (limit {limit:g}).",
        "大规模输入：CPU 时间为参考解答的 {figure} 倍（上限 {limit:g} 倍）。",
    ),
    "check.efficiency_kept_growth": (
        "On large inputs: CPU time grows as size to the power {figure} (limit {limit:g}).",
        "大规模输入：CPU 时间按规模的 {figure} 次方增长（上限 {limit:g} 次方）。",
    ),
    "check.time": (
        "CPU time in your code over all cases: {own}; in the reference: {reference}.",
        "全部用例中您的代码用时 {own}，参考解答用时 {reference}。",
    ),
    "check.stop_cpu": ("It used more than {limit:g} s of CPU time.", "CPU 时间超过 {limit:g} 秒。"),
    "check.stop_wall": (
        "It took more than {limit:g} s while using hardly any CPU time: it waits or sleeps.",
        "运行超过 {limit:g} 秒，却几乎没有占用 CPU：它在等待或休眠。",
    ),
    "check.stop_printed": ("It printed more than {size}.", "打印的内容超过 {size}。"),
    "check.stop_answer": (
        "The output (or what was written to its channel) is larger than {limit} MiB.",
        "返回值（或在返回值的通道中写入的内容）超过 {limit} MiB。",
    ),
    "check.unjudged": (
        "The output does not have the required form: the exercise's own check fails on it ({message}).",
        "输出不符合题目要求的形式：题目自带的检查函数无法处理它（{message}）。",
    ),
    "check.malformed": (
        "It wrote to the judge's own channel; what arrived is not a valid answer.",
        "它向评测通道写入了数据，收到的内容不是有效的回答。",
    ),
    "check.while_loading": (
        "The file was still being imported; no case had started. Look at the code outside its functions.",
        "当时仍在导入该文件，尚未开始任何用例。请检查函数之外的代码。",
    ),
    "check.under_way": ("This case was running when the process stopped.", "进程停止时正在运行此用例。"),
    "check.died": ("The process was killed by {signal}.", "进程被信号 {signal} 终止。"),
    "check.ended_early": ("The process exited before it had answered all cases.", "进程在答完所有用例之前就退出了。"),
    "check.raised_at_import": ("It raised {got} on import: {message}", "导入时抛出了 {got}：{message}"),
    "check.raised_at_import_wordless": ("It raised {got} on import.", "导入时抛出了 {got}。"),
    "check.and_then": ("{said}. {advice}", "{said}。{advice}"),
    "check.invalid_syntax": ("Syntax error on line {line}: {what}", "第 {line} 行语法错误：{what}"),
    "check.invalid_uncompilable": ("Python cannot compile it: {what}", "Python 无法编译它：{what}"),
    "check.invalid_too_deep": (
        "Python cannot compile it: something in it is nested too deeply, such as an expression of thousands of "
        "operators, calls or brackets. Break it up, or write a loop.",
        "Python 无法编译它：代码嵌套过深，例如一个表达式含有数千个运算符、调用或括号。请将其拆开，或改用循环。",
    ),
    "check.invalid_no_entry": (
        "It does not define {entry}. Names that it defines: {found}.",
        "没有定义 {entry}。文件中定义的名称：{found}。",
    ),
    "check.nothing": ("none", "无"),
    "check.invalid_entry_kind_class": (
        "{entry} must be a class; here it is {is_a}.",
        "{entry} 必须是类，而这里是{is_a}。",
    ),
    "check.invalid_entry_kind_function": (
        "{entry} must be a function; here it is {is_a}.",
        "{entry} 必须是函数，而这里是{is_a}。",
    ),
    "check.entry_is_class": ("a class", "类"),
    "check.entry_is_function": ("a function", "函数"),
    "check.entry_is_async": ("an async function: remove “async”", "异步函数：请去掉 async"),
    "check.entry_is_value": ("a value that cannot be called", "不可调用的值"),
    "check.invalid_parameters": (
        "Its parameters do not match: {signature}. Python reports: {what}. The exercise requires {wanted}.",
        "参数不符：{signature}。Python 报告：{what}。本题要求 {wanted}。",
    ),
    "check.invalid_syntax_cell": (
        "Syntax error in cell {cell}, line {line}: {what}",
        "第 {cell} 个单元格第 {line} 行语法错误：{what}",
    ),
    "check.invalid_not_text": (
        (
            "It is not UTF-8 text: see line {line}. Save it as UTF-8, or declare its encoding in the first line, as "
            "in # -*- coding: gbk -*-"
        ),
        "它不是 UTF-8 文本（见第 {line} 行）。请另存为 UTF-8，或在首行注明编码，例如 # -*- coding: gbk -*-",
    ),
    "check.invalid_utf16": (
        "It is UTF-16 text, which Python cannot read. Save it as UTF-8.",
        "它是 UTF-16 文本，Python 无法读取。请另存为 UTF-8。",
    ),
    "check.invalid_nul": (
        "Line {line} contains a NUL byte, which is not allowed in Python source. Save the file as plain UTF-8 text.",
        "第 {line} 行含有 NUL 字节，Python 源代码中不允许出现。请将文件另存为纯文本（UTF-8）。",
    ),
    "check.invalid_nul_cell": (
        "Cell {cell}, line {line} contains a NUL character, which is not allowed in Python source. Delete it.",
        "第 {cell} 个单元格第 {line} 行含有 NUL 字符，Python 源代码中不允许出现。请删除它。",
    ),
    "check.invalid_binary": (
        "It is not text but {kind} data with the name of a Python file. Submit the Python file itself.",
        "它不是文本，而是以 Python 文件命名的 {kind} 数据。请提交 Python 文件本身。",
    ),
    "check.invalid_coding_unknown": (
        (
            "Its encoding declaration names {name}, which cannot be used to read Python source here. Save the file as "
            "UTF-8 and delete the declaration."
        ),
        "编码声明指定的 {name} 无法用于读取 Python 源代码。请另存为 UTF-8 并删去该声明。",
    ),
    "check.invalid_coding_wrong": (
        (
            "Line {line} is not valid {name}, the encoding that the file declares. Correct the declaration, or save "
            "the file as UTF-8 and delete it."
        ),
        "第 {line} 行不符合编码声明指定的 {name}。请更正该声明，或另存为 UTF-8 并删去声明。",
    ),
    "check.invalid_coding_and_mark": (
        (
            "It begins with a UTF-8 byte order mark, but declares the encoding {name}. Save it as UTF-8 and delete "
            "the declaration."
        ),
        "文件以 UTF-8 字节顺序标记（BOM）开头，编码声明却是 {name}。请另存为 UTF-8 并删去该声明。",
    ),
    "check.invalid_notebook": (
        "It is not a readable notebook (nbformat 3 or 4). Open it in Jupyter and save it again.",
        "它不是可读取的笔记本（nbformat 3 或 4）。请用 Jupyter 打开并重新保存。",
    ),
    "check.invalid_notebook_language": (
        "It is a {language} notebook, not a Python notebook.",
        "这是 {language} 的笔记本，而非 Python 笔记本。",
    ),
    "check.invalid_notebook_empty": (
        "The notebook's code cells contain no code.",
        "笔记本的代码单元格中没有任何代码。",
    ),
    "check.invalid_too_large": ("It is larger than {limit} MiB.", "它大于 {limit} MiB。"),
    # Usage and environment.
    "check.folder_for_file": (
        "{path} is a folder, not a Python file. Put the submission into it, or remove it.",
        "{path} 是文件夹而非 Python 文件。请将提交的代码放入其中，或将其移走。",
    ),
    "check.link_leads_out": (
        (
            "{path} is a link out of {folder} and may be somebody else's work, so it was not followed. Put the file "
            "itself there, or check it on its own."
        ),
        "{path} 是指向 {folder} 之外的链接，可能是他人的作业，因此未跟随。请放入作业本身，或单独检查它。",
    ),
    "check.not_a_file": ("{path} is not a regular file.", "{path} 不是普通文件。"),
    "check.unknown_exercise": (
        (
            "Cannot determine which exercise {path} solves: it does not define the entry of any exercise. Name it: "
            "--exercise TOPIC/SLUG."
        ),
        "无法判断 {path} 解答的是哪道编程题：其中没有定义任何编程题的入口。请用 --exercise TOPIC/SLUG 指明。",
    ),
    "check.entry_near": (
        (
            "{path} defines {found}, but the exercise ({exercise}) requires {wanted}. Rename it, or name the "
            "exercise: --exercise TOPIC/SLUG."
        ),
        "{path} 定义了 {found}，而题目（{exercise}）要求的是 {wanted}。请改名，或用 --exercise TOPIC/SLUG 指明编程题。",
    ),
    "check.entry_nested": (
        (
            "{path} defines {found} only inside a class or a function, but {wanted} is required at the top level "
            "({exercise})."
        ),
        "{path} 只在类或函数内部定义了 {found}，而题目（{exercise}）要求 {wanted} 定义在模块顶层。",
    ),
    "check.entry_assigned": (
        (
            "{path} assigns {found} ({exercise}) instead of defining it with def or class, so its kind is unknown. "
            "Define it, or name the exercise: --exercise {exercise}."
        ),
        (
            "{path} 对 {found}（{exercise}）赋值，而没有用 def 或 class 定义它，无法确定它是什么。请改为定义，或指明编"
            "程题：--exercise {exercise}。"
        ),
    ),
    "check.ambiguous": (
        "{path} could solve any of these exercises: {names}. Name one: --exercise TOPIC/SLUG.",
        "{path} 可能解答以下任一编程题：{names}。请用 --exercise TOPIC/SLUG 指明。",
    ),
    "check.no_numpy": ("numpy is not installed; reinstall llmprep.", "未安装 numpy，请重新安装 llmprep。"),
    "check.no_worker": ("Cannot start a worker process: {reason}.", "无法启动工作进程：{reason}。"),
    "check.worker_not_ready": (
        "The worker process did not become ready: {reason}.",
        "工作进程未能就绪：{reason}。",
    ),
    "check.no_time_left": (
        (
            "Judging this submission would take more than {seconds:g} s: this machine is too busy. Check it again "
            "later, or lower --jobs."
        ),
        "评判这份提交所需的时间将超过 {seconds:g} 秒：本机过于繁忙。请稍后重新检查，或调低 --jobs。",
    ),
    "check.out_of_memory": (
        (
            "The system killed the submission twice because this machine ran out of memory; the submission itself may "
            "be fine. Close other programs and check it again."
        ),
        "本机两次因内存不足而终止了提交的进程；这不能说明提交本身有问题。请关闭其他程序后重新检查。",
    ),
    "check.held_to_less_time": (
        (
            "Your own limit allows a process {have} s of CPU time, but a submission may need up to {need:g} s and "
            "would fail because of it. Start llmprep where that limit is higher (ulimit -H -t shows it)."
        ),
        (
            "当前环境限制每个进程最多使用 {have} 秒 CPU 时间，而提交的代码可能需要 {need:g} 秒，会因此被误判。请在该限"
            "制更高的环境中启动 llmprep（用 ulimit -H -t 查看）。"
        ),
    ),
    "check.held_to_less_memory": (
        (
            "Your own limit allows a process {have} MiB of memory, but a submission may need up to {need} MiB and "
            "would fail because of it. Start llmprep where that limit is higher (ulimit -H -v shows it)."
        ),
        (
            "当前环境限制每个进程最多使用 {have} MiB 内存，而提交的代码可能需要 {need} MiB，会因此被误判。请在该限制更"
            "高的环境中启动 llmprep（用 ulimit -H -v 查看）。"
        ),
    ),
    "check.layers_missing": (
        "This machine cannot confine code by others; missing: {layers}. To run it anyway: --allow-weaker.",
        "本机无法隔离他人的代码，缺少：{layers}。如仍要运行，请加 --allow-weaker。",
    ),
    # Options of check, start, hint.
    "check.help": (
        (
            "Grade solutions to exercises: run them in confinement, compare their outputs, report what is wrong.\n\n"
            "The exercise is named in the file's first line (as `llmprep start` writes it), else found by the name of "
            "the function or class. Several files, or a folder, are graded in parallel on new cases, followed by a "
            "table with one row per person. A single folder is a class: each folder in it is a person, and each file "
            "directly in it is a person named after the file. If several folders are given, each is a person; files "
            "given one by one are named after themselves or, if these names are equal, after their folders. Notebooks "
            "(.ipynb) are graded from their code cells. To grade a single file by somebody else on new cases too, add "
            "--fresh. Exit code 0: all accepted; 1: not all.\n\n"
            "Examples: llmprep check affine_quantize.py · llmprep check mine.py --exercise affine-quantize --json · "
            "llmprep check submissions/ --roster class.csv --feedback out --format csv"
        ),
        (
            "评判一份编程题解答：安全运行、比对输出、指出问题。\n\n"
            "编程题由文件首行指明（`llmprep start` 会写好），否则按函数或类的名称查找。给出多个文件或文件夹时，用新生"
            "成的用例并行评判，最后列出汇总表，每位提交者一行：只给出一个文件夹时它是一个班级：其中每个子文件夹是一位"
            "提交者，直接放在其中的文件以文件名为提交者。给出多个文件夹时，每个文件夹是一位提交者；逐一给出的文件以文"
            "件名为提交者，文件名相同时以所在文件夹为提交者。笔记本（.ipynb）按其代码单元格评判。要用新用例评判他人的"
            "单份文件，请加 --fresh。退出码 0：全部通过；1：未全部通过。\n\n"
            "示例：llmprep check affine_quantize.py · llmprep check mine.py --exercise affine-quantize --json · "
            "llmprep check submissions/ --roster class.csv --feedback out --format csv"
        ),
    ),
    "check.option_exercise": ("The exercise it solves.", "它解答的编程题。"),
    "check.option_snippet": (
        "Write a plain Python file that reproduces the first failing case.",
        "把首个未通过的用例写成可直接运行的 Python 文件。",
    ),
    "check.option_explain": (
        "Once it is accepted, show why it is right and what it costs.",
        "通过之后显示解析：为什么正确、代价如何。",
    ),
    "check.start_help": (
        "Write an exercise's starter file, with the prompt in its comments.\n\n"
        "Examples: llmprep start compression/affine-quantize · llmprep start csr-matvec --output mine.py",
        "生成编程题的起始文件，题目写在注释里。\n\n"
        "示例：llmprep start compression/affine-quantize · llmprep start csr-matvec --output mine.py",
    ),
    "check.option_output": ("Where to write it; - for standard output.", "写入位置；- 表示标准输出。"),
    "check.option_force": ("Overwrite an existing file.", "覆盖已有文件。"),
    "check.started": (
        "Wrote {path}. Then: {command}",
        "已写入 {path}。完成后运行：{command}",
    ),
    "check.start_exists": (
        "{path} already exists and was not changed. Use --force to overwrite it, or --output for another name.",
        "{path} 已存在，未作改动。如需覆盖请加 --force，或用 --output 另取名称。",
    ),
    "check.always": (
        "Never change an input in place; return memory of its own; keep no state between calls.",
        "不得就地修改输入；返回值须使用独立内存；多次调用之间不得保留状态。",
    ),
    "check.hint_help": (
        "Show an exercise's hints one by one: the idea, the structure, the steps. Each call shows the next.\n\n"
        "Examples: llmprep hint compression/affine-quantize · llmprep hint affine-quantize --step 1",
        "逐条显示编程题提示：思路、结构、步骤。每次调用显示下一条。\n\n"
        "示例：llmprep hint compression/affine-quantize · llmprep hint affine-quantize --step 1",
    ),
    "check.option_step": ("Show this hint again (1 to 3).", "重新显示其中一条（1 至 3）。"),
    "check.hint_idea": ("the idea", "思路"),
    "check.hint_structure": ("the structure", "结构"),
    "check.hint_steps": ("the steps", "步骤"),
    "check.hint_last": ("That was the last hint.", "这是最后一条提示。"),
    "check.hint_more": ("The next one: {command}", "下一条：{command}"),
    "check.hint_not_kept": ("Could not save which hints you have seen: {reason}", "无法保存已看过的提示：{reason}"),
    # doctor.
    "check.doctor_help": (
        (
            "Check this machine: the layers that confine submitted code, and the folders that hold your data. Exit "
            "code 5 if anything is missing.\n\n"
            "Examples: llmprep doctor · llmprep doctor --json"
        ),
        (
            "检查本机环境：提交的代码受哪些层隔离，数据存放在何处。若有不足，退出码为 5。\n\n"
            "示例：llmprep doctor · llmprep doctor --json"
        ),
    ),
    "check.layer_rlimits": (
        "rlimits: CPU time, memory, files, processes",
        "rlimits：CPU 时间、内存、文件与进程数",
    ),
    "check.layer_no_new_privileges": (
        "no_new_privileges: exec cannot gain privileges",
        "no_new_privileges：exec 不能提升权限",
    ),
    "check.layer_capabilities": (
        "capabilities: root's privileges are dropped, except reading what Landlock allows",
        "capabilities：放弃 root 的特权，仅保留读取 Landlock 所允许的文件",
    ),
    "check.layer_landlock": (
        "landlock: can read the standard library and numpy only; cannot write; no TCP",
        "landlock：仅可读取标准库与 numpy，不可写入，无 TCP",
    ),
    "check.layer_seccomp": ("seccomp: no network, processes, threads or signals", "seccomp：无网络、进程、线程与信号"),
    "check.open_metadata": (
        "open on every machine: whether a file exists, and its size, owner and times",
        "在任何机器上都无法隐藏：某个文件是否存在，及其大小、所有者与时间",
    ),
    "check.open_files": (
        (
            "open without landlock: a submission can read every file that you can, including the cached cases and "
            "their expected values"
        ),
        "缺少 landlock 时无法隐藏：提交的代码能读取您可读的一切文件，包括已缓存的用例及其期望值",
    ),
    "check.failing_modules": (
        (
            "A submission cannot import these modules here: {names}. Use a Python whose shared libraries are in the "
            "system's own folders, such as the distribution's."
        ),
        "在本机上，提交的代码无法导入以下模块：{names}。请改用共享库位于系统目录中的 Python，例如发行版自带的。",
    ),
    "check.folder_data": ("data: {path}", "数据：{path}"),
    "check.folder_cache": ("cache: {path}", "缓存：{path}"),
    # Many submissions.
    "check.argument_files": ("Files to grade, or folders of them.", "要评判的文件，或存放它们的文件夹。"),
    "check.option_jobs": (
        "How many submissions to grade at a time; by default as many as the machine can handle.",
        "同时评判的数量；默认按本机的处理能力确定。",
    ),
    "check.option_format": ("text, json, junit or csv.", "text、json、junit 或 csv。"),
    "check.option_roster": (
        "The class list: one name per line, or CSV with a column “name”. People who handed in nothing get a row too.",
        "班级名单：每行一个姓名，或带“name”列的 CSV。缺交者也占一行。",
    ),
    "check.option_feedback": (
        "Write a Markdown report for each person into this folder.",
        "在此文件夹中为每位提交者写一份 Markdown 报告。",
    ),
    "check.roster_not_text": (
        "{path}, line {line}, is not UTF-8 text. Save the roster as UTF-8 (in a spreadsheet: “CSV UTF-8”).",
        "{path} 第 {line} 行不是 UTF-8 文本。请将名单另存为 UTF-8（在电子表格中选“CSV UTF-8”）。",
    ),
    "check.roster_no_list": (
        "{path} is not a list of names. A roster is text: one name per line, or CSV with a column “name”.",
        "{path} 不是名单。名单应为文本：每行一个姓名，或带“name”列的 CSV。",
    ),
    "check.roster_columns": (
        (
            "{path}, line {line}, has several columns ({titles}), and none is known to contain the names. Title the "
            "column of names “name” in the first line, and put names that contain a comma in double quotes."
        ),
        (
            "{path} 第 {line} 行有多列（{titles}），无法确定姓名在哪一列。请在首行将姓名列的标题写为“name”；含逗号的姓"
            "名请用英文双引号括起来。"
        ),
    ),
    "check.roster_twice": (
        "{path}, line {line}: {name} is already on line {earlier}. Names must be unique and match the folders.",
        "{path} 第 {line} 行：{name} 已在第 {earlier} 行出现。姓名须互不相同，与各自的文件夹一致。",
    ),
    "check.roster_empty": (
        "{path} contains no names. A roster is text: one name per line, or CSV with a column “name”.",
        "{path} 中没有姓名。名单每行一个姓名，或为带“name”列的 CSV。",
    ),
    "check.feedback_inside": (
        (
            "{path} is inside {folder}, where it would be taken for somebody's work. Name a folder outside it with "
            "--feedback."
        ),
        "{path} 位于 {folder} 之内，会被当作某人的作业。请为 --feedback 指定外部的文件夹。",
    ),
    "check.feedback_foreign": (
        (
            "{path} contains {name}, which is not feedback written by llmprep, so nothing was written there. Name an "
            "empty or a new folder."
        ),
        "{path} 中的 {name} 不是此前生成的反馈，因此不写入该处。请指定空文件夹或新文件夹。",
    ),
    "check.feedback_no_folder": (
        "There is no folder {path}. Make it first, or name another with --feedback.",
        "文件夹 {path} 不存在。请先创建它，或用 --feedback 另指定文件夹。",
    ),
    "check.feedback_wrote": ("Wrote {count:# report|# reports} to {path}.", "已将 {count} 份报告写入 {path}。"),
    "check.snippet_notebook": (
        "--snippet works with Python files: plain Python cannot run {path}. Save the notebook as a script first.",
        "--snippet 只能用于 Python 文件：普通 Python 无法运行 {path}。请先将笔记本另存为脚本。",
    ),
    # Of a class.
    "check.absent": ("Absent", "缺交"),
    "check.nothing_to_grade": ("Nothing to grade", "没有可评判的文件"),
    "check.absent_person": ("Absent: nothing was handed in.", "缺交：没有提交任何内容。"),
    "check.nothing_to_grade_in": (
        "Nothing to grade: no Python file or notebook, only {names}.",
        "没有可评判的文件：没有 Python 文件或笔记本，只有 {names}。",
    ),
    "check.nothing_there": ("The folder is empty.", "文件夹是空的。"),
    "check.nothing_but": (
        "Nothing to grade, apart from what is left out: {kinds}.",
        "除不计入的内容外，没有可评判的文件：{kinds}。",
    ),
    "check.known_mistake": ("Known mistake: {hint}", "常见错误：{hint}"),
    "check.cases_passed": ("{percent} % of cases passed", "通过 {percent} % 的用例"),
    "check.best_of": ("best of {count}", "{count} 份取优"),
    "check.same_as": ("same code as {people}", "与 {people} 代码相同"),
    "check.same_as_many": ("same code as {people} and {count} more", "与 {people} 等代码相同（另有 {count} 人）"),
    "check.is_starter": ("the starter, unchanged", "起始代码，未作修改"),
    "check.not_on_roster": ("not on the roster", "不在名单上"),
    "check.tried": ("tried to {kinds}", "曾试图{kinds}"),
    "check.tried_told": ("It tried to {kinds}, which is not allowed.", "它曾试图{kinds}，这是不允许的。"),
    "check.tried_process": ("start a process", "启动进程"),
    "check.tried_network": ("use the network", "访问网络"),
    "check.tried_write": ("write files", "写入文件"),
    "check.tried_read": ("read files", "读取文件"),
    "check.tried_signal": ("signal a process", "向进程发送信号"),
    "check.tried_thread": ("start a thread", "启动线程"),
    "check.attempts": ("Attempts to do what the confinement forbids:", "以下提交曾试图进行隔离环境所禁止的操作："),
    "check.exercise_rate": (
        "{exercise}: {accepted} of {total:# person|# people} accepted",
        "{exercise}：{total} 人提交，{accepted} 人通过",
    ),
    "check.common_mistakes": ("Most common known mistakes:", "最常见的错误："),
    "check.common_mistake": ("{number} × {exercise}: {hint}", "{number} × {exercise}：{hint}"),
    "check.rule_best": (
        "If a person has several files for one exercise, the best one counts: “best of 2”.",
        "同一人对同一道题提交多份文件时，以最好的一份为准：“2 份取优”。",
    ),
    "check.rule_percent": ("A % is the share of cases passed; it is not a grade.", "% 指通过用例的比例，并非成绩。"),
    "check.exercises_summary": (
        "{total:# exercise|# exercises} handed in, {accepted} accepted.",
        "提交的编程题：{total} 份；通过：{accepted} 份。",
    ),
    "check.skipped": ("Left out: {parts}.", "未计入：{parts}。"),
    "check.skipped_environments": ("{count:# environment|# environments}", "{count} 个虚拟环境"),
    "check.skipped_caches": ("{count:# cache|# caches}", "{count} 个缓存文件夹"),
    "check.skipped_tests": ("{count:# test file|# test files}", "{count} 个测试文件"),
    "check.skipped_hidden": ("{count:# hidden file or folder|# hidden files or folders}", "{count} 个隐藏项"),
    "check.skipped_helpers": ("{count:# helper file|# helper files}", "{count} 个辅助文件"),
    "check.skipped_others": ("{count:# other file|# other files} ({names})", "{count} 个其他文件（{names}）"),
    "check.column_notes": ("notes", "备注"),
    "check.option_fresh": (
        "Draw new cases from a secret seed, which is printed at the end; the default for several files.",
        "用保密的随机种子生成新用例，事后公布；评判多份文件时默认启用。",
    ),
    "check.option_seed": ("Draw the cases from this seed, printed by an earlier run.", "用此前公布的种子生成用例。"),
    "check.option_allow_weaker": (
        "Run code by others even if a layer of confinement is missing.",
        "即使缺少隔离层，也运行他人的代码。",
    ),
    "check.option_watch": (
        "Check again whenever the file is saved; r checks now, q quits.",
        "文件保存后自动重新评判；按 r 立即评判，按 q 退出。",
    ),
    "check.watching": ("Watching {path}. r checks now, q quits.", "正在监视 {path}。按 r 立即评判，按 q 退出。"),
    "check.watch_gone": (
        "{path} has disappeared. It will be checked when it is back; q quits.",
        "{path} 已不存在。文件恢复后将自动评判；按 q 退出。",
    ),
    "check.watch_terminal": (
        "--watch needs a terminal: it waits for saves and keys.",
        "--watch 需要终端：它会等待文件保存与按键。",
    ),
    "check.watch_one": ("--watch takes one file.", "--watch 只能用于一个文件。"),
    "check.format_unknown": (
        "--format takes text, json, junit or csv, not “{name}”.",
        "--format 可取 text、json、junit 或 csv，不能是“{name}”。",
    ),
    "check.json_and_junit": (
        "--json and --format {form} ask for different formats of the same report; use only one.",
        "--json 与 --format {form} 要求同一报告的两种格式，请只用其一。",
    ),
    "check.no_submissions": (
        "There is no Python file and no notebook in {paths}.",
        "{paths} 中没有 Python 文件或笔记本。",
    ),
    "check.checking": ("Checking {file} …", "正在评判 {file} ……"),
    "check.watch_turn": ("── {time} · check {number}", "── {time} · 第 {number} 次评判"),
    "check.progress": ("graded {done} of {total}", "已评判 {done}/{total}"),
    "check.many_summary": (
        "{accepted} of {total:# person|# people} accepted.",
        "{total} 人中有 {accepted} 人全部通过。",
    ),
    "check.column_person": ("person", "提交者"),
    "check.seed_was": (
        "The cases were drawn from seed {seed}. To reproduce them: --seed {seed}",
        "用例由随机种子 {seed} 生成。如需重现：--seed {seed}",
    ),
    "check.judge_bug": (
        (
            "llmprep itself failed on this file ({what}): this is a bug in llmprep. Check the file on its own to save "
            "the details."
        ),
        "llmprep 在处理此文件时自身出错（{what}），这是我们的缺陷。单独检查该文件会保存详细信息。",
    ),
    "check.judge_failed": (
        "The exercise's own code failed in {file}, line {line}: {message}",
        "编程题自身的代码出错（{file} 第 {line} 行）：{message}",
    ),
    "check.judge_invalid": (
        "The bank is invalid: {file}, line {line}. To see the problem: llmprep validate {file}",
        "题库无效（{file} 第 {line} 行）。查看具体问题：llmprep validate {file}",
    ),
}
