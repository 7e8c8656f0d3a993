export { ERROR_CODES, type ErrorCode } from "./codes.js";
export { didYouMean, nearest } from "./did-you-mean.js";
export { excerpt, positionAt } from "./excerpt.js";
export { MASK, type Redaction, redaction } from "./redaction.js";
export {
  type Location,
  SlaError,
  type SlaErrorOptions,
  SlaErrors,
  throwIfAny,
  toSlaErrors,
} from "./sla-error.js";
