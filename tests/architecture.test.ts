import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as rules from "./architecture/rules.js";
import { readTree, type SourceFile, treeOf } from "./architecture/source-tree.js";

const root = join(import.meta.dirname, "..");
const packageJson = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const dependencies = Object.keys(packageJson.dependencies);
const development = Object.keys(packageJson.devDependencies);
const source = readTree(join(root, "src"));
const project = ["models", "seeds", "macros", "procedures", "examples"].flatMap((folder) =>
  readTree(join(root, folder)).map((file) => ({
    ...file,
    imports: file.imports.map((found) => rebase(found, folder)),
  })),
);

/** Targets seen from the folder become targets seen from the repository. */
function rebase(found: SourceFile["imports"][number], folder: string) {
  return {
    ...found,
    target: found.target?.startsWith("../")
      ? found.target.slice(3)
      : found.target && `${folder}/${found.target}`,
  };
}

test("there is something to judge", () => {
  expect(source.length).toBeGreaterThan(10);
});

describe.each<{ name: string; rule: rules.Rule; tree: SourceFile[] }>([
  { name: "layers", rule: rules.layers, tree: source },
  { name: "cycles", rule: rules.cycles, tree: source },
  { name: "doors", rule: rules.doors, tree: source },
  { name: "confinement", rule: rules.confinement, tree: source },
  { name: "effects", rule: rules.effects, tree: source },
  { name: "names", rule: rules.names, tree: source },
  { name: "size", rule: rules.size(rules.LONG_FILES), tree: source },
  { name: "documentation", rule: rules.documentation, tree: source },
  { name: "neutrality", rule: rules.neutrality, tree: source },
  { name: "declared", rule: rules.declared(dependencies, development), tree: source },
  { name: "outsiders", rule: rules.outsiders, tree: project },
])("$name", ({ rule, tree }) => {
  test("holds", () => {
    expect(rule(tree)).toEqual([]);
  });
});

const lines = (count: number) => "//\n".repeat(count);

/** Trees that break one rule each, with exactly what the rule must say. */
describe.each<{ name: string; rule: rules.Rule; bad: Record<string, string>; says: string[] }>([
  {
    name: "layers: a lower floor, by value",
    rule: rules.layers,
    bad: { "graph/dag.ts": `\nimport { run } from "../run/index.js";\nrun();` },
    says: [`graph/dag.ts:2 floor "graph" imports the lower floor "run"`],
  },
  {
    name: "layers: a lower floor, by type",
    rule: rules.layers,
    bad: {
      "errors/a.ts": `import type { Node } from "../manifest/index.js"; export type A = Node;`,
      "errors/b.ts": `export type { Node } from "../manifest/index.js";`,
      "errors/c.ts": `export type C = import("../manifest/index.js").Node;`,
      "errors/d.ts": `export const d = () => import("../cli/main.js");`,
    },
    says: [
      `errors/a.ts:1 floor "errors" imports the lower floor "manifest"`,
      `errors/b.ts:1 floor "errors" imports the lower floor "manifest"`,
      `errors/c.ts:1 floor "errors" imports the lower floor "manifest"`,
      `errors/d.ts:1 floor "errors" imports the lower floor "cli"`,
    ],
  },
  {
    name: "layers: an unknown floor, and a way out of the tree",
    rule: rules.layers,
    bad: { "plugins/x.ts": `import "../../models/score.js";` },
    says: [
      `plugins/x.ts:1 "plugins" is not a floor`,
      `plugins/x.ts:1 imports "../models/score.ts" outside of the tree`,
    ],
  },
  {
    name: "cycles: three files, one edge a type, one lazy",
    rule: rules.cycles,
    bad: {
      "graph/a.ts": `import { b } from "./b.js"; export const a = b;`,
      "graph/b.ts": `import type { C } from "./c.js"; export const b: C = 1;`,
      "graph/c.ts": `export type C = number; export const c = () => import("./a.js");`,
    },
    says: ["graph/a.ts:1 cycle graph/a.ts → graph/b.ts → graph/c.ts → graph/a.ts"],
  },
  {
    name: "cycles: through files with JSX in them",
    rule: rules.cycles,
    bad: {
      "docs/site/a.tsx": `import { B } from "./b.js"; export const A = () => <B />;`,
      "docs/site/b.tsx": `import { A } from "./a.js"; export const B = () => <A />;`,
    },
    says: ["docs/site/a.tsx:1 cycle docs/site/a.tsx → docs/site/b.tsx → docs/site/a.tsx"],
  },
  {
    name: "doors: past the index",
    rule: rules.doors,
    bad: {
      "run/plan.ts": `import { nearest } from "../errors/did-you-mean.js";`,
      "run/good.ts": `import { nearest } from "../errors/index.js"; const load = () => import("../sql/parser.js");`,
    },
    says: [`run/plan.ts:1 enters "errors" through errors/did-you-mean.ts`],
  },
  {
    name: "confinement: a driver and a parser in the wrong place",
    rule: rules.confinement,
    bad: {
      "run/a.ts": `import mysql from "mysql2/promise";`,
      "adapters/mysql/b.ts": `import type { DuckDBValue } from "@duckdb/node-api";`,
      "project/c.ts": `import Handlebars from "handlebars"; import { parse } from "yaml";`,
      "run/d.ts": `const base = require("handlebars/dist/base.js");`,
      "adapters/mysql/good.ts": `import mysql from "mysql2/promise";`,
    },
    says: [
      `run/a.ts:1 imports "mysql2/promise", which is confined to adapters/mysql/`,
      `adapters/mysql/b.ts:1 imports "@duckdb/node-api", which is confined to adapters/duckdb/`,
      `project/c.ts:1 imports "handlebars", which is confined to compile/`,
      `run/d.ts:1 imports "handlebars/dist/base.js", which is confined to compile/`,
    ],
  },
  {
    name: "effects: output, environment, exit",
    rule: rules.effects,
    bad: {
      "run/a.ts": `console.log(1);\nprocess.exit(1);\nexport const home = process.env.HOME;`,
      "run/b.ts": `import { stdout } from "node:process"; stdout.write(process.platform);`,
      "cli/main.ts": `console.log(process.argv);`,
    },
    says: [
      "run/a.ts:1 uses console.log",
      "run/a.ts:2 uses process.exit",
      "run/a.ts:3 uses process.env",
      `run/b.ts:1 imports "node:process"`,
    ],
  },
  {
    name: "names: case and empty words",
    rule: rules.names,
    bad: {
      "run/stepRunner.ts": "",
      "run/string-utils.ts": "",
      "sql/types.ts": "",
      "state/lock-manager.ts": "",
      "manifest/column-type.ts": "",
    },
    says: [
      `run/stepRunner.ts:1 "stepRunner.ts" is not kebab-case`,
      `run/string-utils.ts:1 "string-utils.ts" does not say what is inside`,
      `sql/types.ts:1 "types.ts" does not say what is inside`,
      `state/lock-manager.ts:1 "lock-manager.ts" does not say what is inside`,
    ],
  },
  {
    name: "size: one file too long, one listed without need",
    rule: rules.size({ "run/table.ts": "a table" }),
    bad: { "run/giant.ts": lines(301), "run/table.ts": lines(20), "run/fits.ts": lines(250) },
    says: [
      "run/giant.ts:1 has 301 lines, more than 300",
      "run/table.ts:1 is listed as a long file and is none",
    ],
  },
  {
    name: "size: too many long ones",
    rule: rules.size(),
    bad: { "run/a.ts": lines(251), "run/b.ts": lines(260) },
    says: ["2 of 2 files have more than 250 lines: run/a.ts, run/b.ts"],
  },
  {
    name: "documentation: exports that say nothing",
    rule: rules.documentation,
    bad: {
      "run/plan.ts": [
        "/** Said. */",
        "// with a remark between",
        "export const said = 1;",
        "export function silent() {}",
        "/* no doc comment */",
        "export interface Silent {}",
        "/** Overloads are documented once. */",
        "export function over(a: number): void;",
        "export function over(a: string): void;",
        "export function over(_: unknown) {}",
        "const local = 1;",
        "export { local };",
        "export default class {}",
      ].join("\n"),
    },
    says: [
      "run/plan.ts:4 exports silent without a doc comment",
      "run/plan.ts:6 exports Silent without a doc comment",
      "run/plan.ts:13 exports default without a doc comment",
    ],
  },
  {
    name: "neutrality: words of the project",
    rule: rules.neutrality,
    bad: { "run/plan.ts": `// as in stg_tickets\nexport const table = "fact_tickets";` },
    says: [`run/plan.ts:2 says "fact_tickets"`],
  },
  {
    name: "declared: a package that comes along with another",
    rule: rules.declared(["zod"], ["preact"]),
    bad: {
      "docs/site/good.tsx": `import { render } from "preact"; render(null, null!);`,
      "docs/catalog.ts": `import { render } from "preact";\nrender(null, null!);`,
      "run/plan.ts": `import { z } from "zod";\nimport { red } from "chalk/source";\nimport { join } from "node:path";`,
    },
    says: [
      `docs/catalog.ts:1 imports "preact", which package.json does not declare`,
      `run/plan.ts:2 imports "chalk", which package.json does not declare`,
    ],
  },
  {
    name: "outsiders: a model that reaches into the framework",
    rule: rules.outsiders,
    bad: {
      "models/score.ts": `import { defineModel } from "../src/index.js";\nimport { seed } from "../seeds/seed.js";`,
    },
    says: ["models/score.ts:1 imports src/index.ts, which is inside the framework"],
  },
])("$name", ({ rule, bad, says }) => {
  test("bites", () => {
    expect(rule(treeOf(bad))).toEqual(says);
  });
});
