import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Hex } from "viem";
import { bandsToCurves } from "../../../sdk/market/band.ts";
import type { Trade } from "../../../sdk/market/trade.ts";
import type { Proposal } from "../../../sdk/operator/answers.ts";
import { tradeFromWire } from "../../../sdk/operator/wire.ts";
import { reachChain, useChain } from "../../chain/index.ts";
import { Asked, Failed, Loading, Mark } from "../../design/index.ts";
import { graphql, useIndexed } from "../../indexed/index.ts";
import { operatorAt, useOperator } from "../../operator/index.ts";
import { DayCurves } from "../../records/DayCurves.tsx";
import { LifeLine } from "../../records/LifeLine.tsx";
import { lifeOf } from "../../records/lifeLine.ts";
import { Send, useSigner } from "../../wallets/index.ts";
import { time, useWords } from "../../words/index.ts";
import { BandsTable } from "./BandsTable.tsx";
import { tradeInWords } from "./tradeInWords.ts";
import { waitsFor } from "./waitsFor.ts";

const OPENED = graphql(`query OpenedProposal($digest: String!) {
  trades(where: { sellOrderDigest: $digest }, limit: 1) {
    items { id status round openedAt openedTx settledAt settledTx ruledAt ruledTx }
  }
}`);
const DEBTS_OF = graphql(`query DebtsOfTrade($id: BigInt!) {
  debts(where: { tradeId: $id }, limit: 50) { items { status dischargedAt dischargedTx } }
}`);

/** One bilateral proposal: what is signed, what the chain would refuse, the second signature, opening, and what became of it. */
export function ProposalView({ hash }: { hash: string }) {
  const say = useWords();
  const query = useOperator<Proposal>(`/proposals/${hash}`);
  return (
    <>
      <h1>{say({ en: "Bilateral proposal", zh: "双边提案" })}</h1>
      <p>
        <code>{hash}</code>
      </p>
      <Asked query={query}>{(proposal) => <Known proposal={proposal} hash={hash as Hex} />}</Asked>
    </>
  );
}

function Known({ proposal, hash }: { proposal: Proposal; hash: Hex }) {
  const say = useWords();
  const signer = useSigner();
  const trade = tradeFromWire(proposal.trade);
  const account = signer?.address.toLowerCase();
  const waits = waitsFor(proposal, account);
  const { energy, price } = bandsToCurves(trade.bands);
  return (
    <>
      <p>
        <span className="tag">{say(waits)}</span> {say({ en: "valid until ", zh: "有效期至 " })}
        <span className="unbroken">{time(trade.expiry)}</span>
      </p>
      <section className="card">
        <Progress proposal={proposal} hash={hash} />
      </section>
      <p className="note">{say(tradeInWords(trade))}</p>
      <Decide {...{ proposal, trade, hash }} isMine={waits.isMine} />
      <section className="card stack">
        <h2>{say({ en: "What is signed", zh: "签署内容" })}</h2>
        <DayCurves contracted={energy} delivered={null} price={price} />
        <BandsTable bands={trade.bands} />
      </section>
    </>
  );
}

/** From the first signature to the money. */
function Progress({ proposal, hash }: { proposal: Proposal; hash: Hex }) {
  const say = useWords();
  const { data } = useIndexed(OPENED, { digest: hash.toLowerCase() });
  const opened = data?.trades.items[0];
  const debts = useIndexed(DEBTS_OF, { id: opened?.id ?? "0" }, { enabled: opened !== undefined });
  const life =
    opened === undefined
      ? lifeOf(NOT_OPENED, []).map((step) => ({
          step: step.step,
          isReached:
            step.step === "signed" ||
            step.step === "received" ||
            (step.step === "cleared" && proposal.state === "complete"),
        }))
      : lifeOf(opened, debts.data?.debts.items ?? []);
  return (
    <div className="stack">
      <LifeLine label={{ en: "How far the proposal has come", zh: "提案进度" }} steps={life} />
      {opened !== undefined && (
        <p>
          <Link to="/trades/$id" params={{ id: opened.id }}>
            {say({ en: `It is trade ${opened.id}`, zh: `已成为交易 ${opened.id}` })}
          </Link>
        </p>
      )}
    </div>
  );
}

const NOT_OPENED = {
  ...{ status: "none", round: "0", openedAt: "0", openedTx: "" },
  ...{ settledAt: null, settledTx: null, ruledAt: null, ruledTx: null },
};

interface DecideProps {
  proposal: Proposal;
  trade: Trade;
  hash: Hex;
  isMine: boolean;
}

/** The page's own digest against the proposal's number, what the chain would refuse, and what can be done. */
function Decide({ proposal, trade, hash, isMine }: DecideProps) {
  const say = useWords();
  const signer = useSigner();
  const client = useQueryClient();
  const reviewed = useChain(["proposal", proposal, signer?.address], async ({ platform }) => {
    const { digestOf, findingsOf } = await import("./proposing.ts");
    const digest = digestOf(trade, platform);
    const isSame = digest === hash.toLowerCase() && proposal.hash.toLowerCase() === digest;
    const findings = isSame ? await findingsOf(platform, trade, isMine ? signer?.address : undefined) : [];
    return { digest, isSame, findings };
  });
  const countersigning = useMutation({
    mutationFn: async () => {
      const { requireSame, signAndPropose } = await import("./proposing.ts");
      requireSame(hash, reviewed.data!.digest);
      return signAndPropose(trade, { reached: await reachChain(), signer: signer!, operator: operatorAt() });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["operator"] }),
  });
  if (reviewed.data === undefined)
    return reviewed.isError ? <Failed error={reviewed.error} retry={() => void reviewed.refetch()} /> : <Loading />;
  const { digest, isSame, findings } = reviewed.data;
  if (!isSame)
    return (
      <div className="note bad stack" role="alert">
        <p>
          <Mark trust="differs" words={{ en: "differs from its number", zh: "与编号不符" }} />
        </p>
        <p data-differs="digest">
          {say({
            en: `The trade shown comes to ${digest}, and the proposal is ${hash}: do not sign it, and report both numbers.`,
            zh: `所示交易的摘要为 ${digest}，而提案编号为 ${hash}：请勿签署，并反馈这两个编号。`,
          })}
        </p>
      </div>
    );
  const isComplete = proposal.state === "complete";
  return (
    <section className="card stack">
      <p>
        <Mark trust="checked" words={{ en: "this page computed the same number", zh: "本页面计算的编号相同" }} />
      </p>
      {findings.length === 0 ? (
        <p>{say({ en: "The chain would take it as things stand.", zh: "按目前情况，链上会接受。" })}</p>
      ) : (
        <ul className="note warn stack">
          {findings.map(({ code, sentences }) => (
            <li key={`${code} ${sentences.en}`}>{say(sentences)}</li>
          ))}
        </ul>
      )}
      {countersigning.isError && <Failed error={countersigning.error} />}
      <div className="row no-print">
        {isMine && (
          <button
            type="button"
            className="button primary"
            disabled={findings.length > 0 || countersigning.isPending}
            onClick={() => countersigning.mutate()}
          >
            {say({ en: "Countersign", zh: "会签" })}
          </button>
        )}
        {isComplete && (
          <Send
            isPrimary
            title={{ en: "Open it on the chain", zh: "提交上链" }}
            call={async (platform) => (await import("./proposing.ts")).openCall(platform, trade, proposal)}
          >
            <p>{say(tradeInWords(trade))}</p>
          </Send>
        )}
      </div>
    </section>
  );
}
