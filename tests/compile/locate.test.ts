import { describe, expect, it } from "vitest";
import { compilerFor, type ProjectFiles, parseProject } from "../harness/project.js";

/** Where the given words of the compiled text come from. */
async function origins(files: ProjectFiles, words: string[]): Promise<Record<string, string>> {
  const parsed = await parseProject(files);
  const compiled = compilerFor(parsed).compile(parsed.manifest.nodes["model.shop.a"] as never);
  return Object.fromEntries(
    words.map((word) => {
      const offset = compiled.code.indexOf(word);
      expect(offset, word).not.toBe(-1);
      const { path, line, column } = compiled.locate(offset);
      return [word, `${path}:${line}:${column}`];
    }),
  );
}

describe("the place of compiled text", () => {
  it("is exact behind tags of any length", async () => {
    const text =
      'select {{literal "a long literal that moves all that follows"}} as x, zip\nfrom {{ref "b"}} where {{#if true}}sum{{/if}}';
    expect(
      await origins({ "models/a.sql": text, "models/b.sql": "select 1" }, [
        "select",
        "'a long",
        "zip",
        "from",
        "`sla`",
        "where",
        "sum",
      ]),
    ).toEqual({
      select: "models/a.sql:1:1",
      "'a long": "models/a.sql:1:8",
      zip: "models/a.sql:1:71",
      from: "models/a.sql:2:1",
      "`sla`": "models/a.sql:2:6",
      where: "models/a.sql:2:18",
      sum: "models/a.sql:2:36",
    });
  });

  it("is exact behind lines and white space that vanish", async () => {
    const text =
      "{{config tags='x'}}\r\n{{#if true}}\r\n  first,\r\n{{/if}}\r\nsecond   {{~! gone ~}}   third\r\n";
    expect(await origins({ "models/a.sql": text }, ["first", "second", "third"])).toEqual({
      first: "models/a.sql:3:3",
      second: "models/a.sql:5:1",
      third: "models/a.sql:5:26",
    });
  });

  it("lies in the macro's file for a macro's text, and in the tag for a value", async () => {
    const files = {
      "macros/m.sql": "\n{{#macro pair a b}}coalesce({{a}}, {{b}}){{/macro}}",
      "models/a.sql": 'select {{pair "left_one" "right_one"}} as after_it',
    };
    expect(await origins(files, ["coalesce", "left_one", "after_it"])).toEqual({
      coalesce: "macros/m.sql:2:20",
      left_one: "macros/m.sql:2:29",
      after_it: "models/a.sql:1:43",
    });
  });

  it("lies in the ephemeral model's file", async () => {
    const files = {
      "models/b.sql": '{{config materialized="ephemeral"}}\nselect nonsense from {{ref "c"}}',
      "models/c.sql": "select 1",
      "models/a.sql": 'with own as (select 1)\nselect extra from {{ref "b"}}',
    };
    expect(await origins(files, ["nonsense", "`sla`.`c`", "own as", "extra"])).toEqual({
      nonsense: "models/b.sql:2:8",
      "`sla`.`c`": "models/b.sql:2:22",
      "own as": "models/a.sql:1:6",
      extra: "models/a.sql:2:8",
    });
  });

  it("is one place for each turn of a loop", async () => {
    const files = { "models/a.sql": "{{#each (list 'x1' 'x2')}}\n  {{this}} + \n{{/each}}\nrest" };
    expect(await origins(files, ["x1", "x2", "rest"])).toEqual({
      x1: "models/a.sql:2:3",
      x2: "models/a.sql:2:3",
      rest: "models/a.sql:4:1",
    });
  });

  it("of inline SQL comes with the text", async () => {
    const parsed = await parseProject({});
    const compiled = compilerFor(parsed).compileInline("select {{literal 'x'}},\n  y");
    expect(compiled.locate(compiled.code.indexOf("y"))).toEqual({
      path: "--inline",
      line: 2,
      column: 3,
      text: "select {{literal 'x'}},\n  y",
    });
  });
});
