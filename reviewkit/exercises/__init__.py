"""Exercises: tasks as data, checks that teach, and what a student hands in.

`exercise` is what a notebook uses (as `rk.exercise`); `mark`, `load_key`, `read_submission`, `find_answers`
and `collect` are what marks a class; `reviewkit.exercises.kinds` and `Task` are what a set is written with.
"""

from __future__ import annotations

from .finding import collect, find_answers
from .handing_in import read_submission
from .keys import load_key, load_sheet, sets
from .marking import mark
from .plain import as_data
from .session import Exercise, exercise
from .tasks import sheet_of

__all__ = ["Exercise", "as_data", "collect", "exercise", "find_answers", "load_key", "load_sheet", "mark"]
__all__ += ["read_submission", "sets", "sheet_of"]
