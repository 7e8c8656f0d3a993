import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Comment, type Program, parseSync, Visitor } from "oxc-parser";
import { globSync } from "tinyglobby";

/** One import, export-from, `import()`, `require()` or `import("…").Type` of a file. */
export interface Import {
  specifier: string;
  /** Path in the tree for a relative specifier (`.js` read as `.ts`), null for a package. */
  target: string | null;
  lazy: boolean;
  line: number;
}

/** A use of an object that reaches outside the program: `console.log`, `process.exit`. */
export interface Effect {
  name: string;
  line: number;
}

/** A parsed file of a tree; paths are relative to the tree's root, with forward slashes. */
export interface SourceFile {
  path: string;
  /** The text with its comments blanked out. */
  code: string;
  lines: number;
  imports: Import[];
  effects: Effect[];
  /** Exported declarations without a doc comment. */
  undocumented: { name: string; line: number }[];
}

/** Reads every TypeScript file under `root`. */
export function readTree(root: string): SourceFile[] {
  const paths = globSync("**/*.{ts,tsx}", { cwd: root, ignore: ["**/node_modules/**"] }).sort();
  return settled(paths.map((path) => parseFile(path, readFileSync(join(root, path), "utf8"))));
}

/** A tree written down in a test: path → text. */
export function treeOf(files: Record<string, string>): SourceFile[] {
  return settled(Object.entries(files).map(([path, text]) => parseFile(path, text)));
}

/** A `.js` that is imported may stand for a `.tsx`: only the tree tells. */
function settled(files: SourceFile[]): SourceFile[] {
  const paths = new Set(files.map(({ path }) => path));
  for (const { imports } of files) {
    for (const found of imports) {
      const withJsx = found.target?.replace(/\.ts$/, ".tsx");
      if (found.target !== null && !paths.has(found.target) && paths.has(withJsx!)) found.target = withJsx!;
    }
  }
  return files;
}

function parseFile(path: string, text: string): SourceFile {
  const parsed = parseSync(path, text);
  const fault = parsed.errors[0];
  if (fault) throw new Error(`${path}: ${fault.message}`);
  const lineOf = (offset: number) => text.slice(0, offset).split("\n").length;
  const { imports, effects } = readBody(path, parsed.program, lineOf);
  return {
    path,
    code: parsed.comments.reduce(blank, text),
    lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
    imports,
    effects,
    undocumented: readExports(text, parsed.program, parsed.comments, lineOf),
  };
}

/** Line breaks stay, so that lines keep their numbers. */
function blank(text: string, { start, end }: Comment): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end);
}

function readBody(path: string, program: Program, lineOf: (offset: number) => number) {
  const imports: Import[] = [];
  const effects: Effect[] = [];
  const found = (specifier: string, start: number, lazy: boolean) =>
    imports.push({ specifier, target: resolve(path, specifier), lazy, line: lineOf(start) });
  new Visitor({
    ImportDeclaration: (node) => found(node.source.value, node.start, false),
    ExportAllDeclaration: (node) => found(node.source.value, node.start, false),
    ExportNamedDeclaration: (node) => node.source && found(node.source.value, node.start, false),
    TSImportType: (node) => found(node.source.value, node.start, false),
    ImportExpression: (node) => {
      if (node.source.type === "Literal") found(String(node.source.value), node.start, true);
    },
    CallExpression: (node) => {
      const [first] = node.arguments;
      if (node.callee.type === "Identifier" && node.callee.name === "require" && first?.type === "Literal")
        found(String(first.value), node.start, true);
    },
    MemberExpression: (node) => {
      if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
      if (node.object.name !== "console" && node.object.name !== "process") return;
      effects.push({ name: `${node.object.name}.${node.property.name}`, line: lineOf(node.start) });
    },
  }).visit(program);
  return { imports, effects };
}

/** `../errors/index.js` seen from `run/plan.ts` is `errors/index.ts`; what leaves the tree keeps its `../`. */
function resolve(from: string, specifier: string): string | null {
  if (!specifier.startsWith(".")) return null;
  const path: string[] = [];
  for (const part of [...from.split("/").slice(0, -1), ...specifier.split("/")]) {
    if (part === ".." && path.length > 0 && path.at(-1) !== "..") path.pop();
    else if (part !== ".") path.push(part);
  }
  return path.join("/").replace(/\.js$/, ".ts");
}

function readExports(
  text: string,
  program: Program,
  comments: readonly Comment[],
  lineOf: (offset: number) => number,
) {
  const documented = new Set<number>();
  for (const comment of comments) {
    if (comment.type !== "Block" || !comment.value.startsWith("*")) continue;
    const rest = text.slice(comment.end);
    documented.add(comment.end + (/^(\s|\/\/[^\n]*\n)*/.exec(rest)?.[0].length ?? 0));
  }
  const undocumented: { name: string; line: number }[] = [];
  const seen = new Set<string>();
  const report = (name: string, start: number) => {
    if (!seen.has(name) && !documented.has(start)) undocumented.push({ name, line: lineOf(start) });
    seen.add(name); // The first overload carries the comment for all.
  };
  for (const node of program.body) {
    if (node.type === "ExportDefaultDeclaration") report("default", node.start);
    if (node.type !== "ExportNamedDeclaration" || !node.declaration) continue;
    const { declaration } = node;
    if (declaration.type === "VariableDeclaration") {
      for (const { id } of declaration.declarations)
        report(id.type === "Identifier" ? id.name : "destructured export", node.start);
    } else if ("id" in declaration && declaration.id && "name" in declaration.id) {
      report(declaration.id.name, node.start);
    }
  }
  return undocumented;
}
