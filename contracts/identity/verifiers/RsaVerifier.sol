// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC7913RSAVerifier} from "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913RSAVerifier.sol";

/// @title RsaVerifier
/// @notice Checks signatures of RSA keys of 2,048 bits and more (PKCS#1 v1.5, SHA-256), as bank tokens hold them. The key is
/// `abi.encode(bytes exponent, bytes modulus)`.
contract RsaVerifier is ERC7913RSAVerifier {}
