/** Logistic regression on what is known of a case when it begins: what models of breaches have in common. */
export { type CalibrationRow, calibration, wilsonInterval } from "./calibration.js";
export { calibrationChart } from "./calibration-chart.js";
export { Column } from "./column.js";
export { CALIBRATION_COLUMNS, MODEL_COLUMNS, metricsColumns } from "./columns.js";
export {
  dayOfWeek,
  type Feature,
  type Given,
  type GivenRow,
  hourOfDay,
  levelOf,
  MISSING,
} from "./feature.js";
export { ALL, inShort, type MetricsOptions, type MetricsRow, measureModel, outcomes } from "./metrics.js";
export { type Contribution, LogisticModel, type ModelRow, trainModel, UNSEEN } from "./model.js";
export { type CardText, modelCard } from "./model-card.js";
export { Observations } from "./observations.js";
export { areaUnderCurve, brierScore, chooseThreshold, confusionAt, logLoss } from "./quality.js";
export { type CaseColumns, readCases } from "./read-cases.js";
export { mainReasons } from "./reasons.js";
export { stratifiedSample } from "./sample.js";
export { type BreachSettings, breachSettings } from "./settings.js";
export { splitMonths } from "./split.js";
