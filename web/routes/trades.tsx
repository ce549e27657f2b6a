export { TradesScreen } from "../records/TradesScreen.tsx";
