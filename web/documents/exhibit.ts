/** What a bundle of evidence is gathered with; loaded when somebody asks for one. */
export { evidenceFile, evidenceName } from "../../sdk/documents/exhibit.ts";
export { evidence } from "../../sdk/records/evidence.ts";
