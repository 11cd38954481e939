"""Citing a review, and keeping a table of one's own."""

import datetime

import pandas as pd
import pytest

from reviewkit import _paths, kept
from reviewkit.citing import cite
from reviewkit.corpus import Corpus, load
from reviewkit.errors import TableError
from reviewkit.own_tables import keep_table
from reviewkit.pages import read_text

DAY = datetime.date(2026, 11, 23)
TABLE = """\
date,title,author,text
2011-05-13,Slow.,Ada Example,"I would not have it any faster than this."
,,,"=SUM(1+1) is how it felt to me, in a word."
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEWKIT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def corpus():
    page = read_text(TABLE, name="hats")
    return Corpus("hats", "hats", False, page)


def test_mla_with_everything_known(corpus):
    cited = cite(corpus, "hats-01", work="Persuasion", site="amazon.com", accessed=DAY)
    author = corpus.reviews.loc[0, "author"]
    assert cited == (
        f"{author} [pseudonym]. “Slow.” Review of Persuasion, no. 1 on its page. "
        "Amazon.com, 13 May 2011. Accessed 23 Nov. 2026."
    )
    assert "Ada" not in cited


def test_apa_with_everything_known(corpus):
    cited = cite(corpus, "hats-01", style="apa", work="Persuasion", site="Amazon", accessed=DAY)
    author = corpus.reviews.loc[0, "author"]
    assert cited == (
        f"{author} [pseudonym]. (2011, May 13). Slow [Review of Persuasion, no. 1 on its page]. "
        "Amazon. Retrieved November 23, 2026."
    )


def test_what_is_unknown_is_to_be_filled_in(corpus):
    assert cite(corpus, "hats-02", accessed="5 May 2026") == (
        "Review of [title of the film], no. 2 on its page. [site], [no date]. Accessed 5 May 2026."
    )
    assert "[Reviewer unnamed]. (n.d.)." in cite(corpus, "hats-02", style="apa")


def test_an_invented_review_says_so():
    cited = cite(load("never-let-me-go"), "never-let-me-go-02", site="amazon.com")
    assert "Review of Never Let Me Go, no. 2" in cited
    assert "Invented for the teaching kit reviewkit, 4 Oct. 2010." in cited
    assert "amazon" not in cited


def test_errors_say_what_there_is(corpus):
    with pytest.raises(TableError, match="no review 'hats-9'; there are, for example: hats-01"):
        cite(corpus, "hats-9")
    with pytest.raises(TableError, match="'chicago' is not known; known are: mla, apa"):
        cite(corpus, "hats-01", style="chicago")


# ---- a table of one's own


def kept_text(name):
    return (_paths.work() / "tables" / f"{name}.csv").read_bytes()


def test_a_table_is_kept_as_spreadsheets_like_it():
    table = pd.DataFrame(
        {
            "review_id": ["a-01", "a-02"],
            "date": pd.to_datetime(["2011-05-03", None]),
            "votes": pd.array([13, None], dtype="Int64"),
        }
    )
    assert keep_table(table, "My table!") == "my_work/tables/my-table.csv"
    assert kept_text("my-table") == b"\xef\xbb\xbfreview_id,date,votes\na-01,2011-05-03,13\na-02,,\n"


def test_an_earlier_table_is_replaced_whole():
    keep_table(pd.DataFrame({"n": [1, 2]}), "t")
    keep_table(pd.DataFrame({"n": [3]}), "t")
    assert kept_text("t").endswith(b"n\n3\n")


def test_a_name_leads_nowhere_else(home):
    keep_table(pd.DataFrame({"n": [1]}), "../../up")
    assert [p.name for p in (home / "my_work" / "tables").iterdir()] == ["up.csv"]
    with pytest.raises(TableError, match="letters and digits"):
        keep_table(pd.DataFrame({"n": [1]}), "../..")


def test_a_quoting_table_needs_its_corpus_and_is_masked():
    page = read_text("I wept, and then I wept again.\n\nAda Example\n-----\n=1+1 is all.\n")
    corpus = Corpus("p", "p", False, page)
    with pytest.raises(TableError, match="corpus=corpus"):
        keep_table(corpus.reviews, "t")
    for table in (corpus.reviews[["review_id", "text"]], corpus.sentences):
        keep_table(table, "t", corpus=corpus)
        text = kept_text("t").decode("utf-8")
        assert "Ada" not in text
        assert "███ ███████" in text
        assert ",'=1+1" in text


def test_a_grouped_table_keeps_its_index():
    counts = pd.DataFrame({"role": ["text", "text"], "n": [1, 2]}).groupby("role").sum()
    keep_table(counts, "t")
    assert kept_text("t") == b"\xef\xbb\xbfrole,n\ntext,3\n"


def test_what_is_not_a_table_is_refused():
    with pytest.raises(TableError, match="A table was expected, not Series"):
        keep_table(pd.Series([1]), "t")


def test_a_full_disk_is_a_sentence(monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept.os, "fsync", full)
    with pytest.raises(kept.KeptError, match="No space left"):
        keep_table(pd.DataFrame({"n": [1]}), "t")
