export { generateSite, type SiteInput, type WrittenSite } from "./generate-site.js";
export type { FoundFreshness } from "./site-details.js";
