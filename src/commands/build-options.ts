import type { PublishPolicy } from "../run/index.js";
import type { DeferralOptions } from "./deferral.js";
import type { CommandOptions } from "./invocation.js";
import type { ProcedureCall } from "./procedure-call.js";
import type { InputOptions } from "./sample.js";

/** What the commands that run nodes are told. */
export interface BuildOptions extends CommandOptions, DeferralOptions, InputOptions {
  fullRefresh?: boolean | undefined;
  failFast?: boolean | undefined;
  /** Leave nodes as they are that nothing has changed for; the project's own setting when absent. */
  reuse?: boolean | undefined;
  /** What a failure keeps from readers: everything, or what it touches. */
  publish?: PublishPolicy | undefined;
  /** Seconds after which a statement is ended; the target's own setting when absent. */
  queryTimeout?: number | undefined;
  /** Seconds to wait for another run to end; 0 fails at once. */
  lockTimeout?: number | undefined;
  /** File for what became of tests and nodes, in JUnit's form; below the project unless absolute. */
  junit?: string | undefined;
  /** Where OpenLineage events go: a file, or the URL of a receiver; `OPENLINEAGE_URL` when absent. */
  openlineage?: string | undefined;
  /** The procedure that `call` calls. */
  call?: ProcedureCall | undefined;
  /** Exactly these nodes, whatever the selection says: what `retry` runs. */
  only?: readonly string[] | undefined;
}
