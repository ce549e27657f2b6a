// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Account} from "../../contracts/money/libraries/Account.sol";
import {Assertions} from "../utils/Assertions.sol";

contract AccountTest is Assertions {
    function testFuzz_flags_comeAndGoWithoutATrace(
        uint80 balanceFen,
        uint256 heldFen,
        bool first,
        uint8 flags
    ) public pure {
        heldFen = bound(heldFen, 0, balanceFen);
        Account account = Account.wrap(0).credit(balanceFen).hold(heldFen, first);
        account = account.withOptedIn(flags & 1 != 0).withFrozen(flags & 2 != 0);
        _isKept(account, account.withOptedIn(!account.isOptedIn()).withOptedIn(account.isOptedIn()), "trust");
        _isKept(account, account.withFrozen(!account.isFrozen()).withFrozen(account.isFrozen()), "freeze");
        _isKept(account, account.withOptedIn(account.isOptedIn()).withFrozen(account.isFrozen()), "said twice");
    }

    function _isKept(Account before, Account afterwards, string memory what) private pure {
        assertEq(Account.unwrap(afterwards), Account.unwrap(before), what);
    }
}
