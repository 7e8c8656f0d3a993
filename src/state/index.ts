export { changedParts, digest, type Fingerprint, formatFingerprint } from "./fingerprint.js";
export { type Holder, thisProcess } from "./holder.js";
export { Ledger, type NodeRecord, type OpenJournal, type RunRecord } from "./ledger.js";
export { ledgerTables } from "./ledger-tables.js";
export { acquireRunLock, type RunLock } from "./run-lock.js";
