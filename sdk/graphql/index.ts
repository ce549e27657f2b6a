/** What the index knows, asked over GraphQL: typed questions, and any other query. */
export { type AnswerOf, askIndex, type Index, IndexError, type Question } from "./ask.ts";
export {
  marginOf,
  missingReadings,
  pricesOfDay,
  purchasesOf,
  receivableById,
  salesOf,
  tradeById,
} from "./questions.ts";
