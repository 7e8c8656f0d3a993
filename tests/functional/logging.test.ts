import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { LOG_EVENTS } from "../../src/cli/log/log-events.js";
import { type CliResult, sla } from "./cli.js";
import { shop, write } from "./shop.js";

interface Line {
  ts: string;
  level: string;
  name: keyof typeof LOG_EVENTS;
  msg: string;
  invocation_id: string;
  data: Record<string, unknown> & { node?: { unique_id: string }; status?: string };
}

const linesOf = (text: string): Line[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);

const JSON_LOG = ["--log-format", "json"];

/** What every line of every log has. */
function check(lines: readonly Line[]): void {
  for (const line of lines) {
    expect(Object.keys(line)).toEqual(["ts", "level", "name", "msg", "invocation_id", "data"]);
    expect(line.ts).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const { levels, fields } = LOG_EVENTS[line.name];
    expect(levels, line.name).toContain(line.level);
    expect(Object.keys(line.data).sort(), line.name).toEqual([...fields].sort());
  }
  expect(new Set(lines.map(({ invocation_id }) => invocation_id)).size).toBe(1);
}

describe("a build that does not go well", () => {
  const dir = shop({
    "models/schema.yml":
      "models:\n  - name: orders\n    columns:\n      - name: id\n        tests: [unique, not_null, {accepted_values: {values: [7], severity: warn}}]\n",
    "models/bad.sql": 'SELECT tops3cretvalue FROM {{ref "orders"}}\n',
  });
  const env = { SHOP_TOKEN: "tops3cretvalue" };
  let run: CliResult;
  let lines: Line[];
  beforeAll(async () => {
    run = await sla(dir, [...JSON_LOG, "build", "--log-level", "debug", "--log-path", "logs"], { env });
    lines = linesOf(run.stdout);
  });

  it("is told by JSON lines on stdout, each as documented, and by nothing else", () => {
    expect(run.code).toBe(1);
    expect(run.stderr).toBe("");
    check(lines);
    expect(lines[0]).toMatchObject({ name: "command_started", data: { command: "build" } });
    expect(lines.at(-1)).toMatchObject({ name: "command_finished", data: { exit_code: 1 } });
  });

  it("has the invocation of its artifact, and the end of every node that was begun", () => {
    const { metadata, results } = JSON.parse(readFileSync(join(dir, "target/run_results.json"), "utf8"));
    expect(lines[0]!.invocation_id).toBe(metadata.invocation_id);
    const of = (name: string) =>
      lines.filter((line) => line.name === name).map(({ data }) => data.node!.unique_id);
    expect(of("node_started").sort()).toEqual(of("node_finished").sort());
    const statuses = lines
      .filter(({ name }) => name === "node_finished")
      .map(({ data, level }) => [data.node!.unique_id, data.status, level]);
    const level: Record<string, string> = { error: "error", warn: "warn" };
    expect(statuses.sort()).toEqual(
      results
        .map((result: { unique_id: string; status: string }) => [
          result.unique_id,
          result.status,
          level[result.status] ?? "info",
        ])
        .sort(),
    );
    expect(lines.find(({ name }) => name === "run_finished")!.data.counts).toEqual({
      success: 3,
      pass: 2,
      warn: 1,
      error: 1,
    });
  });

  it("names the error with its place", () => {
    const failed = lines.find(({ level }) => level === "error")!;
    expect(failed.data.error).toMatchObject({ code: "SLA305", path: "models/bad.sql", line: 1, column: 8 });
  });

  it("names no folder of the machine and no secret", () => {
    for (const text of [dir, homedir(), "tops3cretvalue"])
      expect(run.stdout.includes(text), `finds ${text}`).toBe(false);
  });

  it("is in the file, too: every event of every run", async () => {
    const file = join(dir, "logs", "sla.log");
    expect(linesOf(readFileSync(file, "utf8"))).toEqual(lines);
    await sla(dir, ["parse"], { env: { ...env, SLA_LOG_PATH: "logs" } });
    const later = linesOf(readFileSync(file, "utf8")).slice(lines.length);
    check(later);
    expect(later.map(({ name }) => name)).toEqual(["command_started", "command_finished"]);
  });

  it("shows in text what reaches the level", async () => {
    const shown = async (...args: string[]) => {
      const { stdout, stderr, code } = await sla(dir, ["build", ...args], { env });
      expect(code).toBe(1);
      expect(stderr).toBe("");
      return [/ OK /, / WARN /, / ERROR /, /^Error SLA305/m, /^Done\. /m, / START /].map((what) =>
        what.test(stdout),
      );
    };
    expect(await shown()).toEqual([true, true, true, true, true, false]);
    expect(await shown("--log-level", "debug")).toEqual([true, true, true, true, true, true]);
    expect(await shown("--log-level", "warn")).toEqual([false, true, true, true, false, false]);
    expect(await shown("-q")).toEqual([false, false, true, true, false, false]);
    expect(await shown("--log-level", "none")).toEqual([false, false, false, false, false, false]);
  });
});

describe("a command whose output was asked for", () => {
  const dir = shop();
  write(dir, { "models/extra.yml": "models:\n  - name: gone\n    description: No such model\n" });

  it("prints it, and tells programs on stderr what there is to warn of", async () => {
    const { code, stdout, stderr } = await sla(dir, [...JSON_LOG, "ls", "--select", "orders", "nothing"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^shop\.orders\nshop\./);
    const lines = linesOf(stderr);
    check(lines);
    expect(lines.map(({ level, name }) => [level, name])).toEqual(lines.map(() => ["warn", "warning"]));
    expect(lines.some(({ msg }) => msg.includes("nothing"))).toBe(true);
  });

  it("prints it when it is to be quiet, without the warnings", async () => {
    const { stdout, stderr } = await sla(dir, ["-q", "ls", "--select", "orders", "nothing"]);
    expect(stdout).toMatch(/^shop\.orders\n/);
    expect(stderr).toBe("");
  });
});

describe("what went wrong before anything ran", () => {
  it("is an event, where a program listens", async () => {
    const dir = shop({ "models/orders.sql": 'SELECT * FROM {{ref "orderz"}}\n' });
    const { code, stdout, stderr } = await sla(dir, [...JSON_LOG, "build"]);
    expect([code, stderr]).toEqual([2, ""]);
    check(linesOf(stdout));
    expect(linesOf(stdout)).toMatchObject([
      { name: "error", level: "error", data: { code: "SLA203", path: "models/orders.sql", line: 1 } },
    ]);
    const quiet = await sla(dir, ["build", "-q"]);
    expect(quiet.stdout).toBe("");
    expect(quiet.stderr).toContain("Error SLA203");
    expect(await sla(dir, ["build", "--log-level", "none"])).toEqual({ code: 2, stdout: "", stderr: "" });
  });

  it("and what is wrong with the command line, on stderr", async () => {
    const dir = shop();
    const { code, stdout, stderr } = await sla(dir, [...JSON_LOG, "bild"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(linesOf(stderr)).toMatchObject([{ name: "error", data: { code: "SLA701" } }]);
    const folder = await sla("/", [...JSON_LOG, "parse", "--project-dir", dir, "--log-path", "project.yml"]);
    expect(folder.code).toBe(2);
    expect(linesOf(folder.stdout)).toMatchObject([{ name: "error", data: { code: "SLA112" } }]);
    expect(existsSync(join(dir, "project.yml"))).toBe(true);
  });
});

describe("colours", () => {
  const dir = shop();
  it.each([
    [["bild"], { NO_COLOR: "" }, false],
    [["bild"], { NO_COLOR: "", FORCE_COLOR: "1" }, true],
    [["bild"], { NO_COLOR: "", FORCE_COLOR: "0" }, false],
    [["bild"], { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    [["bild", "--no-color"], { NO_COLOR: "", FORCE_COLOR: "1" }, false],
    [["--use-colors", "bild"], { NO_COLOR: "1" }, true],
  ])("%j with %j", async (args, env, colored) => {
    const { stderr } = await sla(dir, args, { env });
    expect(stderr).toContain("SLA701");
    expect(stderr.includes("\u001b[")).toBe(colored);
  });
});
