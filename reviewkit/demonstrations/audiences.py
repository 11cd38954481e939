"""Which audience likes the film more? Favourable reviews on each side, with a sentence of praise of each."""

from __future__ import annotations

from .page import DemoPage
from .parts import Block, NotHere, bar, bars

__all__ = ["favourable", "lead", "liking", "who_leads"]


def liking(page: DemoPage) -> dict[str, tuple[int, int]]:
    """Favourable reviews and all reviews of each perspective."""
    if not page.keyed("stance"):
        raise NotHere("This page has no key of who likes the film, so the two audiences are not compared.")
    who, likes = page.group("perspective"), page.group("stance") == "favourable"
    tally = {str(name): (int(likes[who == name].sum()), int((who == name).sum())) for name in set(who)}
    if min(tally.get(name, (0, 0))[1] for name in ("book-reader", "film-only")) < 2:
        raise NotHere("Fewer than two reviewers of either audience stand on this page.")
    return tally


def lead(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Which of two shares is larger: 0, 1, or 2 where they are alike."""
    left, right = one[0] * other[1], other[0] * one[1]
    return 2 if left == right else int(left < right)


def who_leads(readers: tuple[int, int], viewers: tuple[int, int]) -> str:
    """The two shares in words, beginning with whose is the larger."""
    told = f"{readers[0]} of {readers[1]} against {viewers[0]} of {viewers[1]}"
    return (f"Readers, by {told}", f"Viewers: {told}", f"Alike: {told}")[lead(readers, viewers)]


def favourable(page: DemoPage, sides: dict[str, list[str]], hidden: int = 0) -> Block:
    """Favourable reviews of each side; with `hidden`, only how many reviews there are."""
    who, likes = page.group("perspective"), page.group("stance") == "favourable"
    rows = []
    for label, names in sides.items():
        here = who.index[who.isin(names)]
        liking = [str(r) for r in here if likes[r]]
        if hidden:
            rows.append(bar(label, len(here), 0, page.beginnings(here)))
        else:
            rows.append(bar(label, len(liking), len(here), _praise(page, liking)))
    what = "Reviews on each side" if hidden else "Favourable reviews, by the key; open a bar to see whose"
    return bars(what, rows)


def _praise(page: DemoPage, ids: list[str]) -> list[Block]:
    """What shows that these reviews are favourable: a sentence of praise of each."""
    praise = page.evidence("attitude") if page.keyed("attitude") else page.sentences.head(0)
    praise = praise[praise["review_id"].isin(ids)]
    praise = praise[praise["label"] == "positive"] if len(praise) else praise
    stages = page.evidence("structure")
    whole = stages.loc[stages["label"] == "overall", ["review_id", "start"]].assign(whole=1)
    ordered = praise.merge(whole, on=["review_id", "start"], how="left")
    ordered = (
        ordered.sort_values("whole", kind="stable").drop_duplicates("review_id").sort_values("review_id")
    )
    rest = [r for r in ids if r not in set(ordered["review_id"])]
    return [*page.behind(ordered), *page.beginnings(rest)]
