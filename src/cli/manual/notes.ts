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
};
