import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { ENGINES, schemaName } from "../harness/engines.js";
import { goTo, visit } from "./browser.js";
import { build, generate, siteProject } from "./site-project.js";

const duckdb = ENGINES[0]!;
let file: string;

beforeAll(async () => {
  const dir = siteProject();
  await build(dir, duckdb, schemaName());
  file = await generate(dir, duckdb, schemaName());
});

const boxes = async (page: Page) =>
  (await page.locator(".box .box-name").allTextContents()).map((name) => name.trim()).sort();
const lineage = (query: Record<string, string>) => `#/lineage?${new URLSearchParams(query)}`;

test.each([
  ["+cities", ["cities", "orders", "raw_orders", "stg_orders"]],
  ["1+cities", ["cities", "orders"]],
  ["tag:nightly+", ["cities", "orders"]],
  ["path:models/staging", ["stg_orders"]],
  ["config.materialized:view", ["stg_orders"]],
  ["source:erp", ["erp.invoices"]],
  ["result:skipped", ["cities"]],
  ["orders,+cities", ["orders"]],
])("the selector %s means what it means on the command line", async (select, names) => {
  const { page, close } = await visit(`${file}${lineage({ select })}`);
  expect(await boxes(page)).toEqual(names);
  await close();
});

test("a selector that is none is said to be none", async () => {
  const { page, close } = await visit(`${file}${lineage({ select: "@orders+" })}`);
  expect(await page.locator("#lineage-found").textContent()).toContain(
    '"@" before and "+" after cannot stand together',
  );
  await goTo(page, lineage({ select: "ordres" }));
  expect(await page.locator("#lineage-found").textContent()).toContain("does not match any node");
  await close();
});

test("around a node stand as many generations as are asked for, and tests if they are", async () => {
  const { page, close } = await visit(
    `${file}${lineage({ focus: "model.shop.orders", up: "1", down: "0" })}`,
  );
  expect(await boxes(page)).toEqual(["orders", "stg_orders"]);
  await goTo(page, lineage({ focus: "model.shop.orders", up: "0", down: "1", tests: "1" }));
  expect(await boxes(page)).toHaveLength(6);
  await close();
});

test("a box says in words how its node and its tests fared", async () => {
  const { page, close } = await visit(`${file}#/lineage`);
  const words = await page
    .locator("#box-3, .box", { hasText: "orders built" })
    .first()
    .getAttribute("aria-label");
  expect(words).toContain("built");
  const all = await page
    .locator(".box")
    .evaluateAll((list) => list.map((box) => box.getAttribute("aria-label")));
  expect(all).toContain("orders built · 1 test failed · 1 test warned, model");
  expect(all).toContain("cities skipped, model");
  await close();
});

test("a column is followed up and down, with how it is made, in the picture and as a table", async () => {
  const { page, close } = await visit(`${file}${lineage({ node: "model.shop.orders", column: "amount" })}`);
  await page.waitForSelector(".trace tbody tr");
  const steps = await page
    .locator(".trace tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent?.replace(/\s+/g, " ").trim())),
    );
  expect(steps).toEqual([
    ["modelstg_orders amount", "computed", "modelorders amount"],
    ["seedraw_orders amount", "copied", "modelstg_orders amount"],
    ["modelorders amount", "aggregated", "modelcities revenue"],
    ["modelorders amount", "filtered by", "modelcities which rows"],
  ]);
  expect(await page.locator(".wire").count()).toBe(4);
  await close();
});

test("the picture is saved as a file that stands by itself", async () => {
  const { page, close } = await visit(`${file}#/lineage`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as SVG" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("shop-lineage.svg");
  const text = readFileSync(await download.path(), "utf8");
  expect(text).toContain("<title>Lineage of shop</title>");
  expect(text).toContain("stg_orders");
  expect(text).not.toMatch(/class=|href=|var\(/);
  await close();
});
