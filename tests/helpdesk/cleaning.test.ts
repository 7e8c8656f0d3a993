import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { sla } from "../functional/cli.js";
import { copyHelpdesk } from "./helpdesk-copy.js";

/** A step of the cleaning, left out by a change to the project, and the tests that must notice. */
interface Step {
  file: string;
  from: string;
  to: string;
  failing: string[];
}

/** Steps that different tests look after are left out together: a build is not cheap. */
const LEFT_OUT: Record<string, Step>[] = [
  {
    "restoring of case": {
      file: "macros/cleaning.sql",
      from: "CONCAT(UPPER(SUBSTRING(TRIM({{value}}), 1, 1)), LOWER(SUBSTRING(TRIM({{value}}), 2)))",
      to: "TRIM({{value}})",
      failing: ["staging_has_one_spelling"],
    },
    "restoring of names": {
      file: "models/staging/stg_ticket_ownership.sql",
      from: 'CONCAT({{capitalised "first_name"}}, \' \', {{capitalised "last_name"}})',
      to: "TRIM(assigned_engineer)",
      failing: ["ownership_has_one_spelling"],
    },
    "one spelling of yes": {
      file: "macros/cleaning.sql",
      from: "WHEN 'Y' THEN 1",
      to: "",
      failing: ["breach_flag_agrees_with_policy", "not_null_stg_ticket_ownership_is_repeat_incident"],
    },
    "choice of the latest state": {
      file: "models/staging/stg_tickets.sql",
      from: "THEN 0 ELSE 1 END",
      to: "THEN 1 ELSE 0 END",
      failing: ["resolution_is_closed_minus_created"],
    },
  },
  {
    "trimming of text": {
      file: "macros/cleaning.sql",
      from: "NULLIF(TRIM(REPLACE({{value}}, '  ', ' ')), '')",
      to: "NULLIF({{value}}, '')",
      failing: [
        "staging_has_no_stray_spaces",
        "not_null_stg_tickets_system_code",
        "not_null_stg_ticket_ownership_team_code",
      ],
    },
    "removal of repeated rows": {
      file: "models/staging/stg_tickets.sql",
      from: "WHERE version = 1",
      to: "",
      failing: ["staging_loses_no_ticket", "unique_stg_tickets_ticket_id"],
    },
    "one spelling of Email": {
      file: "models/staging/stg_tickets.sql",
      from: "REPLACE(channel, '-', '')",
      to: "channel",
      failing: ["accepted_values_stg_tickets_channel", "staging_has_one_spelling"],
    },
  },
];

let dir: string;
beforeAll(() => {
  dir = copyHelpdesk();
});

async function failures(): Promise<string[]> {
  // Tests run apart from the build: in it, the first that fails keeps the rest from running.
  const vars = ["--vars", "tickets: 2000"];
  await sla(dir, ["seed", ...vars]);
  // Published are the views, too, on which a table fails that cannot hold what they let through.
  await sla(dir, ["run", "--publish", "passed", ...vars]);
  const { code, stdout, stderr } = await sla(dir, ["test", ...vars]);
  expect(code, stdout + stderr).toBe(1);
  return [...stdout.matchAll(/FAIL +test +(\S+)/g)].map((match) => match[1]!);
}

it.each(LEFT_OUT.map((steps) => [Object.keys(steps).join(", "), steps] as const))(
  "without %s, tests fail",
  async (_, steps) => {
    const originals = new Map<string, string>();
    for (const { file, from, to } of Object.values(steps)) {
      const path = join(dir, file);
      const text = readFileSync(path, "utf8");
      if (!originals.has(path)) originals.set(path, text);
      expect(text).toContain(from);
      writeFileSync(path, text.replace(from, to));
    }
    try {
      const found = await failures();
      for (const name of Object.values(steps).flatMap((step) => step.failing)) {
        expect(
          found.some((test) => test.startsWith(name)),
          `${name} should be among ${found.join(" ")}`,
        ).toBe(true);
      }
    } finally {
      for (const [path, text] of originals) writeFileSync(path, text);
    }
  },
  180_000,
);
