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
    r"(?=[预引签规开在筹达建投力争确拟目年计正申明下今未将要应希可有到每安政能概一二三四五六七八九十两\d])(?:预计|(?:引进|签约|规划|开工|在建|筹建)[^。；]{0,10}年产|(?:达产|建成|投产|建成投产)后(?!已)|力争|争取(?:到(?=[\d一二明今本])|在|达|完成|实现|用|今年|全年)|确保|拟(?![定制订人合])|预期目标|目标(?:是|为|[:：])|政府工作报告(?:提出|给出|确定|明确)|年底前(?!已)|计划(?:总?投资|投入|落户|引进|新增|再|招|培育|开展|组织|用|新[建增]|实施|到|在|建|于|完成|安排|总|年|从)|正在规划|规划(?:建设(?!总?规模)|总|投资|到)|"
    r"申报(?!材料|表|流程|条件|资料|时限|方式|系统|纳税|登记|的|人|单位|审批|事项|环节|成功|获批)|概算|(?<!产)(?<!功)(?<!性)(?<!才)能(?=到\d|突破)|(?<!认)(?<!许)(?<!准)(?<!不)可(?=达|实现|年产|带动|创造|新增|吸纳|容纳|节约|为[^，。；]{1,8}[节增创带提降])|[一二三四五六七八九十两\d]年内(?=[^，。；]{0,16}(?:新引|新建|新增|实现|建成|打造|培育|达|力争|引进|突破|扩大|投资|保))|(?<![\d一二三四五六七八九十两])年内(?!第)|明年|下一步|今后|未来(?!产业|城|社区|科[技学]|网络|学|星|工厂|之)|将(?=达|实现|建|新|增|完成|投|开|于|在|继续|进一步|有|是|超|突破|再|带动|形成|可|会|成为|从|重点|全力|力争|安排|组织|推进|实施|由|为|比|全面|按|提|发|下降|减|大)|(?<![主重需只首必紧不想还])要(?=达|在|比|提[到高升]|升|压|降|突破|扩|实现|完成|建|新|使|把|力争|增|达到|提高|确保|再|让|全部|全面|培育)|应当?(?=达|在|比|实现|完成)|"
    r"希望|可望|有望|到[一-鿿\d]{4,5}年[^，]{0,6}(?:要|将|力争|实现|达|建|基本)|每年(?=对|安排|为|投入|选|支持|建)|(?<![稳超合])(?<!社会)(?<!市场)预期(?!寿命|因素|管理)|安排(?=发行|地方))"
)
_SUMMED = re.compile(
    r"新增|净增|签约|开工|入选|落地|投产|受理|办理|接待|整治|转移|安置|资助|救助|帮扶|增量|新登记|新注册|引进|累计|新（?改?扩?）?建|完成|建成|改造|新改|解决|淘汰|修建|新扩|增加(?!到|至|值)|减少(?!到|至)|治理|造林|育林|压减(?![到至])|节约|退耕|发放|出让|处置|盘活|收回|流转|培育|建设|实施|新培|认定|共[一-鿿]{2}"
)
_SO_FAR = re.compile(r"(?<!目前已)累计(?:[认评]定|创建|建成|建立|设立|组建|获批|入选|开通|有|与)(?!.*新[增建])")
_HAVING = re.compile(
    r"(?:覆盖|拥有|[现实共设]有|达到?|做到|(?:[增升扩减降]|增加|增长|扩大|扩展|拓展|扩容|扩充|发展|壮大|上升|减少|下降)[到至]|参保|总数|总量|在建)[^，。；]{0,2}$"
)
_MADE_WITH = re.compile(  # 打造了拥有六间客房的院子: of what was made
    r"(?:打造|建成|建起|新建|建造|推出|开办|开设|设立)(?:了|出)?(?:一[个座家处批])?[拥设建]?有$"
)
_THERE_IS = re.compile(r"(?:[里还只仅尚就]有|仅)$")  # of things, not of events
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
    r"(?:较|比|自)[^，。；]{0,6}(?:年初(?!预算)|上个?月|上个?季度?|上一季度?|上周|上期|上年末|去年末|去年底|上年底|前(?![后移一二三四五六七八九十\d])|末|之前|以前)|(?:改革|合并|调整|整合|改造|改制|技改)(?:后|前的$)"
)
_YOY = re.compile(r"同比|(?:比|较)(?:上年|去年|上年同期|去年同期|上一年)|上年同期|去年同期")
_ANNUAL = re.compile(
    r"[比较]前[一二三四五六七八九十\d]{1,2}年|年均|平均每年|累计|年平均|年递增|每年平均|年增长率|(?<![\d一二三四五六七八九零])(?:\d{1,2}|[一二三四五六七八九十两]{1,3})年(?:来|间|内|里)?[^，。；]{0,8}增长$"
)
_EACH_YEAR = re.compile(r"年均|平均每年|每年平均")
_SPENT = re.compile(r"投[资入]|支出|资金")
_HAS = re.compile(r"总|[^，。]*(?:[达有]|[增升][到至])$")
_OF_A_NOUN = re.compile(r"[^，。；、：\d的期末底]{2,8}的(?!基础)")
_RATES = frozenset(words("percent multiple points"))
_THAN_OTHERS = re.compile(r"比(?:全|[^，。；]{0,6}平均)[^，。；]*[高低快慢]出?$")
_OTHERS = re.compile(
    r"时[序间]进度|超(?:过)?(?:年度)?(?:目标|计划|预期)|(?:[高低快慢多少好优][于出]|超出|领先)[^，。；]*$|比(?:全|[^，。；]{0,6}平均)[^，。；]*[高低快慢]$"
)  # against other places, not other years
_THAN = re.compile(
    r"(?<![可同])[比较](?![例重值])(?P<other>[^，。；]{1,14}?)(?:分别|平均|均|还|要)?[高低快慢多少]出?了?$"
)
_TIMED = re.compile(r"[年月季期初末]|[之以][前往]|[改整合调][一-鿿]前|过去|从前|原[来先]|同比|此前")
_REFORMED = re.compile(r"(?:改革|合并|调整|整合|改造|改制|技改)后")
_YEAR_START = re.compile("年初|[上去]年[末底]")
_SPENDING = re.compile(r"(?:经费|支出|开支)$")
_NOT_YEARLY = frozenset(
    words("倍 减少 压减 压缩 精简 缩短 缩减 裁减 提速 提效 增效 降本 降耗 节约 节省 减排 优惠 超额 超过")
)
_NO_FLOW = frozenset(words("降价 减轻 上调 下调 调高"))  # against what was, not against a year, where no period is said
_AHEAD_AFTER = re.compile(  # said behind the number: 31个事项年底前上线, 1600个接口要全部打通
    r"(?:大关|关口)?(?:逼近|迈进|冲刺|进军|靠拢|靠近)|[^，。；：、\d]{0,14}?(?:将(?=[按于在被由全陆继建开投达实])|要全部|年底前(?!已)|有望|力争|的目标(?:要|将)|今年启动)"
)
_TASK = re.compile("(?:任务|目标)(?:为|是|共|约|有)?$")
_UNDER_WAY = re.compile(
    "正在?(?:加紧|抓紧|加快|全力|有序|稳步|按计划)?(?:推进|实施|落实|办理|完成)|尚未|还未|有待"
)  # 任务65万吨正在推进
_RELEASE = re.compile(  # a day on which something was told, which is not the day of the figures
    r"(?:[上下]午|晚)?[，,]?[^。；，,]{0,24}?(?:记者|获悉|发布会|了解到|介绍|报道|采访|(?:市民|居民)[^，。；]{0,3}(?:先生|女士|大[妈爷姐叔娘]|告诉|表示|来到|说)|向(?:媒体|社会|公众)[^，。；]{0,4}(?:公布|发布|通报|披露)|(?:公布|发布|通报)[^，。；]{0,14}(?:数据|结果|情况|消息|公报|显示))"
)
_EVENT = re.compile(  # a period that only tells an event apart: 一季度集中签约仪式, 春季集中开工的项目
    r"度?的?(?:(?:(?!召开|举行|举办|组织)[^，。；\d]){0,14}(?:仪式|会议|大会|现场会|观摩会|发布会|评审会|推进会)(?=[上中，。举])|[^，。；\d]{0,4}集中(?:签约|开工|投产)的)"
)
_THAT_DAY = re.compile(r"[^。；]{0,30}?(?:举行|仪式|签约|开工|揭牌|启动|现场|当天|发生)")
_SHARE_OF = re.compile(r"[^，。；、\d]{0,10}的(?=[\d近约超百一二三四五六七八九])")
_RATED = re.compile(
    r"(?:首[台款个座艘套条]|最[大高长深先])[^，。；、]{0,8}$"
)  # the size of one machine: 全球首台5兆瓦的机组
_EACH_OF = re.compile(r"\d[台座艘辆套](?:\d[\d.]*[-—–－~～至到])?$")  # 15台35-65蒸吨锅炉
_STANDING = re.compile(r"发布|实施|推进|推出|打造|发展|评选|培育|认定|公布|开展")
_EFFECTS = re.compile(
    r"能耗|单耗|[水电油煤]耗|成本|用工|时间|时长|用时|环节|材料$|价格(?!指数)|[单均房粮菜油煤电]价"
)  # of works, of which no year is told
_FOUNDED = re.compile(r"[^，。；\d]{0,6}(?:成立|创办|建厂|创建|始建|开业|毕业|退伍|返乡|出生)(?=[，、])")
_RATIO_OF = re.compile("(?:同期)?的")  # 恢复到2019年同期的118%
_LISTED_IN = re.compile(r"[列纳]入(?:了)?$")
_FLOW_RATIO = re.compile(r"投入|产值|收入|税收|增加值|销售|贡献|支出|利润|营收|出口|消费|占[^，。；]{0,8}$")
_TOLD_HERE = re.compile(
    r"[已了]|目前|截至|同比|现有|累计|去年|今年|\d[年月]|季度|获"
)  # what a new part of a sentence tells
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
    coming: Period | None,
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
    said = [p for p in said if not _is_over(line, p, number.start, when)]
    old = when.year - 1 if when else 0  # 这家1958年建厂的老厂, but 去年承诺的实事 is of last year
    said = [p for p in said if not (p.finish.year < old and _of_a_noun(line, p) and "，" in line[p.end : number.start])]
    said = [p for p in said if not _tells_apart(line, p)]
    said = [p for p in said if not (_FOUNDED.match(line, p.end) and re.search("[，。；]", line[p.end : number.start]))]
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
    ahead = _AHEAD_AFTER.match(line, number.end)
    if not ahead and _TASK.search(clause):
        ahead = _UNDER_WAY.match(line, number.end)
    if ahead and coming and coming.start < ahead.end():
        period = coming  # 31个事项年底前上线
    planned = bool(ahead) or _is_planned(
        here,
        cue - start,
        section,
        said,
        when,
        _behind(line, number.end),
        bool(sentence) and sentence[-1].status == "planned",
    )
    planned = planned and claim.role != "from"
    claim.status = "planned" if planned else "reported"
    based = [p for p in stretches if p.base and p.start >= part]
    between = line[based[-1].end : number.start] if based else "，"
    ratio = (
        claim.kind == "share"
        and _RATIO_OF.match(between)
        and re.search("[到于是为至]", line[based[-1].start - 1 :][:2])
    )
    if between in {"（", "("} or (
        claim.kind in {"level", "share"} and not ratio and len(between) <= 4 and "，" not in between
    ):
        period = based[-1]
    segment = clause[clause.rfind("、") + 1 :]
    own = segment if _HAS.match(segment) else clause
    claim.stock = _is_stock(page, claim, own, here if not said else own)
    before = sentence[-1] if sentence else None
    if before and claim.stock and line[before.number.end] == "、" and _is_named_only(page, claim, segment):
        claim.stock = before.stock  # 入选智能工厂2家、数字车间67家: the verb is that of the first
    grade = line[number.end - 1] == "级" and number.unit != "级"
    counts = claim.kind == "level" and number.kind == "amount" and (grade or not AMOUNT_UNITS.search(number.unit))
    several = section.current and section.current.years > 1 and not said and not planned
    if number.unit == "大" and several and not _STANDING.search(clause):
        claim.stock = True  # 十大产业集群初步形成
    if before and counts and before.number.unit == number.unit and _IN_ALL.match(clause):
        claim.stock = True  # 新增85家，累计302家
    until = bool(said and planned and line[said[-1].start] == "到" and said[-1].years == 1)
    if until and counts:
        claim.stock = True  # 到2026年，培育企业10家
    elif said and counts and planned and not said[-1].instant and not _HAVING.search(own):
        claim.stock = False  # 年内新建公厕45座，配套车辆30辆
    if before and (claim.listed or claim.indicator == before.indicator or _ranks(claim, before)):
        moved = claim.kind in {"change", "delta"}
        claim.stock = claim.stock or (before.stock and (moved or not _SUMMED.search(clause)))
    if said and said[-1].instant and claim.kind == "level" and number.unit == "元" and _yearly(line, said[-1], claim):
        period = said[-1]._replace(begin=Date(said[-1].finish.year, 1, 1), instant=False)
    if period and claim.stock and claim.kind == "level" and _HAVING.search(own) and not planned:
        period = period._replace(begin=period.finish)  # 前三季度…总数达到402处: as it stood at the end
    if period:
        state = claim.stock and (until or claim.kind not in {"change", "delta"})
        if until and claim.kind == "share" and not _FLOW_RATIO.search(plain(claim.indicator) + clause):
            state = True  # 到2025年，覆盖率达到90%
        claim.period = period.iso(
            state and not period.run, planned, _ends_a_year(period, line) and _reached(page, claim, clause, bool(said))
        )
    if said and period and period.years == 1 and "年均" in clause and line[period.start] == "到":
        claim.period = ""  # 到2025年，年均增长6%: of the years up to then, of which the first is not told
    if claim.role and (claim.listed or not claim.period):
        claim.period = next((c.period for c in sentence if c.role == claim.role), "") or claim.period
        if claim.kind == "level" and not claim.stock and re.fullmatch(r"\d{4}-12-31", claim.period):
            claim.period = f"{claim.period[:4]}-01-01/{claim.period}"
    both_count = before and counts and before.number.kind == "amount" and not AMOUNT_UNITS.search(before.number.unit)
    alike = before and before.kind == claim.kind and (before.number.unit == number.unit or both_count)
    if (
        before
        and alike
        and not (said and said[-1].start > before.number.end)
        and re.match(r"[，（]其中", line[before.number.end : number.start])
    ):
        claim.stock, claim.period = before.stock, before.period
    sized = claim.kind == "level" and number.bound == "exact" and number.unit != "元" and _behind(line, number.end)
    if sized and AMOUNT_UNITS.search(number.unit) and _RATED.search(clause):
        claim.period = ""
    if claim.kind == "level" and AMOUNT_UNITS.search(number.unit) and _EACH_OF.search(clause):
        claim.period = ""
    if claim.kind in {"change", "delta"}:
        _compare(line, claim, clause, here, period, based, sentence)


def _is_over(line: str, period: Period, at: int, when: Date | None) -> bool:
    """Say whether what follows is said of the day, and not of a period before: 去年…，目前有…; but 6月以来…，到现在…."""
    now = NOW.search(line, period.end, at)
    return bool(now and not (period.finish == when and line[now.start() - 1] in "到至"))


def _tells_apart(line: str, period: Period) -> bool:
    """Say whether a period is only that of a release, an event or a list: 12日，记者获悉; 一季度签约仪式; 列入2017年计划."""
    told = line[period.start : period.end]
    day = period.instant and period.begin == period.finish and told[0] not in "截到至"
    if day and (_RELEASE.match(line, period.end) or (told[0] == "昨" and not _THAT_DAY.match(line, period.end))):
        return True
    if _SHARE_OF.match(line, period.end) and told in {"全年", "年度"}:
        return True  # 完成全年支出的67%
    listed = _LISTED_IN.search(line, max(0, period.start - 3), period.start)
    return bool(listed or (_EVENT.match(line, period.end) and not period.to_date))


def _yearly(line: str, period: Period, claim: Draft) -> bool:
    """Say whether an income after one that grew to the end of a year is that of the year: 增长至2023年底的9元，收入达5元."""
    whole = (
        period.begin.month == 1 and line[period.end - 1] in "底末" and re.search("[到至]", line[period.start - 1 :][:2])
    )
    return bool(whole and not claim.role and _FLOW_RATIO.search(plain(claim.indicator)))


def _ends_a_year(period: Period, line: str) -> bool:
    """Say whether a period of several years has a last year to look at: not 连续五年, nor 去年以来."""
    return not period.run and not line[period.start : period.end].endswith(("以来", "起"))


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
        sources = [c.number.start for c in sentence if c.role == "from"]
        ends = [(max(line.rfind(c, 0, source) for c in "从由"), source) for source in sources]
        return [p for p in said if not any(own < p.start < source for own, source in ends)]
    if any(p.start > mark for p in said):
        return [p for p in said if p.start > mark]
    ranges = [p for p in said if p.years > 1 and re.search(r"[-—–－～~至到]", line[p.start : p.end])]
    return [p._replace(finish=Date(p.begin.year, 12, 31)) for p in ranges[-1:]]


def _is_planned(
    here: str, cue: int, section: Section, said: list[Period], when: Date | None, ahead: str, after_planned: bool
) -> bool:
    """Say whether a figure is to come, by the words before it, the period said, or the section."""
    part = max(here.rfind("；"), here.rfind("。")) + 1
    cued = cue >= part or (cue >= 0 and after_planned and not _TOLD_HERE.search(here + ahead, part))
    last = here.rfind("，") + 1
    if when and said and (said[-1].finish if said[-1].instant else said[-1].begin) > when:
        return True
    if section.planned:
        past = bool(when and said and said[-1].finish < when and not said[-1].to_date)
        return not past and (cued or not _DONE_HERE.search(here, last))
    return cued and (cue >= last or not re.search(r"已|获|到位(?![资市省境])|下达", here[cue:]))


def _behind(line: str, end: int) -> str:
    """Give the few characters behind a number that belong to its clause."""
    return re.split("[，。；、]", line[end : end + 4])[0]


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
    there = counts and number.unit not in _EVENTS and _THERE_IS.search(clause)
    having = (
        (there or (_HAVING.search(clause) and not _MADE_WITH.search(clause)))
        and summed <= {"建设", "治理", "改造", "培育"}
        and not re.search(r"平均|人均", name)
    )
    if summed and not built and not having:
        return False
    if counts:
        known = _HAVING_AFTER.match(page.line, number.end) or _STOCK_NOUN.search(name)
        return bool(having or built or known or _is_named_only(page, claim, clause[clause.rfind("、") + 1 :]))
    kept = claim.kind == "level" and re.search(r"积累|结存|结余", clause)
    return bool((is_stock(name) and "投资" not in name) or kept or (_STOCK_NOUN.search(name) and name in clause))


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
    bases = [base] if base else []
    for earlier in reversed(based[:-1]):  # 较上半年、一季度: what is said of the first holds for both
        if base and re.fullmatch(r"(?:（[^）]*）)?[、和及与]", line[earlier.end : base.start]):
            base = earlier
            bases.insert(0, base)
    listed = base and re.match(r"(?:相比|比较|的?同期)?[，,]", line[base.end : base.end + 4])
    if base and number.start - len(clause) > base.end and not listed:
        base, bases = None, []  # said of another figure of the sentence
    reached = [c for c in sentence if c.role == "to" and c.indicator in claim.indicator]
    from_to = "from" in ends and any(c.indicator == claim.indicator or _beside(c, claim) for c in reached)
    than = _THAN.search(clause)
    if line[number.start - 1] in "（(" and claim.kind == "change":
        claim.basis = "yoy"
    elif _SINCE.search(clause) or (not from_to and _REFORMED.search(here)) or "环比" in clause:
        claim.basis = "since"
        before = sentence[-1] if sentence else None
        if (
            before
            and before.stock
            and before.indicator == claim.indicator
            and before.period
            and _YEAR_START.search(clause)
        ):
            claim.period = before.period  # 达到812户，比年初净增67户
    elif claim.listed and sentence and sentence[-1].kind == claim.kind and len(bases) < 2:
        claim.basis = sentence[-1].basis  # 比全国、全省分别高0.6个和0.3个百分点
    elif _YOY.search(clause) and not (len(bases) > 1 and "分别" in clause):
        claim.basis = "yoy"
    elif from_to:
        claim.basis = "" if _EACH_YEAR.search(clause) else "from_to"
        first, last = (next(c.period for c in sentence if c.role == r) for r in ("from", "to"))
        if first and last and first[:4] < last[:4]:
            closed = re.search(f"{first[:4]}年[底末]", line)  # 由2012年底的…增长到
            opening = first if closed and "/" not in first else f"{first[:4]}-01-01"
            years = f"{opening}/{last[-10:-6]}-12-31"
            claim.period = years if int(last[-10:-6]) - int(first[:4]) > 1 or "/" not in last else last
    elif sentence and _is_part_of(line, claim, sentence[-1]):
        claim.basis = sentence[-1].basis  # 同比增加19天，其中晴天增加5天、阴天增加14天
    elif sentence and sentence[-1].basis == "since" and clause == "增长" and claim.indicator == sentence[-1].indicator:
        claim.basis = "since"  # 较年初增加24亿元，增长7%
    elif than and not _TIMED.search(than["other"]):
        claim.basis = ""
    elif base:
        if claim.stock and sentence and sentence[-1].stock and sentence[-1].indicator == claim.indicator:
            levels = [c.period for c in sentence if c.indicator == claim.indicator and c.kind == "level"]
            claim.period = next((p for p in levels if p[:4] > str(base.finish.year)), claim.period)
        first_start = bases[0].start
        if len(bases) > 1 and "分别" in line[base.end : number.start]:  # 较上半年、上年同期分别提高2和3个百分点
            base = bases[min(_nth(sentence, claim), len(bases) - 1)]
        year = int(claim.period[-10:-6] or 0)
        if base.years == 1 and (claim.stock or not period or period.years == 1):
            against = r"[比较同与][^，。；]{0,2}$" if number.kind != "multiple" else r"[比较同与于是为][^，。；]{0,2}$"
            compared = re.search(against, line[max(0, first_start - 3) : first_start])
            last_year = base.finish.year == year - 1 or re.match("上年|去年", line[base.start : base.end])
            claim.basis = "yoy" if last_year else "since" if compared else ""
    elif period and _since_then(line, claim, period):
        claim.basis = "since"  # 6月以来，…到现在价格翻了一番
    elif _ANNUAL.search(clause) or (period and period.years > 1) or _is_an_effect(claim):
        claim.basis = ""
    elif claim.verb in _NOT_YEARLY:
        claim.basis = "yoy" if _SPENDING.search(claim.indicator) and number.kind == "percent" else ""
    elif sentence and _goes_on(line, claim, sentence[-1]):
        claim.basis = sentence[-1].basis  # 比一九五七年增长四倍，乙增长十二倍
    elif not (_OTHERS if number.kind == "points" else _THAN_OTHERS).search(clause) and number.kind in _RATES:
        claim.basis = "yoy"


def _since_then(line: str, claim: Draft, period: Period) -> bool:
    """Say whether a change is that from some day of the year to the present: 6月以来，…到现在价格翻了一番."""
    opened = (period.begin.month, period.begin.day) != (1, 1) and line[period.start : period.end].endswith("以来")
    return opened and bool(re.search("到(?:现在|目前|如今)|至今", line[period.end : claim.number.start]))


def _is_an_effect(claim: Draft) -> bool:
    """Say whether a change without a period is what some works or a measure brought about, and not one of a year."""
    lowered = claim.direction == "down" and _EFFECTS.search(claim.indicator)
    return not claim.period and bool(lowered or claim.verb in _NO_FLOW)


def _nth(sentence: list[Draft], claim: Draft) -> int:
    """Say which of a list of figures dealt out by 分别 this one is."""
    return next((i for i, c in enumerate([claim, *reversed(sentence)]) if not c.listed), 0)


def _ranks(claim: Draft, before: Draft) -> bool:
    """Say whether a rank is that of the figure before, alone or as one of a list."""
    return claim.kind == "rank" and bool(before.indicator) and before.indicator in claim.indicator


def _beside(one: Draft, other: Draft, reach: int = 12) -> bool:
    """Say whether one figure follows the other with little between."""
    return 0 <= other.number.start - one.number.end <= reach


def _is_part_of(line: str, claim: Draft, before: Draft) -> bool:
    """Say whether a bare change is that of a part of what the figure before is of, or of the next part."""
    alike = before.kind == claim.kind == "delta" and before.number.unit == claim.number.unit
    between = line[before.number.end : claim.number.start]
    return alike and bool(
        re.match("[，（、](?=其中)", between)
        or ("其中" in line[: before.number.start] and re.fullmatch(r"[、和][^，。；：、]{1,14}", between))
    )


def _goes_on(line: str, claim: Draft, before: Draft) -> bool:
    """Say whether a bare change goes on from one against a named earlier year, in a list of the same kind."""
    alike = before.kind == claim.kind == "change" and before.number.kind == claim.number.kind
    return alike and before.basis == "since" and before.period == claim.period
