import type { JSX } from "preact";
import { figureText, type KpiFigures, numberText } from "../../../../reports/index.js";
import { StatusMark } from "../../components/status-mark.js";
import { nodeHref } from "../../route.js";
import { Sparkline } from "./sparkline.js";
import { nothingSelected, wordsOf } from "./words.js";

/** A figure with its change, what it rests on, its target, how it went, and what it means. */
export function KpiCard(props: { kpi: KpiFigures; metric: string; days: number; rows: string }): JSX.Element {
  const { kpi, metric, days, rows } = props;
  const { label, value, format, description } = kpi;
  return (
    <section class={`kpi${kpi.thin && kpi.denominator !== null ? " thin" : ""}`} aria-label={label}>
      <h2>
        <a href={nodeHref(metric)}>{label}</a>
      </h2>
      {value === null ? (
        <p class="kpi-none">{nothingSelected(rows)}</p>
      ) : (
        <>
          <p class="kpi-value">{figureText(value, format)}</p>
          <p class="kpi-rests">{rests(kpi)}</p>
          <Delta kpi={kpi} days={days} />
          {kpi.target !== null && kpi.status !== null && (
            <p class="kpi-target">
              <StatusMark
                status={kpi.status === "met" ? "pass" : "fail"}
                text={`Target ${kpi.good === "up" ? "≥" : "≤"} ${figureText(kpi.target, { ...format, decimals: targetDecimals(kpi) })} ${kpi.status}`}
              />
            </p>
          )}
          <Sparkline points={kpi.sparkline} />
        </>
      )}
      {kpi.beside.length > 0 && value !== null && (
        <dl class="kpi-beside">
          {kpi.beside.map((other) => (
            <div key={other.metric}>
              <dt>{other.label}</dt>
              <dd>{figureText(other.value, other.format)}</dd>
            </div>
          ))}
        </dl>
      )}
      {kpi.unfiltered.length > 0 && (
        <p class="kpi-note">Of all, whatever {wordsOf(kpi.unfiltered)} is chosen.</p>
      )}
      <details class="kpi-info">
        <summary>
          Definition<span class="unseen"> of {label}</span>
        </summary>
        <p>
          {description}{" "}
          {kpi.good !== "neutral" && (kpi.good === "up" ? "More is better." : "Less is better.")}
        </p>
        {kpi.beside.map((other) => (
          <p key={other.metric}>
            <b>{other.label}:</b> {other.description}
          </p>
        ))}
      </details>
    </section>
  );
}

/** As many decimals as the target has. */
function targetDecimals({ target, format }: KpiFigures): number {
  const shown = Number(((format.kind === "percent" ? 100 : 1) * target!).toPrecision(10));
  return String(shown).split(".")[1]?.length ?? 0;
}

/** What a figure was computed from. */
function rests({ numerator, denominator, format, n, thin }: KpiFigures): string {
  const whole = (value: number | null): string => numberText(value ?? 0, 0);
  const few = thin && denominator !== null ? "; few, take it with care" : "";
  if (denominator === null) return thin ? `of ${whole(n)} rows; few, take it with care` : "";
  if (format.kind === "percent") return `${whole(numerator)} of ${whole(denominator)}${few}`;
  return `over ${whole(denominator)}${few}`;
}

const TRENDS = { better: "better", worse: "worse", changed: "", same: "" };

function Delta({ kpi, days }: { kpi: KpiFigures; days: number }): JSX.Element {
  const { delta, trend, format } = kpi;
  if (delta === null || trend === null) return <p class="kpi-delta">No {days} days before to compare with</p>;
  const against = `vs previous ${days === 1 ? "day" : `${days} days`}`;
  if (trend === "same") return <p class="kpi-delta">No change {against}</p>;
  const size =
    format.kind === "percent"
      ? `${numberText(Math.abs(100 * delta), Math.max(1, format.decimals))} pp`
      : figureText(Math.abs(delta), format);
  return (
    <p class={`kpi-delta ${trend === "better" ? "tone-good" : trend === "worse" ? "tone-bad" : ""}`}>
      <span class="change">
        <span aria-hidden="true">{delta > 0 ? "▲ +" : "▼ −"}</span>
        <span class="unseen">{delta > 0 ? "up by " : "down by "}</span>
        {size}
      </span>{" "}
      {TRENDS[trend] !== "" && <b>{TRENDS[trend]}</b>} {against}
    </p>
  );
}
