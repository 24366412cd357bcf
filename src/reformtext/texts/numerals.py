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
    "美元 欧元 港元 日元 英镑 卢布 元 EFLOPS PFLOPS GWh MWh GW MW kV TEU [μu]g/m[3³] [μu]g/L mg/m[3³] mg/L km[2²]?(?![A-Za-z/]) m[23²³](?![A-Za-z]) cm mm nm(?![A-Za-z]) kg kWh MPa PB TB GB Gbps Mbps P(?![A-Za-z]) 升 匹 华里 里(?=[路地]|[，。；、])"
)
_CLASSIFIERS = (
    "大类 人份 剂次 针次 餐次 票次 例次 艘次 班次 架次 批次 场次 人次 户次 家次 车次 航次 亩次 人天 件次 台次 台套 台(?![阶湾商胞账]) 套 人(?![均口才员大民工类生气文身物居力]) 户(?![籍外]) 家(?![庭园]) 个 名 位(?![数置于居一]) "
    "项(?!目) 件 起 条 种(?![植子粮业质]) 类 批 次 场(?![馆所地]) 期 座 所 处 宗 支 只(?![能要有]) 头 辆 架 艘 列 趟 届(?!中央|全国|[省市县一二三四五六七八九十]|人大|政协) 部(?![分门署级长委队]) 门 本 册 份 张 枚 款 幅 间 栋 幢 片 块 颗 "
    "株 棵 粒 对(?=[，、。；）]|$) 眼 道(?!路) 笔 例 篇 首 集 盏 根 桩 团 组 轮(?!车) 课 方(?![股面向式案针位法]) 单(?=[，、。；）]|$) 分(?![之类别钟布工级]) 度(?![假过]) 大(?=[一-鿿“]) 口(?=[，、。；）井人]) 岁"
)
# What only a number in digits is a count of: after a small Han numeral these are words more often than classifiers (三角, 五味).
_RARE_CLASSIFIERS = (
    "课时 学时 学分 标段 车皮 羊单位 单元(?![楼门格式]) 笼位 蒸吨 总吨 平米 毫升 公升 加仑 克拉 盎司 磅 分贝 兆帕 千帕 千卡 千焦 赫兹 兆赫 英里 英尺 英寸 英亩 "
    "澳元 加元 韩元 台币 新台币 港币 美金 卢布 卢比 平方(?=[，。、；的）]) 立方(?=[，。、；的）]) 层(?![级面次出]) 包(?![括含容装裹围抓联保]) 袋 瓶(?!颈) 箱(?!体) 桶 盒 罐(?![体车头]) 捆 筐 盆(?!地) 笼 栏(?!目) 窝 羽(?!毛) 尾(?![部矿水]) "
    "页(?!岩) 卷(?!烟) 句 字(?![典样节体母]) 则(?![是为有]) 帧 票(?![据房价务]) 节(?![能约日点水假气目省]) 段(?!时) 股(?![份东权市民价票]) 面(?![积向对临板试世粉料部貌]) 盘(?![活点]) 枝 束(?!缚) 朵 丛 茬 顶(?![层级部尖目]) "
    "床(?=[，。、；被棉）]) 副(?=[手眼担镜对]) 双(?=[鞋袜手筷]) 扇(?=[门窗]) 垛 堆(?!积) 具(?=[，。、；尸遗棺]) 管(?=[，。、；试血]) 剂(?![量型]) 针(?![对灸织头]) 丸 味(?=[，。、；中药]) 尊(?![重敬严]) 炉 锅 碗 杯 壶 孔(?![子雀道庙府孟]) "
    "桌(?!面) 遍(?![布及地]) 步(?![入行骤伐道]) 帖 封(?![闭控山堵]) 拨 排(?=[，。、；房平座]) 号(?=台风) 伏(?!特) 寸(?!土) 尺(?![寸度]) 角(?=[，。、；/]) 车(?=[，。、；货物])"
)
_PER = "(?:/(?:立方米|公里|小时|人|吨|年|天|日|亩|平方公里|平方米|万元|户|秒|公斤|千瓦时|升|次))?"
_UNIT_OF = re.compile(
    r"个百分点|百分点|个基点|个位次|位次|个等级|[%‰]|倍|成[半一二三四五六七八九](?![个批种])|成(?![立为功果员长熟本绩效就都交])|番|元人民币|块钱|块(?=[，。；、”）])|(?:"
    + "|".join((_MEASURES + " " + _CLASSIFIERS).split())
    + ")"
    + _PER
)
_RARE_UNIT_OF = re.compile("(?:" + "|".join(_RARE_CLASSIFIERS.split()) + ")" + _PER)
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
_DAYS = re.compile("天数[^。\n]{0,38}$")  # 优良天数35天，同比增加19天: days that are counted, no duration
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
    "place_name": r"三门峡|五台山|五台县|九台区|三台县|五家渠|二道区|二道江|五大连池|五大道|八道江|铁人三项|劣[ⅤV五]类",
    "time": r"(?<!结构[为是由])(?<!结构)(?<![:：])\d{1,4}[:：]\d{1,4}(?:[:：]\d{2})?",
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
    r"|翻(?P<again>了?[近约]?)(?P<turns>[一二两三四五六七八九\d])(?:番|倍)|(?P<double>(?<!双)翻番)"
    rf"|第(?P<place>\d{{1,4}}|[一二三四五六七八九十百]{{1,4}})(?P<placeunit>位|名)?|(?<![提目之以此空当日年月期])前(?P<top>\d{{1,4}}|[一二三四五六七八九十百]{{1,4}})(?P<topunit>位|名|强|(?=[，。；、）”]|$|的|行列|之列|大?(?:企业|国家|城市|高校|行业|省份)))|(?P<head>首位)|(?<=[比例重数占次])(?P<half>过半)(?=[，。；、])"
    rf"|(?P<arabic>(?:{_A})(?:[ \xa0]?{_MORE}?{_TIMES}){{0,2}}(?:\d{{1,4}}(?:\.\d{{1,4}})?(?:千万|百万|万|亿))?{_MORE}?)"
    rf"|(?P<han>{_H}{_MORE}?(?:[万亿]{{1,2}}{_MORE}?)?)"
)
# Every alternative begins with one of these: a look at one character saves trying them all at most places. The names
# stand behind their patterns, as empty groups, so that the engine sees a pattern's first character before it enters.
_FIRST = r"(?=[\dA-Za-z零一二三四五六七八九十百千万亿两几数若翻第前首“「《〈〔\[（(]|过半|劣)"
_SKIPS = "|".join(f"(?:{pattern})(?P<{name}>)" for name, pattern in _SKIP.items())
_SCAN = re.compile(f"{_FIRST}(?:{_SKIPS}|{_NUMBER})")

_RANK_CUE = re.compile(
    r"(?:全[国省市球]|世界|[中西东]部|居|列|排名?|位次?|名列|跃升|升至|升到|跃居|跃至|进至|晋升|前移至|攀升至|第|获|夺|均为|进入|跻身|迈入|挺进|保持|稳居|冲进|前进到)[^，。；：！？]{0,20}$"
)
_LEADERS = re.compile("大?(?:企业|国家|城市|高校|行业|省份)")
_RANK_ENDS = re.compile(r"[，。、；：！？）)】”’\s,;的和与及并且，提升升跃上前跻（(—-]|$|以[上内]|左右")
_COUNTED_NOUN = (
    r"领域|产业|集群|中心|基地|平台|园区|开发区|新区|县区|[县市区省]|企业|公司|集团|项目|工程(?!师)|任务|环节|部门|单位|学校|高校|医院|机场|铁路|高速|高铁|公路|线路|港口?|国家|"
    r"地区|城市|乡镇|街道|社区|村|试点|专项债|债券|专班|小组|行业|实事|支出|经费|品种|产品|系统|法规|条例|法律|办法|事故|实验室|研究院|院所|站|厂|矿|湖|河|大型|机组|批次|法案|意见|"
    r"方案|车间|工厂|特区|码头|支柱|片区|组团|枢纽|走廊|通道"
)
# What a small Han count of no real things is of (三个转变, 四个意识, 两手), or what follows a number that stands alone.
_IDEA = re.compile(
    r"[合均都也是在把将为以的之多半来相二三四五六七八九十两，。；：、！？）”’\s\d%]|$"
    r"|新?(?:主要|重要|重大|基本|关键|核心|突出|根本|鲜明|显著|现实)?(?:意识|自信|维护|坚持|确保|服从|毫不|不|全面|统筹|统一|结合|转变|转型|阶段|层面|层次|维度|[“「]?[一-鿿][”」]|字|定位|文章|问题|矛盾|"
    r"难题|原因|特点|亮点|变化|趋势|规律|原则|理念|关系|观念|意义|角度|环节|重点(?![产行任项工领企建群农])|关键(?![技零产])|抓手|着力|突破|目标|要求|保证|优先|导向|先行|走在前|更|指标(?!体系|任务)|月|小时|星期|钟头|百分|世纪|年|方面|"
    r"规定|决议|革命|运动|文明|市场两|资源|主义|现代化(?![支产农工基])|积极性|世界|报道|评论|毛病|心眼|道理|想法|例子|字头|半天|巴掌|耳光|到位|一(?:律|体|批|起|[”」])|务必|必须|敢|没有|离不开|明确|永远|伟大|历史|大局|"
    r"增幅|增速|合计|关切|诉求|要点|需求|主张|补贴|公报|立法权|工作(?![站室组专]))"
)
_NAMED_DEEDS = re.compile(
    r"[^，。；、]{0,8}(?:行动|战略|攻坚(?!任务)|战役|会战|工程|计划|高地|突破|运动|革命|理念|使命|原则)|[^，。；、]{0,16}(?:新闻|人物|考古|测评|评选)"
)
_POINTED_AT = frozenset("前后其某同另每各首头全本老")
_BY_SO_MANY = re.compile(r"(?:增加|减少|前移|后移|上升|净增|减至|增至|共有|仅有|只有)了?$")  # 前移两位，
_NOUN_BEFORE = re.compile(rf"(?:{_COUNTED_NOUN})(?:有|共|共有|各)?$")
_SOFT = set("处个项种大类件批级位次部条起道门对期轮份团组课方篇头")  # classifiers that also count ideas
_SLOGAN = re.compile(r"[“‘「][^”’」，。；：、\n]{0,14}$")
_SLOGAN_END = re.compile(r"[^“”‘’「」，。；：、\n]{0,14}[”’」]")
_MAGNITUDE = frozenset(
    ["吨", "千瓦", "兆瓦", "吉瓦", "千伏", "平方米", "公里", "标箱", "亩"]
)  # what 万吨级, 千亿级 are of
_LAYERS = re.compile(r"层级[^，。；：]{0,10}$")
_RATIO = re.compile(r"[∶:：]1(?:00)?(?![\d.∶:：])|(?=[∶:：]\d)")  # 1.68∶1 is one number, 6.8∶43.7∶49.5 are three
_OF_RATIO = re.compile(r"\d[∶:：]$")
# What a number without a unit measures: 城乡收入比由2.5缩小到2.4, 指数为98.7.
_INDEX = re.compile(
    r"(?:收入比|之比|师生比|生师比|倍差|比值|容积率|系数|(?P<level>指数|PMI|景气度))(?:[由从][^，。；、\d]{0,8}|[^，。；、（(\d]{0,3})(?:\d{1,4}(?:\.\d{1,4})?[^，。；、\d]{0,6}[到至为])?$"
)
_COUNTED_BARE = re.compile(r"(?:项目|企业|网格|单位|部门|案例|品牌|产品|景区|乡镇|街道|社区|村(?![级镇]))")
_PLACES = re.compile(r"[市县区地国校](?=[，。、；]|[上入获开参联均都共全])")
_NUMBERED_SORT = re.compile(r"新药|水[体质域]|医疗器械|(?:工业)?用地|居民")
_TO_SMALL = re.compile(r"[到至][一二三四五六七八九十两]{1,3}(?![一二三四五六七八九十百千万亿月年日天])")
_HURDLE = re.compile(r"[”」](?:大关|台阶|关口|门槛|关卡)")
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
        ``amount``, ``percent``, ``points``, ``multiple``, ``rank``, ``ratio``; or what is no quantity: ``date``, ``duration``,
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


QUANTITIES = frozenset({"amount", "percent", "points", "multiple", "rank", "ratio"})
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
_BETWEEN = frozenset("有为占达了“的")
_APART = re.compile(
    r"(?:大约[一-鿿]{1,3}了|(?<![节条合契预签])约[有为占达]|(?P<word>突破|超过)了?“|(?P<of>不超过|不低于|不高于|不少于)[^，。；\d]{1,10}的)$"
)
_PAID = re.compile(r"[钱价费票花掏挣赚薪][^，。；]{0,8}$|工资|收入|补[贴助]")
_MINUS, _MINUS_AFTER = frozenset("-−"), frozenset("（(为是至到由从长降")
_UNIT_NAME = {"个百分点": "百分点", "番": "倍", "个等级": "等级", "元人民币": "元", "块钱": "元"}


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
    if match["ofs"] and _is_slogan(line, start, end):
        return Hit(match, "name", start, end, end)
    if group not in {"arabic", "han"}:
        return Hit(match, "multiple" if group in {"turns", "double"} else "percent", start, end, _after(line, end))
    if duration := _DURATION.match(line, end):
        counted = "天" if duration[0] == "天" and _DAYS.search(line, max(0, start - 40), start) else ""
        return Hit(match, "amount" if counted else "duration", start, duration.end(), duration.end(), counted)
    arabic = group == "arabic"
    gap = 1 if arabic and line.startswith((" ", "\xa0"), end) else 0
    unit = _UNIT_OF.match(line, end + gap) or (_RARE_UNIT_OF.match(line, end + gap) if arabic else None)
    label, stop = (unit[0], unit.end()) if unit else ("", end)
    before = line[start - 1 : start]
    if before == "每" or match[0] == "零" or (before == "前" and label in {"%", "‰"}):
        return Hit(match, "indefinite", start, end, end)
    if label == "类" and arabic and _NUMBERED_SORT.match(line, stop):
        return Hit(match, "name", start, stop, stop)
    if line.startswith("级", stop):
        return _of_grade(line, match, stop, label)
    if not unit and arabic and (ratio := _RATIO.match(line, end) or _OF_RATIO.search(line, max(0, start - 9), start)):
        stop = max(end, ratio.end())
        return Hit(match, "ratio", start, stop, stop)
    if not unit and (named := _NAME_AFTER.match(line, end)):
        kind = "tier" if named[0].endswith("级") else "name"
        return Hit(match, kind, start, named.end(), named.end())
    if _is_slogan(line, start, stop):
        return Hit(match, "name", start, stop, stop)
    if not arabic and not unit and _TO_SMALL.match(line, end):
        return Hit(match, "bare", start, end, end)
    if not arabic and not _counts(line, start, stop, match[0], label):
        return Hit(match, "indefinite", start, end, end)
    if arabic and not unit and line[end - 1].isdigit() and not _before(line, start):
        if index := _INDEX.search(line, max(0, start - 24), start):
            return Hit(match, "amount" if index["level"] else "ratio", start, end, _after(line, end))
        if len(match[0]) < 4 and _COUNTED_BARE.match(line, end):
            return Hit(match, "amount", start, end, end)
        if len(match[0]) < 4 and (place := _PLACES.match(line, end)):
            return Hit(match, "amount", start, end + 1, end + 1, place[0])
        return Hit(match, "bare", start, end, end)
    return Hit(
        match,
        _KIND_OF_UNIT.get(label[:1] if label[:1] == "成" else label, "amount"),
        start,
        stop,
        _after(line, stop),
        label,
    )


def _of_grade(line: str, match: re.Match[str], stop: int, unit: str) -> Hit:
    """Tell an order of magnitude (千亿级, 万吨级) and a count of layers from a tier (三级, 4A级)."""
    start, written = match.start(), match[0]
    money = (unit == "元" and "亿" in written) or (not unit and "亿" in written and len(written) > 1)
    if money or (unit in _MAGNITUDE and len(written) > 1):
        return Hit(match, "amount", start, stop + 1, stop + 1, unit or "元")
    if not unit and _LAYERS.search(line, max(0, start - 16), start):
        return Hit(match, "amount", start, stop + 1, _after(line, stop + 1), "级")
    return Hit(match, "tier", start, stop + 1, stop + 1)


def _number(line: str, hit: Hit) -> Number:
    """Read what a hit is worth, and its bound."""
    match, kind, start, end, stop, unit = hit
    group, written = match.lastgroup, match[0]
    if group in _RANKS:
        place = match["place"] or match["top"] or "一"
        bound = "max" if match["top"] else "exact"
        return Number(start, end, (start, end), kind, _small(place), "位", bound, _numeral(place))
    if kind == "bare" and group in {"arabic", "han"}:
        value = _arabic_value(written) if group == "arabic" else han_value(written)
        return Number(start, end, (start, end), kind, value)
    if kind not in QUANTITIES:
        return Number(start, end, (start, end), kind)
    if group == "arabic":
        value = _arabic_value(written)
    elif group == "han":
        value = han_value(_MORE_OF.sub("", written))
    else:
        value, unit = _ratio(match)
    if unit[:1] == "成":
        tenth = Decimal(0) if unit == "成" else Decimal(5) if unit[1] == "半" else han_value(unit[1])
        value, unit = value * 10 + tenth, "%"
    unit = "元" if unit == "块" and _PAID.search(line, max(0, start - 12), start) else _UNIT_NAME.get(unit, unit)
    before = _before(line, start)
    if "突破" in before and unit in {"项", "个"} and value < 1000:
        before = ""  # 突破12项技术 is a verb with its object
    bound = _bound("about" if _MORE_OF.search(written) else "exact", before, line[end:stop])
    if match["again"] or match["half"]:  # 翻了近一番
        bound = _bound(bound, (match["again"] or "过").strip("了"))
    elif (
        bound == "exact"
        and line[start - 1 : start] in _BETWEEN
        and (apart := _APART.search(line, max(0, start - 14), start))
    ):
        bound = _bound(bound, apart["word"] or apart["of"] or "约")  # 约有3亿元, 突破“6万亿”大关
    signed = not before and line[start - 1 : start] in _MINUS and line[start - 2 : start - 1] in _MINUS_AFTER
    return Number(start - len(before) - signed, stop, (start, end), kind, value, unit, bound, _numeral(written))


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
    if match["half"]:
        return Decimal(50), "%"
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
    if match["top"] and not match["topunit"] and _LEADERS.match(line, match.end()):
        return "rank"  # 产值前10企业
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
    if not before or not after or (len(before[0]) == 1 and _HURDLE.match(line, end)):
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
        return unit == "倍" or (unit[:1] == "成" and (bounded or len(unit) > 1))
    if not _SMALL.search(digits):
        return (bounded or line.startswith("以上", end)) and line[end : end + 1] != "级"
    if len(digits) == 2 and all(c in "一二三四五六七八九两" for c in digits):
        return False  # 七八个
    if not unit and line.startswith("方面", end):
        return line[start - 1 : start] == "等"
    if not unit:
        return (len(digits) > 2 and digits[-1] in "万亿") or (bounded and han_value(digits) > 10)
    if unit == "期" or (unit == "度" and han_value(digits) < 10):  # 两度来访
        return False
    if unit == "大" and _NAMED_DEEDS.match(line, end, end + 20):
        return False  # 九大攻坚行动 is a name
    if unit == "次" and line.startswith(("产业", "全会"), end):
        return False
    if unit == "次":
        told = re.search(r"召开|先后|组织|举办|开展|累计|共", line[max(0, start - 10) : start])
        return bool(told or re.compile("组织|召开|举办|开展").match(line, end))
    if unit in _SOFT and han_value(digits) <= 20:
        before, after = line[start - 1 : start], line[end : end + 1]
        if before == "等" or digits == "二":  # 二期, 二处 is an ordinal
            return before == "等"
        if before in _POINTED_AT and line[start - 2 : start] != "前后":
            return False
        if after in "，、。；）":
            return bool(
                _NOUN_BEFORE.search(line[max(0, start - 8) : start]) or _BY_SO_MANY.search(line, start - 3, start)
            )
        return not _IDEA.match(line, end)
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
            numeral = _numeral(line[slice(*this.core)])
            result[i] = this = Number(
                this.start, stop, this.core, following.kind, value, following.unit, bound, numeral
            )
        if (
            this.kind == following.kind == "amount"
            and this.bound == "exact"
            and line[this.end : following.start] == "或"
        ):
            result[i] = this = this._replace(bound=following.bound)  # 1亿美元或10亿元以上
        joined = (
            this.kind == following.kind
            and this.unit == following.unit
            and _RANGE.fullmatch(line, this.end, following.start)
        )
        if joined and not re.search(r"[从由][^，。；]{0,6}$", line[max(0, this.start - 8) : this.start]):
            result[i], result[i + 1] = this._replace(bound="min"), following._replace(bound="max")
    return result
