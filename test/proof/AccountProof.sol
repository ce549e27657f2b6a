// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Account} from "../../contracts/money/libraries/Account.sol";

/// @notice What holds for the word of every account: a change of one part leaves the others alone, and can be undone.
/// @dev The words are written out each time: with a helper for them, or with one step for either notary, the solver gives up.
contract AccountProof {
    uint256 private constant LIMIT = 2 ** 80;

    function partsAreReadAsTheyLie(uint80 balance, uint80 held, uint80 byFirst, uint16 marks) external pure {
        Account account = Account.wrap(
            balance + uint256(held) * 2 ** 80 + uint256(byFirst) * 2 ** 160 + uint256(marks) * 2 ** 240
        );
        assert(account.balance() == balance);
        assert(account.held() == held);
        assert(account.heldByFirst() == byFirst);
    }

    function creditChangesTheBalance(
        uint80 balance,
        uint80 held,
        uint80 byFirst,
        uint16 marks,
        uint80 amount
    ) external pure {
        require(uint256(balance) + amount < LIMIT);
        Account account = Account
            .wrap(balance + uint256(held) * 2 ** 80 + uint256(byFirst) * 2 ** 160 + uint256(marks) * 2 ** 240)
            .credit(amount);
        assert(account.balance() == uint256(balance) + amount);
        assert(account.held() == held);
        assert(account.heldByFirst() == byFirst);
    }

    function aHoldChangesWhatIsHeld(
        uint80 balance,
        uint80 held,
        uint80 byFirst,
        uint16 marks,
        uint80 amount
    ) external pure {
        require(uint256(held) + amount < LIMIT);
        Account account = Account
            .wrap(balance + uint256(held) * 2 ** 80 + uint256(byFirst) * 2 ** 160 + uint256(marks) * 2 ** 240)
            .hold(amount, false);
        assert(account.balance() == balance);
        assert(account.held() == uint256(held) + amount);
        assert(account.heldByFirst() == byFirst);
    }

    function aHoldForTheFirstNotaryChangesBoth(
        uint80 balance,
        uint80 held,
        uint80 byFirst,
        uint16 marks,
        uint80 amount
    ) external pure {
        require(uint256(held) + amount < LIMIT && uint256(byFirst) + amount < LIMIT);
        Account account = Account
            .wrap(balance + uint256(held) * 2 ** 80 + uint256(byFirst) * 2 ** 160 + uint256(marks) * 2 ** 240)
            .hold(amount, true);
        assert(account.balance() == balance);
        assert(account.held() == uint256(held) + amount);
        assert(account.heldByFirst() == uint256(byFirst) + amount);
    }

    function debitAndReleaseUndo(uint256 word, uint80 amount, bool first) external pure {
        Account account = Account.wrap(word);
        assert(Account.unwrap(account.credit(amount).debit(amount)) == word);
        assert(Account.unwrap(account.hold(amount, first).release(amount, first)) == word);
    }
}
