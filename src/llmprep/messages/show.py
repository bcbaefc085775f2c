"""Messages of `llmprep show`."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "show.help": (
        (
            "Show an item: the prompt and, with --answer, the answer.\n\n"
            "Example: llmprep show compression/affine-quantize"
        ),
        ("显示一个条目的题目；加 --answer 时同时显示答案。\n\n示例：llmprep show compression/affine-quantize"),
    ),
    "show.option_answer": (
        "Show the answer too; for an exercise, the reference solution and the explanation.",
        "同时显示答案；编程题则显示参考解答与解析。",
    ),
    "show.answer_hint": (
        "Answer: llmprep show {id} --answer{options}",
        "查看答案：llmprep show {id} --answer{options}",
    ),
    "show.start_hint": ("Begin: llmprep start {id}{options}", "开始作答：llmprep start {id}{options}"),
    "show.hint_hint": ("Hint: llmprep hint {id}{options}", "查看提示：llmprep hint {id}{options}"),
    "show.reference_hint": (
        "Reference solution: llmprep show {id} --answer{options}",
        "参考解答：llmprep show {id} --answer{options}",
    ),
}
