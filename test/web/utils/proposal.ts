import type { Address } from "viem";
import { wallets } from "../../../demo/local/wallets.ts";
import {
  buildTrade,
  connect,
  type Deployment,
  marketOf,
  parseDay,
  parseYuanPerMwh,
  propose,
  readConditions,
  signTrade,
} from "../../../sdk/index.ts";

interface Places {
  rpcUrl: string;
  operatorUrl: string;
}

/** A bilateral trade that the hydro station proposed to the factory and that waits for the factory. @returns its hash */
export async function proposeToFactory(
  deployment: Deployment,
  { rpcUrl, operatorUrl }: Places,
  date: string,
): Promise<string> {
  const platform = await connect(deployment, rpcUrl);
  const { hydroStation, factory } = wallets;
  const meters = { sellerMeter: 3n, buyerMeter: 4n };
  const parties = { seller: hydroStation.wallet.address as Address, buyer: factory.wallet.address as Address };
  const bands = [{ fromSlot: 36, toSlot: 72, energyWh: 1_000, price: parseYuanPerMwh("180") }];
  const trade = buildTrade(
    { ...parties, ...meters, day: parseDay(date), bands },
    await readConditions(platform, meters),
  );
  const signature = await signTrade(trade, marketOf(platform), hydroStation.wallet);
  const { hash } = await propose({ url: operatorUrl }, trade, parties.seller, signature);
  return hash;
}
