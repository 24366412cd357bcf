"""Errors that a user can act on: they name the file, the place and the way out."""

import re

# A file's name may hold what would break a line in two, turn its direction about, or not be printed at all.
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


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


def require_text(text: object, name: str = "the text", halves: bool = False) -> str:
    r"""Raise InputError unless `text` is a string, without half a surrogate pair, which no file and no table can hold.

    Parameters
    ----------
    text : str
        Given back as it is.
    name : str
        What it is called in the message.
    halves : bool
        Let halves of surrogate pairs pass.

    Returns
    -------
    str

    Raises
    ------
    InputError
        Something else, or half a surrogate pair: its place and the way out.

    Examples
    --------
    >>> require_text("改革\ud83d")
    Traceback (most recent call last):
    reformtext.errors.InputError: the text, character 3: half a surrogate pair; decode the bytes anew, or replace it by U+FFFD
    """
    if not isinstance(text, str):
        raise InputError(f"{name} is {type(text).__name__}, no string", way_out="give a string, empty if there is none")
    try:
        text.encode("utf-8", "surrogatepass" if halves else "strict")
    except UnicodeEncodeError as error:
        place, way_out = f"{name}, character {error.start + 1}", "decode the bytes anew, or replace it by U+FFFD"
        raise InputError("half a surrogate pair", place=place, way_out=way_out) from None
    return text
