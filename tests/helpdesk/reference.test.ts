import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { SYSTEMS } from "../../seeds/helpdesk/systems.js";
import { TEAMS } from "../../seeds/helpdesk/teams.js";
import { BRANCHES, DIGITAL, PRIORITIES, ROOT_CAUSES, SLA_LIMIT_HOURS } from "../../seeds/helpdesk/words.js";

function reference(name: string): Record<string, string>[] {
  const file = new URL(`../../seeds/reference/${name}.csv`, import.meta.url);
  return parse(readFileSync(file), { columns: true });
}

it("the systems of the simulation are those of the reference", () => {
  const teams = new Map(reference("teams").map((team) => [team.team_code, team.team_name]));
  const simulated = SYSTEMS.map((system) => ({
    code: system.code,
    name: system.name,
    tier: `Tier ${system.tier}`,
    team: system.team,
    transactions: String(system.transactions !== undefined),
  }));
  const referenced = reference("systems").map((system) => ({
    code: system.system_code,
    name: system.system_name,
    tier: system.criticality,
    team: teams.get(system.owner_team_code),
    transactions: system.handles_transactions,
  }));
  expect(referenced).toEqual(simulated);
});

it("so are teams, limits, regions and causes", () => {
  expect(reference("teams").map((team) => team.team_name)).toEqual(TEAMS.map((team) => team.name));
  const limits = reference("sla_policy").map((policy) => [policy.priority, Number(policy.sla_limit_hours)]);
  expect(Object.fromEntries(limits)).toEqual(SLA_LIMIT_HOURS);
  expect(limits.length).toBe(PRIORITIES.length);
  expect(reference("regions").map((region) => region.region_name)).toEqual([
    ...BRANCHES,
    DIGITAL,
    "No region",
  ]);
  expect(new Set(reference("root_causes").map((cause) => cause.root_cause_category))).toEqual(
    new Set(ROOT_CAUSES),
  );
});
