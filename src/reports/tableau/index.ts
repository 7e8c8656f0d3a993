export { TABLEAU_VERSIONS, type TableauVersion } from "./document-form.js";
export { martIds, readFacts, type TableauInput, tableauFiles, tableauPackage } from "./write.js";
