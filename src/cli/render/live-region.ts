import { createLogUpdate } from "log-update";
import { seconds } from "./number.js";
import { colorsFor } from "./style.js";

/** Lines at the bottom of a terminal that show what runs now; finished lines scroll away above them. */
export interface LiveRegion {
  /** Whether somebody looks at it: a terminal, not a pipe or a log. */
  isLive: boolean;
  total(tasks: number): void;
  start(id: string, label: string, at: Date): void;
  progress(id: string, text: string): void;
  end(id: string): void;
  print(line: string): void;
  close(): void;
}

const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const REDRAW_MS = 80;
const BAR = 24;

/** A live region on a terminal; elsewhere (a pipe, CI) only the finished lines are printed. */
export function liveRegion(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): LiveRegion {
  return stream.isTTY && !env.CI && env.TERM !== "dumb" ? drawn(stream) : plain(stream);
}

function plain(stream: NodeJS.WriteStream): LiveRegion {
  const nothing = (): void => {};
  return {
    isLive: false,
    total: nothing,
    start: nothing,
    progress: nothing,
    end: nothing,
    print: (line) => void stream.write(`${line}\n`),
    close: nothing,
  };
}

function drawn(stream: NodeJS.WriteStream): LiveRegion {
  const { cyan, dim } = colorsFor(stream);
  const update = createLogUpdate(stream);
  const running = new Map<string, { label: string; since: number; progress: string }>();
  let all = 0;
  let done = 0;
  let frame = 0;
  let pending: string[] = [];

  const draw = (): void => {
    if (pending.length > 0) {
      update.clear();
      stream.write(`${pending.join("\n")}\n`);
      pending = [];
    }
    frame += 1;
    const now = Date.now();
    const lines = [...running.values()].map(({ label, since, progress }) => {
      const time = seconds((now - since) / 1000);
      return `${cyan(SPINNER[frame % SPINNER.length]!)} ${label}  ${progress}  ${dim(time)}`;
    });
    const filled = all === 0 ? 0 : Math.round((done / all) * BAR);
    if (all > 0) lines.push(`${cyan("█".repeat(filled))}${dim("░".repeat(BAR - filled))} ${done}/${all}`);
    update(lines.join("\n"));
  };
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();

  return {
    isLive: true,
    total(tasks) {
      all = tasks;
    },
    start(id, label, at) {
      running.set(id, { label, since: at.getTime(), progress: "" });
    },
    progress(id, text) {
      const task = running.get(id);
      if (task !== undefined) task.progress = text;
    },
    end(id) {
      running.delete(id);
      done += 1;
    },
    print(line) {
      pending.push(line);
    },
    close() {
      clearInterval(timer);
      update.clear();
      if (pending.length > 0) stream.write(`${pending.join("\n")}\n`);
      pending = [];
      update.done();
    },
  };
}
