// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC7913WebAuthnVerifier} from "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913WebAuthnVerifier.sol";

/// @title PasskeyVerifier
/// @notice Checks WebAuthn assertions of passkeys (P-256) in which the device has verified its holder. The key is 64 bytes:
/// the coordinates x and y. What is signed is the challenge.
contract PasskeyVerifier is ERC7913WebAuthnVerifier {}
