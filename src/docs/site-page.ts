import { gzipSync } from "node:zlib";
import type { SiteDashboardHead } from "./site-reports.js";

/** What a page may load: its own scripts and styles, and no other host. `connect` is for live reload. */
export function contentPolicy(connect: "'none'" | "'self'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** The one page of the site. Its scripts are classic ones, since browsers load no modules from `file://`. */
export function sitePage(
  project: string,
  live: boolean,
  dashboards: readonly SiteDashboardHead[] = [],
): string {
  const policy = contentPolicy(live ? "'self'" : "'none'");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="sla docs">
${live ? `<meta name="sla-live" content="/~events">\n` : ""}<title>${escapeHtml(project)}</title>
<link rel="icon" href="assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="assets/site.css">
<script src="assets/start.js"></script>
<script src="data/core.js" defer></script>
<script src="assets/site.js" defer></script>
</head>
<body>
<div id="app"></div>
<noscript>
<p>This page needs JavaScript: it runs from the files beside it and asks no server.</p>
${dashboards.map(plainDashboard).join("")}</noscript>
</body>
</html>
`;
}

/** The first figures of a dashboard, for readers without JavaScript. */
function plainDashboard({ title, question, figures }: SiteDashboardHead): string {
  const list = figures
    .map(({ label, text }) => `<li>${escapeHtml(label)}: ${escapeHtml(text)}</li>`)
    .join("");
  return `<h2>${escapeHtml(title)}</h2>\n<p>${escapeHtml(question)}</p>\n<ul>${list}</ul>\n`;
}

/** Text that means itself within HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A data file: a classic script that hands a value over by name. No text in it can end a script element. */
export function dataScript(name: string, value: unknown): string {
  const json = JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return `slaData(${JSON.stringify(name)},${json});\n`;
}

/** A data file of more characters than this is packed: browsers unpack it faster than they read it. */
const LARGE = 200_000;

/** A data file as it is written: a large one packed, but for the one that every page begins with. */
export function packed(name: string, script: string): string {
  if (name === "core" || script.length < LARGE) return script;
  const json = script.slice(script.indexOf(",") + 1, script.lastIndexOf(");"));
  return `slaData(${JSON.stringify(name)},null,${JSON.stringify(gzipSync(json).toString("base64"))});\n`;
}
