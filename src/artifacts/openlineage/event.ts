import type { Facets } from "./facet.js";

/** A table or view, as OpenLineage names it. */
export interface DatasetName {
  namespace: string;
  name: string;
}

/** A dataset that a run reads. */
export interface InputDataset extends DatasetName {
  facets?: Facets;
  inputFacets?: Facets;
}

/** A dataset that a run writes. */
export interface OutputDataset extends DatasetName {
  facets?: Facets;
  outputFacets?: Facets;
}

/** What runs: a command, or a node of it. */
export interface Job {
  namespace: string;
  name: string;
}

/** How a run stands: it has one START, and one of the other three. */
export type EventType = "START" | "COMPLETE" | "FAIL" | "ABORT";

/** An event of OpenLineage's core schema, version 2-0-2. */
export interface RunEvent {
  eventType: EventType;
  /** ISO 8601 in UTC. */
  eventTime: string;
  producer: string;
  schemaURL: string;
  run: { runId: string; facets: Facets };
  job: Job & { facets: Facets };
  inputs: InputDataset[];
  outputs: OutputDataset[];
}

/** The schema that events follow. */
export const EVENT_SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
