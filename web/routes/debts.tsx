export { DebtsScreen } from "../debts/Debts.tsx";
