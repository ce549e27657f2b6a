/** Roles of the access manager, who holds them, and calls that wait for their delay. */
export {
  cancelScheduled,
  grantRole,
  type Permission,
  type RoleHolder,
  readPermission,
  readRoleHolders,
  readRolesOf,
  readScheduled,
  revokeRole,
  type Scheduled,
  scheduleCall,
} from "./permissions.ts";
export { ROLES, type RoleName } from "./roles.ts";
export { ROLE_WORDS } from "./words.ts";
