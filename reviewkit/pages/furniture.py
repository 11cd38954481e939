"""What stands around reviews on a shop's page: headings, filters, buttons, adverts. And what is prose?

The lines are Amazon's, of several years; a layout of another site adds its own here or beside itself.
Patterns match a whole line, never a part of one.
"""

from __future__ import annotations

import re

__all__ = ["is_furniture", "is_prose", "is_tail"]

_ANYWHERE = re.compile(
    r"""\s*(?:
      (?:Top\ |Most\ Recent\ )?Customer\ [Rr]eviews(?::.*)? | Average\ Customer\ Review.*
    | Format:.*\|\s*Change | Price:\s*\S.* | Your\ rating.* | Rate\ this\ item
    | There\ was\ a\ problem\ (?:filtering|loading).* | .*\bnav_\w+.*
    | Sort\ by.{0,80} | Filter\ by.{0,80} | Showing\ [\d,.]+.{0,60} | Search\ (?:customer\ )?reviews
    | See\ (?:all|both)\ .{0,60}reviews?.{0,30} | Top\ (?:positive|critical)\ review.*
    | (?:All|[1-5])\ stars?(?:\ only)? | [1-5]\ star\s*[\d,%]* | [\d.]+\ out\ of\ 5\ stars\s*[\d,]*
    | All\ (?:formats|reviewers).{0,40} | Write\ a\ (?:customer\ )?review | Share\ your\ thoughts.{0,60}
    | (?:←\s*)?Previous.{0,40} | Next(?:\ [Pp]age)?\s*→?
    | [\d\s…|]*[←→‹›«»][\d\s…←→‹›«»|]* | \d+(?:\s+[\d…]+){2,}
    | Sponsored.{0,40} | Ad\ feedback | Advertisement | Learn\ more | See\ more | Read\ more | Permalink
    | Published\ .{0,40}\ ago\ by\ .{1,60} | Image\ not\ available.*
    | Back\ to\ top | Get\ to\ Know\ Us | Conditions\ of\ Use.* | Privacy\ Notice.* | ©.*
    )\s*""",
    re.VERBOSE,
)
# After one of these, and before the next review, all is furniture.
_TAIL = re.compile(
    r"""\s*(?:
      Customers\ (?:also|who)\ (?:viewed|bought).{0,80} | Need\ customer\ service\?.{0,40}
    | Pages\ with\ Related\ Products.* | Your\ Recently\ Viewed\ Items.* | Set\ up\ an\ Amazon\ Giveaway.*
    )\s*""",
    re.VERBOSE,
)
_SENTENCE_ENDS = (".", "!", "?", '."', '!"', '?"', ".)", "…")


def is_furniture(line: str) -> bool:
    """Whether a line is known to belong to the page and to no review."""
    return len(line) < 1000 and bool(_ANYWHERE.fullmatch(line) or _TAIL.fullmatch(line))


def is_tail(line: str) -> bool:
    """Whether a line opens the furniture behind the last review."""
    return len(line) < 200 and _TAIL.fullmatch(line) is not None


def is_prose(line: str) -> bool:
    """Whether a line reads like a sentence: its end, or more than two in five words in small letters.

    >>> is_prose("I saw it twice."), is_prose("Vehicles Garden Music Gift Cards Help")
    (True, False)
    """
    words = line.split()
    if len(words) < 3:
        return False
    if line.rstrip().endswith(_SENTENCE_ENDS) or ". " in line:
        return True
    return len(words) >= 5 and sum(word[0].islower() for word in words) > 0.4 * len(words)
