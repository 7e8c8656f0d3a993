import { SlaError } from "../../errors/index.js";

/** What answered on the other side of MySQL's protocol. */
export interface ServerVersion {
  flavour: "mariadb" | "mysql";
  /** Three numbers. */
  number: readonly [number, number, number];
  /** `MariaDB 10.11.19`. */
  label: string;
}

/** Products that speak the protocol under version numbers of their own: taken at their word. */
const COMPATIBLE = /tidb|vitess|singlestore|dolt|oceanbase|polardb|aurora/i;

const LEAST = { mysql: [8, 0, 19], mariadb: [10, 6, 0] } as const;

/** Reads the version a server greets with; throws SLA403 for one we do not support. */
export function parseServerVersion(greeting: string, where: string): ServerVersion {
  const flavour = /mariadb/i.test(greeting) ? "mariadb" : "mysql";
  // MariaDB puts a fake version before its own, for old replicas.
  const text = flavour === "mariadb" ? greeting.replace(/^5\.5\.5-/, "") : greeting;
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  const number = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0), Number(match?.[3] ?? 0)] as const;
  const product = COMPATIBLE.exec(greeting)?.[0];
  const label = `${product ?? (flavour === "mariadb" ? "MariaDB" : "MySQL")} ${number.join(".")}`;
  if (product === undefined && older(number, LEAST[flavour])) {
    throw new SlaError({
      code: "SLA403",
      message: `the server at ${where} is ${label}, which is too old`,
      hint: "sla needs MySQL 8.0.19 or later, or MariaDB 10.6 or later (it uses CTEs, window functions and atomic DDL). Without a server, use the embedded engine: --target local.",
    });
  }
  return { flavour, number, label };
}

function older(version: readonly number[], least: readonly number[]): boolean {
  for (const [index, part] of least.entries()) {
    if (version[index]! !== part) return version[index]! < part;
  }
  return false;
}

/** The one collation of a flavour: case- and accent-insensitive, trailing blanks count (as DuckDB compares, too). */
export function collationOf({ flavour, number }: ServerVersion): string {
  if (flavour === "mysql") return "utf8mb4_0900_ai_ci";
  // The UCA 14 collations came with MariaDB 10.10; before, UCA 5.2 is the nearest.
  return older(number, [10, 10, 1]) ? "utf8mb4_unicode_520_nopad_ci" : "utf8mb4_uca1400_nopad_ai_ci";
}
