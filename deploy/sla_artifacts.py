"""What became of a run of sla, from its artifacts: for schedulers. Python's standard library only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

BAD = {"error", "fail", "runtime error"}
SELECTABLE = ("model.", "seed.", "snapshot.", "procedure.")


@dataclass(frozen=True)
class Outcome:
    """One node or test of a run."""

    unique_id: str
    status: str
    seconds: float
    message: str | None
    failures: int | None

    @property
    def failed(self) -> bool:
        return self.status in BAD


def outcomes(target: str | Path) -> list[Outcome]:
    """The nodes and tests of the last run, from run_results.json."""
    results = json.loads((Path(target) / "run_results.json").read_text(encoding="utf-8"))["results"]
    return [
        Outcome(r["unique_id"], r["status"], r["execution_time"], r["message"], r["failures"]) for r in results
    ]


def problems(target: str | Path) -> list[str]:
    """A line for each failure of the last run; none if all went well."""
    return [f"{o.unique_id}: {o.message or o.status}" for o in outcomes(target) if o.failed]


def graph(target: str | Path) -> dict[str, list[str]]:
    """What each model, seed and snapshot is made of, from manifest.json; sources among the parents."""
    manifest = json.loads((Path(target) / "manifest.json").read_text(encoding="utf-8"))
    nodes = manifest["nodes"]
    return {
        unique_id: [parent for parent in nodes[unique_id]["depends_on"].get("nodes", [])]
        for unique_id in sorted(nodes)
        if unique_id.startswith(SELECTABLE)
    }


def name_of(unique_id: str) -> str:
    """`fact_orders` of `model.shop.fact_orders`: how --select knows it."""
    return unique_id.split(".", 2)[2]
