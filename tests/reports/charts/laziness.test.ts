import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { sla } from "../../functional/cli.js";
import { scratchFolder } from "../../harness/engines.js";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const MODEL = (body: string) => `import { defineModel } from "sla";
export default defineModel({ columns: { n: "int" }, async run({ exportChart, exportCsv }) { ${body} return [{ n: 1 }]; } });
`;
const CHART = `await exportChart("one", { kind: "bars", title: "t", subtitle: "s", description: "d", category: "c", value: { name: "v" }, bars: [{ name: "a", value: 1 }] });`;

function project(body: string): string {
  const dir = mkdtempSync(join(scratchFolder(), "lazy-"));
  writeFileSync(join(dir, "project.yml"), "name: lazy\nmodels:\n  materialized: table\n");
  mkdirSync(join(dir, "models"));
  writeFileSync(join(dir, "models", "one.ts"), MODEL(body));
  return dir;
}

/** What of the drawing a command loads: the names of packages, as the loader of modules resolves them. */
async function loaded(dir: string, args: string[]): Promise<string[]> {
  const log = join(dir, "loaded.txt");
  const hooks = `import { appendFileSync } from "node:fs";
export async function resolve(specifier, context, next) {
  if (/^(echarts|@resvg|opentype)/.test(specifier)) appendFileSync(${JSON.stringify(log)}, specifier + "\\n");
  return next(specifier, context);
}`;
  writeFileSync(join(dir, "hooks.mjs"), hooks);
  writeFileSync(
    join(dir, "register.mjs"),
    `import { register } from "node:module"; register(${JSON.stringify(pathToFileURL(join(dir, "hooks.mjs")).href)});`,
  );
  const result = await sla(dir, args, {
    env: { NODE_OPTIONS: `--import=${pathToFileURL(join(dir, "register.mjs")).href}` },
  });
  expect(result.code, result.stdout + result.stderr).toBe(0);
  return existsSync(log) ? [...new Set(readFileSync(log, "utf8").trim().split("\n"))].sort() : [];
}

test("what draws is loaded by a build that draws, and by nothing else", async () => {
  const plain = project(`await exportCsv("one", [{ n: 1 }]);`);
  for (const args of [["--help"], ["ls"], ["build"]]) expect(await loaded(plain, args), args[0]).toEqual([]);
  expect(existsSync(join(plain, "target", "exports", "one.csv"))).toBe(true);
  expect(await loaded(project(CHART), ["build"])).toEqual(
    expect.arrayContaining(["@resvg/resvg-js", "echarts/core", "opentype.js"]),
  );
}, 120_000);

test("a name with a folder in it, or a chart that cannot be drawn, leaves no file and names the line", async () => {
  for (const [body, message] of [
    [CHART.replace('"one"', '"../one"'), /SLA112[\s\S]*exports under the name "\.\.\/one"/],
    [CHART.replace("value: 1", "value: NaN"), /SLA502[\s\S]*bars\[0\]\.value is NaN[\s\S]*one\.ts:2:/],
  ] as const) {
    const dir = project(body);
    const result = await sla(dir, ["build"]);
    expect(result.code).toBe(1);
    expect(result.stdout + result.stderr).toMatch(message);
    expect(existsSync(join(dir, "target", "exports"))).toBe(false);
  }
}, 120_000);

test("the typefaces and their licences are in what is published", () => {
  const { files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(files).toContain("dist");
  for (const name of [
    "noto-sans-regular.ttf",
    "noto-sans-semi-bold.ttf",
    "noto-sans-licence.txt",
    "dejavu-sans.ttf",
    "dejavu-sans-licence.txt",
  ])
    expect(existsSync(join(ROOT, "dist", "reports", "fonts", name)), name).toBe(true);
});
