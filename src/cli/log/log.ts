import { appendFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type Redaction, redaction, SlaError } from "../../errors/index.js";
import { type LogEvent, logged } from "./log-events.js";
import { type LogLevel, reaches } from "./log-level.js";
import type { LogSettings } from "./log-settings.js";

/** What happens, for programs: JSON lines on a stream if they are asked for, and in a file. */
export interface Log {
  readonly settings: LogSettings;
  readonly invocationId: string;
  /** Whether people read along, and text is what they get. */
  readonly isText: boolean;
  /** Whether something of this level is shown. */
  shows(level: LogLevel): boolean;
  /** Writes an event down; what people are to read of it is not its business. */
  record(event: LogEvent): void;
  /** Takes these secrets, too, out of all that is said from now on. */
  conceal(redact: Redaction): void;
  /** A text without secrets. */
  concealed(text: string): string;
  /** Once it is known which command runs where: from then on events go to this stream, and to the file. */
  begin(stream: NodeJS.WriteStream, projectDir: string): void;
}

/** The log of one invocation. Before `begin`, its events go to stderr. */
export function createLog(
  settings: LogSettings,
  world: { invocationId: string; env: NodeJS.ProcessEnv; stderr: NodeJS.WriteStream },
): Log {
  const { invocationId, env } = world;
  const isText = settings.format === "text";
  let stream = world.stderr;
  let file: string | undefined;
  let redact = redaction({ dir: process.cwd(), env });
  return {
    settings,
    invocationId,
    isText,
    shows: (level) => reaches(level, settings.level),
    begin(to, projectDir) {
      stream = to;
      redact = redaction({ dir: projectDir, env });
      if (settings.path !== undefined) file = openFile(resolve(projectDir, settings.path), settings.path);
    },
    conceal(found) {
      redact = found;
    },
    concealed: (text) => redact(text),
    record(event) {
      const { level, msg, data } = logged(event);
      const shown = !isText && reaches(level, settings.level);
      if (!shown && file === undefined) return;
      const line = JSON.stringify({
        ts: event.at.toISOString(),
        level,
        name: event.type,
        msg: stripVTControlCharacters(msg),
        invocation_id: invocationId,
        data,
      });
      const text = `${redact(line)}\n`;
      if (shown) stream.write(text);
      if (file !== undefined) appendFileSync(file, text);
    },
  };
}

function openFile(folder: string, named: string): string {
  const file = join(folder, "sla.log");
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(file, "");
    return file;
  } catch (cause) {
    throw new SlaError({
      code: "SLA112",
      message: `the log ${join(named, "sla.log")} cannot be written (${(cause as NodeJS.ErrnoException).code})`,
      hint: "--log-path takes a folder that may be written.",
      cause,
    });
  }
}

/** The stdout of a command that says what it does: told as events to programs, and to nobody where nothing is to be told. */
export function spokenStream(log: Log, stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  if (log.isText && log.shows("info")) return stdout;
  let rest = "";
  const write = (text: string | Uint8Array): boolean => {
    const lines = (rest + String(text)).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      const said = stripVTControlCharacters(line).trim();
      if (said !== "") log.record({ type: "said", at: new Date(), text: said });
    }
    return true;
  };
  return { write, isTTY: false } as unknown as NodeJS.WriteStream;
}
