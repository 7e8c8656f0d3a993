import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { ENGINES, schemaName } from "../harness/engines.js";
import { goTo, settled, visit } from "./browser.js";
import { build, generate, siteProject } from "./site-project.js";

const duckdb = ENGINES[0]!;
let file: string;

beforeAll(async () => {
  const dir = siteProject();
  await build(dir, duckdb, schemaName());
  file = await generate(dir, duckdb, schemaName());
});

const hash = (page: Page) => page.evaluate(() => location.hash);
/** What has the focus, if it is something to be used. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!at?.matches("a, button, input, summary, [tabindex='0']")) return at?.id ?? "";
    return at.getAttribute("aria-label") ?? at.textContent;
  });

/** Presses a key until what has the focus says this; fails when it is not reached. */
async function until(page: Page, key: string, label: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if ((await focused(page))?.includes(label) === true) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${label} is not reached by ${key}`);
}

test("search finds names, columns, descriptions and code, and opens what is chosen", async () => {
  const { page, complaints, close } = await visit(file);
  const found = async (query: string): Promise<string[]> => {
    await page.keyboard.press("/");
    await page.waitForSelector(".search input:focus");
    await page.keyboard.type(query);
    await page.waitForFunction(() =>
      /found$/.test(document.querySelector(".search .hint")?.textContent ?? ""),
    );
    await page.waitForTimeout(100);
    const names = await page.locator('[role="option"] .found-name').allTextContents();
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog:not([open])", { state: "attached" });
    return names;
  };
  expect((await found("cities"))[0]).toBe("cities");
  expect(await found("revenue")).toContain("cities");
  expect(await found("old system")).toEqual([]);
  expect(await found("bills")).toContain("erp.invoices");
  expect(await found("nightly")).toContain("orders");
  expect(await found("round")).toContain("cents");
  expect(await found("nothingofthekind")).toEqual([]);

  await page.keyboard.press("/");
  await page.keyboard.type("orders");
  await page.waitForSelector('[role="option"]');
  await page.keyboard.press("ArrowDown");
  const second = await page.locator('[role="option"][aria-selected="true"] .found-name').textContent();
  await page.keyboard.press("Enter");
  await settled(page);
  expect(await page.locator("h1").textContent()).toBe(second);
  expect(complaints).toEqual([]);
  await close();
});

test("everything is reached by the tabulator: skip link, menu, links, tabs of code", async () => {
  const { page, complaints, close } = await visit(file);
  await page.keyboard.press("Tab");
  expect(await focused(page)).toContain("Skip to the content");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
  await until(page, "Shift+Tab", "Models");
  await until(page, "Tab", "cities");
  await page.keyboard.press("Enter");
  await settled(page);
  expect(await hash(page)).toBe("#/node/model.shop.cities");
  await until(page, "Tab", "Source");
  await page.keyboard.press("ArrowRight");
  expect(await page.locator('[role="tab"][aria-selected="true"]').textContent()).toBe("MySQL");
  expect(await page.locator('[role="tabpanel"]').textContent()).toContain("`orders`");
  await page.keyboard.press("ArrowRight");
  expect(await page.locator('[role="tabpanel"]').textContent()).toContain('"orders"');
  expect(complaints).toEqual([]);
  await close();
});

test("the graph is walked with the arrow keys, and the address says where one is", async () => {
  const { page, complaints, close } = await visit(file);
  await goTo(page, "#/lineage");
  await until(page, "Tab", "raw_orders");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await until(page, "ArrowRight", "stg_orders");
  await page.keyboard.press("ArrowRight");
  await until(page, "ArrowRight", "orders built");
  expect(await hash(page)).toBe("#/lineage?node=model.shop.orders");
  expect(await page.locator(".panel h2").textContent()).toBe("orders");
  await page.keyboard.press("Enter");
  await settled(page);
  expect(await hash(page)).toBe("#/node/model.shop.orders");
  await page.goBack();
  await settled(page);
  expect(await page.locator(".panel h2").textContent()).toBe("orders");
  expect(complaints).toEqual([]);
  await close();
});

test("the theme is chosen and kept", async () => {
  const { page, close } = await visit(file);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await until(page, "Tab", "Theme: system");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  expect(await focused(page)).toContain("Theme: dark");
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  await settled(page);
  expect(await background()).toBe(dark);
  await close();
});
