import { SlaError } from "../errors/index.js";
import { type Manifest, type Node, type RelationalNode, readables } from "../manifest/index.js";
import type { Project } from "../project/index.js";
import { MacroScope } from "./macro-scope.js";
import { checkUses } from "./macro-uses.js";
import { ReferenceLookup } from "./reference-lookup.js";
import { missingRef, missingSource } from "./resolve.js";
import { readSqlFile } from "./template-facts.js";
import type { TemplateText } from "./template-parser.js";

/** What is wrong with a template that is no file of the project: the checks that parsing makes for files. */
export function checkInline(file: TemplateText, manifest: Manifest, project: Project): SlaError[] {
  const facts = readSqlFile(file);
  const nodes = Object.values<Node>(manifest.nodes)
    .filter((node): node is RelationalNode => node.resource_type !== "test")
    .flatMap(readables);
  const lookup = new ReferenceLookup(project.name, nodes, Object.values(manifest.sources));
  const callables = Object.values(manifest.macros).map((node) => ({
    node,
    parameters: node.arguments.map(({ name, default: fallback }) => ({ name, required: fallback === null })),
  }));
  const macros = new MacroScope(callables, project.name, project.dispatch);
  const errors = checkUses(facts, file.path, { macros, vars: project.vars, caller: project.name });
  const referrer = { name: "--inline" };
  const packages = [project.name, ...project.packages.map(({ name }) => name)];
  for (const call of facts.refs) {
    const at = { path: file.path, line: call.line, column: call.column };
    if (lookup.ref(project.name, call) === undefined)
      errors.push(missingRef(lookup, packages, referrer, call, at));
  }
  for (const call of facts.sources) {
    const at = { path: file.path, line: call.line, column: call.column };
    if (lookup.source(project.name, call.source, call.table) === undefined)
      errors.push(missingSource(lookup, referrer, call, at));
  }
  return errors.map(
    (error) => new SlaError({ ...plain(error), location: { ...error.location!, text: file.text } }),
  );
}

function plain({ code, message, hint }: SlaError): {
  code: SlaError["code"];
  message: string;
  hint: string | undefined;
} {
  return { code, message, hint };
}
