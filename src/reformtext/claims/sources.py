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
_LONGEST = 20


def source_of(line: str, start: int, at: int, end: int) -> str:
    """Give the source that a sentence names for a figure.

    Parameters
    ----------
    line : str
        The paragraph.
    start, at, end : int
        Where the sentence starts, where the figure stands in it, and where the sentence ends. A source is named before
        its figures, or in 来源 behind them.

    Returns
    -------
    str
        The words that name it, at most 20 characters; empty where the sentence names none.

    Examples
    --------
    >>> source_of("据省统计局测算，出口增长8%。", 0, 12, 15)
    '省统计局测算'
    """
    for match in _NAMED.finditer(line, start, end):
        if match.start() < at or match["from"]:
            named = next(group for group in match.groups() if group)
            return named[-_LONGEST:]
    return ""
