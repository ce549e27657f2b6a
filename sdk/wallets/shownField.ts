/** The schema that descriptors follow. */
export const SCHEMA = "https://eips.ethereum.org/assets/eip-7730/erc7730-v1.schema.json";

/** How a wallet shows one field: a path into what is signed, a label, and a format of ERC-7730. */
export interface ShownField {
  path: string;
  label: string;
  format: "raw" | "addressName" | "calldata" | "date" | "enum" | "unit";
  params?: Record<string, unknown>;
}

export const ADDRESS = { format: "addressName", params: { types: ["eoa", "contract"] } } as const;
export const MONEY = { format: "unit", params: { base: "元", decimals: 2 } } as const;
export const ENERGY = { format: "unit", params: { base: "kWh", decimals: 3 } } as const;
export const PRICE = { format: "unit", params: { base: "元/MWh", decimals: 2 } } as const;
export const RAW = { format: "raw" } as const;
export const SECOND = { format: "date", params: { encoding: "timestamp" } } as const;
