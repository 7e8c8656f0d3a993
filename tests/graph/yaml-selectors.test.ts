import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import type { SelectOptions } from "../../src/graph/index.js";
import { list, names, parseShop, warningsOf } from "./shop-graph.js";

function file(selectors: readonly object[]): Record<string, string> {
  return { "selectors.yml": dump({ selectors }) };
}

describe("definitions", () => {
  /** A definition and what it selects among models and seeds. */
  it.each<[what: string, definition: unknown, expected: string]>([
    ["as on the command line", "tag:nightly", "orders revenue"],
    ["as on the command line, with operators", "1+orders", "orders stg_orders stg_payments"],
    ["one key and its value", { tag: "nightly" }, "orders revenue"],
    ["a method with arguments", { "config.materialized": "table" }, "orders customers"],
    ["a value that is no text", { "config.meta.pii": true }, "orders"],
    ["method and value", { method: "tag", value: "core" }, "orders"],
    ["method with arguments and value", { method: "config.meta.owner", value: "ann" }, "orders"],
    ["parents", { method: "fqn", value: "stg_orders", parents: true }, "stg_orders raw_orders"],
    [
      "parents to a depth",
      { method: "fqn", value: "revenue", parents: true, parents_depth: 1 },
      "revenue orders eph_rates",
    ],
    ["children", { method: "fqn", value: "orders", children: true }, "orders customers revenue"],
    [
      "children to a depth",
      { method: "fqn", value: "stg_orders", children: true, children_depth: 1 },
      "stg_orders orders",
    ],
    ["a depth alone does nothing", { method: "fqn", value: "orders", children_depth: 1 }, "orders"],
    [
      "childrens_parents",
      { method: "fqn", value: "eph_rates", childrens_parents: true },
      "eph_rates revenue orders stg_orders stg_payments raw_orders raw_payments raw_rates",
    ],
    [
      "exclude beside a method",
      { method: "path", value: "models/marts", exclude: ["orders"] },
      "customers revenue",
    ],
    [
      "several exclusions",
      { method: "path", value: "models/marts", exclude: ["orders", { tag: "nightly" }] },
      "customers",
    ],
    ["union", { union: ["orders", { tag: "staging" }] }, "orders stg_orders stg_payments stg_customers"],
    [
      "union with exclude",
      { union: ["tag:staging", { exclude: ["stg_orders"] }] },
      "stg_payments stg_customers",
    ],
    ["intersection", { intersection: ["marts", "tag:nightly"] }, "orders revenue"],
    [
      "intersection with exclude",
      { intersection: ["marts", "tag:nightly", { exclude: ["tag:core"] }] },
      "revenue",
    ],
    [
      "one in the other",
      {
        union: [{ intersection: ["+orders", "resource_type:seed"] }, { intersection: ["marts", "tag:core"] }],
      },
      "raw_orders raw_payments orders",
    ],
    [
      "an exclusion that is itself a set",
      { union: ["marts", { exclude: [{ intersection: ["tag:nightly", "tag:core"] }] }] },
      "customers revenue",
    ],
    ["what matches nothing", { tag: "none" }, ""],
  ])("%s", async (_what, definition, expected) => {
    const shop = await parseShop(file([{ name: "it", definition }]));
    const options: SelectOptions = { selector: "it", resourceTypes: ["model", "seed"] };
    expect(names(shop, options)).toEqual(list(expected));
    expect(warningsOf(shop, options)).toEqual([]);
  });
});

describe("which one is used", () => {
  const selectors = [
    { name: "nightly", definition: { tag: "nightly" } },
    { name: "usual", description: "what we build by day", default: true, definition: { tag: "staging" } },
    { name: "both", definition: { union: [{ method: "selector", value: "nightly" }, "selector:usual"] } },
    {
      name: "all but core",
      definition: { method: "selector", value: "nightly", exclude: ["tag:core"] },
    },
    {
      name: "untested",
      definition: { method: "fqn", value: "orders", exclude: ["test_type:data"] },
    },
  ];
  it.each<[what: string, options: SelectOptions, expected: string]>([
    ["the default when nothing is asked for", {}, "stg_orders stg_payments stg_customers"],
    ["--select instead of the default", { select: ["orders"] }, "orders"],
    ["--exclude instead of the default", { exclude: ["path:models"] }, "raw_orders raw_payments raw_rates"],
    ["--selector over the default", { selector: "nightly" }, "orders revenue"],
    ["--selector over --select", { selector: "nightly", select: ["customers"] }, "orders revenue"],
    [
      "one that is made of others",
      { selector: "both" },
      "orders revenue stg_orders stg_payments stg_customers",
    ],
    ["one that takes from another", { selector: "all but core" }, "revenue"],
    ["selector: as a method", { select: ["selector:nightly"] }, "orders revenue"],
    ["with operators", { select: ["selector:nightly+"] }, "orders revenue customers"],
    ["with wildcards", { select: ["selector:*ly,tag:core"] }, "orders"],
    ["as an exclusion", { select: ["marts"], exclude: ["selector:nightly"] }, "customers"],
  ])("%s", async (_what, options, expected) => {
    const shop = await parseShop(file(selectors));
    expect(names(shop, { resourceTypes: ["model", "seed"], ...options })).toEqual(list(expected));
  });

  it("tests that a selector excludes stay excluded", async () => {
    const shop = await parseShop(file(selectors));
    expect(names(shop, { selector: "untested" })).toEqual(["orders"]);
    expect(names(shop, { select: ["selector:untested"] })).toEqual(["orders"]);
    expect(names(shop, { select: ["selector:nightly"], resourceTypes: ["test"] })).toEqual(
      list("t_orders_unique t_orders_customer t_rev"),
    );
  });

  it("indirect_selection of a criterion beats the command line's", async () => {
    const shop = await parseShop(
      file([
        { name: "careful", definition: { method: "fqn", value: "orders", indirect_selection: "cautious" } },
        { name: "bare", definition: { method: "fqn", value: "orders", indirect_selection: "empty" } },
      ]),
    );
    expect(names(shop, { selector: "careful" })).toEqual(list("orders t_orders_unique"));
    expect(names(shop, { selector: "bare" })).toEqual(["orders"]);
    expect(names(shop, { selector: "careful", indirect: "buildable" })).toEqual(
      list("orders t_orders_unique"),
    );
  });
});

describe("what is wrong", () => {
  it.each<[what: string, selectors: object[], message: string, at: string]>([
    [
      "a name that is none",
      [{ name: "a", definition: { method: "selector", value: "b" } }],
      'selector "a": there is no selector "b"',
      "4:7",
    ],
    [
      "one that is made of itself",
      [{ name: "a", definition: { method: "selector", value: "a" } }],
      'selector "a": selectors are made of each other in a circle: a → a',
      "4:7",
    ],
    [
      "two that are made of each other",
      [
        { name: "a", definition: { union: [{ method: "selector", value: "b" }] } },
        { name: "b", definition: { intersection: ["selector:a"] } },
      ],
      'selector "b": selectors are made of each other in a circle: a → b → a',
      "10:11",
    ],
    [
      "union and intersection at the root",
      [{ name: "a", definition: { union: ["x"], intersection: ["y"] } }],
      'selector "a": one "union" or "intersection" and nothing else, found union, intersection',
      "4:7",
    ],
    [
      "two exclusions in one set",
      [{ name: "a", definition: { union: ["x", { exclude: ["y"] }, { exclude: ["z"] }] } }],
      'selector "a": "exclude" stands twice in one union',
      "8:11",
    ],
    ["no list", [{ name: "a", definition: { union: "x" } }], 'selector "a": "union" takes a list', "4:14"],
    [
      "no value",
      [{ name: "a", definition: { method: "tag" } }],
      'selector "a": a method and its value are needed, found method',
      "4:7",
    ],
    [
      "an unknown key",
      [{ name: "a", definition: { method: "tag", value: "x", parent: true } }],
      'selector "a": unknown key "parent"',
      "6:15",
    ],
    [
      "a mode that is none",
      [{ name: "a", definition: { method: "tag", value: "x", indirect_selection: "lazy" } }],
      'selector "a": indirect_selection is one of eager, cautious, buildable, empty',
      "6:27",
    ],
    [
      "two of one name",
      [
        { name: "a", definition: "x" },
        { name: "a", definition: "y" },
      ],
      'selector "a" is defined twice',
      "4:11",
    ],
    [
      "two defaults",
      [
        { name: "a", definition: "x", default: true },
        { name: "b", definition: "y", default: true },
      ],
      'selectors "a" and "b" are both the default',
      "7:14",
    ],
  ])("%s", async (_what, selectors, message, at) => {
    const thrown = await parseShop(file(selectors)).then(
      () => null,
      (error: unknown) => error as { errors?: object[]; message: string },
    );
    const error = (thrown?.errors?.[0] ?? thrown) as {
      message: string;
      location: { line: number; column: number; path: string };
    };
    expect(error.message).toBe(message);
    expect(error.location.path).toBe("selectors.yml");
    expect(`${error.location.line}:${error.location.column}`).toBe(at);
  });

  it("a selector that does not exist, with and without the file", async () => {
    const shop = await parseShop(file([{ name: "nightly", definition: "tag:nightly" }]));
    expect(() => names(shop, { selector: "nihgtly" })).toThrow('there is no selector "nihgtly"');
    expect(() => names({ ...shop, selectors: undefined }, { selector: "x" })).toThrow(
      'there is no selector "x"',
    );
  });
});
