"""The time of a claim: its period, what it is against, and whether it is done or to come."""

import re
from bisect import bisect_right
from datetime import date as Date

from reformtext.claims.draft import AMOUNT_UNITS, Draft
from reformtext.claims.indicators import indicator_code, is_stock
from reformtext.claims.nouns import MEASURED, Page
from reformtext.claims.periods import NOW, Period
from reformtext.claims.roles import Role, words
from reformtext.claims.sections import Section
from reformtext.texts.numerals import plain

PLANNED = re.compile(
    r"(?=[预引签规开在筹达建投力争确拟目年计正申明下今未将要应希可有到每安政])(?:预计|(?:引进|签约|规划|开工|在建|筹建)[^。；]{0,10}年产|(?:达产|建成|投产|建成投产)后(?!已)|力争|争取(?:到(?=[\d一二明今本])|在|达|完成|实现|用|今年|全年)|确保|拟(?![定制订人合])|预期目标|目标(?:是|为|[:：])|政府工作报告(?:提出|给出|确定|明确)|年底前(?!已)|计划(?:总?投资|投入|落户|引进|新增|再|招|培育|开展|组织|用|新[建增]|实施|到|在|建|于|完成|安排|总|年|从)|正在规划|规划(?:建设(?!总?规模)|总|投资|到)|"
    r"申报|(?<![\d一二三四五六七八九十两])年内(?!第)|明年|下一步|今后|未来(?!产业|城|社区|科[技学]|网络|学|星|工厂|之)|将(?=达|实现|建|新|增|完成|投|开|于|在|继续|进一步|有|是|超|突破|再|带动|形成|可|会|成为|从|重点|全力|力争|安排|组织|推进|实施|由|为|比|全面|按|提|发|下降|减|大)|(?<![主重需只首必紧不想还])要(?=达|在|比|提[到高升]|升|压|降|突破|扩|实现|完成|建|新|使|把|力争|增|达到|提高|确保|再|让|全部|全面|培育)|应当?(?=达|在|比|实现|完成)|"
    r"希望|可望|有望|到[一-鿿\d]{4,5}年[^，]{0,6}(?:要|将|力争|实现|达|建|基本)|每年(?=对|安排|为|投入|选|支持|建)|(?<![稳超合])(?<!社会)(?<!市场)预期(?!寿命|因素|管理)|安排(?=发行|地方))"
)
_SUMMED = re.compile(
    r"新增|净增|签约|开工|入选|落地|投产|受理|办理|接待|整治|转移|安置|资助|救助|帮扶|增量|新登记|新注册|引进|累计|新（?改?扩?）?建|完成|建成|改造|新改|解决|淘汰|修建|新扩|增加(?!到|至|值)|减少(?!到|至)|治理|造林|育林|压减(?![到至])|节约|退耕|发放|出让|处置|盘活|收回|流转|培育|建设|实施|新培|认定|共[一-鿿]{2}"
)
_SO_FAR = re.compile(r"(?<!目前已)累计(?:[认评]定|创建|建成|建立|设立|组建|获批|入选|开通|有|与)(?!.*新[增建])")
_HAVING = re.compile(
    r"(?:覆盖|拥有|[现实共设]有|达到?|(?:[增升扩减降]|增加|增长|扩大|扩展|扩容|扩充|发展|壮大|上升|减少|下降)[到至]|参保|总数|总量|在建)[^，。；]{0,2}$"
)
_IN_ALL = re.compile(r"(?:累计|总数|总量|共计)(?:达到?|为|有|已有)?$")
_BEFORE_NAME = re.compile(r"(?:全[省市县区国]|我[省市县区国]|其中|目前|现|共|[\s　])*")
_HAVING_AFTER = re.compile(
    r"[^，。；、]{0,16}?(?:通(?=[高电公水航铁汽])|全部(?:通|实现|达|覆盖|纳入|接入|建[立成]|脱贫|摘帽|配备|设立|超过)|(?:居民|群众|人口|人员|农民)纳入)"
)
_FLOW_NAME = re.compile(r"(?:[产销发送出运客货流]量|吞吐量|次数?|游客|旅客|[旅客居]人数|流[入出]|迁[入出]|班列|增量)$")
_EVENTS = frozenset(words("件 批 宗 笔 起 场 届 列 条次 人次 批次"))
_MEAN = re.compile("平均|人均|户均|年均|寿命")
_STOCK_NOUN = re.compile(
    r"总数|人数|户数|家数|(?<![次起天件指系分倍])数量?$|主体|保有量|存量|能力$|密度$|基金[一-鿿]{0,4}规模|建设总?规模|^累计|人口|职工|在校生|用户$|资产$|资产总"
)
_SINCE = re.compile(
    r"(?:较|比|自)[^，。；]{0,6}(?:年初(?!预算)|上年末|去年末|去年底|上年底|前(?![后移一二三四五六七八九十\d])|末|之前|以前)|(?:改革|合并|调整|整合|改造|改制|技改)(?:后|前的$)"
)
_YOY = re.compile(r"同比|(?:比|较)(?:上年|去年|上年同期|去年同期|上一年)|上年同期|去年同期")
_ANNUAL = re.compile(r"[比较]前[一二三四五六七八九十\d]{1,2}年|年均|平均每年|累计|年平均|年递增|每年平均|年增长率")
_EACH_YEAR = re.compile(r"年均|平均每年|每年平均")
_SPENT = re.compile(r"投[资入]|支出|资金")
_HAS = re.compile(r"总|[^，。]*(?:[达有]|[增升][到至])$")
_OF_A_NOUN = re.compile(r"[^，。；、：\d的期末底]{2,8}的(?!基础)")
_RATES = frozenset(words("percent multiple points"))
_THAN_OTHERS = re.compile(r"比(?:全|[^，。；]{0,6}平均)[^，。；]*[高低快慢]出?$")
_OTHERS = re.compile(
    r"(?:[高低快慢多少好优][于出]|超出|领先)[^，。；]*$|比(?:全|[^，。；]{0,6}平均)[^，。；]*[高低快慢]$"
)  # against other places, not other years
_NOT_YEARLY = frozenset(words("倍 减少 压减 压缩 精简 缩短 缩减 裁减"))
_DONE_HERE = re.compile(r"已|去年|上年末|同比|获批|获评|成功|圆满|一年来")


def _carries(line: str, period: Period, start: int) -> bool:
    """Say whether a period holds past a semicolon: an event of a month or a day, or a deadline, does not."""
    if re.search(r"(?<!目)前$", line[period.start : period.end]):
        return False
    return (
        (period.finish - period.begin).days > 31
        or period.start - start <= 2
        or line[period.end : period.end + 1] in {"，", ","}
    )


def place_in_time(
    page: Page,
    claim: Draft,
    start: int,
    stretches: list[Period],
    section: Section,
    sentence: list[Draft],
    when: Date | None,
    cues: list[tuple[int, int]],
) -> None:
    """Give a claim its status, its period and what a change is against."""
    number, line = claim.number, page.line
    here = line[start : number.start]
    part = start + max(here.rfind("；"), here.rfind(";")) + 1
    clause = here[max(here.rfind(c) for c in "，；：。") + 1 :][-120:]
    said = [p for p in stretches if not p.base and (p.start >= part or _carries(line, p, start))]
    said = [p for p in said if not NOW.search(line, p.end, number.start)]
    old = when.year - 1 if when else 0  # 这家1958年建厂的老厂, but 去年承诺的实事 is of last year
    said = [p for p in said if not (p.finish.year < old and _of_a_noun(line, p) and "，" in line[p.end : number.start])]
    said = [p for p in said if not (p.run and re.search(r"[，,；;]", line[p.end : number.start]))]
    if claim.role:
        said = _of_one_end(line, claim, said, sentence)
    else:
        deals = _deals(line, start, sentence, bool(section.current and section.current.years > 1))
        said = [p for p in said if not any(a <= p.start < b for a, b in deals)] if deals else said
    period = said[-1] if said else None if claim.role == "from" else section.current
    told = bisect_right(cues, number.start, key=lambda cue: cue[1])
    cue = cues[told - 1][0] if told else -1  # where the last word of plans before the number stands
    if period and when and not section.current and line[period.start : period.end] == "全年" and cue >= start:
        period = period._replace(begin=Date(when.year, 1, 1), finish=Date(when.year, 12, 31))
    planned = _is_planned(here, cue - start, section, said, when) and claim.role != "from"
    claim.status = "planned" if planned else "reported"
    based = [p for p in stretches if p.base and p.start >= part]
    between = line[based[-1].end : number.start] if based else "，"
    if between == "（" or (claim.kind in {"level", "share"} and len(between) <= 4 and "，" not in between):
        period = based[-1]
    segment = clause[clause.rfind("、") + 1 :]
    own = segment if _HAS.match(segment) else clause
    claim.stock = _is_stock(page, claim, own, here if not said else own)
    before = sentence[-1] if sentence else None
    if before and claim.stock and line[before.number.end] == "、" and _is_named_only(page, claim, segment):
        claim.stock = before.stock  # 入选智能工厂2家、数字车间67家: the verb is that of the first
    counts = claim.kind == "level" and number.kind == "amount" and not AMOUNT_UNITS.search(number.unit)
    if before and counts and before.number.unit == number.unit and _IN_ALL.match(clause):
        claim.stock = True  # 新增85家，累计302家
    if said and counts and planned and line[said[-1].start] == "到" and said[-1].years == 1:
        claim.stock = True  # 到2026年，培育企业10家
    if before and (claim.listed or claim.indicator == before.indicator):
        moved = claim.kind in {"change", "delta"}
        claim.stock = claim.stock or (before.stock and (moved or not _SUMMED.search(clause)))
    if period and claim.stock and claim.kind == "level" and _HAVING.search(own) and not planned:
        period = period._replace(begin=period.finish)  # 前三季度…总数达到402处: as it stood at the end
    if period:
        state = claim.stock and claim.kind not in {"change", "delta"}
        claim.period = period.iso(
            state and not period.run, planned, not period.run and _reached(page, claim, clause, bool(said))
        )
    if said and period and period.years == 1 and "年均" in clause and line[period.start] == "到":
        claim.period = ""  # 到2025年，年均增长6%: of the years up to then, of which the first is not told
    if claim.role and (claim.listed or not claim.period):
        claim.period = next((c.period for c in sentence if c.role == claim.role), "") or claim.period
    alike = before and before.kind == claim.kind and before.number.unit == number.unit
    if (
        before
        and alike
        and not (said and said[-1].start > before.number.end)
        and re.match(r"[，（]其中", line[before.number.end : number.start])
    ):
        claim.stock, claim.period = before.stock, before.period
    if claim.kind in {"change", "delta"}:
        _compare(line, claim, clause, here, period, based, sentence)


def _of_a_noun(line: str, period: Period) -> bool:
    """Say whether a period is that of an event which only tells a thing apart: 这家1958年建厂的老厂."""
    return bool(_OF_A_NOUN.match(line, period.end, period.end + 10))


def _deals(line: str, start: int, sentence: list[Draft], whole: bool) -> list[tuple[int, int]]:
    """Give the stretches that say from what, or the `whole` from what to what: their years are of that end alone."""
    sources = [c.number.start for c in sentence if c.role == "from"]
    opened = [max(line.rfind(c, start, at) for c in "从由") for at in sources]
    ends = [c.number.end for c in sentence if c.role == "to"] if whole else []
    return [(a, next((e for e in ends if e > a), at)) for a, at in zip(opened, sources, strict=True) if a >= start]


def _of_one_end(line: str, claim: Draft, said: list[Period], sentence: list[Draft]) -> list[Period]:
    """Leave the periods of one end of 从…到…: the first has only its own year or the first of 2013年至2023年."""
    mark = max(line.rfind(c, 0, claim.number.start) for c in "从由")
    if claim.role == "to":
        source = next((c.number.start for c in reversed(sentence) if c.role == "from"), 0)
        own = max(line.rfind(c, 0, source) for c in "从由")
        return [p for p in said if not own < p.start < source]
    if any(p.start > mark for p in said):
        return [p for p in said if p.start > mark]
    ranges = [p for p in said if p.years > 1 and re.search(r"[-—–－～~至到]", line[p.start : p.end])]
    return [p._replace(finish=Date(p.begin.year, 12, 31)) for p in ranges[-1:]]


def _is_planned(here: str, cue: int, section: Section, said: list[Period], when: Date | None) -> bool:
    """Say whether a figure is to come, by the words before it, the period said, or the section."""
    cued = cue > max(here.rfind("；"), here.rfind("。"))
    last = here.rfind("，") + 1
    if when and said and (said[-1].finish if said[-1].instant else said[-1].begin) > when:
        return True
    if section.planned:
        past = bool(when and said and said[-1].finish < when and not said[-1].to_date)
        return not past and (cued or not _DONE_HERE.search(here, last))
    return cued and (cue >= last or not re.search(r"已|获批|到位|下达", here[cue:]))


def _is_stock(page: Page, claim: Draft, clause: str, heard: str) -> bool:
    """Say whether a figure is a state on a day: by its name, by words of having, or as a total built up so far."""
    number, name = claim.number, plain(claim.indicator)
    if _FLOW_NAME.search(name) or _MEAN.search(name) or number.unit.endswith("次"):
        return False
    built = "累计" in heard and bool(_SO_FAR.search(heard))
    counts = claim.kind == "level" and number.kind == "amount" and not AMOUNT_UNITS.search(number.unit)
    if counts and claim.role and number.unit not in _EVENTS:
        return True  # what goes from so many to so many is a state
    summed = set(_SUMMED.findall(clause))
    having = _HAVING.search(clause) and summed <= {"建设", "治理", "改造", "培育"} and not re.search(r"平均|人均", name)
    if summed and not built and not having:
        return False
    if counts:
        known = _HAVING_AFTER.match(page.line, number.end) or _STOCK_NOUN.search(name)
        return bool(having or built or known or _is_named_only(page, claim, clause[clause.rfind("、") + 1 :]))
    kept = claim.kind == "level" and re.search(r"积累|结存|结余", clause)
    return bool(is_stock(name) or kept or (_STOCK_NOUN.search(name) and name in clause))


def _is_named_only(page: Page, claim: Draft, segment: str) -> bool:
    """Say whether a figure follows its name with no verb before or between, so that it says what there is."""
    opening = _BEFORE_NAME.match(segment)
    begin = claim.number.start - len(segment) + (opening.end() if opening else 0)
    named = bool(claim.indicator) and page.line[begin : claim.number.start] == plain(claim.indicator)
    if not named or page.word(begin).role in {Role.GOVERNS, Role.ACTS}:
        return False
    return not page.words(begin, claim.number.start)[-1].tag.startswith("v")


def _reached(page: Page, claim: Draft, clause: str, said: bool) -> bool:
    """Say whether a figure of several years is the level reached in the last of them, and no sum."""
    name = plain(claim.indicator)
    if "增量" in name:
        return False
    if claim.role == "to" or (claim.kind in {"rank", "share"} and not said):
        return claim.role != "from"
    if claim.kind == "share" and ("率" in name or "占" in clause):
        return True
    if _EACH_YEAR.search(clause):
        return False
    summed = _SUMMED.search(clause) or "实现" in clause or _SPENT.search(name)
    if claim.kind != "level" or summed:
        return False
    if (not said and _is_named_only(page, claim, clause)) or _MEAN.search(name):
        return True
    known = claim.number.unit and AMOUNT_UNITS.search(claim.number.unit) and indicator_code(name)
    reached = re.search(r"(?:达到?|突破|超过|稳定在|保持在|占)$", clause)
    return bool(known or reached or name.endswith("量") or MEASURED.search(name))


def _compare(
    line: str, claim: Draft, clause: str, here: str, period: Period | None, based: list[Period], sentence: list[Draft]
) -> None:
    """Tell what a change is against."""
    number = claim.number
    ends = [c.role for c in sentence if c.role]
    base = based[-1] if based else None
    for earlier in reversed(based[:-1]):  # 较上半年、一季度: what is said of the first holds for both
        if base and re.fullmatch(r"(?:（[^）]*）)?[、和及与]", line[earlier.end : base.start]):
            base = earlier
    listed = base and re.match(r"(?:相比|比较|的?同期)?[，,]", line[base.end : base.end + 4])
    if base and number.start - len(clause) > base.end and not listed:
        base = None  # said of another figure of the sentence
    reached = [c for c in sentence if c.role == "to" and c.indicator in claim.indicator]
    if "from" in ends and any(c.indicator == claim.indicator or _beside(c, claim) for c in reached):
        claim.basis = "from_to"
        first, last = (next(c.period for c in sentence if c.role == r) for r in ("from", "to"))
        if first and last and first[:4] < last[:4]:
            claim.period = f"{first[:4]}-01-01/{last[:4]}-12-31"
    elif _SINCE.search(clause) or re.search(r"(?:改革|合并|调整|整合|改造|改制|技改)后", here) or "环比" in clause:
        claim.basis = "since"
    elif _YOY.search(clause):
        claim.basis = "yoy"
    elif sentence and sentence[-1].basis == "since" and clause == "增长" and claim.indicator == sentence[-1].indicator:
        claim.basis = "since"  # 较年初增加24亿元，增长7%
    elif base:
        if claim.stock and sentence and sentence[-1].stock and sentence[-1].indicator == claim.indicator:
            levels = [c.period for c in sentence if c.indicator == claim.indicator and c.kind == "level"]
            claim.period = next((p for p in levels if p[:4] > str(base.finish.year)), claim.period)
        year = int(claim.period[-10:-6] or 0)
        if base.years == 1 and (claim.stock or not period or period.years == 1):
            compared = re.search(r"[比较同与][^，。；]{0,2}$", line[max(0, base.start - 3) : base.start])
            claim.basis = "yoy" if base.finish.year == year - 1 else "since" if compared else ""
    elif _ANNUAL.search(clause) or (period and period.years > 1) or claim.verb in _NOT_YEARLY:
        claim.basis = ""
    elif sentence and _goes_on(line, claim, sentence[-1]):
        claim.basis = sentence[-1].basis  # 比一九五七年增长四倍，乙增长十二倍
    elif not (_OTHERS if number.kind == "points" else _THAN_OTHERS).search(clause) and number.kind in _RATES:
        claim.basis = "yoy"


def _beside(one: Draft, other: Draft, reach: int = 12) -> bool:
    """Say whether one figure follows the other with little between."""
    return 0 <= other.number.start - one.number.end <= reach


def _goes_on(line: str, claim: Draft, before: Draft) -> bool:
    """Say whether a bare change goes on from one against a named earlier year, in a list of the same kind."""
    alike = before.kind == claim.kind == "change" and before.number.kind == claim.number.kind
    return alike and before.basis == "since" and before.period == claim.period
