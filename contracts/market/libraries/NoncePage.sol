// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev State of 128 nonces of a trader; nonce n is on page n / 128. Opening reads the page of a nonce anyway: a second
/// bit beside the one for "spent" saves reading the fill of an order that has none.
struct NoncePage {
    /// Which nonces are spent (lower half), and of which an order was filled in part (upper half).
    uint256 bits;
}

using {isSpent, read, spend, spendAll, markFilled} for NoncePage global;

uint256 constant NONCES_PER_PAGE = 128;

function isSpent(NoncePage storage page, uint256 nonce) view returns (bool) {
    return (page.bits >> (nonce % NONCES_PER_PAGE)) & 1 != 0;
}

/// @dev Whether a nonce is spent, and whether an order of it was filled in part.
function read(NoncePage storage page, uint256 nonce) view returns (bool spent, bool filled) {
    uint256 bits = page.bits >> (nonce % NONCES_PER_PAGE);
    return (bits & 1 != 0, (bits >> NONCES_PER_PAGE) & 1 != 0);
}

function spend(NoncePage storage page, uint256 nonce) {
    page.bits |= 1 << (nonce % NONCES_PER_PAGE);
}

function spendAll(NoncePage storage page) {
    page.bits |= type(uint128).max;
}

function markFilled(NoncePage storage page, uint256 nonce) {
    page.bits |= 1 << (NONCES_PER_PAGE + (nonce % NONCES_PER_PAGE));
}
