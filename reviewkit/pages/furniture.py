"""What stands around reviews on a shop's page: headings, filters, buttons, adverts. And what is prose?

The lines are Amazon's, of several years; a layout of another site adds its own here or beside itself. A
pattern matches a whole line, white space run together, and never a line that reads like a sentence, unless
it is that very sentence.
"""

from __future__ import annotations

import re

__all__ = ["is_furniture", "is_prose", "is_tail"]

_BUTTONS = re.compile(
    r"""
      (?:Top\ |Most\ Recent\ )?Customer\ [Rr]eviews(?::.*)? | Average\ Customer\ Review.*
    | Format:.*\|\ ?Change | Price:\ ?[^\w\s]?\d.* | Your\ rating(?:\(Clear\))?(?:Rate\ this\ item)?
    | Rate\ this\ item | .*\bnav_\w+.*
    | Sort\ by:?(?:\ ?(?:Top|Most|Newest|Recent|Oldest).{0,160})? | Filter\ by.{0,60}
    | Showing\ [\d,.]+.{0,60} | Search\ (?:customer\ )?reviews
    | See\ (?:all|both)\ (?:[\d,.]+\ )?(?:customer\ |verified\ purchase\ |positive\ |critical\ )*
      (?:reviews?|images?|formats?).{0,30}
    | Top\ (?:positive|critical)\ reviews?(?:\ ?[\d›>].{0,30})? | Most\ (?:recent|helpful)\ .{0,30}reviews?
    | All\ stars | (?:All|[1-5])\ stars?\ only | [1-5]\ star(?:\ ?[\d,%.]+)*
    | [\d.]+\ out\ of\ 5(?:\ stars)?\ ?[\d,]*
    | .{0,80}\ [\d.]+\ out\ of\ 5\ stars\ [\d,]+\ .{0,20}\d
    | All\ (?:formats|reviewers)(?:\ .{0,30})? | Write\ a\ (?:customer\ )?review
    | Share\ your\ thoughts.{0,60}
    | [←‹«\ ]*(?:Previous|Prev)(?:\ [Pp]age)?[\d\ .…|]*(?:Next[\ →›»]*)? | Next(?:\ [Pp]age)?[\ →›»]*
    | [\d\ .…|]*[←→‹›«»][\d\ .…←→‹›«»|]* | \d+(?:\ [\d…]+){2,} | Page\ \d+\ of\ \d+
    | [\d,]+\ customer\ reviews? | [\d.]+\ out\ of\ 5\ stars\ ?\([\d,]+\ customer\ reviews?\)
    | Add\ to\ Cart | Top\ Reviews | Images\ in\ this\ review | Interest-Based\ Ads
    | Sponsored(?:\W.{0,60})? | Ad\ feedback | Advertisement
    | Learn\ more | See\ more | Read\ more | Permalink
    | Published\ .{0,60}\ by\ .{1,60} | Image\ not\ available(?:\ for.{0,60})?
    | Back\ to\ top | Get\ to\ Know\ Us
    """,
    re.VERBOSE,
)
# After one of these, and before the next review, all is furniture.
_TAIL = re.compile(
    r"""
      Customers\ (?:[Aa]lso|[Ww]ho)\ (?:[Vv]iewed|[Bb]ought).{0,60} | Need\ customer\ service\?.{0,40}
    | Pages\ with\ [Rr]elated\ [Pp]roducts.* | Your\ [Rr]ecently\ [Vv]iewed\ [Ii]tems.*
    | Set\ up\ an\ Amazon\ Giveaway.* | Frequently\ [Bb]ought\ [Tt]ogether | Related\ to\ items\ .{0,40}
    | View\ or\ edit\ your\ browsing\ history | Inspired\ by\ your\ browsing\ history
    """,
    re.VERBOSE,
)
_SENTENCES = re.compile(
    r"""
      There\ was\ a\ problem\ (?:filtering|loading)\ (?:the\ )?reviews.*
    | Thank\ you\ for\ your\ feedback\. | Please\ write\ at\ least\ one\ word.* | Insert\ product\ link.*
    | There's\ a\ problem\ loading\ this\ menu.* | Showing\ [\d,]+-[\d,]+\ of\ .{0,100}
    | Price:\ ?[^\w\s]?\d[\d.]*.{0,120}(?:Details|Prime) | Help\ other\ customers\ find\ the\ most\ helpful.*
    | Visit\ the\ help\ section\ or\ contact\ us.? | There\ are\ no\ customer\ reviews\ for\ this.*
    | Hello\.\ Sign\ in.*
    | Sponsored\ [Pp]roducts\ are\ advertisements.* | Conditions\ of\ Use.* | Privacy\ Notice.* | ©.*
    """,
    re.VERBOSE,
)
_TAIL_SENTENCES = re.compile(
    r"""
      What\ [Oo]ther\ [Ii]tems\ [Dd]o\ [Cc]ustomers\ [Bb]uy.*
    | After\ viewing\ product\ detail\ pages,\ look\ here.*
    """,
    re.VERBOSE,
)
_ENDS = (".", "!", "?", '."', '!"', '?"', ".”", "!”", "?”", ".)", "…")


def is_furniture(line: str) -> bool:
    """Whether a line is known to belong to the page and to no review."""
    if len(line) > 1000:
        return False
    if _SENTENCES.fullmatch(line) or is_tail(line):
        return True
    return _BUTTONS.fullmatch(line) is not None and not _ends_sentence(line)


def is_tail(line: str) -> bool:
    """Whether a line opens the furniture behind the last review."""
    if len(line) > 300:
        return False
    if _TAIL_SENTENCES.fullmatch(line):
        return True
    return _TAIL.fullmatch(line) is not None and not _ends_sentence(line)


def _ends_sentence(line: str) -> bool:
    return line.rstrip().endswith(_ENDS) or ". " in line


def is_prose(line: str) -> bool:
    """Whether a line reads like a sentence: its end, or more than two in five words in small letters.

    >>> is_prose("I saw it twice."), is_prose("Vehicles Garden Music Gift Cards Help")
    (True, False)
    """
    words = line.split()
    if len(words) < 2:
        return False
    if _ends_sentence(line):
        return True
    return len(words) >= 5 and sum(word[0].islower() for word in words) > 0.4 * len(words)
