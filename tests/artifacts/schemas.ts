import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import * as formats from "ajv-formats";

const FOLDER = join(import.meta.dirname, "../../../shared/schemas/dbt");

/** dbt's schemas, by the name of the artifact. */
const FILES = {
  manifest: "manifest-v12.json",
  run_results: "run-results-v6.json",
  catalog: "catalog-v1.json",
  sources: "sources-v3.json",
} as const;

/** An artifact of dbt's. */
export type Artifact = keyof typeof FILES;

// biome-ignore lint/suspicious/noExplicitAny: a schema has any shape.
type Schema = any;

const validators = new Map<string, ValidateFunction>();

/** Faults of an artifact by dbt's schema: of a manifest each node is held to the one shape that is meant for it. */
export function schemaFaults(artifact: Artifact, value: Record<string, unknown>): string[] {
  const schema: Schema = JSON.parse(readFileSync(join(FOLDER, FILES[artifact]), "utf8"));
  if (artifact !== "manifest") return faults(artifact, schema, value);
  const { nodes, ...others } = value;
  const shapes: Schema[] = schema.properties.nodes.additionalProperties.anyOf;
  const outer = { ...schema, properties: { ...schema.properties, nodes: true } };
  return [
    ...faults(artifact, outer, { nodes: {}, ...others }),
    ...Object.entries(nodes as Record<string, Record<string, unknown>>).flatMap(([id, node]) => {
      const title = titleOf(node);
      const shape = shapes.find((candidate) => candidate.title === title);
      return shape === undefined
        ? [`${id}: no shape "${title}"`]
        : faults(`manifest ${title}`, shape, node).map((fault) => `${id}: ${fault}`);
    }),
  ];
}

/** The whole schema as it stands, without help. */
export function schemaAccepts(artifact: Artifact, value: unknown): boolean {
  const schema = JSON.parse(readFileSync(join(FOLDER, FILES[artifact]), "utf8"));
  return faults(`whole ${artifact}`, schema, value).length === 0;
}

const TITLES: Record<string, string> = {
  model: "Model",
  seed: "Seed",
  snapshot: "Snapshot",
  analysis: "Analysis",
  operation: "HookNode",
};

function titleOf(node: Record<string, unknown>): string {
  if (node.resource_type === "test") return "test_metadata" in node ? "GenericTest" : "SingularTest";
  return TITLES[String(node.resource_type)] ?? String(node.resource_type);
}

function faults(name: string, schema: Schema, value: unknown): string[] {
  let validate = validators.get(name);
  if (validate === undefined) {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    (formats.default as unknown as { default: (ajv: Ajv2020) => void }).default(ajv);
    const { $id: _, ...rest } = schema;
    validate = ajv.compile(rest);
    validators.set(name, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
