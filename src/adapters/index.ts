import type { Adapter, AdapterOptions, TargetConfig } from "./adapter.js";

export type {
  Adapter,
  AdapterOptions,
  Connection,
  Dialect,
  DuckDbTarget,
  Introspector,
  MySqlTarget,
  Row,
  Script,
  Swap,
  TableDefinition,
  TableKeys,
  TableWriter,
  TargetConfig,
  Value,
} from "./adapter.js";
export { readCatalog } from "./catalog.js";
export type { CatalogRelation } from "./catalog-relation.js";
export { duckdbDialect } from "./duckdb/dialect.js";
export type { Grants } from "./grants.js";
export { mysqlDialect } from "./mysql/dialect.js";
export { retiredRelation } from "./retired.js";
export type { ExistingRoutine, RoutineDefinition, RoutineDialect } from "./routine.js";
export {
  type ForeignKey,
  NO_SURROUNDINGS,
  type Preservation,
  type Rehearsal,
  type Repair,
  type Surroundings,
  type Trigger,
  type Under,
} from "./surroundings.js";

/** What an engine's folder exports. */
export interface AdapterModule<T extends TargetConfig = TargetConfig> {
  open(target: T, options: AdapterOptions): Promise<Adapter>;
}

/** The engines, by the `type` of a target. Each is loaded, with its driver, only when a target uses it. */
const ADAPTERS: {
  [T in TargetConfig["type"]]: () => Promise<AdapterModule<Extract<TargetConfig, { type: T }>>>;
} = {
  duckdb: () => import("./duckdb/index.js"),
  mysql: () => import("./mysql/index.js"),
};

/** Connects to a target's engine and checks that we can work with it. Throws SLA40x. */
export async function openAdapter(target: TargetConfig, options: AdapterOptions = {}): Promise<Adapter> {
  const module = (await ADAPTERS[target.type]()) as AdapterModule;
  return module.open(target, options);
}
