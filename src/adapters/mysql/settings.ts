import { collationOf, type ServerVersion } from "./flavour.js";

const SQL_MODE = [
  "ONLY_FULL_GROUP_BY",
  "STRICT_TRANS_TABLES",
  "STRICT_ALL_TABLES",
  "NO_ZERO_IN_DATE",
  "NO_ZERO_DATE",
  "ERROR_FOR_DIVISION_BY_ZERO",
  "NO_ENGINE_SUBSTITUTION",
].join(",");

/**
 * One statement that makes every session the same, whatever the server's defaults:
 * - NAMES with the flavour's collation, else literals compare under another one than columns;
 * - `div_precision_increment`: both flavours cut quotients to 4 digits in the middle of an expression, at different places;
 * - TIME_ROUND_FRACTIONAL: a date-time that is stored or cast with fewer digits is rounded, as MySQL does; MariaDB would cut it;
 * - recursion and GROUP_CONCAT limits that do not cut off results (MariaDB does so silently);
 * - `sql_notes=0`: LOAD DATA's warnings are its errors, notes must not push them out of the list;
 * - network timeouts, because rows may come from (or go to) slow code;
 * - `information_schema_stats_expiry`: MySQL else tells the time of a table's last change as it was up to a day ago;
 * - `lock_wait_timeout`: the default for metadata locks is a year.
 */
export function sessionSettings(server: ServerVersion, lockWait = 60): string {
  const recursion = server.flavour === "mariadb" ? "max_recursive_iterations" : "cte_max_recursion_depth";
  return [
    `SET NAMES utf8mb4 COLLATE ${collationOf(server)}`,
    "time_zone = '+00:00'",
    `sql_mode = '${SQL_MODE}${server.flavour === "mariadb" ? ",TIME_ROUND_FRACTIONAL" : ""}'`,
    "autocommit = 1",
    "div_precision_increment = 12",
    "group_concat_max_len = 16777216",
    `${recursion} = 1000000`,
    "sql_notes = 0",
    "net_read_timeout = 600",
    "net_write_timeout = 600",
    `lock_wait_timeout = ${lockWait}`,
    ...(server.flavour === "mysql" ? ["information_schema_stats_expiry = 0"] : []),
  ].join(", ");
}
