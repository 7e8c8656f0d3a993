import { hash } from "node:crypto";
import type { FileText } from "../project/index.js";

/** A TypeScript file before it is loaded. */
export interface TypeScriptSource {
  /** Whether it mentions a definition at all: a file that does not is a module of others, and is not loaded for itself. */
  defines: boolean;
  text: string;
  /** SHA-256 of the text with runs of white space as one blank. */
  checksum: string;
}

/** Looks at a TypeScript file without running it. */
export function definesSomething({ text }: FileText): TypeScriptSource {
  const defines = /\bdefine(?:Model|Seeder|Macro)\s*[<(]/.test(text);
  const checksum = hash("sha256", text.replace(/\s+/g, " ").trim());
  return { defines, text: defines ? text : "", checksum };
}
