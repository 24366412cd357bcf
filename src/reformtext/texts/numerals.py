"""Numbers with their units, dates and formulas: where they stand and what they are worth."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

# One character for one, so that offsets stay: full-width signs, traditional forms that older reports use.
_WIDE = "０１２３４５６７８９．％＋／－～〇○"
_NARROW = "0123456789.%+/-~零零"
_OLD = (
    "並亞佈佔來係個們倣備債僅僑價億償優儲兌內兩冊別則創劃動務勝勞勢區協參員問啟單噸嚴國圍園圖團執堅報場塊墾壓壞壽奪奮學實審將專對導屆層屬崗師帳帶幫幹幾庫廠廢廣廳張強後從復徵憲應戰戶捲掛採換揮損搶撥擁擔據擧"
    "擬擴擺攝敎敵數斷於時晉晝書會東條棟業極榮構樁樓標樞樣樹機檔檢權歐歲歷氣汙汚決沒況淨減測準溼滅滿漲濟灣災為無煉熱營爭爲狀獨獲現環產産畝當療發盞監盤盧眾確碼礎礦稅種積穩穫筆節範築簡簽籌籤糧紀約納紐級細組結"
    "給統經綜綫維網緊線縣縮總績織繞繳繼續罰羣義習聞聯職聽脫臺與興舉舖艱莊華萬著蓋蘇處號衆術衞裏補裡製複見規視訂計訓記訪設許評試認說課調請諧謀謂證識議護變讓負財貧貫責買貸費貼貿資賣質購趕躋躍車軌軍較載輕輛輪"
    "輸轄轉辦農這連週進遊運過達遞遠適遷選邁還鄉鄰醫釐針銀銷鋪鋼錄鍾鎊鎮鏈鐵長門閉開間關陣陸隊階際隱雙難電鞏頁頃項順須預領頭頻顆題額願類顧顯養餘館馬駐驗體鬥鮮點黨齡龍"
)
_NEW = (
    "并亚布占来系个们仿备债仅侨价亿偿优储兑内两册别则创划动务胜劳势区协参员问启单吨严国围园图团执坚报场块垦压坏寿夺奋学实审将专对导届层属岗师账带帮干几库厂废广厅张强后从复征宪应战户卷挂采换挥损抢拨拥担据举"
    "拟扩摆摄教敌数断于时晋昼书会东条栋业极荣构桩楼标枢样树机档检权欧岁历气污污决没况净减测准湿灭满涨济湾灾为无炼热营争为状独获现环产产亩当疗发盏监盘卢众确码础矿税种积稳获笔节范筑简签筹签粮纪约纳纽级细组结"
    "给统经综线维网紧线县缩总绩织绕缴继续罚群义习闻联职听脱台与兴举铺艰庄华万着盖苏处号众术卫里补里制复见规视订计训记访设许评试认说课调请谐谋谓证识议护变让负财贫贯责买贷费贴贸资卖质购赶跻跃车轨军较载轻辆轮"
    "输辖转办农这连周进游运过达递远适迁选迈还乡邻医厘针银销铺钢录钟镑镇链铁长门闭开间关阵陆队阶际隐双难电巩页顷项顺须预领头频颗题额愿类顾显养余馆马驻验体斗鲜点党龄龙"
)
_PLAIN = dict(zip(_WIDE + _OLD, _NARROW + _NEW, strict=True))
_NOT_PLAIN = re.compile(f"[{_WIDE}{_OLD}]")  # few characters of a text: str.translate would look each one up
_DOT_IN_NUMBER = re.compile(r"[·∙•](?<=\d.)(?=\d%|\d\d%)")  # 4·3％ in texts of the nineties

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_POWER = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}

# ---- pieces of the grammar -------------------------------------------------------------------------------------
# Digits set apart, as texts of the nineties have them: 1 2 ．5 ％.
_SPACED = r"(?<![\d.])(?:\d(?: \d){1,11}(?: ?\. ?\d(?: \d){0,6})?|\d ?\. \d(?: \d){0,6}|\d \.\d)(?![\d.])"
_A = _SPACED + r"|(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,15})(?:\.\d{1,8})?"
_H = r"(?:[零一二三四五六七八九十百万亿两]|千(?![瓦伏])){1,20}(?:点[零一二三四五六七八九]{1,6})?"
_TIMES = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万(?!分之)|千(?![瓦伏克米卡赫])|百(?!分))"
_MORE = r"[余多来]"
_TIMES_OF = re.compile("[万亿千百]+")
_MORE_OF = re.compile(_MORE)
_DIGITS, _SMALL = re.compile(r"\d"), re.compile("[一二三四五六七八九两十]")
_BETWEEN_DIGITS, _WITH_TIMES = re.compile(rf"{_MORE}|[,\s]"), re.compile(r"(\d+(?:\.\d+)?)([十百千万亿]*)")
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?:1[89]|20)\d\d|(?:1 [89]|2 0) \d \d|[一二][一二三四五六七八九零]{3})"
_DASH = r"[-—–−~～至到]{1,2}"

_MEASURES = (
    "微克/立方米 毫克/升 克/千克 吨标准煤 吨公里 人公里 吨海里 人海里 载重吨 吨 公斤 千克 毫克 微克 克 斤 担 平方公里 平方千米 平方米 立方米 公方 土方 标方 公顷 亩次 亩 "
    "平方公尺 立方公尺 公尺 公里 千米 海里 厘米 毫米 微米 纳米 米 千瓦时 兆瓦时 吉瓦时 千瓦 兆瓦 吉瓦 千伏安 千伏 马力 大卡 摄氏度 ℃ 标准箱 标箱 标准台 重量箱 "
    "美元 欧元 港元 日元 英镑 卢布 元 EFLOPS PFLOPS GWh MWh GW MW kV TEU PB TB GB Gbps Mbps P(?![A-Za-z]) 升 匹 华里 里(?=[路地]|[，。；、])"
)
_CLASSIFIERS = (
    "大类 艘次 班次 架次 批次 场次 人次 户次 家次 车次 航次 亩次 人天 件次 台次 台套 台(?![阶湾商胞账]) 套 人(?![均口才员大民工类生气文身物居力]) 户(?![籍外]) 家(?![庭园]) 个 名 位(?![数置于居一]) "
    "项 件 起 条 种(?![植子粮业质]) 类 批 次 场(?![馆所地]) 期 座 所 处 宗 支 只(?![能要有]) 头 辆 架 艘 列 趟 届(?!中央|全国|[省市县一二三四五六七八九十]|人大|政协) 部(?![分门署级长委队]) 门 本 册 份 张 枚 款 幅 间 栋 幢 片 块 颗 "
    "株 棵 粒 对(?=[，、。；）]|$) 眼 道(?!路) 笔 例 篇 首 集 盏 根 桩 团 组 轮 课 方(?![面向式案针位法]) 单(?=[，、。；）]|$) 分(?![之类别钟布工级]) 度(?![假过]) 大(?=[一-鿿“]) 口(?=[，、。；）井]) 岁"
)
_UNIT_OF = re.compile(
    r"个百分点|百分点|个基点|个位次|位次|[%‰]|倍|成(?![立为功果员长熟本绩效就都交])|番|(?:"
    + "|".join((_MEASURES + " " + _CLASSIFIERS).split())
    + r")(?:/(?:立方米|公里|小时|人|吨|年|天|日|亩|平方公里|平方米|万元|户|秒|公斤|千瓦时|升|次))?"
)
_BEFORE = re.compile(
    r"(?:不低于|不少于|不小于|不高于|不超过|不大于|不突破|至少|超过|超出|突破|大约|将近|接近|不到|不足|超|(?<![最附远邻靠])近|(?<![节条合契预签])约|逾|(?<![打])破|(?<![通经不度])过|(?<![以线网迈跃跨登站早晚])上(?=$))了?$"
)
_BEFORE_LAST = frozenset("于少过破出约近到足超逾上了")  # how such words end: most numbers need no search
_AFTER = re.compile(r"(?:及以上|以上|以下|以内|之内|左右|上下|有余|多(?![种样元个次])|余)")
_MIN, _MAX = (
    ["以上", "及以上", "不低于", "不少于", "不小于", "至少", "超过", "超出", "超", "突破", "逾", "破", "过"],
    ["以下", "以内", "之内", "不高于", "不超过", "不大于", "不突破", "不到", "不足"],
)

_DURATION = re.compile(
    r"个?[半多余]?(?:周年|年级|年(?!产|均|度)|月(?!份)|小时|工作日|分钟|秒|天|日(?!元)|周(?!年)|季度|世纪|星期|刻钟|昼夜|(?<!个)年度|载|代人)"
)
_NAME_AFTER = re.compile(
    r"(?:国集团|强(?![，。；、）]|度)|号|路|楼|线(?!路)|环(?!节)|级|院(?!士)|版|频道|国道|省道|高地|热线|医院|中学|小学|A级|[A-Z]|中全会|线城市|代(?=[移产]))"
)

_SKIP = {
    "title": r"《[^《》\n]{1,80}》|〈[^〈〉\n]{1,40}〉",
    "document": r"[〔\[（(](?:19|20)\d\d[〕\]）)]\s?\d{1,4}号",
    "long": r"[\d]{16,}|[零一二三四五六七八九十百千万亿两]{21,}",
    "phone": r"(?<![\d.])0\d{2,3}-\d{7,8}(?!\d)|(?<![\d.])1[3-9]\d{9}(?!\d)|(?<![A-Za-z])[A-Za-z]{1,8}-?\d[A-Za-z0-9.-]{0,20}+(?![亿万%元个家])",
    "formula": r"(?:\d{1,4}|N|X)(?:\+(?:\d{1,4}|N|X)){1,8}|N(?=[项个])|\d{1,3}[×xX*]\d{1,3}(?:小时)?",
    "institute": r"(?<=[州洲京沈阳津汉庆都连肥昌沙宁])\d{3}[所厂院](?![，。、；])",
    "place_name": r"三门峡|五台山|五台县|九台区|三台县|五家渠|二道区|二道江|五大连池|八道江",
    "time": r"\d{1,4}[:：]\d{1,4}(?:[:：]\d{2})?",
    "date": rf"(?:19|20)\d\d[-./](?:1[0-2]|0?[1-9])[-./](?:3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"|{_YEAR}年?{_DASH}{_YEAR}年(?:度|底|末|初)?|{_YEAR}[ \xa0]?年(?:代|初|末|底|度)?(?:\s?{_DAY}{_DASH}{_DAY}月份?|\s?{_DAY}月(?:份|底|末|初)?(?:\s?{_DAY}日)?)?"
    rf"|{_DAY}{_DASH}{_DAY}月份?|(?<![\d一二三四五六七八九十]){_DAY}月{_DAY}日(?:{_DASH}(?:{_DAY}月)?{_DAY}日)?|(?<![\d一二三四五六七八九十百.]){_DAY}月(?:份|底|末|初|上旬|中旬|下旬)?(?![份])|(?<![\d.]){_DAY}日(?![元均产])|[二三四五六七八九]十年代|\d0年代|(?:19|20)\d\d(?=[、和·](?:19|20)\d\d年|·)",
    "plan": r"[“「]?十[一二三四五六]?五[”」]?(?=规划|时期|计划|期间|末|以来|开局|收官|发展|目标|[”」])|[“「][一二三四五六七八九]五[”」]|[一二三四五六七八九]五(?=计划|期间|时期)|“?三五”",
    "congress": r"(?:[十二一三四五六七八九]{1,3}|(?<!办)\d{1,2}(?=届(?:全国|中央|[省市县]|[一二三四五六七八九十]|人大|政协)))届(?:[一二三四五六七八九十]{1,2}(?:中全会|次(?:全会|会议|全体)|中))?|[十二]{1,2}[一二三四五六七八九]?大(?=[精报以和、提作确召对战的部胜关]|$)|[一二三四五六七八九十]{1,2}中全会|[一二三四五六七八九]届[^，。]{0,6}[一二三四五六七八九十]次会议",
    "incident": r"[“]?\d{1,2}[·.]\d{1,2}[”]?(?=龙卷|事[故件]|洪|地震|特大|暴雨|火灾|消费)",
    "ordinal_article": r"第[零一二三四五六七八九十百\dA-Z]{1,6}(?:版|条|章|节|届|批|场|次|期|号|轮|季|步|产业|季度|方面|代|个(?!百分)|项|一|线|大|阶段|书记|时间|动力|生产力|梯队|方阵|责任人|议题|课|资源|要务|站|道|家|条|座|支|只|部|部分|类|种|年|党|机场|医院|中学|小学|人民|附属|师|军|战区)",
    "indefinite": r"[几数若][十百千万亿]{1,4}(?:亿|万)?[多余]?[个家项名人户件种所座次条倍元]?|(?:[一二三四五六七八九]?十|百)几[个家项名人次]?|十多亿人民|千[一-鿿]百[一-鿿]|百分百|万无一失|千万(?=[不要别])|十分(?![之钟])",
}
_NUMBER = (
    r"(?P<per>百分之|千分之)(?P<perhan>[零一二三四五六七八九十百两]{1,8}(?:点[零一二三四五六七八九]{1,6})?|\d{1,4}(?:\.\d{1,6})?)"
    rf"|(?P<low>[一二三四五六七八九十]{{1,3}}|\d{{1,4}})(?P<ofs>分之)(?P<high>[一二三四五六七八九十]{{1,3}}|\d{{1,4}})|(?P<high2>\d)/(?P<low2>[2-9]|10)(?![\d/.])"
    r"|翻(?P<again>了?[近约]?)(?P<turns>[一二两三四\d])(?:番|倍)|(?P<double>(?<!双)翻番)"
    rf"|第(?P<place>\d{{1,4}}|[一二三四五六七八九十百]{{1,4}})(?P<placeunit>位|名)?|(?<![提目之以此空当日年月期])前(?P<top>\d{{1,4}}|[一二三四五六七八九十百]{{1,4}})(?P<topunit>位|名|强|(?=[，。；、）”]|$|的|行列|之列))|(?P<head>首位)"
    rf"|(?P<arabic>(?:{_A})(?:[ \xa0]?{_MORE}?{_TIMES}){{0,2}}(?:\d{{1,4}}(?:\.\d{{1,4}})?(?:千万|百万|万|亿))?{_MORE}?)"
    rf"|(?P<han>{_H}{_MORE}?(?:[万亿]{{1,2}}{_MORE}?)?)"
)
# Every alternative begins with one of these: a look at one character saves trying them all at most places. The names
# stand behind their patterns, as empty groups, so that the engine sees a pattern's first character before it enters.
_FIRST = r"(?=[\dA-Za-z零一二三四五六七八九十百千万亿两几数若翻第前首“「《〈〔\[（(])"
_SKIPS = "|".join(f"(?:{pattern})(?P<{name}>)" for name, pattern in _SKIP.items())
_SCAN = re.compile(f"{_FIRST}(?:{_SKIPS}|{_NUMBER})")

_RANK_CUE = re.compile(
    r"(?:全[国省市球]|世界|[中西东]部|居|列|排名?|位次?|名列|跃升|升至|升到|跃居|跃至|进至|晋升|前移至|攀升至|第|获|夺|均为|进入|跻身|迈入|挺进|保持|稳居|冲进|前进到)[^，。；：！？]{0,20}$"
)
_RANK_ENDS = re.compile(r"[，。、；：！？）)】”’\s,;的和与及并且，提升升跃上前跻（(—-]|$|以[上内]|左右")
_COUNTED_NOUN = (
    r"领域|产业|集群|中心|基地|平台|园区|开发区|新区|县区|[县市区省]|企业|公司|集团|项目|工程(?!师)|任务|环节|部门|单位|学校|高校|医院|机场|铁路|高速|高铁|公路|线路|港口?|国家|"
    r"地区|城市|乡镇|街道|社区|村|试点|专项债|债券|专班|小组|行业|实事|支出|经费|品种|产品|系统|法规|条例|法律|办法|事故|实验室|研究院|院所|站|厂|矿|湖|河|大型|机组|批次|法案|意见|"
    r"方案|车间|工厂|特区|码头|支柱|片区|组团|枢纽|走廊|通道"
)
# What a small Han count must be of to be a count of real things: 十五个水电站; 水电站十五个，
_HEAD_NOUN = re.compile(rf"[^，。；：、！？的]{{0,14}}?(?:{_COUNTED_NOUN})")
_NOUN_BEFORE = re.compile(rf"(?:{_COUNTED_NOUN})(?:有|共|共有|各)?$")
_SOFT = set("处个项种大类件批级位次部条起道门对期轮份团组课方篇")  # classifiers that also count ideas
_SLOGAN = re.compile(r"[“‘「][^”’」，。；：、\n]{0,14}$")
_SLOGAN_END = re.compile(r"[^“”‘’「」，。；：、\n]{0,14}[”’」]")
_JOIN = re.compile(rf"\s?(?:{_DASH}|[、,，和或及与])\s?")
_RANGE = re.compile(rf"\s?{_DASH}\s?")


class Number(NamedTuple):
    """A number as written.

    Parameters
    ----------
    start, end : int
        The span with the unit and with the bound words that touch it (``近``, ``以上``).
    core : tuple of (int, int)
        The span of the number and its unit alone.
    kind : str
        ``amount``, ``percent``, ``points``, ``multiple``, ``rank``; or what is no quantity: ``date``, ``duration``,
        ``ordinal``, ``formula``, ``name``, ``tier``, ``indefinite``, ``bare``, ``title``.
    value : Decimal or None
        In base units (1.5万 is 15000); None where the kind has none.
    unit : str
        The unit as written, without its multiplier.
    bound : str
        ``exact``, ``about``, ``min`` or ``max``.
    numeral : str
        ``arabic`` or ``han``.
    """

    start: int
    end: int
    core: tuple[int, int]
    kind: str
    value: Decimal | None = None
    unit: str = ""
    bound: str = "exact"
    numeral: str = "arabic"


class Hit(NamedTuple):
    """What the scan has found: its kind, its core, where the scan goes on (behind a bound word), its unit as written."""

    match: re.Match[str]
    kind: str
    start: int
    end: int
    stop: int
    unit: str = ""


QUANTITIES = frozenset({"amount", "percent", "points", "multiple", "rank"})
_RANKS = frozenset({"place", "placeunit", "top", "topunit", "head"})  # groups of the pattern
_SHARED = QUANTITIES - {"rank"}
# What a segmenter keeps whole, and as what; names and bare numbers only in digits and Latin letters.
_LOCKED = dict.fromkeys(QUANTITIES, "number") | {
    kind: kind for kind in ("date", "duration", "formula", "ordinal", "tier", "name", "bare")
}
_KIND_OF_SKIP = {
    "formula": "formula", "indefinite": "indefinite", "title": "title", "date": "date", "time": "date", "long": "bare", "ordinal_article": "ordinal",
}  # fmt: skip
_KIND_OF_UNIT = {
    "%": "percent", "‰": "percent", "成": "percent", "倍": "multiple", "番": "multiple", "百分点": "points", "个百分点": "points",
}  # fmt: skip
_UNIT_NAME = {"个百分点": "百分点", "番": "倍"}


@lru_cache(1024)
def plain(text: str) -> str:
    """Write a text in half-width digits and simplified numerals, each character in its own place.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        As long as `text`.

    Examples
    --------
    >>> plain("１２．５％，三萬畝")
    '12.5%，三万亩'
    """
    return _DOT_IN_NUMBER.sub(".", _NOT_PLAIN.sub(lambda match: _PLAIN[match[0]], text))


@lru_cache(4096)
def han_value(text: str) -> Decimal:
    """Read a numeral in Han characters, also one written digit by digit.

    Parameters
    ----------
    text : str
        Such as ``三千五百``, ``一九五三``, ``十二点五``, ``两万亿``.

    Returns
    -------
    Decimal

    Examples
    --------
    >>> han_value("一亿六千五百五十二万")
    Decimal('165520000')
    """
    whole, _, part = text.partition("点")
    if part:
        return han_value(whole) + Decimal("0." + "".join(str(_DIGIT[c]) for c in part))
    for power in "亿万千百十":
        head, found, tail = whole.rpartition(power)
        if found:
            return (han_value(head) if head else 1) * Decimal(10) ** _POWER[power] + han_value(tail)
    return Decimal("".join(str(_DIGIT[c]) for c in whole) or 0)


def numbers(text: str, found: Sequence[Hit] | None = None) -> list[Number]:
    """Find every number of a text, and what is only written like one.

    Parameters
    ----------
    text : str
        A paragraph, or any text.
    found : sequence of Hit, optional
        What `hits` gives for it, where that was asked already.

    Returns
    -------
    list of Number
        In order, disjoint; those of `QUANTITIES` carry a value.

    Examples
    --------
    >>> [(n.kind, str(n.value), n.unit) for n in numbers("十四五以来新建36.5公里，居全省第3位")]
    [('name', 'None', ''), ('amount', '36.5', '公里'), ('rank', '3', '位')]
    """
    line = plain(text)
    read: list[Number] = []
    for hit in hits(text) if found is None else found:
        number = _number(line, hit)
        if read and number.start < read[-1].end:  # a bound word that the number before has taken
            number = number._replace(start=read[-1].end)
        read.append(number)
    return _shared(line, read)


def locked(text: str, found: Sequence[Hit] | None = None) -> list[tuple[int, int, str]]:
    """Give the stretches that a segmenter must keep whole: numbers with their units, dates, formulas.

    Parameters
    ----------
    text : str
        A paragraph, or any text.
    found : sequence of Hit, optional
        What `hits` gives for it, where that was asked already.

    Returns
    -------
    list of (int, int, str)
        Start, end and kind (``number``, ``date``, ``formula`` …), sorted and disjoint; bound words stay outside.

    Examples
    --------
    >>> locked("2021年增长8.3%")
    [(0, 5, 'date'), (7, 11, 'number')]
    """
    line = plain(text)
    spans = []
    following: Hit | None = None
    shared = ""  # the kind that a bare number takes from the number it is joined to
    for hit in reversed(hits(text) if found is None else found):
        joined = hit.kind == "bare" and following and shared in _SHARED and _joins(line, hit, _number(line, following))
        shared = shared if joined else hit.kind
        kind = _LOCKED.get(shared)
        if kind and (kind not in {"name", "bare"} or text[hit.start : hit.end].isascii()):
            spans.append((hit.start, hit.end, kind))
        following = hit
    return spans[::-1]


def hits(text: str) -> list[Hit]:
    """Find all that is written like a number, from left to right; `numbers` and `locked` go on from there."""
    line, found, at = plain(text), list[Hit](), 0
    while match := _SCAN.search(line, at):
        hit = _hit(line, match)
        found.append(hit)
        at = hit.stop
    return found


def _hit(line: str, match: re.Match[str]) -> Hit:
    """Tell a quantity from a date, a duration, a name or a tier, and find its unit."""
    start, end = match.span()
    group = match.lastgroup or ""
    if group in _SKIP:
        return Hit(match, _KIND_OF_SKIP.get(group, "name"), start, end, end)
    if group in _RANKS:
        return Hit(match, _rank_kind(line, match), start, end, end)
    if group not in {"arabic", "han"}:
        return Hit(match, "multiple" if group in {"turns", "double"} else "percent", start, end, _after(line, end))
    if duration := _DURATION.match(line, end):
        return Hit(match, "duration", start, duration.end(), duration.end())
    arabic = group == "arabic"
    gap = 1 if arabic and line.startswith((" ", "\xa0"), end) else 0
    unit = _UNIT_OF.match(line, end + gap)
    label, stop = (unit[0], unit.end()) if unit else ("", end)
    before = line[start - 1 : start]
    if before == "每" or match[0] == "零" or (before == "前" and label in {"%", "‰"}):
        return Hit(match, "indefinite", start, end, end)
    if line.startswith("级", stop):
        return Hit(match, "tier", start, stop + 1, stop + 1)
    if not unit and (named := _NAME_AFTER.match(line, end)):
        kind = "tier" if named[0].endswith("级") else "name"
        return Hit(match, kind, start, named.end(), named.end())
    if _is_slogan(line, start, stop):
        return Hit(match, "name", start, stop, stop)
    if not arabic and not _counts(line, start, stop, match[0], label):
        return Hit(match, "indefinite", start, end, end)
    if arabic and not unit and line[end - 1].isdigit() and not _before(line, start):
        return Hit(match, "bare", start, end, end)
    return Hit(match, _KIND_OF_UNIT.get(label, "amount"), start, stop, _after(line, stop), label)


def _number(line: str, hit: Hit) -> Number:
    """Read what a hit is worth, and its bound."""
    match, kind, start, end, stop, unit = hit
    group, written = match.lastgroup, match[0]
    if group in _RANKS:
        place = match["place"] or match["top"] or "一"
        bound = "max" if match["top"] else "exact"
        return Number(start, end, (start, end), kind, _small(place), "位", bound, _numeral(place))
    if kind == "bare" and group == "arabic":
        return Number(start, end, (start, end), kind, _arabic_value(written))
    if kind not in QUANTITIES:
        return Number(start, end, (start, end), kind)
    if group == "arabic":
        value = _arabic_value(written)
    elif group == "han":
        value = han_value(_MORE_OF.sub("", written))
    else:
        value, unit = _ratio(match)
    if unit == "成":
        value, unit = value * 10, "%"
    unit = _UNIT_NAME.get(unit, unit)
    before = _before(line, start)
    if "突破" in before and unit in {"项", "个"} and value < 1000:
        before = ""  # 突破12项技术 is a verb with its object
    bound = _bound("about" if _MORE_OF.search(written) else "exact", before, line[end:stop])
    return Number(start - len(before), stop, (start, end), kind, value, unit, bound, _numeral(written))


def _numeral(written: str) -> str:
    """Say which numerals a number is written in."""
    return "arabic" if _DIGITS.search(written) else "han"


def _small(written: str) -> Decimal:
    """Read a number without multipliers, in either numerals."""
    return Decimal(written) if written[0].isdigit() else han_value(written)


def _arabic_value(written: str) -> Decimal:
    """Read 1,234.5万, 3亿5000万 or 60余万."""
    written = _BETWEEN_DIGITS.sub("", written)
    if written[-1].isdigit():
        return Decimal(written)
    parts = _WITH_TIMES.findall(written)
    return sum((Decimal(digits) * (han_value(times) if times else 1) for digits, times in parts), Decimal(0))


def _ratio(match: re.Match[str]) -> tuple[Decimal, str]:
    """Read 百分之五, 三分之一, 1/4 and 翻一番."""
    if match["per"]:
        return _small(match["perhan"]), "%" if match["per"] == "百分之" else "‰"
    if match["double"]:
        return Decimal(2), "倍"
    if match["turns"]:
        return Decimal(2) ** int(_small(match["turns"])), "倍"
    low, high = match["low"] or match["low2"], match["high"] or match["high2"]
    return (_small(high) * 100 / (_small(low) or 1)).quantize(Decimal(10) ** -12).normalize(), "%"


def _rank_kind(line: str, match: re.Match[str]) -> str:
    """Tell a rank (居全省第3位, 前三) from an ordinal (第一次)."""
    start = match.start()
    if _is_slogan(line, start, match.end()):
        return "ordinal"  # “三个第一”, “双前十”
    if match["placeunit"] or match["topunit"] in {"位", "名"}:
        return "rank"
    if match["head"] and re.search(r"[放摆置]", line[max(0, start - 6) : start]):
        return "ordinal"
    if not match["head"] and not match["top"] and not _RANK_ENDS.match(line, match.end()):
        return "ordinal"  # 第三世界国家
    return "rank" if _RANK_CUE.search(line[max(0, start - 24) : start]) else "ordinal"


def _before(line: str, start: int) -> str:
    """Give the bound words that touch a number on its left."""
    if line[start - 1 : start] not in _BEFORE_LAST:
        return ""
    found = _BEFORE.search(line[max(0, start - 6) : start])
    return found[0] if found else ""


def _after(line: str, end: int) -> int:
    """Give where the bound word that touches a number on its right ends."""
    found = _AFTER.match(line, end)
    return found.end() if found else end


def _bound(bound: str, *words: str) -> str:
    """Give the bound that the words on both sides of a number set; the last that sets one decides."""
    for word in words:
        word = word.removesuffix("了")
        if word in _MIN or word in _MAX:
            bound = "min" if word in _MIN else "max"
        elif word and bound == "exact":
            bound = "about"
    return bound


def _is_slogan(line: str, start: int, end: int) -> bool:
    """Say whether a number stands inside a short quotation, which is a name or a slogan, and not “七大中心”."""
    before = _SLOGAN.search(line, max(0, start - 15), start)
    after = _SLOGAN_END.match(line, end) if before else None
    if not before or not after:
        return False
    if line[end - 1] == "条":
        return len(before[0]) < 3 or len(after[0]) > 1  # “惠企25条” is a package of measures
    return not (
        len(before[0]) == 1 and line[end - 1] == "大" and re.search(r"(?:中心|领域|产业|集群|平台|基地)”$", after[0])
    )


def _counts(line: str, start: int, end: int, written: str, unit: str) -> bool:
    """Say whether a Han numeral counts something: 一批, 千企, 三位一体, 四个意识 do not."""
    digits = _MORE_OF.sub("", written)
    bounded = bool(_before(line, start))
    if digits == "一":
        return unit == "倍" or (unit == "成" and bounded)
    if not _SMALL.search(digits):
        return (bounded or line.startswith("以上", end)) and line[end : end + 1] != "级"
    if len(digits) == 2 and all(c in "一二三四五六七八九两" for c in digits):
        return False  # 七八个
    if not unit:
        return (len(digits) > 2 and digits[-1] in "万亿") or (bounded and han_value(digits) > 10)
    if unit == "期" or (unit == "度" and han_value(digits) < 10):  # 两度来访
        return False
    if unit == "大" and re.match(r"[^，。；、]{0,8}(?:行动|战略|攻坚|工程|任务|计划|高地|突破)", line[end : end + 12]):
        return False  # 九大攻坚行动 is a name
    if unit == "次" and line.startswith(("产业", "全会"), end):
        return False
    if unit == "次" and re.search(r"召开|先后|组织|举办|开展|累计|共", line[max(0, start - 10) : start]):
        return True
    if unit in _SOFT and han_value(digits) <= 20:
        told = line[end : end + 1] in "，、。；）" and _NOUN_BEFORE.search(line[max(0, start - 8) : start])
        return bool(told or _HEAD_NOUN.match(line, end + (line[end : end + 1] in "“「")))
    return True


def _joins(line: str, this: Number | Hit, following: Number) -> bool:
    """Say whether only a dash, a comma or an 和 stands between a number and the next."""
    return 0 < following.start - this.end <= 3 and _JOIN.fullmatch(line, this.end, following.start) is not None


def _shared(line: str, found: list[Number]) -> list[Number]:
    """Give a number without a unit that of the one it is joined to (1-2项, 20.9、36.2个百分点) and mark ranges."""
    result = list(found)
    for i in range(len(result) - 2, -1, -1):
        this, following = result[i], result[i + 1]
        if following.kind not in QUANTITIES or not _joins(line, this, following):
            continue
        # 高于全国、全省8.1个、6.7个百分点: the classifier stands for the whole unit.
        short = this.unit == "个" and following.kind == "points"
        if (this.kind == "bare" or short) and this.value is not None and following.kind != "rank":
            begin, end = following.core  # the multiple is shared too, but the 千 of 千克 is none
            amount = following.kind == "amount"
            times = _TIMES_OF.search(line, begin, end - len(following.unit)) if amount else None
            scale = han_value(times[0]) if times else 1
            stop = _after(line, this.end)
            bound, value = _bound(this.bound, line[this.end : stop]), this.value * scale
            result[i] = this = Number(this.start, stop, this.core, following.kind, value, following.unit, bound)
        joined = (
            this.kind == following.kind
            and this.unit == following.unit
            and _RANGE.fullmatch(line, this.end, following.start)
        )
        if joined and not re.search(r"[从由][^，。；]{0,6}$", line[max(0, this.start - 8) : this.start]):
            result[i], result[i + 1] = this._replace(bound="min"), following._replace(bound="max")
    return result
