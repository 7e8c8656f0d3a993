import { describe, expect, it } from "vitest";
import type { ModelNode } from "../../src/manifest/index.js";
import { compilerFor, errorsOf, type ProjectFiles, parseProject, summaries } from "../harness/project.js";

const A = "models/a.sql";
const OTHERS: ProjectFiles = {
  "models/stg_orders.sql": "select 1 as id",
  "models/sources.yml": "sources: [{name: crm, tables: [{name: people}, {name: places}]}]",
  "macros/m.sql":
    "{{#macro net amount rate=1.2}}({{amount}} / {{rate}}){{/macro}}\n{{#macro today}}CURRENT_DATE{{/macro}}\n",
};

/** A template with a fault, and what is said of it: code, message, hint, place. */
const CASES: Record<
  string,
  [text: string, code: string, message: string, hint: string | undefined, at: string]
> = {
  // SLA201: the syntax
  "a tag that is never closed": [
    'select 1\nfrom {{ref "stg_orders"\nwhere 1',
    "SLA201",
    "this tag is never closed",
    "Close it with }}.",
    "2:6",
  ],
  "a tag that is not closed before the next": [
    'select {{net "a"\n from {{ref "stg_orders"}}',
    "SLA201",
    "this tag is never closed",
    "Close it with }}.",
    "1:8",
  ],
  "a block that is never closed": [
    "select 1\n{{#if is_incremental}}\n{{#if x}}{{/if}}\nwhere 1",
    "SLA201",
    "{{#if}} is never closed",
    "Close it with {{/if}}.",
    "2:1",
  ],
  "a block that was never opened": [
    "select 1\n  {{/if}}",
    "SLA201",
    "this closes a block that was never opened",
    undefined,
    "2:3",
  ],
  "a block closed by another": [
    "select 1\n{{#if is_incremental}}x{{/unless}}",
    "SLA201",
    "{{#if}} is closed by {{/unless}}",
    "Close it with {{/if}}.",
    "2:4",
  ],
  "else outside of a block": [
    "select 1\n{{else}}",
    "SLA201",
    "{{else}} stands outside of a block",
    undefined,
    "2:1",
  ],
  "a quote that is never closed": [
    'select * from {{ref "stg_orders}} x',
    "SLA201",
    "a quote is never closed",
    "Close it before }}.",
    "1:21",
  ],
  "a comma between arguments": [
    'select * from {{source "crm", "people"}}',
    "SLA201",
    'unexpected "," in a template tag',
    "Arguments are separated by blanks, without commas.",
    "1:29",
  ],
  "a parenthesis that is never closed": [
    'select {{literal (var "x"}}',
    "SLA201",
    "the tag ends before it is complete",
    "Is a name or a closing parenthesis missing?",
    "1:26",
  ],
  "an empty tag": [
    "select {{}}",
    "SLA201",
    "the tag ends before it is complete",
    "Is a name or a closing parenthesis missing?",
    "1:10",
  ],

  // SLA202: names
  "an unknown helper": [
    'select *\nfrom {{rf "stg_orders"}}',
    "SLA202",
    'there is no "rf" in templates',
    'Did you mean "ref"?',
    "2:6",
  ],
  "an unknown macro": [
    'select {{nett "amount"}}',
    "SLA202",
    'there is no "nett" in templates',
    'Did you mean "net"?',
    "1:8",
  ],
  "an argument without its quotes": [
    "select {{net amount}}",
    "SLA202",
    'there is no "amount" in templates',
    'If it is text, put it in quotes: "amount".',
    "1:14",
  ],
  "an unknown field of the target": [
    "{{#if (eq target.typ 'duckdb')}}select 1{{/if}}",
    "SLA202",
    'there is no "target.typ" in templates',
    'Did you mean "type"?',
    "1:11",
  ],
  "a field of what has none": [
    "select {{this.name}}",
    "SLA202",
    '"this.name" has no meaning outside of {{#each}} and {{#with}}',
    undefined,
    "1:10",
  ],
  "an index outside of each": [
    "select {{@index}}",
    "SLA202",
    '"@index" has no meaning outside of {{#each}} and {{#with}}',
    undefined,
    "1:10",
  ],
  "a value that is called": [
    'select {{target.type "x"}}',
    "SLA202",
    '"target.type" is no macro and takes no arguments',
    undefined,
    "1:10",
  ],
  "a partial": [
    "select {{> columns}}",
    "SLA202",
    "a partial is not supported in templates",
    "Blocks are {{#if}}, {{#unless}}, {{#each}} and {{#with}}; for what is used more than once, write a macro.",
    "1:8",
  ],
  "an unknown block": [
    "select {{#foreach x}}1{{/foreach}}",
    "SLA202",
    "the block {{#foreach}} is not supported in templates",
    "Blocks are {{#if}}, {{#unless}}, {{#each}} and {{#with}}; for what is used more than once, write a macro.",
    "1:8",
  ],

  // SLA203: references
  "a ref that is misspelled": [
    'select *\n  from {{ref "stg_order"}}',
    "SLA203",
    '"a" reads ref "stg_order", which does not exist',
    'Did you mean "stg_orders"?',
    "2:8",
  ],
  "a ref in a branch that is not taken": [
    'select 1 {{#if false}}from {{ref "stg_order"}}{{/if}}',
    "SLA203",
    '"a" reads ref "stg_order", which does not exist',
    'Did you mean "stg_orders"?',
    "1:28",
  ],
  "a ref to a source's table": [
    'select * from {{ref "people"}}',
    "SLA203",
    '"a" reads ref "people", which does not exist',
    'Is it the source? Write {{source "crm" "people"}}.',
    "1:15",
  ],
  "a ref to another package": [
    'select * from {{ref "utils" "stg_orders"}}',
    "SLA203",
    '"a" reads ref "utils.stg_orders", which does not exist',
    'There is no package "utils".',
    "1:15",
  ],
  "a source that is misspelled": [
    'select * from {{source "cmr" "people"}}',
    "SLA203",
    '"a" reads source "cmr.people", which does not exist',
    'Did you mean "crm"?',
    "1:15",
  ],
  "a table that its source does not have": [
    'select * from {{source "crm" "orders"}}',
    "SLA203",
    '"a" reads source "crm.orders", which does not exist',
    'Source "crm" has the tables people, places.',
    "1:15",
  ],

  // SLA204: dynamic references
  "a computed ref": [
    'select * from {{ref (var "which")}}',
    "SLA204",
    "the argument of ref is not a plain string",
    "The argument of ref must be a string in quotes: it is read without rendering the template.",
    "1:21",
  ],
  "a computed table of a source": [
    'select *\nfrom {{source "crm" target.name}}',
    "SLA204",
    "the argument of source is not a plain string",
    "The argument of source must be a string in quotes: it is read without rendering the template.",
    "2:21",
  ],

  // SLA206: calls
  "a ref without a name": [
    "select * from {{ref}}",
    "SLA206",
    "ref takes 1 to 2 arguments, found 0",
    'It is called as {{ref "model"}}.',
    "1:17",
  ],
  "a named argument of a built-in": [
    'select {{var "x" default=1}}',
    "SLA206",
    'var has no argument "default"',
    'It is called as {{var "name"}} or {{var "name" "default"}}.',
    "1:18",
  ],
  "a macro with too many arguments": [
    'select {{net "a" 1 2}}',
    "SLA206",
    "the macro net takes 2 arguments, found 3",
    "It is called as {{net amount rate=…}}.",
    "1:8",
  ],
  "a macro without an argument that it needs": [
    "select {{net rate=1}}",
    "SLA206",
    'the macro net is called without "amount"',
    "It is called as {{net amount rate=…}}.",
    "1:8",
  ],
  "a macro with an argument that it does not have": [
    'select {{net "a" rat=1}}',
    "SLA206",
    'the macro net has no argument "rat"',
    'Did you mean "rate"?',
    "1:8",
  ],
  "a macro with an argument given twice": [
    'select {{net "a" amount="b"}}',
    "SLA206",
    'the macro net is given "amount" twice',
    "It is called as {{net amount rate=…}}.",
    "1:8",
  ],
  "a macro as an argument without parentheses": [
    "select {{net today}}",
    "SLA206",
    "the macro today is called as an argument without parentheses",
    "Write (today).",
    "1:14",
  ],

  // config
  "config in a block": [
    "{{#if true}}{{config tags='x'}}{{/if}}select 1",
    "SLA206",
    "config must stand by itself, outside of blocks",
    'Its values may be conditional: enabled=(eq target.type "mysql").',
    "1:15",
  ],
  "config that must be rendered": [
    '{{config alias=(net "x")}}select 1',
    "SLA206",
    "the value of alias cannot be known without rendering the template",
    undefined,
    "1:10",
  ],
  "an unknown key of config": [
    'select 1\n{{config materialised="view"}}',
    "SLA103",
    'unknown key "materialised" in config',
    'Did you mean "materialized"?',
    "2:10",
  ],
  "a value of config that does not fit": [
    '{{config enabled="yes"}}select 1',
    "SLA104",
    'enabled: expected boolean, found "yes"',
    undefined,
    "1:10",
  ],

  // SLA207
  "a variable that nobody sets": [
    "select\n{{var 'since'}}",
    "SLA207",
    'the variable "since" is not set',
    'Set it under vars in project.yml, with --vars \'since: …\', or give a default: {{var "since" "…"}}.',
    "2:1",
  ],
};

describe("a template with a fault", () => {
  it.each(Object.entries(CASES))("%s", async (_name, [text, code, message, hint, at]) => {
    const errors = await errorsOf({ ...OTHERS, [A]: text });
    expect(summaries(errors)).toEqual([
      { code, message, ...(hint !== undefined && { hint }), at: `${A}:${at}` },
    ]);
  });

  it("does not hide the faults of others", async () => {
    const errors = await errorsOf({
      ...OTHERS,
      [A]: "{{ref 'x'}} {{ref 'y'}} {{nope 1}}",
      "models/b.sql": "{{#if",
    });
    expect(
      errors.map(({ code, location }) => `${code} ${location?.path}:${location?.line}:${location?.column}`),
    ).toEqual([
      "SLA201 models/b.sql:1:1",
      "SLA202 models/a.sql:1:25",
      "SLA203 models/a.sql:1:1",
      "SLA203 models/a.sql:1:13",
    ]);
  });
});

describe("a file of macros with a fault", () => {
  it.each<[string, string, object]>([
    [
      "text outside of macros",
      "-- fine\nselect 1",
      { code: "SLA206", message: "this text stands outside of a macro" },
    ],
    [
      "a macro without a name",
      "{{#macro}}x{{/macro}}",
      {
        code: "SLA206",
        message: "this macro has no name",
        hint: "A macro is written {{#macro name parameter …}}SQL{{/macro}}.",
        at: "macros/x.sql:1:1",
      },
    ],
    [
      "a macro of a built-in's name",
      "{{#macro ref}}x{{/macro}}",
      {
        code: "SLA206",
        message: 'a macro cannot be called "ref"',
        hint: "It is the name of a built-in.",
        at: "macros/x.sql:1:10",
      },
    ],
    [
      "a parameter of a built-in's name",
      "{{#macro m target}}x{{/macro}}",
      {
        code: "SLA206",
        message: 'a parameter cannot be called "target"',
        hint: "It is the name of a built-in.",
        at: "macros/x.sql:1:12",
      },
    ],
    [
      "a parameter twice",
      "{{#macro m a a}}x{{/macro}}",
      { code: "SLA206", message: 'there are two parameters "a"', at: "macros/x.sql:1:14" },
    ],
    [
      "a default that must be rendered",
      "{{#macro m a=(var 'x')}}x{{/macro}}",
      {
        code: "SLA206",
        message: 'the default of "a" must be a string, a number, true, false or null',
        at: "macros/x.sql:1:12",
      },
    ],
    [
      "a name that is no parameter",
      "{{#macro m amount}}{{amont}}{{/macro}}",
      {
        code: "SLA202",
        message: 'there is no "amont" in templates',
        hint: 'Did you mean "amount"?',
        at: "macros/x.sql:1:20",
      },
    ],
    [
      "a ref to a parameter",
      "{{#macro m name}}{{ref name}}{{/macro}}",
      {
        code: "SLA204",
        message: "the argument of ref is not a plain string",
        hint: "The argument of ref must be a string in quotes: it is read without rendering the template.",
        at: "macros/x.sql:1:24",
      },
    ],
    [
      "config",
      "{{#macro m}}{{config tags='x'}}{{/macro}}",
      {
        code: "SLA206",
        message: "config cannot stand in a macro",
        hint: "Put it into the models, or into project.yml for a folder of them.",
        at: "macros/x.sql:1:22",
      },
    ],
    [
      "a block misspelled",
      "{{#marco m}}x{{/marco}}",
      {
        code: "SLA206",
        message: "only {{#macro}} blocks can stand in a file of macros",
        hint: 'Did you mean "macro"?',
        at: "macros/x.sql:1:1",
      },
    ],
  ])("%s", async (_name, text, error) => {
    expect(summaries(await errorsOf({ "macros/x.sql": text }))).toEqual([expect.objectContaining(error)]);
  });

  it("a macro in two files", async () => {
    const errors = await errorsOf({
      "macros/x.sql": "{{#macro m}}1{{/macro}}",
      "macros/y.sql": "\n{{#macro m}}2{{/macro}}",
    });
    expect(summaries(errors)).toEqual([
      {
        code: "SLA105",
        message: 'macro "m" is defined in macros/x.sql and in macros/y.sql',
        hint: "Rename one of the two.",
        at: "macros/y.sql:2:1",
      },
    ]);
  });
});

describe("what only rendering can find", () => {
  it.each<[string, string, object]>([
    [
      "a variable missing in a block that is rendered",
      "select 1\n{{#if true}}{{var 'x'}}{{/if}}",
      { code: "SLA207", location: { path: A, line: 2, column: 13 } },
    ],
    [
      "a missing environment variable",
      "select {{env_var 'NOT_SET'}}",
      {
        code: "SLA106",
        message: "the environment variable NOT_SET is not set",
        location: { path: A, line: 1, column: 8 },
      },
    ],
    [
      "a field that an item does not have",
      "{{#each (var 'items')}}{{nme}}{{/each}}",
      { code: "SLA202", message: 'the item has no "nme"', location: { path: A, line: 1, column: 26 } },
    ],
    [
      "a fault inside a macro, in the macro's file",
      "select {{outer}}",
      { code: "SLA106", location: { path: "macros/m.sql", line: 1, column: 17 } },
    ],
  ])("%s", async (_name, text, error) => {
    const parsed = await parseProject({
      "project.yml": "name: shop\nvars: {items: [{name: x}]}\n",
      "macros/m.sql": "{{#macro outer}}{{env_var 'NOT_SET'}}{{/macro}}",
      [A]: text,
    });
    const compile = () => compilerFor(parsed).compile(parsed.manifest.nodes["model.shop.a"] as ModelNode);
    expect(compile).toThrowError(expect.objectContaining({ ...error, node: "model.shop.a" }));
  });
});
