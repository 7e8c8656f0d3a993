/** What projects import: `import { defineModel } from "sla"`. */
export type { IndexConfig, Row, TestEntry, Value } from "./manifest/index.js";
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
