"""Messages of proving a suite: what it falls short of, and the remedy."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "prove.option_deep": (
        "Also prove each exercise's suite: run its mistakes, mutants of its reference and impostors, all of which it "
        "must refuse; run the code blocks of questions that need only numpy, 10 seconds each; and hold each question's "
        "answer to its own key points.",
        "同时验证每道编程题的用例：运行其错误解答、参考解答的变异体与冒充解答，它们都必须被拒绝；"
        "运行问答题中只需 numpy 的代码块，每块限 10 秒；并检查每道问答题的参考答案是否答到了自己的要点。",
    ),
    "prove.proving": ("Proving suites: {done} of {total} files", "正在验证用例：{done}/{total} 个文件"),
    "prove.line": (
        "{item}: {killed} of {total} mutants refused ({rate:.1%}), impostors tried: {impostors}",
        "{item}：{total} 个变异体中拒绝了 {killed} 个（{rate:.1%}），试过的冒充解答：{impostors}",
    ),
    "prove.margin": (
        "Of everything wrong, {name} misses by least: {times:.3g} times the tolerance.",
        "所有错误解答中，{name} 的偏差最小：容差的 {times:.3g} 倍。",
    ),
    "prove.reference_differs": (
        "case {case} ({group}): the reference gives {got}, where {expected} is expected. {findings} Correct whichever "
        "is wrong: kind, dtype and shape count too",
        "第 {case} 个用例（{group}）：参考解答得出 {got}，而应为 {expected}。{findings}请改正有误的一方："
        "类型、dtype 与形状也要一致",
    ),
    "prove.reference_raises": (
        "case {case} ({group}): the reference raises {got}, where {expected} is expected. Correct whichever is wrong",
        "第 {case} 个用例（{group}）：参考解答抛出 {got}，而应为 {expected}。请改正有误的一方",
    ),
    "prove.reference_raises_nothing": (
        "case {case} ({group}): the reference gives {got}, where it should raise {expected}. Correct whichever "
        "is wrong",
        "第 {case} 个用例（{group}）：参考解答得出 {got}，而应抛出 {expected}。请改正有误的一方",
    ),
    "prove.reference_fails": (
        "case {case} ({group}): the reference fails this case. {findings}",
        "第 {case} 个用例（{group}）：参考解答未通过此用例。{findings}",
    ),
    "prove.reference_fails_more": (
        "the reference fails {count:# more case|# more cases}",
        "参考解答另有 {count} 个用例未通过",
    ),
    "prove.reference_stops": (
        "the reference does not come to the end of its own suite. {findings}",
        "参考解答未能运行完自己的用例。{findings}",
    ),
    "prove.not_mutable": (
        "mutants of the reference cannot be made, since Python cannot write it out again: {reason}. Move what is "
        "inside the f-string to a line of its own",
        "无法生成参考解答的变异体，因为 Python 无法重新写出其代码：{reason}。请把 f-string 内的内容移到单独一行",
    ),
    "prove.block_failed": (
        "the code block fails here, at `{code}`: {message}",
        "代码块在此处（`{code}`）运行失败：{message}",
    ),
    "prove.block_failed_printing": (
        "the code block fails here, at `{code}`: {message}. It printed last: {printed}",
        "代码块在此处（`{code}`）运行失败：{message}。最后的输出：{printed}",
    ),
    "prove.block_leaves": (
        "the code block leaves here, at `{code}`, before its end: what follows is not run. Take the exit out",
        "代码块在此处（`{code}`）提前退出，其后的代码没有运行：请去掉这处退出",
    ),
    "prove.block_leaves_printing": (
        "the code block leaves here, at `{code}`, before its end: what follows is not run. Take the exit out. It "
        "printed last: {printed}",
        "代码块在此处（`{code}`）提前退出，其后的代码没有运行：请去掉这处退出。最后的输出：{printed}",
    ),
    "prove.block_too_slow": (
        "the code block takes more than {seconds} seconds: make its example smaller",
        "代码块运行超过 {seconds} 秒：请缩小示例",
    ),
    "prove.block_too_slow_printing": (
        "the code block takes more than {seconds} seconds: make its example smaller. It printed last: {printed}",
        "代码块运行超过 {seconds} 秒：请缩小示例。最后的输出：{printed}",
    ),
    "prove.block_ended": (
        "the code block does not come to its end ({reason}): run it by itself to see why",
        "代码块未能运行完（{reason}）：请单独运行以查明原因",
    ),
    "prove.block_ended_printing": (
        "the code block does not come to its end ({reason}): run it by itself to see why. It printed last: {printed}",
        "代码块未能运行完（{reason}）：请单独运行以查明原因。最后的输出：{printed}",
    ),
    "prove.not_run": (
        "Not run: {parts}. --deep runs them, code blocks as far as they need only numpy.",
        "未运行：{parts}。用 --deep 可运行（代码块仅限只需 numpy 的）。",
    ),
    "prove.not_run_suites": (
        "the reference and cases of {count:# exercise|# exercises}",
        "{count} 道编程题的参考解答与用例",
    ),
    "prove.not_run_blocks": (
        "the code blocks of {count:# question|# questions}",
        "{count} 道问答题的代码块",
    ),
    "prove.not_run_after_problems": (
        "Not run, since the bank has problems: {parts}. Mend these first.",
        "题库有问题，因此未运行：{parts}。请先改正。",
    ),
    "prove.blocks_run": (
        "Code blocks run: {count}.",
        "已运行的代码块：{count}。",
    ),
    "prove.block_not_run": (
        "Not run: {count:# code block|# code blocks} of {item}, for want of {packages}.",
        "未运行：{item} 的 {count} 个代码块，需要 {packages}。",
    ),
    "prove.unrepeatable": (
        "The generator yields other cases the second time, from the same seed. Draw everything from rng, such as "
        "rng.normal(), and from nothing else (np.random.normal, random, the time).",
        "种子相同，生成器第二次给出的用例却不同。请一律用 rng 抽样（如 rng.normal()），"
        "不要用别的来源（np.random.normal、random、当前时间）。",
    ),
    "prove.starter_accepted": (
        "The starter is accepted as it is. It must fail: add a case that a blank solution does not pass.",
        "起始代码未作修改即通过。它必须不通过：请添加空白解答无法通过的用例。",
    ),
    "prove.mistake_accepted": (
        "The mistake {name} is accepted. Add a case whose output it gets wrong.",
        "错误解答 {name} 通过了。请添加一个它会答错的用例。",
    ),
    "prove.mistake_misnamed": (
        "The mistake {name} is named {other}. Add a case on which the two differ.",
        "错误解答 {name} 被识别为 {other}。请添加一个能区分两者的用例。",
    ),
    "prove.mistake_unnamed": (
        "The mistake {name} is also explained by {others}, so none of these is named. Add a case on which they differ.",
        "错误解答 {name} 的结果也可由 {others} 解释，因此都不会被识别。请添加一个能区分它们的用例。",
    ),
    "prove.mistake_uncertain": (
        "The mistake {name} is not named, since no case shows it for certain. Add a case that only this mistake gets "
        "wrong in this way.",
        "错误解答 {name} 未被识别，因为没有用例能确定是它。请添加一个只有它才会这样答错的用例。",
    ),
    "prove.impostor_accepted": (
        "An impostor is accepted: {name}. Add a case that it cannot pass.",
        "冒充的解答通过了：{name}。请添加一个它无法通过的用例。",
    ),
    "prove.survivor": (
        "A mutant passes: {name}. Add a case that it fails, or, if it is equivalent, list it under survivors with the "
        "reason.",
        "有变异体通过：{name}。请添加它无法通过的用例；若它与参考解答等价，请列入 survivors 并说明理由。",
    ),
    "prove.no_such_mutant": (
        "There is no mutant “{name}”. Copy its description as this command prints it, or take it out.",
        "不存在变异体“{name}”。请照抄本命令打印的描述，或将其删去。",
    ),
    "prove.survivor_killed": (
        "The mutant “{name}” does not pass any more. Take it out of survivors.",
        "变异体“{name}”已无法通过。请将其从 survivors 中删去。",
    ),
    "prove.narrow_margin": (
        "{name} misses by only {times:.3g} times the tolerance. Make the tolerance tighter, or add a case that shows "
        "it more clearly.",
        "{name} 的误差仅为容差的 {times:.3g} 倍。请收紧容差，或添加差别更明显的用例。",
    ),
    "prove.variant_refused": (
        "A right solution is refused: {name}. Make the tolerance wider, or the prompt plainer.",
        "正确的解答被拒绝：{name}。请放宽容差，或把题目说清楚。",
    ),
    "prove.efficiency_narrow": (
        "The pace of {name} is {figure:.2g}, too near the limit of {limit:g} to be told apart on every machine. Take "
        "larger cases, or another limit.",
        "{name} 的速度指标为 {figure:.2g}，与上限 {limit:g} 太接近，换一台机器可能结论不同。请加大用例或改动上限。",
    ),
    "prove.variant_near": (
        "A right solution comes near to being refused: {name} takes up {times:.0%} of the tolerance. Make it wider.",
        "正确的解答险些被拒绝：{name} 已用去容差的 {times:.0%}。请放宽容差。",
    ),
    "prove.key_point_missed": (
        "The model answer ({language}) holds none of the phrases of {name}: {phrases}. Say it in the answer, or add "
        "the words that the answer uses.",
        "参考答案（{language}）中找不到要点 {name} 的任何短语：{phrases}。请在答案中说出来，或补上答案所用的说法。",
    ),
    "prove.key_point_unmarked": (
        "{name} has no phrase to look for ({language}): add one under match.",
        "要点 {name} 没有可供查找的短语（{language}）：请在 match 下补上。",
    ),
}
