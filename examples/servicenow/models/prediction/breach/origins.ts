import { FEATURES, INCIDENT_COLUMNS } from "./incident.js";

const of = (column: string) => `breach_features.${column}`;
const { key, period, outcome } = INCIDENT_COLUMNS;

/** The columns of `breach_features` from which a probability is told. */
export const FEATURE_COLUMNS: readonly string[] = FEATURES.map(({ name }) => of(name));

/** Those from which the model is learnt: its key draws the sample, its month says whether an incident is learnt from or judged. */
export const LEARNT_FROM: readonly string[] = [...FEATURE_COLUMNS, ...[key, period, outcome].map(of)];

/** What is compared with what came: what the trained model says of the features. */
export const JUDGED: readonly string[] = [...FEATURE_COLUMNS, "breach_model.*", ...[period, outcome].map(of)];
