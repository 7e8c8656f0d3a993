import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SiteServer, serveSite } from "../../src/docs/index.js";
import { type Chosen, heatmapSql, KPI_SQL, SHEET_SQL } from "../reports/dashboard-sql.js";
import { goTo, settled, violations, visit } from "./browser.js";
import { type HelpdeskSite, helpdeskSite, siteTexts } from "./dashboards-site.js";

/** The cards of each dashboard in their order, with how many decimals and of what they show. */
const CARDS: Record<string, { metric: string; decimals: number; times?: number }[]> = {
  service_overview: [
    { metric: "tickets", decimals: 0 },
    { metric: "sla_breach_rate", decimals: 1, times: 100 },
    { metric: "automatable_rate", decimals: 1, times: 100 },
    { metric: "open_overdue", decimals: 0 },
  ],
  system_performance: [
    { metric: "uptime", decimals: 3, times: 100 },
    { metric: "critical_tickets", decimals: 0 },
    { metric: "downtime_hours", decimals: 1 },
  ],
  operational_efficiency: [
    { metric: "mean_resolution_hours", decimals: 1 },
    { metric: "mean_first_response", decimals: 0 },
    { metric: "late_response_rate", decimals: 1, times: 100 },
    { metric: "lasting_fix_rate", decimals: 1, times: 100 },
  ],
};
const DASHBOARDS = Object.keys(CARDS);

/** As the dashboards begin: 90 days. */
const FIRST: Chosen = { from: "2026-04-02", to: "2026-06-30" };

let site: HelpdeskSite;
let server: SiteServer;

beforeAll(async () => {
  site = await helpdeskSite();
  server = await serveSite({
    folder: dirname(fileURLToPath(site.file)),
    project: "helpdesk",
    host: "127.0.0.1",
    port: 0,
  });
}, 300_000);

afterAll(async () => {
  await server?.close();
  await site?.close();
});

/** The numbers on the cards. */
const shown = async (page: Page): Promise<number[]> =>
  (await page.locator(".kpi-value").allTextContents()).map((text) =>
    Number(
      text
        .replaceAll(",", "")
        .replace("−", "-")
        .replace(/[^\d.-]/g, ""),
    ),
  );

/** The same numbers from SQL on the marts. */
async function computed(dashboard: string, chosen: Chosen): Promise<number[]> {
  const figures: number[] = [];
  for (const { metric, decimals, times = 1 } of CARDS[dashboard]!) {
    const [row] = await site.query(KPI_SQL[metric]!(site.table, chosen));
    figures.push(Number((Number(row!.v) * times).toFixed(decimals)));
  }
  return figures;
}

/** The cards show what SQL gives; once the page has followed, for a new address is drawn a moment later. */
async function same(page: Page, dashboard: string, chosen: Chosen): Promise<void> {
  const cards = CARDS[dashboard]!;
  const expected = await computed(dashboard, chosen);
  const wrong = async () => {
    const found = await shown(page);
    return cards.flatMap(({ metric, decimals }, at) =>
      // The last digit may be rounded the other way where it stands on the edge; what is counted is exact.
      Math.abs((found[at] ?? Number.NaN) - expected[at]!) <= (decimals === 0 ? 0 : 0.51 * 10 ** -decimals)
        ? []
        : [`${metric}: ${found[at]}, not ${expected[at]}`],
    );
  };
  await expect.poll(wrong, { timeout: 4_000 }).toEqual([]);
}

/** Presses Tab until the keyboard is on something. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 400; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("not reached by Tab");
}

/** Where a chart stands once it is scrolled to the middle of the window. */
async function inSight(chart: Locator) {
  await chart.evaluate((element) => element.scrollIntoView({ block: "center" }));
  return (await chart.boundingBox())!;
}

const drawn = async (page: Page): Promise<void> => {
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".chart")].every(
      (chart) => chart.querySelector("svg path, svg text") !== null,
    ),
  );
  await settled(page);
};

describe.each([
  { name: "from a folder, light", look: {}, served: false },
  { name: "from a folder, dark", look: { dark: true }, served: false },
  { name: "from a server, on a phone", look: { phone: true }, served: true },
  { name: "from a server, on a phone, dark", look: { phone: true, dark: true }, served: true },
])("$name", ({ look, served }) => {
  test("dashboards, alerts and pictures are drawn, ask nobody else, and break no rule of accessibility", async () => {
    const start = served ? server.url : site.file;
    const { page, complaints, requests, close } = await visit(start, look);
    const broken: Record<string, string[]> = {};
    for (const hash of [
      "",
      "dashboards",
      ...DASHBOARDS.map((name) => `dashboards/${name}`),
      "alerts",
      "pictures",
    ]) {
      await goTo(page, `#/${hash}`);
      await drawn(page);
      for (const details of await page.locator("main details").all())
        await details.evaluate((element) => {
          (element as HTMLDetailsElement).open = !element.classList.contains("choice");
        });
      const found = await violations(page);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wider > 0) found.push(`wider than the window by ${wider}`);
      if ((await page.locator("h1").count()) !== 1) found.push("not one h1");
      const text = (await page.locator("main").textContent()) ?? "";
      if (/NaN|undefined|Infinity|\[object/.test(text)) found.push("a figure that is none");
      if (found.length > 0) broken[hash] = found;
    }
    expect(broken).toEqual({});
    expect(complaints).toEqual([]);
    const own = served ? server.url : start.replace(/index\.html$/, "");
    expect(requests.filter((url) => !url.startsWith(own) && !url.startsWith("data:"))).toEqual([]);
    await close();
  }, 120_000);
});

test("every chart has a heading, a sentence with figures and a table, and the table is what SQL gives", async () => {
  const { page, close } = await visit(`${site.file}#/dashboards/service_overview`);
  await drawn(page);
  for (const name of DASHBOARDS) {
    await goTo(page, `#/dashboards/${name}`);
    await drawn(page);
    for (const figure of await page.locator("figure.sheet").all()) {
      expect((await figure.locator("h2").textContent())!.length).toBeGreaterThan(3);
      expect(await figure.locator("figcaption").textContent()).toMatch(/\d/);
      expect(await figure.locator("table").count()).toBe(1);
      expect(await figure.locator("tbody tr").count()).toBeGreaterThan(0);
    }
  }
  const cells = await page.locator("#sheet-engineers tbody tr").count();
  expect(cells).toBeGreaterThan(5);
  await goTo(page, "#/dashboards/system_performance");
  await drawn(page);
  const counts = await site.query(heatmapSql(site.table, FIRST));
  const total = counts.reduce((sum, row) => sum + Number(row.n), 0);
  const fields = await page.locator("#sheet-system_by_cause tbody td").allTextContents();
  expect(fields.reduce((sum, text) => sum + Number(text.replace("–", "0")), 0)).toBe(total);
  // In the picture, each field that is not empty has its number, too.
  const labels = await page.locator("#sheet-system_by_cause svg text").allTextContents();
  for (const text of fields.filter((field) => field !== "–")) expect(labels).toContain(text);
  await close();
});

test.each(DASHBOARDS)(
  "%s: the keyboard alone changes period and region, and the cards follow",
  async (name) => {
    const { page, complaints, close } = await visit(`${site.file}#/dashboards/${name}`);
    await drawn(page);
    await same(page, name, FIRST);

    await tabTo(page, page.getByRole("button", { name: "Year to date" }));
    await page.keyboard.press("Enter");
    const year: Chosen = { from: "2026-01-01", to: "2026-06-30" };
    await same(page, name, year);
    expect(await page.locator(".applied").textContent()).toBe("1 Jan 2026 to 30 Jun 2026 (181 days)");

    await tabTo(page, page.locator(".choice summary"));
    await page.keyboard.press("Enter");
    for (const region of ["Digital", "Leeds"]) {
      await tabTo(page, page.getByRole("checkbox", { name: region }));
      await page.keyboard.press("Space");
    }
    await page.keyboard.press("Escape");
    const regions: Chosen = { ...year, regions: ["Digital", "Leeds"] };
    await same(page, name, regions);
    expect(await page.locator(".applied").textContent()).toContain("Region: Digital, Leeds");

    // The address says it all: a fresh visit shows the same.
    const address = await page.evaluate(() => location.hash);
    expect(address).toContain("from=2026-01-01&region=Digital&region=Leeds");
    const again = await visit(`${site.file}${address}`);
    await drawn(again.page);
    await same(again.page, name, regions);
    await again.close();

    await page.goBack();
    await page.goBack();
    await settled(page);
    await same(page, name, year);

    await page.goForward();
    await settled(page);
    await tabTo(page, page.getByRole("button", { name: "Remove Region: Digital" }));
    await page.keyboard.press("Enter");
    await same(page, name, year);

    await page.locator('input[aria-label="First day"]').fill("2025-11-10");
    await page.locator('input[aria-label="Last day"]').fill("2026-01-20");
    await same(page, name, { from: "2025-11-10", to: "2026-01-20" });
    await page.getByRole("button", { name: "Reset" }).click();
    await same(page, name, FIRST);
    expect(complaints).toEqual([]);
    await close();
  },
  60_000,
);

test("a click on a mark restricts all other parts, its own chart keeps all marks; the table does the same by keyboard", async () => {
  const { page, complaints, close } = await visit(`${site.file}#/dashboards/system_performance`);
  await drawn(page);
  const bars = page.locator("#sheet-unstable_systems");
  const rows = bars.locator("tbody tr");
  const before = await rows.allTextContents();
  const [worst] = await site.query(SHEET_SQL.unstable_systems!(site.table, FIRST));
  const system = String(worst!.k);
  const box = await inSight(bars.locator(".chart"));
  // Somewhere within the first bar, which is the longest and begins left of the middle.
  await page.mouse.click(box.x + box.width * 0.42, box.y + 18);
  await page.waitForSelector(".chips");
  expect(await page.locator(".chips").textContent()).toContain(system);
  await same(page, "system_performance", { ...FIRST, system });
  expect(await rows.count()).toBe(before.length);
  expect(await bars.locator("tr.faded").count()).toBe(before.length - 1);
  const faded = await bars.locator('.chart svg path[fill-opacity="0.25"]').count();
  expect(faded).toBe(before.length - 1);

  const chip = page.getByRole("button", { name: `Remove System name: ${system}` });
  await tabTo(page, chip);
  await page.keyboard.press("Enter");
  await same(page, "system_performance", FIRST);
  await expect.poll(() => page.locator(".chips").count()).toBe(0);

  await tabTo(page, bars.locator("summary"));
  await page.keyboard.press("Enter");
  await tabTo(page, bars.getByRole("button", { name: system, exact: true }));
  await page.keyboard.press("Enter");
  await same(page, "system_performance", { ...FIRST, system });
  await page.reload();
  await drawn(page);
  await same(page, "system_performance", { ...FIRST, system });
  expect(complaints).toEqual([]);
  await close();
});

test("a click on a line takes the period of that span", async () => {
  const { page, close } = await visit(`${site.file}#/dashboards/service_overview?from=2025-07-01`);
  await drawn(page);
  const button = page.locator("#sheet-flow").getByRole("button", { name: "2025-09", exact: true });
  await page.locator("#sheet-flow summary").click();
  await button.focus();
  await page.keyboard.press("Enter");
  await same(page, "service_overview", { from: "2025-09-01", to: "2025-09-30" });
  await page.goBack();
  await drawn(page);
  const box = await inSight(page.locator("#sheet-flow .chart"));
  // The first of twelve months stands at the left edge of the plot.
  await page.mouse.click(box.x + 56, box.y + 80);
  await page.waitForFunction(() => location.hash.includes("to="));
  await same(page, "service_overview", { from: "2025-07-01", to: "2025-07-31" });
  await close();
});

test("an empty selection says so, and shows no figure", async () => {
  const { page, complaints, close } = await visit(
    `${site.file}#/dashboards/service_overview?from=2026-06-30&region=Nowhere`,
  );
  await drawn(page);
  expect(await page.locator(".kpi-none").allTextContents()).toEqual([
    "No tickets in this selection",
    "No tickets in this selection",
    "No tickets in this selection",
    "No ticket flow in this selection",
  ]);
  expect(await page.locator(".nothing").count()).toBe(4);
  expect(await page.locator(".kpi-value, .chart").count()).toBe(0);
  expect(complaints).toEqual([]);
  await close();
});

test("a chart's CSV holds its figures as SQL has them", async () => {
  const { page, close } = await visit(`${site.file}#/dashboards/service_overview`);
  await drawn(page);
  const lines = async (button: Locator): Promise<string[]> => {
    const waiting = page.waitForEvent("download");
    await button.click();
    const text = readFileSync((await (await waiting).path())!, "utf8");
    return text
      .replace(/^\ufeff/, "")
      .trimEnd()
      .split("\r\n");
  };
  const [head, ...rows] = await lines(
    page.getByRole("button", { name: "Download SLA breached by priority as CSV" }),
  );
  expect(head).toBe("Priority,SLA breached,Tickets");
  const expected = await site.query(SHEET_SQL.breach_by_priority!(site.table, FIRST));
  expect(rows.length).toBe(4);
  for (const [at, { k, a, b }] of expected.entries()) {
    const [priority, rate, tickets] = rows[at]!.split(",");
    expect([priority, Number(tickets)]).toEqual([k, Number(b)]);
    expect(Number(rate)).toBeCloseTo(Number(a), 12);
  }
  const alerts = await lines(page.getByRole("button", { name: /^Download Open tickets/ }));
  const open = await site.query(SHEET_SQL.alerts!(site.table, FIRST));
  expect(alerts.length).toBe(open.length + 1);
  expect(alerts[1]!.split(",").slice(0, 2)).toEqual([
    String(open[0]!.alert_rank),
    String(open[0]!.ticket_id),
  ]);
  await close();
});

test("all alerts stand on a page of their own, to filter and to sort", async () => {
  const { page, complaints, close } = await visit(`${site.file}#/alerts`);
  const open = await site.query(
    `SELECT ticket_id, risk, hours_left FROM ${site.table("mart_breach_alerts")} ORDER BY alert_rank`,
  );
  const ids = () => page.locator("tbody td:nth-child(2)").allTextContents();
  expect(await ids()).toEqual(open.map(({ ticket_id }) => String(ticket_id)));
  expect(await page.locator("tbody meter").count()).toBe(open.length);
  await page.getByRole("button", { name: "Hours left" }).focus();
  await page.keyboard.press("Enter");
  const most = open.toSorted((a, b) => Number(b.hours_left) - Number(a.hours_left))[0]!;
  expect((await ids())[0]).toBe(String(most.ticket_id));
  await page.getByRole("searchbox", { name: "Filter the rows" }).fill("on track");
  const onTrack = open.filter(({ risk }) => risk === "On track").length;
  await page.waitForFunction((count) => document.querySelectorAll("tbody tr").length === count, onTrack);
  expect(onTrack).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
  await close();
});

test("pictures stand as images, each with the model that drew it; the model's card is text", async () => {
  const { page, complaints, close } = await visit(`${site.file}#/pictures`);
  const images = page.locator("figure.picture img");
  expect(await images.count()).toBe(6);
  for (const image of await images.all()) {
    await image.scrollIntoViewIfNeeded();
    await image.evaluate((element) => (element as HTMLImageElement).decode());
    expect((await image.getAttribute("alt"))!.length).toBeGreaterThan(20);
  }
  const links = await page.locator("figure.picture a[href*='node']").allTextContents();
  expect(links).toContain("eda_pareto");
  expect(links.length).toBe(6);
  for (const href of await page
    .locator("a[download]")
    .evaluateAll((all) => all.map((a) => a.getAttribute("href")!)))
    expect(statSync(join(site.folder, href)).size).toBeGreaterThan(100);
  expect(await page.locator("article.card h2").count()).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
  await close();
});

test("the home page begins with the dashboards and their figures, also without JavaScript", async () => {
  const { page, close } = await visit(site.file);
  expect(await page.locator(".board").count()).toBe(3);
  const [tickets] = await computed("service_overview", FIRST);
  expect(await page.locator(".board", { hasText: "Service Overview" }).textContent()).toContain(
    tickets!.toLocaleString("en"),
  );
  await page.locator(".board", { hasText: "Service Overview" }).click();
  await drawn(page);
  expect(await page.locator("h1").textContent()).toBe("Service Overview");
  await close();
  expect(readFileSync(fileURLToPath(site.file), "utf8")).toContain(
    `<li>Tickets: ${tickets!.toLocaleString("en")}</li>`,
  );
});

test("nobody's name stands in any file, but pseudonyms do", async () => {
  const rows = await site.query(`SELECT DISTINCT engineer_name AS name FROM ${site.table("dim_engineers")}`);
  const names = rows.map(({ name }) => String(name)).filter((name) => name.includes(" "));
  expect(names.length).toBeGreaterThan(20);
  const texts = siteTexts(site.file);
  // What is packed has been looked into.
  expect([...texts.values()].some((text) => text.includes('"engineer":{"kind":"text"'))).toBe(true);
  const [{ engineer }] = (await site.query(
    `SELECT engineer FROM ${site.table("mart_tickets")} WHERE is_assigned = 1 LIMIT 1`,
  )) as [{ engineer: string }];
  expect([...texts.values()].some((text) => text.includes(engineer))).toBe(true);
  const found = [...texts].flatMap(([path, text]) =>
    names.filter((name) => text.includes(name)).map((name) => `${path}: ${name}`),
  );
  expect(found).toEqual([]);
});

test("the whole site is small and written fast", () => {
  const bytes = [...siteTexts(site.file).keys()].reduce(
    (sum, path) => sum + statSync(join(site.folder, path)).size,
    0,
  );
  expect(bytes).toBe(site.bytes);
  expect(bytes).toBeLessThan(3_000_000);
  expect(site.seconds).toBeLessThan(5);
});
