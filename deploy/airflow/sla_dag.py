"""A DAG of Airflow that builds a project with sla, and says in its log what failed. Lies beside sla_artifacts.py in the folder of DAGs."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.exceptions import AirflowException
from airflow.operators.bash import BashOperator

import sla_artifacts

PROJECT = os.environ.get("SLA_PROJECT", "/srv/warehouse")

# With Airflow's own provider of OpenLineage, the events of the build hang below its task.
LINEAGE = (
    {"OPENLINEAGE_PARENT_ID": "{{ macros.OpenLineageProviderPlugin.lineage_parent_id(task_instance) }}"}
    if "OPENLINEAGE_URL" in os.environ
    else {}
)


@dag(schedule="15 2 * * *", start_date=datetime(2026, 1, 1), catchup=False, max_active_runs=1)
def sla_nightly():
    build = BashOperator(
        task_id="build",
        cwd=PROJECT,
        bash_command="sla build --lock-timeout 600 --log-format json",
        append_env=True,
        env=LINEAGE,
        retries=1,
        retry_delay=timedelta(minutes=10),
    )

    @task(trigger_rule="all_done")
    def report() -> int:
        found = sla_artifacts.problems(os.path.join(PROJECT, "target"))
        if found:
            raise AirflowException("\n".join(found))
        return len(sla_artifacts.outcomes(os.path.join(PROJECT, "target")))

    build >> report()


sla_nightly()
