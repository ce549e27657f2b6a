import { privateKeyToAccount } from "viem/accounts";
import { type OpenDatabase, openDatabase } from "../../../operator/db/database.ts";
import { cancellationTypedData } from "../../../operator/exchange/orders/cancellation.ts";
import { orderToWire } from "../../../operator/exchange/orders/wire.ts";
import { createLog } from "../../../operator/log.ts";
import { Service, type ServiceSettings } from "../../../operator/service.ts";
import {
  type Band,
  buildOrder,
  type Day,
  formatDay,
  marketOf,
  type OrderInput,
  readOrderConditions,
  type SignedOrder,
  signOrder,
} from "../../../sdk/index.ts";
import { type Member, TestMarket } from "../../utils/market.ts";

export const SETTINGS: ServiceSettings = {
  host: "127.0.0.1",
  port: 0,
  trustedProxies: [],
  clearingLeadSeconds: 1_800,
  lastCallSeconds: 1_800,
  seedWaitSeconds: 0,
  priceRule: "middle",
  transactionGas: 16_777_216,
  ratePerTrader: 1_000_000,
  rateRefused: 1_000_000,
  chainTtlMs: 0,
  meterFolder: undefined,
};

export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}

/** A market in this process with the operator's service before it. */
export class Desk {
  readonly market: TestMarket;
  readonly database: OpenDatabase;
  readonly service: Service;

  private constructor(market: TestMarket, database: OpenDatabase, service: Service) {
    this.market = market;
    this.database = database;
    this.service = service;
  }

  static async open(
    settings: Partial<ServiceSettings> = {},
    database?: OpenDatabase,
    { metering = false } = {},
  ): Promise<Desk> {
    const market = await TestMarket.create();
    const opened = database ?? (await openDatabase());
    const parts = { platform: market.platform, db: opened.db, settings: { ...SETTINGS, ...settings } };
    const service = new Service({
      ...parts,
      accounts: [market.account("marketOperator")],
      meterOperator: metering ? market.account("meterOperator") : undefined,
      log: createLog("silent"),
    });
    await service.start();
    return new Desk(market, opened, service);
  }

  async close(): Promise<void> {
    await this.service.stop();
    await this.database.close();
  }

  get day(): Day {
    return this.market.today + 2;
  }

  get date(): string {
    return formatDay(this.day);
  }

  /** A member's order, signed. */
  async order(
    side: "sell" | "buy",
    member: Member,
    bands: Band[],
    more: Partial<OrderInput> = {},
  ): Promise<SignedOrder> {
    const { platform } = this.market;
    const input = { side, trader: member.account.address, meter: member.meter, day: this.day, bands, ...more };
    const order = buildOrder(input, await readOrderConditions(platform, member.meter, this.day));
    return signOrder(order, marketOf(platform), member.account);
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  }

  send(signed: SignedOrder, headers: Record<string, string> = {}): Promise<Answer> {
    return this.post("/orders", orderToWire(signed), headers);
  }

  async cancel(hash: `0x${string}`, member: Member, headers: Record<string, string> = {}): Promise<Answer> {
    const typed = cancellationTypedData(hash, marketOf(this.market.platform));
    const signature = await member.account.signTypedData(typed);
    return this.post(`/orders/${hash}/cancellation`, { signature }, headers);
  }

  async ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const answer = await fetch(`${this.service.url}${path}`, init);
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json");
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
  }
}

export const band = (fromSlot: number, toSlot: number, energyWh: number, price: number): Band => ({
  fromSlot,
  toSlot,
  energyWh,
  price,
});

/** Somebody who takes no part. */
export const STRANGER = privateKeyToAccount(`0x${"5".repeat(64)}`);
