export { changedColumns } from "./changed-columns.js";
export { declarationFile } from "./declaration-file.js";
export { SCHEMA_FILES } from "./file-schemas.js";
export { typedRelations } from "./relation-types.js";
export type { RowColumn, TypedRelation } from "./typed-relation.js";
