"""Messages of the diagnosis: what the outputs of failing cases have in common. `{at}` says where, or nothing."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Numbers that are none. `{since}` is empty where it is so from the first case.
    "diagnose.nan": (
        "{at}NaN{since} where numbers are expected: {count} of {total:# element|# elements}, first at {index}.",
        "{at}{since}应为数值处出现 NaN：{total} 个元素中有 {count} 个，首个在 {index}。",
    ),
    "diagnose.nan_large": (
        (
            "{at}NaN from large inputs{since}, first at {index}. {name} reaches {value:.4g} here; in every case up to "
            "{limit:.4g} the output was finite. Look for exp of a large number, inf − inf or inf / inf."
        ),
        (
            "{at}{since}输入较大时出现 NaN，首个在 {index}。此处 {name} 达到 {value:.4g}，而不超过 {limit:.4g} 的用例"
            "结果均有限。请检查对大数取 exp、inf − inf 或 inf / inf。"
        ),
    ),
    "diagnose.nan_zero": (
        (
            "{at}NaN from a zero{since}, first at {index}. {name} contains a zero here, but not in any case with "
            "finite output. Look for 0 / 0, 0 · inf or log of 0."
        ),
        (
            "{at}{since}输入含零时出现 NaN，首个在 {index}。此处 {name} 含有 0，而结果有限的用例都没有。请检查 0 / 0、"
            "0 · inf 或 log(0)。"
        ),
    ),
    "diagnose.inf": (
        "{at}Infinity{since} where numbers are expected: {count} of {total:# element|# elements}, first at {index}.",
        "{at}{since}应为数值处出现无穷大：{total} 个元素中有 {count} 个，首个在 {index}。",
    ),
    "diagnose.inf_large": (
        (
            "{at}Overflow{since}: infinity at {index}. {name} reaches {value:.4g} here; in every case up to "
            "{limit:.4g} the output was finite. Some intermediate value is too large for its type."
        ),
        (
            "{at}{since}上溢：{index} 处为无穷大。此处 {name} 达到 {value:.4g}，而不超过 {limit:.4g} 的用例结果均有限"
            "。某个中间结果超出了其类型的范围。"
        ),
    ),
    "diagnose.inf_zero": (
        (
            "{at}Infinity at {index}, from a zero{since}: {name} contains a zero here, but not in any case with "
            "finite output. Look for a division by it or its logarithm."
        ),
        (
            "{at}{since}{index} 处为无穷大，源于零：此处 {name} 含有 0，而结果有限的用例都没有。请检查除以它或对它取对"
            "数之处。"
        ),
    ),
    "diagnose.stray_nan": (
        (
            "{at}{what}{since}, first at {index}: {name} contains NaN here, but not in any case with finite output. A "
            "number is expected even so."
        ),
        "{at}{since}出现 {what}，首个在 {index}：此处 {name} 本身含有 NaN，而结果有限的用例都没有。此时仍应给出数值。",
    ),
    "diagnose.stray_inf": (
        (
            "{at}{what}{since}, first at {index}: {name} contains an infinity here, but not in any case with finite "
            "output. Look for inf − inf, inf / inf and 0 · inf."
        ),
        (
            "{at}{since}出现 {what}，首个在 {index}：此处 {name} 本身含有无穷大，而结果有限的用例都没有。请检查 inf − "
            "inf、inf / inf 与 0 · inf。"
        ),
    ),
    "diagnose.stray_empty": (
        (
            "{at}{what}{since}, first at {index}: {name} is empty here, but not in any case with finite output. Look "
            "for the mean of an empty array, or a division by its size."
        ),
        (
            "{at}{since}出现 {what}，首个在 {index}：此处 {name} 为空，而结果有限的用例都不为空。请检查对空数据取平均"
            "或除以个数之处。"
        ),
    ),
    "diagnose.stray_single": (
        (
            "{at}{what}{since}, first at {index}: {name} has a single element along axis {axis} here, but not in any "
            "case with finite output. Look for a division by n − 1."
        ),
        (
            "{at}{since}出现 {what}，首个在 {index}：此处 {name} 沿第 {axis} 轴只有一个元素，而结果有限的用例都不止一"
            "个。请检查除以 n − 1 之处。"
        ),
    ),
    "diagnose.stray_equal": (
        (
            "{at}{what}{since}, first at {index}: along axis {axis}, some values of {name} are all equal here, but "
            "not in any case with finite output. Look for a division by a spread, such as a variance, of zero."
        ),
        (
            "{at}{since}出现 {what}，首个在 {index}：此处 {name} 沿第 {axis} 轴有一组值全部相等，而结果有限的用例都没"
            "有。请检查除以方差等离散程度（此时为零）之处。"
        ),
    ),
    "diagnose.stray_negative": (
        (
            "{at}{what}{since}, first at {index}: {name} contains negative numbers here, but not in any case with "
            "finite output. Look for a root, a logarithm or a power of it."
        ),
        (
            "{at}{since}出现 {what}，首个在 {index}：此处 {name} 含有负数，而结果有限的用例都没有。请检查对它开方、取"
            "对数或求幂之处。"
        ),
    ),
    "diagnose.underflow": (
        "{at}Underflow: the output is 0 where a number as small as {expected:.3g} is expected.",
        "{at}下溢：期望值小至 {expected:.3g}，实际却为 0。",
    ),
    # Type.
    "diagnose.only_type": ("{at}The values are right, but the type is wrong.", "{at}数值正确，只是类型不对。"),
    "diagnose.axis_of_one": (
        "{at}The values are right, but an axis of length 1 is missing or extra (check keepdims).",
        "{at}数值正确，只是少了或多了一个长度为 1 的轴（检查 keepdims）。",
    ),
    "diagnose.reshaped": (
        "{at}The values are right and in the right order, but in another shape.",
        "{at}数值和顺序都正确，只是形状不同。",
    ),
    # The output as a whole.
    "diagnose.input_back": ("{at}The output is {name} itself, unchanged.", "{at}返回的就是未经改变的 {name}。"),
    "diagnose.zeros": ("{at}Every element is zero.", "{at}全部为零。"),
    "diagnose.constant": ("{at}Every element is the same: {value}.", "{at}所有元素都相同：{value}。"),
    "diagnose.negative": (
        "{at}The sign is wrong: every value is the negative of what is expected.",
        "{at}符号相反：每个值都是期望值的相反数。",
    ),
    "diagnose.absolute": (
        "{at}The sign is lost: each value is the absolute value of what is expected.",
        "{at}丢失了符号：结果是期望值的绝对值。",
    ),
    "diagnose.negated": ("{at}True and False are swapped everywhere.", "{at}True 与 False 全部颠倒。"),
    "diagnose.squared": (
        "{at}Each value is the square of what is expected: is a root missing?",
        "{at}结果是期望值的平方：是否漏了开方？",
    ),
    "diagnose.root": (
        "{at}Each value is the square root of what is expected: is a square missing?",
        "{at}结果是期望值的平方根：是否漏了平方？",
    ),
    "diagnose.reciprocal": (
        "{at}Each value is the reciprocal of what is expected: a division is upside down.",
        "{at}结果是期望值的倒数：除法的分子分母颠倒了。",
    ),
    "diagnose.logarithm": ("{at}Each value is the logarithm of what is expected.", "{at}结果是期望值的对数。"),
    "diagnose.exponential": (
        "{at}Each value is exp of what is expected: is a logarithm missing?",
        "{at}结果是对期望值取 exp：是否漏了取对数？",
    ),
    "diagnose.complement": ("{at}Each value is 1 minus what is expected.", "{at}结果是 1 减去期望值。"),
    # Order.
    "diagnose.transposed": (
        "{at}The output is transposed: rows and columns are swapped.",
        "{at}结果被转置：行与列对调了。",
    ),
    "diagnose.axes_swapped": (
        "{at}The axes are in another order: the output is what is expected, transposed to {order}.",
        "{at}轴的顺序不同：结果是期望值按 {order} 转置。",
    ),
    "diagnose.flipped": ("{at}The order is reversed along axis {axis}.", "{at}沿第 {axis} 轴的顺序颠倒。"),
    "diagnose.rolled": (
        "{at}The output is shifted cyclically by one along axis {axis}: the element at one end has moved to the other.",
        "{at}沿第 {axis} 轴循环移动了一位，末端的元素绕到了另一端。",
    ),
    "diagnose.late": (
        "{at}The output is shifted by one along axis {axis}: what is expected at index i is at i + 1.",
        "{at}沿第 {axis} 轴错开一位：本应在索引 i 的元素出现在 i + 1。",
    ),
    "diagnose.early": (
        "{at}The output is shifted by one along axis {axis}: what is expected at index i is at i − 1.",
        "{at}沿第 {axis} 轴错开一位：本应在索引 i 的元素出现在 i − 1。",
    ),
    "diagnose.permuted": ("{at}The values are right, but their order is wrong.", "{at}数值正确，但顺序不对。"),
    "diagnose.missing_first": (
        "{at}{count:# element is|# elements are} missing at the beginning.",
        "{at}缺少开头的 {count} 个元素。",
    ),
    "diagnose.missing_last": (
        "{at}{count:# element is|# elements are} missing at the end.",
        "{at}缺少末尾的 {count} 个元素。",
    ),
    "diagnose.extra_first": (
        "{at}{count:# extra element|# extra elements} at the beginning.",
        "{at}开头多出 {count} 个元素。",
    ),
    "diagnose.extra_last": (
        "{at}{count:# extra element|# extra elements} at the end.",
        "{at}末尾多出 {count} 个元素。",
    ),
    "diagnose.reduced_axis": (
        (
            "{at}The wrong axis is reduced: the shape is that of {name} without axis {other}; it should be without "
            "axis {axis}."
        ),
        "{at}归约的轴不对：形状相当于 {name} 去掉第 {other} 轴，而应去掉第 {axis} 轴。",
    ),
    "diagnose.normalized_axis": (
        "{at}The wrong axis is normalized: sums are the same along axis {other}; they should be along axis {axis}.",
        "{at}归一化的轴不对：沿第 {other} 轴求和结果一致，而应沿第 {axis} 轴一致。",
    ),
    # Factors and shifts.
    "diagnose.factor": (
        "{at}Every value that differs is {factor} times what is expected.",
        "{at}不符的值都是期望值的 {factor} 倍。",
    ),
    "diagnose.factor_also": (
        "{at}Every value that differs is {factor} times what is expected, which here is {formula}.",
        "{at}不符的值都是期望值的 {factor} 倍，在这里恰为 {formula}。",
    ),
    "diagnose.factor_formula": (
        "{at}Every value that differs is {formula} times what is expected (here {factor}).",
        "{at}不符的值都是期望值的 {formula} 倍（此处为 {factor}）。",
    ),
    "diagnose.factor_count": (
        (
            "{at}Every value that differs is {formula} times what is expected (here {factor}): a sum instead of an "
            "average."
        ),
        "{at}不符的值都是期望值的 {formula} 倍（此处为 {factor}）：应取平均之处取了总和。",
    ),
    "diagnose.factor_share": (
        (
            "{at}Every value that differs is {formula} times what is expected (here {factor}): an average instead of "
            "a sum."
        ),
        "{at}不符的值都是期望值的 {formula} 倍（此处为 {factor}）：应取总和之处取了平均。",
    ),
    "diagnose.factor_varying": (
        (
            "{at}In each case all values that differ are off by the same factor (here {factor}), which changes from "
            "case to case: the scale depends on the wrong quantity."
        ),
        "{at}每个用例中不符的值都差同一个倍数（此处为 {factor}），但各用例的倍数不同：缩放所依据的量不对。",
    ),
    "diagnose.too_large": (
        "{at}Every value that differs is {constant} larger than expected.",
        "{at}不符的值都比期望值大 {constant}。",
    ),
    "diagnose.too_small": (
        "{at}Every value that differs is {constant} smaller than expected.",
        "{at}不符的值都比期望值小 {constant}。",
    ),
    "diagnose.shift_varying": (
        (
            "{at}In each case all values that differ are off by the same constant (here {constant}), which changes "
            "from case to case."
        ),
        "{at}每个用例中不符的值都差同一个常数（此处为 {constant}），但各用例的常数不同。",
    ),
    # Number formats.
    "diagnose.wraps": (
        (
            "{at}Integer overflow: the values are off by multiples of 2**{bits}, so something was computed in "
            "{bits}-bit integers."
        ),
        "{at}整数溢出：差值是 2**{bits} 的倍数，说明有运算在 {bits} 位整数中进行。",
    ),
    "diagnose.one_more": (
        "{at}Every value that differs is 1 too large: check counting, rounding and inclusive bounds.",
        "{at}不符的值都大了 1：请检查计数、舍入与区间端点。",
    ),
    "diagnose.one_less": (
        "{at}Every value that differs is 1 too small: check counting, rounding and inclusive bounds.",
        "{at}不符的值都小了 1：请检查计数、舍入与区间端点。",
    ),
    "diagnose.off_by_one": (
        "{at}Every value that differs is off by exactly 1: check how ties and fractions are rounded.",
        "{at}不符的值都恰好差 1：请检查舍入方式，尤其是恰好居中的值。",
    ),
    "diagnose.precision": (
        "{at}The values are right only to the precision of float{bits}: compute in float64.",
        "{at}结果只精确到 float{bits} 的精度：请用 float64 计算。",
    ),
    "diagnose.near_miss": (
        (
            "{at}A near miss: the largest error is {times:.3g} times the tolerance. The formula is roughly right; "
            "look for lost precision, a small constant such as eps, or an approximation."
        ),
        "{at}非常接近：最大误差是容差的 {times:.3g} 倍。公式大体正确，请检查精度损失、eps 之类的小常数或近似计算。",
    ),
    # Where.
    "diagnose.where_zero": ("{at}The output differs only where {name} is zero.", "{at}仅在 {name} 为零的位置不符。"),
    "diagnose.where_negative": (
        "{at}The output differs only where {name} is negative.",
        "{at}仅在 {name} 为负的位置不符。",
    ),
    "diagnose.where_positive": (
        "{at}The output differs only where {name} is positive.",
        "{at}仅在 {name} 为正的位置不符。",
    ),
    "diagnose.only_first": (
        "{at}The output differs only at index 0 of axis {axis}.",
        "{at}仅在第 {axis} 轴的索引 0 处不符。",
    ),
    "diagnose.only_first_element": ("{at}Only the first element differs each time.", "{at}每次都只有第一个元素不符。"),
    "diagnose.only_last_element": ("{at}Only the last element differs each time.", "{at}每次都只有最后一个元素不符。"),
    "diagnose.only_last": (
        "{at}The output differs only at the last index of axis {axis}.",
        "{at}仅在第 {axis} 轴的最后一个索引处不符。",
    ),
}
