import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Translations by the hash of their text: a translation costs milliseconds and the parser's start 200 more, a file costs
 * neither. `edition` is part of the hash, so a new translator never serves an old one's text.
 */
export class TranslationCache {
  readonly #known = new Map<string, Promise<string>>();

  #edition: string | undefined;

  constructor(
    private readonly translate: (sql: string) => Promise<string>,
    private readonly edition: () => string,
    private readonly dir: string | undefined,
  ) {}

  get(sql: string): Promise<string> {
    this.#edition ??= this.edition();
    const key = createHash("sha256")
      .update(this.#edition)
      .update("\0")
      .update(sql)
      .digest("hex")
      .slice(0, 32);
    let found = this.#known.get(key);
    if (found === undefined) {
      found = this.#readOrTranslate(key, sql);
      this.#known.set(key, found);
      found.catch(() => this.#known.delete(key));
    }
    return found;
  }

  async #readOrTranslate(key: string, sql: string): Promise<string> {
    if (this.dir === undefined) return this.translate(sql);
    const path = join(this.dir, `${key}.sql`);
    try {
      return await readFile(path, "utf8");
    } catch {
      // Not there yet.
    }
    const translated = await this.translate(sql);
    await this.#write(path, translated);
    return translated;
  }

  /** Written beside and renamed, so that nobody reads half a file. A cache that cannot be written is no failure. */
  async #write(path: string, text: string): Promise<void> {
    const beside = `${path}.${process.pid}.tmp`;
    try {
      await mkdir(this.dir!, { recursive: true });
      await writeFile(beside, text);
      await rename(beside, path);
    } catch {
      // The next run translates again.
    }
  }
}
