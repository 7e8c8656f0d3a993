/** What a manual page says besides the options: what a command does, which files it reads or writes, what belongs to it. */
export interface ManualNotes {
  text: readonly string[];
  files?: readonly (readonly [string, string])[];
  see?: readonly string[];
}

/** The codes with which all commands end. */
export const EXIT_STATUS: readonly (readonly [string, string])[] = [
  ["0", "All went well; warnings included."],
  ["1", "A node or a test failed, or was skipped because of one; a check found something."],
  ["2", "It could not start (bad project, bad options, no connection), or was interrupted."],
];

/** The variables that all commands know. */
export const ENVIRONMENT: readonly (readonly [string, string])[] = [
  [
    "SLA_MYSQL_HOST, SLA_MYSQL_PORT, SLA_MYSQL_USER, SLA_MYSQL_PASSWORD, SLA_MYSQL_SCHEMA, SLA_MYSQL_SSL",
    "The server of the built-in target mysql.",
  ],
  ["SLA_LOG_FORMAT, SLA_LOG_LEVEL, SLA_LOG_PATH", "As the options of these names."],
  ["NO_COLOR, FORCE_COLOR", "No colours, or colours even in a pipe."],
  ["SLA_PAGER, PAGER", "What shows manual pages on a terminal; less without them."],
];

const RUN_FILES = [
  ["target/run_results.json", "What became of every node."],
  ["target/compiled, target/run", "The SQL of the nodes, as written and as the engine got it."],
] as const;

/** By the name of the command. */
export const NOTES: Readonly<Record<string, ManualNotes>> = {
  build: {
    text: [
      "Runs seeds, models, snapshots, procedures and their tests in the order of the graph. Everything is built beside what readers see; a failing test skips what stands downstream; at the end what passed is published in one step.",
      "With nothing selected it builds all of the project. A second run on the same target ends at once and says who runs, unless --lock-timeout lets it wait.",
    ],
    files: RUN_FILES,
    see: ["test", "plan", "retry", "ls"],
  },
  run: {
    text: ["Builds models and calls procedures, without seeds, snapshots and tests, and publishes them."],
    files: RUN_FILES,
    see: ["build", "test"],
  },
  seed: { text: ["Loads CSV files and the tables of seeders, whole."], files: RUN_FILES, see: ["build"] },
  snapshot: {
    text: ["Takes in what has changed in the sources of snapshots. Their history is never built anew."],
    files: RUN_FILES,
    see: ["build"],
  },
  test: {
    text: ["Runs data tests and unit tests against what is built. Nothing is built or published."],
    files: RUN_FILES,
    see: ["build", "source"],
  },
  call: {
    text: [
      "Calls one procedure with arguments of your own: options that are named like its parameters, or a JSON object in --args. Its tables are tested and published like those of a build. `sla call NAME --help` lists the parameters.",
    ],
    files: RUN_FILES,
    see: ["build", "show"],
  },
  retry: {
    text: [
      "Takes up the last run: what failed, what was skipped behind it, and what was withheld from readers.",
    ],
    files: [["target/run_results.json", "The run that is taken up; written anew."]],
    see: ["build"],
  },
  docs: {
    text: [
      "`sla docs generate` writes the site of the project, `sla docs serve` serves it and follows changes. With the name of a command it shows the manual page of that command; alone it lists all commands.",
    ],
    files: [["target/site", "The site; index.html opens from the folder."]],
    see: ["help", "lineage"],
  },
  ls: {
    text: [
      "Lists the selected nodes. Selectors are those of dbt: names, +x, x+, 2+x, @x, tag:, path:, source:, state: and others; a space means or, a comma means and.",
    ],
    see: ["plan", "lineage"],
  },
  init: {
    text: [
      "Makes a small project that builds at once, on DuckDB and on MySQL, and installs sla into it with npm. Where files are in the way it names them and writes nothing, unless --force says otherwise.",
      "--from-dbt takes a dbt project over: refs, sources, config, vars, conditions, loops and common macros are rewritten; what cannot be is listed with file and line, and never guessed.",
    ],
    files: [["project.yml, models, seeds, tests, package.json", "The project."]],
    see: ["build", "debug"],
  },
  generate: {
    text: [
      "`sla generate types` writes the types of all sources and models, for TypeScript models: tsc then names the line that uses a column which is gone. `sla generate schema` writes JSON Schemas of the YAML files, for editors.",
      "--check writes nothing and ends with 1 if a file is out of date: a line for CI.",
    ],
    files: [
      ["sla-types.d.ts", "The types."],
      ["schemas", "The JSON Schemas."],
    ],
    see: ["parse", "docs"],
  },
  completion: {
    text: [
      "Prints a script for your shell's start-up file. With it the shell completes commands, options and their values, nodes and selectors. Names of nodes are read from the project, and kept until one of its files changes.",
    ],
    files: [["target/cache/completion.json", "The names."]],
    see: ["ls"],
  },
  compile: {
    text: [
      "Fills in the templates of the selected nodes, checks the SQL and writes it, without running it. With --inline it prints a text of your own, filled in.",
    ],
    files: [["target/compiled, target/run", "The SQL of the nodes, as written and as the engine gets it."]],
    see: ["show", "ls"],
  },
  parse: {
    text: [
      "Reads the project, resolves names and orders the nodes, without a warehouse. What is wrong is named with file and line.",
    ],
    files: [
      ["target/manifest.json", "The manifest in dbt's form."],
      ["target/sla_manifest.json", "Our own."],
    ],
    see: ["compile", "ls"],
  },
  lineage: {
    text: [
      "Follows a column through the SQL of all models, up to the sources and seeds that it comes from and down to what is made of it. With a node it lists the origins of each of its columns.",
    ],
    see: ["ls", "docs"],
  },
  show: {
    text: [
      "Prints rows of what is built. With --inline it runs a query of your own, in which {{ref}} and macros work. With --shadow it shows what the last run built and did not publish.",
    ],
    see: ["diff", "compile"],
  },
  debug: {
    text: [
      "Says which project, target and engine it finds, whether it can connect, and whether the schema is there. The first thing to try when nothing works.",
    ],
    see: ["init", "parse"],
  },
  plan: {
    text: [
      "Compares the project with what is published and says for each node what a build would do and why: it is new, its code, config, columns or parents changed. Nothing is built.",
    ],
    see: ["build", "diff"],
  },
  diff: {
    text: [
      "Compares tables row by row, by their primary key: what the last run built and withheld with what readers see, or with --with the same node on another target. Rows added, removed and changed are counted, with examples.",
    ],
    see: ["plan", "show"],
  },
  runs: {
    text: [
      "Lists runs from the ledger, which the target itself keeps: who began them and at which commit, how they ended, how many nodes they published.",
    ],
    see: ["retry", "plan"],
  },
  source: {
    text: [
      "Asks how old the newest rows of sources are, and compares that with their `freshness:`. A source that is too old is a warning or an error.",
    ],
    files: [["target/sources.json", "What was found."]],
    see: ["test"],
  },
  clean: {
    text: [
      "Removes the target folder of the project and nothing of the warehouse. With --orphans it looks into the warehouse for relations that earlier runs made and the project no longer has: they are listed, and dropped only with --yes.",
    ],
    files: [["target", "All that is generated; removed."]],
    see: ["runs"],
  },
  tableau: {
    text: [
      "Writes a data source for each mart and for each star, and a workbook with the dashboards of the project. With --packaged it also writes a workbook with the rows in it, for those without a connection.",
      "`sla tableau validate FILE` checks such files without Tableau: the schema, what Tableau is known to refuse, strip or draw otherwise, and each sheet's figures against the site's. It ends with 1 if anything is found.",
    ],
    files: [["target/tableau", "The files, and a README for their readers."]],
    see: ["docs", "build"],
  },
  help: {
    text: [
      "Shows the manual page of a command, through a pager on a terminal. `sla help call NAME` has the parameters of a procedure.",
    ],
    see: ["docs"],
  },
};
