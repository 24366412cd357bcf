"""Whom a sentence names as the source of its figures: 据统计局数据, “某平台”评估显示, 海关发布."""

import re

_BODY = r"[^，。；：、\s]{2,18}?"
_SAYS = r"(?:显示|表明|反映|指出|认为)"
_KIND = r"(?:统计|数据|监测|评估|调查|测算|核算|报告|快报|公报|榜单|排行榜?|普查|抽查|测评)"
_NAMED = re.compile(
    rf"(?<![根依占数])据(?!此|了解|悉|介绍|说|我|以|点|理)(?P<after>{_BODY}(?:{_KIND}|发布|通报|公布|披露|介绍|{_SAYS})|统计(?=[，,]))"
    rf"|(?:根据|依据|按照?)(?P<by>{_BODY}(?<!需要){_KIND})"
    rf"|(?P<says>{_BODY}{_KIND})(?:的?结果)?{_SAYS}"
    rf"|(?P<issues>[一-鿿]{{2,14}}(?:局|部|厅|委|办|海关|院|中心|协会|银行|商会|集团|平台)(?:发布|公布|通报|披露)(?!会))"
    rf"|(?:数据)?来源(?:于|[:：])(?P<from>{_BODY})(?=[，。；）)]|$)"
)
# One of these is in each match: a sentence without them needs no search.
_CUE = re.compile(rf"据|依照|按|发布|公布|通报|披露|来源|{_SAYS}")
_LONGEST = 20


def sources(line: str, start: int, end: int) -> list[tuple[int, str]]:
    """Find the sources that a sentence names for its figures.

    Parameters
    ----------
    line : str
        The paragraph.
    start, end : int
        Where the sentence starts and ends.

    Returns
    -------
    list of (int, str)
        From where on the source holds, and the words that name it, at most 20 characters. A source is named before its
        figures; what 来源 names, mostly behind them, holds for the whole sentence.

    Examples
    --------
    >>> sources("据省统计局测算，出口增长8%。", 0, 15)
    [(0, '省统计局测算')]
    """
    if not _CUE.search(line, start, end):
        return []
    found = ((match, next(filter(None, match.groups()))) for match in _NAMED.finditer(line, start, end))
    return [(start if match["from"] else match.start(), named[-_LONGEST:]) for match, named in found]
