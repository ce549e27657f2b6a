import { CONTRACTS, type ContractName, type GivenArgument, REGISTER } from "../../sdk/chain/contracts.ts";
import type { NetworkParameters } from "./parameters.ts";
import { financeTermsOf } from "./setup.ts";

/** What constructors are given beside contracts and the deployer, by the name that the register gives it. */
const GIVEN: Record<Exclude<GivenArgument, "deployer">, (parameters: NetworkParameters) => unknown> = {
  metering: ({ metering }) => metering,
  "depositToken.name": ({ depositToken }) => depositToken.name,
  "depositToken.symbol": ({ depositToken }) => depositToken.symbol,
  "kwhToken.uri": ({ kwhToken }) => kwhToken.uri,
  "financeRules.terms": financeTermsOf,
  "financeRules.daysOff": ({ financeRules }) => financeRules.daysOff,
  "financeRules.workdays": ({ financeRules }) => financeRules.workdays,
  "receivables.uri": ({ receivables }) => receivables.uri,
};

/** The arguments of a contract's constructor on a network; `deployer` and `contract` write accounts as the caller needs them. */
export function constructorArguments<Account>(
  name: ContractName,
  parameters: NetworkParameters,
  deployer: Account,
  contract: (name: ContractName) => Account,
): unknown[] {
  return REGISTER[name].args.map((argument) => {
    if (isContract(argument)) return contract(argument);
    return argument === "deployer" ? deployer : GIVEN[argument](parameters);
  });
}

const isContract = (argument: ContractName | GivenArgument): argument is ContractName =>
  (CONTRACTS as readonly string[]).includes(argument);
