import { relative } from "node:path";
import type { Project } from "../../project/index.js";
import type { RunEvent } from "./event.js";
import type { EventSink } from "./event-sink.js";
import { fileSink } from "./file-sink.js";
import { httpSink } from "./http-sink.js";
import type { OpenLineageSettings } from "./settings.js";

export type { DatasetName, RunEvent } from "./event.js";
export type { JobNode } from "./job-facets.js";
export { type ReportedRun, type ReportedWarehouse, RunReporter } from "./run-reporter.js";
export { type OpenLineageSettings, openLineageSettings } from "./settings.js";

/** Opens the way to where events go. */
export function openSink({ destination }: OpenLineageSettings, { dir }: Project): EventSink {
  if ("url" in destination) return httpSink(destination.url, destination.headers);
  const shown = relative(dir, destination.file);
  return fileSink(destination.file, shown.startsWith("..") ? "the file of --openlineage" : shown);
}

/** Names and addresses: nothing in them is secret, and blotted out they would be others. */
const STRUCTURE = new Set(["namespace", "name", "field", "_producer", "_schemaURL", "producer", "schemaURL"]);

/** An event as one line, without what must not leave the machine: `redact` takes that out of text within JSON. */
export function eventLine(event: RunEvent, redact: (text: string) => string): string {
  return JSON.stringify(event, (key, value: unknown) =>
    typeof value === "string" && !STRUCTURE.has(key)
      ? (JSON.parse(redact(JSON.stringify(value))) as string)
      : value,
  );
}
