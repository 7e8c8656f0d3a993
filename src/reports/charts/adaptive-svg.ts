/** A colour as ECharts writes it into an SVG. */
const COLOUR = /\b(fill|stroke)="(#[0-9a-f]{6})"/gi;

/** What ECharts writes for a page on which a mouse moves, and its own opening tag. */
const OF_THE_MOUSE = [
  /^<svg[^>]*>/,
  /<path [^>]*fill="rgb\(0,0,0\)" fill-opacity="0"[^>]*><\/path>\n/g,
  /<style ><!\[CDATA\[[^\]]*\]\]>\s*<\/style>\n/g,
  / class="zr\d+-cls-\d+"/g,
  / ecmeta_\w+="[^"]*"/g,
  / pointer-events="\w+"/g,
];

/** What a picture says of itself, and the prefix that keeps its ids apart from those of other pictures on a page. */
export interface SvgFrame {
  prefix: string;
  title: string;
  description: string;
}

/**
 * One SVG from a light and a dark drawing of the same chart, as ECharts wrote them: it follows the page of its reader, has
 * the size that its place gives it, says what it shows, and is the same in every run.
 */
export function adaptiveSvg(light: string, dark: string, { prefix, title, description }: SvgFrame): string {
  const { svg, rules } = withDarkColours(light, dark, prefix);
  const body = stableIds(
    OF_THE_MOUSE.reduce((text, trace) => text.replace(trace, ""), svg),
    prefix,
  );
  const viewBox = /viewBox="([^"]*)"/.exec(light)?.[1] ?? "";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" id="${prefix}" viewBox="${viewBox}" role="img" aria-labelledby="${prefix}-title ${prefix}-desc">`,
    `<title id="${prefix}-title">${escapeXml(title)}</title>`,
    `<desc id="${prefix}-desc">${escapeXml(description)}</desc>`,
    `<style>@media (prefers-color-scheme:dark){${rules}}</style>`,
    `${body.trim()}\n`,
  ].join("\n");
}

/** Ids of ECharts are counted through the whole process: here they begin anew, in the order in which they are met. */
function stableIds(svg: string, prefix: string): string {
  const known = new Map<string, string>();
  return svg.replace(/\bzr\d+-[a-z]+-?\d+/g, (id) => {
    if (!known.has(id)) known.set(id, `${prefix}-${known.size}`);
    return known.get(id)!;
  });
}

/**
 * The light drawing with rules that turn its colours into those of the dark one. Where one light colour stands for two dark ones, the
 * second gets a twin that no eye can tell from it.
 */
function withDarkColours(light: string, dark: string, prefix: string): { svg: string; rules: string } {
  const counterparts = [...dark.matchAll(COLOUR)].map((match) => match[2]!.toLowerCase());
  const twins = new Map<string, Map<string, string>>();
  const taken = new Set([...light.matchAll(COLOUR)].map((match) => match[2]!.toLowerCase()));
  const rules = new Set<string>();
  let at = 0;
  const svg = light.replace(COLOUR, (_, property: string, written: string) => {
    const colour = written.toLowerCase();
    const counterpart = counterparts[at++] ?? colour;
    const known = twins.get(colour) ?? new Map<string, string>();
    twins.set(colour, known);
    let twin = known.get(counterpart);
    if (twin === undefined) {
      twin = known.size === 0 ? colour : freeTwin(colour, taken);
      known.set(counterpart, twin);
      taken.add(twin);
    }
    if (twin !== counterpart) rules.add(`#${prefix} [${property}="${twin}"]{${property}:${counterpart}}`);
    return `${property}="${twin}"`;
  });
  return { svg, rules: [...rules].sort().join("") };
}

function freeTwin(colour: string, taken: ReadonlySet<string>): string {
  const value = Number.parseInt(colour.slice(1), 16);
  for (let step = 1; ; step++) {
    const twin = `#${(value ^ step).toString(16).padStart(6, "0")}`;
    if (!taken.has(twin)) return twin;
  }
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
