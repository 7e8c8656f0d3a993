import type { CatalogRelation } from "../adapters/index.js";
import {
  type Column,
  formatColumnType,
  type GraphNode,
  type MacroNode,
  type NodeConfig,
  type ProcedureNode,
  type ProcedureTable,
  relationKey,
} from "../manifest/index.js";
import type { SiteColumn, SiteDetail, SiteHistory, SiteRows, SiteTable, SiteText } from "./site-data.js";
import { siteFacts } from "./site-facts.js";
import { standing } from "./site-nodes.js";

/** When data of a source last came, as `sla source freshness` found it. */
export interface FoundFreshness {
  status: string;
  loaded: string | null;
}

/** What is known of one node. */
export interface DetailFacts {
  catalog: ReadonlyMap<string, CatalogRelation>;
  history: ReadonlyMap<string, SiteHistory[]>;
  failures: ReadonlyMap<string, SiteRows>;
  freshness: ReadonlyMap<string, FoundFreshness>;
  /** Positions of the tests of each node, by its id. */
  testsOf: ReadonlyMap<string, { at: number; column: string | null }[]>;
}

type Tests = readonly { at: number; column: string | null }[];

/** What the page of a node shows beside what lists show. */
export function siteDetail(node: GraphNode | MacroNode, texts: SiteText[], facts: DetailFacts): SiteDetail {
  if (node.resource_type === "macro") {
    return { ...NOTHING, texts, arguments: node.arguments, macros: node.depends_on.macros };
  }
  const relation = standing(node);
  const known = relation === null ? undefined : facts.catalog.get(relationKey(relation));
  const tests = facts.testsOf.get(node.unique_id) ?? [];
  return {
    ...NOTHING,
    columns: columnsOf(node.columns, known, tests),
    tables:
      node.resource_type === "procedure" ? node.tables.map((table) => tableOf(table, tests, facts)) : [],
    arguments: node.resource_type === "procedure" ? parametersOf(node) : [],
    primaryKey: known?.keys.primaryKey ?? ("alias" in node ? node.config.primary_key : []),
    indexes: known?.keys.indexes ?? [],
    texts,
    facts: siteFacts(node),
    config: setOnly(node.config),
    meta: node.meta,
    macros: node.depends_on.macros,
    freshness: freshnessOf(node, facts.freshness.get(node.unique_id)),
    history: facts.history.get(node.unique_id) ?? [],
    failures: facts.failures.get(node.unique_id) ?? null,
  };
}

const NOTHING: SiteDetail = {
  columns: [],
  primaryKey: [],
  indexes: [],
  texts: [],
  tables: [],
  config: {},
  meta: {},
  facts: [],
  arguments: [],
  macros: [],
  freshness: null,
  history: [],
  failures: null,
};

/** The warehouse's columns in its order, with what the project says about them; then those that only the project knows. */
function columnsOf(
  said: Readonly<Record<string, Column>>,
  known: CatalogRelation | undefined,
  tests: Tests,
): SiteColumn[] {
  const documented = new Map(Object.values(said).map((column) => [column.name.toLowerCase(), column]));
  const testsOf = (name: string): number[] =>
    tests.filter(({ column }) => column?.toLowerCase() === name.toLowerCase()).map(({ at }) => at);
  const standingColumns = (known?.columns ?? []).map(({ name, type, nullable, description }): SiteColumn => {
    const own = documented.get(name.toLowerCase());
    documented.delete(name.toLowerCase());
    const words = own?.description ?? "";
    return {
      name,
      type: formatColumnType(type),
      declared: own?.data_type ?? null,
      nullable,
      description: words === "" ? description : words,
      comment: words !== "" && description !== "" && description !== words ? description : null,
      tags: own?.tags ?? [],
      tests: testsOf(name),
    };
  });
  return [...standingColumns, ...[...documented.values()].map((column) => declaredOnly(column, testsOf))];
}

function tableOf(table: ProcedureTable, tests: Tests, { catalog }: DetailFacts): SiteTable {
  const known = catalog.get(relationKey({ schema: table.schema, identifier: table.alias }));
  return {
    schema: table.schema,
    name: table.alias,
    description: table.description,
    columns: columnsOf(table.documented, known, tests),
    primaryKey: table.primary_key,
    indexes: known?.keys.indexes ?? [],
  };
}

/** What a run calls a procedure with stands where a macro's arguments have their defaults. */
function parametersOf({ parameters, config }: ProcedureNode): SiteDetail["arguments"] {
  const given = (config as { arguments?: Record<string, unknown> }).arguments ?? {};
  return parameters.map(({ name, type, description }) => ({
    name,
    type,
    description,
    default: given[name] === undefined ? null : String(given[name]),
  }));
}

function declaredOnly(column: Column, testsOf: (name: string) => number[]): SiteColumn {
  return {
    name: column.name,
    type: null,
    declared: column.data_type,
    nullable: null,
    description: column.description,
    comment: null,
    tags: column.tags,
    tests: testsOf(column.name),
  };
}

function setOnly(config: Partial<NodeConfig>): Record<string, unknown> {
  const isSet = (value: unknown): boolean =>
    value !== null &&
    value !== undefined &&
    !(typeof value === "object" && Object.keys(value as object).length === 0);
  return Object.fromEntries(Object.entries(config).filter(([, value]) => isSet(value)));
}

function freshnessOf(node: GraphNode, found: FoundFreshness | undefined): SiteDetail["freshness"] {
  if (node.resource_type !== "source" || node.freshness === undefined) return null;
  const age = (threshold: { count: number; period: string } | null): string | null =>
    threshold === null ? null : `${threshold.count} ${threshold.period}${threshold.count === 1 ? "" : "s"}`;
  const { warn_after, error_after } = node.freshness;
  return {
    warn: age(warn_after),
    error: age(error_after),
    status: found?.status ?? null,
    loaded: found?.loaded ?? null,
  };
}
