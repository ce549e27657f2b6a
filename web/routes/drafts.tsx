export { Drafts as DraftsScreen } from "../finance/Drafts.tsx";
