import type { TestProject } from "vitest/node";
import { type PrivateServer, startPrivateServer } from "./private-server.js";
import { identify, parseServerUrl, type TestServer } from "./server-url.js";

declare module "vitest" {
  export interface ProvidedContext {
    servers: TestServer[];
  }
}

/**
 * Once a run: the MySQL-family servers that the tests use, by default a private one; `private` among the named ones adds
 * it to them. Without a server the run fails; nothing is skipped.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = (process.env.SLA_TEST_MYSQL_URLS || "private").split(",").map((url) => url.trim());
  const own: PrivateServer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(own.map((server) => server.stop()));
  };
  try {
    if (named.includes("private")) own.push(await startPrivateServer());
    const urls = named.filter((url) => url !== "").map((url) => (url === "private" ? own[0]!.url : url));
    project.provide("servers", await identify(urls.map(parseServerUrl)));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
