export { Applications as ApplicationsScreen } from "../identity/applications/Applications.tsx";
