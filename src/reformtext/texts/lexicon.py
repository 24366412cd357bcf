"""The word lists: CSV files that a scholar edits in a spreadsheet, checked line by line when they are loaded."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pandas as pd
from ahocorasick_rs import AhoCorasick, MatchKind

from reformtext.errors import InputError
from reformtext.texts.delimited import delimited, delimiter_of

_PACKAGED = Path(__file__).parents[1] / "lexicon"
_CHECKOUT = Path(__file__).parents[3] / "data" / "lexicon"


def lexicon_folder() -> Path:
    """Give the folder of the word lists: the one in the installed package, else the checkout's ``data/lexicon``."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def load_table(
    name: str | Path,
    required: Sequence[str],
    optional: Sequence[str] = (),
    key: Sequence[str] = (),
    allowed: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Load a word list and refuse a broken one with its line number.

    Parameters
    ----------
    name : str or path-like
        A list of this project by its bare name (``"terms"``), or the path of a CSV file of one's own: UTF-8, with or
        without a byte order mark, separated by commas, semicolons or tabs.
    required, optional : sequence of str
        The columns that must be there and that may be; any other is refused. An absent optional column comes out empty.
    key : sequence of str
        Columns that together name a row: each must be filled, and no two rows may agree in all of them.
    allowed : mapping of str to sequence of str, optional
        For a column, the values that it may hold.

    Returns
    -------
    DataFrame
        One row a line, every column text, spaces around a value removed, columns in the order required, optional.

    Raises
    ------
    InputError
        Names the file and the line (the header is line 1).

    Examples
    --------
    >>> load_table("stopwords", ["term", "kind", "reason"], key=["term"]).columns.tolist()
    ['term', 'kind', 'reason']
    """
    path = lexicon_folder() / f"{name}.csv" if isinstance(name, str) and not name.endswith(".csv") else Path(name)
    if not path.is_file():
        raise InputError(
            "there is no such word list", file=path, way_out="check the name, or give the path of a CSV file"
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError(
            "not UTF-8",
            file=path,
            place=f"line {line}",
            way_out="save it as “CSV UTF-8”; a plain CSV of Excel's is GBK",
        ) from error
    header, given = delimited(text, path, delimiter_of(text))
    columns = [*required, *optional]
    missing, unknown = [c for c in required if c not in header], [c for c in header if c not in columns]
    if missing or unknown:
        said = f"missing {missing}" if missing else f"unknown {unknown}"
        raise InputError(f"columns: {said}", file=path, place="line 1", way_out=f"the columns are {', '.join(columns)}")
    rows: list[list[str]] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in given:
        row = {column: cell.strip() for column, cell in cells.items()}
        name_of_row = tuple(row[c] for c in key)
        if key and not all(name_of_row):
            raise InputError(
                f"empty {' or '.join(key)}",
                file=path,
                place=f"line {line}",
                way_out="fill it in or take the line out",
            )
        if key and name_of_row in seen:
            raise InputError(
                f"{'/'.join(name_of_row)} stands in line {seen[name_of_row]} already",
                file=path,
                place=f"line {line}",
                way_out="keep one of them",
            )
        seen[name_of_row] = line
        for column, values in (allowed or {}).items():
            if row.get(column, "") not in values:
                raise InputError(
                    f"{column} is {row[column]!r}",
                    file=path,
                    place=f"line {line}",
                    way_out=f"it may be {', '.join(filter(None, values))}",
                )
        rows.append([row.get(c, "") for c in columns])
    if not rows:
        raise InputError("no rows", file=path, way_out="a word list has at least one row below its header")
    return pd.DataFrame(rows, columns=columns, dtype="str")


# A term with a numeral may hold a number that would be locked by itself.
_NUMERAL = re.compile("[0-9一二三四五六七八九十百千万亿两零〇]")
# A term that begins or ends with a Latin letter or digit is not sought inside a longer word.
_EDGED = re.compile("[0-9A-Za-z].*|.*[0-9A-Za-z]", re.DOTALL)
_INSIDE = re.compile("(?<=[0-9A-Za-z])(?=[0-9A-Za-z])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FUNCTION_KINDS = ("particle", "preposition", "conjunction", "pronoun", "adverb", "auxiliary")
STOP_KINDS = (*_FUNCTION_KINDS, "numeral", "unit", "newspaper", "policy verb")


# Index of a term, start, end.
Finds = list[tuple[int, int, int]]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A list of terms, and those of them that the segmenter must not split.

    Parameters
    ----------
    table : DataFrame
        One row a term: term, kind, protected (yes or no), pinyin, gloss, pos.

    Examples
    --------
    >>> "营商环境" in load_lexicon().protected
    True
    """

    table: pd.DataFrame

    @cached_property
    def protected(self) -> dict[str, str]:
        """The protected terms, each with its part of speech (``n`` unless the table says another)."""
        rows = self.table[self.table["protected"] != "no"]
        return {term: pos or "n" for term, pos in zip(rows["term"], rows["pos"], strict=True)}

    @cached_property
    def terms(self) -> list[str]:
        """All terms in the order of their characters."""
        return sorted(self.table["term"])

    @cached_property
    def known(self) -> frozenset[str]:
        """The same, to look one up."""
        return frozenset(self.terms)

    @cached_property
    def find_all(self) -> Callable[[str], Finds]:
        """What finds all terms in a text, wherever they stand: index in `terms`, start, end."""
        return finder(self.terms, overlapping=True)

    @cached_property
    def _sought(self) -> tuple[list[str], list[str], list[bool]]:
        """For each of `terms` its part of speech if it is protected, that if it has a numeral too, and if it has an edge."""
        pos = [self.protected.get(term, "") for term in self.terms]
        numeral = [own if _NUMERAL.search(term) else "" for term, own in zip(self.terms, pos, strict=True)]
        return pos, numeral, [_EDGED.fullmatch(term) is not None for term in self.terms]

    def whole(self, found: Finds, text: str, numeral: bool = False) -> list[tuple[int, int, str]]:
        """Choose the protected terms, or those with a numeral such as 五位一体, that stand whole in a text.

        Parameters
        ----------
        found : list of (int, int, int)
            What `find_all` finds in it.
        text : str
            The text, in which marks may stand for what is taken already.
        numeral : bool
            Choose only terms with a numeral in them.

        Returns
        -------
        list of (int, int, str)
            Start, end and part of speech, leftmost first and of those the longest.
        """
        terms, (every, some, edged) = self.terms, self._sought
        pos, free, chosen = some if numeral else every, 0, []
        for start, back, i in sorted((start, -end, i) for i, start, end in found if pos[i]):
            if start >= free and text.startswith(terms[i], start) and not (edged[i] and _is_inside(text, start, -back)):
                free = -back
                chosen.append((start, free, pos[i]))
        return chosen


def finder(terms: Sequence[str], overlapping: bool = False) -> Callable[[str], Finds]:
    """Make a search for many terms at once; a regular expression would try hundreds of branches at every place.

    Parameters
    ----------
    terms : sequence of str
        What is sought; each is there once and not empty.
    overlapping : bool
        Whether to find all that there is, in the order of their ends, or the leftmost and of those the longest.

    Returns
    -------
    callable
        From a text to the finds: index in `terms`, start, end.

    Examples
    --------
    >>> finder(["改革", "改革开放"])("改革开放")
    [(1, 0, 4)]
    """
    kind = MatchKind.Standard if overlapping else MatchKind.LeftmostLongest
    search = AhoCorasick(terms, matchkind=kind).find_matches_as_indexes

    def find(text: str) -> Finds:
        try:
            return search(text, overlapping)
        except UnicodeEncodeError:  # half a character, which no term has
            return search(_SURROGATE.sub("\n", text), overlapping)

    return find


def _is_inside(text: str, start: int, end: int) -> bool:
    """Tell a find that is part of a longer word in Latin letters or digits."""
    return bool(_INSIDE.match(text, start) or _INSIDE.match(text, end))


def load_lexicon(path: str | Path | None = None) -> Lexicon:
    """Load the terms of reform discourse and local policy reporting, or a list of one's own.

    Protected is what is one name and is cut or swallowed by a general dictionary: a fixed compound (营商环境), an
    abbreviation (放管服), a programme or an institution. Not protected, only listed, are compounds whose parts a reader
    will want to count (深化改革, 国企改革, 体制改革 each hold 改革) and words that the dictionary has anyway.

    Parameters
    ----------
    path : str or path-like, optional
        A CSV file with the column ``term`` and, as one likes, ``kind``, ``protected`` (``yes`` unless it
        says ``no``), ``pinyin``, ``gloss``, ``pos``; the project's ``data/lexicon/terms.csv`` unless given.

    Returns
    -------
    Lexicon

    Raises
    ------
    InputError
        Where the file is missing or broken, with the line.

    Examples
    --------
    >>> load_lexicon().table.columns.tolist()
    ['term', 'kind', 'protected', 'pinyin', 'gloss', 'pos']
    """
    return _load_lexicon(*file_and_state(path, "terms"))


def file_and_state(path: str | Path | None, name: str) -> tuple[Path, tuple[int, int]]:
    """Give a list's file, the project's own unless a path is given, and the state by which an edit is noticed."""
    file = _own_list(name) if path is None else Path(path)
    try:
        state = file.stat()
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return file, (0, 0)
    return file, (state.st_mtime_ns, state.st_size)


@cache
def _own_list(name: str) -> Path:
    """Give the file of one of the project's lists, sought once: `tokenize` asks at every call."""
    return lexicon_folder() / f"{name}.csv"


@cache
def _load_lexicon(file: Path, _state: tuple[int, int]) -> Lexicon:
    """Load a lexicon once for each state of its file."""
    return Lexicon(
        load_table(
            file,
            ["term"],
            ["kind", "protected", "pinyin", "gloss", "pos"],
            key=["term"],
            allowed={"protected": ("yes", "no", "")},
        )
    )


@cache
def load_stopwords(kinds: tuple[str, ...] = _FUNCTION_KINDS) -> frozenset[str]:
    """Load the stop words (``data/lexicon/stopwords.csv``, version 1), each with its kind and reason there.

    Parameters
    ----------
    kinds : tuple of str
        Which kinds; by default the function words (particles, prepositions, conjunctions, pronouns, adverbs,
        auxiliaries). Further kinds: ``numeral``, ``unit``, ``newspaper`` (记者, 本报) and ``policy verb``
        (推进, 坚持 …), which are the matter of the study and so are dropped only where a reader asks for it.

    Returns
    -------
    frozenset of str

    Raises
    ------
    InputError
        Where the list has no such kind.

    Examples
    --------
    >>> "的" in load_stopwords(), "推进" in load_stopwords(), "推进" in load_stopwords(kinds=("policy verb",))
    (True, False, True)
    """
    table = load_table("stopwords", ["term", "kind", "reason"], key=["term"])
    unknown = sorted(set(kinds) - set(table["kind"]))
    if unknown:
        way_out = f"the kinds are {', '.join(sorted(set(table['kind'])))}"
        raise InputError(f"no stop words of kind {', '.join(unknown)}", way_out=way_out)
    return frozenset(table.loc[table["kind"].isin(kinds), "term"])
