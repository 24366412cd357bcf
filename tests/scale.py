"""How `build` grows with the corpus: time, memory, a second run, processes and a cluster; `python tests/bench.py --scale`.

The corpus is made on the fly by seeded resampling of paragraphs. Each build runs in a process of its own, whose CPU
time (with that of the processes it starts) and peak memory the system counts. For the memory of a corpus too large to be
analysed here, the analysis of a paragraph is done once and its rows are looked up (`lookup`): all else is the build
itself, at the real number of rows.
"""

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import reformtext as rt
from reformtext.study import parts
from reformtext.study.build import build
from reformtext.study.metadata import Source
from reformtext.study.rows import document_tables, text_columns
from reformtext.study.tables import Columns, columns_of
from reformtext.texts.lexicon import Lexicon

KINDS = ("plain", "grow", "memory", "again", "processes", "cluster")
SPREAD = 300_000  # characters that are spread on processes
_HAN = re.compile("[\u4e00-\u9fff]")


def paragraphs_of(folder: Path, most: int) -> list[str]:
    """Give a seeded draw of a folder's paragraphs of 60 to 600 characters."""
    texts = [document.text for document in rt.read(folder)]
    every = sorted({line.strip() for text in texts for line in re.split(r"[\r\n]+", text) if 60 <= len(line) <= 600})
    return random.Random(0).sample(every, min(most, len(every)))


def write_corpus(folder: Path, pool: list[str], characters: int, length: int = 3_000) -> None:
    """Write JSON Lines exports of documents of resampled paragraphs; one in ten is left as it is, a reprint."""
    draw = random.Random(1)
    han = "".join(pool)
    size = number = 0
    folder.mkdir(parents=True)
    while size < characters:
        with (folder / f"export{number:04d}.jsonl").open("w", encoding="utf-8") as file:
            held = 0
            while held < min(2_000_000, characters - size):
                own: list[str] = []
                while sum(map(len, own)) < length:
                    paragraph = draw.choice(pool)
                    if draw.random() > 0.1:
                        # A character in twenty-five is another, so that no passage of forty is shared.
                        cells = list(paragraph)
                        for at in range(draw.randrange(25), len(cells), 25):
                            if _HAN.match(cells[at]):
                                cells[at] = draw.choice(han)
                        paragraph = "".join(cells)
                    own.append(paragraph)
                file.write(json.dumps({"content": "\n".join(own)}, ensure_ascii=False) + "\n")
                held += sum(map(len, own))
        size, number = size + held, number + 1


class Lookup:
    """In the place of the analysis: the rows of the paragraph of the same length and beginning, at its place."""

    def __init__(self, pool: list[str]) -> None:
        self.rows = {len(text): self._rows(text) for text in pool}

    @staticmethod
    def _rows(text: str) -> dict[str, Columns]:
        return document_tables(Source(rt.Document("d", text), {}))

    def __call__(self, source: Source, lexicon: Lexicon | None) -> dict[str, Columns]:
        """Put the columns of a document together."""
        made = {table: columns_of(table) for table in parts.DOCUMENT_TABLES}
        at = 0
        for number, line in enumerate(source.document.text.split("\n")):
            for table, own in self.rows[len(line)].items():
                if table in made and (table != "documents" or not number):
                    for name, cells in own.items():
                        moved = [cell + at for cell in cells] if name in ("start", "end") else cells
                        made[table][name] += [source.document.name] * len(cells) if name == "doc_id" else moved
            at += len(line) + 1
        return {**made, "texts": text_columns(source, rt.paragraphs(source.document.text), [])}


def plain(source: Path) -> float:
    """Give the CPU time of what is done without this library: jieba, and a count of its words."""
    import logging

    import jieba

    from reformtext.texts.segment import cache_folder

    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = str(cache_folder())
    jieba.initialize()
    texts = [document.text for document in rt.read(source)]
    begin, words = time.process_time(), Counter[str]()
    for text in texts:
        words.update(jieba.lcut(text))
    return time.process_time() - begin


def child(given: dict[str, object]) -> None:
    """Build once, in this process, and print what it took."""
    if given.get("plain"):
        print(json.dumps({"cpu": plain(Path(str(given["source"])))}))
        return
    if given.get("lookup"):
        pool = json.loads(Path(str(given["lookup"])).read_text(encoding="utf-8"))
        parts.document_tables = Lookup(pool)  # type: ignore[attr-defined]
    before, begin = os.times(), time.perf_counter()
    build(str(given["source"]), str(given["out"]), jobs=int(str(given["jobs"])), scheduler=given.get("scheduler"))  # type: ignore[arg-type]
    wall, after = time.perf_counter() - begin, os.times()
    if int(str(given["jobs"])) > 1 and not given.get("scheduler"):
        # The processes' time is counted when they have ended.
        from joblib.externals.loky import get_reusable_executor

        get_reusable_executor().shutdown(wait=True)
        after = os.times()
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own = after.user + after.system - before.user - before.system
    started = after.children_user + after.children_system - before.children_user - before.children_system
    print(json.dumps({"wall": wall, "cpu": own + started, "own": own, "peak": peaks[0], "peak_started": peaks[1]}))


def run(source: Path, out: Path, jobs: int = 1, **more: object) -> dict[str, float]:
    """Build in a process of its own."""
    given = json.dumps({"source": str(source), "out": str(out), "jobs": jobs, **more})
    command = [sys.executable, __file__, given]
    told = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def show(name: str, taken: dict[str, float]) -> None:
    """Print one line."""
    line = f"{name:46} {taken['wall']:8.1f} s {taken['cpu']:8.1f} s CPU {taken['peak']:7.0f} MB"
    print(line + (f" {taken['peak_started']:7.0f} MB a process" if taken["peak_started"] > 100 else ""), flush=True)


def main(folder: Path, wanted: list[str]) -> None:
    """Measure what is wanted of the `KINDS`."""
    with tempfile.TemporaryDirectory(prefix="reformtext-bench-") as name:
        scratch = Path(name)
        pool = paragraphs_of(folder, 3_000)
        if "plain" in wanted:
            write_corpus(scratch / "plain", pool, SPREAD)
            rounds = [[run(scratch / "plain", scratch / f"plain{n}", plain=p)["cpu"] for p in (0, 1)] for n in range(3)]
            ours, theirs = map(min, zip(*rounds, strict=True))
            print(
                f"{SPREAD:,} characters: build {ours:.1f} s CPU, jieba.lcut and Counter {theirs:.1f} s: {ours / theirs:.2f} ×"
            )
        if "grow" in wanted:
            for times in (1, 10):
                write_corpus(scratch / f"grow{times}", pool, 60_000 * times)
            small, large = (run(scratch / f"grow{times}", scratch / f"out{times}") for times in (1, 10))
            show("60,000 characters, one process", small)
            show("600,000 characters, one process", large)
            print(f"ten times the text takes {large['cpu'] / small['cpu']:.2f} × the CPU time")
        if "memory" in wanted:
            few = list({len(text): text for text in pool}.values())[:200]
            (scratch / "pool.json").write_text(json.dumps(few), encoding="utf-8")
            peaks = []
            for megabytes in (4, 40):
                write_corpus(scratch / f"mb{megabytes}", few, megabytes * 1_000_000 // 3)
                taken = run(
                    scratch / f"mb{megabytes}", scratch / f"mbout{megabytes}", lookup=str(scratch / "pool.json")
                )
                show(f"{megabytes} MB of text, rows looked up", taken)
                peaks.append(taken["peak"])
            print(f"ten times the text takes {peaks[1] / peaks[0]:.2f} × the memory")
        if "again" in wanted:
            (scratch / "tiny").mkdir()
            draw = random.Random(2)
            for number in range(10_000):
                (scratch / "tiny" / f"t{number:05d}.txt").write_text(draw.choice(pool)[:60], encoding="utf-8")
            first, second = (run(scratch / "tiny", scratch / "tinyout") for _ in range(2))
            show("10,000 documents", first)
            show("10,000 documents, nothing changed", second)
            print(f"the second build takes {second['cpu'] / first['cpu']:.1%} of the first one's CPU time")
        if {"processes", "cluster"} & set(wanted):
            write_corpus(scratch / "spread", pool, SPREAD)
            one = run(scratch / "spread", scratch / "one")
            two = run(scratch / "spread", scratch / "two", jobs=2)
            show(f"{SPREAD:,} characters, one process", one)
            show(f"{SPREAD:,} characters, two processes", two)
            print(
                f"{one['wall'] / two['wall']:.2f} × as fast; outside the two processes {two['own']:.1f} s of CPU time"
            )
        if "cluster" in wanted:
            from distributed import LocalCluster

            with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
                spread = run(scratch / "spread", scratch / "dask", jobs=2, scheduler=cluster.scheduler_address)
            show(f"{SPREAD:,} characters, Dask, two workers", spread)
            print(f"{spread['wall'] / two['wall']:.2f} × the time of two processes without it")
            same = [
                (scratch / n / "datapackage.json").read_text().replace(f'"{n}"', "") for n in ("one", "two", "dask")
            ]
            print("the same tables" if len(set(same)) == 1 else "OTHER TABLES")


if __name__ == "__main__":
    child(json.loads(sys.argv[1]))
