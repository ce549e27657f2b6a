import { createConfig } from "ponder";
import * as abi from "../sdk/chain/abi/index.ts";
import { readDeployment } from "../sdk/chain/readDeployment.ts";
import { database } from "./database.ts";

const network = process.env.DUJIANG_NETWORK || "local";
const rpc = process.env.PONDER_RPC_URL || (network === "local" ? "http://127.0.0.1:8545" : undefined);
const ws = process.env.PONDER_WS_URL || undefined;

const { chainId, startBlock, contracts } = readDeployment(network);
if (rpc === undefined) {
  throw new Error(`There is no node to read ${network} from: set PONDER_RPC_URL to the JSON-RPC address of one.`);
}

const at = (name: keyof typeof contracts) =>
  ({ chain: "market", address: contracts[name].address, startBlock }) as const;

export default createConfig({
  database: database(network),
  chains: {
    // Besu refuses more blocks at a time, with an error that Ponder does not know as such.
    market: { id: chainId, rpc, ws, ethGetLogsBlockRange: 5000 },
  },
  contracts: {
    ParticipantRegistry: { ...at("ParticipantRegistry"), abi: abi.participantRegistryAbi },
    SecondFactor: { ...at("SecondFactor"), abi: abi.secondFactorAbi },
    MeterRegistry: { ...at("MeterRegistry"), abi: abi.meterRegistryAbi },
    MarketRules: { ...at("MarketRules"), abi: abi.marketRulesAbi },
    DepositToken: { ...at("DepositToken"), abi: abi.depositTokenAbi },
    KwhToken: { ...at("KwhToken"), abi: abi.kwhTokenAbi },
    TradeEscrow: { ...at("TradeEscrow"), abi: abi.tradeEscrowAbi },
    AdjustmentDesk: { ...at("AdjustmentDesk"), abi: abi.adjustmentDeskAbi },
    FinanceRules: { ...at("FinanceRules"), abi: abi.financeRulesAbi },
    Receivables: { ...at("Receivables"), abi: abi.receivablesAbi },
    DraftingDesk: { ...at("DraftingDesk"), abi: abi.draftingDeskAbi },
    CreditLedger: { ...at("CreditLedger"), abi: abi.creditLedgerAbi },
    FinancingDesk: { ...at("FinancingDesk"), abi: abi.financingDeskAbi },
  },
});
