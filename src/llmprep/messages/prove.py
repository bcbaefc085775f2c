"""Messages of proving a suite: what it falls short of, and the remedy."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "prove.option_deep": (
        "Also prove each exercise's suite: run its mistakes, mutants of its reference and impostors, all of which it "
        "must refuse; and hold each question's answer to its own key points.",
        "同时验证每道编程题的用例：运行其错误解答、参考解答的变异体与冒充解答，"
        "它们都必须被拒绝；并检查每道问答题的参考答案是否答到了自己的要点。",
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
    "prove.reference_refused": (
        "The reference fails its own suite, at case {case} ({group}). Where that case is worked by hand, look at its "
        "expect: kind, dtype and shape count too. `llmprep check` on a file that holds the reference gives the report.",
        "参考解答未通过自己的用例：第 {case} 个（{group}）。若该用例是手算的，请检查其 expect："
        "类型、dtype 与形状也要一致。把参考解答存成文件并运行 `llmprep check` 可看到报告。",
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
    "prove.pace_narrow": (
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
