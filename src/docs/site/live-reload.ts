/** Where `sla docs serve` says when the site has been written anew; a site that is opened from a folder has none. */
export function followChanges(): void {
  const from = document.querySelector<HTMLMetaElement>('meta[name="sla-live"]')?.content;
  if (from === undefined) return;
  new EventSource(from).addEventListener("change", () => location.reload());
}
