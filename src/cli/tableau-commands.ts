import type { CliCommand } from "./command.js";
import { TARGET } from "./option-groups.js";

/** What is made for Tableau. */
export const TABLEAU: readonly CliCommand[] = [
  {
    usage: "tableau",
    describe: "Write data sources and a workbook for Tableau, of the built marts, to target/tableau",
    options: {
      ...TARGET,
      packaged: {
        type: "boolean",
        default: false,
        describe: "Also a workbook with the rows of the marts in it, for who has no connection",
      },
      "tableau-version": {
        type: "string",
        choices: ["2025.1", "2026.1"],
        default: "2025.1",
        describe: "The first version of Tableau that is to open them",
      },
      output: {
        type: "string",
        alias: "o",
        requiresArg: true,
        describe: "Folder to write to, if not target/tableau",
      },
    },
    examples: [["$0 tableau --packaged", "then open target/tableau/ in Tableau Desktop"]],
    run: async (args, terminal) => (await import("./tableau.js")).tableauCommand(args, terminal),
  },
];
