// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Deposits of a participant in one word, because every hold and payment reads all of it. Of the balance, `held` is held
/// for all notaries, of which `heldByFirst` is for the first, beside the balance because nearly every hold is its;
/// `optedIn` is the holder's opting in to the first notary, `frozen` the bank's freeze, `bank` the place of the bank that keeps
/// the account, 0 while none does. As a struct, reading and writing its parts one by one would cost nine times as much as the
/// sums themselves.
///
///   8 bank | 6 unused | 1 frozen | 1 optedIn | 80 heldByFirst | 80 held | 80 balance
///   highest bits                                                        lowest bits
type Account is uint256;

using Accounts for Account global;

/// @title Reading and changing the word
/// @notice Every amount is at most the part it is taken from, which the caller has checked; none is more than the supply,
/// a uint80, so that no part runs over into the next.
library Accounts {
    uint256 private constant AMOUNT_BITS = 80;
    /// @dev One more than the largest amount.
    uint256 private constant PART = 1 << AMOUNT_BITS;

    /// @dev 1 in each part above the balance: amounts are multiplied by it into their place.
    uint256 private constant HELD = 1 << AMOUNT_BITS;
    uint256 private constant HELD_BY_FIRST = HELD << AMOUNT_BITS;
    uint256 private constant OPTED_IN_SHIFT = 240;
    uint256 private constant FROZEN_SHIFT = 241;
    uint256 private constant OPTED_IN = 1 << OPTED_IN_SHIFT;
    uint256 private constant FROZEN = 1 << FROZEN_SHIFT;
    uint256 private constant BANK_SHIFT = 248;
    uint256 private constant ALL_BUT_BANK = (1 << BANK_SHIFT) - 1;

    function balance(Account account) internal pure returns (uint256) {
        return Account.unwrap(account) % PART;
    }

    function held(Account account) internal pure returns (uint256) {
        return (Account.unwrap(account) / HELD) % PART;
    }

    function heldByFirst(Account account) internal pure returns (uint256) {
        return (Account.unwrap(account) / HELD_BY_FIRST) % PART;
    }

    /// @dev What no notary holds.
    function free(Account account) internal pure returns (uint256) {
        unchecked {
            return account.balance() - account.held(); // Nothing is held that is not there.
        }
    }

    function isOptedIn(Account account) internal pure returns (bool) {
        return _has(account, OPTED_IN);
    }

    function isFrozen(Account account) internal pure returns (bool) {
        return _has(account, FROZEN);
    }

    /// @dev The place of the bank, see `SettlementBanks`.
    function bank(Account account) internal pure returns (uint256) {
        return Account.unwrap(account) >> BANK_SHIFT;
    }

    /// @dev Whether something new may be done with it: its bank is open and has not frozen it. Bits of one expression, because
    /// every hold asks it.
    /// @param openBanks A bit for each place whose bank is open; none for place 0.
    function isUsable(Account account, uint256 openBanks) internal pure returns (bool) {
        uint256 word = Account.unwrap(account);
        return (openBanks >> (word >> BANK_SHIFT)) & ~(word >> FROZEN_SHIFT) & 1 != 0;
    }

    /// @dev `isUsable`, and opted in to the first notary.
    function isUsableByFirst(Account account, uint256 openBanks) internal pure returns (bool) {
        uint256 word = Account.unwrap(account);
        return (openBanks >> (word >> BANK_SHIFT)) & ~(word >> FROZEN_SHIFT) & (word >> OPTED_IN_SHIFT) & 1 != 0;
    }

    /// @param place At most 255.
    function withBank(Account account, uint256 place) internal pure returns (Account) {
        return Account.wrap((Account.unwrap(account) & ALL_BUT_BANK) | (place << BANK_SHIFT));
    }

    function withOptedIn(Account account, bool optedIn) internal pure returns (Account) {
        return _with(account, OPTED_IN, optedIn);
    }

    function withFrozen(Account account, bool frozen) internal pure returns (Account) {
        return _with(account, FROZEN, frozen);
    }

    function credit(Account account, uint256 amountFen) internal pure returns (Account) {
        unchecked {
            return Account.wrap(Account.unwrap(account) + amountFen);
        }
    }

    function debit(Account account, uint256 amountFen) internal pure returns (Account) {
        unchecked {
            return Account.wrap(Account.unwrap(account) - amountFen);
        }
    }

    /// @param first Whether it is held for the first notary.
    function hold(Account account, uint256 amountFen, bool first) internal pure returns (Account) {
        unchecked {
            return
                Account.wrap(Account.unwrap(account) + (first ? amountFen * (HELD + HELD_BY_FIRST) : amountFen * HELD));
        }
    }

    function release(Account account, uint256 amountFen, bool first) internal pure returns (Account) {
        unchecked {
            return
                Account.wrap(Account.unwrap(account) - (first ? amountFen * (HELD + HELD_BY_FIRST) : amountFen * HELD));
        }
    }

    function _has(Account account, uint256 bit) private pure returns (bool) {
        return (Account.unwrap(account) / bit) % 2 != 0;
    }

    function _with(Account account, uint256 bit, bool on) private pure returns (Account) {
        if (_has(account, bit) == on) return account;
        return Account.wrap(on ? Account.unwrap(account) + bit : Account.unwrap(account) - bit);
    }
}
