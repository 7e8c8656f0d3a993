import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

const folders: string[] = [];

/** A folder that is removed when this test file has ended. */
export function emptyFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "sla-shop-"));
  folders.push(dir);
  return dir;
}

/** Writes files into a project, over what it has. */
export function write(dir: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

/** A small project that builds on every engine, with some of its files replaced. */
export function shop(files: Record<string, string> = {}): string {
  const dir = emptyFolder();
  write(dir, {
    "project.yml":
      "name: shop\nversion: 1.0.0\n\nmodels:\n  staging:\n    materialized: view\n    schema: staging\n",
    "seeds/raw_orders.csv": "id,amount,city\n1,10.50,Rome\n2,3.25,Oslo\n",
    "models/staging/stg_orders.sql": 'SELECT id, amount, city\nFROM {{ref "raw_orders"}}\n',
    "models/orders.sql":
      '{{config materialized="table" primary_key="id"}}\nSELECT id, amount\nFROM {{ref "stg_orders"}}\n',
    "models/schema.yml":
      "models:\n  - name: orders\n    columns:\n      - name: id\n        tests: [unique, not_null]\n",
    ...files,
  });
  return dir;
}

afterAll(() => {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true });
});
