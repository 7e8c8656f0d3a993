import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SiteServer, serveSite } from "../../src/docs/index.js";
import { ENGINES, schemaName } from "../harness/engines.js";
import { goTo, violations, visit } from "./browser.js";
import { build, generate, siteProject } from "./site-project.js";

const duckdb = ENGINES[0]!;

/** A page of each kind. */
const PAGES = [
  "#/",
  "#/list/model",
  "#/list/test",
  "#/list/source",
  "#/node/model.shop.orders",
  "#/node/model.shop.stg_orders",
  "#/node/seed.shop.raw_orders",
  "#/node/source.shop.erp.invoices",
  "#/node/macro.shop.cents",
  "#/lineage",
  "#/lineage?focus=model.shop.orders&tests=1",
  "#/lineage?node=model.shop.cities&column=revenue",
  "#/lineage?select=%2Bcities",
  "#/health",
  "#/nowhere",
  "#/node/model.shop.gone",
];

let file: string;
let server: SiteServer;

beforeAll(async () => {
  const dir = siteProject();
  const { results } = await build(dir, duckdb, schemaName());
  // Something must have failed, or the pages of failures would be looked at without any.
  expect(results.filter(({ status }) => status === "fail" || status === "warn").length).toBeGreaterThan(1);
  file = await generate(dir, duckdb, schemaName());
  server = await serveSite({
    folder: dirname(fileURLToPath(file)),
    project: "shop",
    host: "127.0.0.1",
    port: 0,
  });
});

afterAll(() => server.close());

describe.each([
  { name: "from a folder, light", look: {}, served: false },
  { name: "from a folder, dark", look: { dark: true }, served: false },
  { name: "from a server, on a phone", look: { phone: true }, served: true },
  { name: "from a server, on a phone, dark", look: { phone: true, dark: true }, served: true },
])("$name", ({ look, served }) => {
  test("every page is drawn, asks nobody else, and breaks no rule of accessibility", async () => {
    const start = served ? server.url : file;
    const { page, complaints, requests, close } = await visit(start, look);
    const broken: Record<string, string[]> = {};
    for (const hash of PAGES) {
      await goTo(page, hash);
      const found = await violations(page);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wider > 0) found.push(`wider than the window by ${wider}`);
      if ((await page.title()) === "") found.push("no title");
      if ((await page.locator("h1").count()) !== 1) found.push("not one h1");
      if (found.length > 0) broken[hash] = found;
    }
    expect(broken).toEqual({});
    expect(complaints).toEqual([]);
    const own = served ? server.url : start.replace(/index\.html$/, "");
    expect(requests.filter((url) => !url.startsWith(own) && !url.startsWith("data:"))).toEqual([]);
    await close();
  });
});

test("text that is HTML stays text, wherever it comes from", async () => {
  const { page, complaints, close } = await visit(file);
  for (const hash of [...PAGES, "#/node/%3Cimg%20src=x%20onerror=window.pwned=1%3E"]) {
    await goTo(page, hash);
    expect(await page.locator("main img, main script, main b, main iframe").count()).toBe(0);
  }
  const tests = await page.evaluate(() =>
    (window as unknown as { slaHeld: { core: { nodes: { id: string }[] } } }).slaHeld.core.nodes
      .map(({ id }) => id)
      .filter((id) => id.startsWith("test.")),
  );
  for (const id of tests) await goTo(page, `#/node/${encodeURIComponent(id)}`);
  expect(await page.evaluate(() => (window as unknown as { pwned?: number }).pwned)).toBeUndefined();
  // That it is shown shows that it was there to do harm.
  await goTo(page, "#/node/model.shop.orders");
  expect(await page.locator("main").textContent()).toContain("<script>window.pwned=1</script>");
  expect(await page.locator("main code", { hasText: "<b>bold</b>" }).count()).toBeGreaterThan(0);
  await goTo(page, "#/");
  expect(await page.locator("main a[href^='https://example.org']").count()).toBe(1);
  expect(await page.locator("main a[href^='javascript']").count()).toBe(0);
  expect(complaints).toEqual([]);
  await close();
});
