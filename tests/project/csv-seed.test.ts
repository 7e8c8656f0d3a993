import { describe, expect, it } from "vitest";
import { formatColumnType, type SeedNode, type Value } from "../../src/manifest/index.js";
import { readCsv } from "../../src/project/index.js";
import { parseProject } from "../harness/project.js";

async function seed(csv: string, properties = "") {
  const { project, manifest } = await parseProject({
    "seeds/data.csv": csv,
    ...(properties && { "seeds/data.yml": properties }),
  });
  return readCsv(project, manifest.nodes["seed.shop.data"] as SeedNode);
}

async function read(
  csv: string,
  properties?: string,
): Promise<{ types: Record<string, string>; rows: Value[][] }> {
  const { columns, rows } = await seed(csv, properties);
  const all: Value[][] = [];
  for await (const batch of rows()) all.push(...batch);
  return {
    types: Object.fromEntries(columns.map(({ name, type }) => [name, formatColumnType(type)])),
    rows: all,
  };
}

describe("the type of a CSV column", () => {
  it.each<[string, string[], string, Value[]]>([
    ["whole numbers", ["1", "-20", " 3 "], "bigint", [1, -20, 3]],
    ["leading zeros are lost, as in dbt", ["00123"], "bigint", [123]],
    ["numbers beyond a double keep their digits", ["9007199254740993"], "bigint", [9007199254740993n]],
    ["whole numbers beyond 64 bits", ["123456789012345678901"], "decimal(21,0)", ["123456789012345678901"]],
    ["decimals", ["1", "2.50", ".5", "-1234567.125"], "decimal(10,3)", [1, 2.5, 0.5, -1234567.125]],
    ["numbers with an exponent", ["1e3", "2"], "double", [1000, 2]],
    ["dates", ["2026-02-28", ""], "date", ["2026-02-28", null]],
    ["a day that is not in the calendar", ["2026-02-30"], "varchar(16)", ["2026-02-30"]],
    ["times of a day", ["2026-02-28 10:20:30"], "datetime", ["2026-02-28 10:20:30"]],
    [
      "ISO times, in UTC",
      ["2026-02-28T10:20:30Z", "2026-02-28T10:20:30.25+02:00"],
      "datetime(6)",
      ["2026-02-28 10:20:30", "2026-02-28 08:20:30.25"],
    ],
    [
      "dates among times",
      ["2026-02-28", "2026-03-01 01:02:03"],
      "datetime",
      ["2026-02-28 00:00:00", "2026-03-01 01:02:03"],
    ],
    ["truth", ["true", "FALSE"], "boolean", [1, 0]],
    ["yes and no are text", ["yes", "no"], "varchar(16)", ["yes", "no"]],
    ["text keeps its blanks", [" a ", "b"], "varchar(16)", [" a ", "b"]],
    ["long text", ["x".repeat(40), "y".repeat(300)], "varchar(500)", ["x".repeat(40), "y".repeat(300)]],
    ["nothing at all", ["", "null"], "bigint", [null, null]],
    ["null in any case, in text too", ["a", "NULL", " null ", ""], "varchar(16)", ["a", null, null, null]],
  ])("%s", async (_what, fields, type, values) => {
    const { types, rows } = await read(`key,v\n${fields.map((field) => `k,"${field}"`).join("\n")}\n`);
    expect({ type: types.v, values: rows.map((row) => row[1]) }).toEqual({ type, values });
  });

  it("is the declared one, which forces text to be read as text", async () => {
    const { types, rows } = await read(
      "zip,city,rate\n00123,null,1.10\n",
      "seeds:\n  - name: data\n    config: {column_types: {zip: varchar(5)}}\n    columns: [{name: rate, data_type: 'decimal(6,3)'}]\n",
    );
    expect(types).toEqual({ zip: "varchar(5)", city: "bigint", rate: "decimal(6,3)" });
    expect(rows).toEqual([["00123", null, 1.1]]);
  });
});

describe("a CSV file", () => {
  it("may have a byte order mark, another delimiter, quotes, line breaks in quotes and blank lines", async () => {
    const csv = '\uFEFFid;text\r\n1;"a;b ""c"""\r\n\r\n2;"two\nlines"\r\n';
    const { types, rows } = await read(csv, "seeds:\n  - name: data\n    config: {delimiter: ';'}\n");
    expect(types).toEqual({ id: "bigint", text: "varchar(16)" });
    expect(rows).toEqual([
      [1, 'a;b "c"'],
      [2, "two\nlines"],
    ]);
  });

  it("comes in batches", async () => {
    const { rows } = await seed(`id\n${Array.from({ length: 4500 }, (_, at) => at).join("\n")}\n`);
    const sizes: number[] = [];
    for await (const batch of rows()) sizes.push(batch.length);
    expect(sizes).toEqual([2000, 2000, 500]);
  });

  it.each<[string, string, { message: string; line: number; hint?: string }, string?]>([
    [
      "with a field too many",
      "id,city\n1,Rome\n2,Oslo,Norway\n",
      {
        message: "the row has 3 fields, the header has 2",
        line: 3,
        hint: 'A field that contains the delimiter "," must stand in double quotes.',
      },
    ],
    [
      "with a field too few",
      'id,city\n1,"Ro\nme"\n\n3\n',
      { message: "the row has 1 field, the header has 2", line: 5 },
    ],
    [
      "with a quote that is never closed",
      'id,city\n1,"Rome\n2,Oslo\n',
      { message: "a quoted field is never closed", line: 2 },
    ],
    [
      "without a line",
      "",
      { message: "the file is empty", line: 1, hint: "The first line names the columns." },
    ],
    ["with a column twice", "id,ID\n1,2\n", { message: 'there are two columns "ID"', line: 1 }],
    ["with a column without a name", "id,\n1,2\n", { message: "column 2 has no name", line: 1 }],
    [
      "with a value that does not fit its declared type",
      "id,amount\n1,2.50\n2,many\n",
      {
        message: 'column "amount" expects a number, found "many"',
        line: 3,
        hint: "Correct the value, or declare another type under column_types.",
      },
      "{amount: 'decimal(6,2)'}",
    ],
    [
      "with a value that is too long for its declared type",
      "id,code\n1,abcdef\n",
      { message: 'column "code" expects varchar(5), found "abcdef"', line: 2 },
      "{code: varchar(5)}",
    ],
    [
      "with a number that is too large for its declared type",
      "id\n1\n300\n",
      { message: 'column "id" expects tinyint, -128 to 127, found "300"', line: 3 },
      "{id: tinyint}",
    ],
    [
      "with a declared column that it does not have",
      "id\n1\n",
      {
        message: 'a type is declared for "Id", which is no column of the file',
        line: 1,
        hint: "Columns are id.",
      },
      "{Id: bigint}",
    ],
  ])("%s is refused with its line", async (_what, csv, { message, line, hint }, types) => {
    const properties =
      types === undefined ? undefined : `seeds:\n  - name: data\n    config: {column_types: ${types}}\n`;
    await expect(read(csv, properties)).rejects.toMatchObject({
      code: "SLA108",
      message,
      location: { path: "seeds/data.csv", line },
      ...(hint !== undefined && { hint }),
    });
  });
});
