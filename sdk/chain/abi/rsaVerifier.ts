// Generated from the compiled contracts by `npm run codegen`. Do not edit.
export const rsaVerifierAbi = [
  {"inputs":[{"name":"key","type":"bytes"},{"name":"hash","type":"bytes32"},{"name":"signature","type":"bytes"}],"name":"verify","outputs":[{"name":"","type":"bytes4"}],"stateMutability":"view","type":"function"},
] as const;
export const rsaVerifierErrors = [
] as const;
export const rsaVerifier = { name: "RsaVerifier", abi: rsaVerifierAbi } as const;
