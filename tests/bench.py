"""Characters per second of each step, here and now; `make bench` prints it.

Speed is reported, never asserted: machines differ, and a timed test fails on a busy one. Ratios within one run travel
better than seconds.
"""

import logging
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba

import reformtext as rt
from reformtext.study.build import Source, document_tables
from reformtext.texts.read import Document
from reformtext.texts.segment import cache_folder

ROOT = Path(__file__).parents[1]
CHARACTERS = 200_000
RUNS = 3


def corpus() -> str:
    """Enough text to time: what is in data/raw/articles or the folder named on the command line, else the sample, repeated."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "raw" / "articles"
    source = folder if list(folder.glob("*.txt")) else ROOT / "data" / "sample" / "texts"
    text = "\n\n".join(document.text for document in rt.read(source))
    return text * (CHARACTERS // len(text) + 1)


def seconds(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    text = corpus()
    source = Source(Document(name="bench", text=text, file="bench.txt"), {})
    steps = {
        "plain jieba.lcut": lambda: jieba.lcut(text),
        "clean": lambda: rt.clean(text),
        "paragraphs": lambda: rt.paragraphs(text),
        "tokenize": lambda: rt.tokenize(text),
        "formulas and firsts": lambda: (rt.formulas(text), rt.firsts(text)),
        "claims": lambda: rt.claims(text, date="2024-01-01"),
        "all tables of a document": lambda: document_tables(source),
    }
    # The reference's start-up cache, too, belongs in a folder of the user's own.
    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = str(cache_folder())
    jieba.initialize()
    times = {name: seconds(work) for name, work in steps.items()}
    print(f"{len(text):,} characters, median of {RUNS} runs")
    for name, taken in times.items():
        print(
            f"{name:26} {taken:7.2f} s  {len(text) / taken:12,.0f} characters/s  {times['plain jieba.lcut'] / taken:6.2f} × jieba.lcut"
        )


if __name__ == "__main__":
    main()
