import { didYouMean, type Location, SlaError } from "../errors/index.js";
import {
  type ModelNode,
  type ProcedureNode,
  type RelationalNode,
  readables,
  type SourceNode,
  type TestNode,
} from "../manifest/index.js";
import { type Assembly, declarationOf, type Macro, type Uses } from "./assembly.js";
import { checkUses } from "./macro-uses.js";
import type { MacroUse } from "./template-facts.js";

/** What can be referred to, with what is turned off. */
export interface Targets {
  models: Map<string, RelationalNode>;
  sources: Map<string, SourceNode>;
  sourceNames: Set<string>;
}

/** Fills in what every node depends on; names that lead nowhere are errors with the nearest match. */
export function resolveReferences(assembly: Assembly): void {
  const targets: Targets = {
    models: new Map(
      [...assembly.models, ...assembly.seeds, ...assembly.procedures.flatMap(readables)].map((node) => [
        node.name,
        node,
      ]),
    ),
    sources: new Map(assembly.sources.map((node) => [`${node.source_name}.${node.name}`, node])),
    sourceNames: new Set(assembly.sources.map((node) => node.source_name)),
  };
  const scope = { macros: assembly.macros, vars: assembly.project.vars };
  for (const macro of assembly.macros.values()) {
    if (macro.sql === null) continue;
    const parameters = macro.sql.parameters.map(({ name }) => name);
    assembly.errors.push(...checkUses(macro.sql, macro.node.original_file_path, scope, parameters));
  }
  for (const node of [...assembly.models, ...assembly.procedures, ...assembly.tests]) {
    if (!node.config.enabled) continue;
    const uses = assembly.uses.get(node.unique_id);
    const macros = uses === undefined ? [] : macrosBehind(assembly, uses);
    if (uses !== undefined) assembly.errors.push(...checkUses(uses, node.original_file_path, scope));
    // What a test tests comes first among what it reads.
    const tested = node.resource_type === "test" ? assembly.declaredAt.get(node)?.site.target : undefined;
    const found = new Set<string>(tested === undefined ? [] : [tested.unique_id]);
    resolveCalls(assembly, targets, node, node, node.original_file_path, found);
    for (const { node: macro, sql } of macros) {
      if (sql !== null) resolveCalls(assembly, targets, node, sql, macro.original_file_path, found);
    }
    // A procedure names its own tables as others do: that is no dependency.
    if (node.resource_type === "procedure") found.delete(node.unique_id);
    node.depends_on = { nodes: [...found], macros: macros.map((macro) => macro.node.unique_id).sort() };
  }
}

/** All macros that a template calls, directly or through others. */
function macrosBehind({ macros }: Assembly, uses: Uses): Macro[] {
  const found = new Set<Macro>();
  const add = (list: readonly MacroUse[]): void => {
    for (const { name } of list) {
      const macro = macros.get(name);
      if (macro === undefined || found.has(macro)) continue;
      found.add(macro);
      if (macro.sql !== null) add(macro.sql.macros);
    }
  };
  add(uses.macros);
  return [...found];
}

function resolveCalls(
  assembly: Assembly,
  targets: Targets,
  node: ModelNode | ProcedureNode | TestNode,
  calls: Pick<ModelNode, "refs" | "sources">,
  path: string,
  found: Set<string>,
): void {
  const { name: project } = assembly.project;
  const place = (call: { line: number; column: number }, length: number): Location => {
    if (call.line > 0) return { path, line: call.line, column: call.column, length };
    return (node.resource_type === "test" ? declarationOf(assembly, node) : undefined) ?? { path };
  };
  for (const call of calls.refs) {
    const isOurs = call.package === null || call.package === project;
    const target = isOurs ? targets.models.get(call.name) : undefined;
    if (target !== undefined && isReadable(target)) {
      found.add(target.unique_id);
      continue;
    }
    const where = () => place(call, call.name.length + 10);
    if (target === undefined) assembly.errors.push(missingRef(targets, node, call, where(), project));
    else refuse(assembly, node, target, found, where, `ref "${call.name}"`);
  }
  for (const call of calls.sources) {
    const name = `${call.source}.${call.table}`;
    const target = targets.sources.get(name);
    if (target !== undefined && isReadable(target)) {
      found.add(target.unique_id);
      continue;
    }
    const where = () => place(call, name.length + 16);
    if (target === undefined) assembly.errors.push(missingSource(targets, node, call, where()));
    else refuse(assembly, node, target, found, where, `source "${name}"`);
  }
}

function isReadable(target: RelationalNode): boolean {
  return target.config.enabled && !(target.resource_type === "seed" && target.language === "typescript");
}

/** What is said of a reference to something that is there but cannot be read: a seeder, or a node that is turned off. */
function refuse(
  assembly: Assembly,
  node: ModelNode | ProcedureNode | TestNode,
  target: RelationalNode,
  found: Set<string>,
  where: () => Location,
  what: string,
): void {
  if (target.resource_type === "seed" && target.language === "typescript") {
    const names = target.tables.map((table) => `{{source "${target.name}" "${table.name}"}}`).join(", ");
    assembly.errors.push(
      new SlaError({
        code: "SLA203",
        message: `"${node.name}" reads ${what}, which is a seeder of several tables`,
        hint: `Read one of its tables: ${names}.`,
        location: where(),
        node: node.unique_id,
      }),
    );
    return;
  }
  found.add(target.unique_id);
  if (node.resource_type === "test") {
    // dbt's rule: a test cannot be run without what it reads, and is turned off with it.
    node.config = { ...node.config, enabled: false };
    if (node.attached_node !== target.unique_id && node.test_type === "generic") {
      assembly.warnings.push(
        new SlaError({
          code: "SLA203",
          message: `the test "${node.name}" reads ${what}, which is disabled, and does not run`,
          location: where(),
        }),
      );
    }
    return;
  }
  assembly.errors.push(
    new SlaError({
      code: "SLA203",
      message: `"${node.name}" reads ${what}, which is disabled`,
      hint: `Enable it, or disable "${node.name}" too.`,
      location: where(),
      node: node.unique_id,
    }),
  );
}

/** Who refers. */
interface Referrer {
  name: string;
  unique_id?: string;
}

/** SLA203 for a ref that leads nowhere. */
export function missingRef(
  targets: Targets,
  node: Referrer,
  call: { package: string | null; name: string },
  location: Location,
  project: string,
): SlaError {
  const full = call.package === null ? call.name : `${call.package}.${call.name}`;
  const asSource = [...targets.sources.values()].find((source) => source.name === call.name);
  const hint =
    call.package !== null && call.package !== project
      ? `There is no package "${call.package}".`
      : (didYouMean(
          call.name,
          [...targets.models.keys()].filter((name) => name !== node.name),
        ) ??
        (asSource && `Is it the source? Write {{source "${asSource.source_name}" "${asSource.name}"}}.`) ??
        "Is the file in a folder of models or seeds?");
  return new SlaError({
    code: "SLA203",
    message: `"${node.name}" reads ref "${full}", which does not exist`,
    hint,
    location,
    node: node.unique_id,
  });
}

/** SLA203 for a source that leads nowhere. */
export function missingSource(
  targets: Targets,
  node: Referrer,
  call: { source: string; table: string },
  location: Location,
): SlaError {
  const name = `${call.source}.${call.table}`;
  const tables = [...targets.sources.values()].filter((source) => source.source_name === call.source);
  const hint = targets.sourceNames.has(call.source)
    ? (didYouMean(
        call.table,
        tables.map((source) => source.name),
      ) ?? `Source "${call.source}" has the tables ${tables.map((source) => source.name).join(", ")}.`)
    : (didYouMean(call.source, targets.sourceNames) ?? "Declare it under sources in a properties file.");
  return new SlaError({
    code: "SLA203",
    message: `"${node.name}" reads source "${name}", which does not exist`,
    hint,
    location,
    node: node.unique_id,
  });
}
