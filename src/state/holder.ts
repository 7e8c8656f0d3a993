import { hostname, userInfo } from "node:os";

/** Who runs a command, for whoever finds the lock taken or reads the ledger. */
export interface Holder {
  command: string;
  /** `user@host`. */
  startedBy: string;
  processId: number;
}

/** This process as the holder of a lock. */
export function thisProcess(command: string): Holder {
  return {
    command,
    startedBy: `${userInfo().username}@${hostname()}`.slice(0, 255),
    processId: process.pid,
  };
}
