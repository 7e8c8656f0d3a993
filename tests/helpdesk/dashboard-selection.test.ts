import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { sla } from "../functional/cli.js";
import { copyHelpdesk } from "./helpdesk-copy.js";

let dir: string;
beforeAll(() => {
  dir = copyHelpdesk();
});

async function list(...select: string[]): Promise<string[]> {
  const listed = await sla(dir, ["ls", "--select", ...select, "--output", "json"]);
  expect(listed.code, listed.stderr).toBe(0);
  const nodes = listed.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { name: string; resource_type: string });
  return nodes.map(({ name, resource_type: type }) => `${type} ${name}`).sort();
}

it("a dashboard's exposure selects what the dashboard needs, and nothing else", async () => {
  const read = (name: string) => parse(readFileSync(join(dir, "models/marts", name), "utf8"));
  const metrics = new Map<string, string>(
    read("metrics.yml").metrics.map(({ name, model }: { name: string; model: string }) => [name, model]),
  );
  const [dashboard] = read("dashboards.yml").dashboards;
  expect(dashboard.name).toBe("service_overview");
  // Whatever names a metric or a model, wherever it stands in the dashboard.
  const named = [...JSON.stringify(dashboard).matchAll(/"([\w() ']+)"/g)].map(([, text]) => text!);
  const marts = new Set(named.flatMap((text) => /ref\('(\w+)'\)/.exec(metrics.get(text) ?? text)?.[1] ?? []));
  expect([...marts].sort()).toEqual(["mart_breach_alerts", "mart_ticket_flow", "mart_tickets"]);

  const tables = (all: string[]) => all.filter((one) => /^(model|seed|snapshot|procedure|source) /.test(one));
  const selected = await list("+exposure:service_overview");
  expect(tables(selected)).toEqual(tables(await list(...[...marts].map((name) => `+${name}`))));
  expect(selected).not.toContain("model mart_system_day");
  expect(selected).toContain("model fact_tickets");
}, 60_000);
