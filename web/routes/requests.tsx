export { Requests as RequestsScreen } from "../finance/Requests.tsx";
