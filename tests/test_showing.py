"""A table to look at shows all of its cells, as text."""

from __future__ import annotations

import pandas as pd
import pytest

import reviewkit as rk


def test_cells_are_text_never_markup_and_never_cut():
    long = "<script>alert('x')</script> & " + "so it goes " * 30
    html = rk.show(pd.DataFrame({"text": [long], "votes": pd.array([None], dtype="Int64")}))._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert html.count("so it goes") == 30
    assert 'class="rk-long"' in html
    assert "&lt;NA&gt;" in html


def test_a_day_has_no_time_and_a_missing_one_says_so():
    days = pd.Series(pd.to_datetime(["2011-05-03", None]), name="date")
    assert "<td>2011-05-03</td>" in (html := rk.show(days.to_frame())._repr_html_())
    assert "<td>NaT</td>" in html


def test_a_column_is_shown_with_its_labels_and_nothing_is_changed():
    roles = pd.Series({"text": 3, "date": 1}, name="count").rename_axis("role")
    assert "role" in repr(rk.show(roles))
    assert roles.to_dict() == {"text": 3, "date": 1}


def test_rows_that_are_left_out_are_counted():
    table = pd.DataFrame({"n": range(5)})
    for most, rest in ((3, "… and 2 more rows."), (4, "… and 1 more row.")):
        shown = rk.show(table, most=most)
        assert rest in repr(shown)
        assert rest in shown._repr_html_()
    assert rk.show(table, most=3)._repr_html_().count("<td>") == 3
    for whole in (rk.show(table), rk.show(table, most=5)):
        assert "more" not in repr(whole) + whole._repr_html_()


def test_what_is_no_table_is_refused():
    with pytest.raises(rk.TableError, match=r"A table was expected, not str, such as corpus\.reviews"):
        rk.show("corpus")
