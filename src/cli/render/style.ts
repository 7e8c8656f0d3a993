import pc from "picocolors";

/** Colours for a stream: none if it is no terminal, or a dumb one, or NO_COLOR is set; FORCE_COLOR turns them on, or off with 0. */
export function colorsFor(stream: NodeJS.WriteStream): ReturnType<typeof pc.createColors> {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return pc.createColors(false);
  if (FORCE_COLOR) return pc.createColors(FORCE_COLOR !== "0" && FORCE_COLOR !== "false");
  return pc.createColors(stream.isTTY === true && TERM !== "dumb");
}

/** Has all that asks for colours find what the command line says of them. */
export function setColors(color: boolean | undefined, env: NodeJS.ProcessEnv): void {
  if (color === undefined) return;
  delete env[color ? "NO_COLOR" : "FORCE_COLOR"];
  env[color ? "FORCE_COLOR" : "NO_COLOR"] = "1";
}

/** Text cut in its middle to a width, so that both ends of a long name can be read. */
export function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}
