/** What projects and programs import: `import { defineModel } from "sla"`, `import { build } from "sla"`. */
export * from "./api/index.js";
export type {
  BuildOptions,
  Check,
  CommandOptions,
  CompiledText,
  CompileOptions,
  Difference,
  DiffOptions,
  FreshnessOptions,
  FreshnessResult,
  Initialized,
  LineageAnswer,
  LsOptions,
  Migrated,
  Orphan,
  ParseSummary,
  PlannedNode,
  RetryOptions,
  ShownRows,
  ShowOptions,
} from "./commands/index.js";
export { SlaError, SlaErrors } from "./errors/index.js";
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
export type {
  IndexConfig,
  Manifest,
  Row,
  RunResult,
  RunResults,
  TestEntry,
  Value,
} from "./manifest/index.js";
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
export type { NodeInfo, RunEvent } from "./run/index.js";
