/** What a bundle of evidence is gathered with; loaded when somebody asks for one. */

export { evidence } from "../../sdk/records/evidence.ts";
export { evidenceFile, evidenceName } from "../../sdk/records/evidenceFile.ts";
