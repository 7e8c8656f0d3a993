import type { ComponentChildren, JSX } from "preact";
import { integer } from "../format.js";

/** A part of a page under a heading of its own. */
export function Section(props: {
  id: string;
  title: string;
  count?: number;
  aside?: ComponentChildren;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="section" aria-labelledby={`${props.id}-title`}>
      <div class="section-head">
        <h2 id={`${props.id}-title`}>{props.title}</h2>
        {props.count !== undefined && <span class="tally">{integer(props.count)}</span>}
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
