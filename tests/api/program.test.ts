import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, test, vi } from "vitest";
import { COMMANDS } from "../../src/cli/command-table.js";
import * as sla from "../../src/index.js";
import { blocksOf, writeFiles } from "../docs/pages.js";
import { engineEnvironment, SERVERS, schemaName, scratchFolder } from "../harness/engines.js";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const TSC = join(REPOSITORY, "node_modules/typescript/bin/tsc");
const execute = promisify(execFile);
/** tsc takes as long as the machine lets it. */
vi.setConfig({ testTimeout: 300_000 });

/** A program of a user's own: its folder has the package as a dependency, and nothing else of this repository. */
const PROGRAM = `
import { build, debug, generateTypes, init, isSlaError, lineage, ls, parse, plan, run, runs, show, SlaError, slaErrors, test, type RunEvent, type RunResults } from "sla";

const [one, other, third] = ["one", "other", "third"].map((name) => new URL("./" + name, import.meta.url).pathname) as [string, string, string];
const env = process.env;
const before = new Set(process.listenerCount("SIGINT") === 0 ? [] : ["SIGINT"]);

for (const projectDir of [one, other, third]) await init({ projectDir });
const statuses = ({ results }: RunResults): string => [...new Set(results.map(({ status }) => status))].sort().join();
const events: RunEvent[] = [];

// Two projects at once on the embedded engine, and one on a server.
const done = await Promise.all([
  build({ projectDir: one, onEvent: (event) => void events.push(event) }),
  build({ projectDir: other, vars: {}, threads: 2 }),
  build({ projectDir: third, target: process.argv[2] === "server" ? "mysql" : "local", env }),
]);
// And again, one after the other.
const again = await run({ projectDir: one, select: ["orders"] });
const tested = await test({ projectDir: other });

const summary = {
  done: done.map(statuses),
  engines: done.map(({ args }) => args.target),
  again: again.results.map(({ unique_id }) => unique_id),
  tested: statuses(tested),
  events: [...new Set(events.map(({ type }) => type))].sort(),
  listed: (await ls({ projectDir: one, select: ["orders"], output: "name", resourceTypes: ["model"] })).length,
  parsed: (await parse({ projectDir: one })).project,
  shown: (await show({ projectDir: other, node: "orders", limit: 2 })).rows.length,
  column: (await lineage({ projectDir: one, of: "orders.order_id" })).start.column,
  planned: (await plan({ projectDir: one, select: ["orders"] })).length,
  runs: (await runs({ projectDir: one })).rows.length,
  checks: (await debug({ projectDir: one })).every(({ error }) => error === null),
  types: (await generateTypes({ projectDir: one, check: true })).upToDate,
  listeners: process.listenerCount("SIGINT") - before.size,
};

// What is wrong is thrown, and the process goes on.
const errors: string[] = [];
await build({ projectDir: one, select: ["nothing_of_that_name", "orders"], warnError: true }).catch((thrown: unknown) => {
  for (const error of slaErrors(thrown)) errors.push(error.code);
});
await build({ projectDir: "nowhere" }).catch((thrown: unknown) => {
  if (isSlaError(thrown) && thrown instanceof SlaError) errors.push(thrown.code);
});
const aborted = await build({ projectDir: one, signal: AbortSignal.abort() }).then(statuses, (thrown: unknown) => slaErrors(thrown).map(({ code }) => code).join());

const both = await Promise.allSettled([build({ projectDir: one }), build({ projectDir: one })]);
const locked = both.flatMap((end) => (end.status === "rejected" ? slaErrors(end.reason).map(({ code }) => code) : []));
const waited = await Promise.all([build({ projectDir: one, lockTimeout: 60 }), build({ projectDir: one, lockTimeout: 60 })]);

process.stdout.write(JSON.stringify({ ...summary, errors, aborted, locked, waited: waited.map(statuses) }));

// Never called: that these are errors is what tsc is asked.
export function wrong(): void {
  // @ts-expect-error no such option
  void build({ projectDir: one, selekt: ["a"] });
  // @ts-expect-error a procedure has to be named
  void lineage({ projectDir: one });
  // @ts-expect-error results are no text
  void build({ projectDir: one }).then((results) => results.trim());
}
`;

const dir = mkdtempSync(join(scratchFolder(), "api-"));

beforeAll(() => {
  mkdirSync(join(dir, "node_modules/@types"), { recursive: true });
  symlinkSync(REPOSITORY, join(dir, "node_modules/sla"), "dir");
  symlinkSync(join(REPOSITORY, "node_modules/@types/node"), join(dir, "node_modules/@types/node"), "dir");
  writeFileSync(join(dir, "package.json"), '{ "type": "module" }');
  writeFileSync(join(dir, "program.ts"), PROGRAM);
  writeFiles(dir, "getting-started.md");
  writeFiles(dir, "models.md");
  writeFiles(dir, "api.md");
  const compilerOptions = {
    target: "ES2023",
    module: "NodeNext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    outDir: "out",
    rootDir: ".",
    types: ["node"],
  };
  writeFileSync(
    join(dir, "tsconfig.json"),
    JSON.stringify({ compilerOptions, include: ["program.ts", "shop/scripts"] }),
  );
});

test("a program of one's own is typed strictly, and builds several projects in one process", async () => {
  await execute(process.execPath, [TSC, "--pretty", "false"], { cwd: dir }).catch(
    (error: { stdout: string }) => {
      throw new Error(error.stdout);
    },
  );
  symlinkSync("../node_modules", join(dir, "out/node_modules"), "dir");
  const [server] = SERVERS;
  const env = { ...process.env, ...engineEnvironment(server!, schemaName("api")) };
  const { stdout, stderr } = await execute(process.execPath, ["out/program.js", "server"], { cwd: dir, env });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({
    done: ["pass,success", "pass,success", "pass,success"],
    engines: ["local", "local", "mysql"],
    again: ["model.one.orders"],
    tested: "pass",
    events: ["node_finished", "node_progress", "node_started", "published", "run_finished", "run_started"],
    listed: 1,
    parsed: "one",
    shown: 2,
    column: "order_id",
    planned: expect.any(Number),
    runs: 2,
    checks: true,
    types: true,
    listeners: 0,
    errors: ["SLA208", "SLA101"],
    aborted: "skipped",
    locked: ["SLA507"],
    waited: ["pass,success", "pass,success"],
  });
});

test("the guide's program does what the guide says", async () => {
  expect(blocksOf("api.md").map(({ place }) => place)).toEqual(["shop/scripts/nightly.ts"]);
  const { stdout } = await execute(process.execPath, ["out/shop/scripts/nightly.js", "shop"], { cwd: dir });
  expect(stdout).toMatch(/^sla\S*\.fct_orders success$/m);
  expect(stdout).toMatch(/^3 rows, 0 failed\n$/m);
});

test("importing the package loads no command, driver or parser", async () => {
  const folder = join(dir, "loaded");
  const env = { ...process.env, NODE_V8_COVERAGE: folder };
  await execute(process.execPath, ["--input-type=module", "-e", 'await import("sla")'], { cwd: dir, env });
  const scripts = readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), "utf8")) as { result: { url: string }[] };
    return result.map(({ url }) => url).filter((url) => url.startsWith("file:"));
  });
  const own = scripts
    .filter((url) => !url.includes("[eval"))
    .map((url) => /\/dist\/(.*)$/.exec(url)?.[1] ?? url);
  expect(own).toContain("index.js");
  const light = /^(?:index|api\/|errors\/|project\/(?:definition|relation-types))|\/fastest-levenshtein\//;
  expect(own.filter((path) => !light.test(path))).toEqual([]);
});

/** What the commands are called in the API. */
const FUNCTIONS: Record<string, (keyof typeof sla)[]> = {
  // What only a person at a shell has a use for.
  completion: [],
  help: [],
  source: ["freshness"],
  docs: ["docs"],
  tableau: ["tableau", "validateTableau"],
  generate: ["generateTypes", "generateSchema"],
  clean: ["clean", "orphans"],
};

test("every command is a function", () => {
  for (const { usage } of COMMANDS) {
    const name = [usage].flat()[0]!.split(" ")[0]!;
    for (const known of FUNCTIONS[name] ?? [name]) expect(sla).toHaveProperty(known, expect.any(Function));
  }
});
