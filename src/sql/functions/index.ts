import { AGGREGATE_FUNCTIONS, WINDOW_FUNCTIONS } from "./aggregate.js";
import { CONTROL_FUNCTIONS } from "./control.js";
import { DATE_FUNCTIONS } from "./date.js";
import { GROUP_CONCAT } from "./group-concat.js";
import { JSON_FUNCTIONS } from "./json.js";
import { CAST_FUNCTIONS, NUMBER_FUNCTIONS } from "./number.js";
import type { FunctionRules } from "./rule.js";
import { TEXT_FUNCTIONS } from "./text.js";

export { REFUSED_FUNCTIONS } from "./refused.js";
export type { FunctionRule } from "./rule.js";

/** The functions by topic, in the order of the reference. */
export const FUNCTION_TOPICS: readonly { topic: string; rules: FunctionRules }[] = [
  { topic: "Choice and NULL", rules: CONTROL_FUNCTIONS },
  { topic: "Conversion", rules: CAST_FUNCTIONS },
  { topic: "Dates", rules: DATE_FUNCTIONS },
  { topic: "Text", rules: TEXT_FUNCTIONS },
  { topic: "Numbers", rules: NUMBER_FUNCTIONS },
  { topic: "JSON", rules: JSON_FUNCTIONS },
  { topic: "Aggregates", rules: { ...AGGREGATE_FUNCTIONS, GROUP_CONCAT } },
  { topic: "Window functions", rules: WINDOW_FUNCTIONS },
];

/** The allow-list: a function that is not here is refused at compile time. */
export const FUNCTIONS: FunctionRules = Object.assign({}, ...FUNCTION_TOPICS.map(({ rules }) => rules));
