export { type ChartWords, chartOf } from "./chart-of.js";
export {
  type DashboardData,
  type DataColumn,
  type DataTable,
  partName,
} from "./data.js";
export { dayNumber, dayText, grainFor } from "./days.js";
export { bucketColumn, countColumn, extremeColumn } from "./evaluate.js";
export { figureText, longDay, numberText } from "./figure-text.js";
export type {
  DashboardFigures,
  Figure,
  FigureHead,
  FigureTable,
  KpiFigures,
  Mark,
  SeriesFigures,
  SheetFigures,
  SheetPicture,
  TableColumn,
} from "./figures.js";
export { REST } from "./part.js";
export {
  aggregatesOf,
  dashboardSpecs,
  type PartSpec,
  partsOf,
  restrictable,
  sheetMetricNames,
} from "./spec.js";
export {
  choices,
  type DashboardSpec,
  type DashboardState,
  dataPeriod,
  defaultPeriod,
  defaultState,
  type SheetSelection,
} from "./state.js";
export { view } from "./view.js";
