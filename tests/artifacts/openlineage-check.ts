import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { RunEvent } from "../../src/artifacts/openlineage/index.js";

const SCHEMAS = fileURLToPath(new URL("../../../shared/schemas/openlineage/", import.meta.url));
/** Facets refer to the core schema of their own time. */
const OLDER = ["https://openlineage.io/spec/1-0-2/OpenLineage.json"];
const ENDS = new Set(["COMPLETE", "FAIL", "ABORT"]);
const WAYS: Record<string, string[]> = {
  DIRECT: ["IDENTITY", "TRANSFORMATION", "AGGREGATION"],
  INDIRECT: ["JOIN", "GROUP_BY", "FILTER", "SORT", "WINDOW", "CONDITIONAL"],
};

type Json = Record<string, unknown>;
const read = (path: string): Json => JSON.parse(readFileSync(path, "utf8")) as Json;

const ajv = new Ajv2020({ allErrors: true, strict: false });
(addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
const core = read(`${SCHEMAS}OpenLineage.json`);
const validCore = ajv.compile(core);
for (const $id of OLDER) ajv.addSchema({ ...core, $id });
/** Ids of the schemas of all facets. */
const known = new Set<string>();
for (const folder of ["facets", "dbt-facets"])
  for (const file of readdirSync(SCHEMAS + folder)) {
    const { $schema: _, ...schema } = read(`${SCHEMAS}${folder}/${file}`);
    ajv.addSchema(schema);
    known.add(String(schema.$id));
  }

/** What a facet must look like: by the place it says, within the schema. */
function facetFaults(place: string, key: string, facet: Json): string[] {
  const url = String(facet._schemaURL);
  const [id = "", pointer = ""] = url.split("#");
  if (!known.has(id)) return [`${place}.${key}: no schema ${url}`];
  const whole = ajv.getSchema(id) as ValidateFunction;
  const keys = Object.keys((whole.schema as { properties: Json }).properties);
  if (!keys.includes(key)) return [`${place}.${key}: ${id} is the schema of ${keys.join(", ")}`];
  const valid = ajv.getSchema(`${id}#${pointer}`);
  if (valid === undefined) return [`${place}.${key}: nothing at ${url}`];
  return valid(facet) ? [] : [`${place}.${key}: ${ajv.errorsText(valid.errors)}`];
}

function facetsOf(event: RunEvent): [string, string, Json][] {
  const places: [string, Record<string, unknown> | undefined][] = [
    ["run", event.run?.facets],
    ["job", event.job?.facets],
    ...(event.inputs ?? []).flatMap((input): [string, Json | undefined][] => [
      ["input", input.facets],
      ["inputFacets", input.inputFacets],
    ]),
    ...(event.outputs ?? []).flatMap((output): [string, Json | undefined][] => [
      ["output", output.facets],
      ["outputFacets", output.outputFacets],
    ]),
  ];
  return places.flatMap(([place, facets]) =>
    Object.entries(facets ?? {}).map(([key, facet]): [string, string, Json] => [place, key, facet as Json]),
  );
}

interface Field {
  namespace: string;
  name: string;
  field: string;
  transformations: { type: string; subtype: string }[];
}

/** All input fields of the columnLineage facets of an event. */
export function inputFieldsOf(event: RunEvent): Field[] {
  return event.outputs.flatMap(({ facets }) => {
    const lineage = facets?.columnLineage as unknown as
      | { fields: Record<string, { inputFields: Field[] }>; dataset?: Field[] }
      | undefined;
    return lineage === undefined
      ? []
      : [
          ...Object.values(lineage.fields).flatMap(({ inputFields }) => inputFields),
          ...(lineage.dataset ?? []),
        ];
  });
}

function lineageFaults(event: RunEvent): string[] {
  const inputs = new Set(event.inputs.map(({ namespace, name }) => `${namespace} ${name}`));
  return inputFieldsOf(event).flatMap(({ namespace, name, field, transformations }) => [
    ...(inputs.has(`${namespace} ${name}`) ? [] : [`${name}.${field} is of no dataset among the inputs`]),
    ...(transformations.length > 0 ? [] : [`${name}.${field} takes part in no way`]),
    ...transformations
      .filter(({ type, subtype }) => !WAYS[type]?.includes(subtype))
      .map(({ type, subtype }) => `${name}.${field}: there is no ${type} ${subtype}`),
  ]);
}

/** What is wrong with the events of one run, line by line; nothing when all is as the specification and its readers want it. */
export function eventFaults(lines: readonly string[]): string[] {
  const faults: string[] = [];
  const open = new Map<string, string>();
  const ended = new Set<string>();
  const events = lines.map((line) => JSON.parse(line) as RunEvent);
  for (const [at, event] of events.entries()) {
    const say = (found: readonly string[]) => faults.push(...found.map((what) => `line ${at + 1}: ${what}`));
    if (!validCore(event)) {
      say([ajv.errorsText(validCore.errors)]);
      continue;
    }
    for (const facet of facetsOf(event)) say(facetFaults(...facet));
    say(lineageFaults(event));
    const { runId } = event.run;
    const job = `${event.job.namespace} ${event.job.name}`;
    if (event.eventType === "START") {
      if (open.has(runId) || ended.has(runId)) say([`run ${runId} starts again`]);
      open.set(runId, job);
    } else if (ENDS.has(event.eventType)) {
      if (open.get(runId) !== job) say([`run ${runId} of ${job} ends, and has not begun`]);
      open.delete(runId);
      ended.add(runId);
    }
    const parent = event.run.facets.parent as unknown as
      | { run: { runId: string }; job: RunEvent["job"] }
      | undefined;
    const isNode = event.job.facets.dbt_node !== undefined;
    if (
      isNode &&
      (parent === undefined || open.get(parent.run.runId) !== `${parent.job.namespace} ${parent.job.name}`)
    )
      say(["its parent is no run that goes on"]);
  }
  for (const [run, job] of open) faults.push(`run ${run} of ${job} does not end`);
  return faults;
}
