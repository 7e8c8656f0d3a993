import { type ErrorCode, type Location, SlaError } from "../errors/index.js";
import type { TypedColumn } from "../manifest/index.js";
import type { ColumnBatch } from "./column-batch.js";
import type { ModelFacts } from "./model-inputs.js";
import type { Reading } from "./row-reader.js";
import type { RowOwner } from "./row-values.js";

/** What a model's thread is started with. */
export interface ThreadStart {
  facts: ModelFacts;
  columns: readonly TypedColumn[];
  owner: RowOwner;
  /** Names of the effects that the other side runs. */
  calls: readonly string[];
}

/** Batches that may be on their way before the first of them is taken: enough to overlap, few enough to bound memory. */
export const WINDOW = 3;

/** From the thread of a model. `id` numbers readings and calls. */
export type FromThread =
  | { kind: "rows"; columns: ColumnBatch["columns"] }
  | { kind: "read"; id: number; reading: Reading }
  | { kind: "taken"; id: number }
  | { kind: "close"; id: number }
  | { kind: "call"; id: number; name: string; args: unknown[] }
  | { kind: "log"; text: string }
  | { kind: "end" }
  | { kind: "failed"; error: SentError };

/** To the thread of a model. `taken`: a batch of its rows is written, so that another may come. */
export type ToThread =
  | { kind: "taken" }
  | { kind: "abort" }
  | { kind: "batch"; id: number; batch: ColumnBatch }
  | { kind: "done"; id: number; value?: unknown }
  | { kind: "failed"; id: number; error: SentError };

/** An error as it crosses: the classes of errors do not. */
export interface SentError {
  code: ErrorCode;
  message: string;
  hint: string | undefined;
  location: Location | undefined;
  node: string | undefined;
  /** For `--debug`. */
  stack: string | undefined;
  /** The reading or call of which this is the failure, which the receiver knows as it was. */
  of?: number | undefined;
}

/** An error of ours, to be sent. */
export function sendError(error: SlaError, of?: number): SentError {
  const { code, message, hint, location, node, cause } = error;
  const stack = cause instanceof Error ? cause.stack : error.stack;
  return { code, message, hint, location, node, stack, of };
}

/** The error that was sent, with its cause where that is known on this side. */
export function receiveError(sent: SentError, known?: SlaError): SlaError {
  const { code, message, hint, location, node, stack } = sent;
  const cause = known ?? new Error(message);
  if (known === undefined && stack !== undefined) cause.stack = stack;
  return new SlaError({ code, message, hint, location, node, cause });
}

/** Permissions to send: each batch takes one, and each that the receiver has dealt with gives one back. */
export class Credits {
  #left = WINDOW;
  #open = true;
  #wake: (() => void) | undefined;

  /** Waits for a permission; false when there will be none. */
  async take(): Promise<boolean> {
    while (this.#open && this.#left === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#left--;
    return this.#open;
  }

  give(): void {
    this.#left++;
    this.#wake?.();
  }

  close(): void {
    this.#open = false;
    this.#wake?.();
  }
}

/** What arrives, to be taken one by one; it ends or fails after what arrived before. */
export class Arrivals<T> {
  readonly #waiting: T[] = [];
  #ended: { error: unknown } | "well" | undefined;
  #wake: (() => void) | undefined;

  push(value: T): void {
    this.#waiting.push(value);
    this.#wake?.();
  }

  end(): void {
    this.#ended ??= "well";
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#ended ??= { error };
    this.#wake?.();
  }

  /** What arrived next; undefined at the end. */
  async next(): Promise<T | undefined> {
    while (this.#waiting.length === 0 && this.#ended === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#waiting.length > 0) return this.#waiting.shift();
    if (this.#ended === "well" || this.#ended === undefined) return undefined;
    throw this.#ended.error;
  }
}
