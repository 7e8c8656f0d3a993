import { isAbsolute, join } from "node:path";
import { z } from "zod";
import { didYouMean, SlaError } from "../errors/index.js";
import { type Environment, interpolate } from "./environment.js";
import { checkShape, object } from "./shape.js";
import type { DuckDbTarget, MySqlTarget, TargetConfig } from "./target.js";
import { locateYaml, type YamlText } from "./yaml-file.js";

/** Targets that every project has; an entry of the same name under `targets:` takes their place. */
export const BUILT_IN_TARGETS: Readonly<Record<string, Record<string, unknown>>> = {
  local: { type: "duckdb", path: "warehouse.duckdb", schema: "sla" },
  mysql: {
    type: "mysql",
    host: `\${SLA_MYSQL_HOST:-127.0.0.1}`,
    port: `\${SLA_MYSQL_PORT:-3306}`,
    user: `\${SLA_MYSQL_USER}`,
    password: `\${SLA_MYSQL_PASSWORD:-}`,
    schema: `\${SLA_MYSQL_SCHEMA:-sla}`,
    ssl: `\${SLA_MYSQL_SSL:-false}`,
  },
};

/** Threads when neither the command nor the target nor the project says. */
const DEFAULT_THREADS = 4;

const wholeNumber = (what: string, least: number, most: number) =>
  z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: `expected ${what}` })
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, {
      error: `expected ${what}`,
    });

/** How many nodes run at once. */
export const threads = wholeNumber("a number of threads, 1 to 64", 1, 64);

const seconds = wholeNumber("a number of seconds, 1 to 86400", 1, 86_400);

const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((value) => value === "true")]);
const name = z.string().min(1, { error: "expected a name" });
const certificates = object({
  ca: z.string().optional(),
  cert: z.string().optional(),
  key: z.string().optional(),
  rejectUnauthorized: flag.optional(),
});

/** What a target may say, by its type, once variables are filled in. */
export const TARGET_SHAPES = {
  duckdb: object({
    type: z.literal("duckdb"),
    path: name.default("warehouse.duckdb"),
    schema: name.default("sla"),
    threads: threads.optional(),
    query_timeout: seconds.optional(),
    settings: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
      .default({}),
  }),
  mysql: object({
    type: z.literal("mysql"),
    host: name.default("127.0.0.1"),
    port: wholeNumber("a port, 1 to 65535", 1, 65_535).default(3306),
    user: z.string(),
    password: z.string().default(""),
    schema: name.default("sla"),
    threads: threads.optional(),
    query_timeout: seconds.optional(),
    ssl: z.union([flag, certificates], { error: "expected true, false or {ca, cert, key}" }).default(false),
    lock_wait_timeout: wholeNumber("a number of seconds, 1 to 3600", 1, 3600).optional(),
    lock: z.enum(["auto", "named", "lease"], { error: "expected auto, named or lease" }).optional(),
  }),
};

const TYPES = Object.keys(TARGET_SHAPES);

/** What to choose a target from, and with what. */
export interface TargetChoice {
  name: string;
  targets: Readonly<Record<string, unknown>>;
  /** Threads that the command asks for, and those that the project has when neither it nor the target says. */
  threads: number | undefined;
  projectThreads: number | undefined;
  projectDir: string;
  env: Environment;
  /** Whether a missing environment variable is an error: parsing needs no password. */
  required: boolean;
  file: YamlText;
}

/** The chosen target with its variables filled in; the other targets are only checked for their keys. */
export function chooseTarget(choice: TargetChoice, errors: SlaError[]): TargetConfig | undefined {
  for (const [other, value] of Object.entries(choice.targets)) checkKeys(other, value, choice.file, errors);
  const value = (choice.targets[choice.name] ?? BUILT_IN_TARGETS[choice.name]) as
    | Record<string, unknown>
    | undefined;
  if (value === undefined) {
    const known = [...new Set([...Object.keys(choice.targets), ...Object.keys(BUILT_IN_TARGETS)])];
    errors.push(
      new SlaError({
        code: "SLA109",
        message: `there is no target "${choice.name}"`,
        hint: didYouMean(choice.name, known) ?? `Targets are ${known.join(", ")}.`,
        location: { path: choice.file.path },
      }),
    );
    return undefined;
  }
  const found = errors.length;
  const filled = fillIn(value, choice, errors);
  const shape = TARGET_SHAPES[value.type as keyof typeof TARGET_SHAPES];
  if (errors.length > found || shape === undefined) return undefined;
  // In a value that came from the environment there may be a secret: it is checked, but never quoted.
  const problems: SlaError[] = [];
  const settings = checkShape(shape, filled, choice.file, problems, ["targets", choice.name]);
  errors.push(...problems.map(withoutValue));
  if (settings === undefined) return undefined;
  const shared = {
    name: choice.name,
    threads: choice.threads ?? settings.threads ?? choice.projectThreads ?? DEFAULT_THREADS,
  };
  if (settings.type === "mysql") return { ...settings, ...shared, ssl: settings.ssl as MySqlTarget["ssl"] };
  const path =
    settings.path === ":memory:" || isAbsolute(settings.path)
      ? settings.path
      : join(choice.projectDir, settings.path);
  return { ...settings, ...shared, path } satisfies DuckDbTarget;
}

function checkKeys(target: string, value: unknown, file: YamlText, errors: SlaError[]): void {
  const type = (value as { type?: unknown } | null)?.type;
  const shape = typeof type === "string" ? TARGET_SHAPES[type as keyof typeof TARGET_SHAPES] : undefined;
  if (shape === undefined) {
    errors.push(
      new SlaError({
        code: "SLA104",
        message:
          type === undefined
            ? `target "${target}" has no type`
            : `target "${target}" has the unknown type "${String(type)}"`,
        hint:
          (type === undefined ? undefined : didYouMean(String(type), TYPES)) ??
          `Types are ${TYPES.join(" and ")}.`,
        location: locateYaml(file, ["targets", target, "type"]),
      }),
    );
    return;
  }
  const problems: SlaError[] = [];
  checkShape(shape, value, file, problems, ["targets", target]);
  errors.push(...problems.filter((problem) => problem.code === "SLA103"));
}

function fillIn(
  value: Record<string, unknown>,
  choice: TargetChoice,
  errors: SlaError[],
): Record<string, unknown> {
  const fill = (inner: unknown, path: readonly string[]): unknown => {
    if (typeof inner === "string") {
      return interpolate(inner, choice.env, (variable) => {
        if (choice.required) errors.push(missing(variable, path, choice));
      });
    }
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, fill(item, [...path, key])]));
  };
  return fill(value, []) as Record<string, unknown>;
}

function missing(variable: string, path: readonly string[], choice: TargetChoice): SlaError {
  const own = choice.name in choice.targets;
  return new SlaError({
    code: "SLA106",
    message: `the environment variable ${variable} is not set; target "${choice.name}" takes its ${path.join(".")} from it`,
    hint: `Set ${variable} in the environment or in a file .env beside project.yml.`,
    location: own ? locateYaml(choice.file, ["targets", choice.name, ...path]) : { path: choice.file.path },
  });
}

function withoutValue(error: SlaError): SlaError {
  return new SlaError({
    code: error.code,
    message: error.message.replace(/, found .*$/s, ""),
    hint: error.hint,
    location: error.location,
  });
}
