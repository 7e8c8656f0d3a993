import { SlaError, SlaErrors } from "../errors/index.js";

/** Whether something thrown is an error that `sla` reports on purpose: it has a code, a message, often a hint and a place. */
export function isSlaError(thrown: unknown): thrown is SlaError {
  return thrown instanceof SlaError;
}

/** All errors of something thrown: a project may have several at once. Empty for what is no error of `sla`'s. */
export function slaErrors(thrown: unknown): readonly SlaError[] {
  if (thrown instanceof SlaErrors) return thrown.errors;
  return isSlaError(thrown) ? [thrown] : [];
}
