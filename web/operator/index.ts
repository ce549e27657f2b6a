/** The market operator's service: questions, sessions. */
export { sessionToken } from "./sessions.ts";
export { operatorAt, readOperator, useOperator } from "./useOperator.ts";
