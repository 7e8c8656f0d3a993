/** What of the page's style a drawing needs to look alike outside of it. */
const TAKEN = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
];

/** A drawing of the page as a file of its own: all of it at its full size, with its colours and without links. */
export function svgText(
  source: SVGSVGElement,
  size: { width: number; height: number },
  title: string,
): string {
  const copy = source.cloneNode(true) as SVGSVGElement;
  const originals = source.querySelectorAll("*");
  for (const [at, element] of copy.querySelectorAll("*").entries()) {
    const style = getComputedStyle(originals[at]!);
    for (const property of TAKEN) {
      const value = style.getPropertyValue(property);
      if (value !== "") element.setAttribute(property, value);
    }
    for (const name of ["class", "tabindex", "href", "aria-label", "aria-current", "draggable"])
      element.removeAttribute(name);
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `0 0 ${Math.ceil(size.width)} ${Math.ceil(size.height)}`);
  copy.setAttribute("width", String(Math.ceil(size.width)));
  copy.setAttribute("height", String(Math.ceil(size.height)));
  copy.removeAttribute("class");
  copy.querySelector(":scope > g")?.removeAttribute("transform");
  const name = document.createElementNS("http://www.w3.org/2000/svg", "title");
  name.textContent = title;
  copy.prepend(name);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  name.after(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** Hands a text over as a file. */
export function download(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
