/** What projects import: `import { defineModel } from "sla"`. */
export type {
  BarChart,
  CalibrationChart,
  Chart,
  ChartSize,
  HeatmapChart,
  LineChart,
  Measure,
  NumberFormat,
  ParetoChart,
  ScatterChart,
  Series,
  StackedChart,
  WhiskerChart,
} from "./manifest/chart.js";
export type { IndexConfig, Row, TestEntry, Value } from "./manifest/index.js";
export type { ArqueroTable, NoSuchColumn } from "./project/arquero-table.js";
export {
  type ColumnDeclaration,
  defineMacro,
  defineModel,
  defineSeeder,
  type GivenRow,
  type MacroArgument,
  type MacroContext,
  type MacroDefinition,
  type ModelContext,
  type ModelDefinition,
  type ModelRows,
  type Part,
  type RelationHandle,
  type RowOf,
  type SeederBatch,
  type SeederContext,
  type SeederDefinition,
  type SeederTableDefinition,
} from "./project/definition.js";
export * from "./project/relation-types.js";
