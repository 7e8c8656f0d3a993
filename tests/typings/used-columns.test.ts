import { copyFileSync, cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { generateTypes } from "../../src/commands/generate-types.js";
import { copyExample } from "../examples/example-project.js";
import { scratchFolder } from "../harness/engines.js";
import { writeProject } from "../harness/project.js";
import { copyHelpdesk } from "../helpdesk/helpdesk-copy.js";
import { readText } from "./generated.js";
import { typeErrors } from "./typescript-check.js";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const INCLUDE = ["models", "seeds", "macros", "sla-types.d.ts"];

/** tsc takes as long as the machine lets it. */
vi.setConfig({ testTimeout: 300_000 });

const effects = {
  env: {},
  clock: () => new Date(),
  emit: (event: object) => expect(event).not.toMatchObject({ type: "warning" }),
  signal: new AbortController().signal,
};

/** Where a text stands in a file of a project. */
function lineOf(dir: string, path: string, text: string): string {
  const lines = readFileSync(join(dir, path), "utf8").split("\n");
  const at = lines.findIndex((line) => line.includes(text));
  if (at === -1) throw new Error(`${path} has no ${text}`);
  return `${path}:${at + 1}`;
}

function edit(dir: string, path: string, text: string, by: string): void {
  const before = readFileSync(join(dir, path), "utf8");
  if (!before.includes(text)) throw new Error(`${path} has no ${text}`);
  writeFileSync(join(dir, path), before.replace(text, by));
}

test("the helpdesk's declarations are up to date; tsc names the model and line that used a column which is gone or changed", async () => {
  const projectDir = copyHelpdesk();
  copyFileSync(join(REPOSITORY, "sla-types.d.ts"), join(projectDir, "sla-types.d.ts"));
  const before = await generateTypes({ projectDir, check: true }, effects);
  expect(before).toMatchObject({ path: "sla-types.d.ts", upToDate: true, changed: [] });
  expect(before.columns).toBeGreaterThan(400);

  const features = "models/prediction/breach_features.sql";
  edit(
    projectDir,
    features,
    /,\n[^\n]*AS hours_left/.exec(readFileSync(join(projectDir, features), "utf8"))![0],
    "",
  );
  edit(projectDir, features, "known.is_overdue,", "CAST(known.is_overdue AS CHAR) AS is_overdue,");
  const stale = await generateTypes({ projectDir, check: true }, effects);
  expect(stale).toMatchObject({
    upToDate: false,
    changed: [
      "breach_features.hours_left: number | null → absent",
      "breach_features.is_overdue: number | null → string | null",
    ],
  });
  expect(readText(projectDir)).toBe(readText(REPOSITORY));

  await generateTypes({ projectDir }, effects);
  const found = typeErrors(projectDir, INCLUDE);
  const scores = "models/prediction/breach/scores.ts";
  expect(found.every((line) => line.startsWith(`${scores}:`))).toBe(true);
  expect(found).toContain(
    `${lineOf(projectDir, scores, "ticket.is_overdue === 1")} This comparison appears to be unintentional because the types 'string | null' and 'number' have no overlap.`,
  );
  expect(found).toContain(
    `${lineOf(projectDir, scores, "open.select(LISTED)")} No overload matches this call.`,
  );
});

const SHOP = {
  "project.yml": "name: shop\n",
  "seeds/orders.csv": "id,amount,city\n1,10.5,Rome\n",
  "models/sizes.sql": 'SELECT id, amount, UPPER(city) AS city FROM {{ref "orders"}}\n',
  "models/reader.ts": `import { defineModel, type RefRow } from "sla";

export default defineModel({
  refs: ["sizes"],
  columns: { id: "int", city: "text" },
  async *run({ ref }) {
    const sizes = ref("sizes");
    for await (const row of sizes.rows()) {
      yield { id: row.id, city: row.city };
    }
    for await (const { city } of sizes.rows(["city"])) yield { id: 0, city };
    await sizes.query().select("city").where("city", "=", "ROME").execute();
    const table = await sizes.table();
    const first: string | null = table.get("city", 0);
    table.groupby("city").count();
    const claimed: RefRow<"sizes", "city">[] = await ref<{ city: string | null }>("sizes").all();
    yield { id: claimed.length, city: first };
  },
});
`,
};

test("every way to use a column is seen, and a name that is none", async () => {
  const projectDir = await writeProject(SHOP);
  const include = ["models", "sla-types.d.ts"];
  await generateTypes({ projectDir }, effects);
  expect(typeErrors(projectDir, include)).toEqual([]);

  edit(projectDir, "models/sizes.sql", ", UPPER(city) AS city", "");
  expect(await generateTypes({ projectDir }, effects)).toMatchObject({
    changed: ["sizes.city: string | null → absent"],
  });
  const at = (found: string[]) => new Set(found.map((line) => line.replace(/ .*/, "")));
  expect(at(typeErrors(projectDir, include))).toEqual(
    new Set([9, 11, 12, 14, 15, 16].map((line) => `models/reader.ts:${line}`)),
  );

  edit(projectDir, "models/sizes.sql", "SELECT id, amount", "SELECT id, amount, LENGTH(city) AS city");
  await generateTypes({ projectDir }, effects);
  edit(projectDir, "models/reader.ts", 'refs: ["sizes"]', 'refs: ["size"]');
  const found = typeErrors(projectDir, include);
  expect(at(found)).toEqual(new Set([4, 12, 14, 16].map((line) => `models/reader.ts:${line}`)));
  expect(found[0]).toBe(
    `models/reader.ts:4 Type '"size"' is not assignable to type '"orders" | "reader" | "sizes"'. Did you mean '"sizes"'?`,
  );
});

test("without generated types any name and any claim is taken", async () => {
  const projectDir = await writeProject({
    ...SHOP,
    "models/reader.ts": `import { defineModel } from "sla";
export default defineModel({
  refs: ["whatever"], sources: ["some.where"],
  async *run({ ref, source }) {
    yield* ref("whatever").rows(["a", "b"]);
    yield* ref<{ id: number }>("whatever").rows(["id"]);
    yield* source("some", "where").rows();
    yield* source<{ id: number }>("some", "where").rows(["id"]);
    (await ref("whatever").table()).groupby("city").count().get("count", 0);
  },
});
`,
  });
  expect(typeErrors(projectDir, ["models"])).toEqual([]);
});

test("the example's declarations are up to date", async () => {
  const projectDir = copyExample("servicenow");
  copyFileSync(join(REPOSITORY, "examples/servicenow/sla-types.d.ts"), join(projectDir, "sla-types.d.ts"));
  expect(await generateTypes({ projectDir, check: true }, effects)).toMatchObject({
    upToDate: true,
    changed: [],
  });
});

test("so are those of the project that sla init makes, and its models fit them", async () => {
  const projectDir = mkdtempSync(join(scratchFolder(), "template-"));
  cpSync(join(REPOSITORY, "templates/shop"), projectDir, { recursive: true });
  expect(await generateTypes({ projectDir, check: true }, effects)).toMatchObject({
    upToDate: true,
    changed: [],
  });
  expect(typeErrors(projectDir, ["models", "sla-types.d.ts"])).toEqual([]);
});
