/** The market operator's service: questions, sessions. */
export { enterDesk, leaveDesk, sessionToken, useDeskSession } from "./sessions.ts";
export { type Door, operatorAt, readOperator, useOperator } from "./useOperator.ts";
