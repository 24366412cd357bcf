"""A page's lines, and what each is by itself: navigation, reporters, dates, captions, or text."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_MENU_WORDS = """
    首页 主页 今日 帮助 注册 登录 登陆 退出 找回密码 忘记密码 用户名 密码 文章搜索 搜索 检索 站内搜索 高级搜索
    高级检索 全文检索 请输入关键字 请输入关键词 下载 打印 打印文章 打印本文 全屏 收藏 收藏本页 字号 字体
    字体大小 大 中 小 大字 小字 小字号 中字号 大字号 加大 还原 减小 放大 缩小 默认 正常 特大 标准 关闭 关闭窗口
    关闭本页 打印本页 打印本稿 分享 分享到 分享到微信 分享至 转发 微信 微博 新浪微博 腾讯微博 人民微博 QQ QQ空间
    朋友圈 微信好友 复制 复制链接 全文复制 复制本文 推荐 上一篇 下一篇 上一版 下一版 上一期 下一期 上一页 下一页
    上一条 下一条 尾页 末页 返回 返回首页 返回目录 返回顶部 回到顶部 返回列表 返回上页 返回版面 顶部 TOP top
    目录 版面目录 版面导航 标题导航 版面概览 本版标题 往期 往期回顾 往期报纸 数字报 数字报纸 电子报 电子版
    手机版 电脑版 移动版 PC版 客户端 APP 下载APP 打开APP 扫码 二维码 订阅 订阅本报 投稿 举报 评论 我要评论
    发表评论 跟帖 点赞 在看 赞 收起 展开 展开全文 更多 繁體 繁体 繁体版 简体 简体版 English EN 无障碍 无障碍阅读
    无障碍浏览 适老化 关怀版 老年模式 长者模式 长者版 设为首页 加入收藏 联系我们 关于我们 网站地图 网站声明
    法律声明 版权声明 免责声明 隐私政策 隐私条款 服务条款 广告服务 广告刊例 招聘 招聘信息 诚聘英才 友情链接
    站点地图 RSS 导航 网站导航 听新闻 语音播报 朗读 播放 暂停 阅读原文 预览 浏览 浏览次数 浏览量 访问量 点击
    点击数 点击量 点击率 阅读量 阅读数 阅读次数 阅读 人气 次 我的位置 当前位置 您的位置 PDF版 PDF 版面 高清版面
    日历 日期检索 全部 栏目 菜单 登录/注册 收听 字号大小 保存 导出 写留言 精选留言 留言 写评论 热门评论 最新评论
    相关阅读 相关报道 点此复制 关注 已关注 取消 允许 知道了 查看更多 我要举报 热新闻 T A A+ A- 广告 推广 ADVERTISEMENT Advertisement Home
    News About Contact us Us Help Subscribe Share Print Download Login Search Menu Next Previous Back
"""
_NAV = frozenset(_MENU_WORDS.split())
_SECTION_WORDS = """
    新闻 要闻 时政 国内 国际 社会 经济 财经 金融 政务 政务公开 政务服务 政府信息公开 信息公开 互动交流 公告
    通知公告 图片 视频 专题 理论 教育 健康 文化 体育 娱乐 旅游 文旅 房产 汽车 科技 法治 民生 生活 副刊 县区 区县
    综合 本地 头版 天气 滚动 头条 直播 论坛 新闻中心 新闻资讯 工作动态 政务动态 政务要闻 政务信息 本地新闻
    县区新闻 部门动态 热点 深度 观点 广告 专版 特刊 特稿 聚焦 关注 党建 农业 工业 军事 读书 人物 资讯 快讯 地方
    山东 齐鲁 走进 魅力 数据 服务 公示 政策 法规 机构 领导 百科 商城 社区 博客 问政
"""
SECTIONS = frozenset(_SECTION_WORDS.split())
SEPARATORS = re.compile(r"[\s\u200b\ufeff|｜丨>＞»›/·・\-–—_\[\]【】（）()：:，,、。×~～*#+=<＜«‹▶►▷▸◀◁↑↓→←]+")
_LINK = re.compile(r"\[([^\[\]]{1,40})\]\([^()\s]{0,300}\)")
COUNTER = re.compile(r"[A-D]?\d{1,9}(?:万|次|条|人|人次|\+|w|分钟|条评论|人已读)?")
_SECTION_LIKE = re.compile(r"\w{1,8}(?:新闻|要闻|动态|公开|频道|中心|专栏|专题|日报|晚报|网|报告|信息|资讯)")
_OPENING_FURNITURE = re.compile(
    r"[\s【\[（(·•>》☆★◆■●▲▼△▽↑↓→←☝👆👇]{0,6}(?:"
    r"(?:上|下)一(?:版|篇|期|条|页)\W?\d?\s?\d?\s?(?:上|下)一|当前位置|您(?:现在)?(?:的|所在的?)位置|(?:我的)?位置[:：]|版权所有|版权声明|免责声明|特别声明|郑重声明|"
    r"法律声明|声明[:：]|Copyright|©|"
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新]ICP|\w{0,4}公网安备|网站标识码|备案号|许可证|增值电信|"
    r"主办(?:单位)?[:：]|主办单位|承办(?:单位)?[:：]|协办[:：]|技术支持[:：]|网站维护[:：]|地址[:：]|社址[:：]|邮编[:：]|邮政编码|传真[:：]|零售价|"
    r"(?:\w{0,6}(?:热线|电话))[:：]|国内统一(?:连续出版物|刊)号|邮发代号|\w{0,8}新闻热线|"
    r"(?:本文|本版|本报|更多)?(?:相关|推荐|延伸|热门|热点|精彩)(?:阅读|报道|新闻|链接|文档|文件|文章|推荐|稿件|信息|内容|附件|专题|评论|资讯)|往期(?:推荐|回顾|精彩)|"
    r"(?:上|下)一(?:篇|条|版|页|则)\s{0,2}[:：]|(?:内容)?摘要[:：]$|(?:关键词|关键字|标签|Tags?)\s?[:：]|猜你喜欢|大家都在看|喜欢此内容|更多(?:>>|>|»|》|精彩|"
    r"新闻|内容|资讯)|本[文版](?:所在|标题|其他|内容)?版?面?(?:导航|标题|目录|新闻)|本文所在版面|"
    r"(?:新闻|点击|阅读|热门|热点|一周|24小时|本周|本月)\w{0,4}(?:排行|热榜|榜)|网友评论|"
    r"(?:长按|扫码|扫描|扫一扫|识别|轻触|轻点|继续滑动|向上滑动|微信扫一扫|预览时标签|点击(?:上方|下方|蓝字|图片|查看|关注|阅读|进入|收听|右上角|这里|此处))|"
    r"关注(?:我们|公众号|微信|本报|官方)|分享(?:到|至|让|给)|(?:下载|打开)\S{0,10}(?:客户端|APP|App)|返回\S{1,6}[,，]\s?查看更多|"
    r"(?:责任编辑|责编|本版编辑|本版责编|(?:初审|复审|终审|执行|值班|本期|网络)?编辑|执行主编|值班主编|主编|总编辑?|审核|审稿|审校|校对|校审|责任校对|初审|复审|终审|一审|二审|三审|"
    r"初审初校|编审|监制|总监制|签审|签发|总值班|值班编委|值班主任|值班总编|美编|美术编辑|版式|版式设计|组版|排版|图编|视觉|视觉设计|制作|设计)\s{0,3}[:：丨|｜/／]|"
    r"(?:责任编辑|责编|本版编辑|本版责编)\s|(?:编辑|主编|校对|审核|美编|版式|组版)\s{1,4}\w{2,4}(?:\s{1,4}(?:编辑|主编|校对|审核|美编|版式|"
    r"组版)\s{1,4}\w{2,4}){0,6}$|"
    r"(?:阅读|浏览|点击)(?:量|数|次数)?\s{0,2}[:：]?\s{0,2}\d|人划线|赞\s?\d|END$|—\s?END|-\s?END|THE END$|搜索[:：]|原文链接|网址[:：]|"
    r"https?://|www\."
    r")",
    re.IGNORECASE,
)
_PAGE_MARK = re.compile(
    r"星期[一二三四五六日]\s{0,4}(?:第?\s{0,2}[A-Z]?\d{1,3}\s{0,2}版)?|"
    r"[【\[（(<\s]{0,3}第?\s{0,2}[A-Z]?\d{1,3}\s{0,2}版\s{0,2}(?:[:：/／\s]\s{0,2}\S{0,8})?[】\])）>\s]{0,3}|"
    r"[-—–·\s]{0,3}第?\s{0,2}\d{1,4}\s{0,2}页?(?:\s{0,2}[/／,，共]\s{0,2}共?\s{0,2}\d{1,4}\s{0,2}页?)?[-—–·\s]{0,3}|"
    r"Page \d{1,4}(?: of \d{1,4})?",
    re.IGNORECASE,
)
_TURN = (
    r"[（(【\[▶►>》☞]{0,3}\s{0,2}(?:下转|上接|紧接|接)\s{0,2}(?:第?\s{0,2}[A-Za-z]?\s{0,2}[一二三四五六七八九十\d]{1,3}\s{0,2}版|"
    r"[A-Z]\d{1,2})"
    r"(?:[^）)】\]。\n]{0,16}[）)】\]])?[◀◄<《☜]{0,3}"
)
_TURN_FIRST, _TURN_LAST = re.compile(_TURN), re.compile(_TURN + r"\s{0,2}$")

_DATE = r"(?:19|20)\d{2}\s?(?:年|[-/.])\s?\d{1,2}\s?(?:月|[-/.])\s?\d{1,2}\s?(?:日|号)?"
_LABEL = (
    r"(?:(?:信息|文章|稿件|新闻|资料|内容)?来源|稿源|来自|(?:发布|发表|更新|刊发|发稿|成文|编辑|上传|录入|采集|印发)?(?:时间|日期)|作者|记者|撰稿|文字|采写|撰文|执笔|供稿|"
    r"转载自|摘自|原载|原标题|发布者|发布人|发布机构|发布单位|信息来源|责任单位|通讯员|文|文/图|图/文|策划|统筹|出品|作者(?:单位|简介)|执笔人?)"
)
LABELLED = re.compile(rf"[【（(\[\s●■□>]{{0,3}}{_LABEL}\s{{0,4}}[:：丨|｜]")
_DATED = re.compile(
    rf"(?:原创\s)?[\w·（）()\s-]{{0,24}}\s{_DATE}(?:\s{{0,3}}\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?(?:\s{{0,3}}(?:发表于)?\s?\w{{2,4}})?\s{{0,3}}$|"
    rf"[（(\[【\s]{{0,3}}{_DATE}(?=$|\d\d[:：]|[\sT，,|丨·.。）)\]】/来星第版:：_-])"
)
_SOURCE_LINE = re.compile(
    r"《[^《》]{2,14}》\s{0,3}[（(]?[^。，]{0,30}(?:版|日|期)\s{0,3}[）)]?|[（(]?(?:原载|摘自|转自|据|来源)[^。，]{2,30}[）)]|"
    r"[（(]\s?[\u4e00-\u9fff]{2,4}(?:[\s、]{1,3}[\u4e00-\u9fff]{2,4}){1,5}\s?[）)]|[（(][^（）()。，]{2,24}(?:供稿|整理|执笔|报道)[）)]|新华社\w{1,8}\d{1,2}月\d{1,2}日电|原创\s\S.{0,40}|"
    r"\w{2,10}(?:讯|电)\s?[（(](?:\w{0,10}记者|通讯员|见习记者)[^（）()]{1,40}[）)]"
)
OUTLET = re.compile(
    r"\w{2,14}(?:日报|晚报|晨报|时报|早报|商报|都市报|周报|报社|新闻网|网|在线|发布|客户端|电视台|广播电视台|融媒体?中心|融媒|通讯社|新闻社)"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹"
    "薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛"
    "曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
_NAME = rf"[{_SURNAMES}](?:\s{{0,2}}[\u4e00-\u9fff]){{1,3}}"
NAMES_ONLY = re.compile(rf"[（(]?\s?{_NAME}(?:[\s、,，/]{{1,4}}{_NAME}){{0,7}}\s?[）)]?")
OFFICIAL = re.compile(
    r"[\u4e00-\u9fff]{0,14}(?:省长|市长|主席|县长|区长|州长|盟长|书记|主任|院长|检察长|局长|部长|总理)\s{1,4}[\u4e00-\u9fff·\s]{2,14}"
)
REPORTER = re.compile(
    r"[□■◇◆○●◎△▲▍▎☆★丨|/—\-\s（(【\[]{0,4}[\u4e00-\u9fffA-Za-z·/\s]{0,20}?(?:记者|通讯员|评论员|特约撰稿人|撰稿人|报道组)"
    r"(?!手记|观察|调查|感言|从|在|走进|了解|获悉|看到|采访|注意|来到|探访|见|节|会|站|证|们|说|问|提问|专访|招待|\s{0,2}[:：]\s{0,2}(?:您|你|请|对|从|据|在|目前|我))"
    r"[^。，；！？“”《》]{0,60}"
)
BOXED = re.compile(r"[□■◇]\s{0,3}[^。，；！？]{2,50}")

_CREDIT = re.compile(
    r"(?:(?<!拍)摄(?:影)?(?:报道)?|供图|(?:图片?|照片)\S{0,24}提供|制图|绘图|图/\S{1,16}|图片来源\S{0,24}|资料(?:图|图片|照片)|"
    r"摄/\S{1,16})[\s）)】\]。]{0,4}$"
)
_CAPTION = re.compile(
    r"!\[|(?:图为|图[:：]|图片[:：]|[上下左右题配首]图[:：，为]?|图片说明|图\s?[①-⑳\d一二三四五六][:：为\s]|[▲△▼▽↑↓←→◀▶☝▵▴]\s?\S|[（(](?:资料图|资料照片|图片|"
    r"本版图片|本文(?:配图|图片|照片)|本报资料)|本版图片|本文(?:图片|照片|配图))"
)
SCENE = re.compile(
    r"(?:现场|一角|一隅|掠影|全景|远景|外景|实景|鸟瞰图?|夜景|场景|画面|瞬间|合影|效果图|示意图|航拍|生产线|车间|风貌|新貌|景象|图)[。\s]?$"
)

CUES_STRONG = re.compile(
    r"未经\S{0,12}(?:授权|许可|允许|同意|协议)|转载\S{0,6}(?:注明|使用)|版权(?:所有|归|属|均)|免责声明|新闻线索|[报爆]料|不代表本(?:网|站|平台|报|公众号|人)|仅代表\S{0,8}(?:作者|观点|立场)|不代表\S{0,12}(?:观点|立场)|信息发布平台|"
    r"如有侵权|侵权\S{0,6}(?:删除|联系)|"
    r"联系\S{0,8}删除|ICP备|公网安备|违法和?不良信息举报|增值电信|许可证编?号|仅提供信息存储|不承担\S{0,10}责任|著作权(?:人|的)|public domain|"
    r"all rights reserved|公有领域|本(?:网|站|平台)(?:刊登|刊发|转载|发布|注明|拥有|所有)"
)
CUES = re.compile(
    r"热线|拨打|欢迎(?:关注|拨打|来电|投稿|提供|订阅)|公众(?:号|平台)|微信号?|二维码|扫码|客户端|赞助|广告|投稿|转载|版权|本网站?|本站|声明|侵权|信息网络传播|稿件|邮箱|电话|网站|链接|订阅"
)

_STOPS = "。！？!?…；;：:"
_CLOSERS = "”’」』）)】》〉]\"'＂"
MIDDLE = "，、。；：！？）》”’」』】％%,;:)"  # what no line of print begins with
OPENING = "（(《“‘【「『〈"
PAIRS = ("（）", "()", "《》", "“”", "【】", "「」", "『』", "〈〉", "‘’")
MARK = re.compile(
    r"(?:#{1,6}\s|[-*•·●■◆▲★◎○]\s?\S|——|――|－－|[（(]\s?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})\s?[）)]|[一二三四五六七八九十]{1,3}、|"
    r"第[一二三四五六七八九十百\d]{1,3}[,，、：:]|"
    r"第[一二三四五六七八九十百\d]{1,3}[条章节部步](?![^\s]{0,2}[工实])|[一二三四五六七八九十]{1,2}(?:是|要)|(?:另)?一方面|\d{1,3}(?:[.．、）)](?!\d))|"
    r"[①-⑳⑴-⒇❶-❿㈠-㈩]|[〔［\[【]\d{1,3}[〕］\]】]|"
    r"[问答][:：]|其[一二三四五][,，]|(?:首先|其次|再次|最后)[,，])"
)
OPENER = re.compile(
    r"今年以来|近年来|一年来|近日|日前|目前|据悉|据了解|此外|与此同时|同时[,，]|下一步|接下来|本报\S{0,6}讯|记者(?:了解|从|在)|各位代表|在此基础上|截至"
)
DATELINE = re.compile(
    r"(?:[（(【]?\s?(?:本报|本网|本台|新华社|新华网|中新社|中新网|人民网|央视网|齐鲁网|大众网|大众日报|\w{2,8}(?:网|报|社|台))\S{0,12}?(?:讯|电|"
    r"消息))(?=[\s（(】，]|记者)"
)
SALUTATION = re.compile(r"(?:各位|同志们|女士们|先生们|朋友们|尊敬的|编辑同志|亲爱的)\S{0,16}[:：！!，,]$")
HALVES = re.compile(r"\S{4,16}[\s\u3000]{1,4}\S{4,16}")


@dataclass(slots=True)
class Part:
    """A line, later a paragraph: its spans, how it begins and ends, and what it is taken for."""

    spans: list[tuple[int, int]]
    head: str  # the first 200 characters
    tail: str  # the last 200
    gap: int  # blank lines before it
    indent: float  # in Chinese characters
    last: float  # how far its last line reaches
    width: float  # in Chinese characters; a Latin letter counts half
    role: str = ""
    closed: bool = False  # it ends its sentence
    inner: bool = False  # a full stop with more behind it
    commas: int = 0
    article: int = 1

    @property
    def bare(self) -> str:
        """Its beginning without Markdown marks."""
        return self.head.lstrip("#* ").rstrip("* ")

    def add(self, other: "Part") -> None:
        """Go on with another line."""
        self.spans += other.spans
        self.inner = self.inner or other.inner or self.tail.rstrip(_CLOSERS)[-1:] == "。"
        self.head = (self.head + other.head)[:200] if len(self.head) < 200 else self.head
        self.tail = (self.tail + other.tail)[-200:]
        self.width += other.width
        self.last, self.closed = other.last, other.closed
        self.commas += other.commas


def cut_lines(text: str) -> list[Part]:
    """Cut a source into lines, and a line where it says on which page the article goes on."""
    parts, at, gap = [], 0, 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if not bare:
            gap += 1
        else:
            start = at + line.index(bare[0])
            cuts = [(start, start + len(bare))]
            if len(bare) > 6 and "版" in bare[-30:] + bare[:30]:
                cuts = _cut_turns(bare, start)
            for number, (begin, end) in enumerate(cuts):
                parts.append(_part(text[begin:end], begin, 0 if number else gap, _indent(line)))
            gap = 0
        at += len(line)
    return parts


def _indent(line: str) -> float:
    """Measure the blanks that a line begins with: the ideographic space is one, any other half a character."""
    blanks = line[: len(line) - len(line.lstrip())]
    return len(blanks) / 2 + blanks.count("\u3000") / 2


def _cut_turns(bare: str, start: int) -> list[tuple[int, int]]:
    """Part “（下转第二版）” and “（上接第一版）” from the line that they end or open."""
    first = _TURN_FIRST.match(bare)
    begin = first.end() if first else 0
    last = _TURN_LAST.search(bare, max(begin, len(bare) - 50))
    stop = last.start() if last else len(bare)
    pieces = [(0, begin), (begin, stop), (stop, len(bare))]
    found = []
    for a, b in pieces:
        inside = bare[a:b].strip()
        if inside:
            offset = start + a + bare[a:b].index(inside[0])
            found.append((offset, offset + len(inside)))
    return found


def _part(bare: str, start: int, gap: int, indent: float) -> Part:
    """Make a part of a line's text."""
    width = len(bare) - len(bare.encode("ascii", "ignore")) / 2
    stop = bare.find("。")
    inner = 0 <= stop < len(bare.rstrip(_CLOSERS)) - 1 or "；" in bare[:-1]
    commas = bare.count("，") + bare.count(",")
    return Part(
        [(start, start + len(bare))],
        bare[:200],
        bare[-200:],
        gap,
        indent,
        indent + width,
        width,
        closed=_ends_sentence(bare),
        inner=inner,
        commas=commas,
    )


def _ends_sentence(bare: str) -> bool:
    """Tell a line that ends with a full stop, behind which quotation marks, brackets and a signature may follow."""
    last = _SIGNED.sub(r"\1", bare[-200:]).rstrip(_CLOSERS)
    return (
        (last != "" and last[-1] in _STOPS) or last.endswith("——") or (last[-1:] == "." and not last[-2:-1].isdigit())
    )


_SIGNED = re.compile(r"([。！？”])\s{0,4}[（(【][^（）()【】。]{1,40}[）)】]$")


def _label(part: Part) -> str:
    """Say what a line is by itself; an empty string for text."""
    text, width = part.head, part.width
    if width > 160:
        return ""
    if (
        width <= 70
        and not part.inner
        and (not part.closed or text[-1] in "：:")
        and (LABELLED.match(text) or _DATED.match(text))
    ):
        return "byline"
    if width <= 60 and _is_navigation(text):
        return "boilerplate"
    if _PAGE_MARK.fullmatch(text) or _TURN_FIRST.fullmatch(text):
        return "boilerplate"
    if width <= 80 and _OPENING_FURNITURE.match(text) and not (part.closed and part.inner):
        return "boilerplate"
    if (len(text) <= 160 and _CREDIT.search(text)) or (width <= 80 and _CAPTION.match(text)):
        return "caption"
    if width > 50 or text[-1] in "：:":
        return ""
    if text[0] in "（(" and text[-1] in "）)" and NAMES_ONLY.fullmatch(text):
        return "byline"
    return "byline" if _SOURCE_LINE.fullmatch(text) or REPORTER.fullmatch(text) or BOXED.fullmatch(text) else ""


_CRUMB_MARK = re.compile(r"[>＞»›]{1,2}")


def _is_navigation(text: str) -> bool:
    """Tell a line that consists of menu words, counters and section names, or of no letter at all."""
    words = [word for word in SEPARATORS.split(_LINK.sub(r"\1 ", text)) if word]
    known = [word in _NAV for word in words]
    if not words or all(known):
        return not any(mark in text for mark in "。，；") or bool(words)
    loose = [
        k or word in SECTIONS or bool(COUNTER.fullmatch(word)) or bool(_SECTION_LIKE.fullmatch(word))
        for k, word in zip(known, words, strict=True)
    ]
    crumbs = any(known) or len(words) >= 4 or bool(re.search(r"\w\s{0,3}[>＞»›]{1,2}\s{0,3}\w", text))
    if len(_CRUMB_MARK.findall(text)) >= 2 and max(map(len, words)) <= 14 and not any(mark in text for mark in "。，"):
        return True
    return len(words) >= 2 and sum(loose) >= 0.6 * len(words) and crumbs and "。" not in text


def cannot_open(text: str) -> bool:
    """Tell a line that begins as no paragraph does: with a closing mark, a bracket's end, a scrap of a sentence."""
    if text[0] in MIDDLE or _SCRAP.match(text):
        return True
    near = text[:40]
    if not _CLOSED.search(near):
        return False
    ends = ((near.find(pair[0]), near.find(pair[1])) for pair in PAIRS)
    return any(closing >= 0 and not 0 <= opening < closing for opening, closing in ends)


_CLOSED = re.compile("[" + "".join(re.escape(pair[1]) for pair in PAIRS) + "]")
_SCRAP = re.compile(r"[^\W\d]{1,2}[。；]|[^\W\d]、")


def _rare(signs: Iterable[bool]) -> bool:
    """Tell whether fewer than a quarter of the signs are set."""
    given = list(signs)
    return 4 * sum(given) < len(given)


def is_lone_sentence(part: Part, width: int) -> bool:
    """Tell a line that is one short sentence without a comma."""
    return part.tail[-1] == "。" and not part.commas and not part.inner and part.width <= width


def label_lines(parts: list[Part]) -> None:
    """Label lines by themselves, then those that their neighbours explain."""
    for part in parts:
        part.role = _label(part)
    for part, then in pairwise(parts):
        if CHAPTER.fullmatch(part.head) and then.role == "" and then.width <= 30 and not then.closed:
            part.role = ""
    usual = Counter(part.gap for part in parts[1:]).most_common(1)
    wide_gap = usual[0][0] + 2 if usual and usual[0][0] else 1 if _rare(part.gap > 0 for part in parts[1:]) else 2
    apart: list[Part] = []  # one short sentence behind a wide gap: where an image stood; many of them are headings
    for i, part in enumerate(parts):
        before = parts[i - 1] if i else None
        if part.role == "" and before is not None:
            value_of = before.role in ("byline", "boilerplate") and before.tail[-1:] in "：:" and before.width <= 8
            if (
                value_of
                and part.width <= 16
                and not part.closed
                and (before.role == "byline" or _BARE_EDITOR.match(before.head))
            ):
                part.role = before.role
        if part.role == "boilerplate" and part.gap == 0 and before is not None and _PIECE.fullmatch(part.head):
            # A symbol or figure on a line of its own, inside a sentence, is a piece of that sentence.
            after = parts[i + 1] if i + 1 < len(parts) else None
            inside = before.role == "" and not before.closed and (before.width >= 8 or part.head in MIDDLE)
            opening = part.head in OPENING and after is not None and after.gap == 0 and cannot_open(after.head)
            if inside or opening:
                part.role = ""
        if part.role == "" and part.width <= 10 and not part.closed and not MARK.match(part.head):
            around = [p for p in (before, parts[i + 1] if i + 1 < len(parts) else None) if p is not None]
            if any(p.role == "boilerplate" and p.head in _CRUMB for p in around):
                part.role = "boilerplate"
        if (
            part.role == "caption"
            and part.width <= 24
            and before is not None
            and before.role == ""
            and _CREDIT.search(part.head)
        ):
            # A credit alone: the short line above it is the caption.
            named = _CREDIT.sub("", part.head).strip(" （(")
            short = before.width <= 60 and not before.inner and not MARK.match(before.head)
            image = not before.closed or before.gap >= wide_gap or is_lone_sentence(before, 30)
            if (
                short
                and image
                and (
                    not named
                    or ("记者" in named and len(named) <= 16 and "。" not in named)
                    or NAMES_ONLY.fullmatch(named)
                )
            ):
                before.role = "caption"
        if part.role == "" and part.gap >= wide_gap and part.width <= 40 and not MARK.match(part.head):
            if SCENE.search(part.head):
                part.role = "caption"
            elif is_lone_sentence(part, 30):
                apart.append(part)
    for part in apart if len(apart) <= 3 else []:
        part.role = "caption"


_PIECE = re.compile(r"[^\w\u200b\ufeff]{1,2}|[\d.]{1,4}")
CHAPTER = re.compile(
    r"0?\d|(?:PART|Part|part)[.\s]?\d{1,2}|[壹贰叁肆伍陆柒捌玖拾]|第[一二三四五六七八九十]{1,2}[章部篇节]"
)
_CRUMB = frozenset([">", ">>", "＞", "»", "›", "|", "当前位置：", "当前位置:", "您的位置:", "您的位置："])
_BARE_EDITOR = re.compile(r"[（(]?(?:责任编辑|责编|编辑|审核|校对)")
