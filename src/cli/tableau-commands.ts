import type { CliCommand } from "./command.js";
import { TARGET } from "./option-groups.js";

/** What is made for Tableau. */
export const TABLEAU: readonly CliCommand[] = [
  {
    usage: "tableau [what] [files..]",
    describe: "Write data sources and a workbook for Tableau, of the built marts, to target/tableau",
    options: {
      ...TARGET,
      what: {
        choices: ["generate", "validate"],
        default: "generate",
        describe: "Write them, or check files (validate): schema, references, figures against the site",
      },
      files: {
        type: "string",
        array: true,
        describe: "validate: workbooks (.twb, .twbx) and data sources (.tds)",
      },
      schemas: { type: "string", requiresArg: true, describe: "validate: folder of Tableau's schemas" },
      warehouse: {
        type: "boolean",
        default: true,
        describe: "validate: hold columns and figures against the warehouse",
      },
      "tableau-version": {
        type: "string",
        choices: ["2025.1", "2026.1"],
        default: "2025.1",
        describe: "The first version of Tableau that is to open them",
      },
      packaged: {
        type: "boolean",
        default: false,
        describe: "Also a workbook with the rows in it (.twbx), for those without a connection",
      },
      output: {
        type: "string",
        alias: "o",
        requiresArg: true,
        describe: "Folder to write to, if not target/tableau",
      },
    },
    examples: [
      ["$0 tableau", "then open target/tableau/ in Tableau Desktop"],
      ["$0 tableau --packaged", "with medians and percentiles, for Tableau Public and demos"],
      ["$0 tableau validate target/tableau/shop.twb", "all that can be told without Tableau"],
    ],
    run: async (args, terminal) =>
      args.what === "validate"
        ? (await import("./tableau-validate.js")).validateCommand(args, terminal)
        : (await import("./tableau.js")).tableauCommand(args, terminal),
  },
];
