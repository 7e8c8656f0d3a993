export { generateSite, type SiteInput, type WrittenSite } from "./generate-site.js";
export { watchProject } from "./project-watch.js";
export type { FoundFreshness } from "./site-details.js";
export { type ServeOptions, type SiteServer, serveSite } from "./site-server.js";
