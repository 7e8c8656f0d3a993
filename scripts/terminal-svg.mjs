// Draws terminal output as SVG: node scripts/terminal-svg.mjs [--title TEXT] < output-with-colours > picture.svg
// Reads text with SGR colour codes, as `tmux capture-pane -e -p` prints it.
import { readFileSync } from "node:fs";

const CELL = { width: 8.43, height: 18 };
const PADDING = 16;
const BAR = 34;
const COLOURS = {
  background: "#161b22",
  bar: "#21262d",
  text: "#d1d7e0",
  dim: "#8b949e",
  base: ["#484f58", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#d1d7e0"],
  bright: ["#8b949e", "#ffa198", "#7ee787", "#f2cc60", "#a5d6ff", "#e2c5ff", "#b3f0ff", "#ffffff"],
};

const ESCAPE = "\u001b[";
const SEQUENCE = new RegExp(`(${ESCAPE.replace("[", "\\[")}[0-9;]*[A-Za-z])`);

// tmux says a style once, even where it goes on over several lines.
let style = {};

const titleAt = process.argv.indexOf("--title");
const title = titleAt === -1 ? "" : process.argv[titleAt + 1];
const lines = readFileSync(0, "utf8").replace(/\s+$/, "").split("\n").map(spans);
const columns = Math.max(
  60,
  ...lines.map((line) => line.reduce((sum, { text }) => sum + [...text].length, 0)),
);
const width = Math.ceil(columns * CELL.width + 2 * PADDING);
const height = BAR + lines.length * CELL.height + 2 * PADDING;

process.stdout.write(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<rect width="${width}" height="${height}" rx="8" fill="${COLOURS.background}"/>
<path d="M0 ${BAR}V8a8 8 0 0 1 8-8H${width - 8}a8 8 0 0 1 8 8V${BAR}Z" fill="${COLOURS.bar}"/>
${["#ff5f57", "#febc2e", "#28c840"].map((fill, at) => `<circle cx="${20 + at * 20}" cy="17" r="6" fill="${fill}"/>`).join("")}
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" xml:space="preserve">
<text x="${width / 2}" y="22" text-anchor="middle" fill="${COLOURS.dim}">${escaped(title)}</text>
${lines.map(row).join("\n")}
</g>
</svg>
`,
);

function row(line, at) {
  const y = (BAR + PADDING + (at + 0.75) * CELL.height).toFixed(1);
  let column = 0;
  const drawn = line.map(({ text, style }) => {
    const x = (PADDING + column * CELL.width).toFixed(2);
    const length = [...text].length;
    column += length;
    if (text.trim() === "") return "";
    const bold = style.bold ? ' font-weight="bold"' : "";
    // A fixed length keeps columns aligned whatever monospace font the viewer has.
    return `<text x="${x}" y="${y}" textLength="${(length * CELL.width).toFixed(2)}" fill="${fill(style)}"${bold}>${escaped(text)}</text>`;
  });
  return drawn.join("");
}

function fill({ colour, dim }) {
  return colour ?? (dim ? COLOURS.dim : COLOURS.text);
}

/** A line as stretches of one style; blanks at the ends stay outside, so that stretching cannot move what is seen. */
function spans(line) {
  const found = [];
  for (const part of line.split(SEQUENCE)) {
    if (part.startsWith(ESCAPE)) style = part.endsWith("m") ? apply(style, part.slice(2, -1)) : style;
    else for (const text of part.split(/(\s{2,})/)) if (text !== "") found.push({ text, style });
  }
  return found;
}

function apply(style, codes) {
  const numbers = codes.split(";").map(Number);
  let next = { ...style };
  for (let at = 0; at < numbers.length; at += 1) {
    const code = numbers[at];
    if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 22) next = { ...next, bold: false, dim: false };
    else if (code >= 30 && code <= 37) next.colour = COLOURS.base[code - 30];
    else if (code >= 90 && code <= 97) next.colour = COLOURS.bright[code - 90];
    else if (code === 39) next.colour = undefined;
    else if (code === 38 || code === 48) {
      // 256 colours and true colour are passed over: the command uses the sixteen that every terminal has.
      at += numbers[at + 1] === 5 ? 2 : 4;
    }
  }
  return next;
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
