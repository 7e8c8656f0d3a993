import { spawn } from "node:child_process";
import { didYouMean, SlaError } from "../../errors/index.js";
import type { Arguments, CliCommand, Terminal } from "../command.js";
import { colorsFor } from "../render/style.js";
import { commandName, overview } from "./command-groups.js";
import { type ManualParameter, manual } from "./manual.js";

/** Shows the manual page of a command, or all commands; through a pager on a terminal. */
export async function showManual(
  named: string | undefined,
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { screen, commands } = terminal;
  const width = Math.min(100, screen.columns ?? 100);
  const { bold } = colorsFor(screen);
  if (named === undefined) {
    const head = "sla <command> [options]; `sla docs <command>` has the manual of one.";
    await page(`${head}\n\n${overview(commands, width)}\n`, args, terminal);
    return 0;
  }
  const command = commands.find(({ usage }) => [usage].flat().some((one) => one.split(" ")[0] === named));
  if (command === undefined) {
    const known = commands.map(commandName);
    throw new SlaError({
      code: "SLA701",
      message: `there is no command "${named}"`,
      hint: didYouMean(named, known) ?? "`sla docs` lists the commands.",
    });
  }
  await page(manual(command, width, bold, await parametersOf(command, args, terminal)), args, terminal);
  return 0;
}

async function parametersOf(
  command: CliCommand,
  { procedure }: Arguments,
  { projectDir, env }: Terminal,
): Promise<ManualParameter[]> {
  if (typeof procedure !== "string" || command.takesAny !== true) return [];
  const { parsedWords } = await import("../completion/parsed-words.js");
  const { procedures } = (await parsedWords(projectDir, env)).words;
  const found = procedures[procedure];
  if (found !== undefined) return found;
  throw new SlaError({
    code: "SLA203",
    message: `there is no procedure "${procedure}"`,
    hint: didYouMean(procedure, Object.keys(procedures)) ?? "`sla ls --resource-type procedure` lists them.",
  });
}

function page(text: string, args: Arguments, { screen, env }: Terminal): Promise<void> {
  const pager = env.SLA_PAGER ?? env.PAGER ?? "less";
  const print = (): void => void screen.write(text);
  if (screen.isTTY !== true || args.pager === false || pager === "" || pager === "cat")
    return Promise.resolve(print());
  return new Promise((done) => {
    const child = spawn(pager, {
      shell: true,
      stdio: ["pipe", "inherit", "ignore"],
      env: { LESS: "FRX", ...env },
    });
    child.stdin.on("error", () => {}); // it was left before the end
    child.on("error", () => done(print()));
    child.on("close", (code) => done(code === 127 ? print() : undefined));
    child.stdin.end(text);
  });
}
