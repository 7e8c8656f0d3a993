import MarkdownIt from "markdown-it";
import type { JSX } from "preact";

/** Addresses that a description may link to; all others stay text. */
const SAFE_LINK = /^(?:https?:|mailto:|#)/i;

// HTML in the text is shown as text. A table's alignment would be an inline style, which the page's policy refuses.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.validateLink = (address) => SAFE_LINK.test(address.trim());
markdown.disable("image");
for (const name of ["th_open", "th_close", "td_open"])
  markdown.renderer.rules[name] = (tokens, at, options, _, self) => {
    tokens[at]!.attrs = null;
    // An empty heading heads nothing: it is a plain cell.
    if (name.startsWith("td") ? false : tokens[name === "th_open" ? at + 1 : at - 1]!.content === "")
      tokens[at]!.tag = "td";
    return self.renderToken(tokens, at, options);
  };

// A table may be wider than a phone: its frame scrolls, and the keyboard can reach it.
markdown.renderer.rules.table_open = () =>
  '<div class="table-scroll" tabindex="0" role="group" aria-label="Table"><table>';
markdown.renderer.rules.table_close = () => "</table></div>";

for (const name of ["heading_open", "heading_close"])
  markdown.renderer.rules[name] = (tokens, at, options, env, self) => {
    const token = tokens[at]!;
    token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + ((env as { below?: number } | undefined)?.below ?? 0))}`;
    return self.renderToken(tokens, at, options);
  };

/** Text in Markdown, safe whatever it contains; `below` is how many levels its headings stand lower on the page. */
export function Markdown({ text, below = 0 }: { text: string; below?: number }): JSX.Element {
  // Safe: markdown-it escapes HTML and refuses other addresses, see above.
  return <div class="markdown" dangerouslySetInnerHTML={{ __html: markdown.render(text, { below }) }} />;
}

/** The first paragraph as plain text: what lists show. */
export function firstLine(text: string): string {
  const [paragraph = ""] = text.trim().split(/\n\s*\n/);
  return paragraph
    .replace(/\s+/g, " ")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`]{1,3}([^*_`]+)[*_`]{1,3}/g, "$1");
}
