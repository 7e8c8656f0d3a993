/** Stands for what the translator does: the hash of its answers to all queries of the parity suite, kept by a test. */
export const EDITION = "ce47501ca940106c";
