import type { Options } from "yargs";
import type { RunCommand } from "../commands/index.js";
import type { CliCommand } from "./command.js";
import { LOOKING } from "./looking-commands.js";
import { DEFERRAL, REPORTING, RUNNING, SELECTION, TARGET } from "./option-groups.js";
import { TABLEAU } from "./tableau-commands.js";

function running(
  which: RunCommand,
  describe: string,
  examples: [string, string][],
  more: Record<string, Options> = {},
): CliCommand {
  return {
    usage: which,
    describe,
    options: { ...RUNNING, ...more },
    examples,
    run: async (args, terminal) => (await import("./run-nodes.js")).runNodesCommand(which, args, terminal),
  };
}

const SITE: Record<string, Options> = {
  docs: { type: "boolean", default: false, describe: "Then write the site of the project to target/site" },
};

/** The commands, in the order of their help. */
export const COMMANDS: readonly CliCommand[] = [
  {
    usage: "init [dir]",
    describe: "Make a small, complete project in a folder: by default the current one",
    options: {
      dir: { type: "string", describe: "The folder, made if it does not exist" },
      name: { type: "string", requiresArg: true, describe: "Name of the project, if not the folder's" },
      install: {
        type: "boolean",
        default: true,
        describe: "Install sla into it with npm (--no-install: do not)",
      },
      "from-dbt": {
        type: "string",
        requiresArg: true,
        describe: "Folder of a dbt project to take over; ends with 1 if something was not",
      },
      force: { type: "boolean", default: false, describe: "Replace files that are in the way" },
    },
    examples: [
      ["$0 init shop", "then: cd shop && npx sla build"],
      [
        "$0 init shop --from-dbt ../jaffle_shop",
        "the same project, here; MIGRATION.md says what is left to do",
      ],
      ["$0 init --name shop --no-install", "in the current folder, without npm"],
    ],
    run: async (args, terminal) => (await import("./init.js")).initCommand(args, terminal),
  },
  running(
    "build",
    "Load seeds, build models and test both, in dependency order",
    [
      ["$0 build", "everything, on the default target"],
      ["$0 build --target mysql --select +fact_orders", "one model and all it needs, on MySQL"],
    ],
    { ...REPORTING, ...SITE },
  ),
  running("run", "Build models, without seeds and tests", [
    ["$0 run --select staging", "the models of a folder"],
    ["$0 run --select stg_orders+ --full-refresh", "a model and what depends on it, from nothing"],
  ]),
  running("seed", "Load CSV seeds and seeders", [
    ["$0 seed --vars 'rows: 1000'", "with another variable"],
    ["$0 seed --select raw_orders", "one file"],
  ]),
  running("snapshot", "Bring the history of snapshots up to date", [
    ["$0 snapshot --select order_status", "one snapshot"],
    ["$0 snapshot --target mysql", "all of them, on MySQL"],
  ]),
  running(
    "test",
    "Run data tests against what is built",
    [
      ["$0 test --select fact_orders", "the tests of one model"],
      ["$0 test --junit target/junit.xml", "and their results for a CI server"],
    ],
    REPORTING,
  ),
  {
    usage: "call <procedure>",
    describe: "Call a stored procedure: its tables are written, tested and published",
    options: {
      ...TARGET,
      procedure: { type: "string", describe: "Its name; other options than these are its parameters" },
      args: { type: "string", requiresArg: true, describe: "Its parameters as a JSON object" },
      threads: RUNNING.threads!,
      "lock-timeout": RUNNING["lock-timeout"]!,
      "query-timeout": RUNNING["query-timeout"]!,
      openlineage: RUNNING.openlineage!,
    },
    takesAny: true,
    examples: [
      ["$0 call flag_orders --least 5", "with another value for its parameter least"],
      ["$0 call flag_orders --args '{\"least\": 5}'", "the same as JSON"],
    ],
    run: async (args, terminal) => (await import("./call.js")).callCommand(args, terminal),
  },
  {
    usage: "retry",
    describe: "Run again, with its options, what the last run did not bring to an end",
    options: {
      vars: TARGET.vars!,
      threads: RUNNING.threads!,
      state: { type: "string", requiresArg: true, describe: "Folder of the run_results.json to go by" },
      ...REPORTING,
      openlineage: RUNNING.openlineage!,
    },
    examples: [
      ["$0 retry", "what failed, and what was skipped behind it"],
      ["$0 retry --threads 1", "one node at a time"],
    ],
    run: async (args, terminal) => (await import("./run-nodes.js")).retryCommand(args, terminal),
  },
  {
    usage: "compile",
    describe: "Fill in templates and check the SQL, without running it",
    options: {
      ...TARGET,
      ...SELECTION,
      ...DEFERRAL,
      inline: { type: "string", requiresArg: true, describe: "SQL to compile instead of nodes" },
    },
    examples: [
      ["$0 compile --select stg_orders", "print one model as the engine gets it"],
      ["$0 compile --inline 'select * from {{ref \"orders\"}}'", "SQL of your own"],
    ],
    prints: true,
    run: async (args, terminal) => (await import("./inspect.js")).compileCommand(args, terminal),
  },
  ...LOOKING,
  {
    usage: "source <what>",
    describe: "How old the data of sources is: sla source freshness",
    options: {
      ...TARGET,
      ...SELECTION,
      what: { choices: ["freshness"], describe: "What to ask of them" },
      output: {
        type: "string",
        alias: "o",
        requiresArg: true,
        describe: "File to write, if not target/sources.json",
      },
    },
    examples: [
      ["$0 source freshness --select source:shop", "the tables of one source"],
      ["$0 source freshness -o target/ages.json", "with the results in a file of your choice"],
    ],
    run: async (args, terminal) => (await import("./source.js")).sourceCommand(args, terminal),
  },
  {
    usage: "docs [what]",
    describe: "Write the site (generate), serve it (serve), or show the manual page of a command",
    prints: ({ what }) => what !== "generate" && what !== "serve",
    options: {
      ...TARGET,
      what: { type: "string", describe: "generate, serve, or the command whose manual is shown" },
      pager: { type: "boolean", default: true, describe: "Manuals through a pager (--no-pager: do not)" },
      "empty-catalog": {
        type: "boolean",
        default: false,
        describe: "Ask no warehouse: no types, sizes and runs",
      },
      port: { type: "number", requiresArg: true, default: 8580, describe: "Port to serve on, 0 for any" },
      host: { type: "string", requiresArg: true, default: "127.0.0.1", describe: "Address to serve on" },
    },
    examples: [
      ["$0 docs generate", "then open target/site/index.html"],
      ["$0 docs serve", "the same at http://127.0.0.1:8580, written anew with every change"],
    ],
    run: async (args, terminal) => (await import("./docs.js")).docsCommand(args, terminal),
  },
  {
    usage: "generate <what>",
    describe: "Write row types for TypeScript models (types), or JSON Schemas for editors (schema)",
    options: {
      ...TARGET,
      what: { choices: ["types", "schema"], describe: "What to write" },
      output: {
        type: "string",
        alias: "o",
        requiresArg: true,
        describe: "Where to, if not sla-types.d.ts, or the folder schemas",
      },
      check: {
        type: "boolean",
        default: false,
        describe: "Write nothing, and exit with 1 if it is out of date",
      },
      "empty-catalog": {
        type: "boolean",
        default: false,
        describe: "types: ask no warehouse for columns that the project does not declare",
      },
    },
    examples: [
      ["$0 generate types", "after a change of columns"],
      ["$0 generate types --check", "in CI: is the committed file up to date?"],
      ["$0 generate schema", "completion and checks of project.yml and the properties files in any editor"],
    ],
    run: async (args, terminal) => (await import("./generate.js")).generateCommand(args, terminal),
  },
  ...TABLEAU,
  {
    usage: "clean",
    describe: "Remove the target folder, or with --orphans relations that the project no longer has",
    options: {
      ...TARGET,
      orphans: {
        type: "boolean",
        default: false,
        describe: "List relations that sla made for nodes that are gone",
      },
      yes: { type: "boolean", alias: "y", default: false, describe: "With --orphans: drop them" },
    },
    examples: [
      ["$0 clean --orphans", "what would be dropped"],
      ["$0 clean --orphans --yes", "dropped"],
    ],
    run: async (args, terminal) =>
      args.orphans === true
        ? (await import("./warehouse.js")).orphansCommand(args, terminal)
        : (await import("./inspect.js")).cleanCommand(args, terminal),
  },
  {
    usage: "completion [shell]",
    describe: "Print the script that completes commands, options, nodes and selectors in a shell",
    options: { shell: { choices: ["bash", "zsh", "fish"], describe: "Yours, if not named" } },
    examples: [
      ["$0 completion bash >> ~/.bashrc", "for all shells to come"],
      ["$0 completion fish", "print the script of another shell"],
    ],
    prints: true,
    run: async (args, terminal) =>
      (await import("./completion/command.js")).completionCommand(args, terminal),
  },
  {
    usage: "help [command] [procedure]",
    describe: "Show the manual page of a command",
    options: {
      command: { type: "string", describe: "The command; all of them are listed without it" },
      procedure: { type: "string", describe: "With call: the procedure whose parameters are listed" },
      pager: { type: "boolean", default: true, describe: "Through a pager (--no-pager: do not)" },
    },
    examples: [
      ["$0 help build", "the same as: sla docs build"],
      ["$0 help call flag_orders", "the parameters of a procedure"],
    ],
    prints: true,
    run: async (args, terminal) => (await import("./docs.js")).manualCommand(args.command, args, terminal),
  },
];
