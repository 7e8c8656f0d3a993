import { SlaError } from "../errors/index.js";
import { type Manifest, type Node, type RelationalNode, readables } from "../manifest/index.js";
import type { Project } from "../project/index.js";
import { checkUses } from "./macro-uses.js";
import { missingRef, missingSource, type Targets } from "./resolve.js";
import { readSqlFile } from "./template-facts.js";
import type { TemplateText } from "./template-parser.js";

/** What is wrong with a template that is no file of the project: the checks that parsing makes for files. */
export function checkInline(file: TemplateText, manifest: Manifest, project: Project): SlaError[] {
  const facts = readSqlFile(file);
  const nodes = Object.values<Node>(manifest.nodes)
    .filter((node): node is RelationalNode => node.resource_type !== "test")
    .flatMap(readables);
  const sources = Object.values(manifest.sources);
  const targets: Targets = {
    models: new Map(nodes.map((node) => [node.name, node])),
    sources: new Map(sources.map((node) => [`${node.source_name}.${node.name}`, node])),
    sourceNames: new Set(sources.map((node) => node.source_name)),
  };
  const macros = new Map(
    Object.values(manifest.macros).map((node) => [
      node.name,
      {
        node,
        parameters: node.arguments.map(({ name, default: fallback }) => ({
          name,
          required: fallback === null,
        })),
      },
    ]),
  );
  const errors = checkUses(facts, file.path, { macros, vars: project.vars });
  const referrer = { name: "--inline" };
  for (const call of facts.refs) {
    const at = { path: file.path, line: call.line, column: call.column };
    if (!targets.models.has(call.name)) errors.push(missingRef(targets, referrer, call, at, project.name));
  }
  for (const call of facts.sources) {
    const at = { path: file.path, line: call.line, column: call.column };
    if (!targets.sources.has(`${call.source}.${call.table}`))
      errors.push(missingSource(targets, referrer, call, at));
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
