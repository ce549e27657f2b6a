export { RolesScreen } from "../access/RolesScreen.tsx";
