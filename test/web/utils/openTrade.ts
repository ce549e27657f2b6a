import type { Address, Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { type LocalActor, wallets } from "../../../demo/local/wallets.ts";
import {
  buildTrade,
  dayOf,
  encodeSold,
  marketOf,
  parseYuanPerMwh,
  readConditions,
  readSold,
  signTrade,
} from "../../../sdk/index.ts";
import type { Stack } from "./stack.ts";

const DAYS_AHEAD = 3;

/** A bilateral trade of the hydro station and the factory that both signed and the chain has open. @returns its number */
export async function openTrade({ chain, tradingDay }: Stack, slot: number): Promise<string> {
  const { market } = tradingDay;
  const { platform } = market;
  const meters = { sellerMeter: 3n, buyerMeter: 4n };
  const accountOf = (actor: LocalActor) => privateKeyToAccount(wallets[actor].wallet.privateKey as Hex);
  const [seller, buyer] = [accountOf("hydroStation"), accountOf("factory")];
  const day = dayOf(await chain.now()) + DAYS_AHEAD;
  const bands = [{ fromSlot: slot, toSlot: slot + 1, energyWh: 1_000, price: parseYuanPerMwh("180") }];
  const parties = { seller: seller.address as Address, buyer: buyer.address as Address };
  const trade = buildTrade({ ...parties, ...meters, day, bands }, await readConditions(platform, meters));
  const ofBuyer = await signTrade(trade, marketOf(platform), buyer);
  const ofSeller = await signTrade(trade, marketOf(platform), seller);
  const position = encodeSold(await readSold(platform, meters.sellerMeter, day));
  await market.send("household", "TradeEscrow", "open", [trade, ofBuyer, ofSeller, position]);
  return String(await market.read("TradeEscrow", "tradeCount", []));
}
