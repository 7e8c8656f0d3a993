import { setFlagsFromString } from "node:v8";
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

/**
 * V8's baseline compiler only. Its optimising one puts seconds of CPU time and some 300 MB into a module of 23 MB, which the few
 * hundred statements of a project never earn back; from about 3,000 on they would. Node 20 heeds the second flag, 24 all three.
 */
const WASM_FLAGS = ["--no-wasm-dynamic-tiering", "--liftoff-only", "--no-wasm-tier-up"];

async function load(): Promise<Parser> {
  for (const flag of WASM_FLAGS) setFlagsFromString(flag);
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
