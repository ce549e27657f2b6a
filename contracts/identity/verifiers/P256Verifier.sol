// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC7913P256Verifier} from "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913P256Verifier.sol";

/// @title P256Verifier
/// @notice Checks signatures of P-256 keys, as security modules hold them. The key is 64 bytes: the coordinates x and y.
contract P256Verifier is ERC7913P256Verifier {}
