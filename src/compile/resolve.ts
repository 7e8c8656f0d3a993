import { didYouMean, type Location, SlaError } from "../errors/index.js";
import type { ModelNode, ProcedureNode, RelationalNode, TestNode } from "../manifest/index.js";
import { type Assembly, declarationOf, type Macro, type Uses } from "./assembly.js";
import { checkUses } from "./macro-uses.js";
import type { ReferenceLookup } from "./reference-lookup.js";
import type { MacroUse } from "./template-facts.js";

/** Fills in what every node of a package depends on; names that lead nowhere are errors with the nearest match. */
export function resolveReferences(assembly: Assembly): void {
  const { project, together } = assembly;
  const scope = { macros: together.macros, vars: project.vars, caller: project.name };
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
    resolveCalls(assembly, tested, node, node, node.original_file_path, found);
    for (const { node: macro, sql } of macros) {
      if (sql !== null) resolveCalls(assembly, undefined, node, sql, macro.original_file_path, found);
    }
    // A procedure names its own tables as others do: that is no dependency.
    if (node.resource_type === "procedure") found.delete(node.unique_id);
    node.depends_on = { nodes: [...found], macros: macros.map((macro) => macro.node.unique_id).sort() };
  }
}

/** All macros that a template calls, directly or through others. */
function macrosBehind({ together, project }: Assembly, uses: Uses): Macro[] {
  const found = new Set<Macro>();
  const add = (list: readonly MacroUse[], caller: string): void => {
    for (const { name } of list) {
      const macro = together.macros.find(caller, name);
      if (macro === undefined || found.has(macro)) continue;
      found.add(macro);
      if (macro.sql !== null) add(macro.sql.macros, macro.node.package_name);
    }
  };
  add(uses.macros, project.name);
  return [...found];
}

function resolveCalls(
  assembly: Assembly,
  tested: RelationalNode | undefined,
  node: ModelNode | ProcedureNode | TestNode,
  calls: Pick<ModelNode, "refs" | "sources">,
  path: string,
  found: Set<string>,
): void {
  const { name: caller } = assembly.project;
  const { lookup } = assembly.together;
  const packages = assembly.together.packages.map(({ project }) => project.name);
  const place = (call: { line: number; column: number }, length: number): Location => {
    if (call.line > 0) return { path, line: call.line, column: call.column, length };
    return (node.resource_type === "test" ? declarationOf(assembly, node) : undefined) ?? { path };
  };
  for (const [at, call] of calls.refs.entries()) {
    // What a test tests is known, whatever else has its name.
    const isTested = at === 0 && tested !== undefined && tested.resource_type !== "source";
    const target = isTested ? tested : lookup.ref(caller, call);
    if (target !== undefined && isReadable(target)) {
      found.add(target.unique_id);
      continue;
    }
    const where = () => place(call, call.name.length + 10);
    if (target === undefined) assembly.errors.push(missingRef(lookup, packages, node, call, where()));
    else refuse(assembly, node, target, found, where, `ref "${call.name}"`);
  }
  for (const [at, call] of calls.sources.entries()) {
    const name = `${call.source}.${call.table}`;
    const isTested = at === 0 && tested?.resource_type === "source";
    const target = isTested ? tested : lookup.source(caller, call.source, call.table);
    if (target !== undefined && isReadable(target)) {
      found.add(target.unique_id);
      continue;
    }
    const where = () => place(call, name.length + 16);
    if (target === undefined) assembly.errors.push(missingSource(lookup, node, call, where()));
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
  lookup: ReferenceLookup,
  packages: readonly string[],
  node: Referrer,
  call: { package: string | null; name: string },
  location: Location,
): SlaError {
  const full = call.package === null ? call.name : `${call.package}.${call.name}`;
  const asSource = lookup.sources.find((source) => source.name === call.name);
  const owners = lookup.owners(call.name);
  const isKnown = call.package === null || packages.includes(call.package);
  const several =
    call.package === null && owners.length > 1
      ? `Several packages have it: write ${owners.map((owner) => `{{ref "${owner}" "${call.name}"}}`).join(" or ")}.`
      : undefined;
  const hint = isKnown
    ? (several ??
      didYouMean(
        call.name,
        lookup.names.filter((name) => name !== node.name),
      ) ??
      (asSource && `Is it the source? Write {{source "${asSource.source_name}" "${asSource.name}"}}.`) ??
      (owners.length > 0 ? `It is in ${owners.join(", ")}.` : "Is the file in a folder of models or seeds?"))
    : `There is no package "${call.package}"${packages.length === 1 ? "" : `; there are ${packages.join(", ")}`}.`;
  return new SlaError({
    code: "SLA203",
    message:
      several === undefined
        ? `"${node.name}" reads ref "${full}", which does not exist`
        : `"${node.name}" reads ref "${full}", which may be any of several`,
    hint,
    location,
    node: node.unique_id,
  });
}

/** SLA203 for a source that leads nowhere. */
export function missingSource(
  lookup: ReferenceLookup,
  node: Referrer,
  call: { source: string; table: string },
  location: Location,
): SlaError {
  const name = `${call.source}.${call.table}`;
  const tables = lookup.sources.filter((source) => source.source_name === call.source);
  const hint =
    tables.length > 0
      ? (didYouMean(
          call.table,
          tables.map((source) => source.name),
        ) ?? `Source "${call.source}" has the tables ${tables.map((source) => source.name).join(", ")}.`)
      : (didYouMean(
          call.source,
          lookup.sources.map((source) => source.source_name),
        ) ?? "Declare it under sources in a properties file.");
  return new SlaError({
    code: "SLA203",
    message: `"${node.name}" reads source "${name}", which does not exist`,
    hint,
    location,
    node: node.unique_id,
  });
}
