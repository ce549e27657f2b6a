export { DayStatementScreen, StatementsScreen } from "../statements/StatementsScreen.tsx";
