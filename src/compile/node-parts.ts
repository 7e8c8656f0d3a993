import type { z } from "zod";
import { didYouMean, SlaError } from "../errors/index.js";
import type { Column, NodeConfig, ResourceType } from "../manifest/index.js";
import {
  CONFIG_SHAPES,
  type ColumnProperties,
  type ConfigLayer,
  checkShape,
  configKeys,
  folderLayers,
  mergeConfig,
  type NodeProperties,
  packageLayers,
} from "../project/index.js";
import { type Assembly, collect } from "./assembly.js";
import { type ConfigEntry, evaluate } from "./static-value.js";

/** Columns as properties describe them. */
export function readColumns(entries: readonly ColumnProperties[]): Record<string, Column> {
  const columns: Record<string, Column> = {};
  for (const { name, description, data_type, tags, meta, config } of entries) {
    columns[name] = {
      name,
      description,
      data_type: data_type ?? null,
      tags: [...new Set([...(tags ?? []), ...(config?.tags ?? [])])],
      meta: { ...meta, ...config?.meta },
    };
  }
  return columns;
}

/** The layer that a properties entry adds: its `config`, and the keys that may also stand beside it. */
export function entryLayer(
  entry: Pick<NodeProperties, "tags" | "meta"> & { config?: ConfigLayer | null | undefined } & Partial<
      Pick<NodeProperties, "primary_key" | "indexes">
    >,
): ConfigLayer {
  const { tags = [], meta, primary_key, indexes, config } = entry;
  const layer: Record<string, unknown> = {
    ...(primary_key && { primary_key }),
    ...(indexes && { indexes }),
    ...config,
  };
  layer.tags = [...tags, ...(config?.tags ?? [])];
  layer.meta = { ...meta, ...config?.meta };
  return layer;
}

/** The layer of a `{{config …}}`. */
export function templateLayer(
  assembly: Assembly,
  resource: "model" | "snapshot" | "procedure" | "test",
  path: string,
  entries: readonly ConfigEntry[],
): ConfigLayer {
  const { project, errors } = assembly;
  const layer: Record<string, unknown> = {};
  const shapes: Record<string, z.ZodType> = CONFIG_SHAPES[resource].shape;
  const { type, name, schema } = project.target;
  const context = {
    vars: project.vars,
    env: project.env,
    target: { type, name, schema },
    ref: nowhere,
    source: nowhere,
  };
  for (const { key, value, line, column } of entries) {
    const location = { path, line, column, length: key.length };
    const shape = shapes[key];
    if (shape === undefined) {
      errors.push(unknownConfig(resource, key, location));
      continue;
    }
    const found = collect(errors, () => ({ value: evaluate(value, context, path) }));
    if (found === undefined) continue;
    const problems: SlaError[] = [];
    layer[key] = checkShape(shape, found.value, { path, text: "" }, problems, [key]);
    errors.push(
      ...problems.map(({ code, message, hint }) => new SlaError({ code, message, hint, location })),
    );
  }
  if (entries.length > 0) assembly.templateLayers.push(layer);
  return layer;
}

/** The layer of a definition in TypeScript. */
export function definitionLayer(
  assembly: Assembly,
  type: ResourceType,
  path: string,
  config: unknown,
): ConfigLayer {
  const layer = checkShape(CONFIG_SHAPES[type], config ?? {}, { path, text: "" }, assembly.errors, [
    "config",
  ]);
  return (layer ?? {}) as ConfigLayer;
}

/**
 * A node's config: what `project.yml` says for its folders, then the given layers. What the project that uses a package says of it comes
 * last and wins, as in dbt.
 */
export function resolveConfig(
  { project, together }: Assembly,
  type: ResourceType,
  fqn: readonly string[],
  ...layers: readonly (ConfigLayer | undefined)[]
): NodeConfig {
  const given = layers.filter((layer) => layer !== undefined);
  const root = together.packages[0]!.project;
  const outer = root === project ? [] : packageLayers(root.configs[type], fqn);
  return mergeConfig(type, [...folderLayers(project.configs[type], fqn), ...given, ...outer]);
}

/** `sla` + `staging` → `sla_staging`. */
export function schemaName({ project }: Assembly, custom: string | null): string {
  return custom === null || custom === "" ? project.target.schema : `${project.target.schema}_${custom}`;
}

function unknownConfig(
  type: ResourceType,
  key: string,
  location: { path: string; line: number; column: number },
): SlaError {
  const known = configKeys(type);
  return new SlaError({
    code: "SLA103",
    message: `unknown key "${key}" in config`,
    hint: didYouMean(key, known) ?? `Known keys are ${known.join(", ")}.`,
    location,
  });
}

function nowhere(): never {
  throw new Error("not available in config");
}
