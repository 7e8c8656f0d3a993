import { accessSync, constants, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll } from "vitest";
import { canInstall, installPackages } from "../harness/debian.js";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

let browser: Promise<Browser> | undefined;

/** Chromium from the PATH; installed where that is possible. Never skipped: a test that needs it fails without it. */
function launch(): Promise<Browser> {
  const executablePath = find() ?? install();
  if (executablePath === undefined) {
    throw new Error(
      `The tests of the site need Chromium: one of ${NAMES.join(", ")} on the PATH. As root on Debian it is installed by apt-get.`,
    );
  }
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

function find(): string | undefined {
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not there.
      }
    }
  }
  return undefined;
}

function install(): string | undefined {
  if (!canInstall()) return undefined;
  try {
    installPackages("chromium");
  } catch {
    return undefined;
  }
  return find();
}

/** How a page is looked at. */
export interface Look {
  dark?: boolean;
  phone?: boolean;
}

/** A page, and what went wrong on it. */
export interface Visit {
  page: Page;
  /** Messages of the console that are errors or warnings, and what was thrown. */
  complaints: string[];
  /** Every address that was asked for. */
  requests: string[];
  close(): Promise<void>;
}

/** Opens an address in a fresh browser context. */
export async function visit(url: string, { dark = false, phone = false }: Look = {}): Promise<Visit> {
  browser ??= launch();
  const context = await (await browser).newContext({
    colorScheme: dark ? "dark" : "light",
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    hasTouch: phone,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()))
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`thrown: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
  await settled(page);
  return { page, complaints, requests, close: () => context.close() };
}

/** Waits until a page is drawn and has what it loads. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector("main .page > *");
  await page.waitForFunction(() => document.querySelector('main [role="status"]') === null);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Goes to another page of the site that is open. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((next) => {
    location.hash = next;
  }, hash);
  await settled(page);
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What of WCAG 2.2 AA a page breaks: the rule, and where. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    const found = await axe.run({
      preload: false,
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
    );
  });
}

afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});
