import { createRequire } from "node:module";
import { CORE_SCHEMA, load, Type } from "js-yaml";
import type * as Yaml from "yaml";
import { type Location, positionAt, SlaError } from "../errors/index.js";

/** Keys and indexes from the root of a YAML document to a value in it. */
export type YamlPath = readonly (string | number)[];

/** The text of a YAML file with its path, to say where in it something stands. */
export interface YamlText {
  path: string;
  text: string;
}

// Two parsers, each for what it is best at: js-yaml reads data five times as fast, which thousands of properties files
// need; `yaml` knows where everything stands and says well what is wrong. It is only loaded when something is.
const require = createRequire(import.meta.url);
const positioned = (): typeof Yaml => require("yaml");

const SCHEMA = CORE_SCHEMA.extend({
  implicit: [new Type("tag:yaml.org,2002:merge", { kind: "scalar", resolve: (text) => text === "<<" })],
});
const OPTIONS = { merge: true, prettyErrors: false, logLevel: "error" } as const;

const HINTS: Partial<Record<Yaml.ErrorCode, string>> = {
  TAB_AS_INDENT: "Indent with spaces.",
  BAD_INDENT: "Items of one mapping or list must start in the same column.",
  DUPLICATE_KEY: "Remove one of the two.",
  BLOCK_AS_IMPLICIT_KEY: "A value that contains a colon and a blank must be quoted.",
  MULTILINE_IMPLICIT_KEY: "Is a colon missing after the key?",
  MISSING_CHAR: "Is a closing quote, bracket or brace missing?",
};

/** The data of a YAML file; SLA102 with line and column if it is broken. */
export function parseYaml(file: YamlText): unknown {
  try {
    return load(file.text, { schema: SCHEMA }) ?? null;
  } catch {
    return parseSlowly(file);
  }
}

function parseSlowly(file: YamlText): unknown {
  const { parse, YAMLParseError } = positioned();
  try {
    return parse(file.text, OPTIONS);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof YAMLParseError)) {
      throw new SlaError({ code: "SLA102", message, location: { path: file.path } });
    }
    const start = Math.min(error.pos[0], file.text.length);
    const blanks = /^[ ]*(?=\S)/.exec(file.text.slice(start))?.[0].length ?? 0;
    throw new SlaError({
      code: "SLA102",
      message,
      hint: hintFor(error),
      location: { path: file.path, ...positionAt(file.text, start + blanks) },
    });
  }
}

function hintFor({ code, message }: Yaml.YAMLParseError): string | undefined {
  if (message.startsWith("Flow ")) return HINTS.MISSING_CHAR;
  return message.includes("without - indicator") ? HINTS.BAD_INDENT : HINTS[code];
}

/** Where a key (or, by default, its value) stands; as near as possible if the path leads nowhere. */
export function locateYaml(file: YamlText, path: YamlPath, what: "key" | "value" = "value"): Location {
  const { LineCounter, parseDocument } = positioned();
  const counter = new LineCounter();
  const document = parseDocument(file.text, { ...OPTIONS, lineCounter: counter });
  const range = rangeOf(document.contents, path, what);
  if (range === undefined) return { path: file.path };
  const { line, col } = counter.linePos(range.start);
  const oneLine = !file.text.slice(range.start, range.end).includes("\n");
  return { path: file.path, line, column: col, ...(oneLine && { length: range.end - range.start }) };
}

interface Range {
  start: number;
  end: number;
}

function rangeOf(root: unknown, path: YamlPath, what: "key" | "value"): Range | undefined {
  const { isMap, isScalar, isSeq } = positioned();
  let node = root;
  let range = toRange(node);
  for (const [depth, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) return range;
      const last = depth === path.length - 1;
      range = (last && what === "key" ? undefined : toRange(pair.value)) ?? toRange(pair.key) ?? range;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      range = toRange(node) ?? range;
    } else {
      return range;
    }
  }
  return range;
}

function toRange(node: unknown): Range | undefined {
  const range = (node as { range?: [number, number, number] | null } | null)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}
