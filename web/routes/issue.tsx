export { Bank as IssueScreen } from "../money/bank/Bank.tsx";
