import { expect, it } from "vitest";
import { identityOf } from "../../src/reports/tableau/identity.js";

it("derives ids from names alone, in the forms that Tableau reads", () => {
  const [one, again, other] = [identityOf("shop"), identityOf("shop"), identityOf("other")];
  expect(one.token("source", "a")).toBe(again.token("source", "a"));
  expect(one.token("source", "a")).toMatch(/^[0-9a-z]{28}$/);
  expect(one.hex("object", "a")).toMatch(/^[0-9A-F]{32}$/);
  expect(one.uuid("window", "a")).toMatch(
    /^\{[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}\}$/,
  );
  const all = [one.uuid("a"), one.uuid("b"), other.uuid("a"), one.uuid("a", "b"), one.uuid("ab")];
  expect(new Set(all).size).toBe(all.length);
});
