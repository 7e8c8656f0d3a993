import type { CliCommand } from "../command.js";

/** What commands are for, in the order of the help. */
const GROUPS: readonly { title: string; names: readonly string[] }[] = [
  { title: "Begin", names: ["init", "generate", "completion"] },
  { title: "Build and test", names: ["build", "run", "seed", "snapshot", "test", "call", "retry"] },
  { title: "Look", names: ["compile", "parse", "ls", "lineage", "show", "debug"] },
  { title: "Compare with the warehouse", names: ["plan", "diff", "runs", "source", "clean"] },
  { title: "Show to others", names: ["docs", "tableau", "help"] },
];

/** The word that a command is called by. */
export function commandName({ usage }: CliCommand): string {
  return [usage].flat()[0]!.split(" ")[0]!;
}

/** All commands on a page, by what they are for; one that is in no group stands at the end. */
export function overview(commands: readonly CliCommand[], width: number): string {
  const grouped = new Set(GROUPS.flatMap(({ names }) => names));
  const others = commands.map(commandName).filter((name) => !grouped.has(name));
  const blocks = [...GROUPS, ...(others.length > 0 ? [{ title: "More", names: others }] : [])].map(
    ({ title, names }) => {
      const lines = names.flatMap((name) => {
        const command = commands.find((one) => commandName(one) === name);
        return command === undefined ? [] : [line(name, command.describe, width)];
      });
      return `${title}:\n${lines.join("\n")}`;
    },
  );
  return blocks.join("\n\n");
}

function line(name: string, describe: string, width: number): string {
  const room = Math.max(20, width - 14);
  const text = describe.length > room ? `${describe.slice(0, room - 1).trimEnd()}…` : describe;
  return `  ${name.padEnd(11)} ${text}`;
}
