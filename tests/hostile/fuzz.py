"""Spoiled files by the ten thousand: `make fuzz` holds the library to its laws on each, in a process with limits.

A case is told by its seed and its number. What fails is made smaller, kept under ``.cache/fuzz`` and can be run again by
itself: ``python tests/hostile/fuzz.py --seed S --case N``, or ``--file F --kind K`` for a file that was kept.
"""

import argparse
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing.connection import Connection, wait
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

KEPT = Path(__file__).parents[2] / ".cache" / "fuzz"
SECONDS, MEMORY = 10, 4 << 30  # of one case
TRIES = 150  # to make a failing case smaller


def limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def limit_time(seconds: int = SECONDS) -> None:
    """Let the system end this process once a case has taken its seconds of work, however busy the machine is."""
    try:
        import resource
    except ImportError:
        return
    most = int(time.process_time()) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def outcome(kind: str, path: Path) -> tuple[str, str]:
    """Run one case: read, refused or broken, and where it broke."""
    from laws import check

    try:
        return check(kind, path), ""
    except Exception as error:  # anything but InputError is what is looked for
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "reformtext" in f.filename] or [None]
        last = frames[-1]
        where = f"{Path(last.filename).name} line {last.lineno}" if last else "a law"
        return "broken", f"{type(error).__name__} at {where}: {str(error)[:300]}"


def smaller(kind: str, path: Path, said: str) -> None:
    """Take away from a failing file what it fails without; the file on disk ends as small as it got."""
    if path.is_dir():
        return
    data, same, tries = path.read_bytes(), said.split(":")[0], 0
    step = max(len(data) // 2, 1)
    while step and tries < TRIES:
        at = 0
        while at < len(data) and tries < TRIES:
            tries += 1
            path.write_bytes(data[:at] + data[at + step :])
            if outcome(kind, path)[1].split(":")[0] == same:
                data = data[:at] + data[at + step :]
            else:
                at += step
        step //= 2
    path.write_bytes(data)


def work(pipe: Connection, seed: int, first: int, step: int, last: int) -> None:
    """Run every step-th case and tell of each; whoever listens ends this process where one takes too long."""
    from laws import check_text
    from mutate import make, studies

    studies(), check_text("改革见成效，增长8.3%。")  # what is loaded once is no case's time
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)  # the C libraries' own complaints
    limit_memory()
    seen: set[str] = set()
    for number in range(first, last, step):
        pipe.send((number, "begins", "", ""))
        limit_time()
        with tempfile.TemporaryDirectory(prefix="reformtext-fuzz-") as folder:
            kind, path = make(seed, number, Path(folder))
            found, said = outcome(kind, path)
            if found == "broken":
                pipe.send((number, "shrinks", kind, said))
                keep(path, seed, number)
                if said.split(":")[0] not in seen:  # one fault breaks many cases
                    seen.add(said.split(":")[0])
                    limit_time(40 * SECONDS)
                    smaller(kind, path, said)
                    keep(path, seed, number)
        pipe.send((number, found, kind, said))
    pipe.send((last, "ends", "", ""))


def keep(path: Path, seed: int, number: int) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    target = KEPT / f"{seed}-{number}{path.suffix}"
    shutil.rmtree(target, ignore_errors=True)
    return Path((shutil.copytree if path.is_dir() else shutil.copyfile)(path, target))


def run(seed: int, cases: int, seconds: float, jobs: int, first: int = 0) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Run cases until they are all done or the time is over; what came of each kind, and what was found."""
    context = multiprocessing.get_context("spawn")
    counts: Counter[tuple[str, str]] = Counter()
    found: list[str] = []
    end = time.monotonic() + seconds
    running: dict[Connection, tuple[multiprocessing.Process, int, float]] = {}

    def start(at: int) -> None:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(theirs, seed, at, jobs, first + cases), daemon=True)
        process.start()
        theirs.close()
        running[ours] = (process, at, time.monotonic() + 120)  # with its imports and samples

    def stop(pipe: Connection) -> None:
        process = running.pop(pipe)[0]
        if process.is_alive() and process.exitcode is None:
            process.join(5)  # it may be on its way out by itself
            process.kill()
        process.join()
        pipe.close()

    for k in range(jobs):
        start(first + k)
    while running and time.monotonic() < end:
        for pipe in wait(list(running), timeout=1):
            process, at, _ = running[pipe]
            try:
                at, what, kind, said = pipe.recv()
            except EOFError:
                stop(pipe)
                how = (
                    f"more than {SECONDS} s of work"
                    if process.exitcode == -getattr(signal, "SIGXCPU", 0)
                    else f"the process died ({process.exitcode})"
                )
                found.append(f"--seed {seed} --case {at}: {how}")
                print(found[-1], flush=True)
                counts["?", "died"] += 1
                start(at + jobs)
                continue
            running[pipe] = (process, at, time.monotonic() + (600 if what == "shrinks" else 20 * SECONDS))
            if what == "ends":
                stop(pipe)
            elif what not in ("begins", "shrinks"):
                counts[kind, what] += 1
                if said:
                    found.append(f"--seed {seed} --case {at} ({kind}): {said}")
                    print(found[-1], flush=True)
        for pipe in [pipe for pipe, (_, _, limit) in running.items() if time.monotonic() > limit]:
            at = running[pipe][1]
            found.append(f"--seed {seed} --case {at}: more than {20 * SECONDS} s on the clock")
            print(found[-1], flush=True)
            counts["?", "hangs"] += 1
            stop(pipe)
            start(at + jobs)
    for pipe in list(running):
        stop(pipe)
    return counts, found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cases", type=int, default=1_000_000_000)
    parser.add_argument("--first", type=int, default=0, help="the first case's number")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--case", type=int, help="run this case alone, and show what it raises")
    parser.add_argument("--file", type=Path, help="run this file alone, and show what it raises")
    parser.add_argument("--kind", help="what the file is given as")
    given = parser.parse_args()
    if given.case is not None or given.file:
        from laws import check
        from mutate import make

        with tempfile.TemporaryDirectory(prefix="reformtext-fuzz-") as folder:
            kind, path = (
                (given.kind or given.file.suffix[1:], given.file)
                if given.file
                else make(given.seed, given.case, Path(folder))
            )
            print(kind, check(kind, path))
        return 0
    began = time.monotonic()
    counts, found = run(given.seed, given.cases, given.seconds, given.jobs, given.first)
    for kind in sorted({kind for kind, _ in counts}):
        print(f"{kind:10}", ", ".join(f"{n:,} {what}" for (k, what), n in sorted(counts.items()) if k == kind))
    print(f"{counts.total():,} cases, {len(found)} broke a law, seed {given.seed}, {time.monotonic() - began:.0f} s")
    if found:
        print(f"kept under {KEPT}; run one again with python {Path(sys.argv[0]).name} and what stands before its colon")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
