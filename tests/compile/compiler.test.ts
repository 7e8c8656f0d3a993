import { describe, expect, it } from "vitest";
import type { CompileContext } from "../../src/compile/index.js";
import type { LoadOptions } from "../../src/project/index.js";
import { compilerFor, type ProjectFiles, parseProject } from "../harness/project.js";

const BASE: ProjectFiles = {
  "project.yml":
    "name: shop\nvars: {limit: 5, word: it's, items: [a, b], nothing: null}\nmodels: {staging: {schema: staging}}\n",
  "models/staging/stg_orders.sql": "select 1 as id",
  "models/sources.yml":
    "sources:\n  - name: crm\n    schema: crm_raw\n    tables: [{name: people, identifier: 'odd`name'}]\n",
};

/** What a model's text comes to. */
async function rendered(
  text: string,
  files: ProjectFiles = {},
  context: Partial<CompileContext> = {},
  options: Partial<LoadOptions> = {},
): Promise<string> {
  const parsed = await parseProject({ ...BASE, ...files, "models/a.sql": text }, options);
  return compilerFor(parsed, context).compile(parsed.manifest.nodes["model.shop.a"] as never).code;
}

describe("a template", () => {
  it.each<[string, string, string]>([
    ["relations are quoted and qualified", '{{ref "stg_orders"}}', "`sla_staging`.`stg_orders`"],
    ["the package may be named", '{{ref "shop" "stg_orders"}}', "`sla_staging`.`stg_orders`"],
    ["sources have their own schema and identifier", "{{source 'crm' 'people'}}", "`crm_raw`.`odd``name`"],
    ["this is the model itself", "{{this}}", "`sla`.`a`"],
    ["variables are raw text", "{{var 'limit'}} {{var 'word'}}", "5 it's"],
    ["a default for a variable", "{{var 'unset' 'x'}} {{var 'unset' 3}}", "x 3"],
    ["null is nothing", "[{{var 'nothing'}}]", "[]"],
    [
      "literals are SQL",
      "{{literal (var 'word')}} {{literal (var 'limit')}} {{literal (var 'nothing')}}",
      "'it''s' 5 NULL",
    ],
    ["a literal of a list goes into IN", "in ({{literal (var 'items')}})", "in ('a', 'b')"],
    ["backslashes are escaped as MySQL reads them", "{{literal 'a\\b'}}", "'a\\\\b'"],
    ["truth", "{{literal true}} {{literal false}}", "TRUE FALSE"],
    ["the target", "{{target.type}} {{target.name}} {{target.schema}}", "duckdb local sla"],
    ["the start of the run", "{{run_started_at}}", "CAST('2026-07-01 12:30:45' AS DATETIME)"],
    ["conditions", "{{#if (eq target.type 'duckdb')}}yes{{else}}no{{/if}}", "yes"],
    ["chains of conditions", "{{#if (ne 1 1)}}a{{else if (and true (not false))}}b{{else}}c{{/if}}", "b"],
    ["or, and an empty list is false", "{{#if (or false (list))}}a{{else}}b{{/if}}", "b"],
    ["unless", "{{#unless is_incremental}}full{{/unless}}", "full"],
    [
      "loops over named items",
      "{{#each (var 'items') as |item at|}}{{at}}{{item}}{{#unless @last}}, {{/unless}}{{/each}}",
      "0a, 1b",
    ],
    ["loops over this", "{{#each (list 1 2)}}{{this}};{{/each}}{{this}}", "1;2;`sla`.`a`"],
    ["the target within a loop", "{{#each (list 1)}}{{target.type}}{{/each}}", "duckdb"],
    ["no HTML escaping", "{{literal '<&>\"'}}", "'<&>\"'"],
    ["braces that are not tags", 'select \'{"a": {"b": 1}}\'', 'select \'{"a": {"b": 1}}\''],
    ["an escaped tag", "select '\\{{x}}'", "select '{{x}}'"],
    ["comments vanish", "a{{! note }}{{!-- {{ref 'x'}} --}}b", "ab"],
    ["tags on lines of their own leave no line", "a\n{{#if true}}\nb\n{{/if}}\nc\n", "a\nb\nc\n"],
    ["white space control", "a  {{~#if true~}}  b  {{~/if~}}  c", "abc"],
    ["config leaves nothing", "{{config tags='x'}}select 1", "select 1"],
    ["a final semicolon goes", "select 1;\n", "select 1"],
    ["an environment variable", "{{env_var 'HOME_TOWN'}} {{env_var 'OTHER' 'x'}}", "Rome x"],
  ])("%s", async (_what, text, sql) => {
    expect(await rendered(text, {}, {}, { env: { HOME_TOWN: "Rome" } })).toBe(sql);
  });

  it("asks the run where a node stands, and whether this is an incremental run", async () => {
    const text = '{{#if is_incremental}}more {{/if}}{{ref "stg_orders"}} {{this}}';
    const context: Partial<CompileContext> = {
      relation: (node) => ({ schema: node.schema, identifier: `${node.alias}__new` }),
      isIncremental: (node) => node.name === "a",
    };
    expect((await rendered(text, {}, context)).replace(/ +/g, " ")).toBe(
      "more `sla_staging`.`stg_orders__new` `sla`.`a__new`",
    );
  });

  it("is the same every time", async () => {
    const parsed = await parseProject({ ...BASE, "models/a.sql": '{{ref "stg_orders"}}{{run_started_at}}' });
    const compiler = compilerFor(parsed);
    const once = compiler.compile(parsed.manifest.nodes["model.shop.a"] as never).code;
    expect(compiler.compile(parsed.manifest.nodes["model.shop.a"] as never).code).toBe(once);
  });
});

describe("built-in SQL", () => {
  it("a date spine needs no recursion", async () => {
    const text = await rendered(`{{date_spine "'2026-01-01'" "'2026-02-01'"}}`);
    expect(text).toMatch(
      /^SELECT DATE_ADD\(CAST\('2026-01-01' AS DATE\), INTERVAL spine\.n DAY\) AS date_day FROM \(SELECT a\.d \+ 10 \* b\.d/,
    );
    expect(text).toMatch(/WHERE spine\.n < DATEDIFF\('2026-02-01', '2026-01-01'\)$/);
  });

  it("a surrogate key tells NULL from text", async () => {
    expect(await rendered('{{surrogate_key "a" "b"}}')).toBe(
      "SHA2(CONCAT_WS('|', COALESCE(CAST(a AS CHAR), '_null_'), COALESCE(CAST(b AS CHAR), '_null_')), 256)",
    );
  });
});

describe("macros", () => {
  const MACROS = {
    "macros/time.sql":
      '{{! comments may stand between macros }}\n{{#macro hours_between start end unit="HOUR"}}TIMESTAMPDIFF({{unit}}, {{start}}, {{end}}){{/macro}}\n' +
      "{{#macro days start end}}{{hours_between start end unit='DAY'}}{{/macro}}\n",
    "macros/lists.sql":
      "{{#macro each_of values word}}{{#each values}}{{this}} {{word}};{{/each}}{{/macro}}\n" +
      "{{#macro own_this}}{{this}}{{/macro}}\n" +
      "{{#macro orders where=null}}select * from {{ref 'stg_orders'}}{{#if where}} where {{where}}{{/if}}{{/macro}}\n",
  };

  it.each<[string, string, string]>([
    ["by position", '{{hours_between "a" "b"}}', "TIMESTAMPDIFF(HOUR, a, b)"],
    ["by name", '{{hours_between end="b" start="a"}}', "TIMESTAMPDIFF(HOUR, a, b)"],
    ["with another value for a default", '{{hours_between "a" "b" "DAY"}}', "TIMESTAMPDIFF(DAY, a, b)"],
    ["through another macro", '{{days "a" "b"}}', "TIMESTAMPDIFF(DAY, a, b)"],
    [
      "as an argument",
      '{{hours_between "a" (days "b" "c")}}',
      "TIMESTAMPDIFF(HOUR, a, TIMESTAMPDIFF(DAY, b, c))",
    ],
    ["parameters are names in loops, too", '{{each_of (list 1 2) "x"}}.', "1 x;2 x;."],
    ["this is the model that calls", "{{own_this}}", "`sla`.`a`"],
    ["references of macros", "{{orders}}", "select * from `sla_staging`.`stg_orders`"],
    [
      "in a loop",
      "{{#each (list 'a' 'b') as |c|}}{{days c 'x'}} {{/each}}",
      "TIMESTAMPDIFF(DAY, a, x) TIMESTAMPDIFF(DAY, b, x) ",
    ],
    [
      "their text can be compared",
      "{{#if (eq (days 'a' 'b') 'TIMESTAMPDIFF(DAY, a, b)')}}same{{/if}}",
      "same",
    ],
  ])("%s", async (_what, text, sql) => {
    expect(await rendered(text, MACROS)).toBe(sql);
  });

  it("bring their references to those who call them, through others", async () => {
    const { manifest } = await parseProject({
      ...BASE,
      ...MACROS,
      "macros/more.sql": "{{#macro twice}}{{orders}} union all {{orders}}{{/macro}}",
      "models/a.sql": "{{#if false}}{{twice}}{{/if}}select 1",
    });
    expect(manifest.nodes["model.shop.a"]!.depends_on).toEqual({
      nodes: ["model.shop.stg_orders"],
      macros: ["macro.shop.orders", "macro.shop.twice"],
    });
  });
});

describe("ephemeral models", () => {
  const files = (text: string): ProjectFiles => ({
    ...BASE,
    "models/one.sql":
      '{{config materialized="ephemeral"}}\nselect * from {{ref "stg_orders"}} -- all of them',
    "models/two.sql": '{{config materialized="ephemeral"}}select * from {{ref "one"}}',
    "models/three.sql": '{{config materialized="ephemeral"}}with recursive r as (select 1) select * from r;',
    "models/a.sql": text,
  });
  const compile = async (text: string) => {
    const parsed = await parseProject(files(text));
    return compilerFor(parsed).compile(parsed.manifest.nodes["model.shop.a"] as never).code;
  };
  const ONE = "`__sla__cte__one` AS (\n\nselect * from `sla_staging`.`stg_orders` -- all of them\n)";
  const TWO = "`__sla__cte__two` AS (\nselect * from `__sla__cte__one`\n)";

  it.each<[string, string, string]>([
    ["before a query", 'select * from {{ref "one"}}', `WITH ${ONE}\nselect * from \`__sla__cte__one\``],
    [
      "in the order in which they need each other",
      'select * from {{ref "two"}}',
      `WITH ${ONE}, ${TWO}\nselect * from \`__sla__cte__two\``,
    ],
    [
      "each once",
      'select * from {{ref "two"}} join {{ref "one"}}',
      `WITH ${ONE}, ${TWO}\nselect * from \`__sla__cte__two\` join \`__sla__cte__one\``,
    ],
    [
      "before the query's own CTEs, behind comments",
      '-- with care\n/* with */ with x as (select 1)\nselect * from {{ref "one"}}',
      `-- with care\n/* with */ with ${ONE}, x as (select 1)\nselect * from \`__sla__cte__one\``,
    ],
    [
      "in a recursive query",
      'WITH RECURSIVE x AS (select 1) select * from {{ref "one"}}',
      `WITH RECURSIVE ${ONE}, x AS (select 1) select * from \`__sla__cte__one\``,
    ],
    [
      "a recursive one stays so, inside",
      'select * from {{ref "three"}}',
      "WITH `__sla__cte__three` AS (\nwith recursive r as (select 1) select * from r\n)\nselect * from `__sla__cte__three`",
    ],
    ["not when the branch is not taken", 'select 1 {{#if false}}{{ref "one"}}{{/if}}', "select 1 "],
    [
      "a column called with_x is no CTE",
      'select with_x from {{ref "one"}}',
      `WITH ${ONE}\nselect with_x from \`__sla__cte__one\``,
    ],
  ])("%s", async (_what, text, sql) => {
    expect(await compile(text)).toBe(sql);
  });
});

describe("inline SQL", () => {
  it("sees the project", async () => {
    const parsed = await parseProject({ ...BASE, "macros/m.sql": "{{#macro one}}1{{/macro}}" });
    expect(compilerFor(parsed).compileInline('select {{one}} from {{ref "stg_orders"}}').code).toBe(
      "select 1 from `sla_staging`.`stg_orders`",
    );
  });

  it.each<[string, object]>([
    [
      'select * from {{ref "stg_order"}}',
      {
        code: "SLA203",
        message: '"--inline" reads ref "stg_order", which does not exist',
        hint: 'Did you mean "stg_orders"?',
      },
    ],
    ["select {{nope}}", { code: "SLA202", message: 'there is no "nope" in templates' }],
    ["select {{var 'x'}}", { code: "SLA207" }],
    ["select {{", { code: "SLA201" }],
  ])("%s is refused with its own text", async (sql, error) => {
    const parsed = await parseProject(BASE);
    expect(() => compilerFor(parsed).compileInline(sql)).toThrowError(expect.objectContaining(error));
  });
});
