import pc from "picocolors";

/** Colours for a stream: none if it is no terminal or NO_COLOR is set; FORCE_COLOR turns them on. */
export function colorsFor(stream: NodeJS.WriteStream): ReturnType<typeof pc.createColors> {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR) return pc.createColors(false);
  return pc.createColors(Boolean(FORCE_COLOR) || stream.isTTY === true);
}

/** Text cut in its middle to a width, so that both ends of a long name can be read. */
export function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = Math.ceil((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}
