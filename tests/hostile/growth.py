"""Time at n, 2n and 4n for every step from a text on and every pattern: `python tests/hostile/growth.py steps --frames`.

A step that is linear takes about four times as long on four times the text, a quadratic one sixteen times. What grows
faster than the bound is listed, and of steps the exit status is 1. A pattern is sought in the whole text here: one that
is listed is a suspect, and must be held against a bounded stretch, or at one place only, in the library.
"""

import argparse
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product

import reformtext as rt
from reformtext.study.metadata import Source, facts_of

BOUND = 7.0  # four times the text, with room for a busy machine; quadratic would be sixteen
LEAST = 0.03  # seconds, below which a ratio says nothing
UNITS = [
    *("0", "9", "1,", "1.", "，", "、", "。", "和", "的", "一", "百", "万", "十一", "亿", "“", "”", "（", "）", "《", "》", "·"),
    *("2024年", "年", "月", "%", "％", " ", "\n", "\t", "　", "\r", "a", "A ", "-", "—", "+", "1+", "N+", "：", "；", "#", "/", "_", "<", "&"),
    *("改革", "全国", "第一", "增长", "同比", "从", "由", "到", "分别", "其中", "占", "居", "首个", "个", "项", "本报记者", "“一", "（一", "1、", "一、", "元、", "5项、"),
    *("改革，", "增长5%，", "同比增长", "一是", "二是", "记者 ", "县", "市", "省", "区", "的、", "和、", "为", "达", "了", "在", "不", "各", "大", "双", "全省第", "1月至", "上半年"),
]  # fmt: skip

# What a step reads around a run: a list of figures, a set named in quotation marks, a change, a heading.
FRAMES = [
    "{}",
    "办结5项、{}和6项，居全省第1位。",
    "落实“{}三大行动”，包括{}登记、复核。",
    "由5项{}增长到8.3%，同比{}下降。",
]


def patterns() -> dict[str, re.Pattern[str]]:
    """Collect every compiled pattern that a module of the library makes as it is imported."""
    found: dict[str, re.Pattern[str]] = {}
    original = re.compile

    def collect(pattern: str | re.Pattern[str], flags: int = 0) -> re.Pattern[str]:
        made = original(pattern, flags)
        code = sys._getframe(1).f_code
        if "reformtext" in code.co_filename and isinstance(made.pattern, str):
            found[f"{code.co_filename.rsplit('/', 1)[1]} {made.pattern[:60]}"] = made
        return made

    for name in [name for name in sys.modules if name.startswith("reformtext.")]:
        del sys.modules[name]
    re.compile = collect  # type: ignore[assignment]
    try:
        for module in pkgutil.walk_packages(rt.__path__, "reformtext."):
            importlib.import_module(module.name)
    finally:
        re.compile = original  # type: ignore[assignment]
    return found


def steps() -> dict[str, Callable[[str], object]]:
    """Give every public step that takes a text."""
    found: dict[str, Callable[[str], object]] = {
        name: getattr(rt, name)
        for name in (
            "clean",
            "paragraphs",
            "tokenize",
            "claims",
            "formulas",
            "firsts",
            "themes",
            "metaphors",
            "formulations",
            "rhythm",
            "modality",
            "actors",
        )
        if hasattr(rt, name)
    }
    found["kwic"] = lambda text: rt.kwic([rt.Document("a", text)], "改革", window="sentence")
    found["audit"] = lambda text: rt.audit(rt.claims(text, date="2024-09-04"))
    found["facts"] = lambda text: facts_of(Source(rt.Document("a", text), {}), 1)
    found["reuse"] = lambda text: rt.reuse([rt.Document("a", text), rt.Document("b", text)])
    return found


def strings(pairs: bool, frames: bool) -> Iterator[tuple[str, str]]:
    """Give what to repeat, each unit and two in turn, and the frame that it stands in."""
    units = [*UNITS, *(a + b for a, b in product(UNITS, UNITS) if pairs and a != b)]
    yield from product(units, FRAMES if frames else FRAMES[:1])


def seconds(work: Callable[[str], object], text: str) -> float:
    begin = time.thread_time()
    work(text)
    return time.thread_time() - begin


def ratio(work: Callable[[str], object], unit: str, frame: str, most: int) -> tuple[float, float, int]:
    """Double the text until its time can be told, and give that by the time at a quarter of it, the time and the size."""
    taken: list[float] = []
    size = most // 64
    while size <= most:
        text = frame.replace("{}", (unit * (size // len(unit) + 1))[: size // max(frame.count("{}"), 1)])
        taken.append(seconds(work, text))
        if taken[-1] > LEAST and len(taken) > 2:
            taken[-1] = min(taken[-1], seconds(work, text))
            if taken[-1] <= LEAST:  # it was the machine
                size *= 2
                continue
            taken[-3] = max(taken[-3], 1e-6)
            return taken[-1] / taken[-3], taken[-1], size
        size *= 2
    return 0.0, taken[-1], most


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", choices=["patterns", "steps"])
    parser.add_argument("--characters", type=int, default=64_000, help="of the longest text")
    parser.add_argument("--only", help="a step's name, or part of a pattern's")
    parser.add_argument("--frames", action="store_true", help="within sentences as well: four times as long")
    parser.add_argument("--pairs", action="store_true", help="two units in turn as well: forty times as long")
    given = parser.parse_args()
    every: dict[str, Callable[[str], object]] = (
        {name: (lambda text, p=p: sum(1 for _ in p.finditer(text))) for name, p in patterns().items()}
        if given.which == "patterns"
        else steps()
    )
    bad = 0
    for name, work in sorted(every.items()):
        if given.only and given.only not in name:
            continue
        rows = [
            (*ratio(work, unit, frame, given.characters), frame.replace("{}", unit))
            for unit, frame in strings(given.pairs, given.frames)
        ]
        slow = sorted((row for row in rows if row[0] > BOUND), reverse=True)
        bad += bool(slow)
        worst = max(rows)
        if slow or given.which == "steps":
            print(
                f"{name!r:72} ×{worst[0]:5.1f} at 4n, {worst[1]:.3f} s at {worst[2]:,}, {[row[3] for row in slow[:12]] or worst[3]!r}",
                flush=True,
            )
    print(f"{bad} grow faster than in proportion")
    return 1 if bad and given.which == "steps" else 0


if __name__ == "__main__":
    sys.exit(main())
