import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import type { YamlPath } from "./yaml-file.js";

const require = createRequire(import.meta.url);
const library = (): typeof Yaml => require("yaml");

/** A value to set in a YAML file, or without one a key or item to take out. */
export interface YamlEdit {
  path: YamlPath;
  value?: unknown;
}

/** A YAML file with changes; all else, comments included, stays as it is. */
export function editYaml(text: string, edits: readonly YamlEdit[]): string {
  if (edits.length === 0) return text;
  const { parseDocument, Scalar } = library();
  const document = parseDocument(text, { merge: true });
  for (const { path, value } of edits) {
    if (value === undefined) continue;
    const node = document.createNode(value);
    if (typeof value === "string" && value.includes("\n")) (node as Yaml.Scalar).type = Scalar.BLOCK_LITERAL;
    document.setIn(path, node);
  }
  const removed = edits.filter(({ value }) => value === undefined);
  for (const { path } of removed.sort((a, b) => compare(b.path, a.path))) document.deleteIn(path);
  return document.toString({ lineWidth: 0 });
}

/** Data as YAML. */
export function writeYaml(data: unknown): string {
  return library().stringify(data, { lineWidth: 0 });
}

/** Later items of a list first, so that the places of the others stay what they are. */
function compare(a: YamlPath, b: YamlPath): number {
  for (const [at, step] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    if (step !== other) return typeof step === "number" && typeof other === "number" ? step - other : 0;
  }
  return 0;
}
