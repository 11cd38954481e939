"""Where does the student stand: who has read the novel, who has seen the film?

Hutcheon calls the audience of an adaptation *knowing* or *unknowing*. A reader of reviews is one or the
other too, and later notebooks compare what the two notice. The answer is what the student said, no more;
it is kept in `my_work/standing.json` on this computer and read from there alone.
"""

from __future__ import annotations

from typing import NamedTuple

from . import kept
from .errors import TableError

__all__ = ["FILM", "NOVEL", "Knows", "keep_standing", "standing"]

NOVEL = {"read": "I have read it", "part": "I have read part of it", "not": "I have not read it"}
FILM = {"seen": "I have seen it", "part": "I have seen part of it", "not": "I have not seen it"}


class Knows(NamedTuple):
    """What a student knows of the story; None where they have not said.

    `novel` is `read`, `part` or `not`; `film` is `seen`, `part` or `not`.
    """

    novel: str | None
    film: str | None

    @property
    def story(self) -> bool | None:
        """Whether they know how it ends, from the whole novel or the whole film; None if unsaid."""
        if self.novel is None and self.film is None:
            return None
        return self.novel == "read" or self.film == "seen"


def standing() -> Knows:
    """What the student last said about themselves, as `Knows(novel, film)`.

    >>> Knows("not", "seen").story
    True
    >>> Knows(None, None).story is None
    True
    """
    said = kept.read("standing")
    novel, film = str(said.get("novel")), str(said.get("film"))
    return Knows(novel if novel in NOVEL else None, film if film in FILM else None)


def keep_standing(novel: str | None, film: str | None) -> Knows:
    """Keep what the student says, and give it back.

    Raises `TableError` for an answer that is not among the known ones, `KeptError` if it cannot be kept.
    """
    for said, known in ((novel, NOVEL), (film, FILM)):
        if said is not None and said not in known:
            raise TableError(f"{said!r} is not one of: {', '.join(known)}.")
    kept.write("standing", {"novel": novel, "film": film})
    return Knows(novel, film)
