export { KeyFigures } from "../kpi/KeyFigures.tsx";
