import type { Options } from "yargs";
import type { CliCommand } from "../command.js";
import { GLOBAL_OPTIONS } from "../log/log-options.js";
import { commandName } from "./command-groups.js";
import { ENVIRONMENT, EXIT_STATUS, NOTES } from "./notes.js";

/** A parameter of a procedure. */
export interface ManualParameter {
  name: string;
  about: string;
}

/** The manual page of a command: sections as manuals have them, wrapped to a width, headings given to `heading`. */
export function manual(
  command: CliCommand,
  width: number,
  heading: (text: string) => string = (text) => text,
  parameters: readonly ManualParameter[] = [],
): string {
  const name = commandName(command);
  const usage = [command.usage].flat()[0]!;
  const notes = NOTES[name];
  const isArgument = (option: string): boolean => new RegExp(`[<[]${option}[\\]>]`).test(usage);
  const own = Object.entries(command.options).filter(([, { hidden }]) => hidden !== true);
  const general = Object.entries(GLOBAL_OPTIONS).filter(([, { hidden }]) => hidden !== true);
  const sections: [string, string[]][] = [
    ["NAME", [wrap(`sla ${name} - ${lower(command.describe)}`, width)]],
    [
      "SYNOPSIS",
      [wrap(`sla ${usage}${own.some(([option]) => !isArgument(option)) ? " [options]" : ""}`, width)],
    ],
    ["DESCRIPTION", (notes?.text ?? [`${command.describe}.`]).map((text) => wrap(text, width))],
    ["ARGUMENTS", own.filter(([option]) => isArgument(option)).map((one) => entry(...one, width, false))],
    ["PARAMETERS", parameters.map(({ name: one, about }) => item(`--${one}`, about, width))],
    ["OPTIONS", own.filter(([option]) => !isArgument(option)).map((one) => entry(...one, width))],
    ["GENERAL OPTIONS", general.map((one) => entry(...one, width))],
    ["EXAMPLES", command.examples.map(([line, what]) => item(line.replace("$0", "sla"), what, width))],
    ["EXIT STATUS", EXIT_STATUS.map(([code, when]) => item(code, when, width))],
    ["FILES", (notes?.files ?? []).map(([path, what]) => item(path, what, width))],
    ["ENVIRONMENT", ENVIRONMENT.map(([variable, what]) => item(variable, what, width))],
    [
      "SEE ALSO",
      [wrap([...(notes?.see ?? []).map((one) => `sla docs ${one}`), "sla --help"].join(", "), width)],
    ],
  ];
  const shown = sections.filter(([, blocks]) => blocks.length > 0);
  return `${shown.map(([title, blocks]) => `${heading(title)}\n${blocks.join(title === "SYNOPSIS" ? "\n" : "\n\n")}`).join("\n\n")}\n`;
}

function entry(name: string, option: Options, width: number, dashes = true): string {
  const value = option.type === "boolean" ? "" : option.choices ? ` ${option.choices.join("|")}` : " VALUE";
  const short = [option.alias ?? []].flat().map((alias) => `-${alias}, `);
  const head = dashes ? `${short.join("")}--${name}${value}` : name;
  const falls =
    option.default === undefined || option.default === false ? "" : ` (default: ${String(option.default)})`;
  const choices = !dashes && option.choices ? `: ${option.choices.join(", ")}` : "";
  return item(head, `${option.describe ?? ""}${choices}${falls}`, width);
}

function item(head: string, what: string, width: number): string {
  return `    ${head}\n${wrap(what, width, 8)}`;
}

function wrap(text: string, width: number, indent = 4): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => " ".repeat(indent) + one).join("\n");
}

function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
