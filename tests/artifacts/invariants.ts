/** What dbt's schemas do not see, and readers of its artifacts rely on: one rule a number, each says what is wrong. */

// biome-ignore lint/suspicious/noExplicitAny: artifacts are read as they are.
type Json = any;

/** What one folder holds; what is not there is not checked. */
export interface Artifacts {
  manifest: Json;
  run_results?: Json;
  catalog?: Json;
  sources?: Json;
}

/** A rule: what is wrong. */
type Rule = (artifacts: Artifacts) => string[];

const sorted = (list: readonly string[]): string[] => [...list].sort();
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Everything of a manifest by id, but macros, docs and groups. */
function graphNodes({ manifest: m }: Artifacts): Record<string, Json> {
  return {
    ...m.nodes,
    ...m.sources,
    ...m.exposures,
    ...m.metrics,
    ...m.semantic_models,
    ...m.saved_queries,
    ...m.unit_tests,
    ...m.functions,
  };
}

const SECTIONS = ["nodes", "sources", "macros", "docs", "exposures", "metrics", "groups", "unit_tests"];

const KINDS: Record<keyof Artifacts, string> = {
  manifest: "manifest/v12",
  run_results: "run-results/v6",
  catalog: "catalog/v1",
  sources: "sources/v3",
};

/** By their numbers in the list of what readers rely on. */
export const INVARIANTS: Record<number, Rule> = {
  1: (artifacts) => [
    ...SECTIONS.flatMap((section) =>
      Object.entries<Json>(artifacts.manifest[section]).flatMap(([key, node]) =>
        key === node.unique_id && key.startsWith(`${node.resource_type}.${node.package_name}.`)
          ? []
          : [`${key} is ${node.unique_id}`],
      ),
    ),
    ...Object.entries(KINDS).flatMap(([name, kind]) => {
      const file = artifacts[name as keyof Artifacts];
      if (file === undefined) return [];
      const { dbt_schema_version: version, generated_at, invocation_id, dbt_version } = file.metadata;
      const wrong = version !== `https://schemas.getdbt.com/dbt/${kind}.json`;
      const timeless = !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(generated_at);
      const nameless = !/^[0-9a-f-]{36}$/.test(invocation_id) || dbt_version !== "1.12.0";
      return [
        ...(wrong ? [`${name} is of ${version}`] : []),
        ...(timeless ? [`${name} was made at ${generated_at}`] : []),
        ...(nameless ? [`${name} is of ${invocation_id}, dbt ${dbt_version}`] : []),
      ];
    }),
  ],
  2: (artifacts) => {
    const nodes = graphNodes(artifacts);
    const missing = Object.entries(nodes).flatMap(([id, node]) =>
      (node.depends_on?.nodes ?? [])
        .filter((parent: string) => nodes[parent] === undefined)
        .map((parent: string) => `${id} depends on ${parent}`),
    );
    const state = new Map<string, "open" | "done">();
    const circles: string[] = [];
    const visit = (id: string): void => {
      if (state.get(id) === "done") return;
      if (state.get(id) === "open") {
        circles.push(`${id} depends on itself`);
        return;
      }
      state.set(id, "open");
      for (const parent of nodes[id]?.depends_on?.nodes ?? []) visit(parent);
      state.set(id, "done");
    };
    for (const id of Object.keys(nodes)) visit(id);
    return [...missing, ...circles];
  },
  3: (artifacts) => {
    const nodes = graphNodes(artifacts);
    const { parent_map: parents, child_map: children } = artifacts.manifest;
    const keys = sorted(Object.keys(nodes));
    const inverse: Record<string, string[]> = Object.fromEntries(keys.map((id) => [id, []]));
    for (const [id, list] of Object.entries<string[]>(parents))
      for (const parent of list) inverse[parent]?.push(id);
    return [
      ...(same(sorted(Object.keys(parents)), keys) ? [] : ["parent_map has other nodes"]),
      ...(same(sorted(Object.keys(children)), keys) ? [] : ["child_map has other nodes"]),
      ...keys.flatMap((id) => [
        ...(same(parents[id], sorted(nodes[id].depends_on?.nodes ?? [])) ? [] : [`parents of ${id}`]),
        ...(same(children[id], sorted(inverse[id]!)) ? [] : [`children of ${id}`]),
      ]),
    ];
  },
  4: (artifacts) =>
    Object.entries(graphNodes(artifacts)).flatMap(([id, node]) => {
      const upstream: string[] = node.depends_on?.nodes ?? [];
      const lost = [
        ...(node.refs ?? []).filter(
          (ref: Json) =>
            !upstream.some((parent) => {
              const [type, packageName, name] = parent.split(".");
              return type !== "source" && name === ref.name && (ref.package ?? packageName) === packageName;
            }),
        ),
        ...(node.sources ?? []).filter(
          ([source, table]: [string, string]) =>
            !upstream.some((parent) => parent.endsWith(`.${source}.${table}`)),
        ),
      ];
      return lost.map((call) => `${id} reads ${JSON.stringify(call)}`);
    }),
  5: (artifacts) =>
    generic(artifacts).flatMap((test) => {
      const { kwargs } = test.test_metadata;
      const [, type, name, table] = /(ref|source)\('([^']+)'(?:, '([^']+)')?\)/.exec(kwargs.model) ?? [];
      const tested = test.depends_on.nodes[0];
      const expected = type === "source" ? null : tested;
      const names = type === "source" ? `.${name}.${table}` : `.${name}`;
      return test.attached_node === expected &&
        tested?.endsWith(names) &&
        test.column_name === (kwargs.column_name ?? null)
        ? []
        : [`${test.unique_id} is attached to ${test.attached_node} (${test.column_name})`];
    }),
  6: (artifacts) =>
    Object.values<Json>(artifacts.manifest.nodes)
      .filter((node) => node.resource_type === "test")
      .flatMap((node) => {
        const isGeneric = /\.[0-9a-f]{10}$/.test(node.unique_id);
        return isGeneric === "test_metadata" in node && node.test_metadata !== null ? [] : [node.unique_id];
      }),
  7: (artifacts) =>
    [...Object.values<Json>(artifacts.manifest.nodes), ...Object.values<Json>(artifacts.manifest.sources)]
      .filter(({ columns }) => typeof columns !== "object" || columns === null || Array.isArray(columns))
      .map(({ unique_id }) => unique_id),
  8: (artifacts) =>
    [...Object.values(graphNodes(artifacts)), ...Object.values<Json>(artifacts.manifest.macros)].flatMap(
      (node) =>
        (node.depends_on?.macros ?? [])
          .filter((id: string) => artifacts.manifest.macros[id] === undefined)
          .map((id: string) => `${node.unique_id} calls ${id}`),
    ),
  9: ({ manifest }) => (manifest.docs["doc.dbt.__overview__"] === undefined ? ["no overview"] : []),
  10: ({ manifest }) => {
    const names = Object.values<Json>(manifest.groups).map(({ name }) => name);
    const members: Record<string, string[]> = Object.fromEntries(names.map((name) => [name, []]));
    const faults: string[] = [];
    for (const node of Object.values<Json>(manifest.nodes)) {
      if (node.group === null) continue;
      if (members[node.group] === undefined) faults.push(`${node.unique_id} is of group ${node.group}`);
      else members[node.group]!.push(node.unique_id);
    }
    for (const [name, ids] of Object.entries(members))
      if (!same(sorted(ids), sorted(manifest.group_map[name] ?? []))) faults.push(`group ${name}`);
    return faults;
  },
  11: (artifacts) => {
    const { manifest, run_results: run } = artifacts;
    if (run === undefined) return [];
    const nodes = graphNodes(artifacts);
    return [
      ...run.results
        .filter(({ unique_id }: Json) => nodes[unique_id] === undefined)
        .map(({ unique_id }: Json) => `result of ${unique_id}`),
      ...(run.metadata.invocation_id === manifest.metadata.invocation_id ? [] : ["another invocation"]),
    ];
  },
  12: (artifacts) => {
    const { catalog, manifest } = artifacts;
    if (catalog === undefined) return [];
    return (["nodes", "sources"] as const).flatMap((section) =>
      Object.entries<Json>(catalog[section]).flatMap(([id, table]) => {
        const indexes = Object.values<Json>(table.columns).map(({ index }) => index);
        return [
          ...(manifest[section][id] === undefined || table.unique_id !== id ? [`catalog of ${id}`] : []),
          ...(same(
            indexes,
            indexes.map((_, at) => at + 1),
          )
            ? []
            : [`columns of ${id}`]),
        ];
      }),
    );
  },
  13: ({ manifest }) => {
    const duckdb = manifest.metadata.adapter_type === "duckdb";
    const quote = (name: string): string =>
      duckdb ? `"${name.replaceAll('"', '""')}"` : `\`${name.replaceAll("`", "``")}\``;
    return [...Object.values<Json>(manifest.nodes), ...Object.values<Json>(manifest.sources)].flatMap(
      (node) => {
        const name = node.resource_type === "source" ? node.identifier : node.alias;
        const parts = [...(duckdb ? [node.database] : []), node.schema, name];
        const stands =
          node.resource_type === "test"
            ? ["table", "view"].includes(node.config.store_failures_as) ||
              (node.config.store_failures === true && node.config.store_failures_as === null)
            : node.config.materialized !== "ephemeral";
        const expected = stands ? parts.map(quote).join(".") : null;
        return node.relation_name === expected ? [] : [`${node.unique_id} stands at ${node.relation_name}`];
      },
    );
  },
  14: ({ manifest }) =>
    [...Object.values<Json>(manifest.nodes), ...Object.values<Json>(manifest.sources)]
      .filter((node) => !same(node.tags, node.config.tags) || !same(node.meta, node.config.meta))
      .map(({ unique_id }) => unique_id),
  15: (artifacts) =>
    Object.entries(artifacts).flatMap(([name, file]) =>
      texts(file).flatMap((text) => {
        const place = /(?:^|[\s"'(=])(\/(?:home|root|tmp|work|usr|var|Users)\/[^\s"']*)/.exec(text)?.[1];
        const account = /\w+:\/\/[^\s/@:]+:[^\s/@]+@/.exec(text)?.[0];
        return [place, account].filter((found) => found !== undefined).map((found) => `${name}: ${found}`);
      }),
    ),
};

/** Rule 16: two runs without a change between them differ in their times alone. */
export function differences(before: Json, after: Json): string[] {
  const [a, b] = [withoutTimes(before), withoutTimes(after)];
  const found: string[] = [];
  const compare = (x: Json, y: Json, path: string): void => {
    if (same(x, y)) return;
    const deep = (value: Json): boolean => typeof value === "object" && value !== null;
    if (!deep(x) || !deep(y)) {
      found.push(`${path}: ${JSON.stringify(x)} → ${JSON.stringify(y)}`);
      return;
    }
    if (!same(Object.keys(x), Object.keys(y))) found.push(`${path}: other keys, or in another order`);
    for (const key of Object.keys({ ...x, ...y })) compare(x[key], y[key], `${path}/${key}`);
  };
  compare(a, b, "");
  return found;
}

const TIMES = new Set([
  "generated_at",
  "invocation_id",
  "invocation_started_at",
  "run_started_at",
  "created_at",
  "timing",
  "execution_time",
  "elapsed_time",
  "thread_id",
]);

function withoutTimes(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(withoutTimes);
    // Nodes end in another order from run to run.
    return items.every((item) => typeof item?.unique_id === "string")
      ? items.sort((a, b) => (a.unique_id < b.unique_id ? -1 : 1))
      : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !TIMES.has(key))
      .map(([key, inner]) => [key, withoutTimes(inner)]),
  );
}

function generic({ manifest }: Artifacts): Json[] {
  return Object.values<Json>(manifest.nodes).filter(
    (node) => "test_metadata" in node && node.test_metadata !== null,
  );
}

/** All texts of an artifact, but code: that a query names a path is the project's business. */
function texts(value: Json, key = ""): string[] {
  if (["raw_code", "compiled_code", "macro_sql", "block_contents", "description"].includes(key)) return [];
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([inner, deeper]) => texts(deeper, inner));
}

/** Every rule that does not hold, with what is wrong. */
export function brokenInvariants(artifacts: Artifacts): string[] {
  return Object.entries(INVARIANTS).flatMap(([number, rule]) =>
    rule(artifacts).map((fault) => `${number}: ${fault}`),
  );
}
