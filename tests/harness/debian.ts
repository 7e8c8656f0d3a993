import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether what a test needs may be installed: as root, on Debian and its children. */
export const canInstall = (): boolean => process.getuid?.() === 0 && run("command -v apt-get") === undefined;

/**
 * Installs Debian's packages. Test files run beside each other and apt-get gives up where another one holds its lists,
 * so that they wait for each other here. Throws with the message of apt-get.
 */
export function installPackages(...names: string[]): void {
  const failure = run(
    `flock ${join(tmpdir(), "sla-tests-apt.lock")} sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' sh "$@"`,
    ...names,
  );
  if (failure !== undefined) throw new Error(`apt-get install ${names.join(" ")} failed`, { cause: failure });
}

function run(script: string, ...args: string[]): unknown {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("sh", ["-c", script, "sh", ...args], { env, stdio: "pipe", timeout: 900_000 });
    return undefined;
  } catch (cause) {
    return cause;
  }
}
