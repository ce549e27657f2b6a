import { expect } from "chai";
import type { Address, Hex } from "viem";
import { getBlock, simulateContract } from "viem/actions";
import {
  type Band,
  buildOrder,
  buildTrade,
  contractOf,
  type Deployment,
  ensureNetwork,
  explain,
  type Finding,
  FoundWanting,
  marketOf,
  type NetworkPanel,
  type Order,
  type Platform,
  parseYuanPerMwh,
  readConditions,
  readOrderConditions,
  refusalOf,
  requireNothingFound,
  reviewOrder,
  reviewTrade,
  signTypedData,
  type Trade,
  tradeDigest,
  tradeTypedData,
  WrongNetwork,
} from "../../sdk/index.ts";
import { type Member, TestMarket } from "../utils/market.ts";

const PRICE = parseYuanPerMwh("401.20");
const DEPOSITS_FEN = 10_000_000_00n;
const CHAIN_ID = 31_337;

const bands = (change: Partial<Band> = {}): Band[] => [
  { fromSlot: 36, toSlot: 72, energyWh: 250_000, price: PRICE, ...change },
];
const codes = (found: readonly Finding[]) => found.map(({ code }) => code).sort();

describe("before the wallet is asked", function () {
  this.timeout(300_000);

  let market: TestMarket;
  let platform: Platform;
  let seller: Member;
  let buyer: Member;
  let day: number;
  let nonce = 1;

  before(async () => {
    market = await TestMarket.create();
    platform = market.platform;
    [seller, buyer] = [await market.generator("solarPlant"), await market.consumer("factory")];
    day = market.today + 2;
  });

  const tradeOf = async (change: Partial<Trade> = {}): Promise<Trade> => {
    const meters = { sellerMeter: seller.meter, buyerMeter: buyer.meter };
    const parties = { seller: seller.account.address, buyer: buyer.account.address };
    nonce += 1;
    const input = { ...parties, ...meters, day, bands: bands(), nonce, ...change };
    return { ...buildTrade(input, await readConditions(platform, meters)), ...change };
  };

  /** The name of what the chain itself refuses a trade with that both have signed; undefined if it would open it. */
  const refusalByChain = async (trade: Trade): Promise<string | undefined> => {
    const data = tradeTypedData(trade, marketOf(platform));
    const [ofBuyer, ofSeller] = [await signTypedData(data, buyer.account), await signTypedData(data, seller.account)];
    const args = [trade, ofBuyer, ofSeller, "0x"] as const;
    const escrow = contractOf(platform, "TradeEscrow");
    try {
      await simulateContract(platform.client, { ...escrow, functionName: "open", args, account: buyer.account });
      return undefined;
    } catch (error) {
      return refusalOf(error)?.name ?? explain(error);
    }
  };

  /** What is found of a trade, of which the first that the chain comes upon is one. */
  const review = async (trade: Trade): Promise<string[]> => {
    const [found, refused] = [await reviewTrade(platform, trade), await refusalByChain(trade)];
    for (const { sentences } of found) {
      expect(sentences.en)
        .to.match(/^\S.*\.$/s)
        .and.not.match(/\{|undefined/);
      expect(sentences.zh)
        .to.match(/\p{Script=Han}.*。$/su)
        .and.not.match(/\{|undefined/);
    }
    const names: Record<string, string> = {
      ConfirmationNeeded: "SecondFactor_Required",
      InsufficientDeposits: "DepositToken_InsufficientFree",
      NotOptedIn: "DepositToken_NotOptedIn",
    };
    const expected = codes(found).map((code) => names[code] ?? `TradeEscrow_${code}`);
    if (refused === undefined) expect(expected).to.deep.equal([]);
    else expect(expected).to.include(refused);
    return codes(found);
  };

  describe("a bilateral trade", () => {
    it("is sound where the chain would open it", async () => {
      expect(await review(await tradeOf())).to.deep.equal([]);
    });

    it("is refused for each reason for which the chain would refuse it", async () => {
      expect(await review(await tradeOf({ bands: bands({ price: 900_00 }) }))).to.deep.equal(["PriceOutsideLimits"]);
      expect(await review(await tradeOf({ day: market.today }))).to.include("GateClosed");
      expect(await review(await tradeOf({ day: market.today + 90 }))).to.include("GateClosed");
      expect(await review(await tradeOf({ bands: bands({ energyWh: 5_600_000 }) }))).to.deep.equal(["AboveCapacity"]);
      expect(await review(await tradeOf({ paymentDays: 200 }))).to.deep.equal(["PaymentTermTooLong"]);
      expect(await review(await tradeOf({ expiry: 1n }))).to.deep.equal(["Expired"]);
      expect(await review(await tradeOf({ maxPaymentFen: 1n }))).to.deep.equal(["AboveMaximum"]);
      expect(await review(await tradeOf({ totalAmountFen: 1n }))).to.include("WrongTotals");
      expect(await review(await tradeOf({ sellerMeter: buyer.meter }))).to.deep.equal(["MeterNotTradable"]);
      expect(await review(await tradeOf({ bands: bands({ toSlot: 37, energyWh: 1 }) }))).to.include("BelowLeast");
      const row = { fromSlot: 40, toSlot: 30, energyWh: 1, price: PRICE };
      expect(await review({ ...(await tradeOf()), bands: [row] })).to.include("InvalidBands");
    });

    it("is refused for a nonce that was cancelled", async () => {
      const trade = await tradeOf();
      await market.inProcess.contract("TradeEscrow", "factory").cancel(2, day, [trade.nonce]);
      expect(await review(trade)).to.deep.equal(["NonceUsed"]);
    });

    it("is refused while the escrow may not hold what it costs, to who lacks it", async () => {
      const { contract, addresses } = market.inProcess;
      await contract("DepositToken", "factory").optIn(addresses.TradeEscrow, false);
      const trade = await tradeOf();
      expect(await review(trade)).to.deep.equal(["NotOptedIn"]);
      expect(await reviewTrade(platform, trade, { signer: seller.account.address })).to.deep.equal([]);
      await contract("DepositToken", "factory").optIn(addresses.TradeEscrow, true);
      await market.lockMargin(buyer, DEPOSITS_FEN - 100n);
      expect(await review(trade)).to.deep.equal(["InsufficientDeposits"]);
      await contract("TradeEscrow", "factory").announceRelease(DEPOSITS_FEN - 100n, 0);
    });

    it("says all reasons at once, in either language", async () => {
      const trade = await tradeOf({ bands: bands({ price: 900_00 }), day: market.today, paymentDays: 200 });
      const found = await reviewTrade(platform, trade);
      expect(codes(found)).to.include.members(["GateClosed", "PaymentTermTooLong", "PriceOutsideLimits"]);
      expect(() => requireNothingFound(found))
        .to.throw(FoundWanting)
        .with.property("findings")
        .that.equals(found);
      const thrown = new FoundWanting(found);
      expect(explain(thrown).split("\n")).to.have.length(found.length);
      expect(explain(thrown, "zh")).to.include("限价").and.not.include("price");
      requireNothingFound([]);
    });

    it("asks for the second factor beyond the daily limit", async () => {
      const household = await market.consumer("household");
      await market.enrolFactor(household, market.address("council"), 100n);
      const meters = { sellerMeter: seller.meter, buyerMeter: household.meter };
      const parties = { seller: seller.account.address, buyer: household.account.address };
      const trade = buildTrade(
        { ...parties, ...meters, day, bands: bands(), nonce: 7 },
        await readConditions(platform, meters),
      );
      const [found] = await reviewTrade(platform, trade);
      expect(found?.code).to.equal("ConfirmationNeeded");
      expect(found?.figures.subject).to.equal(tradeDigest(trade, marketOf(platform)));
    });
  });

  describe("an order", () => {
    const orderOf = async (member: Member, side: Order["side"], change: Partial<Order> = {}): Promise<Order> => {
      nonce += 1;
      const input = {
        side,
        trader: member.account.address,
        meter: member.meter,
        day,
        bands: bands(),
        nonce,
        ...change,
      };
      return { ...buildOrder(input, await readOrderConditions(platform, member.meter, day)), ...change };
    };

    it("is sound where its margin covers it, beside what open orders cost", async () => {
      const sale = await orderOf(seller, "sell");
      expect(codes(await reviewOrder(platform, sale))).to.deep.equal(["InsufficientMargin"]);
      await market.lockMargin(seller, 100_000_00n);
      expect(await reviewOrder(platform, sale)).to.deep.equal([]);
      const backing = { lockedFen: 99_999_00n, termsFen: 0n };
      expect(codes(await reviewOrder(platform, sale, { backing }))).to.deep.equal(["InsufficientMargin"]);
    });

    it("is not covered by what is announced to come back, nor on terms by cash", async () => {
      expect(codes(await reviewOrder(platform, await orderOf(buyer, "buy")))).to.deep.equal(["InsufficientMargin"]);
      await market.inProcess.contract("TradeEscrow", "factory").announceRelease(1, 0);
      expect(await reviewOrder(platform, await orderOf(buyer, "buy"))).to.deep.equal([]);
      const later = await orderOf(buyer, "buy", { paymentDays: 30 });
      expect(codes(await reviewOrder(platform, later))).to.deep.equal(["InsufficientAllowance"]);
    });

    it("is refused for all reasons at once", async () => {
      const order = await orderOf(seller, "sell", {
        bands: bands({ price: 900_00, energyWh: 5_600_050 }),
        greenCertificates: true,
        expiry: 1n,
        maxFen: 1n,
        paymentDays: 400,
        trader: seller.account.address,
      });
      await market.inProcess.contract("TradeEscrow", "solarPlant").cancel(0, day, [order.nonce]);
      expect(codes(await reviewOrder(platform, order))).to.deep.equal([
        ...["AboveCapacity", "AboveMaximum", "Expired", "NoCertificateBook", "NonceUsed", "NotInLots"],
        ...["PaymentTermTooLong", "PriceOutsideLimits"],
      ]);
    });

    it("of a stranger, or for a day that cannot be traded, is refused", async () => {
      const stranger: Address = `0x${"5c".repeat(20)}`;
      const order = await orderOf(seller, "sell", { trader: stranger });
      expect(codes(await reviewOrder(platform, order))).to.deep.equal(["MeterNotTradable", "ParticipantNotGood"]);
      expect(codes(await reviewOrder(platform, { ...order, day: market.today }))).to.include("GateClosed");
    });
  });

  describe("a network", () => {
    const rpcUrls = ["https://rpc.dujiang.example"];
    let deployment: Pick<Deployment, "network" | "chainId" | "genesisHash"> & {
      contracts: { TradeEscrow: { address: Hex } };
    };

    before(async () => {
      const genesis = await getBlock(platform.client, { blockNumber: 0n });
      const contracts = { TradeEscrow: { address: platform.addresses.TradeEscrow } };
      deployment = { network: "consortium", chainId: CHAIN_ID, genesisHash: genesis.hash, contracts };
    });

    /** A wallet whose requests about the platform's chain go to the chain itself. */
    class Wallet {
      readonly asked: string[] = [];
      at: number;
      added: NetworkPanel | undefined;
      /** Throws what the wallet answers to being switched or to be given a network. */
      readonly #answer: (method: string, wallet: Wallet) => void;

      constructor(at: number, answer: (method: string, wallet: Wallet) => void = () => {}) {
        this.at = at;
        this.#answer = answer;
      }

      async request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
        this.asked.push(method);
        if (method === "eth_chainId") return `0x${this.at.toString(16)}`;
        if (!method.startsWith("wallet_")) return platform.client.request({ method, params } as never);
        this.#answer(method, this);
        const [network] = params as [NetworkPanel];
        if (method === "wallet_addEthereumChain") this.added = network;
        else this.at = Number(network.chainId);
        return null;
      }
    }

    const refusing = (error: object) => (method: string, wallet: Wallet) => {
      if (method === "wallet_switchEthereumChain" && wallet.added === undefined) throw error;
    };
    const wrong = async (wallet: Wallet, place = deployment): Promise<WrongNetwork> => {
      const error = await ensureNetwork(wallet, place, rpcUrls).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(WrongNetwork);
      return error as WrongNetwork;
    };

    it("is left alone where the wallet is on it", async () => {
      const wallet = new Wallet(CHAIN_ID);
      await ensureNetwork(wallet, deployment, rpcUrls);
      expect(wallet.asked).to.deep.equal(["eth_chainId", "eth_getBlockByNumber", "eth_getCode"]);
    });

    it("is switched to where the wallet knows it", async () => {
      const wallet = new Wallet(1);
      await ensureNetwork(wallet, deployment, rpcUrls);
      expect([wallet.at, wallet.added]).to.deep.equal([CHAIN_ID, undefined]);
    });

    for (const [how, error] of [
      ["as EIP-3326 says", { code: 4902, message: "Unknown chain" }],
      ["within an internal error", { code: -32603, message: "Internal", data: { originalError: { code: 4902 } } }],
      ["in words", { code: -32603, message: 'Unrecognized chain ID "0x7a69". Try adding the chain first.' }],
      ["within a library's error", { name: "SwitchChainError", cause: { code: 4902, message: "Unknown chain" } }],
    ] as const) {
      it(`is added where the wallet does not know it and says so ${how}`, async () => {
        const wallet = new Wallet(1, refusing(error));
        await ensureNetwork(wallet, deployment, rpcUrls);
        expect(wallet.at).to.equal(CHAIN_ID);
        expect(wallet.added).to.deep.equal({
          chainId: "0x7a69",
          chainName: "Dujiang 都江 consortium",
          rpcUrls,
          nativeCurrency: { name: "No fees", symbol: "NOFEE", decimals: 18 },
        });
      });
    }

    it("is shown for copying where the wallet or its owner refuses", async () => {
      const refused = await wrong(new Wallet(1, refusing({ code: 4001, message: "User rejected the request." })));
      expect(explain(refused, "zh")).to.include("您已在钱包中拒绝");
      expect(refused.panel).to.include({ chainId: "0x7a69" });
      const unable = await wrong(new Wallet(1, refusing({ code: -32601, message: "The method does not exist." })));
      expect(unable.sentences.en).to.include("by hand");
      const stubborn = new Wallet(1);
      stubborn.request = async ({ method }) => (method === "eth_chainId" ? "0x1" : null);
      expect((await wrong(stubborn)).sentences.zh).to.include("仍在其他网络");
    });

    it("of the same number that is another chain, or lacks the contracts, is refused", async () => {
      const elsewhere = { ...deployment, genesisHash: `0x${"cd".repeat(32)}` as const };
      expect((await wrong(new Wallet(CHAIN_ID), elsewhere)).message).to.include("is another chain");
      const empty = { ...deployment, contracts: { TradeEscrow: { address: `0x${"5c".repeat(20)}` as const } } };
      expect((await wrong(new Wallet(CHAIN_ID), empty)).message).to.include("has no contract");
    });
  });
});
