export { Documents as DocumentsScreen } from "../documents/Documents.tsx";
