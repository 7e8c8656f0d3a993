import { type DuckDBDecimalType, type DuckDBType, DuckDBTypeId } from "@duckdb/node-api";
import type { ColumnType } from "../../manifest/index.js";

/**
 * MySQL's nearest type for a column of a DuckDB query. Text has no length here, so it is TEXT. HUGEINT, which SUM of integers
 * returns, is DECIMAL(38,0), as MySQL's SUM is a decimal without digits after the point.
 */
export function toColumnType(type: DuckDBType): ColumnType {
  const integer = (kind: "tinyint" | "smallint" | "int" | "bigint", unsigned = false): ColumnType => ({
    kind,
    unsigned,
  });
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return { kind: "boolean" };
    case DuckDBTypeId.TINYINT:
      return integer("tinyint");
    case DuckDBTypeId.SMALLINT:
      return integer("smallint");
    case DuckDBTypeId.INTEGER:
      return integer("int");
    case DuckDBTypeId.BIGINT:
      return integer("bigint");
    case DuckDBTypeId.UTINYINT:
      return integer("tinyint", true);
    case DuckDBTypeId.USMALLINT:
      return integer("smallint", true);
    case DuckDBTypeId.UINTEGER:
      return integer("int", true);
    case DuckDBTypeId.UBIGINT:
      return integer("bigint", true);
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
      return { kind: "decimal", precision: 38, scale: 0, unsigned: false };
    case DuckDBTypeId.FLOAT:
      return { kind: "float" };
    case DuckDBTypeId.DOUBLE:
      return { kind: "double" };
    case DuckDBTypeId.DECIMAL: {
      const { width, scale } = type as DuckDBDecimalType;
      return { kind: "decimal", precision: width, scale, unsigned: false };
    }
    case DuckDBTypeId.DATE:
      return { kind: "date" };
    case DuckDBTypeId.TIME:
    case DuckDBTypeId.TIME_TZ:
      return { kind: "time", precision: 6 };
    case DuckDBTypeId.TIMESTAMP_S:
      return { kind: "datetime", precision: 0 };
    case DuckDBTypeId.TIMESTAMP_MS:
      return { kind: "datetime", precision: 3 };
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
    case DuckDBTypeId.TIMESTAMP_NS:
      return { kind: "datetime", precision: 6 };
    case DuckDBTypeId.BLOB:
      return { kind: "longblob" };
    case DuckDBTypeId.UUID:
      return { kind: "char", length: 36 };
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
    case DuckDBTypeId.STRUCT:
    case DuckDBTypeId.MAP:
      return { kind: "json" };
    default:
      return type.alias === "JSON" ? { kind: "json" } : { kind: "text" };
  }
}
