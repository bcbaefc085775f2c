"""Messages of `quiz`."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Help.
    "quiz.help": (
        "Practise questions in a session.\n\n"
        "You think or type an answer, see the model answer, tick the key points you made and rate yourself; choices "
        "are marked for you. New questions come first, then those that are longest overdue. Every answer is saved at "
        "once: leave at any point, and the next run with the same options continues from there.",
        "分组练习问答。\n\n"
        "先思考或输入答案，再对照参考答案，勾选答到的要点并自评；选择题自动判分。未见过的题目优先，其次是到期最久的题目。"
        "每次作答立即保存：可随时退出，下次以相同选项运行时从中断处继续。",
    ),
    "quiz.epilog": (
        "Examples: llmprep quiz --topic compression · llmprep quiz --mode choice --count 5 · "
        "llmprep quiz --answers answers.jsonl --json\n\n"
        "Answers (--answers): JSON Lines, one object per answer, in the session's order or for the “item” it names; an "
        "item that was not drawn is added to the session.\n\n"
        'In recall: {{"answer": "what you say"}} with “rating” (again, hard, good, easy, or 1–4) and '
        "“key_points” (a list of ids), both optional; what is missing is suggested from the answer’s words.\n\n"
        'A choice: {{"choice": "b"}}, the letter shown (--seed repeats the order), or {{"option": 0}}, the option’s '
        "number in the bank, counted from 0.\n\n"
        'Either: {{"skip": true}}, and “item”: {{"item": "compression/methods", "answer": "…"}}.\n\n'
        "--json prints JSON Lines: a “question” before each answer is read, a “review” once it is saved (or “skip”), "
        "and a “summary”.",
        "示例：llmprep quiz --topic compression · llmprep quiz --mode choice --count 5 · "
        "llmprep quiz --answers answers.jsonl --json\n\n"
        "作答文件（--answers）：JSON Lines 格式，每行一个对象，按本组顺序作答，或用 item 指定题目；"
        "未抽到的题目会加入本组。\n\n"
        '回忆题：{{"answer": "回答内容"}}，可附 rating（again、hard、good、easy 或 1–4）与 key_points（要点 id 列表）；'
        "未给出的部分按回答中的词语推断。\n\n"
        '选择题：{{"choice": "b"}}，即所显示的字母（--seed 可重现选项顺序）；'
        '或 {{"option": 0}}，即选项在题库中的序号，从 0 起。\n\n'
        '两者皆可：{{"skip": true}} 跳过；或加 item：{{"item": "compression/methods", "answer": "……"}}。\n\n'
        "--json 输出 JSON Lines：读取每个作答之前为 question，保存之后为 review（跳过则为 skip），最后为 summary。",
    ),
    "quiz.option_mode": (
        "recall: answer in your own words (the default); choice: pick an option; mixed: both.",
        "recall：用自己的话作答（默认）；choice：选择题；mixed：两者混合。",
    ),
    "quiz.option_count": ("The most questions to ask (default: 10).", "最多几道题（默认 10）。"),
    "quiz.option_new": (
        "Begin a new session instead of resuming the unfinished one; the latter is given up.",
        "不再继续未完成的一组，另开新的一组。",
    ),
    "quiz.option_answers": (
        "Read answers from a file of JSON Lines; - reads them from standard input, line by line.",
        "预先写好的作答文件（JSON Lines）；- 表示从标准输入逐行读取。",
    ),
    "quiz.option_no_input": ("Never wait for input from the terminal.", "从不等待终端输入。"),
    "quiz.option_seed": (
        "Draw questions, choices and the order of options by this number, the same each time.",
        "用该数字重现题目、选择题与选项顺序的抽取结果。",
    ),
    "quiz.option_now": (
        "Use this as the current time, such as 2026-03-01T09:00 (local unless it names a zone; a date alone means its "
        "midnight).",
        "以此作为当前时间，例如 2026-03-01T09:00（未注明时区则为本地时间；只写日期即当天零点）。",
    ),
    # What cannot be done as asked.
    "quiz.mode_unknown": (
        "--mode takes recall, choice or mixed, not “{name}”.",
        "--mode 可取 recall、choice 或 mixed，不能是“{name}”。",
    ),
    "quiz.not_a_number": ("{option} takes a whole number, not “{value}”.", "{option} 需要整数，不能是“{value}”。"),
    "quiz.count_too_small": ("--count takes 1 or more, not {value}.", "--count 至少为 1，不能是 {value}。"),
    "quiz.not_a_moment": (
        "--now takes a date and time such as 2026-03-01T09:00, not “{value}”.",
        "--now 需要日期时间，例如 2026-03-01T09:00，不能是“{value}”。",
    ),
    "quiz.moment_out_of_range": (
        "--now takes a time from the year {first} to the year {last}, not “{value}”: reviews cannot be scheduled from "
        "any other, and answers keep that time for good.",
        "--now 需要 {first} 年到 {last} 年之间的时间，不能是“{value}”：以其他时间无法安排复习，"
        "而作答会永久记下该时间。",
    ),
    "quiz.answered_elsewhere": (
        "{item} was answered meanwhile in this same session, in another window. That answer counts; this one was not "
        "saved.",
        "{item} 已在另一个窗口的同一组练习中作答。以那次作答为准，本次未保存。",
    ),
    "quiz.needs_answers": (
        "There is no terminal to ask in. Supply the answers: llmprep quiz --answers FILE (or - for standard input). "
        "llmprep quiz --help describes their format.",
        "没有可供问答的终端。请预先给出作答：llmprep quiz --answers FILE（- 表示标准输入）。"
        "格式见 llmprep quiz --help。",
    ),
    "quiz.no_input_needs_answers": (
        "--no-input needs --answers FILE (or - for standard input).",
        "--no-input 需要预先给出作答：请同时使用 --answers FILE（- 表示标准输入）。",
    ),
    "quiz.json_needs_answers": (
        "--json is for programs and does not ask in the terminal: add --answers FILE, or --answers - to answer each "
        "question as it comes.",
        "--json 供程序使用，不会向终端提问：请同时给出 --answers FILE，或用 --answers - 随问随答。",
    ),
    "quiz.no_questions_here": (
        "There are no questions yet in: {topics}. Topics that have some: {others}.",
        "以下主题尚无问答题：{topics}。有问答题的主题：{others}。",
    ),
    "quiz.no_questions": ("There are no questions in the bank {bank}.", "题库 {bank} 中没有问答题。"),
    "quiz.but_exercises": ("There are exercises, though: {command}", "但有编程题：{command}"),
    # A line of the answers.
    "quiz.line_not_text": (
        "{source}, line {line}: not text in UTF-8. Save it as UTF-8.",
        "{source} 第 {line} 行：不是 UTF-8 文本，请以 UTF-8 保存。",
    ),
    "quiz.line_not_json": (
        "{source}, line {line}, column {column}: not JSON ({reason}). Each line is one whole object, such as "
        '{{"answer": "…"}}.',
        '{source} 第 {line} 行第 {column} 列：不是 JSON（{reason}）。每行是一个完整对象，例如 {{"answer": "……"}}。',
    ),
    "quiz.line_too_deep": (
        "{source}, line {line}: nested too deeply. Each line is one object whose values are plain, such as "
        '{{"answer": "…"}}.',
        '{source} 第 {line} 行：嵌套过深。每行是一个对象，其值都是简单值，例如 {{"answer": "……"}}。',
    ),
    "quiz.line_not_object": (
        '{source}, line {line}: not an object. Write {{"answer": "…"}} or {{"choice": "b"}}.',
        '{source} 第 {line} 行：不是对象。请写成 {{"answer": "……"}} 或 {{"choice": "b"}}。',
    ),
    "quiz.line_unknown_field": (
        "{source}, line {line}: unknown field “{name}”.",
        "{source} 第 {line} 行：没有字段“{name}”。",
    ),
    "quiz.line_twice": (
        "{source}, line {line}: “{name}” appears twice; keep one.",
        "{source} 第 {line} 行：“{name}”出现两次，请只保留一个。",
    ),
    "quiz.line_kind_item": (
        "{source}, line {line}: “item” must be a name such as compression/methods, not {value}.",
        "{source} 第 {line} 行：item 应为 compression/methods 这样的名称，不能是 {value}。",
    ),
    "quiz.line_kind_answer": (
        "{source}, line {line}: “answer” must be a string, not {value}.",
        "{source} 第 {line} 行：answer 应为字符串，不能是 {value}。",
    ),
    "quiz.line_kind_key_points": (
        "{source}, line {line}: “key_points” must be a list of ids, not {value}.",
        "{source} 第 {line} 行：key_points 应为 id 列表，不能是 {value}。",
    ),
    "quiz.line_kind_choice": (
        '{source}, line {line}: “choice” must be a letter such as "b", not {value}.',
        '{source} 第 {line} 行：choice 应为字母，例如 "b"，不能是 {value}。',
    ),
    "quiz.line_kind_option": (
        "{source}, line {line}: “option” must be a whole number from 0, not {value}.",
        "{source} 第 {line} 行：option 应为从 0 起的整数，不能是 {value}。",
    ),
    "quiz.line_kind_skip": (
        "{source}, line {line}: “skip” must be true, not {value}.",
        "{source} 第 {line} 行：skip 只能是 true，不能是 {value}。",
    ),
    "quiz.line_skip_false": (
        "{source}, line {line}: “skip” must be true, or be left out.",
        "{source} 第 {line} 行：skip 只能是 true，否则请省略。",
    ),
    "quiz.line_rating": (
        "{source}, line {line}: “rating” must be again, hard, good, easy or 1–4, not {value}.",
        "{source} 第 {line} 行：rating 可取 again、hard、good、easy 或 1–4，不能是 {value}。",
    ),
    "quiz.line_mixed": (
        "{source}, line {line}: “{first}” and “{second}” cannot be combined. A choice is marked automatically.",
        "{source} 第 {line} 行：“{first}”与“{second}”不能同时使用。选择题会自动判分。",
    ),
    "quiz.line_nothing": (
        "{source}, line {line}: nothing to record. Give answer, key_points or rating; or choice or option; or skip.",
        "{source} 第 {line} 行：没有可记录的内容。请给出 answer、key_points 或 rating；或 choice、option；或 skip。",
    ),
    "quiz.line_not_asked": (
        "{source}, line {line}: this session does not ask {item}: it is not a question of these topics, or it has been "
        "answered or skipped already. llmprep list shows all items.",
        "{source} 第 {line} 行：本组不会问到 {item}：它不是这些主题中的问答题，或已作答、已跳过。"
        "可用 llmprep list 查看条目。",
    ),
    "quiz.line_exercise": (
        "{source}, line {line}: {item} is an exercise, and a quiz asks questions. Submit your solution with "
        "llmprep check.",
        "{source} 第 {line} 行：{item} 是编程题，而 quiz 只问问答题。请用 llmprep check 提交解答。",
    ),
    "quiz.line_wants_choice": (
        "{source}, line {line}: {item} is asked as a choice. Give “choice” or “option”, or use --mode recall.",
        "{source} 第 {line} 行：{item} 以选择题形式提问。请给出 choice 或 option，或改用 --mode recall。",
    ),
    "quiz.line_wants_answer": (
        "{source}, line {line}: {item} is asked in recall. Give “answer”, “key_points” or “rating”, "
        "or use --mode choice.",
        "{source} 第 {line} 行：{item} 以回忆形式提问。请给出 answer、key_points 或 rating，或改用 --mode choice。",
    ),
    "quiz.line_letter": (
        "{source}, line {line}: the options are a–{last}, not “{letter}”.",
        "{source} 第 {line} 行：选项为 a–{last}，不能是“{letter}”。",
    ),
    "quiz.line_option_range": (
        "{source}, line {line}: the options are numbered 0–{last}, not {option}.",
        "{source} 第 {line} 行：选项序号为 0–{last}，不能是 {option}。",
    ),
    "quiz.line_key_point": (
        "{source}, line {line}: {item} has no key point “{name}”.",
        "{source} 第 {line} 行：{item} 没有要点“{name}”。",
    ),
    # A session.
    "quiz.begun": (
        "A session of {count:# question|# questions}. Every answer is saved at once. ? for help, q to leave.",
        "本组共 {count} 题。每次作答立即保存。输入 ? 查看帮助，q 退出。",
    ),
    "quiz.resumed": (
        "Resuming the session of {begun}: {count:# question|# questions} left. {command} begins a new one. "
        "? for help, q to leave.",
        "继续 {begun} 开始的一组：还剩 {count} 题。{command} 可另开一组。输入 ? 查看帮助，q 退出。",
    ),
    "quiz.about_easy": ("{item} · easy · about {minutes} min", "{item} · 简单 · 约 {minutes} 分钟"),
    "quiz.about_medium": ("{item} · medium · about {minutes} min", "{item} · 中等 · 约 {minutes} 分钟"),
    "quiz.about_hard": ("{item} · hard · about {minutes} min", "{item} · 困难 · 约 {minutes} 分钟"),
    "quiz.think_or_type": (
        "Think, then press Enter. Or type your answer and end it with an empty line.",
        "想好后按回车；或输入答案，以空行结束。",
    ),
    "quiz.draft": ("You had typed:", "此前已输入："),
    "quiz.type_on": (
        "Go on typing and end with an empty line, or press Enter to leave it as it is.",
        "可继续输入，以空行结束；直接按回车则以此为准。",
    ),
    "quiz.answer": ("Answer", "参考答案"),
    "quiz.key_points": ("Key points (* essential)", "要点（* 为必答）"),
    "quiz.likely": (
        "The ticks are a guess from the words you used. Matching words prove nothing: correct the ticks.",
        "已按词语匹配预先勾选。匹配仅供参考，请自行更正。",
    ),
    "quiz.matched": ("your words: {words}", "匹配的词语：{words}"),
    "quiz.how_to_tick": (
        "Type numbers to tick or untick, such as 2 5. Enter goes on. t traps · f follow-ups · c code",
        "输入编号勾选或取消，例如 2 5；回车继续。t 常见误区 · f 追问 · c 代码",
    ),
    "quiz.ticked": ("Ticked: {numbers} ({made} of {count})", "已勾选：{numbers}（{count} 条中的 {made} 条）"),
    "quiz.no_such_tick": (
        "There is no key point {wrong}. Type numbers from 1 to {count}, or t, f, c, s, u, q; Enter goes on, ? shows "
        "help.",
        "没有要点 {wrong}。请输入 1 到 {count} 的编号，或 t、f、c、s、u、q；回车继续，? 查看说明。",
    ),
    "quiz.how_to_rate": (
        "How well did you know it? 1 again · 2 hard · 3 good · 4 easy",
        "掌握得如何？1 重来 · 2 困难 · 3 良好 · 4 轻松",
    ),
    "quiz.no_such_rating": ("Type 1, 2, 3 or 4.", "请输入 1、2、3 或 4。"),
    "quiz.no_such_letter": ("Type a letter from a to {last}.", "请输入 a 到 {last} 的字母。"),
    "quiz.prompt_ticks": ("ticks", "勾选"),
    "quiz.prompt_rating": ("rating", "自评"),
    "quiz.prompt_rating_suggested": ("rating [{rating}]", "自评 [{rating}]"),
    "quiz.prompt_choice": ("a–{last}", "a–{last}"),
    "quiz.how_to_go_on": (
        "Enter goes on. t traps · f follow-ups · c code · u undo",
        "回车继续。t 常见误区 · f 追问 · c 代码 · u 撤销",
    ),
    "quiz.how_to_retry": ("Enter tries again, q gives up.", "回车重试，q 放弃。"),
    "quiz.rating_again": ("again", "重来"),
    "quiz.rating_hard": ("hard", "困难"),
    "quiz.rating_good": ("good", "良好"),
    "quiz.rating_easy": ("easy", "轻松"),
    "quiz.right": ("{letter} is right.", "{letter} 正确。"),
    "quiz.wrong": ("{letter} is wrong; {right} is right.", "{letter} 错误，正确答案是 {right}。"),
    "quiz.saved_again": ("Saved: again.", "已保存：重来。"),
    "quiz.saved_hard": ("Saved: hard.", "已保存：困难。"),
    "quiz.saved_good": ("Saved: good.", "已保存：良好。"),
    "quiz.saved_easy": ("Saved: easy.", "已保存：轻松。"),
    "quiz.skipped": ("Skipped: {item}.", "已跳过：{item}。"),
    "quiz.undone_again": ("Undone: again for {item}.", "已撤销：{item} 的评定“重来”。"),
    "quiz.undone_hard": ("Undone: hard for {item}.", "已撤销：{item} 的评定“困难”。"),
    "quiz.undone_good": ("Undone: good for {item}.", "已撤销：{item} 的评定“良好”。"),
    "quiz.undone_easy": ("Undone: easy for {item}.", "已撤销：{item} 的评定“轻松”。"),
    "quiz.added": ("Added to the session: {item}.", "已加入本组：{item}。"),
    "quiz.nothing_to_undo": ("There is no rating to undo.", "没有可撤销的评定。"),
    # Commands that are refused.
    "quiz.planned": ("{key} ({name}) is not available in this version.", "当前版本尚不支持 {key}（{name}）。"),
    "quiz.action_hint": ("hint", "提示"),
    "quiz.action_bury": ("bury until tomorrow", "推迟到明天"),
    "quiz.action_suspend": ("suspend", "暂停"),
    "quiz.action_flag": ("flag", "标记"),
    "quiz.action_language": ("language", "切换语言"),
    "quiz.not_now": ("That is not possible here; ? shows what is.", "此处无法执行该操作；? 查看可用命令。"),
    # More of a question.
    "quiz.traps": ("Traps", "常见误区"),
    "quiz.follow_ups": ("Follow-ups", "追问"),
    "quiz.keys": (
        "At every prompt: ? this help · s skip the question · u undo the last rating · q or Ctrl-D leave · "
        "Ctrl-C interrupt.\n"
        "After the answer: t traps · f follow-ups · c code.\n"
        "Answers and what you have typed so far are saved; llmprep quiz with the same options goes on from there.",
        "任何提示处：? 本帮助 · s 跳过此题 · u 撤销上一次评定 · q 或 Ctrl-D 退出 · Ctrl-C 中断。\n"
        "看过参考答案后：t 常见误区 · f 追问 · c 代码。\n"
        "已作答与已输入的内容均已保存，下次以相同选项运行 llmprep quiz 时从此处继续。",
    ),
    # The end.
    "quiz.summary": ("Summary", "小结"),
    "quiz.answered": (
        "Answered {count} · skipped {skipped} · left {left}",
        "已答 {count} · 跳过 {skipped} · 剩余 {left}",
    ),
    "quiz.ratings": (
        "again {again} · hard {hard} · good {good} · easy {easy}",
        "重来 {again} · 困难 {hard} · 良好 {good} · 轻松 {easy}",
    ),
    "quiz.weak": ("Worth another look:", "值得再看一遍："),
    "quiz.next_steps": ("Next, in code:", "接下来动手写代码："),
    "quiz.resume_hint": (
        "llmprep quiz with the same options goes on from here.",
        "以相同选项运行 llmprep quiz 可从此处继续。",
    ),
}
