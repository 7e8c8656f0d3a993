import yargs, { type Argv } from "yargs";
import { SlaError } from "../errors/index.js";
import { slaVersion } from "../manifest/index.js";
import type { Arguments, CliCommand } from "./command.js";
import { COMMANDS } from "./command-table.js";
import { GLOBAL_OPTIONS } from "./log/log-options.js";
import { overview } from "./manual/command-groups.js";

/** Stands for a space at the beginning of a line, which the parser would trim; of private use, so that no text has it. */
const SPACE = "\ue000";

/** `sla --help`: all commands and the options that they share. */
export async function generalHelp(width: number | undefined): Promise<string> {
  const help = await commandLine([], width, async () => {}).getHelp();
  return `${help.replaceAll(SPACE, " ")}\n`;
}

/** Whether the general help is asked for: no command is named. */
export function asksForHelp(argv: readonly string[]): boolean {
  return (
    argv.every((word) => word.startsWith("-")) && argv.some((word) => word === "--help" || word === "-h")
  );
}

/** The parser of the command line: `run` gets the command that was named, with its arguments. What is wrong, it throws. */
export function commandLine(
  argv: readonly string[],
  width: number | undefined,
  run: (command: CliCommand, args: Arguments) => Promise<void>,
): Argv {
  const cli = yargs([...argv])
    .scriptName("sla")
    .usage(
      `$0 <command> [options]\n\nSQL transformations for MySQL, MariaDB and embedded DuckDB, in dependency order.\n\n${overview(COMMANDS, Math.min(110, width ?? 100)).replaceAll("\n  ", `\n${SPACE}${SPACE}`)}`,
    )
    .parserConfiguration({
      "camel-case-expansion": true,
      "duplicate-arguments-array": true,
      "greedy-arrays": true,
    })
    .demandCommand(1, "Name a command.")
    .recommendCommands()
    .strict()
    .version(slaVersion())
    .help()
    .alias("h", "help")
    .wrap(Math.min(110, width ?? 100))
    .epilogue(
      "Try `sla <command> --help` for the options of one command, `sla docs <command>` for its manual.",
    )
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      throw (
        error ?? new SlaError({ code: "SLA701", message, hint: "`sla --help` lists commands and options." })
      );
    });
  for (const [name, option] of Object.entries(GLOBAL_OPTIONS)) cli.option(name, { ...option, global: true });
  for (const command of COMMANDS) {
    cli.command(
      command.usage,
      false,
      (builder) => {
        builder.usage(`$0 ${[command.usage].flat()[0]}\n\n${command.describe}`);
        for (const [name, option] of Object.entries(command.options)) builder.option(name, option);
        if (command.takesAny === true) builder.strict(false);
        for (const [example, what] of command.examples) builder.example(example, what);
        return builder;
      },
      (args) => run(command, args),
    );
  }
  return cli;
}
