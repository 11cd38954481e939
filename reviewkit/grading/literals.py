"""Can an answer be read without running anything? Where its cell sets it to a number, a text or a list."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from ..exercises import as_data
from ..exercises.finding import Found

__all__ = ["literal", "literals"]

_LONGEST = 100_000


def literal(source: str, variable: str) -> Any:
    """What a cell sets a variable to, if that is written out in it; None where it would have to be run.

    >>> literal("# ex01-end: your answer\\nend = 131", "end")
    131
    >>> literal("end = 86 + len(words)", "end") is None
    True
    """
    if len(source) > _LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(source).body
            found = [node for node in body if variable in _names(node)]
            if not found or not isinstance(node := found[0], ast.Assign) or len(node.targets) != 1:
                return None
            if not isinstance(node.targets[0], ast.Name) or not all(
                isinstance(n, ast.Expr) for n in found[1:]
            ):
                return None
            data = as_data(ast.literal_eval(node.value))
        json.dumps(data, allow_nan=False)
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None
    return data


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def literals(cells: Sequence[Mapping[str, Any]], found: Mapping[str, Found], tasks: Any) -> dict[str, Any]:
    """What can be read so, for each task whose cell was found."""
    made = {}
    for task in tasks:
        chosen = found[task["id"]].chosen
        data = None if chosen is None else literal(cells[chosen]["source"], task["variable"])
        if data is not None:
            made[task["id"]] = data
    return made
