export { Positions as PositionsScreen } from "../finance/Positions.tsx";
