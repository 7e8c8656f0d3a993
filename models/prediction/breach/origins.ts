import { FEATURES } from "./features.js";
import { TICKET_COLUMNS } from "./ticket.js";

const of = (column: string) => `breach_features.${column}`;
const { key, period, outcome } = TICKET_COLUMNS;

/** The columns of `breach_features` from which a probability is told. */
export const FEATURE_COLUMNS: readonly string[] = FEATURES.map(({ name }) => of(name));

/** Those from which the model is learnt: its key draws the sample, its month says whether a ticket is learnt from or judged. */
export const LEARNT_FROM: readonly string[] = [...FEATURE_COLUMNS, ...[key, period, outcome].map(of)];

/** What a probability is made of: the ticket's features, and the trained model. */
export const PROBABILITY: readonly string[] = [...FEATURE_COLUMNS, "breach_model.*"];

/** What is compared with what came. */
export const JUDGED: readonly string[] = [...PROBABILITY, ...[period, outcome].map(of)];
