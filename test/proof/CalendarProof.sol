// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";

/// @notice What holds for every day; dates are checked one by one in `test/types/Calendar.t.sol`.
contract CalendarProof {
    function aDayBeginsWithASecondOfItsOwn(uint32 day) external pure {
        require(day != 0);
        assert(Day.unwrap(Calendar.dayAt(Calendar.startOf(Day.wrap(day)))) == day);
    }
}
