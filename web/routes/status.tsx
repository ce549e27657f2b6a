export { Status } from "../freshness/Status.tsx";
