import type { CliCommand } from "./command.js";
import { SELECTION, TARGET } from "./option-groups.js";

/** The commands that look and change nothing, in the order of their help. */
export const LOOKING: readonly CliCommand[] = [
  {
    usage: "parse",
    describe: "Read and order the project, write target/manifest.json",
    options: TARGET,
    examples: [
      ["$0 parse", "check all files without a warehouse"],
      ["$0 parse --log-format json", "its errors, for an editor or a hook"],
    ],
    run: async (args, terminal) => (await import("./inspect.js")).parseCommand(args, terminal),
  },
  {
    usage: ["ls", "list"],
    describe: "List nodes in the order of a build",
    options: {
      ...TARGET,
      ...SELECTION,
      "resource-type": {
        type: "string",
        array: true,
        requiresArg: true,
        choices: [
          "model",
          "snapshot",
          "seed",
          "procedure",
          "source",
          "test",
          "unit_test",
          "metric",
          "exposure",
        ],
        describe: "Only nodes of these types",
      },
      column: {
        type: "string",
        requiresArg: true,
        describe: "Only nodes that a column reaches: fact_orders.amount+",
      },
      output: {
        type: "string",
        choices: ["selector", "name", "path", "json"],
        default: "selector",
        describe: "What to print of each",
      },
    },
    examples: [
      ["$0 ls --select fact_orders+ --resource-type model", "what depends on a model"],
      ["$0 ls --select tag:nightly --output path", "the files of what has a tag"],
    ],
    prints: true,
    run: async (args, terminal) => (await import("./inspect.js")).lsCommand(args, terminal),
  },
  {
    usage: "lineage <column>",
    describe: "Show where a column comes from and where it goes, or all columns of a node",
    options: {
      ...TARGET,
      column: { type: "string", describe: "node.column, source.table.column, or a node" },
      upstream: { type: "boolean", default: false, describe: "Only where it comes from" },
      downstream: { type: "boolean", default: false, describe: "Only where it goes" },
      depth: { type: "number", requiresArg: true, describe: "Generations at the most" },
      output: { type: "string", choices: ["text", "json"], default: "text", describe: "How to print it" },
    },
    examples: [
      ["$0 lineage fact_orders.amount", "a column, up and down"],
      ["$0 lineage fact_orders --upstream", "of what each column of a node is made"],
    ],
    prints: true,
    run: async (args, terminal) => (await import("./lineage.js")).lineageCommand(args, terminal),
  },
  {
    usage: "show [node]",
    describe: "Show rows of a node, or of SQL given with --inline",
    options: {
      ...TARGET,
      select: {
        type: "string",
        array: true,
        alias: "s",
        requiresArg: true,
        describe: "The node, as a selector",
      },
      inline: { type: "string", requiresArg: true, describe: "SQL to run, templates allowed" },
      limit: { type: "number", requiresArg: true, default: 10, describe: "Rows at the most, -1 for all" },
      shadow: { type: "boolean", default: false, describe: "What was built of it and not published" },
      output: {
        type: "string",
        choices: ["table", "json", "csv"],
        default: "table",
        describe: "json: an array of rows and nothing else",
      },
    },
    examples: [
      ["$0 show dim_dates --limit 3", "first rows of a model"],
      ["$0 show --inline 'select count(*) as n from {{ref \"orders\"}}' --output json", "a query"],
    ],
    prints: true,
    run: async (args, terminal) => (await import("./inspect.js")).showCommand(args, terminal),
  },
  {
    usage: "debug",
    describe: "Check project, target and connection",
    options: TARGET,
    examples: [
      ["$0 debug --target mysql", "can the server be reached?"],
      ["$0 debug", "the default target"],
    ],
    prints: true,
    run: async (args, terminal) => (await import("./inspect.js")).debugCommand(args, terminal),
  },
  {
    usage: "plan",
    describe: "Show what a build would do and why, without doing it",
    options: {
      ...TARGET,
      ...SELECTION,
      "full-refresh": {
        type: "boolean",
        alias: "f",
        default: false,
        describe: "As if incremental models were rebuilt",
      },
    },
    examples: [
      ["$0 plan --select fact_orders+", "before a model is changed"],
      ["$0 plan --full-refresh", "as if everything were built anew"],
    ],
    prints: true,
    run: async (args, terminal) => (await import("./warehouse.js")).planCommand(args, terminal),
  },
  {
    usage: "diff [node]",
    describe: "Compare what was built and not published, or another target, with what is live",
    options: {
      ...TARGET,
      ...SELECTION,
      with: { type: "string", requiresArg: true, describe: "The other target" },
      examples: { type: "number", requiresArg: true, default: 3, describe: "Example rows of each kind" },
    },
    examples: [
      ["$0 diff fact_orders", "what publishing would have changed"],
      ["$0 diff --with mysql --select fact_orders", "against another target"],
    ],
    prints: true,
    run: async (args, terminal) => (await import("./warehouse.js")).diffCommand(args, terminal),
  },
  {
    usage: "runs",
    describe: "List the latest runs on the target",
    options: {
      ...TARGET,
      limit: { type: "number", requiresArg: true, default: 10, describe: "Runs at the most" },
    },
    examples: [
      ["$0 runs --limit 3", "who built last, and how it ended"],
      ["$0 runs --target mysql", "of another target"],
    ],
    prints: true,
    run: async (args, terminal) => (await import("./warehouse.js")).runsCommand(args, terminal),
  },
];
