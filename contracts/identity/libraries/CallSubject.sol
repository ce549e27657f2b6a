// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../types/Calendar.sol";
import {Day} from "../../types/Day.sol";
import {ParticipantId} from "../../types/Ids.sol";

/// @title What a second factor confirms where nothing that is signed carries a nonce
/// @notice A participant makes one call of one contract, on one day of Shanghai. A person who sees the call sees what is
/// confirmed, and no function needs a definition of its own.
library CallSubject {
    /// @notice The subject of a call; `target` is called with bytes whose keccak256 is `callHash`.
    function hash(
        address target,
        ParticipantId participant,
        bytes32 callHash,
        Day day
    ) internal view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, target, participant, callHash, day));
    }

    /// @notice The subject of the call that is being made, today. For the contract that was called from outside.
    function ofThisCall(ParticipantId participant) internal view returns (bytes32) {
        return hash(address(this), participant, keccak256(msg.data), Calendar.today());
    }
}
