/** Roles of the access manager. */
export { ROLES, type RoleName } from "./roles.ts";
