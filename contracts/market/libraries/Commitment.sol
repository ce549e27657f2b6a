// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Outcome, TradeTerms} from "../interfaces/ITradeEscrow.sol";

/// @title What is kept of a trade instead of the trade
/// @notice First its terms by hash; once it is settled, these and its outcome in one hash, so that anybody can prove a settled
/// trade to another contract by repeating both. What was ruled on keeps its terms alone: the trades of a day are still added
/// up by them. `sdk/market/terms.ts` has the same functions.
library Commitment {
    /// @notice Copies terms as they lie in the calldata, unchecked. The caller compares their commitment before anything is
    /// done with them: numbers that reach beyond their types hash to none that was kept.
    function copyTerms(TradeTerms calldata given, TradeTerms memory terms) internal pure {
        assembly ("memory-safe") {
            calldatacopy(terms, given, 448)
        }
    }

    /// @notice First 30 bytes of keccak256 of the terms' ABI encoding.
    function ofTerms(TradeTerms memory terms) internal pure returns (bytes30) {
        bytes32 hash;
        assembly ("memory-safe") {
            // A struct of fourteen words in memory is its own ABI encoding.
            hash := keccak256(terms, 448)
        }
        return bytes30(hash);
    }

    /// @notice First 30 bytes of keccak256 of the ABI encoding of what is kept of the terms, and the outcome.
    function ofOutcome(bytes30 ofTerms_, Outcome memory outcome) internal pure returns (bytes30) {
        bytes32 hash = ofTerms_;
        assembly ("memory-safe") {
            // Free memory, not taken; a struct of five words is its own ABI encoding.
            let free := mload(0x40)
            mstore(free, hash)
            mcopy(add(free, 32), outcome, 160)
            hash := keccak256(free, 192)
        }
        return bytes30(hash);
    }
}
