export { Help } from "../help/Help.tsx";
