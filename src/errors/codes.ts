/**
 * Every error `sla` can report, by code. The code is what users search for and what the troubleshooting guide is
 * ordered by; it never changes its meaning. The hundreds name the floor that finds the error.
 */
export const ERROR_CODES = {
  // 1xx: reading the project
  SLA101: "project not found",
  SLA102: "invalid YAML",
  SLA103: "unknown key",
  SLA104: "invalid value",
  SLA105: "duplicate name",
  SLA106: "missing environment variable",
  SLA107: "TypeScript file cannot be loaded",
  SLA108: "invalid CSV",
  SLA109: "unknown target",
  SLA110: "invalid --vars",
  SLA111: "properties without a node",
  SLA112: "file cannot be read or written",
  SLA113: "package cannot be used",
  SLA114: "made for another version of sla",
  // 2xx: compiling templates and ordering nodes
  SLA201: "template syntax error",
  SLA202: "unknown name in a template",
  SLA203: "reference not found",
  SLA204: "dynamic reference",
  SLA205: "dependency cycle",
  SLA206: "invalid macro call",
  SLA207: "missing variable",
  SLA208: "invalid selector",
  SLA209: "unknown materialization",
  SLA210: "two nodes build one relation",
  SLA211: "invalid procedure",
  SLA212: "invalid argument of a procedure",
  // 3xx: SQL
  SLA301: "SQL syntax error",
  SLA302: "unknown function",
  SLA303: "not portable SQL",
  SLA304: "SQL cannot be translated",
  SLA305: "unknown column or relation",
  // 4xx: engines
  SLA401: "cannot connect",
  SLA402: "access denied",
  SLA403: "unsupported server version",
  SLA404: "missing privilege",
  SLA405: "connection lost",
  SLA406: "warehouse file is locked",
  SLA407: "server ran out of space",
  SLA408: "invalid connection setting",
  // 5xx: running nodes
  SLA501: "database error",
  SLA502: "TypeScript of the project failed",
  SLA503: "row does not fit its table",
  SLA504: "interrupted",
  SLA505: "columns do not match the contract",
  SLA506: "lock timeout",
  SLA507: "another run holds the lock",
  SLA508: "columns of the table and of the query differ",
  SLA509: "key is not unique",
  SLA510: "trigger or foreign key does not fit",
  SLA511: "statement took too long",
  // 6xx: data quality
  SLA601: "data test failed",
  SLA602: "invalid data test",
  SLA603: "invalid unit test",
  // 7xx: command line
  SLA701: "invalid command line",
  SLA702: "files are in the way",
  // 8xx: files for other tools
  SLA801: "marts are not built",
  // 9xx: ours
  SLA901: "internal error",
} as const;

/** A stable error code, `SLA` and three digits. */
export type ErrorCode = keyof typeof ERROR_CODES;
