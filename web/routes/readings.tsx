export { ReadingsDesk } from "../desks/readings/ReadingsDesk.tsx";
