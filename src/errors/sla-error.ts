import { ERROR_CODES, type ErrorCode } from "./codes.js";

/** Where in a project file something was found. Lines and columns count from 1, in UTF-16 units as editors do. */
export interface Location {
  /** Path relative to the project, with forward slashes. */
  path: string;
  line?: number;
  column?: number;
  /** How many characters the caret underlines. */
  length?: number;
  /** The text that `line` is counted in, if it is not the file itself (compiled SQL): used for the excerpt. */
  text?: string;
}

/** What an error is made of. */
export interface SlaErrorOptions {
  code: ErrorCode;
  /** What happened and what was found: one sentence, no final period needed. */
  message: string;
  /** What to do about it. */
  hint?: string | undefined;
  location?: Location | undefined;
  /** Unique id of the node the error belongs to. */
  node?: string | undefined;
  cause?: unknown;
}

/** The one root of all errors that `sla` reports on purpose. */
export class SlaError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly location: Location | undefined;
  readonly node: string | undefined;

  constructor(options: SlaErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "SlaError";
    this.code = options.code;
    this.hint = options.hint;
    this.location = options.location;
    this.node = options.node;
  }

  /** What the code stands for, in a few words. */
  get title(): string {
    return ERROR_CODES[this.code];
  }

  /** A copy that says where, for errors raised where only the statement is known; a place in a file is kept. */
  at(location: Location, node?: string): SlaError {
    const known = this.location !== undefined && this.location.path !== "";
    return new SlaError({
      code: this.code,
      message: this.message,
      hint: this.hint,
      location: known ? this.location : location,
      node: this.node ?? node,
      cause: this.cause,
    });
  }
}

/** Several errors found in one pass: parse and compile collect all of them before they give up. */
export class SlaErrors extends Error {
  readonly errors: readonly SlaError[];

  constructor(errors: readonly SlaError[]) {
    super(
      `${errors.length} error${errors.length === 1 ? "" : "s"}: ${errors.map((e) => e.message).join("; ")}`,
    );
    this.name = "SlaErrors";
    this.errors = errors;
  }
}

/** Throws what was collected, if anything: a single error as itself, several as `SlaErrors`. */
export function throwIfAny(errors: readonly SlaError[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new SlaErrors(errors);
}

/** Any thrown value as a list of `SlaError`s; what is not ours becomes SLA901 with its cause kept. */
export function toSlaErrors(thrown: unknown): readonly SlaError[] {
  if (thrown instanceof SlaErrors) return thrown.errors;
  if (thrown instanceof SlaError) return [thrown];
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return [
    new SlaError({
      code: "SLA901",
      message: message || "unknown failure",
      hint: "This is a fault of sla, not of your project. Run again with --debug for the stack and report it.",
      cause: thrown,
    }),
  ];
}
