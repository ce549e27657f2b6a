/** Locks margin, signs an order, hands it in, finds it among the trader's own, and takes it back. */
import { readFile } from "node:fs/promises";
import {
  allPages,
  buildOrder,
  cancelOrder,
  checkOrder,
  connect,
  dayOf,
  formatDay,
  formatYuan,
  listOrders,
  lockMargin,
  marketOf,
  openSession,
  orderCost,
  parseDeployment,
  parseYuanPerMwh,
  readMargin,
  readOrderConditions,
  signOrder,
  submitOrder,
  walletOf,
} from "dujiang-sdk";
import { privateKeyToAccount } from "viem/accounts";
import { getBlock, waitForTransactionReceipt } from "viem/actions";

const {
  RPC_URL = "http://127.0.0.1:8545",
  GRAPHQL_URL = "http://127.0.0.1:42069/graphql",
  OPERATOR_URL = "http://127.0.0.1:8600",
  DEPLOYMENT = "../../deployments/local/deployment.json",
  // The machine works of the local chain: its key is public, and of use on no other chain.
  TRADER_KEY = "0x8166f546bab6da521a8369cab06c5d2b9e46670292d85c875ee9ec20e84ffb61",
} = process.env;

const platform = await connect(parseDeployment(await readFile(DEPLOYMENT, "utf8")), RPC_URL);
const trader = privateKeyToAccount(TRADER_KEY);
const wallet = walletOf(platform, trader);

// Who the trader is, and what its meter is called, the index knows.
const { participants } = await ask(
  `query ($account: String!) { participants(where: { account: $account }) { items { id } } }`,
  { account: trader.address.toLowerCase() },
);
const participant = participants.items[0].id;
const { meters } = await ask(
  `query ($id: Int!) { meters(where: { traderId: $id, direction: consumption, active: true }) { items { id } } }`,
  { id: participant },
);
const meter = BigInt(meters.items[0].id);

// 100 kWh a quarter-hour from 09:00 to 12:00 on the day after tomorrow, at 400 yuan per MWh at most.
const { timestamp } = await getBlock(platform.client);
const day = dayOf(timestamp) + 2;
const bands = [{ fromSlot: 36, toSlot: 48, energyWh: 100_000, price: parseYuanPerMwh("400") }];
const conditions = await readOrderConditions(platform, meter, day);
const order = buildOrder({ side: "buy", trader: trader.address, meter, day, bands }, conditions);

// Orders are covered by margin: rounds draw on nothing else.
const { lockedFen } = orderCost(order, conditions);
const hash = await wallet.writeContract(lockMargin(platform, lockedFen));
await waitForTransactionReceipt(platform.client, { hash });
const margin = await readMargin(platform, participant);
console.log(`Participant ${participant} has locked ${formatYuan(margin.lockedFen)}.`);

const operator = { url: OPERATOR_URL };
const { token } = await openSession(operator, trader.address, marketOf(platform), trader);
const known = { ...operator, token };
await checkOrder(known, order);
const kept = await submitOrder(operator, await signOrder(order, marketOf(platform), trader));
console.log(`Order ${kept.hash} for ${formatDay(day)} is ${kept.state}.`);

for await (const { orders } of allPages((page) => listOrders(known, trader.address, day, page))) {
  for (const { hash, side, state, totalEnergyWh } of orders)
    console.log(`  ${hash} ${side} ${totalEnergyWh} Wh, ${state}`);
}

const cancelled = await cancelOrder(operator, kept.hash, marketOf(platform), trader);
console.log(`Order ${cancelled.hash} is ${cancelled.state}.`);

/** Asks the index. */
async function ask(query, variables) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(GRAPHQL_URL, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await answer.json();
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join(" "));
  return data;
}
