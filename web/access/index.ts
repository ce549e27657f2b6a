/** Roles: what is shown to those who hold one, and who they are in words. */
export { OfRole } from "./OfRole.tsx";
export { roleWords } from "./words.ts";
