import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  GraphQLInt,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
} from "graphql/index.js";
import { type AbiParameter, getAbiItem } from "viem";
import { ABIS } from "../../../../sdk/chain/abis.ts";
import { DEVIATION_PAYEES, DEVIATION_PERIODS } from "../../../../sdk/market/enums.ts";
import { SOURCES, VOLTAGES } from "../../../../sdk/types/enums.ts";
import { wordsOf } from "../../../../sdk/types/words.ts";
import { COMMENTS } from "./comments.ts";

const ENUMS: Record<string, { name: string; words: readonly string[] }> = {
  Voltage: { name: "voltage", words: wordsOf(VOLTAGES) },
  Source: { name: "energySource", words: wordsOf(SOURCES) },
  DeviationPeriod: { name: "deviationPeriod", words: wordsOf(DEVIATION_PERIODS) },
  DeviationPayee: { name: "deviationPayee", words: wordsOf(DEVIATION_PAYEES) },
};

/** What the contract's own comments say for several members at once, or leave to their names. */
const OWN: Record<string, string> = {
  PriceBand: "Lowest and highest price.",
  "PriceBand.cap": "Highest price, fen per MWh, inclusive.",
  "PriceBand.floor": "Lowest price, fen per MWh, inclusive.",
  "RuleSet.wetFrom": "First date of the wet season (丰水期) as month x 100 + day, inclusive.",
  "RuleSet.wetUntil": "Last date of the wet season (丰水期) as month x 100 + day, inclusive.",
  "RuleSet.wet": "Prices of days in the wet season.",
  "RuleSet.dry": "Prices of all other days.",
  "RuleSet.gridCompany": "Participant that network charges go to.",
  "RuleSet.balancingAccount": "Participant that deviation charges go to where they are not the buyer's.",
  "RuleSet.smallSellerPaymentDays":
    "Longest payment term where a large firm buys from a micro, small or medium one (国务院令802), days after delivery.",
  "RuleSet.smallPlantW": "Capacity in W up to which a plant at a low voltage may sell to its neighbours.",
  "RuleSet.largePlantW": "Capacity in W up to which any plant may sell to its neighbours.",
  "RuleSet.smallPlantVoltage": "Highest voltage of a small plant that may sell to its neighbours.",
  "RuleSet.largePlantPath": "Highest voltage that a large plant's sale to a neighbour may use.",
  "DeviationRule.source": "The class of source that is charged.",
  "DeviationRule.period": "Over which period it is added up.",
  "DeviationRule.payee": "To whom the charge goes.",
};
const said = (name: string) => OWN[name] ?? COMMENTS[name];

/** The type of a rule set's rules, as MarketRules publishes them; other types that it needs are found by name. */
export function rulesType(known: Record<string, GraphQLNamedType>): GraphQLObjectType {
  const published = getAbiItem({ abi: ABIS.MarketRules, name: "RuleSetPublished" });
  const rules = published.inputs.find(({ name }) => name === "rules") as Struct | undefined;
  if (rules === undefined) throw new Error("RuleSetPublished carries no rules.");
  const structs = new Map<string, GraphQLObjectType>();
  return structOf(rules);

  function structOf({ internalType = "", components }: Struct): GraphQLObjectType {
    const [, struct = ""] = /^struct (?:\w+\.)?(\w+)/.exec(internalType) ?? [];
    const name = struct.charAt(0).toLowerCase() + struct.slice(1);
    const type =
      structs.get(struct) ??
      new GraphQLObjectType({
        name: name === "ruleSet" ? "rules" : name,
        description: said(struct),
        fields: Object.fromEntries(
          components.map((member) => [member.name ?? "", fieldOf(member, said(`${struct}.${member.name}`))]),
        ),
      });
    structs.set(struct, type);
    return type;
  }

  function fieldOf(member: AbiParameter, description: string | undefined): GraphQLFieldConfig<Row, unknown> {
    const { name = "", type, internalType = "" } = member;
    const [, enumeration = ""] = /^enum (?:\w+\.)?(\w+)/.exec(internalType) ?? [];
    const words = ENUMS[enumeration]?.words;
    const one = oneOf(member, enumeration);
    return {
      type: new GraphQLNonNull(type.endsWith("]") ? new GraphQLList(new GraphQLNonNull(one)) : one),
      description,
      ...(words === undefined ? {} : { resolve: (row) => words[Number(row[name])] }),
    };
  }

  function oneOf(member: AbiParameter, enumeration: string): GraphQLOutputType {
    const { name = "", type } = member;
    if ("components" in member) return structOf(member as Struct);
    const enumType = ENUMS[enumeration];
    if (enumType !== undefined) {
      known[enumType.name] ??= new GraphQLEnumType({
        name: enumType.name,
        values: Object.fromEntries(enumType.words.map((word) => [word, {}])),
      });
      return known[enumType.name] as GraphQLEnumType;
    }
    if (type === "bool") return GraphQLBoolean;
    const [, bits] = /^u?int(\d+)/.exec(type) ?? [];
    if (bits === undefined) return GraphQLString;
    // Watts go beyond what GraphQL has as Int, as a meter's capacity does.
    return Number(bits) > 32 || /W$/.test(name) ? (known.BigInt as GraphQLOutputType) : GraphQLInt;
  }
}

type Struct = AbiParameter & { components: readonly AbiParameter[] };
type Row = Record<string, unknown>;
