import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** The frame of a table. Where the table is wider than its place, the frame scrolls and the keyboard can reach it. */
export function TableFrame({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = frame.current!;
    const measure = (): void => setScrolls(element.scrollWidth > element.clientWidth + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={frame}
      class="table-wrap"
      {...(scrolls ? { tabIndex: 0, role: "region" as const, "aria-label": `${label}, scrolls` } : {})}
    >
      {children}
    </div>
  );
}
