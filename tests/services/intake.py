"""Plan an import, carry it out, write files to import."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from reader import paths
from reader.library.reading import Reader
from reader.library.writing import Writer
from reader.services.import_plan import Plan, Result
from reader.services.importing import commit, scan
from reader.services.lanes import Steps
from reader.services.pdf_facts import PdfFacts
from tests.library.shelf import facts_of

SEED = next(paths.seeds().glob("*.txt"))


def plan_of(
    folder: Path, *wanted: Path, read: Callable[[Path], PdfFacts] = facts_of, name: str = ""
) -> Plan:
    with closing(Reader(folder)) as reader:
        steps = Steps(scan(reader, wanted, read, name))
        for _ in steps:
            pass
    return steps.answer


def carry_out(writer: Writer, plan: Plan) -> Result:
    steps = Steps(commit(writer, plan))
    for _ in steps:
        pass
    return steps.answer


def bring(writer: Writer, *wanted: Path) -> Result:
    plan = plan_of(writer.place.folder, *wanted)
    result = carry_out(writer, plan)
    # What the plan promises is what happens.
    assert (plan.count("add"), plan.count("update"), plan.count("unchanged")) == counts(result)
    return result


def counts(result: Result) -> tuple[int, int, int]:
    return result.added, result.updated, result.unchanged


def write(folder: Path, name: str, papers: Sequence[Mapping[str, Any]]) -> Path:
    path = folder / name
    path.write_text(json.dumps({"format": "paper-reader", "version": 1, "papers": list(papers)}))
    return path
