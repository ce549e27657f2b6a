// Generated from the compiled contracts by `npm run codegen`. Do not edit.
export const passkeyVerifierAbi = [
  {"inputs":[{"name":"key","type":"bytes"},{"name":"hash","type":"bytes32"},{"name":"signature","type":"bytes"}],"name":"verify","outputs":[{"name":"","type":"bytes4"}],"stateMutability":"view","type":"function"},
] as const;
export const passkeyVerifierErrors = [
] as const;
export const passkeyVerifier = { name: "PasskeyVerifier", abi: passkeyVerifierAbi } as const;
