import type { Sentences } from "../types/sentence.ts";

/** Sentences for refusals that contracts of several rooms inherit from OpenZeppelin's, and of the language. */
export const STANDARD_SENTENCES: Sentences = {
  AddressEmptyCode: {
    en: "No contract lives at {target}: check the address.",
    zh: "{target} 处没有合约：请核对地址。",
  },
  CheckpointUnorderedInsertion: {
    en: "An entry would begin before one that was made already: entries begin in ascending order.",
    zh: "新条目的起始日早于已有条目：条目须按起始日递增。",
  },
  ECDSAInvalidSignature: {
    en: "The signature belongs to no key: have it made again by the wallet.",
    zh: "签名不对应任何密钥：请用钱包重新签署。",
  },
  ECDSAInvalidSignatureLength: {
    en: "A signature has 65 bytes, not {length}: have it made again by the wallet.",
    zh: "签名应为 65 字节，而不是 {length} 字节：请用钱包重新签署。",
  },
  ECDSAInvalidSignatureS: {
    en: "The signature is written in its other form (s is {s}, in the upper half): give the form with the lower s.",
    zh: "签名的 s 值 {s} 位于上半区间：请使用 s 较小的形式。",
  },
  ERC1155InsufficientBalance: {
    en: "{sender} holds {balance} units of token {tokenId}, but {needed} are needed.",
    zh: "{sender} 持有代币 {tokenId} 共 {balance} 份，需要 {needed} 份。",
  },
  ERC1155InvalidApprover: {
    en: "{approver} cannot let others move its tokens: an account must stand there.",
    zh: "{approver} 不能授权他人转移代币：须为有效账户。",
  },
  ERC1155InvalidArrayLength: {
    en: "{idsLength} token numbers came with {valuesLength} amounts: give one amount for each token.",
    zh: "给出了 {idsLength} 个代币编号和 {valuesLength} 个数量：二者须一一对应。",
  },
  ERC1155InvalidOperator: {
    en: "{operator} cannot be let move tokens: name an account.",
    zh: "{operator} 不能被授权转移代币：请填写有效账户。",
  },
  ERC1155InvalidReceiver: {
    en: "{receiver} cannot receive these tokens: a contract that receives them must say so (ERC-1155).",
    zh: "{receiver} 不能接收此代币：接收方若为合约，须按 ERC-1155 声明可接收。",
  },
  ERC1155InvalidSender: {
    en: "{sender} cannot send these tokens: name the account that holds them.",
    zh: "{sender} 不能转出此代币：请填写持有账户。",
  },
  ERC1155MissingApprovalForAll: {
    en: "{owner} has not let {operator} move its tokens: send it from the owner's account, or have it approved.",
    zh: "{owner} 未授权 {operator} 转移其代币：请由持有人发送或先授权。",
  },
  Error: {
    en: 'The contract refused with the words "{message}".',
    zh: "合约拒绝，原文为“{message}”。",
  },
  FailedCall: {
    en: "A call to another contract failed without a reason: check the target and its data.",
    zh: "对另一合约的调用失败且未说明原因：请核对目标与数据。",
  },
  InsufficientBalance: {
    en: "The contract has {balance} wei, but {needed} are to be sent along: nothing here asks for wei, send none.",
    zh: "合约余额为 {balance} wei，需要 {needed}：本平台无需附带 wei，请设为 0。",
  },
  InvalidShortString: {
    en: "A name kept by the contract cannot be read: the contract was deployed wrongly, tell its operator.",
    zh: "合约保存的名称无法读取：合约部署有误，请联系运营方。",
  },
  Panic: {
    en: "The contract's code met a fault (number {reason}) and did nothing: tell its operator what was sent.",
    zh: "合约代码发生故障（代码 {reason}），未执行任何操作：请将所发内容告知运营方。",
  },
  ReentrancyGuardReentrantCall: {
    en: "A contract called back into one that had not finished: send each call as a transaction of its own.",
    zh: "合约在执行未结束时被再次调用：请将各次调用分开发送。",
  },
  MerkleProofInvalidMultiproof: {
    en: "The proof does not fit the days: read them again.",
    zh: "证明与计量日不符：请重新读取。",
  },
  SafeCastOverflowedUintDowncast: {
    en: "{value} does not fit into {bits} bits: give a smaller number.",
    zh: "{value} 超出 {bits} 位整数的范围：请填写较小的数。",
  },
  StringTooLong: {
    en: 'The name "{str}" is too long to be kept: it has at most 31 bytes.',
    zh: "名称“{str}”过长：最多 31 字节。",
  },
};
