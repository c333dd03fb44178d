"""`python3 run.py bench [NAME]` and `python3 run.py drill [NAME]`."""

import importlib
import os
import pkgutil
import sys
import tempfile
from types import ModuleType

import benchmarks
import benchmarks.drills
from benchmarks.harness import Report, Tally

NOT_MEASURES = {"__main__", "harness", "drills", "parts"}


def names(package: ModuleType) -> list[str]:
    return sorted(
        module.name for module in pkgutil.iter_modules(package.__path__) if module.name not in NOT_MEASURES
    )


def listing(package: ModuleType, command: str) -> None:
    found = names(package)
    for name in found:
        print(f"  {name:16} {importlib.import_module(f'{package.__name__}.{name}').TITLE}")
    if found:
        print(f"\nRun one: python3 run.py {command} {found[0]}")
    else:
        print(f"There is nothing to {command} yet.")


def bench(name: str) -> int:
    measure = importlib.import_module(f"benchmarks.{name}")
    report = Report(name=name, peer=measure.PEER)
    print(measure.TITLE, flush=True)
    measure.run(report)
    print(f"\n{report.table()}\n")
    print(f"Medians (lowest to highest); the ratio says how many times as fast as {report.peer} ours is.")
    if any("p95" in cell for row in report.rows for cell in row):
        print("p95: 95 of 100 waited no longer; rows that say so are compared by it.")
    print(report.headline)
    return 0


def drill(name: str) -> int:
    exercise = importlib.import_module(f"benchmarks.drills.{name}")
    tally = Tally()
    print(exercise.TITLE, flush=True)
    exercise.run(tally)
    print(f"{name}: {tally.tried} tried, {tally.lost} lost")
    return 1 if tally.lost else 0


def main(words: list[str]) -> int:
    drills = words[:1] == ["--drills"]
    package, command = (benchmarks.drills, "drill") if drills else (benchmarks, "bench")
    chosen = words[1:] if drills else words
    if not chosen:
        listing(package, command)
        return 0
    chosen[0] = chosen[0].replace("-", "_")
    if len(chosen) > 1 or chosen[0] not in names(package):
        known = ", ".join(names(package)) or "none yet"
        print(f"There is no {command} '{' '.join(chosen)}': it is one of {known}.", file=sys.stderr)
        return 1
    # Nothing that is measured reads or writes the data of whoever runs it.
    with tempfile.TemporaryDirectory(prefix=f"alongside-{command}-") as folder:
        os.environ["ALONGSIDE_DATA"] = folder
        return drill(chosen[0]) if drills else bench(chosen[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
