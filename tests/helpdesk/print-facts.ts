/** Prints what a generated helpdesk holds: `npx jiti tests/helpdesk/print-facts.ts [tickets] [seed]`. */
import { helpdeskOptions } from "../../seeds/helpdesk/options.js";
import { cleaned, rawTables } from "./cleaned.js";
import { facts } from "./facts.js";

const variables = { tickets: process.argv[2] ?? 10_000, seed: process.argv[3] ?? 42 };
const found = facts(cleaned(await rawTables(variables)), helpdeskOptions(variables).asOf);
const rounded = (_: string, value: unknown) =>
  typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value;
process.stdout.write(`${JSON.stringify(found, rounded, 1)}\n`);
