import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { renderErrors } from "../../src/cli/render/error.js";
import { integer, seconds } from "../../src/cli/render/number.js";
import { renderRows } from "../../src/cli/render/rows.js";
import { renderRun } from "../../src/cli/render/run.js";
import { shorten } from "../../src/cli/render/style.js";
import { countsLine } from "../../src/cli/render/summary.js";
import { SlaError, SlaErrors } from "../../src/errors/index.js";
import type { RunResult } from "../../src/manifest/index.js";
import type { RunEvent } from "../../src/run/index.js";

const pipe = new PassThrough() as unknown as NodeJS.WriteStream;

beforeAll(() => {
  process.env.NO_COLOR = "1";
});

describe("errors", () => {
  const dir = mkdtempSync(join(tmpdir(), "sla-render-"));
  writeFileSync(join(dir, "a.sql"), 'SELECT 1\nFROM {{ref "x"}}\n');
  const error = new SlaError({
    code: "SLA203",
    message: 'model "a" refers to "x", which does not exist',
    hint: 'Did you mean "y"?',
    location: { path: "a.sql", line: 2, column: 12, length: 3 },
  });

  it("say what, where with the line, and what to do", () => {
    expect(renderErrors(error, { projectDir: dir, debug: false })).toBe(
      [
        "Error SLA203 reference not found",
        '  Model "a" refers to "x", which does not exist',
        "  a.sql:2:12",
        '    2 | FROM {{ref "x"}}',
        "      |            ^^^",
        '  Hint: Did you mean "y"?',
        "",
      ].join("\n"),
    );
  });

  it("keep a path or a name at the start of the message as it is", () => {
    for (const message of ["seeds/shop.ts cannot be loaded", "order_id is declared twice"]) {
      const text = renderErrors(new SlaError({ code: "SLA107", message }), { projectDir: dir, debug: false });
      expect(text).toContain(`\n  ${message}\n`);
    }
  });

  it("are counted when there are several", () => {
    const text = renderErrors(new SlaErrors([error, error]), { projectDir: dir, debug: false });
    expect(text).toMatch(/2 errors\.\n$/);
  });

  it("that are not ours are called a fault of sla and keep their stack for --debug", () => {
    const thrown = new TypeError("x is not a function");
    expect(renderErrors(thrown, { projectDir: dir, debug: false })).toContain("SLA901");
    expect(renderErrors(thrown, { projectDir: dir, debug: true })).toContain("render.test");
  });

  it("whose file is gone still name the place", () => {
    const gone = error.at({ path: "b.sql" });
    expect(renderErrors(gone, { projectDir: "/nowhere", debug: false })).toContain("a.sql:2:12\n");
  });
});

describe("rows", () => {
  const shown = {
    title: "orders",
    columns: ["id", "city", "note"],
    rows: [
      { id: 1, city: "Rome", note: null },
      { id: 12, city: 'a "b", c', note: "line\nbreak\u001b[31m" },
    ],
    more: true,
  };

  it("as a table, numbers to the right, nothing that a terminal would obey", () => {
    expect(renderRows(shown, "table", pipe)).toBe(
      [
        "id  city      note",
        "──  ────────  ───────────────",
        " 1  Rome      NULL",
        '12  a "b", c  line break [31m',
        "first 2 rows",
        "",
      ].join("\n"),
    );
  });

  it("as JSON: rows and nothing else", () => {
    expect(JSON.parse(renderRows(shown, "json", pipe))).toEqual(shown.rows);
  });

  it("as JSON: an integer beyond 2^53 keeps its digits", () => {
    const rows = [{ n: 9_007_199_254_740_993n }, { n: 5n }];
    expect(JSON.parse(renderRows({ title: "", columns: ["n"], rows, more: false }, "json", pipe))).toEqual([
      { n: "9007199254740993" },
      { n: 5 },
    ]);
  });

  it("as CSV: quoted where needed, NULL empty", () => {
    expect(renderRows(shown, "csv", pipe)).toBe(
      'id,city,note\n1,Rome,\n12,"a ""b"", c","line\nbreak\u001b[31m"\n',
    );
  });

  it("none at all", () => {
    expect(renderRows({ title: "", columns: ["a"], rows: [], more: false }, "table", pipe)).toBe(
      "a\n─\n0 rows\n",
    );
  });
});

describe("numbers and names", () => {
  it("are grouped, timed and shortened as people read them", () => {
    expect(integer(1_234_567)).toBe("1,234,567");
    expect(seconds(0.314)).toBe("0.31s");
    expect(seconds(125)).toBe("2m 05s");
    expect(shorten("relationships_fact_orders", 11)).toBe("relat…rders");
    expect(shorten("short", 11)).toBe("short");
  });
});

describe("summary", () => {
  it("is dbt's line", () => {
    const results = ["success", "pass", "warn", "fail", "error", "skipped"].map(
      (status) => ({ status }) as RunResult,
    );
    expect(countsLine(results)).toBe("Done. PASS=2 WARN=1 ERROR=2 SKIP=1 NO-OP=0 REUSED=0 TOTAL=6");
  });
});

describe("a run", () => {
  type Finished = Extract<RunEvent, { type: "node_finished" }>;

  /** What a run with a model and so many tests prints, the last test failing. */
  function printed(tests: number, isTTY: boolean): string[] {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 100, rows: 40 });
    const stdout = stream as unknown as NodeJS.WriteStream;
    const view = renderRun({ stdout, env: {}, projectDir: "/nowhere", debug: false });
    const nodes = ["model", ...Array<string>(tests).fill("test")].map((kind, at) => ({
      unique_id: `${kind}.${at}`,
      name: `node_${at}`,
      label: `node_${at}`,
      resource_type: kind,
      materialized: kind === "model" ? "table" : "test",
      path: "models/a.sql",
    })) as unknown as Finished["node"][];
    view.on({
      type: "run_started",
      nodes,
      project: "p",
      target: "t",
      engine: "e",
      threads: 1,
    } as unknown as RunEvent);
    const ends = nodes.map((node, at) => {
      const status = at === 0 ? "success" : at === tests ? "fail" : "pass";
      const result = { unique_id: node.unique_id, status, failures: null, rows_affected: null };
      return {
        type: "node_finished",
        node,
        index: at + 1,
        result: { ...result, execution_time: 0 } as unknown as RunResult,
        error: null,
      } as Finished;
    });
    for (const end of ends) view.on(end);
    view.on({
      type: "run_finished",
      results: ends.map(({ result }) => result),
      elapsed: 1,
      interrupted: false,
    } as unknown as RunEvent);
    const text = stripVTControlCharacters(String(stream.read()));
    return text.split("\n").filter((line) => /\b(?:OK|PASS|FAIL) /.test(line));
  }

  it("lists every node and test in a pipe, and in a terminal while there are few", () => {
    expect(printed(41, false)).toHaveLength(42);
    expect(printed(40, true)).toHaveLength(41);
  });

  it("counts what passed in a terminal where there are many, and lists all else", () => {
    expect(printed(41, true).map((line) => line.replace(/\s+/g, " ").trim())).toEqual([
      "1/42 OK table node_0 0.00s",
      "42/42 FAIL test node_41 0.00s",
      "PASS 40 tests",
    ]);
  });
});
