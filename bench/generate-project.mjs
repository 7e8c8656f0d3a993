// Writes a project of any number of models: node bench/generate-project.mjs DIR MODELS
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

const MODELS_A_FOLDER = 50;

/**
 * A project as grown ones are: a tenth of its models read sources, each of the others one to three models from before it;
 * every model has config, a variable and its own properties file with descriptions, types and tests. Two calls write the same.
 */
export function generateProject(folder, models) {
  const write = (path, text) => writeFileSync(join(folder, path), text);
  mkdirSync(join(folder, "models"), { recursive: true });
  mkdirSync(join(folder, "macros"), { recursive: true });
  write(
    "project.yml",
    `name: generated\nversion: 1.0.0\nvars:\n  currency: EUR\nmodels:\n  materialized: table\n`,
  );
  write("macros/money.sql", `{{#macro money amount}}ROUND({{amount}}, 2){{/macro}}\n`);
  const tables = Math.ceil(models / 10);
  const source = Array.from({ length: tables }, (_, at) => `      - name: ${name("raw", at)}\n`).join("");
  write("models/sources.yml", `version: 2\nsources:\n  - name: erp\n    schema: erp\n    tables:\n${source}`);
  for (let at = 0; at < models; at += 1) {
    const place = `models/area_${Math.floor(at / MODELS_A_FOLDER)}`;
    if (at % MODELS_A_FOLDER === 0) mkdirSync(join(folder, place));
    write(`${place}/${name("model", at)}.sql`, at < tables ? staging(at) : mart(at));
    write(`${place}/${name("model", at)}.yml`, properties(at));
  }
}

const name = (kind, at) => `${kind}_${String(at).padStart(5, "0")}`;

function staging(at) {
  return `{{config materialized="view"}}

SELECT
  CAST(id AS SIGNED) AS id,
  TRIM(customer) AS customer,
  {{money "amount"}} AS amount,
  '{{var "currency"}}' AS currency
FROM {{source "erp" "${name("raw", at)}"}}
WHERE id IS NOT NULL
`;
}

/** Parents are spread over all models before this one, deterministically. */
function mart(at) {
  const parents = [...new Set([at - 1, Math.floor(at * 0.62), Math.floor(at / 3)])].slice(0, 1 + (at % 3));
  const joins = parents
    .slice(1)
    .map(
      (parent, n) => `LEFT JOIN {{ref "${name("model", parent)}"}} AS p${n + 1} ON p${n + 1}.id = p0.id\n`,
    );
  return `{{config materialized="table" primary_key="id"}}

SELECT
  p0.id,
  p0.customer,
  {{money "p0.amount"}} AS amount,
  '{{var "currency"}}' AS currency
FROM {{ref "${name("model", parents[0])}"}} AS p0
${joins.join("")}WHERE p0.amount > 0
`;
}

function properties(at) {
  return `version: 2
models:
  - name: ${name("model", at)}
    description: Model ${at} of a generated project.
    columns:
      - name: id
        description: The key.
        data_type: bigint
        data_tests: [unique, not_null]
      - name: customer
        description: Who ordered.
      - name: amount
        description: What was ordered, in the project's currency.
        data_type: decimal(12,2)
      - name: currency
        description: ISO 4217.
`;
}

if (argv[1] === fileURLToPath(import.meta.url)) generateProject(argv[2], Number(argv[3]));
