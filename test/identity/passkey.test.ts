import { expect } from "chai";
import type { Browser } from "playwright-core";
import type { Hex } from "viem";
import { writeContract } from "viem/actions";
import {
  buildTrade,
  confirmSubject,
  contractOf,
  explain,
  factorDigest,
  factorPlaceOf,
  marketOf,
  type PasskeyAssertion,
  passkeySignature,
  secondFactorSigner,
  signTrade,
  type Trade,
  tradeDigest,
  walletOf,
} from "../../sdk/index.ts";
import { findChromium, launchChromium, NO_CHROMIUM } from "../utils/chromium.ts";
import { type Member, TestMarket } from "../utils/market.ts";
import { BrowserPasskey } from "../utils/passkey.ts";

const LIMIT_FEN = 100n;

describe("a passkey as second factor", () => {
  let browser: Browser | undefined;
  let passkey: BrowserPasskey;
  let market: TestMarket;
  let plant: Member;
  let factory: Member;

  before(async function () {
    const chromium = findChromium();
    if (chromium === undefined) {
      console.log(`      ${NO_CHROMIUM}`);
      this.skip();
    }
    browser = await launchChromium(chromium);
    passkey = await BrowserPasskey.make(browser);
    market = await TestMarket.create();
    plant = await market.generator("solarPlant");
    factory = await market.consumer("factory");
    const key = { kind: "passkey" as const, ...passkey.key };
    await market.enrolFactor(factory, secondFactorSigner(market.platform, key), LIMIT_FEN);
  });

  after(async () => {
    await passkey?.close();
    await browser?.close();
  });

  /** A trade of 4 kWh, which costs the factory more than its key may commit alone. */
  function agreed(nonce: number): Trade {
    const day = market.today + 1;
    const bands = [{ fromSlot: 0, toSlot: 4, energyWh: 1_000, price: 40_000 }];
    return buildTrade(
      {
        ...{ seller: plant.account.address, buyer: factory.account.address, nonce },
        ...{ sellerMeter: plant.meter, buyerMeter: factory.meter, day, bands },
      },
      { tariff: 27_340_000n, bondRateBp: 10_000 },
    );
  }

  async function open(trade: Trade): Promise<void> {
    const place = marketOf(market.platform);
    const bought = await signTrade(trade, place, factory.account);
    const sold = await signTrade(trade, place, plant.account);
    await writeContract(walletOf(market.platform, plant.account), {
      ...contractOf(market.platform, "TradeEscrow"),
      functionName: "open",
      args: [trade, bought, sold, "0x"],
    });
  }

  async function confirm(subject: Hex, assertion: PasskeyAssertion): Promise<void> {
    const confirmation = { participant: factory.participant, subject };
    const call = confirmSubject(market.platform, confirmation, passkeySignature(assertion));
    // By anybody: here the other side of the trade.
    await writeContract(walletOf(market.platform, plant.account), call);
  }

  /** Has the passkey sign that the factory confirms a subject. */
  const sign = (subject: Hex) =>
    passkey.sign(factorDigest({ participant: factory.participant, subject }, factorPlaceOf(market.platform)));

  const refusal = async (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => expect.fail("nothing was refused"),
      (error: unknown) => explain(error),
    );

  it("opens a trade that the key alone may not", async () => {
    const trade = agreed(1);
    const digest = tradeDigest(trade, marketOf(market.platform));
    expect(await refusal(open(trade))).to.match(
      new RegExp(
        `Participant ${factory.participant} has committed .* limit of .* second factor confirm ${digest} first`,
      ),
    );
    await confirm(digest, await sign(digest));
    await open(trade);
    expect(await market.inProcess.contract("TradeEscrow").tradeCount()).to.equal(1n);
    const exposure = await market.inProcess.contract("SecondFactor").exposureOf(factory.participant, market.today);
    expect(exposure > LIMIT_FEN, "what was confirmed counts").to.equal(true);
  });

  it("vouches for exactly what it signed", async () => {
    const [signed, other] = [agreed(2), agreed(3)].map((trade) => tradeDigest(trade, marketOf(market.platform)));
    const assertion = await sign(signed as Hex);
    expect(await refusal(confirm(other as Hex, assertion))).to.include("did not sign");
    expect(await refusal(confirm(signed as Hex, await passkey.sign(signed as Hex)))).to.include("did not sign");
    const tampered = { ...assertion, authenticatorData: assertion.authenticatorData.map((byte) => byte ^ 1) };
    expect(await refusal(confirm(signed as Hex, tampered))).to.include("did not sign");
  });
});
