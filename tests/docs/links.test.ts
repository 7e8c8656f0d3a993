import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const pages = globSync("**/*.md", { cwd: root, ignore: ["**/node_modules/**", "target/**"] }).sort();

/** The anchor that a heading gets where Markdown is shown. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

function broken(page: string): string[] {
  // What stands in code is no link.
  const text = readFileSync(join(root, page), "utf8")
    .replace(/^```[\s\S]*?^```/gm, "")
    .replace(/`[^`\n]*`/g, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
    // `#/node/…` is an address of the site, for the overview of a project.
    if (/^(?:[a-z]+:|#\/)/.test(link!)) return [];
    const [path, heading] = link!.split("#");
    const target = path === "" ? join(root, page) : join(root, dirname(page), path!);
    if (!existsSync(target)) return [`${page}: ${link}`];
    if (heading === undefined) return [];
    const headings = [...readFileSync(target, "utf8").matchAll(/^#+ (.+)$/gm)].map((match) =>
      anchor(match[1]!),
    );
    return headings.includes(heading) ? [] : [`${page}: ${link}`];
  });
}

test("there are pages to look at", () => {
  expect(pages.map((page) => relative(root, join(root, page)))).toContain("README.md");
});

test("every link between pages leads somewhere", () => {
  expect(pages.flatMap(broken)).toEqual([]);
});

test("the list of decisions has all of them", () => {
  const list = readFileSync(join(root, "docs", "decisions", "README.md"), "utf8");
  const records = readdirSync(join(root, "docs", "decisions")).filter((name) => /^\d/.test(name));
  expect(records.filter((name) => !list.includes(`](${name})`))).toEqual([]);
});
