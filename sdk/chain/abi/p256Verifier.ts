// Generated from the compiled contracts by `npm run codegen`. Do not edit.
export const p256VerifierAbi = [
  {"inputs":[{"name":"key","type":"bytes"},{"name":"hash","type":"bytes32"},{"name":"signature","type":"bytes"}],"name":"verify","outputs":[{"name":"","type":"bytes4"}],"stateMutability":"view","type":"function"},
] as const;
export const p256VerifierErrors = [
] as const;
export const p256Verifier = { name: "P256Verifier", abi: p256VerifierAbi } as const;
