import { type Day, formatDay } from "../../sdk/index.ts";
import type { Words } from "./language.ts";
import { DISTRIBUTION_ZONE } from "./places.ts";

export interface Query {
  title: Words;
  text: string;
}

/** Three questions to paste into GraphiQL. */
export function queriesFor({ seller, receivable, day }: { seller: number; receivable: bigint; day: Day }): Query[] {
  return [
    {
      title: {
        zh: "一家发电企业的交易：合约曲线与交付曲线",
        en: "A generator's trades, contracted and delivered",
      },
      text: `{ participant(id: ${seller}) { account sales(orderBy: "id") { items {
  id status date buyer { id } contractedWh deliveredWh contracted delivered
  price energyFen networkFen deviationFen } } } }`,
    },
    {
      title: { zh: "一笔应收账款的一生", en: "A receivable's whole life" },
      text: `{ receivable(id: "${receivable}") { faceFen issueDate dueDate
  debt { status paidFen lateFeePaidFen trade { id date }
    payments { items { amountFen } } }
  transfers { items { senderId recipientId units } }
  financingRequests { items { units
    bids { items { bidderId rateBp status } } } }
  financings { items { financier { id } paidFen rateBp } }
  collections { items { participantId amountFen } } } }`,
    },
    {
      title: { zh: "一天的价格与电量", en: "A day's prices and volumes" },
      text: `{ priceSlots(where: { zoneId: ${DISTRIBUTION_ZONE}, date: "${formatDay(day)}" },
  orderBy: "slot", limit: 96) { items {
  slot price averagePrice contractedWh deliveredWh trades } } }`,
    },
  ];
}
