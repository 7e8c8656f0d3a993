import { hash } from "node:crypto";
import { didYouMean, SlaError, throwIfAny } from "../errors/index.js";
import type { RefCall, SourceCall } from "../manifest/index.js";
import { BUILT_INS } from "./built-in.js";
import { type ConfigEntry, type StaticValue, staticValue } from "./static-value.js";
import { locationOf, type Program, parseTemplate, type TemplateText } from "./template-parser.js";
import { type Use, VALUES, walkTemplate } from "./template-walk.js";

/** A use of a name that is no built-in: a macro, or a mistake. */
export interface MacroUse {
  name: string;
  /** Arguments without names, and the names of the others. */
  positional: number;
  named: string[];
  line: number;
  column: number;
  /** It stands as an argument without parentheses. */
  bare: boolean;
  /** It may as well be a field of an item. */
  optional: boolean;
  /** The call it is an argument of. */
  argumentOf: string | null;
}

/** A variable that must be set. */
export interface VarUse {
  name: string;
  line: number;
  column: number;
}

/** What a template says without being rendered: plain data, remembered between commands. */
export interface TemplateFacts {
  refs: RefCall[];
  sources: SourceCall[];
  macros: MacroUse[];
  vars: VarUse[];
  config: ConfigEntry[];
}

/** A SQL file: its facts, its text and the hash of it. */
export interface SqlFile extends TemplateFacts {
  text: string;
  /** SHA-256 of the text with runs of white space as one blank (dbt's rule). */
  checksum: string;
}

/** Reads a model or test; throws everything that is wrong with its template. */
export function readSqlFile(file: TemplateText): SqlFile {
  const errors: SlaError[] = [];
  const facts = readFacts(file, parseTemplate(file), [], errors);
  throwIfAny(errors);
  const checksum = hash("sha256", file.text.replace(/\s+/g, " ").trim());
  return { ...facts, text: file.text, checksum };
}

/** The facts of a parsed template in which `parameters` are names. */
export function readFacts(
  file: TemplateText,
  program: Program,
  parameters: readonly string[],
  errors: SlaError[],
): TemplateFacts {
  const facts: TemplateFacts = { refs: [], sources: [], macros: [], vars: [], config: [] };
  walkTemplate(
    program,
    {
      use: (use) => readUse(use, file, facts, errors, parameters),
      unsupported(what, loc) {
        errors.push(
          new SlaError({
            code: "SLA202",
            message: `${what} is not supported in templates`,
            hint: "Blocks are {{#if}}, {{#unless}}, {{#each}} and {{#with}}; for what is used more than once, write a macro.",
            location: locationOf(file, loc),
          }),
        );
      },
    },
    parameters,
  );
  return facts;
}

function readUse(
  use: Use,
  file: TemplateText,
  facts: TemplateFacts,
  errors: SlaError[],
  parameters: readonly string[],
): void {
  const name = use.path.original;
  const fail = (code: "SLA202" | "SLA204" | "SLA206", message: string, hint?: string, loc = use.path.loc) =>
    errors.push(new SlaError({ code, message, hint, location: locationOf(file, loc) }));
  const called = use.params.length > 0 || use.hash.length > 0;
  if (use.meaning !== "call") {
    if (called) fail("SLA202", `"${name}" is no macro and takes no arguments`);
    else if (use.meaning === "value") readValue(use.path, fail);
    else if (use.meaning === "item" && !use.inItem) {
      fail("SLA202", `"${name}" has no meaning outside of {{#each}} and {{#with}}`);
    }
    return;
  }
  const builtIn = Object.hasOwn(BUILT_INS, name) ? BUILT_INS[name] : undefined;
  const { line, column } = locationOf(file, use.loc);
  const at = { line: line!, column: column! };
  if (builtIn === undefined) {
    // `package.macro` is a call; what has more parts is none.
    if (use.path.parts.length > 2) {
      fail(
        "SLA202",
        `there is no "${name}" in templates`,
        didYouMean(name, [...VALUES, "target.type", "target.name", "target.schema", ...parameters]),
      );
      return;
    }
    facts.macros.push({
      name,
      positional: use.params.length,
      named: use.hash.map((pair) => pair.key),
      ...at,
      bare: use.bare,
      optional: use.inItem && !called,
      argumentOf: use.argumentOf?.original ?? null,
    });
    return;
  }
  const usage = `It is called as ${builtIn.usage}.`;
  if (use.params.length < builtIn.least || use.params.length > builtIn.most) {
    fail("SLA206", `${name} takes ${count(builtIn.least, builtIn.most)}, found ${use.params.length}`, usage);
    return;
  }
  if (use.hash.length > 0 && name !== "config") {
    fail("SLA206", `${name} has no argument "${use.hash[0]!.key}"`, usage, use.hash[0]!.loc);
    return;
  }
  const literals: string[] = [];
  for (const param of use.params.slice(0, builtIn.literals ?? 0)) {
    if (param.type === "StringLiteral") literals.push((param as hbs.AST.StringLiteral).value);
    else {
      const hint = `The argument of ${name} must be a string in quotes: it is read without rendering the template.`;
      fail("SLA204", `the argument of ${name} is not a plain string`, hint, param.loc);
      return;
    }
  }
  if (name === "ref") {
    const [first, second] = literals;
    facts.refs.push({ package: second === undefined ? null : first!, name: second ?? first!, ...at });
  } else if (name === "source") {
    facts.sources.push({ source: literals[0]!, table: literals[1]!, ...at });
  } else if (name === "var" && use.params.length === 1 && !use.inBlock) {
    facts.vars.push({ name: literals[0]!, ...at });
  } else if (name === "config") {
    readConfig(use, file, facts, fail);
  }
}

type Fail = (code: "SLA202" | "SLA206", message: string, hint?: string, loc?: hbs.AST.SourceLocation) => void;

const TARGET_FIELDS = ["type", "name", "schema"];

function readValue(path: hbs.AST.PathExpression, fail: Fail): void {
  const [first, ...rest] = path.parts as string[];
  const name = first ?? "this";
  if (name === "target" && rest.length === 1 && TARGET_FIELDS.includes(rest[0]!)) return;
  if (name === "target") {
    fail(
      "SLA202",
      `there is no "${path.original}" in templates`,
      didYouMean(rest[0] ?? "", TARGET_FIELDS) ?? `target has ${TARGET_FIELDS.join(", ")}.`,
    );
  } else if (rest.length > 0) {
    fail("SLA202", `there is no "${path.original}" in templates`, `Write {{${name}}}.`);
  }
}

function readConfig(use: Use, file: TemplateText, facts: TemplateFacts, fail: Fail): void {
  if (use.inBlock || use.argumentOf !== undefined || use.bare) {
    fail(
      "SLA206",
      "config must stand by itself, outside of blocks",
      'Its values may be conditional: enabled=(eq target.type "mysql").',
    );
    return;
  }
  for (const pair of use.hash) {
    const { line, column } = locationOf(file, pair.loc);
    const value: StaticValue | undefined = staticValue(pair.value, file);
    if (value === undefined)
      fail(
        "SLA206",
        `the value of ${pair.key} cannot be known without rendering the template`,
        undefined,
        pair.loc,
      );
    else facts.config.push({ key: pair.key, value, line: line!, column: column! });
  }
}

function count(least: number, most: number): string {
  const many = (number: number) => `${number} argument${number === 1 ? "" : "s"}`;
  if (least === most) return many(least);
  if (most === least + 1) return `${least} or ${many(most)}`;
  return Number.isFinite(most) ? `${least} to ${many(most)}` : `at least ${many(least)}`;
}
