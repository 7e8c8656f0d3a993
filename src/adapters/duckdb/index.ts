import { translate } from "../../sql/index.js";
import type { Adapter, AdapterOptions, DuckDbTarget } from "../adapter.js";
import { SessionPool } from "../session-pool.js";
import { DuckDbConnection } from "./connection.js";
import { duckdbDialect } from "./dialect.js";
import { applySettings, openInstance } from "./instance.js";
import { duckdbIntrospector } from "./introspector.js";
import { DuckDbSession } from "./session.js";
import { TranslationCache } from "./translation-cache.js";
import { translatorEdition } from "./translator-edition.js";

/** Opens the embedded engine on its file. */
export async function open(target: DuckDbTarget, options: AdapterOptions): Promise<Adapter> {
  const instance = await openInstance(target);
  const pool = new SessionPool<DuckDbSession>(
    {
      open: async () => {
        const raw = await instance.connect();
        await applySettings(raw);
        return new DuckDbSession(raw);
      },
      usable: (session) => session.reusable,
      close: (session) => session.close(),
    },
    target.threads + 1,
  );
  const acquire = async () => new DuckDbConnection(await pool.acquire(), (session) => pool.release(session));
  const cache = new TranslationCache(translate, translatorEdition, options.cacheDir);
  const first = await acquire();
  const [row] = await first.query("SELECT version() AS v");
  await first.release();
  return {
    type: "duckdb",
    version: `DuckDB ${String(row?.v).replace(/^v/, "")}`,
    flavour: "duckdb",
    dialect: duckdbDialect,
    introspector: duckdbIntrospector(async (ask) => {
      const connection = await acquire();
      try {
        return await ask(connection);
      } finally {
        await connection.release();
      }
    }),
    acquire,
    translate: (sql) => cache.get(sql),
    cancel: async () => {
      for (const session of pool.busy) {
        if (session.reusable) continue;
        session.cancelled = true;
        if (session.running) session.raw.interrupt();
      }
    },
    close: async () => {
      await pool.close();
      instance.closeSync();
    },
  };
}
