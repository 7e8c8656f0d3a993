import { type ErrorCode, type Location, SlaError } from "../../errors/index.js";
import { routineRight } from "./routine-rights.js";

/** What the driver throws. */
export interface DriverError extends Error {
  code?: string;
  errno?: number;
  fatal?: boolean;
}

/** Server error numbers by what they mean to us; the rest is SLA501. */
const CODES: Record<number, ErrorCode> = {
  1040: "SLA401", // too many connections
  1203: "SLA401", // max_user_connections
  1226: "SLA401", // user resource limit
  1044: "SLA404",
  1045: "SLA402",
  1698: "SLA402",
  1251: "SLA402",
  1142: "SLA404",
  1143: "SLA404",
  1227: "SLA404",
  1370: "SLA404",
  1356: "SLA404",
  1418: "SLA404",
  1419: "SLA404", // binary logging, and no trust in routines
  3159: "SLA408", // require_secure_transport
  1193: "SLA408", // unknown system variable
  1231: "SLA408",
  1273: "SLA408", // unknown collation
  1053: "SLA405", // shutdown in progress
  1077: "SLA405",
  1078: "SLA405",
  1079: "SLA405",
  1152: "SLA405", // aborted connection
  1158: "SLA405",
  1159: "SLA405",
  1160: "SLA405",
  1161: "SLA405",
  1927: "SLA405", // MariaDB: connection was killed
  4031: "SLA405", // disconnected because of inactivity
  1021: "SLA407", // disk full
  1114: "SLA407", // table is full
  1041: "SLA407",
  1037: "SLA407",
  1038: "SLA407",
  1064: "SLA301",
  1149: "SLA301",
  1305: "SLA302",
  1630: "SLA302",
  1046: "SLA305",
  1049: "SLA305",
  1052: "SLA305",
  1054: "SLA305",
  1109: "SLA305",
  1146: "SLA305",
  1048: "SLA503", // NULL in NOT NULL
  1062: "SLA503",
  1169: "SLA503",
  1263: "SLA503",
  1264: "SLA503",
  1265: "SLA503",
  1292: "SLA503",
  1364: "SLA503",
  1366: "SLA503",
  1406: "SLA503",
  1411: "SLA503",
  1365: "SLA503", // division by 0
  1526: "SLA503",
  1690: "SLA503", // out of range in an expression
  3140: "SLA503",
  3156: "SLA503",
  3819: "SLA503",
  4025: "SLA503",
  1205: "SLA506",
  1213: "SLA506",
  3058: "SLA506",
  3572: "SLA506",
  1317: "SLA504", // KILL QUERY
  1028: "SLA504",
};

const HINTS: Record<number, string> = {
  1040: "Lower --threads, or raise the server's max_connections.",
  1203: "Lower --threads, or raise the user's MAX_USER_CONNECTIONS.",
  1226: "Lower --threads, or raise the limits of the user.",
  1046: "A table without a schema, or a function that MySQL does not know (it looks for it among stored ones). Name inputs with ref or source.",
  1055: "Add the column to GROUP BY, or wrap it in MIN(), MAX() or the like.",
  1071: "Give the columns of the key shorter types, e.g. `data_type: varchar(191)`.",
  1118: "Give long text columns the type text: `data_type: text`.",
  1153: "Raise the server's max_allowed_packet.",
  1170: "Give the column a length, e.g. `data_type: varchar(191)`.",
  1205: "Another session held a lock for more than 60 seconds. SHOW PROCESSLIST tells which.",
  1213: "Two statements waited for each other and retries did not help. Run with fewer --threads.",
  1365: "Guard the divisor: x / NULLIF(y, 0).",
  1969: "The server's max_statement_time ended the statement. Raise it for this user.",
  3024: "The server's max_execution_time ended the statement. Raise it for this user.",
  3159: "Set `ssl: true` in the target (SLA_MYSQL_SSL=true).",
  3750: "The server demands primary keys: give the model a `primary_key` in its config.",
};

const LOST = new Set([
  "PROTOCOL_CONNECTION_LOST",
  "ECONNRESET",
  "EPIPE",
  "ECONNABORTED",
  "PROTOCOL_PACKETS_OUT_OF_ORDER",
]);

/** Whether a statement failed only because of who else was there, and undid itself: the same again may work. */
export function isDeadlock(error: unknown): boolean {
  return (error as { cause?: DriverError }).cause?.errno === 1213;
}

/** Whether a right is missing. */
export function isDenied({ errno = 0, fatal = false }: DriverError): boolean {
  return !fatal && CODES[errno] === "SLA404";
}

/** The driver's error as ours; positions count in `sql`, and `account` is whom a missing right is to be granted to. */
export function toSlaError(error: DriverError, where: string, sql?: string, account?: string): SlaError {
  if (error instanceof SlaError) return error;
  const { errno = 0 } = error;
  if (LOST.has(error.code ?? "") || /closed state|Connection lost/i.test(error.message)) {
    return new SlaError({
      code: "SLA405",
      message: `the connection to ${where} was lost: ${error.message}`,
      hint: "Was the server restarted, or the session killed? What was published is untouched; run again.",
      cause: error,
    });
  }
  const full = errno === 3 || errno === 1030 || errno === 1026 || errno === 20;
  const code: ErrorCode = full && /28|space/i.test(error.message) ? "SLA407" : (CODES[errno] ?? "SLA501");
  return new SlaError({
    code,
    message: code === "SLA504" ? "the statement was interrupted" : error.message,
    hint: HINTS[errno] ?? hintFor(code, error.message, sql, errno, account),
    location: sql === undefined ? undefined : locate(error, sql),
    cause: error,
  });
}

function hintFor(
  code: ErrorCode,
  message: string,
  sql = "",
  errno = 0,
  user = userIn(message),
): string | undefined {
  switch (code) {
    case "SLA404":
      return routineRight(errno, message, sql, user) ?? grantFor(message, sql, user);
    case "SLA407":
      return "Free space on the server (data directory, tmpdir), or raise the limit that the message names.";
    case "SLA402":
      return "Check user and password of the target (SLA_MYSQL_USER, SLA_MYSQL_PASSWORD) and the host the user may come from.";
    default:
      return undefined;
  }
}

function userIn(message: string): string {
  return /'[^']*'@'[^']*'/.exec(message)?.[0] ?? "<user>";
}

/** The GRANT that an administrator may want to run, as far as message and statement tell. */
function grantFor(message: string, sql: string, user: string): string {
  const privilege = /^([A-Z][A-Z ,]*?) command denied/.exec(message)?.[1] ?? "ALL PRIVILEGES";
  // MariaDB names `schema`.`table`, MySQL the table alone: the statement has the rest.
  const [, first, second] = /for table [`']([^`'.]+)[`'](?:\.[`']([^`']+)[`'])?/.exec(message) ?? [];
  const qualified = [...sql.matchAll(/`([^`]+)`\.`([^`]+)`/g)].find(([, , table]) => table === first);
  const schema =
    /to database '([^']*)'/.exec(message)?.[1] ?? (second === undefined ? qualified?.[1] : first);
  return `Ask an administrator for: GRANT ${privilege} ON ${schema === undefined ? "<schema>" : `\`${schema}\``}.* TO ${user};`;
}

/** Where in the statement: the server gives a line for syntax errors, and quotes names that can be found again. */
function locate(error: DriverError, sql: string): Location | undefined {
  const syntax = /near '([\s\S]*)' at line (\d+)$/.exec(error.message);
  if (syntax) {
    const line = Number(syntax[2]);
    const near = syntax[1]!.split("\n")[0]!;
    const text = sql.split("\n")[line - 1] ?? "";
    const at = near === "" ? text.length : text.indexOf(near);
    const column = at === -1 ? {} : { column: at + 1, length: /^\S+/.exec(near)?.[0].length ?? 1 };
    return { path: "", line, ...column, text: sql };
  }
  const name = /(?:column|table|FUNCTION) '([^']+)'/i.exec(error.message)?.[1]?.split(".").pop();
  if (name === undefined || ![1054, 1052, 1146, 1305, 1055].includes(error.errno ?? 0)) return undefined;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`, "i").exec(sql);
  if (!found) return undefined;
  const before = sql.slice(0, found.index).split("\n");
  return { path: "", line: before.length, column: before.at(-1)!.length + 1, length: name.length, text: sql };
}

/** What went wrong before there was a session. */
export function toConnectError(
  error: DriverError,
  target: { host: string; port: number; user: string },
): SlaError {
  const where = `${target.host}:${target.port}`;
  if (error instanceof SlaError) return error;
  if (error.errno === 1045 || error.errno === 1698 || error.code === "ER_ACCESS_DENIED_ERROR") {
    return new SlaError({
      code: "SLA402",
      message: `the server at ${where} refused user "${target.user}" with the password it was given`,
      hint: `Check user and password of the target (SLA_MYSQL_USER, SLA_MYSQL_PASSWORD), and that the account may come from here: the server said ${/'[^']*'@'[^']*'/.exec(error.message)?.[0] ?? "no host"}.`,
      cause: error,
    });
  }
  if (/SSL|TLS|certificate|self.signed/i.test(`${error.code} ${error.message}`) && error.errno !== 3159) {
    return new SlaError({
      code: "SLA408",
      message: `no encrypted connection to ${where}: ${error.message}`,
      hint: "Check `ssl` of the target: false for none, true, or {ca, cert, key, rejectUnauthorized}.",
      cause: error,
    });
  }
  const known = toSlaError(error, where);
  if (error.errno !== undefined && error.errno > 0 && known.code !== "SLA501") return known;
  return new SlaError({
    code: "SLA401",
    message: `cannot connect to a MySQL server at ${where}: ${error.code ?? error.message}`,
    hint: hintForNetwork(error.code, target.host),
    cause: error,
  });
}

function hintForNetwork(code: string | undefined, host: string): string {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `Is "${host}" the right name (SLA_MYSQL_HOST)? It does not resolve.`;
  return "Is the server running, and are host and port right (SLA_MYSQL_HOST, SLA_MYSQL_PORT)? Without a server, use the embedded engine: --target local.";
}
