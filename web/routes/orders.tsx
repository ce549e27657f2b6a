import { OrdersList } from "../market/entry/OrdersList.tsx";

export function OrdersScreen() {
  return <OrdersList />;
}
