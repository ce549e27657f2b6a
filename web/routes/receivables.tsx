export { Claims as ReceivablesScreen } from "../finance/Claims.tsx";
