export { ExchangeDesk } from "../desks/exchange/ExchangeDesk.tsx";
