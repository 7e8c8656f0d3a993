import { symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runCommand } from "../../src/commands/build.js";
import { generateDocs } from "../../src/commands/docs.js";
import type { Effects } from "../../src/commands/index.js";
import type { RunResults } from "../../src/manifest/index.js";
import { emptyFolder, write } from "../functional/shop.js";
import { type Engine, engineEnvironment } from "../harness/engines.js";

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Text that would do something if it were taken for HTML or script. */
export const HOSTILE = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>`;

/** A project with something of every kind, some of which fails, and with HTML wherever text can stand. */
export function siteProject(files: Record<string, string> = {}): string {
  const dir = emptyFolder();
  write(dir, { ...FILES, ...files });
  symlinkSync(join(REPOSITORY, "node_modules"), join(dir, "node_modules"), "dir");
  return dir;
}

/** What commands touch of the world, silent. */
export function effects(env: Record<string, string> = {}): Effects {
  return { env, clock: () => new Date(), emit: () => {}, signal: new AbortController().signal };
}

/** Builds a project on an engine; whatever fails, fails. */
export function build(dir: string, engine: Engine, schema: string): Promise<RunResults> {
  return runCommand("build", options(dir, engine), effects(engineEnvironment(engine, schema)));
}

/** Writes the site; its address as a file. */
export async function generate(dir: string, engine: Engine, schema: string): Promise<string> {
  await frontEnd();
  const { folder } = await generateDocs(options(dir, engine), effects(engineEnvironment(engine, schema)));
  return pathToFileURL(join(folder, "index.html")).href;
}

function options(projectDir: string, engine: Engine) {
  return { projectDir, target: engine.type === "duckdb" ? "local" : "mysql" };
}

let bundled: Promise<void> | undefined;

/** The front end as its source is now, where `npm run build` puts it. */
export function frontEnd(): Promise<void> {
  bundled ??= import(pathToFileURL(join(REPOSITORY, "scripts/bundle-site.mjs")).href).then(({ bundleSite }) =>
    bundleSite(REPOSITORY),
  );
  return bundled;
}

const FILES: Record<string, string> = {
  "project.yml":
    "name: shop\nversion: 1.0.0\nvars:\n  least: 1\nmodels:\n  staging:\n    materialized: view\n    schema: staging\n" +
    "data_tests:\n  store_failures: true\n",
  "overview.md": `# The shop\n\nWhat it **sells**.\n\n${HOSTILE}\n\n[here](https://example.org) [there](javascript:window.pwned=1) ![x](x)\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n`,
  "seeds/raw_orders.csv": `id,amount,city\n1,10.50,Rome\n2,3.25,Oslo\n3,-1.00,"${HOSTILE.replaceAll('"', '""')}"\n`,
  "seeds/seeds.yml": "seeds:\n  - name: raw_orders\n    description: Orders as they came.\n",
  "models/staging/stg_orders.sql": 'SELECT id, amount, city\nFROM {{ref "raw_orders"}}\n',
  "models/orders.sql": `{{config materialized="table" primary_key="id"}}\n-- </script>${HOSTILE}\nSELECT id, {{cents "amount"}} AS amount, city, CAST(id AS CHAR) AS \`<b>bold</b>\`\nFROM {{ref "stg_orders"}}\n`,
  "models/cities.sql":
    '{{config materialized="table"}}\nSELECT city, SUM(amount) AS revenue\nFROM {{ref "orders"}}\nWHERE amount > 0\nGROUP BY city\n',
  "models/schema.yml": `models:
  - name: orders
    description: |
      Orders, *cleaned*. ${HOSTILE}
    meta:
      owner: "${HOSTILE.replaceAll('"', "'")}"
    config:
      tags: [nightly]
    columns:
      - name: id
        description: The key. ${HOSTILE}
        data_tests: [unique, not_null]
      - name: amount
        data_tests:
          - accepted_values:
              arguments:
                values: [10.5, 3.25]
      - name: city
        data_tests:
          - accepted_values:
              arguments:
                values: [Rome, Oslo]
              config:
                severity: warn
  - name: stg_orders
    description: Orders of any kind.
`,
  "macros/money.sql": "{{#macro cents amount}}ROUND({{amount}}, 2){{/macro}}\n",
  "models/sources.yml":
    "sources:\n  - name: erp\n    description: The old system.\n    tables:\n      - name: invoices\n        description: Bills.\n        columns:\n          - name: invoice_id\n            description: Number of the bill.\n",
};
