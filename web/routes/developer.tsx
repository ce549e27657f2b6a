export { Developer } from "../developer/Developer.tsx";
