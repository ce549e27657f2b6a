export { Keys as ReadingKeysScreen } from "../documents/Keys.tsx";
