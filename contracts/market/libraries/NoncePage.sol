// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day, RING_DAYS} from "../../types/Day.sol";
import {NonceKind} from "../interfaces/ITradeEscrow.sol";

/// @dev State of 112 nonces of a trader's orders of one kind for one delivery day; nonce n is on page n / 112. The word
/// carries its day: once the day is over it serves another one, so that a trader needs no fresh word a day.
///
///   32 day | 112 filled in part | 112 spent
///   highest bits                lowest bits
struct NoncePage {
    uint256 word;
}

using {read, spend, spendAll, markFilled} for NoncePage global;

uint256 constant NONCES_PER_PAGE = 112;

/// @dev How far the bits of filled nonces and the day lie above the lowest bit.
uint256 constant FILLED_OFFSET = NONCES_PER_PAGE;
uint256 constant NONCE_DAY_OFFSET = 2 * NONCES_PER_PAGE;

/// @dev Where the page of a nonce is kept among a trader's, or, by the nonce itself, its fill.
function nonceCell(NonceKind kind, Day day, uint256 place) pure returns (uint256) {
    return (((place << 2) | uint256(kind)) << 7) | (Day.unwrap(day) % RING_DAYS);
}

/// @dev Whether a nonce is spent, and whether an order of it was filled in part.
function read(NoncePage storage page, Day day, uint256 nonce) view returns (bool spent, bool filled) {
    uint256 bits = _bitsOf(page, day) >> (nonce % NONCES_PER_PAGE);
    return (bits & 1 != 0, (bits >> FILLED_OFFSET) & 1 != 0);
}

function spend(NoncePage storage page, Day day, uint256 nonce) {
    _set(page, day, 1 << (nonce % NONCES_PER_PAGE));
}

function spendAll(NoncePage storage page, Day day) {
    _set(page, day, type(uint112).max);
}

function markFilled(NoncePage storage page, Day day, uint256 nonce) {
    _set(page, day, 1 << (FILLED_OFFSET + (nonce % NONCES_PER_PAGE)));
}

function _set(NoncePage storage page, Day day, uint256 bits) {
    page.word = (uint256(Day.unwrap(day)) << NONCE_DAY_OFFSET) | _bitsOf(page, day) | bits;
}

/// @dev What the word says of the day: nothing if it is another day's.
function _bitsOf(NoncePage storage page, Day day) view returns (uint256) {
    uint256 word = page.word;
    return word >> NONCE_DAY_OFFSET == Day.unwrap(day) ? word & ((1 << NONCE_DAY_OFFSET) - 1) : 0;
}
