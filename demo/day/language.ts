export type { Language, Sentence as Words } from "../../sdk/types/sentence.ts";
