import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { toSlaErrors } from "../errors/index.js";
import { slaVersion } from "../manifest/index.js";
import { COMMANDS } from "./command-table.js";
import { exitCodeOf } from "./exit-code.js";
import { createLog, spokenStream } from "./log/log.js";
import { checkLogVariables, logSettings } from "./log/log-settings.js";
import { asksForHelp, commandLine, generalHelp } from "./parser.js";
import { renderErrors } from "./render/error.js";
import { setColors } from "./render/style.js";

/** Runs the command line and ends the process: 0 success, 1 a node failed, 2 the run could not be done at all. */
export async function main(argv: readonly string[]): Promise<void> {
  const { stdout, stderr, env } = process;
  const began = performance.now();
  const settings = logSettings(argv, env);
  setColors(settings.color, env);
  const log = createLog(settings, { invocationId: randomUUID(), env, stderr });
  let projectDir = process.cwd();
  const interrupt = new AbortController();
  const onSignal = (): void => {
    if (interrupt.signal.aborted) process.exit(2);
    const message = "Stopping: running statements are cancelled. Press Ctrl-C again to leave at once.";
    log.record({ type: "warning", at: new Date(), message });
    if (log.isText && log.shows("warn")) stderr.write(`\n${message}\n`);
    interrupt.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  // A reader that has seen enough (`sla ls | head`) is no error.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });

  let code = 0;
  try {
    checkLogVariables(env);
    if (asksForHelp(argv)) stdout.write(await generalHelp(stdout.columns));
    else
      await commandLine(helpOfProcedure(argv), stdout.columns, async (command, args) => {
        projectDir = resolve(String(args["project-dir"]));
        const prints = typeof command.prints === "function" ? command.prints(args) : command.prints === true;
        log.begin(prints ? stderr : stdout, projectDir);
        const name = [command.usage].flat()[0]!.split(" ")[0]!;
        log.record({ type: "command_started", at: new Date(), command: name, version: slaVersion() });
        code = await command.run(args, {
          projectDir,
          signal: interrupt.signal,
          env,
          stdout: prints ? stdout : spokenStream(log, stdout),
          stderr,
          screen: stdout,
          commands: COMMANDS,
          log,
        });
      }).parseAsync();
  } catch (thrown) {
    code = exitCodeOf(thrown);
    for (const error of toSlaErrors(thrown)) log.record({ type: "error", at: new Date(), error });
    const view = {
      projectDir: existsSync(join(projectDir, "project.yml")) ? projectDir : ".",
      debug: argv.includes("--debug"),
    };
    if (log.isText && log.shows("error")) stderr.write(log.concealed(renderErrors(thrown, view)));
  }
  const seconds = (performance.now() - began) / 1000;
  log.record({ type: "command_finished", at: new Date(), code, seconds });
  await drain(stdout);
  await drain(stderr);
  process.exit(code);
}

/** `sla call NAME --help` asks for the parameters of a procedure, which the project knows and no parser of options. */
function helpOfProcedure(argv: readonly string[]): readonly string[] {
  const [command, procedure] = argv;
  if (command !== "call" || procedure === undefined || procedure.startsWith("-")) return argv;
  const rest = argv.slice(2).filter((word) => word !== "--help" && word !== "-h");
  return rest.length === argv.length - 2 ? argv : ["help", "call", procedure, ...rest];
}

/** Pipes are written asynchronously: what was printed must be out before the process ends. */
function drain(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => {
    if (stream.writableLength === 0) done();
    else stream.write("", () => done());
  });
}
