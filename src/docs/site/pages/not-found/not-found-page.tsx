import type { JSX } from "preact";

/** Says that an address leads nowhere. */
export function NotFoundPage(): JSX.Element {
  return (
    <div class="page-head">
      <h1>There is no such page</h1>
      <p class="lede">
        What this address names is not part of the project any more, or never was.{" "}
        <a href="#/">To the overview</a>
      </p>
    </div>
  );
}
