import type { GenericTest as GenericTestName } from "../compile/index.js";
import { acceptedRange, acceptedValues, notEmpty, notNull, sequential, unique } from "./column-tests.js";
import { equalRowcount, relationships, relationshipsWhere } from "./comparison-tests.js";
import type { GenericTest } from "./generic-test.js";
import {
  expressionIsTrue,
  noOverlap,
  recency,
  rowCountBetween,
  uniqueCombination,
} from "./relation-tests.js";
import { volumeAnomaly } from "./volume-anomaly.js";

/** The SQL of the generic tests, by the name they are used by; their arguments are checked when the project is compiled. */
export const GENERIC_TESTS: Record<GenericTestName, GenericTest> = {
  unique,
  not_null: notNull,
  accepted_values: acceptedValues,
  relationships,
  relationships_where: relationshipsWhere,
  unique_combination: uniqueCombination,
  accepted_range: acceptedRange,
  expression_is_true: expressionIsTrue,
  not_empty: notEmpty,
  recency,
  row_count_between: rowCountBetween,
  volume_anomaly: volumeAnomaly,
  equal_rowcount: equalRowcount,
  no_overlap: noOverlap,
  sequential,
};
