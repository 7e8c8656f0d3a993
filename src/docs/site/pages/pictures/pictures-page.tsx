import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { SitePictures } from "../../../site-reports.js";
import { Markdown } from "../../components/markdown.js";
import { nodeHref } from "../../route.js";
import { core, load, positionOf } from "../../store.js";

/** What models have drawn and written beside their tables. */
export function PicturesPage(): JSX.Element {
  const [found, setFound] = useState<SitePictures>();
  useEffect(() => {
    void load<SitePictures>("pictures").then(setFound);
  }, []);
  return (
    <>
      <div class="page-head">
        <h1>Pictures</h1>
        <p class="lede">
          What models have drawn of their figures, and written about them, when they were last built.
        </p>
      </div>
      {found === undefined ? <p role="status">Loading …</p> : <All found={found} />}
    </>
  );
}

function All({ found: { pictures, cards } }: { found: SitePictures }): JSX.Element {
  if (pictures.length + cards.length === 0) return <p class="empty">No model has exported a picture yet.</p>;
  return (
    <>
      <div class="pictures">
        {pictures.map(({ name, model, title, description, width, height, files }) => (
          <figure class="picture" key={name}>
            <a href={source(name, ".svg")}>
              <img
                src={source(name, ".svg")}
                alt={`${title}. ${description}`}
                width={width}
                height={height}
                loading="lazy"
              />
            </a>
            <figcaption>
              <h2>{title}</h2>
              <p class="picture-foot">
                <Origin model={model} />
                {files.map((ending) => (
                  <a
                    key={ending}
                    href={source(name, ending)}
                    download={`${name}${ending}`}
                    aria-label={`${title} as ${ending.slice(1).toUpperCase()}`}
                  >
                    {ending.slice(1).toUpperCase()}
                  </a>
                ))}
              </p>
            </figcaption>
          </figure>
        ))}
      </div>
      {cards.map(({ name, model, text }) => (
        <article class="section card" key={name} aria-label={name}>
          <p class="picture-foot">
            <code>{name}.md</code>
            <Origin model={model} />
          </p>
          <Markdown text={text} below={1} />
        </article>
      ))}
    </>
  );
}

const source = (name: string, ending: string): string => `pictures/${encodeURIComponent(name)}${ending}`;

function Origin({ model }: { model: string | null }): JSX.Element {
  const at = model === null ? undefined : positionOf(model);
  return at === undefined ? (
    <span class="muted">by a model of an earlier build</span>
  ) : (
    <span>
      by <a href={nodeHref(core.nodes[at]!.id)}>{core.nodes[at]!.name}</a>
    </span>
  );
}
