import { hash } from "node:crypto";
import { SlaError } from "../errors/index.js";
import { type Definitions, definitionName, type FileText, type SourceFile } from "../project/index.js";
import { type Assembly, collectAsync, filesOf } from "./assembly.js";

/** A TypeScript file before it is loaded. */
export interface TypeScriptSource {
  /** Whether it mentions a definition at all: a file that does not is a module of others, and is not loaded for itself. */
  defines: boolean;
  text: string;
  /** SHA-256 of the text with runs of white space as one blank. */
  checksum: string;
}

/** Something that a TypeScript file defines. */
export interface Defined<Kind extends keyof Definitions> {
  file: SourceFile;
  source: TypeScriptSource;
  name: string;
  definition: Definitions[Kind];
}

/** What the TypeScript files below some folders define; a file that only seems to define something is a warning. */
export async function readDefinitions<Kind extends keyof Definitions>(
  assembly: Assembly,
  roots: readonly string[],
  kind: Kind,
): Promise<Defined<Kind>[]> {
  const { project, errors, warnings } = assembly;
  const found: Defined<Kind>[] = [];
  for (const file of filesOf(assembly, roots, /(?<!\.d)\.[cm]?[tj]s$/)) {
    const source = project.cache.derive(file.path, readSource);
    if (!source.defines) continue;
    const exported = await collectAsync(errors, () => project.typescript.load(file.path));
    if (exported === undefined) continue;
    const own = exported.filter((one) => one.kind === kind);
    if (own.length === 0) warnings.push(nothingExported(file, kind, exported[0]?.kind));
    for (const { exportName, definition } of own) {
      const name = definitionName(file.path, exportName, definition);
      const problem = faultOf(kind, definition);
      if (problem === undefined)
        found.push({ file, source, name, definition: definition as Definitions[Kind] });
      else
        errors.push(
          new SlaError({
            code: "SLA107",
            message: `${kind} "${name}" ${problem}`,
            location: { path: file.path },
          }),
        );
    }
  }
  return found;
}

function readSource({ text }: FileText): TypeScriptSource {
  const defines = /\bdefine(?:Model|Seeder|Macro)\s*[<(]/.test(text);
  return { defines, text: defines ? text : "", checksum: hash("sha256", text.replace(/\s+/g, " ").trim()) };
}

function nothingExported(file: SourceFile, kind: string, other: string | undefined): SlaError {
  return new SlaError({
    code: "SLA107",
    message:
      other === undefined
        ? `${file.path} exports no ${kind}`
        : `${file.path} defines a ${other}, but stands in ${file.root}/`,
    hint:
      other === undefined
        ? `Export what define${kind[0]!.toUpperCase()}${kind.slice(1)} returns: export default ….`
        : `Move it to the folder of ${other === "seeder" ? "seeds" : `${other}s`}.`,
    location: { path: file.path },
  });
}

/** What is wrong with a definition that its types would have told, had they been checked. */
function faultOf(kind: keyof Definitions, definition: object): string | undefined {
  const { run, name, tables: declared } = definition as Partial<Record<string, unknown>>;
  if (typeof run !== "function") return "has no function run";
  if (name !== undefined && typeof name !== "string") return "has a name that is no string";
  if (kind !== "seeder") return undefined;
  const tables = Object.entries((declared ?? {}) as Record<string, { columns?: object } | undefined>);
  if (tables.length === 0) return "declares no tables";
  const bare = tables.find(([, table]) => Object.keys(table?.columns ?? {}).length === 0);
  return bare === undefined ? undefined : `declares no columns for its table "${bare[0]}"`;
}
