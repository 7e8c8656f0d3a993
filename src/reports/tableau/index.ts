export { TABLEAU_VERSIONS, type TableauVersion } from "./document-form.js";
export { martIds, type TableauInput, tableauFiles } from "./write.js";
