// What runs on the thread of a model. It loads what the model's code needs and nothing else: no driver, no parser.
import { setImmediate as nextTurn } from "node:timers/promises";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { SlaError } from "../errors/index.js";
import type { ModelNode } from "../manifest/index.js";
import { type ColumnBatch, toRows, transpose } from "./column-batch.js";
import { type ModelEffects, modelContext } from "./model-context.js";
import { returnedRows } from "./returned-rows.js";
import type { Reading, RowReader } from "./row-reader.js";
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

await runModel(parentPort!, workerData as ThreadStart);

async function runModel(port: MessagePort, start: ThreadStart): Promise<void> {
  const { facts, columns, owner } = start;
  const send = (message: FromThread): void => port.postMessage(message);
  const other = connect(port, send);
  const effects: Record<string, unknown> = {
    log: (text: string) => send({ kind: "log", text }),
    signal: other.signal,
  };
  for (const name of start.calls) effects[name] = (...args: unknown[]) => other.call(name, args);
  try {
    const { TypeScriptLoader } = await import("../project/typescript-file.js");
    const { modelDefinition } = await import("../project/node-definition.js");
    const typescript = new TypeScriptLoader(facts.projectDir);
    const definition = await modelDefinition({ typescript }, facts.node as ModelNode);
    const context = modelContext(facts, other.reader, effects as unknown as ModelEffects);
    for await (const rows of returnedRows(await definition.run(context), columns, owner)) {
      await other.credits.take();
      send({ kind: "rows", columns: transpose(rows, columns.length) });
    }
    await other.idle();
    send({ kind: "end" });
  } catch (error) {
    const ours = userCodeError(error, facts.node, facts.projectDir);
    send({ kind: "failed", error: sendError(ours, other.origin(error)) });
  }
  port.close();
}

/** The main thread as the model's code sees it: it reads, runs effects, takes rows and says when to give up. */
function connect(port: MessagePort, send: (message: FromThread) => void) {
  const aborting = new AbortController();
  const credits = new Credits();
  const readings = new Map<number, Arrivals<ColumnBatch>>();
  const calls = new Map<number, { done(value: unknown): void; failed(error: SlaError): void }>();
  let answered = (): void => {};
  const origins = new WeakMap<SlaError, number>();
  let last = 0;

  const received = (error: SentError, id: number): SlaError => {
    const ours = receiveError(error);
    origins.set(ours, id);
    return ours;
  };
  const answer = (id: number) => {
    const call = calls.get(id);
    if (calls.delete(id)) answered();
    return call;
  };
  port.on("message", (message: ToThread) => {
    if (message.kind === "taken") credits.give();
    else if (message.kind === "abort") aborting.abort();
    else if (message.kind === "batch") readings.get(message.id)?.push(message.batch);
    else if (message.kind === "done") {
      answer(message.id)?.done(message.value);
      readings.get(message.id)?.end();
    } else {
      const error = received(message.error, message.id);
      answer(message.id)?.failed(error);
      readings.get(message.id)?.fail(error);
    }
  });

  async function* columns(reading: Reading): AsyncGenerator<ColumnBatch> {
    last += 1;
    const id = last;
    const arrivals = new Arrivals<ColumnBatch>();
    readings.set(id, arrivals);
    send({ kind: "read", id, reading });
    try {
      for (let batch = await arrivals.next(); batch !== undefined; batch = await arrivals.next()) {
        send({ kind: "taken", id });
        yield batch;
      }
    } finally {
      readings.delete(id);
      send({ kind: "close", id });
    }
  }
  async function* rows(reading: Reading) {
    for await (const batch of columns(reading)) if (batch.columns[0]?.length) yield toRows(batch);
  }
  const reader: RowReader = { rows, columns };
  return {
    credits,
    reader,
    signal: aborting.signal,
    /** The reading or call that an error is the failure of. */
    origin(error: unknown): number | undefined {
      if (!(error instanceof SlaError)) return undefined;
      return origins.get(error) ?? origins.get(error.cause as SlaError);
    },
    /** Waits for calls for which the model did not: one that fails without being caught then ends the thread. */
    async idle(): Promise<void> {
      while (calls.size > 0) {
        await new Promise<void>((resolve) => {
          answered = resolve;
        });
      }
      await nextTurn();
    },
    call(name: string, args: unknown[]): Promise<unknown> {
      last += 1;
      const id = last;
      send({ kind: "call", id, name, args });
      return new Promise((done, failed) => calls.set(id, { done, failed }));
    },
  };
}
