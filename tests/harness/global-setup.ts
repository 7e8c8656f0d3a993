import type { TestProject } from "vitest/node";
import { type PrivateServer, startPrivateServer } from "./private-server.js";
import { identify, parseServerUrl, type TestServer } from "./server-url.js";

declare module "vitest" {
  export interface ProvidedContext {
    servers: TestServer[];
  }
}

/** Once a run: the MySQL-family servers that the tests use. Without one the run fails; nothing is skipped. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = (process.env.SLA_TEST_MYSQL_URLS ?? "").split(",").filter((url) => url.trim() !== "");
  let own: PrivateServer | undefined;
  if (named.length === 0) own = await startPrivateServer();
  try {
    const urls = own ? [own.url] : named.map((url) => url.trim());
    project.provide("servers", await identify(urls.map(parseServerUrl)));
  } catch (error) {
    await own?.stop();
    throw error;
  }
  return async () => {
    await own?.stop();
  };
}
