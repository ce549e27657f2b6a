export { MoneyScreen } from "../money/Money.tsx";
