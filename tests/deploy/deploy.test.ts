import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { COMMANDS } from "../../src/cli/command-table.js";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(join(REPOSITORY, path), "utf8");
const GLOBAL = ["project-dir", "log-format", "log-level", "log-path", "quiet"];

/** What a command line of sla says that there is not. */
function unknownIn(words: readonly string[]): string[] {
  const [name, ...rest] = words;
  const command = COMMANDS.find(({ usage }) => [usage].flat().some((one) => one.split(" ")[0] === name));
  if (command === undefined) return [`sla ${name}`];
  const known = new Set([...Object.keys(command.options), ...GLOBAL]);
  return rest
    .filter((word) => word.startsWith("--"))
    .map((word) => word.slice(2))
    .filter((option) => !known.has(option));
}

/** The command lines of sla in a text, as lists of words without `sla`. */
function commandsIn(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .flatMap((line) => [
      ...line.matchAll(
        /(?:^|[\s"(])(?:npx )?sla ((?:build|run|test|seed|snapshot|retry|parse|call|docs|source|clean)\b[^"'&|>;]*)/g,
      ),
    ])
    .map((found) => found[1]!.trim().split(/\s+/));
}

interface Compose {
  services: Record<
    string,
    {
      command?: string[];
      healthcheck?: { test: string[] };
      depends_on?: Record<string, { condition: string }>;
      volumes: string[];
    }
  >;
  volumes: Record<string, null>;
}

describe("what is deployed", () => {
  it("copies what there is into the image, which is no root's", () => {
    const text = read("deploy/Dockerfile").replaceAll("\\\n", " ");
    const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const names = new Set(["FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "ENTRYPOINT", "CMD"]);
    expect(lines.filter((line) => !names.has(line.split(" ")[0]!))).toEqual([]);
    for (const line of lines.filter((line) => line.startsWith("COPY") && !line.includes("--from="))) {
      const sources = line
        .split(" ")
        .slice(1, -1)
        .filter((word) => !word.startsWith("--"));
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) expect(existsSync(join(REPOSITORY, source)), source).toBe(true);
    }
    expect(
      lines.filter((line) => line.startsWith("FROM")).every((line) => /^FROM node:22-slim/.test(line)),
    ).toBe(true);
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    for (const [, script] of text.matchAll(/npm run (\w+)/g)) expect(scripts).toHaveProperty(script!);
    expect(lines.indexOf("USER node")).toBeGreaterThan(0);
    expect(lines.indexOf("USER node")).toBeLessThan(lines.indexOf('ENTRYPOINT ["sla"]'));
  });

  it("waits in compose until the server is healthy, and keeps no password", () => {
    const text = read("deploy/compose.yml");
    const { services, volumes } = parse(text) as Compose;
    expect(services.sla!.depends_on).toEqual({ mysql: { condition: "service_healthy" } });
    expect(services.mysql!.healthcheck!.test[0]).toBe("CMD-SHELL");
    expect(unknownIn(services.sla!.command!)).toEqual([]);
    const named = Object.values(services).flatMap(({ volumes }) => volumes.map((one) => one.split(":")[0]!));
    for (const name of named)
      expect(
        name.startsWith(".") ? existsSync(join(REPOSITORY, "deploy", name)) : name in volumes,
        name,
      ).toBe(true);
    for (const [, value] of text.matchAll(/PASSWORD: (.*)/g)) expect(value).toMatch(/^\$\{\w+:\?/);
    execFileSync("sh", ["-n", join(REPOSITORY, "deploy/mysql/accounts.sh")]);
  });

  it("says to sla only what it knows", () => {
    const files = [
      "examples/ci/github-actions.yml",
      "deploy/cron/sla-nightly.sh",
      "deploy/airflow/sla_dag.py",
      "docs/deploy.md",
    ];
    for (const file of files) {
      const commands = commandsIn(read(file));
      expect(commands.length, file).toBeGreaterThan(0);
      expect({ file, unknown: commands.flatMap(unknownIn) }).toEqual({ file, unknown: [] });
    }
    expect(unknownIn(["build", "--no-such", "x"])).toEqual(["no-such"]);
    expect(unknownIn(["bild"])).toEqual(["sla bild"]);
  });

  it("is a workflow that GitHub would take", () => {
    const { jobs, on } = parse(read("examples/ci/github-actions.yml")) as {
      on: object;
      jobs: Record<string, { "runs-on": string; steps: { uses?: string; run?: string }[] }>;
    };
    expect(Object.keys(on)).toEqual(["push", "pull_request"]);
    for (const { steps, "runs-on": machine } of Object.values(jobs)) {
      expect(machine).toBe("ubuntu-latest");
      expect(steps.every(({ uses, run }) => (uses === undefined) !== (run === undefined))).toBe(true);
      for (const { run } of steps)
        if (run !== undefined) execFileSync("sh", ["-n", "-c", run.replace(/\$\{\{.*?\}\}/g, "x")]);
    }
  });
});

const FILES = {
  "seeds/raw_orders.csv": "id,amount\n1,10\n2,5\n",
  "models/orders.sql": '{{config materialized="table"}}\nSELECT id, amount FROM {{ref "raw_orders"}}\n',
  "models/schema.yml": "models:\n  - name: orders\n    columns:\n      - { name: id, tests: [unique] }\n",
};
const FAILING = { "tests/no_orders.sql": 'SELECT id FROM {{ref "orders"}}\n' };

describe("the recipes", () => {
  it("for Airflow and Dagster compile, and read the artifacts of a run", async () => {
    for (const file of ["sla_artifacts.py", "airflow/sla_dag.py", "dagster/sla_assets.py"])
      execFileSync("python3", [
        "-c",
        "import ast,sys; ast.parse(open(sys.argv[1]).read())",
        join(REPOSITORY, "deploy", file),
      ]);
    const house = new Warehouse(ENGINES[0]!, "deploy", { ...FILES, ...FAILING });
    await house.run("build");
    const script = `import json, sys
sys.path.insert(0, sys.argv[1]); sys.dont_write_bytecode = True
import sla_artifacts as a
t = sys.argv[2]
print(json.dumps([a.problems(t), {o.unique_id: o.status for o in a.outcomes(t)}, a.graph(t), a.name_of("model.shop.orders")]))`;
    const said = execFileSync(
      "python3",
      ["-c", script, join(REPOSITORY, "deploy"), join(house.dir, "target")],
      { encoding: "utf8" },
    );
    const [problems, statuses, graph, name] = JSON.parse(said) as [
      string[],
      Record<string, string>,
      object,
      string,
    ];
    expect(problems).toEqual([expect.stringMatching(/^test\.shop\.no_orders: .*2/)]);
    expect(statuses).toMatchObject({ "model.shop.orders": "success", "test.shop.no_orders": "fail" });
    expect(graph).toEqual({ "model.shop.orders": ["seed.shop.raw_orders"], "seed.shop.raw_orders": [] });
    expect(name).toBe("orders");
  });

  it("for cron says by its exit code how the night went, and runs once at a time", async () => {
    const house = new Warehouse(ENGINES[0]!, "cron", FILES);
    mkdirSync(join(house.dir, "bin"));
    symlinkSync(join(REPOSITORY, "bin/sla.js"), join(house.dir, "bin/sla"));
    const script = join(REPOSITORY, "deploy/cron/sla-nightly.sh");
    const env = { ...process.env, PATH: `${join(house.dir, "bin")}:${process.env.PATH}` };
    const night = () => spawnSync(script, [house.dir], { env, encoding: "utf8" });
    expect(night()).toMatchObject({ status: 0, stdout: "", stderr: "" });
    house.write(FAILING);
    const failed = night();
    expect(failed).toMatchObject({ status: 1, stdout: expect.stringContaining("no_orders") });
    const holder = spawn(
      "flock",
      [join(house.dir, "target/nightly.lock"), "sh", "-c", "echo held; sleep 60"],
      {
        stdio: ["ignore", "pipe", "ignore"],
        detached: true,
      },
    );
    await new Promise((done) => holder.stdout.once("data", done));
    expect(night().status).toBe(75);
    process.kill(-holder.pid!);
    expect(spawnSync(script, [join(house.dir, "nowhere")], { env }).status).toBe(2);
  });
});
