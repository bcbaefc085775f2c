"""Replacements of operators, comparisons and names that mutants make."""

from __future__ import annotations

import ast

WRONG_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
WRONG_NAMES = {
    "max": "min", "min": "max", "maximum": "minimum", "minimum": "maximum", "argmax": "argmin", "argmin": "argmax",
    "sum": "mean", "mean": "sum", "floor": "ceil", "ceil": "floor", "round": "floor", "rint": "floor", "any": "all",
    "all": "any", "var": "std", "std": "var", "log": "log2", "log2": "log", "zeros": "ones", "ones": "zeros",
    "zeros_like": "ones_like", "ones_like": "zeros_like", "cumsum": "cumprod", "prod": "sum", "isnan": "isinf",
    "isfinite": "isnan", "float64": "float32", "float32": "float64", "uint8": "int8", "int8": "uint8",
    "int16": "int8", "int32": "int16", "uint16": "uint8", "complex128": "complex64",
}  # fmt: skip
"""numpy's names and the wrong ones that people write; of types, the narrower one. int64 stands for any integer."""
SYMMETRIC = frozenset({
    "max", "min", "maximum", "minimum", "logaddexp", "array_equal", "multiply", "add", "logical_and", "logical_or",
    "union1d", "intersect1d", "isclose", "hypot",
})  # fmt: skip
"""Functions of two arguments that do not care for their order."""
WRONG_DTYPES = frozenset({"float64", "float32", "uint8", "int8", "int16", "complex64"})
"""Replacements from `WRONG_NAMES` that are made where a dtype is written as a string, too."""
