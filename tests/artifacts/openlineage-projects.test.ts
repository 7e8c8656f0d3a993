import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/artifacts/openlineage/index.js";
import { runCommand } from "../../src/commands/index.js";
import { copyExample, onEngine } from "../examples/example-project.js";
import { writeLog } from "../examples/synthetic-log.js";
import { ENGINES, schemaName } from "../harness/engines.js";
import { copyHelpdesk } from "../helpdesk/helpdesk-copy.js";
import { eventFaults } from "./openlineage-check.js";
import { expectLineage } from "./openlineage-lineage.js";

/** The projects of this repository, with as few rows as their code takes; events of tests are tried with the small project. */
const PROJECTS = [
  { name: "helpdesk", copy: copyHelpdesk, vars: { tickets: 400 }, least: { events: 80, columns: 200 } },
  {
    name: "servicenow",
    copy: () => copyExample("servicenow"),
    vars: { log_file: "log.csv" },
    least: { events: 50, columns: 50 },
  },
];

describe.each(ENGINES)("OpenLineage events of the projects on $name", (engine) => {
  it.each(PROJECTS)("are right for $name", async ({ name, copy, vars, least }) => {
    const dir = copy();
    if (name === "servicenow") writeLog(join(dir, "log.csv"));
    // What computes in TypeScript does so alike on all engines: once is enough of it.
    const exclude = ["resource_type:test", ...(engine.type === "mysql" ? ["prediction", "eda"] : [])];
    const { args, env } = onEngine(engine, schemaName(`ol_${name}_${engine.name}`));
    const { results } = await runCommand(
      "build",
      {
        projectDir: dir,
        target: args[1],
        openlineage: "events.jsonl",
        vars,
        exclude,
      },
      { env, clock: () => new Date(), emit: () => {}, signal: new AbortController().signal },
    );
    const lines = readFileSync(join(dir, "events.jsonl"), "utf8").trimEnd().split("\n");
    expect(eventFaults(lines)).toEqual([]);
    const ran = results.filter(({ status }) => status !== "skipped");
    expect(lines).toHaveLength(2 * ran.length + 2);
    expect(lines.length).toBeGreaterThan(least.events);
    const events = lines.map((line) => JSON.parse(line) as RunEvent);
    const { compared } = await expectLineage(events, dir, [], env, args[1]);
    expect(compared).toBeGreaterThan(least.columns);
    expect(lines.join("\n")).not.toContain(dir);
  });
});
