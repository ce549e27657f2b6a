// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {Day} from "../../types/Day.sol";

/// @dev All that is kept of what a selling meter day sold: one hash of its position and of its trades, chained in the order
/// of opening. Who names them proves them; they are found in the log. Once the day is done, its word serves another.
///
///   32 day | 8 flags | 16 number of trades | 200 last bits of keccak256(position hash, hash of the trades), or 0
///   highest bits                                                                                 lowest bits
type DayBook is uint256;

using {dayOf, count, isEmpty, isDone, holds, close, markMinted} for DayBook global;

uint256 constant BOOK_DAY = 224;
uint256 constant BOOK_COUNT = 200;
uint256 constant BOOK_HASH_MASK = (1 << BOOK_COUNT) - 1;

/// @dev Every trade is settled or ruled on.
uint256 constant BOOK_CLOSED = 1 << 216;
/// @dev What was generated beyond the position is minted.
uint256 constant BOOK_MINTED = 1 << 217;

/// @dev Two wallets can open so many trades of a meter day at most: who settles one of them names those opened after
/// it, and has to find room for that in a transaction. What the market clears is counted by its operator.
uint256 constant MOST_BILATERAL_TRADES = 2048;

/// @dev The book of a day that sold what `position` and `trades` say, in `count_` trades.
function bookOf(Day day, bytes32 position, bytes32 trades, uint256 count_) pure returns (DayBook) {
    if (count_ > type(uint16).max) count_ = type(uint16).max;
    return DayBook.wrap((uint256(Day.unwrap(day)) << BOOK_DAY) | (count_ << BOOK_COUNT) | _hash(position, trades));
}

/// @dev The hash of trades once another one is opened; `commitment` is of that one, see `Commitment.ofTerms`.
function chain(bytes32 trades, bytes32 commitment) pure returns (bytes32) {
    return Hashes.efficientKeccak256(trades, commitment);
}

/// @dev The book of a day that sold nothing yet.
function emptyBook(Day day) pure returns (DayBook) {
    return bookOf(day, 0, 0, 0);
}

function dayOf(DayBook book) pure returns (uint256) {
    return DayBook.unwrap(book) >> BOOK_DAY;
}

/// @dev How many trades there are; 2^16 - 1 stands for more, too.
function count(DayBook book) pure returns (uint256) {
    return uint16(DayBook.unwrap(book) >> BOOK_COUNT);
}

function isEmpty(DayBook book) pure returns (bool) {
    return DayBook.unwrap(book) & BOOK_HASH_MASK == 0;
}

/// @dev Whether nobody needs it any more, so that its word may serve another day.
function isDone(DayBook book) pure returns (bool) {
    uint256 done = BOOK_CLOSED | BOOK_MINTED;
    return DayBook.unwrap(book) & done == done;
}

/// @dev Whether this is what was sold.
function holds(DayBook book, bytes32 position, bytes32 trades) pure returns (bool) {
    return DayBook.unwrap(book) & BOOK_HASH_MASK == _hash(position, trades);
}

function close(DayBook book) pure returns (DayBook) {
    return DayBook.wrap(DayBook.unwrap(book) | BOOK_CLOSED);
}

function markMinted(DayBook book) pure returns (DayBook) {
    return DayBook.wrap(DayBook.unwrap(book) | BOOK_MINTED);
}

function _hash(bytes32 position, bytes32 trades) pure returns (uint256) {
    if (position | trades == 0) return 0;
    return uint256(Hashes.efficientKeccak256(position, trades)) & BOOK_HASH_MASK;
}
