import { Facts, Figure, Loading } from "../design/index.ts";
import { useChainNow } from "../freshness/index.ts";
import { Send } from "../wallets/index.ts";
import { type Sentence, time, useFormat, useWords, written } from "../words/index.ts";
import { AmountField } from "./AmountField.tsx";
import type { MoneyOnChain } from "./moneyCheck.ts";
import type { MoneyAnswer } from "./moneyQuery.ts";
import { useAmount } from "./useAmount.ts";

interface MarginProps {
  participant: number;
  onChain: MoneyOnChain | undefined;
  said: MoneyAnswer["margin"];
}

/** What is set aside for rounds, what of it comes back and when; more is locked here, and taken back after notice. */
export function MarginCard({ participant, onChain, said }: MarginProps) {
  const say = useWords();
  const { yuan } = useFormat();
  if (onChain === undefined)
    return (
      <section className="card stack">
        <h2>{say(TITLE)}</h2>
        <Loading />
      </section>
    );
  const { margin, noticeSeconds } = onChain;
  const rows: [Sentence, bigint][] = [
    [{ en: "Locked", zh: "已缴存" }, margin.lockedFen],
    [{ en: "of it announced to come back", zh: "其中已预告释放" }, margin.release?.lockedFen ?? 0n],
    [{ en: "May be bought on terms", zh: "账期购电额度" }, margin.termsFen],
    [{ en: "Drawn by rounds so far", zh: "历次出清累计动用" }, BigInt(said?.drawnLockedFen ?? 0)],
  ];
  return (
    <section className="card stack">
      <h2>{say(TITLE)}</h2>
      <Facts kind="sum" rows={rows.map(([title, fen]) => [title, <Figure key={title.en} amount={yuan(fen)} />])} />
      <Release participant={participant} margin={margin} />
      <Lock onChain={onChain} />
      <TakeBack margin={margin} noticeSeconds={noticeSeconds} />
    </section>
  );
}

const TITLE: Sentence = { en: "Margin for rounds", zh: "交易保证金" };

function Lock({ onChain }: { onChain: MoneyOnChain }) {
  const say = useWords();
  const { yuan } = useFormat();
  const [amount, terms] = [useAmount(), useAmount()];
  const money = amount.fen === undefined ? "" : written(yuan(amount.fen));
  const onTerms = terms.fen === undefined ? "" : written(yuan(terms.fen));
  return (
    <>
      <div className="row no-print" style={{ alignItems: "end" }}>
        <AmountField
          label={{ en: "Lock more", zh: "追加缴存" }}
          amount={amount}
          hint={{ en: `free: ${written(yuan(onChain.freeFen))}`, zh: `可用：${written(yuan(onChain.freeFen))}` }}
        />
        <Send
          isPrimary
          title={{ en: "Lock margin", zh: "缴存交易保证金" }}
          isDisabled={amount.fen === undefined || amount.fen === 0n}
          call={async (platform) => (await import("../../sdk/market/margin.ts")).lockMargin(platform, amount.fen!)}
          done={() => amount.type("")}
        >
          <p>
            {say({
              en: `${money} of your free deposits are held for rounds, which pay and pledge bonds out of it and of nothing else.`,
              zh: `从可用存款中冻结 ${money} 作为交易保证金；集中交易只从中支付款项和缴纳履约保证金。`,
            })}
          </p>
        </Send>
      </div>
      <div className="row no-print" style={{ alignItems: "end" }}>
        <AmountField label={{ en: "Allow more on terms", zh: "追加账期购电额度" }} amount={terms} />
        <Send
          title={{ en: "Allow on terms", zh: "设定账期购电额度" }}
          isDisabled={terms.fen === undefined || terms.fen === 0n}
          call={async (platform) => (await import("../../sdk/market/margin.ts")).allowOnTerms(platform, terms.fen!)}
          done={() => terms.type("")}
        >
          <p>
            {say({
              en: `Rounds may buy for you for ${onTerms} more that you owe later.`,
              zh: `集中交易可为您以账期方式再购电 ${onTerms}，款项日后支付。`,
            })}
          </p>
        </Send>
      </div>
    </>
  );
}

function TakeBack({ margin, noticeSeconds }: { margin: MoneyOnChain["margin"]; noticeSeconds: number }) {
  const say = useWords();
  const { yuan } = useFormat();
  const amount = useAmount();
  const notice = noticeInWords(noticeSeconds);
  const money = amount.fen === undefined ? "" : written(yuan(amount.fen));
  return (
    <div className="row no-print" style={{ alignItems: "end" }}>
      <AmountField
        label={{ en: "Take back", zh: "预告释放" }}
        amount={amount}
        hint={{ en: `comes back after ${notice.en}`, zh: `预告期 ${notice.zh}` }}
      />
      <Send
        title={{ en: "Announce", zh: "预告释放" }}
        isDisabled={amount.fen === undefined}
        call={async (platform) =>
          (await import("../../sdk/market/margin.ts")).announceRelease(platform, {
            lockedFen: amount.fen!,
            termsFen: margin.release?.termsFen ?? 0n,
          })
        }
        done={() => amount.type("")}
      >
        <p>
          {say({
            en: `${money} of your margin come back after a notice of ${notice.en}; until they are released, rounds still draw on them. This replaces what was announced before.`,
            zh: `预告释放交易保证金 ${money}，预告期 ${notice.zh}；取回之前集中交易仍可动用。此次预告取代之前的预告。`,
          })}
        </p>
      </Send>
    </div>
  );
}

/** What was announced, and taking it once its notice is over. */
function Release({ participant, margin: { release } }: { participant: number; margin: MoneyOnChain["margin"] }) {
  const say = useWords();
  const now = useChainNow();
  const { yuan } = useFormat();
  if (release === undefined) return null;
  const money = written(yuan(release.lockedFen));
  const isDue = now !== undefined && now >= release.due;
  return (
    <div className="note stack">
      <p>
        {say({ en: `${money} come back from `, zh: `${money} 可取回时间：` })}
        <span className="unbroken">{time(release.due)}</span>
        {say({ en: " on.", zh: "。" })}
      </p>
      {isDue && (
        <div>
          <Send
            isPrimary
            title={{ en: "Take it back now", zh: "立即取回" }}
            call={async (platform) => (await import("../../sdk/market/margin.ts")).releaseMargin(platform, participant)}
          >
            <p>
              {say({
                en: `${money}, or what rounds have left of it, become free deposits again.`,
                zh: `${money}（或集中交易动用后的剩余部分）恢复为可用存款。`,
              })}
            </p>
          </Send>
        </div>
      )}
    </div>
  );
}

/** Whole hours where it is so. */
export function noticeInWords(seconds: number): Sentence {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return minutes === 0
    ? { en: `${hours} h`, zh: `${hours} 小时` }
    : { en: `${hours} h ${minutes} min`, zh: `${hours} 小时 ${minutes} 分钟` };
}
