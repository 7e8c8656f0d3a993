import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/command-table.js";
import { GLOBAL_OPTIONS } from "../../src/cli/log/log-options.js";

const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "commands.md"), "utf8");
const names = COMMANDS.map(({ usage }) => [usage].flat()[0]!.split(" ")[0]!);

test("the page lists the commands as the command line has them, in its order", () => {
  expect([...page.matchAll(/^\| `sla (\w+)` \|/gm)].map((match) => match[1])).toEqual(names);
});

test("the page names every option, and none that does not exist", () => {
  const options = new Set([
    ...Object.keys(GLOBAL_OPTIONS).filter((name) => name !== "color"),
    "no-color",
    "help",
    // What stands in the usage, `sla source <what>`, is an argument.
    ...COMMANDS.flatMap(({ options, usage }) =>
      Object.keys(options).filter((name) => !new RegExp(`[<[]${name}(\\.\\.)?[\\]>]`).test(String(usage))),
    ),
  ]);
  const named = new Set(
    [...page.matchAll(/--([a-z][a-z-]*)/g)].map(([, name]) => {
      // `--no-install` is the option `install`, said no to.
      const denied = name!.replace(/^no-/, "");
      return options.has(denied) ? denied : name!;
    }),
  );
  expect([...named].sort()).toEqual([...options].sort());
});
