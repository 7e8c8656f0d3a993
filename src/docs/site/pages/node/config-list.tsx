import type { JSX } from "preact";
import type { SiteDetail } from "../../../site-data.js";
import { Section } from "../../components/section.js";

/** Config and meta as they are set, for whoever wonders why a node behaves as it does. */
export function ConfigList({ detail }: { detail: SiteDetail }): JSX.Element | null {
  const entries = [
    ...Object.entries(detail.config).filter(([key]) => key !== "meta" && key !== "tags"),
    ...Object.entries(detail.meta).map(([key, value]): [string, unknown] => [`meta.${key}`, value]),
  ];
  if (entries.length === 0) return null;
  return (
    <Section id="config" title="Config">
      <dl class="facts config">
        {entries.map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>
              <code>{typeof value === "string" ? value : JSON.stringify(value)}</code>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
