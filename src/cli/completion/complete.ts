import type { Options } from "yargs";
import type { CliCommand } from "../command.js";
import { COMMANDS } from "../command-table.js";
import { GLOBAL_OPTIONS } from "../log/log-options.js";
import { commandName } from "../manual/command-groups.js";
import type { Candidate, Completion, ProjectWords } from "./candidate.js";
import { completeSelector } from "./complete-selector.js";

/** Where the cursor is. */
interface Place {
  command: CliCommand | undefined;
  options: Readonly<Record<string, Options>>;
  /** The option whose value is being written. */
  option: string | undefined;
  /** What is written of the word. */
  written: string;
  /** What stands before that in the same word: `--select=`. */
  lead: string;
  /** Arguments of the command before the cursor. */
  given: readonly string[];
}

/** What may stand in the place of the last of these words, which are those after `sla`. */
export function complete(words: readonly string[], project: () => ProjectWords): Completion {
  const place = placeOf(words);
  const { candidates, files } = at(place, project);
  const { lead, written } = place;
  const fitting = candidates.filter(({ value }) => value.startsWith(written));
  return {
    candidates: fitting.map((one) => ({ ...one, value: lead + one.value })),
    ...(files !== undefined && { files }),
  };
}

function at(place: Place, project: () => ProjectWords): Completion {
  const { command, option, options, written, given } = place;
  if (option !== undefined) return ofOption(option, options[option]!, written, project);
  if (written.startsWith("-")) return { candidates: flags(place, project) };
  if (command === undefined && given.length > 0) return { candidates: [] };
  if (command === undefined)
    return {
      candidates: COMMANDS.flatMap((one) =>
        [one.usage].flat().map((usage) => ({ value: usage.split(" ")[0]!, about: one.describe })),
      ),
    };
  const position = [command.usage]
    .flat()[0]!
    .match(/[<[]\w+/g)
    ?.[given.length]?.slice(1);
  if (position === "command" || (position === "what" && place.options.what?.choices === undefined))
    return { candidates: plain(["generate", "serve", ...COMMANDS.map(commandName)]) };
  return position === undefined
    ? { candidates: [] }
    : ofOption(position, options[position] ?? {}, written, project);
}

const FOLDERS = new Set(["project-dir", "state", "log-path", "dir", "from-dbt", "output-dir"]);

/** What the value of an option may be, by the option's name where its choices do not say. */
const VALUES: Readonly<Record<string, (words: ProjectWords, written: string) => Candidate[]>> = {
  select: (words, written) => completeSelector(written, words),
  exclude: (words, written) => completeSelector(written, words),
  selector: ({ values }) => plain(values.selector ?? []),
  target: ({ targets }) => plain(targets),
  with: ({ targets }) => plain(targets),
  node: ({ nodes }) => nodes.map(({ name, type }) => ({ value: name, about: type })),
  procedure: ({ procedures }) => plain(Object.keys(procedures)),
  column: (words, written) => columns(words, written),
};

function ofOption(name: string, option: Options, written: string, project: () => ProjectWords): Completion {
  if (option.choices !== undefined) return { candidates: plain(option.choices.map(String)) };
  const values = VALUES[name];
  if (values !== undefined) return { candidates: values(project(), written) };
  if (FOLDERS.has(name)) return { candidates: [], files: "folders" };
  return option.type === "string" && /file/i.test(option.describe ?? "")
    ? { candidates: [], files: "files" }
    : { candidates: [] };
}

function columns({ columns: known, nodes }: ProjectWords, written: string): Candidate[] {
  const dot = written.lastIndexOf(".");
  if (dot === -1) return nodes.map(({ name, type }) => ({ value: name, about: type }));
  const node = written.slice(0, dot);
  return (known[node] ?? []).map((column) => ({ value: `${node}.${column}`, about: "column" }));
}

function flags({ command, options, given }: Place, project: () => ProjectWords): Candidate[] {
  const positional = [command?.usage ?? ""].flat().join(" ");
  const known = Object.entries(options)
    .filter(([name, { hidden }]) => hidden !== true && !new RegExp(`[<[]${name}[\\]>]`).test(positional))
    .map(([name, { describe }]) => ({ value: `--${name}`, about: describe ?? "" }));
  const parameters =
    command?.takesAny === true && given[0] !== undefined ? (project().procedures[given[0]] ?? []) : [];
  return [
    ...known,
    ...parameters.map(({ name, about }) => ({ value: `--${name}`, about: `parameter ${about}`.trim() })),
    { value: "--help", about: "Show help" },
    { value: "--no-color", about: "No colours" },
    ...(command === undefined ? [{ value: "--version", about: "Show version number" }] : []),
  ];
}

function placeOf(words: readonly string[]): Place {
  let command: CliCommand | undefined;
  let options: Readonly<Record<string, Options>> = GLOBAL_OPTIONS;
  let option: string | undefined;
  const given: string[] = [];
  for (const word of words.slice(0, -1)) {
    if (word.startsWith("-")) {
      const name = nameOf(word, options);
      option =
        name === undefined || word.includes("=") || options[name]!.type === "boolean" ? undefined : name;
    } else if (option !== undefined) {
      if (options[option]!.array !== true) option = undefined;
    } else if (command === undefined) {
      command = COMMANDS.find(({ usage }) => [usage].flat().some((one) => one.split(" ")[0] === word));
      if (command === undefined) given.push(word);
      else options = { ...GLOBAL_OPTIONS, ...command.options };
    } else given.push(word);
  }
  const last = words.at(-1) ?? "";
  const equals = last.startsWith("--") ? last.indexOf("=") : -1;
  if (equals !== -1) {
    const name = nameOf(last, options);
    if (name !== undefined)
      return {
        command,
        options,
        option: name,
        written: last.slice(equals + 1),
        lead: last.slice(0, equals + 1),
        given,
      };
  }
  if (last.startsWith("-")) option = undefined;
  return { command, options, option, written: last, lead: "", given };
}

function nameOf(word: string, options: Readonly<Record<string, Options>>): string | undefined {
  const name = word.replace(/^--?/, "").split("=")[0]!;
  if (word.startsWith("--") && name in options) return name;
  return Object.keys(options).find((key) => [options[key]!.alias ?? []].flat().includes(name));
}

function plain(values: readonly string[]): Candidate[] {
  return values.map((value) => ({ value }));
}
