import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/command-table.js";
import { commandName, overview } from "../../src/cli/manual/command-groups.js";
import { manual } from "../../src/cli/manual/manual.js";
import { NOTES } from "../../src/cli/manual/notes.js";
import { commandLine, generalHelp } from "../../src/cli/parser.js";

/** The words of a line as a shell has them; what is behind a redirection is the shell's. */
function wordsOf(line: string): string[] {
  const [own] = line.split(" >> ");
  return [...own!.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!);
}

describe.each(COMMANDS.map((command) => [commandName(command), command] as const))(
  "sla %s",
  (name, command) => {
    it("has at least two examples, which the command line understands", async () => {
      expect(command.examples.length).toBeGreaterThanOrEqual(2);
      for (const [line] of command.examples) {
        const [program, ...words] = wordsOf(line);
        expect(program).toBe("$0");
        let ran = "";
        await commandLine(words, 80, async (found) => {
          ran = commandName(found);
        }).parseAsync();
        expect(ran, line).toBe(name);
      }
    });

    it("has a manual page with every option, within the width", () => {
      const page = manual(command, 80);
      const titles = [...page.matchAll(/^[A-Z ]+$/gm)].map(([title]) => title);
      for (const title of [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "EXAMPLES",
        "EXIT STATUS",
        "ENVIRONMENT",
        "SEE ALSO",
      ])
        expect(titles).toContain(title);
      for (const [option, { hidden }] of Object.entries(command.options))
        if (hidden !== true) expect(page).toContain(option);
      for (const [line] of command.examples) expect(page).toContain(line.replace("$0", "sla"));
      const sections = page.slice(page.indexOf("\nOPTIONS"), page.indexOf("\nENVIRONMENT"));
      const long = sections.split("\n").filter((text) => text.startsWith("        ") && text.length > 80);
      expect(long).toEqual([]);
    });

    it("stands in the help", () => {
      expect(overview(COMMANDS, 80)).toMatch(new RegExp(`^  ${name} `, "m"));
    });
  },
);

it("every command has notes, and the commands that they name exist", () => {
  const names = COMMANDS.map(commandName);
  expect(Object.keys(NOTES).toSorted()).toEqual(names.toSorted());
  for (const [name, { see }] of Object.entries(NOTES))
    for (const one of [name, ...(see ?? [])]) expect(names).toContain(one);
});

it("a procedure's parameters stand in the manual of call", () => {
  const call = COMMANDS.find((command) => commandName(command) === "call")!;
  expect(manual(call, 80, (text) => text, [{ name: "least", about: "int: Orders at the least" }])).toContain(
    "PARAMETERS\n    --least\n        int: Orders at the least\n",
  );
});

it("the help fits a terminal of 80 columns, commands below what they are for", async () => {
  const help = await generalHelp(80);
  const lines = help.split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.length).toBeLessThan(65);
  expect(help).toContain(`\n\n${overview(COMMANDS, 80)}\n\n`);
  expect(help).toMatch(/^ {2}build /m);
});
