import type { JSX } from "preact";
import { StatusMark } from "../../components/status-mark.js";
import { href } from "../../route.js";
import { core } from "../../store.js";

/** The dashboards to choose from, each with its question and its first figures; `heading` is the level of their names. */
export function DashboardTiles({ heading: Heading }: { heading: "h2" | "h3" }): JSX.Element {
  return (
    <div class="boards">
      {core.dashboards.map(({ name, title, question, figures }) => (
        <a class="board" key={name} href={href(["dashboards", name])}>
          <Heading>{title}</Heading>
          <p>{question}</p>
          <dl>
            {figures.map(({ label, text, status }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  {text}
                  {status !== null && (
                    <StatusMark
                      status={status === "met" ? "pass" : "fail"}
                      text={status === "met" ? "on target" : "off target"}
                    />
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </a>
      ))}
    </div>
  );
}
