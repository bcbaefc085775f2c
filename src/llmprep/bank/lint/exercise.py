"""Rules for exercises: a runnable suite and distinguishable mistakes."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from typing import TYPE_CHECKING

from llmprep.bank.lint.code import defines, functions, lint_code, lint_expression
from llmprep.model import Group

if TYPE_CHECKING:
    from llmprep.bank.lint.node import Node

MISTAKES = 3
MANY = 1000


def lint_exercise(item: Node) -> None:
    """Record the problems of an exercise."""
    entry = item.at("entry")
    is_name = entry.text.isidentifier() and not keyword.iskeyword(entry.text)
    if entry.text and not is_name:
        entry.refuse("bank.bad_entry", name=entry.text)
    _submissions(item, entry.text if is_name else "")
    _mistakes(item.at("mistakes"))
    _cases(item.at("cases"))
    _check(item)
    _tolerance(item.at("tolerance"))
    _efficiency(item)


def _submissions(item: Node, entry: str) -> None:
    """Require the starter, the reference and every mistake, all of them submissions, to define the entry."""
    for code in (item.at("starter"), item.at("reference"), *(each.at("code") for each in item.at("mistakes").each())):
        tree = lint_code(code)
        if tree is not None and entry and not defines(tree, entry):
            code.refuse("bank.no_entry", name=entry)
    helpers = item.at("helpers")
    tree = lint_code(helpers)
    if tree is not None and entry and defines(tree, entry):
        helpers.refuse("bank.helpers_define_entry", name=entry)


def _mistakes(mistakes: Node) -> None:
    mistakes.want_count(MISTAKES, MANY, "bank.too_few_mistakes")
    mistakes.want_ids()


def _cases(cases: Node) -> None:
    by_hand = False
    for case in cases.each():
        inputs, expect, raises, generate = (case.at(name) for name in ("inputs", "expect", "raises", "generate"))
        _tolerance(case.at("tolerance"))
        if not isinstance(case.value, dict):
            continue
        if generate.given:
            if inputs.given or expect.given or raises.given:
                case.refuse("bank.case_both")
            _generate(generate)
        elif not inputs.given or expect.given == raises.given:
            case.refuse("bank.case_neither")
        _literal(inputs, expect, raises)
        by_hand = by_hand or (case.at("group").value == Group.EXAMPLE and inputs.given and expect.given)
    if isinstance(cases.value, list) and not by_hand:
        cases.refuse("bank.no_example")


def _literal(inputs: Node, expect: Node, raises: Node) -> None:
    call = lint_expression(inputs)
    if call is not None and not (
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("args", "script")
    ):
        inputs.refuse("bank.inputs_no_call")
    lint_expression(expect)
    error = getattr(builtins, raises.text, None) if raises.text else Exception
    if not (isinstance(error, type) and issubclass(error, Exception)):
        raises.refuse("bank.no_exception", name=raises.text)


def _generate(generate: Node) -> None:
    tree = lint_code(generate)
    if tree is None:
        return
    function = functions(tree).get("generate")
    if function is None or [argument.arg for argument in function.args.args] != ["rng"]:
        generate.refuse("bank.no_generate")


def _check(item: Node) -> None:
    """Require each function of `check` to be named after a group; helpers begin with an underscore."""
    check, cases = item.at("check"), item.at("cases").each()
    groups = {case.at("group").text for case in cases}
    tree = lint_code(check)
    judged = functions(tree) if tree is not None else {}
    for name, function in judged.items():
        if not name.startswith("_") and name not in groups:
            check.refuse("bank.check_no_group", offset=function.lineno - 1, name=name, groups=sorted(groups))
    if tree is not None and not groups & judged.keys():
        check.refuse("bank.check_nothing")
    if check.given and tree is None:
        return
    for case in cases:
        if case.at("form").value == "free" and case.at("group").text not in judged:
            case.at("form").refuse("bank.free_unjudged", name=case.at("group").text)


def _tolerance(tolerance: Node) -> None:
    for part in (tolerance.at("rtol"), tolerance.at("atol")):
        if part.number is not None and not 0 <= part.number < 1:
            part.refuse("bank.out_of_range", value=part.value, least=0, most="1.0")


def _efficiency(item: Node) -> None:
    efficiency = item.at("efficiency")
    timed = any(case.at("group").value == Group.EFFICIENCY for case in item.at("cases").each())
    if timed and not efficiency.given:
        item.refuse("bank.efficiency_missing")
    if not isinstance(efficiency.value, dict):
        return
    ratio, growth, sizes = (efficiency.at(name) for name in ("ratio", "growth", "sizes"))
    if not timed:
        efficiency.refuse("bank.efficiency_no_cases")
    if re.search(r"^def efficiency\(", str(item.at("check").value or ""), re.MULTILINE):
        item.at("check").refuse("bank.efficiency_checked")
    if not ratio.given and not growth.given:
        efficiency.refuse("bank.efficiency_empty")
    for bound in (ratio, growth):
        if bound.number is not None and bound.number <= 0:
            bound.refuse("bank.not_positive", value=bound.value)
    numbers = [size.number or 0 for size in sizes.each()]
    rising = len(numbers) > 1 and numbers[0] > 0 and numbers == sorted(set(numbers))
    if growth.given != sizes.given or (sizes.given and not rising):
        (sizes if sizes.given else efficiency).refuse("bank.efficiency_sizes")
    elif growth.given and not ratio.given:
        growth.refuse("bank.efficiency_growth_alone")
