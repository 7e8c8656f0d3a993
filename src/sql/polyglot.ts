import type { Node } from "./tree.js";

/** What the parser gives for one statement, or where it gave up (offsets in code points of the text it was given). */
export type Parsed =
  | { ok: true; statements: Node[] }
  | { ok: false; message: string; start: number | undefined; end: number | undefined };

/** The parser, loaded. Only this file knows the package behind it. */
export interface Parser {
  parse(sql: string): Parsed;
}

let loaded: Promise<Parser> | undefined;

/** Loads the parser (a WebAssembly file of 23 MB, some 200 ms) at the first call and keeps it. */
export function loadParser(): Promise<Parser> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Parser> {
  const polyglot = await import("@polyglot-sql/sdk");
  return {
    parse(sql) {
      const result = polyglot.parse(sql, polyglot.Dialect.MySQL);
      if (result.success) return { ok: true, statements: (result.ast ?? []) as Node[] };
      return {
        ok: false,
        message: result.error ?? "the parser gave no reason",
        start: result.errorStart ?? undefined,
        end: result.errorEnd ?? undefined,
      };
    },
  };
}
