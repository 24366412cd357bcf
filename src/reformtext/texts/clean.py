"""Documents to blocks and paragraphs: every non-blank character gets a role, and none is deleted.

Three steps, each linear in the text. (1) Every line is labelled by itself, by layout and vocabulary: page furniture,
reporter, source and date lines, captions; what is left is text. (2) Text lines are joined to paragraphs. A line goes
on with the open paragraph, past captions and furniture but never past a reporter line, when the signs for a cut
outweigh those for a fresh start: the paragraph stops inside a bracket, at a comma or after a full stop in mid-line,
or is long; the line opens with what cannot open a paragraph (a closing mark, a sentence of one or two characters), or
lacks the indent that paragraphs here have; against it count a list mark, an indent and the usual openers. A line that
ends its sentence closes the paragraph, unless the whole text is wrapped at one width. (3) What stands before the
first paragraph is sorted into title, kicker and deck, short lines between paragraphs are headings, and a headline
with a reporter line or a dateline after a closed paragraph opens the next article of the page.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import pairwise

from reformtext.texts.normalise import normalise


@dataclass(frozen=True)
class Block:
    """A stretch of the source with one role; several spans where a column break or a caption cuts a paragraph.

    Parameters
    ----------
    role : str
        ``title``, ``kicker``, ``deck``, ``byline``, ``heading``, ``body``, ``caption`` or ``boilerplate``.
    spans : tuple of (int, int)
        Offsets into the source, end exclusive, in reading order.
    article : int
        Which article of the page it belongs to, from 1.
    """

    role: str
    spans: tuple[tuple[int, int], ...]
    article: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A block's text with its spans joined, and the way back to the source.

    Parameters
    ----------
    text : str
        The text as analysed.
    offsets : sequence of int
        For each character of ``text``, the offset in the source of the character that it came from.
    block : int
        The block's place in the list that `clean` gives, from 0.
    article : int
        Which article of the page, from 1.
    role : str
        The block's role: ``body`` or a heading's, title's … role.
    source_text : str
        The whole source that the offsets count in.
    """

    text: str
    offsets: Sequence[int]
    block: int = 0
    article: int = 1
    role: str = "body"
    source_text: str = field(default="", repr=False)

    def source(self, i: int) -> int:
        """Give the source offset of character ``i``; of ``len(text)``, one past the last."""
        return self.offsets[i] if i < len(self.text) else self.offsets[-1] + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the source span of ``text[start:end]``, which is not empty; it covers a break inside."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def surface(self, start: int, end: int) -> str:
        """Give what the source has at ``text[start:end]``, a break inside included."""
        begin, stop = self.span(start, end)
        return self.source_text[begin:stop]


# ---- step 1: what a line is by itself ------------------------------------------------------------------------------

_NAV = frozenset(
    "首页 主页 今日 帮助 注册 登录 登陆 退出 找回密码 忘记密码 用户名 密码 文章搜索 搜索 检索 站内搜索 高级搜索 高级检索 全文检索 "
    "请输入关键字 请输入关键词 下载 打印 打印文章 打印本文 全屏 收藏 收藏本页 字号 字体 字体大小 大 中 小 大字 小字 小字号 中字号 大字号 "
    "加大 还原 减小 放大 缩小 默认 正常 特大 标准 关闭 关闭窗口 关闭本页 打印本页 打印本稿 分享 分享到 分享到微信 分享至 转发 微信 微博 "
    "新浪微博 腾讯微博 人民微博 QQ QQ空间 朋友圈 微信好友 复制 复制链接 全文复制 复制本文 推荐 上一篇 下一篇 上一版 下一版 上一期 下一期 "
    "上一页 下一页 上一条 下一条 尾页 末页 返回 返回首页 返回目录 返回顶部 回到顶部 返回列表 返回上页 返回版面 顶部 TOP top 目录 版面目录 "
    "版面导航 标题导航 版面概览 本版标题 往期 往期回顾 往期报纸 数字报 数字报纸 电子报 电子版 手机版 电脑版 移动版 PC版 客户端 APP 下载APP "
    "打开APP 扫码 二维码 订阅 订阅本报 投稿 举报 评论 我要评论 发表评论 跟帖 点赞 在看 赞 收起 展开 展开全文 更多 繁體 繁体 繁体版 简体 "
    "简体版 English EN 无障碍 无障碍阅读 无障碍浏览 适老化 关怀版 老年模式 长者模式 长者版 设为首页 加入收藏 联系我们 关于我们 网站地图 "
    "网站声明 法律声明 版权声明 免责声明 隐私政策 隐私条款 服务条款 广告服务 广告刊例 招聘 招聘信息 诚聘英才 友情链接 站点地图 RSS 导航 "
    "网站导航 听新闻 语音播报 朗读 播放 暂停 阅读原文 预览 浏览 浏览次数 浏览量 访问量 点击 点击数 点击量 点击率 阅读量 阅读数 阅读次数 "
    "阅读 人气 次 我的位置 当前位置 您的位置 PDF版 PDF 版面 高清版面 日历 日期检索 全部 栏目 菜单 登录/注册 收听 字号大小 保存 导出 "
    "写留言 精选留言 留言 写评论 热门评论 最新评论 相关阅读 相关报道 点此复制 关注 已关注 取消 允许 知道了 "
    "T A A+ A- 广告 推广 ADVERTISEMENT Advertisement Home News About Contact us Us Help Subscribe Share Print Download Login Search Menu Next Previous Back".split()
)
_SECTIONS = frozenset(
    "新闻 要闻 时政 国内 国际 社会 经济 财经 金融 政务 政务公开 政务服务 政府信息公开 信息公开 互动交流 公告 通知公告 图片 视频 专题 理论 "
    "教育 健康 文化 体育 娱乐 旅游 文旅 房产 汽车 科技 法治 民生 生活 副刊 县区 区县 综合 本地 头版 天气 滚动 头条 直播 论坛 新闻中心 "
    "新闻资讯 工作动态 政务动态 政务要闻 政务信息 本地新闻 县区新闻 部门动态 热点 深度 观点 广告 专版 特刊 特稿 聚焦 关注 党建 农业 工业 "
    "军事 读书 人物 资讯 快讯 地方 山东 齐鲁 走进 魅力 数据 服务 公示 政策 法规 机构 领导 百科 商城 社区 博客 问政".split()
)
_SEPARATORS = re.compile(r"[\s\u200b\ufeff|｜丨>＞»›/·・\-–—_\[\]【】（）()：:，,、。×~～*#+=<＜«‹▶►▷▸◀◁↑↓→←]+")
_LINK = re.compile(r"\[([^\[\]]{1,40})\]\([^()\s]{0,300}\)")
_COUNTER = re.compile(r"\d{1,9}(?:万|次|条|人|人次|\+|w|分钟|条评论|人已读)?")
_SECTION_LIKE = re.compile(r"\w{1,8}(?:新闻|要闻|动态|公开|频道|中心|专栏|专题|日报|晚报|网|报告|信息|资讯)")
_OPENING_FURNITURE = re.compile(
    r"[\s【\[（(·•>》☆★◆■●▲▼△▽↑↓→←☝👆👇]{0,6}(?:"
    r"(?:上|下)一(?:版|篇|期|条|页)\W?\d?\s?\d?\s?(?:上|下)一|当前位置|您(?:现在)?(?:的|所在的?)位置|(?:我的)?位置[:：]|版权所有|版权声明|免责声明|特别声明|郑重声明|法律声明|声明[:：]|Copyright|©|"
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新]ICP|\w{0,4}公网安备|网站标识码|备案号|许可证|增值电信|"
    r"主办(?:单位)?[:：]|主办单位|承办(?:单位)?[:：]|协办[:：]|技术支持[:：]|网站维护[:：]|地址[:：]|社址[:：]|邮编[:：]|邮政编码|传真[:：]|零售价|"
    r"(?:\w{0,6}(?:热线|电话))[:：]|国内统一(?:连续出版物|刊)号|邮发代号|\w{0,8}新闻热线|"
    r"(?:本文|本版|本报|更多)?(?:相关|推荐|延伸|热门|热点|精彩)(?:阅读|报道|新闻|链接|文档|文件|文章|推荐|稿件|信息|内容|附件|专题|评论|资讯)|往期(?:推荐|回顾|精彩)|"
    r"(?:上|下)一(?:篇|条|版|页|则)\s{0,2}[:：]|(?:内容)?摘要[:：]$|(?:关键词|关键字|标签|Tags?)\s?[:：]|猜你喜欢|大家都在看|喜欢此内容|更多(?:>>|>|»|》|精彩|新闻|内容|资讯)|本[文版](?:所在|标题|其他|内容)?版?面?(?:导航|标题|目录|新闻)|本文所在版面|"
    r"(?:新闻|点击|阅读|热门|热点|一周|24小时|本周|本月)\w{0,4}(?:排行|热榜|榜)|网友评论|"
    r"(?:长按|扫码|扫描|扫一扫|识别|轻触|轻点|继续滑动|向上滑动|微信扫一扫|预览时标签|点击(?:上方|下方|蓝字|图片|查看|关注|阅读|进入|收听|右上角|这里|此处))|"
    r"关注(?:我们|公众号|微信|本报|官方)|分享(?:到|至|让|给)|(?:下载|打开)\S{0,10}(?:客户端|APP|App)|返回\S{1,6}[,，]\s?查看更多|"
    r"(?:责任编辑|责编|本版编辑|本版责编|编辑|执行编辑|值班编辑|本期编辑|网络编辑|执行主编|值班主编|主编|总编辑?|审核|审稿|审校|校对|校审|责任校对|初审|复审|终审|一审|二审|三审|"
    r"初审初校|编审|监制|总监制|签审|签发|总值班|值班编委|值班主任|值班总编|美编|美术编辑|版式|版式设计|组版|排版|图编|视觉|视觉设计|制作|设计)\s{0,3}[:：丨|｜/／]|"
    r"(?:责任编辑|责编|本版编辑|本版责编)\s|(?:编辑|主编|校对|审核|美编|版式|组版)\s{1,4}\w{2,4}(?:\s{1,4}(?:编辑|主编|校对|审核|美编|版式|组版)\s{1,4}\w{2,4}){0,6}$|"
    r"(?:阅读|浏览|点击)(?:量|数|次数)?\s{0,2}[:：]?\s{0,2}\d|人划线|赞\s?\d|END$|—\s?END|-\s?END|THE END$|搜索[:：]|原文链接|网址[:：]|https?://|www\."
    r")",
    re.IGNORECASE,
)
_PAGE_MARK = re.compile(
    r"星期[一二三四五六日]\s{0,4}(?:第?\s{0,2}[A-Z]?\d{1,3}\s{0,2}版)?|"
    r"[【\[（(<\s]{0,3}第?\s{0,2}[A-Z]?\d{1,3}\s{0,2}版\s{0,2}(?:[:：/／]\s{0,2}\S{0,8})?[】\])）>\s]{0,3}|"
    r"[-—–·\s]{0,3}第?\s{0,2}\d{1,4}\s{0,2}页?(?:\s{0,2}[/／,，共]\s{0,2}共?\s{0,2}\d{1,4}\s{0,2}页?)?[-—–·\s]{0,3}|Page \d{1,4}(?: of \d{1,4})?",
    re.IGNORECASE,
)
_TURN = (
    r"[（(【\[▶►>》☞]{0,3}\s{0,2}(?:下转|上接|紧接|接)\s{0,2}(?:第?\s{0,2}[A-Za-z]?\s{0,2}[一二三四五六七八九十\d]{1,3}\s{0,2}版|[A-Z]\d{1,2})"
    r"(?:[^）)】\]。\n]{0,16}[）)】\]])?[◀◄<《☜]{0,3}"
)
_TURN_FIRST, _TURN_LAST = re.compile(_TURN), re.compile(_TURN + r"\s{0,2}$")

_DATE = r"(?:19|20)\d{2}\s?(?:年|[-/.])\s?\d{1,2}\s?(?:月|[-/.])\s?\d{1,2}\s?(?:日|号)?"
_LABEL = (
    r"(?:(?:信息|文章|稿件|新闻|资料|内容)?来源|稿源|来自|(?:发布|发表|更新|刊发|发稿|成文|编辑|上传|录入|采集|印发)?(?:时间|日期)|作者|记者|撰稿|文字|采写|撰文|执笔|供稿|"
    r"转载自|摘自|原载|原标题|发布者|发布人|发布机构|发布单位|信息来源|责任单位|通讯员|文|文/图|图/文|策划|统筹|出品|作者(?:单位|简介)|执笔人?)"
)
_LABELLED = re.compile(rf"[【（(\[\s●■□>]{{0,3}}{_LABEL}\s{{0,4}}[:：丨|｜]")
_BARE_LABEL = re.compile(rf"[【（(\[\s]{{0,3}}{_LABEL}\s{{0,4}}[:：丨|｜]\s{{0,4}}")
_DATED = re.compile(rf"(?:原创\s)?[\w·（）()\s-]{{0,24}}\s{_DATE}(?:\s{{0,3}}\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?(?:\s{{0,3}}(?:发表于)?\s?\w{{2,4}})?\s{{0,3}}$|"
    rf"[（(\[【\s]{{0,3}}{_DATE}(?=$|[\sT\d，,|丨·.。）)\]】/来星第版:：_-])")
_SOURCE_LINE = re.compile(
    r"《[^《》]{2,14}》\s{0,3}[（(]?[^。，]{0,30}(?:版|日|期)\s{0,3}[）)]?|[（(]?(?:原载|摘自|转自|据|来源)[^。，]{2,30}[）)]|"
    r"新华社\w{1,8}\d{1,2}月\d{1,2}日电|原创\s\S.{0,40}|"
    r"\w{2,10}(?:讯|电)\s?[（(](?:\w{0,10}记者|通讯员|见习记者)[^（）()]{1,40}[）)]"
)
_OUTLET = re.compile(r"\w{2,14}(?:日报|晚报|晨报|时报|早报|商报|都市报|周报|报社|新闻网|网|在线|发布|客户端|电视台|广播电视台|融媒体?中心|融媒|通讯社|新闻社)")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹"
    "薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛"
    "曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
_NAME = rf"[{_SURNAMES}](?:\s{{0,2}}[\u4e00-\u9fff]){{1,3}}"
_NAMES_ONLY = re.compile(rf"[（(]?\s?{_NAME}(?:[\s、,，/]{{1,4}}{_NAME}){{0,7}}\s?[）)]?")
_OFFICIAL = re.compile(rf"[\u4e00-\u9fff]{{0,14}}(?:省长|市长|主席|县长|区长|州长|盟长|书记|主任|院长|检察长|局长|部长|总理)\s{{1,4}}[\u4e00-\u9fff·\s]{{2,14}}")
_REPORTER = re.compile(
    r"[□■◇◆○●◎△▲▍▎☆★丨|/—\-\s（(【\[]{0,4}[\u4e00-\u9fffA-Za-z·/\s]{0,20}?(?:记者|通讯员|评论员|特约撰稿人|撰稿人|报道组)"
    r"(?!手记|观察|调查|感言|从|在|走进|了解|获悉|看到|采访|注意|来到|探访|见|节|会|站|证|们|说|问|提问|专访|招待|\s{0,2}[:：]\s{0,2}(?:您|你|请|对|从|据|在|目前|我))"
    r"[^。，；！？“”《》]{0,60}"
)
_BOXED = re.compile(r"[□■◇]\s{0,3}[^。，；！？]{2,50}")

_CREDIT = re.compile(r"(?:(?<!拍)摄(?:影)?(?:报道)?|供图|(?:图片?|照片)\S{0,24}提供|制图|绘图|图/\S{1,16}|图片来源\S{0,24}|资料(?:图|图片|照片)|摄/\S{1,16})[\s）)】\]。]{0,4}$")
_CAPTION = re.compile(
    r"!\[|(?:图为|图[:：]|图片[:：]|[上下左右题配首]图[:：，为]?|图片说明|图\s?[①-⑳\d一二三四五六][:：为\s]|[▲△▼▽↑↓←→◀▶☝▵▴]\s?\S|[（(](?:资料图|资料照片|图片|本版图片|本文(?:配图|图片|照片)|本报资料)|本版图片|本文(?:图片|照片|配图))"
)
_SCENE = re.compile(r"(?:现场|一角|一隅|掠影|全景|远景|外景|实景|鸟瞰图?|夜景|场景|画面|瞬间|合影|效果图|示意图|航拍|生产线|车间|风貌|新貌|景象|图)[。\s]?$")

_CUES_STRONG = re.compile(
    r"未经\S{0,12}(?:授权|许可|允许|同意|协议)|转载\S{0,6}(?:注明|使用)|版权(?:所有|归|属|均)|免责声明|新闻线索|[报爆]料|不代表本(?:网|站|平台|报|公众号|人)|仅代表作者|如有侵权|侵权\S{0,6}(?:删除|联系)|"
    r"联系\S{0,8}删除|ICP备|公网安备|违法和?不良信息举报|增值电信|许可证编?号|仅提供信息存储|不承担\S{0,10}责任|著作权(?:人|的)|public domain|all rights reserved|公有领域|本(?:网|站|平台)(?:刊登|刊发|转载|发布|注明|拥有|所有)"
)
_CUES = re.compile(
    r"热线|拨打|欢迎(?:关注|拨打|来电|投稿|提供|订阅)|公众(?:号|平台)|微信号?|二维码|扫码|客户端|赞助|广告|投稿|转载|版权|本网站?|本站|声明|侵权|信息网络传播|稿件|邮箱|电话|网站|链接|订阅"
)

_FINAL = "。！？!?…"
_CLOSERS = "”’」』）)】》〉]\"'＂"
_MIDDLE = "，、。；：！？）》”’」』】％%,;:)"  # what no line of print begins with
_OPENING = "（(《“‘【「『〈"
_PAIRS = ("（）", "()", "《》", "“”", "【】", "「」", "『』", "〈〉", "‘’")
_MARK = re.compile(
    r"(?:#{1,6}\s|[-*•·●■◆▲★◎○]\s?\S|——|――|－－|[（(]\s?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})\s?[）)]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,3}[,，、：:]|"
    r"第[一二三四五六七八九十百\d]{1,3}[条章节部步](?![^\s]{0,2}[工实])|[一二三四五六七八九十]{1,2}(?:是|要)|(?:另)?一方面|\d{1,3}(?:[.．、）)](?!\d))|[①-⑳⑴-⒇❶-❿㈠-㈩]|[〔［\[【]\d{1,3}[〕］\]】]|"
    r"[问答][:：]|其[一二三四五][,，]|(?:首先|其次|再次|最后)[,，])"
)
_OPENER = re.compile(r"今年以来|近年来|一年来|近日|日前|目前|据悉|据了解|此外|与此同时|同时[,，]|下一步|接下来|本报\S{0,6}讯|记者(?:了解|从|在)|各位代表|在此基础上|截至")
_DATELINE = re.compile(r"(?:[（(【]?\s?(?:本报|本网|本台|新华社|新华网|中新社|中新网|人民网|央视网|齐鲁网|大众网|大众日报|\w{2,8}(?:网|报|社|台))\S{0,12}?(?:讯|电|消息))(?=[\s（(】，]|记者)")
_SALUTATION = re.compile(r"(?:各位|同志们|女士们|先生们|朋友们|尊敬的|编辑同志|亲爱的)\S{0,16}[:：！!，,]$")
_HALVES = re.compile(r"\S{4,16}[\s\u3000]{1,4}\S{4,16}")


@dataclass(slots=True)
class _Part:
    """A line, later a paragraph: its spans, how it begins and ends, and what it is taken for."""

    spans: list[tuple[int, int]]
    head: str  # the first 200 characters
    tail: str  # the last 200
    gap: int  # blank lines before it
    indent: float  # in Chinese characters
    last: float  # how far its last line reaches
    width: float  # in Chinese characters; a Latin letter counts half
    role: str = ""
    inner: bool = False  # a full stop with more behind it
    commas: int = 0
    article: int = 1

    @property
    def closed(self) -> bool:
        """Whether it ends its sentence."""
        bare = self.tail.rstrip(_CLOSERS)
        return bool(bare) and (bare[-1] in _FINAL or bare[-1] in "；;：:" or (bare[-1] == "." and not bare[-2:-1].isdigit()))

    @property
    def bare(self) -> str:
        """Its beginning without Markdown marks."""
        return self.head.lstrip("#* ").rstrip("* ")

    def add(self, other: "_Part") -> None:
        """Go on with another line."""
        self.spans += other.spans
        self.inner = self.inner or other.inner or self.tail.rstrip(_CLOSERS)[-1:] == "。"
        self.head = (self.head + other.head)[:200] if len(self.head) < 200 else self.head
        self.tail = (self.tail + other.tail)[-200:]
        self.width += other.width
        self.last = other.last
        self.commas += other.commas


def _lines(text: str) -> list[_Part]:
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


def _part(bare: str, start: int, gap: int, indent: float) -> _Part:
    """Make a part of a line's text."""
    width = len(bare) - len(bare.encode("ascii", "ignore")) / 2
    stop = bare.find("。")
    inner = 0 <= stop < len(bare.rstrip(_CLOSERS)) - 1 or "；" in bare[:-1]
    commas = bare.count("，") + bare.count(",")
    return _Part([(start, start + len(bare))], bare[:200], bare[-200:], gap, indent, indent + width, width, inner=inner, commas=commas)


def _label(part: _Part) -> str:
    """Say what a line is by itself; an empty string for text."""
    text, width = part.head, part.width
    if width > 160:
        return ""
    if width <= 70 and not part.inner and (not part.closed or text[-1] in "：:") and (_LABELLED.match(text) or _DATED.match(text)):
        return "byline"
    if width <= 60 and _is_navigation(text):
        return "boilerplate"
    if _PAGE_MARK.fullmatch(text) or _TURN_FIRST.fullmatch(text):
        return "boilerplate"
    if width <= 80 and _OPENING_FURNITURE.match(text) and not (part.closed and part.inner):
        return "boilerplate"
    if (len(text) <= 160 and _CREDIT.search(text)) or (width <= 80 and _CAPTION.match(text)):
        return "caption"
    if width <= 50 and (_SOURCE_LINE.fullmatch(text) or _REPORTER.fullmatch(text) or _BOXED.fullmatch(text)):
        return "byline"
    return ""


def _is_navigation(text: str) -> bool:
    """Tell a line that consists of menu words, counters and section names, or of no letter at all."""
    words = [word for word in _SEPARATORS.split(_LINK.sub(r"\1 ", text)) if word]
    known = [word in _NAV for word in words]
    if not words or all(known):
        return not any(mark in text for mark in "。，；") or bool(words)
    loose = [k or word in _SECTIONS or bool(_COUNTER.fullmatch(word)) or bool(_SECTION_LIKE.fullmatch(word)) for k, word in zip(known, words, strict=True)]
    crumbs = any(known) or len(words) >= 4 or bool(re.search(r"\w\s{0,3}[>＞»›]{1,2}\s{0,3}\w", text))
    return len(words) >= 2 and sum(loose) >= 0.6 * len(words) and crumbs and "。" not in text


def _rare(signs: Iterable[bool]) -> bool:
    """Tell whether fewer than a quarter of the signs are set."""
    given = list(signs)
    return 4 * sum(given) < len(given)


def _is_lone_sentence(part: _Part, width: int) -> bool:
    """Tell a line that is one short sentence without a comma."""
    return part.tail[-1] == "。" and not part.commas and not part.inner and part.width <= width


def _label_all(parts: list[_Part]) -> None:
    """Label lines by themselves, then those that their neighbours explain."""
    for part in parts:
        part.role = _label(part)
    for part, then in pairwise(parts):
        if _CHAPTER.fullmatch(part.head) and then.role == "" and then.width <= 30 and not then.closed:
            part.role = ""
    usual = Counter(part.gap for part in parts[1:]).most_common(1)
    wide_gap = usual[0][0] + 2 if usual and usual[0][0] else 1 if _rare(part.gap > 0 for part in parts[1:]) else 2
    apart: list[_Part] = []  # one short sentence behind a wide gap: where an image stood; many of them are headings
    for i, part in enumerate(parts):
        before = parts[i - 1] if i else None
        if part.role == "" and before is not None:
            value_of = before.role in ("byline", "boilerplate") and before.tail[-1:] in "：:" and before.width <= 8
            if value_of and part.width <= 16 and not part.closed and (before.role == "byline" or _BARE_EDITOR.match(before.head)):
                part.role = before.role
        if part.role == "boilerplate" and part.gap == 0 and before is not None and _PIECE.fullmatch(part.head):
            # A symbol or figure on a line of its own, inside a sentence, is a piece of that sentence.
            after = parts[i + 1] if i + 1 < len(parts) else None
            inside = before.role == "" and not before.closed and (before.width >= 8 or part.head in _MIDDLE)
            opening = part.head in _OPENING and after is not None and after.gap == 0 and _cannot_open(after.head)
            if inside or opening:
                part.role = ""
        if part.role == "" and part.width <= 10 and not part.closed and not _MARK.match(part.head):
            around = [p for p in (before, parts[i + 1] if i + 1 < len(parts) else None) if p is not None]
            if any(p.role == "boilerplate" and p.head in _CRUMB for p in around):
                part.role = "boilerplate"
        if part.role == "caption" and part.width <= 24 and before is not None and before.role == "" and _CREDIT.search(part.head):
            # A credit alone: the short line above it is the caption.
            named = _CREDIT.sub("", part.head).strip(" （(")
            short = before.width <= 60 and not before.inner and not _MARK.match(before.head)
            image = not before.closed or before.gap >= wide_gap or _is_lone_sentence(before, 30)
            if short and image and (not named or "记者" in named or _NAMES_ONLY.fullmatch(named)):
                before.role = "caption"
        if part.role == "" and part.gap >= wide_gap and part.width <= 40 and not _MARK.match(part.head):
            if _SCENE.search(part.head):
                part.role = "caption"
            elif _is_lone_sentence(part, 30):
                apart.append(part)
    for part in apart if len(apart) <= 3 else []:
        part.role = "caption"


_PIECE = re.compile(r"[^\w\u200b\ufeff]{1,2}|[\d.]{1,4}")
_CHAPTER = re.compile(r"0?\d|(?:PART|Part|part)[.\s]?\d{1,2}|[壹贰叁肆伍陆柒捌玖拾]|第[一二三四五六七八九十]{1,2}[章部篇节]")
_CRUMB = frozenset([">", ">>", "＞", "»", "›", "|", "当前位置：", "当前位置:", "您的位置:", "您的位置："])
_BARE_EDITOR = re.compile(r"[（(]?(?:责任编辑|责编|编辑|审核|校对)")

# ---- step 2: lines to paragraphs -----------------------------------------------------------------------------------


def _wrapped_width(parts: Sequence[_Part]) -> float:
    """Give the width at which a text is wrapped, 0 for one whose lines are paragraphs."""
    widths = sorted(part.last for part in parts if part.role == "")
    if len(widths) < 8:
        return 0.0
    full = widths[int(len(widths) * 0.9)]
    near = sum(full - 2.5 <= width <= full + 1 for width in widths)
    return full if 12 <= full <= 60 and near >= 0.45 * len(widths) else 0.0


def _unclosed(text: str) -> bool:
    """Tell a text that stops inside a bracket or a quotation."""
    return any(text.rfind(opening) > text.rfind(closing) for opening, closing in _PAIRS)


def _cannot_open(text: str) -> bool:
    """Tell a line that begins as no paragraph does: with a closing mark, a bracket's end, a scrap of a sentence."""
    if text[0] in _MIDDLE or _SCRAP.match(text):
        return True
    near = text[:40]
    return any(
        0 <= near.find(closing) and not 0 <= near.find(opening) < near.find(closing) for opening, closing in _PAIRS
    )


_SCRAP = re.compile(r"[^\W\d]{1,2}[。；]|[^\W\d]、")


@cache
def _cutter() -> Callable[[str], list[str]]:
    """Give a cut into the dictionary's words: rjieba's, or without it jieba's, which cuts the same."""
    try:
        import rjieba
    except ImportError:
        import jieba

        return partial(jieba.Tokenizer().lcut, HMM=False)
    return partial(rjieba.cut, hmm=False)


def _one_word(left: str, right: str) -> bool:
    """Tell whether a word runs over a break: of 1,100 pairs of heading and paragraph none, of random cuts every other."""
    if not ("\u4e00" <= left[-1] <= "\u9fff" and "\u4e00" <= right[0] <= "\u9fff"):
        return False
    left, right = left[-5:], right[:5]
    at = 0
    for word in _cutter()(left + right):
        if at < len(left) < at + len(word):
            # Two words of two characters make many a set phrase; that one ends here and one begins there is chance.
            return not (len(word) == 4 and len(left) - at == 2)
        at += len(word)
    return False


def _openness(part: _Part) -> int:
    """Weigh the signs, in itself alone, that a part which does not end its sentence was cut off."""
    if part.closed:
        return 0
    if part.inner or part.tail[-1] in "，、," + _OPENING or _unclosed(part.tail[-120:]):
        return 3
    if part.width >= 45 or (part.width >= 34 and part.commas >= 2):
        return 2
    return 1 if part.width >= 28 and part.commas else 0


def _goes_on(open_part: _Part, line: _Part, indented: bool, wrapped: float) -> int:
    """Weigh whether a line goes on with an open paragraph: 3 and more say yes."""
    if wrapped and line.gap == 0 and line.indent < (1 if indented else open_part.indent + 1):
        if open_part.last >= wrapped - (3 if indented or not open_part.closed else 1):
            return 4
    if open_part.closed or open_part.head.startswith("#") or _MARK.match(line.head) and not line.head.startswith(("·", "-")):
        return 0
    tail = open_part.tail
    weight = _openness(open_part)
    if tail[-1] in "的和与及以在对为将把从向于等" and open_part.width >= 6:
        weight += 1
    if tail[-1].isdigit() and not line.head[0].isdigit() and open_part.width >= 10:
        weight += 1
    if _cannot_open(line.head):
        weight += 4 if line.head[0] in _MIDDLE and line.gap == 0 else 3 if open_part.width >= 4 else 1
    elif line.closed and line.width <= 5 and _openness(open_part):
        weight += 3
    if _OPENER.match(line.head) and tail[-1] not in "，、,":
        weight -= 2
    if weight < 3 and open_part.width >= 4 and _one_word(tail, line.head):
        weight += 3
    if indented:
        weight += -3 if line.indent >= 1 else 2
    if line.width >= 12 and (line.closed or line.inner):
        weight += 1
    elif not line.closed and line.width < 30:
        weight -= 1
    return weight


def _is_inset(current: _Part, part: _Part, after: _Part, here: int, indented: bool) -> bool:
    """Tell a short line between two halves of a paragraph that fit better together: a caption without a credit."""
    if part.width > 45 or part.inner or part.commas or not _openness(current) or current.tail[-1] in _OPENING:
        return False
    if after.head[0] in _MIDDLE and part.gap == after.gap == 0:
        return False
    beyond = _goes_on(current, after, indented, 0.0)
    if beyond < 3 or _one_word(current.tail, part.head) or _one_word(part.tail, after.head):
        return False
    apart = part.gap > 0 and (part.gap > after.gap or (_cannot_open(after.head) and here < beyond))
    return apart or bool(_SCENE.search(part.head)) or _one_word(current.tail, after.head) or (part.indent >= 1 > after.indent and indented)


def _paragraph_parts(parts: list[_Part]) -> list[_Part]:
    """Join text lines that one paragraph was cut into; the rest passes through."""
    texts = [part for part in parts if part.role == ""]
    prose = [part for part in texts if part.closed and part.width >= 20]
    indented = bool(prose) and sum(part.indent >= 1 for part in prose) >= 0.6 * len(prose)
    wrapped = _wrapped_width(parts)
    if wrapped:  # a line that ends a sentence ends its paragraph, and is seldom the one that opened it
        indented = sum(part.indent >= 1 for part in texts) >= 2 and any(part.indent < 1 for part in texts)
    following: list[_Part | None] = [None] * len(parts)
    after: _Part | None = None
    for i in range(len(parts) - 1, -1, -1):
        following[i] = after
        if parts[i].role == "":
            after = parts[i]
        elif parts[i].role == "byline":
            after = None
    joined: list[_Part] = []
    current: _Part | None = None
    for part, next_text in zip(parts, following, strict=True):
        if part.role == "byline":
            current = None
        if part.role:
            joined.append(part)
            continue
        if current is not None:
            here = _goes_on(current, part, indented, wrapped)
            if next_text is not None and not wrapped and _is_inset(current, part, next_text, here, indented):
                part.role = "caption"
                joined.append(part)
                continue
            if here < 3 and next_text is not None and part.gap == next_text.gap == 0 and next_text.head[0] in _MIDDLE:
                here = 3 * (not current.closed and not part.closed)
            if here >= 3:
                current.add(part)
                continue
        current = part
        joined.append(part)
    return joined


# ---- step 3: titles, headings, articles ----------------------------------------------------------------------------


def _is_prose(part: _Part) -> bool:
    """Tell a paragraph from a line that may be a headline."""
    if part.head.startswith("#"):
        return False
    if part.inner or part.width >= 60 or _SALUTATION.match(part.head) or _DATELINE.match(part.head):
        return True
    return part.closed and part.width >= 12 and part.tail[-1] not in "？?！!"


def _is_heading(part: _Part, then: _Part | None) -> bool:
    """Tell a heading from a list item or a lone line of text, by itself and by what comes next."""
    if part.head.startswith("#"):
        return True
    if then is None or part.role or part.width > 45 or "\t" in part.head or _SALUTATION.match(part.head):
        return False
    numbered = bool(_NUMBERED.match(part.head))
    if not part.closed:
        return not part.inner and part.tail[-1] not in "，、,"
    if part.tail[-1] in "？?" and part.width <= 20:
        return not re.match(r"[问答记]", part.head)
    if part.tail[-1] == "。" and part.head.count("。") == 1:
        return numbered and part.width <= 40 and not _NUMBERED.match(then.head) and then.width >= 1.5 * part.width
    return False


_NUMBERED = re.compile(r"[（(]\s?[一二三四五六七八九十百]{1,4}\s?[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)")


def _name_headlines(parts: list[_Part], seen: Counter[str]) -> None:
    """Sort the headlines over an article into kicker, title and deck."""
    if not parts:
        return
    lines: list[list[_Part]] = []  # a title of two short lines counts as one
    for part in parts:
        last = lines[-1][-1] if lines else None
        pair = last is not None and len(lines[-1]) == 1 and max(last.width, part.width) <= 9
        if pair and last is not None and abs(last.width - part.width) <= 3 and not _STANDING.search(last.bare):
            lines[-1].append(part)
        else:
            lines.append([part])
    widths = [sum(part.width for part in line) for line in lines]
    scores = [_headline_score(line, width, seen) for line, width in zip(lines, widths, strict=True)]
    best = max(range(len(lines)), key=lambda i: (scores[i], -i))
    near = [i for i in range(len(lines)) if scores[i] >= scores[best] - 0.5]
    if len(near) >= 3:
        best = near[1]
    elif len(near) == 2:
        # A deck says more than its title: a second line that is no longer is the title, and the first its kicker.
        longer = widths[near[1]] - widths[near[0]]
        best = near[0] if longer > 4 or (longer > 3 and lines[near[1]][-1].commas) else near[1]
    elif best + 1 < len(lines) and scores[best + 1] >= scores[best] - 1 and widths[best + 1] < 0.7 * widths[best]:
        best += 1
    for i, line in enumerate(lines):
        for part in line:
            part.role = "title" if i == best else "kicker" if i < best else "deck"


_STANDING = re.compile(r"进行时|系列报道|看基层|在行动|特别报道|专栏|走基层|观察$|手记$|调查$|本报评论|之[一二三四五六七八九十]$|[（(][一二三四五上中下][）)]$|^聚焦|^关注")


def _headline_score(line: list[_Part], width: float, seen: Counter[str]) -> float:
    """Weigh the signs that a headline is the title."""
    bare = line[0].bare
    score = 4.0 if re.match(r"#\s", line[0].head) else 2.0 if line[0].head.startswith("#") else 0.0
    score += 3 if seen[bare.lstrip("·• ")] > 1 and width >= 6 else 0
    score -= 3 if _SUBTITLE.match(bare) else 0
    score -= 2 * (width > 34) + 2 * (width < 5) + 3 * (line[-1].tail[-1] in "：:")
    score -= 1.5 if _STANDING.search(bare) else 0
    score -= 1 if re.search(r"(?:举行|召开|启动|印发|发布会|开幕|闭幕)$", bare) or re.search(r"(?:召开|举行).{0,12}会议?$", bare) else 0
    return score + 1 if _HALVES.fullmatch(bare) else score


def _head_zone(parts: list[_Part], first: int, seen: Counter[str]) -> None:
    """Label what stands before the first paragraph."""
    candidates: list[_Part] = []  # from the paragraph upwards
    below: list[_Part] = []  # those with reporters, source or date above them
    stopped = barred = named = False
    for part in reversed(parts[:first]):
        worthy = any(p.width >= 5 and not _SUBTITLE.match(p.head) for p in candidates)
        if part.role == "boilerplate" and worthy:
            barred, stopped = True, stopped or not _is_toolbar(part.head)
        elif part.role == "byline" and not stopped and not named:
            below, barred, named = candidates[:], False, _is_reporter(part)
        if part.role == "":
            spaced = part.width <= 4 or any(mark in part.head for mark in " \u3000、")
            if part.head in _SECTIONS:
                part.role = "boilerplate"
            elif part.width <= 40 and (_OFFICIAL.fullmatch(part.head) or (spaced and _NAMES_ONLY.fullmatch(part.head))):
                part.role = "byline"
            elif (part.width <= 14 and _OUTLET.fullmatch(part.head)) or _OFFICE.fullmatch(part.head):
                part.role = "byline"
            elif stopped or barred:
                part.role, stopped = "boilerplate", True
            elif part.closed and part.tail[-1] == "。" and not re.search("作.{0,4}工作报告。$", part.head):
                part.role = "body"
            elif part.head.rstrip("。").endswith("工作报告") and "作" in part.head[:-6] and part.width <= 30:
                part.role = "caption"
            else:
                candidates.append(part)
    above = [part for part in candidates if part not in below]
    for part in below if above else []:
        part.role = "deck" if _SUBTITLE.match(part.head) else "heading"
    for i, part in enumerate(above or candidates):
        if i < len(above or candidates) - 1 and (_NUMBERED.match(part.head) or (part.head.startswith("##") and any(re.match(r"#\s", p.head) for p in candidates))):
            part.role = "heading"
    _name_headlines([part for part in reversed(above or candidates) if part.role == ""], seen)


_OFFICE = re.compile(r"[\u4e00-\u9fff]{0,14}(?:省长|市长|主席|县长|区长|总理)")
_SUBTITLE = re.compile(r"——|――|—|--|(?:19|20)\d{2}年.{1,12}在")
_TOOLS = frozenset(
    "下载 打印 打印文章 打印本文 全屏 收藏 收藏本页 字号 字体 字体大小 大 中 小 大字 小字 小字号 中字号 大字号 加大 还原 减小 放大 缩小 默认 正常 特大 标准 "
    "打印本页 打印本稿 分享 分享到 分享到微信 分享至 转发 微信 微博 新浪微博 QQ QQ空间 朋友圈 复制 复制链接 复制本文 阅读 浏览 浏览次数 浏览量 访问量 点击 点击数 点击量 "
    "阅读量 阅读数 阅读次数 人气 次 评论 跟帖 点赞 听新闻 语音播报 朗读 播放 收听 我要评论 扫码 二维码".split()
)


def _is_toolbar(text: str) -> bool:
    """Tell a bar of font, print and share buttons or counters, as it stands between headline and text."""
    return all(word in _TOOLS or _COUNTER.fullmatch(word) for word in _SEPARATORS.split(text) if word)


def _cues(part: _Part) -> int:
    """Count a paragraph's words of disclaimers, hotlines and advertising; the strong ones twice."""
    text = part.head + (part.tail if part.width > 200 else "")
    lowered = text.lower()
    return 2 * len(set(_CUES_STRONG.findall(lowered))) + len(set(_CUES.findall(text)))


_TAIL_MARK = re.compile(
    r"[\s【\[（(·>》☆★◆■●▲▼]{0,4}(?:(?:本文|本版|更多)?(?:相关|推荐|延伸|热门|热点|精彩)(?:阅读|报道|新闻|链接|文档|文件|文章|推荐|稿件|信息|内容|附件|专题|资讯)|往期(?:推荐|回顾|精彩)|猜你喜欢|大家都在看|喜欢此内容|"
    r"更多(?:>>|>|»|》|精彩|新闻|内容|资讯)|本文所在版面|免责声明|版权声明|特别声明|郑重声明|法律声明|声明[:：]|网友评论|(?:新闻|点击|阅读|热门|热点|一周|24小时)\w{0,4}(?:排行|热榜)|扫一扫|原文链接|责任编辑|分享)"
)


def _tail_zone(parts: list[_Part]) -> None:
    """Label what stands after the last paragraph: link lists after a mark, disclaimers and hotlines by their words."""
    prose = [part.width if part.role == "" and _is_prose(part) and _cues(part) < 2 else 0.0 for part in parts]
    total, before = sum(prose), 0.0
    stop = len(parts)
    for i, part in enumerate(parts):
        if part.role == "boilerplate" and _TAIL_MARK.match(part.head) and before > 0 and total - before < 0.25 * total:
            stop = i
            break
        before += prose[i]
    for part in parts[stop:]:
        if part.role != "byline" or not _LABELLED.match(part.head):
            part.role = "boilerplate"
    pending: list[_Part] = []
    for part in reversed(parts[:stop]):
        if part.role != "":
            continue
        pending.append(part)
        if _cues(part) >= (2 if _is_prose(part) else 1):
            for each in pending:
                each.role = "boilerplate"
            pending = []
        elif _is_prose(part) and (part.width > 60 or sum(map(_is_prose, pending)) > 1):
            break


def _structure(parts: list[_Part]) -> list[_Part]:
    """Find titles, headings and articles; give the parts in reading order."""
    seen = Counter(part.head.lstrip("#·• 　") for part in parts)
    _tail_zone(parts)
    first = next((i for i, part in enumerate(parts) if part.role == "" and _is_prose(part)), None)
    if first is None:
        for part in parts:
            part.role = part.role or ("heading" if part.head.startswith("#") else "body")
        return parts
    _head_zone(parts, first, seen)
    article, has_title = 1, any(part.role == "title" for part in parts[:first])
    has_byline = any(part.role == "byline" and _is_reporter(part) for part in parts[:first])
    sentences = _sentence_headings(parts)
    paragraphs_so_far = 0
    i = first
    untitled = [] if has_title else [1]
    while i < len(parts):
        part = parts[i]
        part.article = article
        if part.role == "" and _is_prose(part) and i not in sentences:
            part.role = "body"
            paragraphs_so_far += 1
            i += 1
            continue
        if part.role in ("caption", "boilerplate"):
            i += 1
            continue
        stop = i
        while stop < len(parts) and not (parts[stop].role == "" and _is_prose(parts[stop]) and stop not in sentences):
            stop += 1
        group = parts[i:stop]
        then = parts[stop] if stop < len(parts) else None
        heads = [p for p in group if p.role == ""]
        bylines = [p for p in group if p.role == "byline"]
        if then is None:
            _label_end(parts, group, untitled, article, seen)
            break
        opens = False
        if paragraphs_so_far >= 2 and (heads or bylines):
            reporters = [p for p in bylines if _is_reporter(p)]
            if heads and _DATELINE.match(then.head):
                opens = True
            elif bylines and heads and group.index(heads[0]) < group.index(bylines[-1]):
                opens = True
            elif reporters and has_byline:
                opens = True
            elif heads and re.match(r"#\s", heads[0].head) and has_title:
                opens = True
            elif heads and article_closed(parts, i):
                opens = True
            elif len(heads) >= 2 and article > 1 and _HALVES.fullmatch(heads[0].bare):
                opens = True
        if opens:
            article += 1
            paragraphs_so_far = 0
            has_byline = any(_is_reporter(p) for p in bylines)
            start = min(group.index(p) for p in heads[:1] + bylines[:1])
            for p in group[start:]:
                p.article = article
            for p in group[:start]:
                p.article = article - 1
            _name_headlines(heads, seen)
            has_title = bool(heads)
            if not heads:
                untitled.append(article)
        else:
            has_byline = has_byline or any(_is_reporter(p) for p in bylines)
            for p in group:
                p.article = article
            _label_headings(heads, then, [parts[k] for k in range(i, stop) if k in sentences])
        i = stop
    for part in parts:
        part.role = part.role or "body"
    titles = {id(p) for p in parts if p.role in ("kicker", "title", "deck")}
    order = sorted(range(len(parts)), key=lambda k: (parts[k].article, 0 if id(parts[k]) in titles and k > first else 1, k))
    return [parts[k] for k in order] if article > 1 or not has_title else parts


def article_closed(parts: list[_Part], i: int) -> bool:
    """Tell whether what stands before a place ends an article: a note on its pictures, a mark that it is complete."""
    before = next((parts[k] for k in range(i - 1, max(i - 4, -1), -1) if parts[k].role in ("caption", "byline", "boilerplate", "body")), None)
    for k in range(i - 1, max(i - 4, -1), -1):
        if parts[k].role == "body":
            break
        if re.match(r"[（(](?:本文|本版|完|作者)", parts[k].head):
            return True
    return before is not None and before.role == "body" and before.tail.endswith(("（完）", "(完)"))


def _is_reporter(part: _Part) -> bool:
    """Tell a line of reporters or authors from one of source and date."""
    return bool(_REPORTER.fullmatch(part.head) or _BOXED.fullmatch(part.head) or re.match(r"[（(【\[\s]{0,3}(?:作者|记者|撰稿|采写|文/图|文)\s{0,3}[:：]", part.head))


def _sentence_headings(parts: list[_Part]) -> set[int]:
    """Find headings that end with a full stop: numbered ones, and short ones where at least three stand alike."""
    numbered, plain = set(), set()
    texts = [i for i, part in enumerate(parts) if part.role == ""]
    for i, k in pairwise(texts):
        part, then = parts[i], parts[k]
        if part.tail[-1] == "。" and part.width <= 40:
            if _is_heading(part, then):
                numbered.add(i)
            elif _is_lone_sentence(part, 18) and then.width >= max(40, 3 * part.width) and not _ANNOUNCES.search(part.head):
                plain.add(i)
    return numbered | plain if len(plain) >= 3 else numbered


_ANNOUNCES = re.compile(r"以下|如下|工作。|方面。|说。|[她他]|我们|各位|[\d一二三四五六七八九十]+(?:个|项|件)")


def _label_headings(heads: list[_Part], then: _Part, known: list[_Part]) -> None:
    """Label the short lines above a paragraph: headings, or a list where there are many."""
    many = len(heads) > 4 and not any(part.head.startswith("#") for part in heads)
    for part in heads:
        likely = part in known or (_is_heading(part, then) and (not many or part is heads[-1]))
        part.role = "heading" if likely else "body"


def _label_end(parts: list[_Part], group: list[_Part], untitled: list[int], article: int, seen: Counter[str]) -> None:
    """Label what follows the last paragraph: the headline of an article that lacks one, or leftovers of the page."""
    heads = []
    for part in group:
        part.article = article
        if part.role == "":
            if _NAMES_ONLY.fullmatch(part.head) and part.width <= 30 or _OUTLET.fullmatch(part.head):
                part.role = "byline"
            elif part.closed and part.width >= 4:
                part.role = "body"
            else:
                heads.append(part)
    if heads and untitled and len(heads) <= 4:
        _name_headlines(heads, seen)
        for part in heads:
            part.article = untitled[-1]
    else:
        for part in heads:
            part.role = "boilerplate"


def _two_line_headings(parts: list[_Part]) -> Iterable[_Part]:
    """Make one part of a heading or title that runs over two lines."""
    i = 0
    while i < len(parts):
        part = parts[i]
        run = 1
        while i + run < len(parts) and parts[i + run].role == part.role and part.role in ("heading", "title") and parts[i + run].article == part.article:
            run += 1
        pair = run == 2 and bool(_CHAPTER.fullmatch(part.head)) or run == 2 and not any(p.closed or _NUMBERED.match(p.head) or p.head.startswith("#") or p.width > 22 for p in parts[i : i + 2])
        if pair:
            part.add(parts[i + 1])
            yield part
        else:
            yield from parts[i : i + run]
        i += run


def clean(text: str) -> list[Block]:
    """Label every stretch of a source text.

    Parameters
    ----------
    text : str
        A page as it was read: any string at all.

    Returns
    -------
    list of Block
        In reading order, article by article. Every non-blank character lies in exactly one of them, and no span begins
        or ends with a blank one.

    Examples
    --------
    >>> [block.role for block in clean("新城改革见成效\\n\\n本报记者 王一 李二\\n\\n今年以来，新城县办成改革事项20件。")]
    ['title', 'byline', 'body']
    """
    parts = _lines(text)
    _label_all(parts)
    parts = _structure(_paragraph_parts(parts))
    return [Block(part.role, tuple(part.spans), part.article) for part in _two_line_headings(parts)]


_ANALYSED = ("title", "kicker", "deck", "heading", "body")


def paragraphs(text: str) -> list[Paragraph]:
    """Give the paragraphs of a source text in reading order; captions, furniture and bylines are left out.

    Parameters
    ----------
    text : str
        A page as it was read.

    Returns
    -------
    list of Paragraph
        Titles, kickers, decks, headings and body, each brought to one form (see `normalise`) with its offsets.

    Examples
    --------
    >>> [paragraph.text for paragraph in paragraphs("全市共办成２０\\n\\n件实事,居全省第3位。")]
    ['全市共办成20件实事，居全省第3位。']
    """
    found = []
    for number, block in enumerate(clean(text)):
        if block.role in _ANALYSED:
            joined, offsets = normalise(text, block.spans, keep_spaces=block.role != "body")
            if joined:
                found.append(Paragraph(joined, offsets, number, block.article, block.role, text))
    return found
