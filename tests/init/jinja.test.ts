import { describe, expect, test } from "vitest";
import { Findings } from "../../src/commands/from-dbt/findings.js";
import { convertMacros } from "../../src/commands/from-dbt/macro-files.js";
import { convertTemplate, type Shared } from "../../src/commands/from-dbt/template-file.js";

const MACROS = `
{% macro cents(column, scale=2) %}{{ column }} / {{ scale }}{% endmacro %}
{% macro names() %}{{ return(['a', 'b']) }}{% endmacro %}
{% macro endless() %}{{ endless() | upper }}{% endmacro %}
`;

function convert(
  text: string,
  dialect = "mysql",
): { made: string | undefined; todo: string[]; check: string[] } {
  const findings = new Findings();
  const shared: Shared = {
    packageName: "shop",
    dialect,
    macros: new Map(),
    models: new Set(["m_v2"]),
    findings,
  };
  convertMacros(shared, [{ path: "macros/m.sql", text: MACROS }]);
  const before = findings.all.length;
  const made = convertTemplate(shared, { path: "models/m.sql", text }, "model");
  const said = findings.all.slice(before);
  const of = (kind: string) =>
    said.filter((one) => one.kind === kind).map(({ line, what }) => `${line} ${what}`);
  return { made, todo: of("todo"), check: of("check") };
}

describe("what can be said", () => {
  test.each([
    ["{{ ref('a') }} {{ref(\"shop\", 'b')}} {{ ref('m', v=2) }}", '{{ref "a"}} {{ref "b"}} {{ref "m_v2"}}'],
    [
      "{{ source('s', 't') }} {{ this }} {{ var('x') }} {{ env_var('E', 'f') }}",
      '{{source "s" "t"}} {{this}} {{var "x"}} {{env_var "E" "f"}}',
    ],
    ["{{ 'it''s' ~ \"}}\" ~ 1 }}", "its}}1"],
    [
      "{%- if is_incremental() -%} a {%- else -%} b {%- endif -%}",
      "{{~#if is_incremental~}} a {{~else~}} b {{~/if~}}",
    ],
    ["a {% if 1 in [1, 2] and not false %}yes{% else %}no{% endif %}", "a yes"],
    [
      "{% if target.name in ('dev', 'ci') or var('x') != 'a' %}x{% endif %}",
      '{{#if (or (or (eq target.name "dev") (eq target.name "ci")) (ne (var "x") "a"))}}x{{/if}}',
    ],
    ["{{ 'x' if target.name == 'prod' else 'y' }}", '{{#if (eq target.name "prod")}}x{{else}}y{{/if}}'],
    [
      "{% for x in names() %}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}",
      '{{#each (list "a" "b") as |x|}}{{x}}{{#unless @last}}, {{/unless}}{{/each}}',
    ],
    ["{% for x in ['a', 'b'] %}{{ loop.index }}{{ x | upper }}{% endfor %}", "1A2B"],
    ["{% for x in ['a', 'b'] if x != 'a' %}{{ x }}{% else %}none{% endfor %}", "b"],
    ["{% for x in [] %}{{ x }}{% else %}none{% endfor %}", "none"],
    ["{% for k, v in {'a': 1, 'b': {'c': 2}}.items() %}{{ k }}{% endfor %}", "ab"],
    [
      "{% for source in ['a', 'b'] %}{{ source }}{% endfor %}",
      '{{#each (list "a" "b") as |source_|}}{{source_}}{{/each}}',
    ],
    [
      "{% for a in ['x', 'y'] %}{% for b in ['p', 'q'] %}{{ a }}{{ b }}{% endfor %}{% endfor %}",
      '{{#each (list "x" "y") as |a|}}{{#each (list "p" "q") as |b|}}{{a}}{{b}}{{/each}}{{/each}}',
    ],
    ["{% set a, b = 1, 'two' %}{{ a }}{{ b }}", "1two"],
    ["{% set q %}select {{ var('x') }}{% endset %}{{ q }} from t", 'select {{var "x"}} from t'],
    [
      "{% set l = [] %}{% for x in range(3) %}{% do l.append('c' ~ x) %}{% endfor %}{{ l | join(', ') }}",
      "c0, c1, c2",
    ],
    [
      "{{ cents('a') }} {{ cents('b', scale=0) }} {{ shop.cents(column='c') }}",
      '{{cents "a"}} {{cents "b" scale=0}} {{cents column="c"}}',
    ],
    ["{{ cents(ref('a')) }}", '{{cents (ref "a")}}'],
    ["{{ cents(var('x') ~ '.y') }}", '{{var "x"}}.y / 2'],
    ["{% raw %}{{ no }} {% tag %}{% endraw %}", "\\{{ no }} {% tag %}"],
    ["{# a comment with {{ braces }} -- #}1", "{{!-- a comment with {{ braces }} -- --}}1"],
    ["like '%\\{{ var('x') }}'", "like '%\\\\{{var \"x\"}}'"],
    [
      "{{ config(materialized='table', schema='x', pre_hook=[]) }}\nselect 1",
      '{{config materialized="table" schema="x"}}\nselect 1',
    ],
    ["{{ {'a': [1, 2]}['a'][1] }} {{ none }} {{ true }} {{ [1, 'a'] }}", "2 None True [1, 'a']"],
    ["{{ undefined_name | default('x') }}{{ \"a b\".split(' ')[-1] }}{{ 7 // 2 }}{{ 'x' * 2 }}", "xb3xx"],
    ["'{{ run_started_at }}'", "{{run_started_at}}"],
    [
      "{{ dbt_utils.generate_surrogate_key(['a', 'b']) }} {{ dbt_utils.group_by(2) }}",
      '{{surrogate_key "a" "b"}} GROUP BY 1, 2',
    ],
    [
      "{{ dbt.dateadd('day', -1, 'd') }} {{ dbt.concat(['a', \"'b'\"]) }} x::{{ dbt.type_int() }}",
      "(d + INTERVAL (-1) DAY) CONCAT(a, 'b') CAST(x AS SIGNED)",
    ],
  ])("%s", (given, expected) => {
    const { made, todo } = convert(given);
    expect({ made, todo: todo.filter((one) => !one.includes("config")) }).toEqual({
      made: expected,
      todo: [],
    });
  });
});

describe("what cannot is listed, with its line", () => {
  test.each([
    [
      "\n{{ run_query('x') }}\n\n{{ adapter.get_relation() }}",
      ["2 run_query() has no counterpart", "4 adapter.get_relation() has no counterpart"],
    ],
    [
      "{% set found = run_query('x') %}\n{% for r in found.rows %}{{ r }}{% endfor %}",
      ["1 run_query() has no counterpart"],
    ],
    ["{{ ref(var('x')) }}", ["1 the argument of ref() is only known when it runs"]],
    ["{{ var('x') | upper }}", ["1 the filter upper of what is only known when it runs"]],
    [
      "{% set n = 1 %}{% if var('x') %}{% set n = 2 %}{% endif %}",
      ["1 n is set in a branch or loop that is only known when it runs"],
    ],
    ["\n{{ var('x') == 1 }}", ["2 a truth value is printed"]],
    ["{% if var('x') > 1 %}{% endif %}", ["1 > of what is only known when it runs"]],
    ["\n\n{% if a %}", ["3 {% if %} is never closed"]],
    ["{% endfor %}", ["1 {% endfor %} closes nothing"]],
    ["a\n{{ b", ["2 this tag is never closed"]],
    ["a\n{# b", ["2 this comment is never closed"]],
    ["{{ }}", ["1 expected a value, found the end of the tag"]],
    ["\n{{ 'a' 5 }}", ["2 expected the end of the tag, found 5"]],
    ["{% frobnicate %}", ["1 {% frobnicate %} is not known"]],
    [
      "{{ endless() }}",
      ["1 the macro endless cannot be written out: the macro endless cannot be written out"],
    ],
    ["{{ now }}", ["1 now has no counterpart"]],
    ["select {{ run_started_at }}", ["1 run_started_at stands without quotes of its own"]],
    [
      "{{ this.schema }}{{ target.database }}",
      ["1 this.schema has no counterpart", "1 target.database has no counterpart"],
    ],
    ["{{ dbt.datediff('a', 'b', 'week') }}", ["1 datediff() by week has no counterpart"]],
    ["{% call statement('x') %}select 1{% endcall %}", ["1 {% call %} has no place here"]],
    ["{{ ref('m', v=3) }}", ["1 version 3 of m is not known"]],
  ])("%s", (given, expected) => {
    const { made, todo } = convert(given);
    expect(made).toBeUndefined();
    expect(todo).toHaveLength(expected.length);
    for (const [at, one] of expected.entries()) expect(todo[at]!.replace("dbt.", "")).toContain(one);
  });
});

test("a division that other databases cut is to be looked at", () => {
  const sql = "select '1/2' -- a/b\n, {{ 4 / 2 }}\n, a / b";
  expect(convert(sql, "postgres").check).toEqual(["3 this divides: of whole numbers, with decimals here"]);
  expect(convert(sql, "snowflake").check).toEqual([]);
});
