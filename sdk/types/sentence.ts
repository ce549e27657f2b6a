/** A language in which the platform speaks to people. */
export type Language = "en" | "zh";

/** One sentence in each language. */
export type Sentence = Record<Language, string>;

/**
 * A sentence for each refusal, by the error's name in the contracts. `{day}` stands for the error's own value of that
 * name, with the unit that the name says; where it does not say any, `{balance:Fen}` does.
 */
export type Sentences = Record<string, Sentence>;
