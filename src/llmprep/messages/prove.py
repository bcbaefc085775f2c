"""Messages of proving a suite: what it falls short of, and the remedy."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "prove.option_deep": (
        (
            "Also prove each exercise's suite: it must refuse the known mistakes, mutants of the reference and "
            "impostors. Run the code blocks of questions that need only numpy (10 seconds each), and check that each "
            "question's answer covers its own key points."
        ),
        (
            "同时验证每道编程题的用例：必须拒绝已知的错误解答、参考解答的变异体与冒充解答；运行问答题中只需 numpy 的代"
            "码块，每块限 10 秒；并检查每道问答题的参考答案是否答到了自己的要点。"
        ),
    ),
    "prove.proving": ("Proving suites: {done} of {total:# file|# files}", "正在验证用例：{done}/{total} 个文件"),
    "prove.line": (
        "{item}: {killed} of {total:# mutant|# mutants} refused ({rate:.1%}), {impostors:# impostor|# impostors} tried",
        "{item}：{total} 个变异体中拒绝了 {killed} 个（{rate:.1%}），尝试了 {impostors} 个冒充解答",
    ),
    "prove.margin": (
        "The smallest miss of any wrong solution is {times:.3g} times the tolerance: {name}.",
        "所有错误解答中，{name} 的偏差最小：容差的 {times:.3g} 倍。",
    ),
    "prove.reference_differs": (
        (
            "case {case} ({group}): the reference returns {got}, but {expected} is expected. {findings} Correct the "
            "one that is wrong; kind, dtype and shape count too"
        ),
        (
            "第 {case} 个用例（{group}）：参考解答返回 {got}，而期望值为 {expected}。{findings}请改正有误的一方：类型"
            "、dtype 与形状也要一致"
        ),
    ),
    "prove.reference_raises": (
        "case {case} ({group}): the reference raises {got}, but {expected} is expected. Correct the one that is wrong",
        "第 {case} 个用例（{group}）：参考解答抛出 {got}，而应为 {expected}。请改正有误的一方",
    ),
    "prove.reference_raises_nothing": (
        (
            "case {case} ({group}): the reference returns {got}, but should raise {expected}. Correct the one that is "
            "wrong"
        ),
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
        "the reference does not finish its own suite. {findings}",
        "参考解答未能运行完自己的用例。{findings}",
    ),
    "prove.not_mutable": (
        (
            "the reference cannot be mutated, because Python cannot unparse it: {reason}. Move the expression out of "
            "the f-string to a line of its own"
        ),
        "无法生成参考解答的变异体，因为 Python 无法还原出其源代码：{reason}。请把 f-string 内的表达式移到单独一行",
    ),
    "prove.block_failed": (
        "the code block fails here, at `{code}`: {message}",
        "代码块在此处（`{code}`）运行失败：{message}",
    ),
    "prove.block_failed_printing": (
        "the code block fails here, at `{code}`: {message}. Its last output: {printed}",
        "代码块在此处（`{code}`）运行失败：{message}。最后的输出：{printed}",
    ),
    "prove.block_leaves": (
        "the code block exits here, at `{code}`, before its end, so the rest is not run. Remove the exit",
        "代码块在此处（`{code}`）提前退出，其后的代码没有运行：请去掉这处退出",
    ),
    "prove.block_leaves_printing": (
        (
            "the code block exits here, at `{code}`, before its end, so the rest is not run. Remove the exit. Its "
            "last output: {printed}"
        ),
        "代码块在此处（`{code}`）提前退出，其后的代码没有运行：请去掉这处退出。最后的输出：{printed}",
    ),
    "prove.block_too_slow": (
        "the code block takes more than {seconds} seconds: make its example smaller",
        "代码块运行超过 {seconds} 秒：请缩小示例",
    ),
    "prove.block_too_slow_printing": (
        "the code block takes more than {seconds} seconds: make its example smaller. Its last output: {printed}",
        "代码块运行超过 {seconds} 秒：请缩小示例。最后的输出：{printed}",
    ),
    "prove.block_ended": (
        "the code block stops early ({reason}): run it on its own to see why",
        "代码块未能运行完（{reason}）：请单独运行以查明原因",
    ),
    "prove.block_ended_printing": (
        "the code block stops early ({reason}): run it on its own to see why. Its last output: {printed}",
        "代码块未能运行完（{reason}）：请单独运行以查明原因。最后的输出：{printed}",
    ),
    "prove.not_run": (
        "Not run: {parts}. Run them with --deep (code blocks only if numpy is all they need).",
        "未运行：{parts}。加 --deep 可运行（代码块仅限只依赖 numpy 的）。",
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
        "Not run because the bank has problems: {parts}. Fix the problems first.",
        "题库有问题，因此未运行：{parts}。请先改正。",
    ),
    "prove.blocks_run": ("{count:# code block|# code blocks} run.", "已运行 {count} 个代码块。"),
    "prove.block_not_run": (
        "Not run: {count:# code block|# code blocks} of {item}, which {count:needs|need} {packages}.",
        "未运行：{item} 的 {count} 个代码块，需要 {packages}。",
    ),
    "prove.unrepeatable": (
        (
            "The generator yields different cases the second time, from the same seed. Draw everything from rng, such "
            "as rng.normal(), and nothing from elsewhere (np.random.normal, random, the time)."
        ),
        (
            "种子相同，生成器第二次给出的用例却不同。请一律用 rng 抽样（如 rng.normal()），不要用别的来源（"
            "np.random.normal、random、当前时间）。"
        ),
    ),
    "prove.starter_accepted": (
        "The starter is accepted unchanged. It must fail: add a case that an empty solution does not pass.",
        "起始代码未作修改即通过。它必须不通过：请添加一个空白解答无法通过的用例。",
    ),
    "prove.mistake_accepted": (
        "The mistake {name} is accepted. Add a case that it fails.",
        "错误解答 {name} 通过了。请添加一个它会答错的用例。",
    ),
    "prove.mistake_misnamed": (
        "The mistake {name} is reported as {other}. Add a case on which the two differ.",
        "错误解答 {name} 被识别为 {other}。请添加一个能区分两者的用例。",
    ),
    "prove.mistake_unnamed": (
        "The mistake {name} is also explained by {others}, so none of these is named. Add a case on which they differ.",
        "错误解答 {name} 的结果也可由 {others} 解释，因此都不会被识别。请添加一个能区分它们的用例。",
    ),
    "prove.mistake_uncertain": (
        (
            "The mistake {name} is not named because no case identifies it with certainty. Add a case that only this "
            "mistake gets wrong in this way."
        ),
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
        "There is no mutant “{name}”. Copy its description as this command prints it, or delete the entry.",
        "不存在变异体“{name}”。请照抄本命令打印的描述，或删去该项。",
    ),
    "prove.survivor_killed": (
        "The mutant “{name}” no longer passes. Delete it from survivors.",
        "变异体“{name}”已无法通过。请将其从 survivors 中删去。",
    ),
    "prove.narrow_margin": (
        (
            "{name} misses by only {times:.3g} times the tolerance. Tighten the tolerance, or add a case that "
            "separates the two more clearly."
        ),
        "{name} 的误差仅为容差的 {times:.3g} 倍。请收紧容差，或添加区分更明显的用例。",
    ),
    "prove.variant_refused": (
        "A correct solution is refused: {name}. Widen the tolerance, or make the prompt clearer.",
        "正确的解答被拒绝：{name}。请放宽容差，或把题目说清楚。",
    ),
    "prove.efficiency_narrow": (
        (
            "The efficiency of {name} is {figure:.2g}, too close to the limit of {limit:g} to give the same verdict "
            "on every machine. Use larger cases, or another limit."
        ),
        "{name} 的效率指标为 {figure:.2g}，与上限 {limit:g} 太接近，换一台机器结论可能不同。请加大用例或改动上限。",
    ),
    "prove.variant_near": (
        "A correct solution is close to being refused: {name} uses {times:.0%} of the tolerance. Widen it.",
        "正确的解答险些被拒绝：{name} 已用去容差的 {times:.0%}。请放宽容差。",
    ),
    "prove.key_point_missed": (
        (
            "The model answer ({language}) contains none of the phrases of {name}: {phrases}. Say it in the answer, "
            "or add the phrase that the answer uses."
        ),
        "参考答案（{language}）中找不到要点 {name} 的任何短语：{phrases}。请在答案中说出来，或补上答案所用的说法。",
    ),
    "prove.key_point_unmarked": (
        "{name} has no phrase to match ({language}): add one under match.",
        "要点 {name} 没有可供查找的短语（{language}）：请在 match 下补上。",
    ),
}
