export {
  type CompileContext,
  type CompiledNode,
  type Compiler,
  createCompiler,
  type UnitContext,
} from "./compiler.js";
export { ephemeralCte } from "./ephemeral.js";
export { findGenericTest, GENERIC_TESTS, type GenericTest } from "./generic-tests.js";
export { type ParsedProject, parseManifest } from "./parse-manifest.js";
export { type Argument, type BoundArgument, bindArguments, checkNames } from "./procedure-arguments.js";
export { type ProcedureHeader, readHeader } from "./procedure-header.js";
export { parseRelationArgument, type RelationArgument } from "./relation-argument.js";
export { filterCondition, type RowFilter } from "./row-filter.js";
