"""The nodes of a project as assets of Dagster: graph from manifest.json, results from run_results.json. Lies beside sla_artifacts.py."""

from __future__ import annotations

import os
import subprocess

from dagster import AssetKey, AssetSpec, Definitions, Failure, MaterializeResult, multi_asset

import sla_artifacts

PROJECT = os.environ.get("SLA_PROJECT", "/srv/warehouse")
TARGET = os.path.join(PROJECT, "target")


def key(unique_id: str) -> AssetKey:
    return AssetKey(unique_id.split("."))


# `sla parse` writes manifest.json without a warehouse.
subprocess.run(["sla", "parse"], cwd=PROJECT, check=True)
GRAPH = sla_artifacts.graph(TARGET)


@multi_asset(
    specs=[AssetSpec(key(node), deps=[key(parent) for parent in parents]) for node, parents in GRAPH.items()],
    can_subset=True,
)
def warehouse(context):
    chosen = [node for node in GRAPH if key(node) in context.op_execution_context.selected_asset_keys]
    command = ["sla", "build", "--lock-timeout", "600", "--select", *map(sla_artifacts.name_of, chosen)]
    code = subprocess.run(command, cwd=PROJECT, check=False).returncode
    if code == 2:
        raise Failure("sla could not start: see the log")
    for outcome in sla_artifacts.outcomes(TARGET):
        if outcome.status == "success" and outcome.unique_id in chosen:
            yield MaterializeResult(asset_key=key(outcome.unique_id), metadata={"seconds": outcome.seconds})
    if code != 0:
        raise Failure("\n".join(sla_artifacts.problems(TARGET)))


defs = Definitions(assets=[warehouse])
