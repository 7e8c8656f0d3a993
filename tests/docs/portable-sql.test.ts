import { join } from "node:path";
import { expect, test } from "vitest";
import { FUNCTION_TOPICS, REFUSED_FUNCTIONS } from "../../src/sql/functions/index.js";
import { lint } from "../../src/sql/index.js";
import { REFUSED_OPERATORS, REFUSED_WORDS, type Refusal } from "../../src/sql/not-portable.js";
import { REFUSED_CASES } from "../parity/cases/refused.js";

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

/** What is refused by the way it is written: one example each, with what the compiler says of it. */
async function constructs(): Promise<string> {
  const listed = [REFUSED_FUNCTIONS, REFUSED_WORDS, REFUSED_OPERATORS].flatMap((table) =>
    Object.values(table).map(({ hint }) => hint),
  );
  const rows: string[] = [];
  for (const { sql, code } of Object.values(REFUSED_CASES)) {
    const [error] = await lint(sql);
    if (code !== "SLA303" || sql.includes("\n") || listed.includes(error?.hint ?? "")) continue;
    const cells = [`\`\` ${sql} \`\``, error?.message, error?.hint].map((cell) =>
      String(cell).replaceAll("|", "\\|"),
    );
    rows.push(`| ${cells.join(" | ")} |`);
  }
  return ["| refused | because | instead |", "|---|---|---|", ...rows].join("\n");
}

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

## Refused by how they are written

${await constructs()}

## What a query may rely on

- Text is equal without regard to case and accents (\`A = á\`, \`ß = ss\`), trailing blanks count; it is ordered by the Unicode collation
  algorithm, on all engines.
- A truth value is 1, 0 or NULL wherever its value is used: \`SUM(a > b)\`, \`AVG(closed_at IS NULL)\`.
- Quotients and averages of whole numbers and decimals are exact to 12 decimals and rounded half away from zero; \`NULL\` sorts first.
- Days, weeks, months and the eight modes of \`WEEK\` are MySQL's; a date moved by days or more stays a date.
- A column without alias is called what MySQL calls it: its text.

## What no compiler can see

- A regular expression ignores case on all engines, but \`\\\\d\` and \`\\\\w\` know other scripts on MySQL only.
- Which of several equal spellings a group shows (\`GROUP BY category\` with \`VPN\` and \`vpn\`), and the order of ties: say \`UPPER(…)\`, order by a key.
- \`LIMIT\` without a total \`ORDER BY\`: each engine has its own first rows.
- A column of type \`DOUBLE\` divided or averaged keeps 12 decimals on DuckDB, and its ties are binary: prefer \`DECIMAL\`.
- \`STR_TO_DATE\` of an impossible date (30 February) is NULL on MySQL and DuckDB, a date on MariaDB that no table takes.
- \`ROW_NUMBER()\`, \`RANK()\`, bit operators and \`CAST(… AS UNSIGNED)\` are unsigned on MySQL: a difference below zero is an error there.
- Text of JSON objects and arrays is spaced as each engine likes: read scalars with \`JSON_UNQUOTE(JSON_EXTRACT(…))\`.
- Text from a recursive CTE is as wide as its first row on the servers: start with \`CAST(name AS CHAR(500))\`.
`).toMatchFileSnapshot(page);
});
