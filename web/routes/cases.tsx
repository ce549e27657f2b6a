export { Cases as CasesScreen } from "../cases/Cases.tsx";
