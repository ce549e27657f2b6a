import { privateKeyToAccount } from "viem/accounts";
import { createLog } from "../../../operator/common/log.ts";
import type { ProcessSettings } from "../../../operator/config.ts";
import type { OpenDatabase } from "../../../operator/db/openDatabase.ts";
import type { ExchangeSettings } from "../../../operator/exchange/settings.ts";
import { type OpenExchange, openExchange } from "../../../operator/exchange/trade.ts";
import { Service } from "../../../operator/service.ts";
import { openStatements } from "../../../operator/statements/trade.ts";
import type { ReadyTrade, TradeParts } from "../../../operator/trade.ts";
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
import { cancellationTypedData, orderToWire } from "../../../sdk/operator/index.ts";
import { type Member, TestMarket } from "../../utils/market.ts";
import { openTables } from "./databases.ts";
import { MARGIN } from "./margin.ts";

export type DeskSettings = ProcessSettings & Omit<ExchangeSettings, "keys">;

export const SETTINGS: DeskSettings = {
  host: "127.0.0.1",
  port: 0,
  trustedProxies: [],
  origins: [],
  lastOrderSeconds: 600,
  seedWaitSeconds: 0,
  priceRule: "middle",
  namesFor: "participants",
  transactionGas: 16_777_216,
  ratePerTrader: 1_000_000,
  rateRefused: 1_000_000,
  rateReads: 1_000_000,
  rateKeyReads: 1_000_000,
  chainTtlMs: 0,
};

/** A trade that is to run beside the exchange. */
export type Opening = Pick<ReadyTrade, "name" | "open">;

export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}

/** A market in this process with the operator's exchange and statements before it. */
export class Desk {
  readonly market: TestMarket;
  readonly database: OpenDatabase;
  readonly service: Service;
  readonly exchange: OpenExchange;

  private constructor(market: TestMarket, database: OpenDatabase, service: Service, exchange: OpenExchange) {
    this.market = market;
    this.database = database;
    this.service = service;
    this.exchange = exchange;
  }

  /** @param others what runs in the same process */
  static async open(
    settings: Partial<DeskSettings> = {},
    database?: OpenDatabase,
    others: readonly ((market: TestMarket) => Opening)[] = [],
  ): Promise<Desk> {
    const market = await TestMarket.create();
    market.marginFen = MARGIN;
    const opened = database ?? (await openTables());
    const all = { ...SETTINGS, ...settings };
    const keys = [market.inProcess.wallet("marketOperator").privateKey as `0x${string}`];
    let exchange: OpenExchange | undefined;
    const open = (parts: TradeParts) => {
      exchange = openExchange(parts, { ...all, keys });
      return exchange;
    };
    const service = new Service({
      ...{ platform: market.platform, db: opened.db, settings: all, log: createLog("silent") },
      trades: [
        { name: "exchange", open },
        { name: "statements", open: openStatements },
        ...others.map((other) => other(market)),
      ],
    });
    await service.start();
    return new Desk(market, opened, service, exchange!);
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
