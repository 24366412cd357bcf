"""Errors that a user can act on: they name the file, the place and the way out."""

import re

# A file's name may hold what would break a line in two, or turn its direction about.
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class InputError(ValueError):
    """What was given cannot be used.

    Parameters
    ----------
    problem : str
        What is wrong, in one sentence.
    file : path-like, optional
        The file it is wrong in; kept as an attribute.
    place : str, optional
        Where in the file: ``"line 3"``, ``"byte 120"``.
    way_out : str, optional
        What the user can do.

    Examples
    --------
    >>> print(InputError("the file is empty", file="a.txt", way_out="put the article's text in it"))
    a.txt: the file is empty; put the article's text in it
    """

    def __init__(self, problem: str, *, file: object = None, place: str = "", way_out: str = "") -> None:
        self.problem, self.file, self.place, self.way_out = problem, file, place, way_out
        named = "" if file is None else _UNPRINTED.sub(lambda found: ascii(found[0])[1:-1], str(file))
        where = ", ".join(filter(None, [named, place]))
        super().__init__("; ".join(filter(None, [f"{where}: {problem}" if where else problem, way_out])))
