// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Bytes of a word of memory or calldata. The length of a list, and that of bytes, takes one.
uint256 constant WORD_BYTES = 32;

/// @dev Where Solidity keeps the place at which free memory begins.
uint256 constant FREE_MEMORY = 0x40;
