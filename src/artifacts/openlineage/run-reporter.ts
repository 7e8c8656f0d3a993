import {
  type ColumnLineage,
  type Manifest,
  type Relation,
  type RunResult,
  relationKey,
} from "../../manifest/index.js";
import type { Project } from "../../project/index.js";
import type { RunEvent as Happening } from "../../run/index.js";
import type { FoundRelation } from "./dataset-facets.js";
import { type DatasetScope, datasetNames, inputDatasets, outputDatasets } from "./datasets.js";
import {
  EVENT_SCHEMA,
  type EventType,
  type InputDataset,
  type OutputDataset,
  type RunEvent,
} from "./event.js";
import { type Facets, facet, PRODUCER, present } from "./facet.js";
import { type JobNode, jobFacets, jobType } from "./job-facets.js";
import { commandJob, datasetName, nodeJob, nodeRunId } from "./names.js";
import type { OpenLineageSettings } from "./settings.js";
import { testFacet } from "./test-facets.js";

/** What events of a run are made of. */
export interface ReportedRun {
  project: Project;
  manifest: Manifest;
  /** `build`, `run` … */
  command: string;
  invocationId: string;
  startedAt: Date;
  settings: Pick<OpenLineageSettings, "namespace" | "parent" | "root">;
  /** Null where it could not be read. */
  lineage: ColumnLineage | null;
  /** The time that the run is about, where the user named it. */
  nominal: { from: Date | null; until: Date | null };
  /** The SQL of a node on the relations that readers see; null where there is none. */
  sqlOf(node: JobNode): string | null;
  clock(): Date;
}

/** What the warehouse adds, once it is open. */
export interface ReportedWarehouse {
  /** Where a relation is read that this run does not build. */
  elsewhere(live: Relation): Relation;
  /** What stands in it, by the key of the relation. */
  found: ReadonlyMap<string, FoundRelation>;
}

/** Turns what happens in a run into OpenLineage's events, one at a time as it happens; nothing is kept but what has begun. */
export class RunReporter {
  readonly #run: ReportedRun;
  readonly #send: (event: RunEvent) => void;
  readonly #begun = new Set<string>();
  /** What this run has built, by the key of its relation. */
  readonly #built = new Map<string, FoundRelation>();
  #warehouse: ReportedWarehouse = { elsewhere: (live) => live, found: new Map() };
  #engine: string | null = null;
  #withheld: readonly string[] = [];
  #state: "waiting" | "running" | "ended" = "waiting";

  constructor(run: ReportedRun, send: (event: RunEvent) => void) {
    this.#run = run;
    this.#send = send;
  }

  /** What the warehouse adds to the datasets of the events to come. */
  connected(warehouse: ReportedWarehouse): void {
    this.#warehouse = warehouse;
  }

  /** Something happened. */
  on(event: Happening): void {
    switch (event.type) {
      case "run_started":
        this.#engine = event.engine;
        this.#begin(event.at);
        break;
      case "node_started":
        this.#nodeStarted(event.node.unique_id, event.at);
        break;
      case "node_finished":
        this.#nodeFinished(event);
        break;
      case "published":
        this.#withheld = event.withheld;
        break;
      case "run_finished":
        this.#finish(event);
        break;
    }
  }

  /** The command is at its end: with an error that no event told of, or with nothing to do. */
  end(error: Error | null, interrupted: boolean): void {
    if (this.#state === "ended") return;
    const at = this.#run.clock();
    if (this.#state === "waiting") this.#begin(this.#run.startedAt);
    if (error === null) this.#endRun("COMPLETE", at, null);
    else this.#endRun(interrupted ? "ABORT" : "FAIL", at, error.message);
  }

  #begin(at: Date): void {
    this.#state = "running";
    this.#sendRun("START", at, {});
  }

  #finish(event: Extract<Happening, { type: "run_finished" }>): void {
    const failed = event.results.filter(({ status }) => status === "error" || status === "fail");
    const bad = failed.length === 0 ? null : this.#summary(failed, event.results.length);
    if (event.interrupted) this.#endRun("ABORT", event.at, bad ?? "interrupted");
    else this.#endRun(bad === null ? "COMPLETE" : "FAIL", event.at, bad);
  }

  #endRun(type: EventType, at: Date, message: string | null): void {
    this.#state = "ended";
    for (const id of [...this.#begun]) this.#sendNode("ABORT", id, at, {}, [], []);
    this.#sendRun(type, at, errorOf(message, "SQL"));
  }

  #summary(failed: readonly RunResult[], all: number): string {
    const names = failed.map(({ unique_id }) => this.#run.manifest.nodes[unique_id]?.name ?? unique_id);
    const shown = names.length > 10 ? `${names.slice(0, 10).join(", ")}, …` : names.join(", ");
    const withheld = this.#withheld.length === 0 ? "" : `; not published: ${this.#withheld.join(", ")}`;
    return `${failed.length} of ${all} nodes failed: ${shown}${withheld}`;
  }

  #nodeStarted(id: string, at: Date): void {
    const node = this.#nodeOf(id);
    this.#begun.add(id);
    const { inputs, outputs } = datasetNames(node, this.#scope());
    this.#sendNode("START", id, at, {}, inputs, outputs);
  }

  #nodeFinished({ node, at, result, error, built }: Extract<Happening, { type: "node_finished" }>): void {
    const id = node.unique_id;
    // What was skipped or is as it was has no run.
    if (!this.#begun.has(id)) return;
    for (const { relation, type, columns } of built ?? [])
      this.#built.set(relationKey(relation), { type, columns });
    const own = this.#nodeOf(id);
    const [type, message] = outcomeOf(result, error?.code ?? null);
    const language = "language" in own && own.language === "typescript" ? "TypeScript" : "SQL";
    const facets: Facets = {
      ...errorOf(message, language),
      ...(own.resource_type === "test" && { test: testFacet(own, result, this.#run.sqlOf(own)) }),
    };
    const scope = this.#scope();
    const outputs = type === "COMPLETE" ? outputDatasets(own, result, built ?? [], scope) : [];
    this.#sendNode(type, id, at, facets, inputDatasets(own, result, outputs, scope), outputs);
  }

  #sendNode(
    type: EventType,
    id: string,
    at: Date,
    facets: Facets,
    inputs: InputDataset[],
    outputs: OutputDataset[],
  ): void {
    const { project, command, invocationId, settings } = this.#run;
    const node = this.#nodeOf(id);
    if (type !== "START") this.#begun.delete(id);
    const self = { run: { runId: invocationId }, job: commandJob(command, project, settings.namespace) };
    this.#emit(type, at, {
      run: {
        runId: nodeRunId(invocationId, id),
        facets: {
          parent: facet("parent", { ...self, root: settings.root ?? settings.parent ?? self }),
          ...this.#runFacets(),
          ...facets,
        },
      },
      job: {
        ...nodeJob(node, command, project, settings.namespace),
        facets: jobFacets(node, this.#run.sqlOf(node), project),
      },
      inputs,
      outputs,
    });
  }

  #sendRun(type: EventType, at: Date, facets: Facets): void {
    const { project, command, invocationId, settings } = this.#run;
    const { parent, root } = settings;
    this.#emit(type, at, {
      run: {
        runId: invocationId,
        facets: {
          ...(parent !== null && { parent: facet("parent", { ...parent, root: root ?? parent }) }),
          ...this.#runFacets(),
          ...facets,
        },
      },
      job: {
        ...commandJob(command, project, settings.namespace),
        facets: { jobType: jobType("JOB") },
      },
      inputs: [],
      outputs: [],
    });
  }

  #emit(eventType: EventType, at: Date, parts: Pick<RunEvent, "run" | "job" | "inputs" | "outputs">): void {
    this.#send({
      eventType,
      eventTime: at.toISOString(),
      producer: PRODUCER,
      schemaURL: EVENT_SCHEMA,
      ...parts,
    });
  }

  #runFacets(): Facets {
    const { project, invocationId, nominal } = this.#run;
    const [, name, version] = /^(.*) (\S+)$/.exec(this.#engine ?? "") ?? [];
    return present({
      processing_engine:
        version === undefined
          ? null
          : facet("processing_engine", { name, version, openlineageAdapterVersion: project.slaVersion }),
      nominalTime:
        nominal.from === null
          ? null
          : facet("nominalTime", {
              nominalStartTime: nominal.from.toISOString(),
              ...(nominal.until !== null && { nominalEndTime: nominal.until.toISOString() }),
            }),
      dbt_run: facet("dbt_run", {
        invocation_id: invocationId,
        project_name: project.name,
        project_version: project.version,
        profile_name: project.target.name,
        dbt_runtime: "core",
      }),
    });
  }

  #nodeOf(id: string): JobNode {
    return this.#run.manifest.nodes[id]!;
  }

  /** What is known of datasets by now. */
  #scope(): DatasetScope {
    const { project, manifest, lineage } = this.#run;
    // What this run builds is read under its own name.
    const there = (relation: Relation) =>
      this.#built.has(relationKey(relation)) ? relation : this.#warehouse.elsewhere(relation);
    return {
      manifest,
      lineage,
      nameOf: (relation) => datasetName(there(relation), project),
      found: (relation) =>
        this.#built.get(relationKey(relation)) ?? this.#warehouse.found.get(relationKey(there(relation))),
    };
  }
}

/** How a node's run ended, and in which words. What was stopped, by the user or by the failure of another node, is aborted. */
function outcomeOf(result: RunResult, code: string | null): [EventType, string | null] {
  if (code === "SLA504" || result.status === "skipped") return ["ABORT", result.message];
  if (result.status === "error" || result.status === "fail") return ["FAIL", result.message];
  return ["COMPLETE", null];
}

function errorOf(message: string | null, programmingLanguage: string): Facets {
  return message === null ? {} : { errorMessage: facet("errorMessage", { message, programmingLanguage }) };
}
