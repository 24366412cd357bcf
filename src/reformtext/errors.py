"""Errors that a user can act on: they name the file, the place and the way out."""


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
        where = ", ".join(filter(None, [str(file) if file is not None else "", place]))
        self.file = file
        super().__init__("; ".join(filter(None, [f"{where}: {problem}" if where else problem, way_out])))
