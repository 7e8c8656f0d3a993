import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { SlaError } from "../errors/index.js";
import { contentPolicy, sitePage } from "./site-page.js";

/** What is served, and where. */
export interface ServeOptions {
  /** The folder of the site, absolute. */
  folder: string;
  project: string;
  host: string;
  /** 0 for any that is free. */
  port: number;
}

/** A site that is being served. */
export interface SiteServer {
  url: string;
  /** Tells all open pages that the site has been written anew. */
  changed(): void;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".json": "application/json; charset=utf-8",
};

const EVENTS = "/~events";

/** Serves the files of the folder and nothing else, and pages that load themselves anew when they have changed. */
export async function serveSite(options: ServeOptions): Promise<SiteServer> {
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    void answer(request, response, options, open);
  });
  await listen(server, options);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}/`,
    changed: () => {
      for (const response of open) response.write("event: change\ndata: 1\n\n");
    },
    close: () =>
      new Promise((done) => {
        for (const response of open) response.end();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port }: ServeOptions): Promise<void> {
  return new Promise((done, failed) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      failed(
        new SlaError({
          code: "SLA701",
          message:
            cause.code === "EADDRINUSE"
              ? `port ${port} of ${host} is in use`
              : `cannot listen on port ${port} of ${host} (${cause.code})`,
          hint: "Give another with --port; 0 takes any that is free.",
          cause,
        }),
      );
    });
    server.listen(port, host, done);
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServeOptions,
  open: Set<ServerResponse>,
): Promise<void> {
  const headers = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": contentPolicy("'self'"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
  };
  const refuse = (status: number, text: string): void => {
    response.writeHead(status, { ...headers, "Content-Type": "text/plain; charset=utf-8" }).end(`${text}\n`);
  };
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "Only GET is answered here.");
  if (!isOurs(request.headers.host, options.host)) return refuse(403, "This name is not served here.");
  const path = pathOf(request.url ?? "/");
  if (path === EVENTS) {
    response.writeHead(200, { ...headers, "Content-Type": "text/event-stream" });
    response.write("retry: 1000\n\n");
    open.add(response);
    response.on("close", () => open.delete(response));
    return;
  }
  if (path === "/" || path === "/index.html") {
    response
      .writeHead(200, { ...headers, "Content-Type": TYPES[".html"] })
      .end(sitePage(options.project, true));
    return;
  }
  const file = path === null ? null : fileWithin(options.folder, path);
  try {
    if (file === null) throw new Error("outside");
    const content = await readFile(file);
    response.writeHead(200, {
      ...headers,
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    });
    response.end(request.method === "HEAD" ? undefined : content);
  } catch {
    refuse(404, "There is no such file.");
  }
}

/** A page of another host that has its name point here shall not read the site. */
function isOurs(named: string | undefined, host: string): boolean {
  const name = (named ?? "").replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  const loopback = ["127.0.0.1", "localhost", "::1"];
  return loopback.includes(host) ? loopback.includes(name) : true;
}

function pathOf(url: string): string | null {
  try {
    return decodeURIComponent(url.split(/[?#]/, 1)[0]!);
  } catch {
    return null;
  }
}

/** The file that a path means; null for what lies outside of the folder or is hidden. */
export function fileWithin(folder: string, path: string): string | null {
  if (path.includes("\0") || path.includes("\\") || path.split("/").some((part) => part.startsWith(".")))
    return null;
  const file = resolve(join(folder, path));
  return file.startsWith(folder + sep) ? file : null;
}
