"""What headings and opening words say of the figures below them; the texts are invented."""

from datetime import date

import pytest

from reformtext.claims.sections import Section, enter, looks_ahead
from reformtext.texts.clean import Paragraph, paragraphs
from reformtext.texts.numerals import plain

FEBRUARY = date(2026, 2, 3)


def walk(*lines):
    """Enter the lines one after the other; those that begin with # are headings, with ## titles."""
    section = Section()
    for line in lines:
        role = {0: "body", 1: "heading", 2: "title"}[len(line) - len(line.lstrip("#"))]
        text = line.lstrip("#")
        section = enter(Paragraph(text, range(len(text)), 1, 1, role, text), plain(text), section, FEBRUARY)
    return section


@pytest.mark.parametrize(
    ("lines", "years", "planned"),
    [
        (["#一、2025年工作回顾"], (2025, 2025), False),
        (["#二、“十五五”时期主要目标"], (2026, 2030), True),
        (["#三、2026年重点工作", "#（一）扩大内需"], (2026, 2026), True),
        (["#一、“十四五”时期和2025年工作回顾"], (2021, 2025), False),
        (["#一、“十四五”时期和2025年工作回顾", "刚刚过去的2025年很不平凡。"], (2025, 2025), False),
        (["#一、2025年和“十四五”时期工作回顾", "五年来，我们修路架桥。"], (2021, 2025), False),
        (["#一、2025年和“十四五”时期工作回顾", "五年来，我们修路架桥。", "2025年产值占比提高。"], (2021, 2025), False),
        (["#“十五五”计划的基本任务", "#一、建设的规模", "#下面，着重讲一讲修路"], (2026, 2030), True),
        (["##2026年云岭省政府工作报告", "#一、一步一个脚印", "2025年，我们修路架桥。"], (2025, 2025), False),
        (["##2026年云岭省政府工作报告", "#二、向前走", "2026年是开局之年。"], (2026, 2026), True),
    ],
)
def test_the_period_in_force(lines, years, planned):
    section = walk(*lines)
    assert section.current is not None
    assert ((section.current.begin.year, section.current.finish.year), section.planned) == (years, planned)


def test_opening_words_say_nothing_for_a_page_that_is_no_report():
    assert walk("##云岭修路记", "#一、一步一个脚印", "2025年，我们修路架桥。").current is None


def test_targets_named_in_a_paragraph_make_what_follows_planned():
    assert walk("今年的主要预期目标是：出口增长5%。").planned


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("今年十件实事样样连着民心\n\n年内计划完成改厕6万户。改造楼院40个。", True),
        ("今年十件实事全部完成\n\n完成改厕6万户。改造楼院40个。", False),
        ("十件实事连着民心\n\n改造楼院40个。", False),
    ],
)
def test_a_list_of_this_years_tasks_is_planned(text, planned):
    assert looks_ahead([paragraph.text for paragraph in paragraphs(text)]) is planned
