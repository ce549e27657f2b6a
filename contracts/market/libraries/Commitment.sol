// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Outcome, TradeTerms} from "../interfaces/ITradeEscrow.sol";

/// @title The hash that is kept of a trade
/// @notice First the hash of its terms; once it is settled, one hash of these and its outcome, so that anybody can
/// prove a settled trade to another contract by supplying both. A trade that was ruled on keeps the hash of its terms
/// alone: the trades of a day are still added up by them. `sdk/market/terms.ts` has the same functions.
library Commitment {
    /// @notice Copies terms as they lie in the calldata, unchecked. The caller compares their commitment before using
    /// them: numbers that exceed their types do not hash to any commitment that was kept.
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
