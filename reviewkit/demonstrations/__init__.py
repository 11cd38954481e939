"""What does a class see at the front? One demonstration for each notebook from 02 to 07.

Each is a file of its own, its steps in the order in which they are shown; `stage.py` is the widget that shows
them, `page.py` what they are made from, `parts.py` what they are made of.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["DEMONSTRATIONS", "Demo"]


class Demo(NamedTuple):
    """A demonstration: the file that holds its steps, its title, its question, its minutes of class."""

    file: str
    title: str
    question: str
    minutes: str


DEMONSTRATIONS = {
    "02": Demo(
        "who_is_speaking",
        "Who is speaking?",
        "How do you know whether a reviewer has read the novel, and what changes once you do?",
        "15 to 20 minutes",
    ),
    "03": Demo(
        "handling_spoilers",
        "Handling spoilers",
        "Who warns, who holds back, who tells, and where?",
        "15 to 20 minutes",
    ),
    "04": Demo(
        "what_a_review_does",
        "What a review does",
        "Sentence by sentence: what is a review doing, and which of it could it leave out?",
        "15 to 20 minutes",
    ),
    "05": Demo(
        "how_a_review_persuades",
        "How a review persuades",
        "By what turns does a reviewer get you to agree?",
        "15 to 20 minutes",
    ),
    "06": Demo(
        "what_sentiment_misses",
        "What sentiment misses",
        "A program says how positive a review is. What has it heard, and what has it missed?",
        "15 to 20 minutes",
    ),
    "07": Demo(
        "reading_together",
        "Reading together",
        "Do we read the same words alike, and what divides us where we do not?",
        "15 to 20 minutes",
    ),
}
