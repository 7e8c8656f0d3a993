import { hash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeEdition } from "../project/index.js";
import { type QueryLineage, queryLineage } from "../sql/index.js";
import type { Lookup } from "./query.js";

/** What an answer depends on beside the query: the code that reads it. */
const FLOORS = ["manifest", "sql", "lineage"];

/**
 * Remembers between commands what was read of each query, by the hash of its text and of the columns of what it may read: to parse the
 * queries of a large project takes minutes. One that is missing, damaged or written by other code counts as empty.
 */
export class LineageCache {
  readonly #path: string;
  readonly #edition: string;
  readonly #read: typeof queryLineage;
  readonly #before: Record<string, QueryLineage>;
  readonly #after: Record<string, QueryLineage> = {};
  #changed = false;

  constructor(targetPath: string, edition: string = codeEdition(FLOORS), read = queryLineage) {
    this.#path = join(targetPath, "lineage-cache");
    this.#edition = edition;
    this.#read = read;
    this.#before = this.#load();
  }

  /** The lineage of a query: remembered if it and the columns that it may read are what they were. */
  async get(sql: string, { relation, all }: Lookup): Promise<QueryLineage> {
    const key = hash("sha256", JSON.stringify([sql, [...all]]));
    const known = this.#after[key] ?? this.#before[key];
    this.#changed ||= known === undefined;
    const found = known ?? (await this.#read(sql, relation));
    this.#after[key] = found;
    return found;
  }

  /**
   * Writes what was asked for, for the next command; what was not is forgotten if `all` of the project was asked for. A folder that cannot
   * be written only costs time.
   */
  save({ all }: { all: boolean } = { all: true }): void {
    const kept = all ? this.#after : { ...this.#before, ...this.#after };
    if (!this.#changed && Object.keys(kept).length === Object.keys(this.#before).length) return;
    const body = JSON.stringify(kept);
    const beside = `${this.#path}.${process.pid}.tmp`;
    try {
      mkdirSync(join(this.#path, ".."), { recursive: true });
      writeFileSync(beside, `${this.#header(body)}\n${body}`);
      renameSync(beside, this.#path);
    } catch {
      rmSync(beside, { force: true });
    }
  }

  #load(): Record<string, QueryLineage> {
    try {
      const content = readFileSync(this.#path, "utf8");
      const end = content.indexOf("\n");
      const body = content.slice(end + 1);
      return content.slice(0, end) === this.#header(body) ? JSON.parse(body) : {};
    } catch {
      return {};
    }
  }

  #header(body: string): string {
    return `${this.#edition} ${hash("sha256", body)}`;
  }
}
