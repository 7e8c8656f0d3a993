import { join } from "node:path";
import { expect, test } from "vitest";
import { FUNCTION_TOPICS, REFUSED_FUNCTIONS } from "../../src/sql/functions/index.js";
import { REFUSED_OPERATORS, REFUSED_WORDS, type Refusal } from "../../src/sql/not-portable.js";

const page = join(import.meta.dirname, "..", "..", "docs", "portable-sql.md");

/** Refusals with one reason share a line. */
function refusals(refused: Readonly<Record<string, Refusal>>): string {
  const lines = new Map<string, string[]>();
  for (const [name, { message, hint }] of Object.entries(refused)) {
    const why = `${message} | ${hint}`.replaceAll("||", "\\|\\|");
    lines.set(why, [...(lines.get(why) ?? []), `\`${name.replaceAll("|", "\\|")}\``]);
  }
  const rows = [...lines].map(([why, names]) => `| ${names.join(" ")} | ${why} |`);
  return ["| refused | because | instead |", "|---|---|---|", ...rows].join("\n");
}

const functions = FUNCTION_TOPICS.map(({ topic, rules }) => {
  const names = Object.keys(rules).sort();
  return `| ${topic} | ${names.map((name) => `\`${name}\``).join(" ")} |`;
});

// The page is made from the tables that the compiler uses: `npx vitest run tests/docs/portable-sql -u` writes it anew.
test("the reference of the portable SQL says what the compiler does", async () => {
  await expect(`# Portable SQL

Models are written in the part of MySQL's SQL that means the same on MySQL, MariaDB and, translated, on DuckDB. All else is refused
when a model is compiled for DuckDB, with line, column and what to write instead. A suite of some hundred queries (\`tests/parity\`)
runs on all engines and compares the rows.

## Statements

\`SELECT\` with \`WITH [RECURSIVE]\`, \`JOIN … ON\` or \`USING\`, \`WHERE\`, \`GROUP BY\` (names, numbers or aliases, \`WITH ROLLUP\`), \`HAVING\`, \`WINDOW\`,
\`ORDER BY\`, \`LIMIT\`; \`UNION\`, \`EXCEPT\`, \`INTERSECT\`; subqueries; \`CASE\`, \`IN\`, \`BETWEEN\`, \`LIKE\`, \`REGEXP\`, \`IS NULL\`, \`<=>\`; window
functions with \`PARTITION BY\`, \`ORDER BY\` and \`ROWS\` or \`RANGE\` frames; \`INTERVAL\` with one unit.

## Functions

| topic | functions |
|---|---|
${functions.join("\n")}

A function that is not on this list is an error ([SLA302](errors.md#sla302-unknown-function)), never a guess.

## Refused functions

${refusals(REFUSED_FUNCTIONS)}

## Refused words

${refusals(REFUSED_WORDS)}

## Refused operators

${refusals(REFUSED_OPERATORS)}
`).toMatchFileSnapshot(page);
});
