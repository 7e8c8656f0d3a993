import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import yargs from "yargs";
import { SlaError } from "../errors/index.js";
import { slaVersion } from "../manifest/index.js";
import { COMMANDS } from "./command-table.js";
import { exitCodeOf } from "./exit-code.js";
import { renderErrors } from "./render/error.js";

/** Runs the command line and ends the process: 0 success, 1 a node failed, 2 the run could not be done at all. */
export async function main(argv: readonly string[]): Promise<void> {
  let projectDir = process.cwd();
  const debug = argv.includes("--debug");
  const interrupt = new AbortController();
  const onSignal = (): void => {
    if (interrupt.signal.aborted) process.exit(2);
    process.stderr.write(
      "\nStopping: running statements are cancelled. Press Ctrl-C again to leave at once.\n",
    );
    interrupt.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  // A reader that has seen enough (`sla ls | head`) is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });

  let code = 0;
  try {
    const cli = yargs([...argv])
      .scriptName("sla")
      .usage(
        "$0 <command> [options]\n\nSQL transformations for MySQL, MariaDB and embedded DuckDB, in dependency order.",
      )
      .parserConfiguration({
        "camel-case-expansion": true,
        "duplicate-arguments-array": true,
        "greedy-arrays": true,
      })
      .option("project-dir", {
        type: "string",
        global: true,
        default: ".",
        describe: "Folder of project.yml",
      })
      .option("debug", {
        type: "boolean",
        global: true,
        default: false,
        describe: "Show the stack of errors",
      })
      .demandCommand(1, "Name a command.")
      .recommendCommands()
      .strict()
      .version(slaVersion())
      .help()
      .alias("h", "help")
      .wrap(Math.min(110, process.stdout.columns ?? 100))
      .epilogue("Try `sla <command> --help` for the options of one command.")
      .exitProcess(false)
      .showHelpOnFail(false)
      .fail((message, error) => {
        throw (
          error ?? new SlaError({ code: "SLA701", message, hint: "`sla --help` lists commands and options." })
        );
      });
    for (const command of COMMANDS) {
      cli.command(
        command.usage,
        command.describe,
        (builder) => {
          for (const [name, option] of Object.entries(command.options)) builder.option(name, option);
          if (command.takesAny === true) builder.strict(false);
          for (const [example, what] of command.examples) builder.example(example, what);
          return builder;
        },
        async (args) => {
          projectDir = resolve(String(args["project-dir"]));
          code = await command.run(args, {
            projectDir,
            signal: interrupt.signal,
            env: process.env,
            stdout: process.stdout,
            stderr: process.stderr,
          });
        },
      );
    }
    await cli.parseAsync();
  } catch (thrown) {
    process.stderr.write(
      renderErrors(thrown, {
        projectDir: existsSync(join(projectDir, "project.yml")) ? projectDir : ".",
        debug,
      }),
    );
    code = exitCodeOf(thrown);
  }
  await drain(process.stdout);
  process.exit(code);
}

/** Pipes are written asynchronously: what was printed must be out before the process ends. */
function drain(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => {
    if (stream.writableLength === 0) done();
    else stream.write("", () => done());
  });
}
