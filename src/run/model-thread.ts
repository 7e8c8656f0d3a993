import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Value } from "../adapters/index.js";
import { SlaError, toSlaErrors } from "../errors/index.js";
import { transpose } from "./column-batch.js";
import type { ModelEffects } from "./model-context.js";
import type { RowReader } from "./row-reader.js";
import {
  Arrivals,
  Credits,
  type FromThread,
  receiveError,
  type SentError,
  sendError,
  type ThreadStart,
  type ToThread,
} from "./thread-messages.js";
import { userCodeError } from "./user-code.js";

/** How long a model has, after the run was given up, to end by itself. */
const GRACE_MS = 500;

/** What a thread is started for, and what it reaches of this one. */
export interface ThreadOptions extends Omit<ThreadStart, "calls"> {
  reader: RowReader;
  effects: ModelEffects;
}

/**
 * The rows of a model whose code runs on a thread of its own. Sessions and files stay on this one: the thread asks for
 * batches and sends batches, a few ahead of who takes them. The thread is gone when this ends, however it ends.
 */
export async function* threadRows(options: ThreadOptions): AsyncGenerator<(readonly Value[])[]> {
  const { facts, columns, owner, reader, effects } = options;
  const { log, signal, ...callable } = effects;
  const start: ThreadStart = { facts, columns, owner, calls: Object.keys(callable) };
  const arrivals = new Arrivals<readonly (readonly Value[])[]>();
  const worker = startThread(start);
  let complete = false;
  const served = new Served(reader, callable, (message) => worker.postMessage(message satisfies ToThread));
  worker.on("message", (message: FromThread) => {
    if (message.kind === "rows") arrivals.push(message.columns);
    else if (message.kind === "log") log(message.text);
    else if (message.kind === "failed") arrivals.fail(served.received(message.error));
    else if (message.kind !== "end") served.take(message);
    else {
      complete = true;
      arrivals.end();
    }
  });
  worker.on("error", (error) => arrivals.fail(died(error, options)));
  worker.on("exit", (code) => {
    if (!complete) arrivals.fail(ended(code, options));
  });
  let giveUp: NodeJS.Timeout | undefined;
  const abort = (): void => {
    worker.postMessage({ kind: "abort" } satisfies ToThread);
    giveUp = setTimeout(() => void worker.terminate(), GRACE_MS);
  };
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  try {
    for (let batch = await arrivals.next(); batch !== undefined; batch = await arrivals.next()) {
      yield transpose(batch, batch[0]?.length ?? 0);
      worker.postMessage({ kind: "taken" } satisfies ToThread);
    }
  } finally {
    signal.removeEventListener("abort", abort);
    clearTimeout(giveUp);
    await Promise.all([worker.terminate(), served.close()]);
  }
}

/** Serves what the thread asks for: readings on sessions of their own, and effects. */
class Served {
  readonly #readings = new Map<number, Credits>();
  readonly #running = new Set<Promise<void>>();
  readonly #failures = new Map<number, SlaError>();

  constructor(
    private readonly reader: RowReader,
    private readonly effects: Readonly<Record<string, unknown>>,
    private readonly send: (message: ToThread) => void,
  ) {}

  take(message: Extract<FromThread, { id: number }>): void {
    const { id } = message;
    if (message.kind === "taken") this.#readings.get(id)?.give();
    else if (message.kind === "close") this.#readings.get(id)?.close();
    else if (message.kind === "read") this.#run(id, () => this.#read(message));
    else this.#run(id, () => this.#call(message));
  }

  /** Ends readings that the model has left, and waits for what is under way. */
  async close(): Promise<void> {
    for (const credits of this.#readings.values()) credits.close();
    await Promise.all(this.#running);
  }

  /** The error of the thread, with what caused it on this side: whether another attempt may help depends on that. */
  received(error: SentError): SlaError {
    return receiveError(error, error.of === undefined ? undefined : this.#failures.get(error.of));
  }

  #run(id: number, work: () => Promise<void>): void {
    const running = work()
      .catch((thrown) => {
        const [error] = toSlaErrors(thrown);
        this.#failures.set(id, error!);
        this.send({ kind: "failed", id, error: sendError(error!) });
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #read({ id, reading }: Extract<FromThread, { kind: "read" }>): Promise<void> {
    const credits = new Credits();
    this.#readings.set(id, credits);
    try {
      for await (const batch of this.reader.columns(reading)) {
        if (!(await credits.take())) return;
        this.send({ kind: "batch", id, batch });
      }
      this.send({ kind: "done", id });
    } finally {
      this.#readings.delete(id);
    }
  }

  async #call({ id, name, args }: Extract<FromThread, { kind: "call" }>): Promise<void> {
    const effect = this.effects[name] as (...args: unknown[]) => unknown;
    this.send({ kind: "done", id, value: await effect(...args) });
  }
}

/** Starts the compiled entry; the sources, where they are all there is, through the loader of TypeScript files. */
function startThread(start: ThreadStart): Worker {
  const compiled = new URL("./thread-entry.js", import.meta.url);
  if (existsSync(compiled)) return new Worker(compiled, { workerData: start });
  const loader = createRequire(import.meta.url)
    .resolve("jiti")
    .replace(/jiti\.\w+$/, "jiti-register.mjs");
  const source = new URL("./thread-entry.ts", import.meta.url);
  return new Worker(fileURLToPath(source), { workerData: start, execArgv: ["--import", loader] });
}

function died(error: Error & { code?: string }, { facts }: ThreadOptions): SlaError {
  if (error.code !== "ERR_WORKER_OUT_OF_MEMORY") return userCodeError(error, facts.node, facts.projectDir);
  return new SlaError({
    code: "SLA502",
    message: `"${facts.node.name}" ran out of memory on its thread`,
    hint: "Read with rows(), batches() or table() instead of all(), or give Node more: NODE_OPTIONS=--max-old-space-size=4096.",
    location: { path: facts.node.original_file_path },
    node: facts.node.unique_id,
    cause: error,
  });
}

function ended(code: number, { facts }: ThreadOptions): SlaError {
  return new SlaError({
    code: "SLA502",
    message: `the thread of "${facts.node.name}" ended with exit code ${code} before all its rows were given`,
    hint: "Does its code, or a package it uses, call process.exit? Throw an error instead.",
    location: { path: facts.node.original_file_path },
    node: facts.node.unique_id,
  });
}
