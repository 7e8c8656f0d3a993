import type { JSX } from "preact";
import { type Mark, type SheetPicture, theme } from "../../../../reports/index.js";
import { drawingOf } from "../../charts/index.js";
import { dark } from "../../theme.js";

/** What the colours of a picture stand for; parts that can be chosen are buttons. */
export function Legend(props: { picture: SheetPicture; toggle(mark: Mark): void }): JSX.Element | null {
  const { picture, toggle } = props;
  const canvas = { theme: theme(dark.value ? "dark" : "light"), ground: "", width: 600 };
  const entries = drawingOf(picture, canvas)?.legend ?? [];
  if (entries.length < 2) return null;
  const marks: readonly (Mark | null)[] =
    picture.kind === "stacked"
      ? picture.parts
      : picture.kind === "line" || picture.kind === "area"
        ? picture.panels.flatMap(({ series }) => series.map(({ mark }) => mark))
        : [];
  return (
    <ul class="legend">
      {entries.map(({ name, colour, shape }, at) => {
        const mark = marks[at] ?? null;
        const sign = <i class={`swatch ${shape}`} style={{ background: colour }} aria-hidden="true" />;
        return (
          <li key={name}>
            {mark === null || Object.keys(mark.values).length === 0 ? (
              <span>
                {sign}
                {name}
              </span>
            ) : (
              <button type="button" aria-pressed={mark.selected === true} onClick={() => toggle(mark)}>
                {sign}
                {name}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
