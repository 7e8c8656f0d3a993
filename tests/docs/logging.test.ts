import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LOG_EVENTS } from "../../src/cli/log/log-events.js";

const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "logging.md"), "utf8");

test("the page has every event with its levels and data, and no other", () => {
  const table = page.slice(page.indexOf("| name | level |"));
  const rows = [...table.matchAll(/^\| `(\w+)` \| ([\w, ]+) \| .* \|([^|]*)\|$/gm)].map(
    ([, name, levels, data]) => [
      name,
      levels!.split(", "),
      [...data!.matchAll(/`(\w+)`/g)].map((match) => match[1]),
    ],
  );
  const events = Object.entries(LOG_EVENTS).map(([name, { levels, fields }]) => [name, levels, fields]);
  expect(rows.sort()).toEqual(events.sort());
});
