// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RuleSet} from "./interfaces/IMarketRules.sol";

/// @title A rule set, kept as the code of an account
/// @notice A rule set is written once and read as a whole by every opening: copying code costs an eighth of reading as
/// many storage words, and the account's code hash is the hash of the rules.
/// @dev Calling the account does nothing: the encoding begins with a zero byte (the first field has 32 bits), which is
/// the STOP instruction.
contract RuleSetRecord {
    constructor(RuleSet memory rules) {
        bytes memory encoded = abi.encode(rules);
        assembly ("memory-safe") {
            return(add(encoded, 32), mload(encoded))
        }
    }
}
