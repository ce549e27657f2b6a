// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

// Used in assembly, where the linter does not look.
// solhint-disable-next-line no-unused-import
import {FREE_MEMORY, WORD_BYTES} from "../../types/Words.sol";
import {Outcome, TradeTerms} from "../interfaces/ITradeEscrow.sol";

/// @title The hash that is kept of a trade
/// @notice First the hash of its terms; once it is settled, one hash of these and its outcome, so that anybody can
/// prove a settled trade to another contract by supplying both. A trade that was ruled on keeps the hash of its terms
/// alone: the trades of a day are still added up by them. `sdk/market/terms.ts` has the same functions.
library Commitment {
    /// @dev Structs of words alone are their own ABI encoding: fifteen of `TradeTerms`, five of `Outcome`.
    uint256 private constant TERMS_BYTES = 480;
    uint256 private constant OUTCOME_BYTES = 160;
    uint256 private constant HASH_AND_OUTCOME_BYTES = 192;

    /// @notice Copies terms as they lie in the calldata, unchecked. The caller compares their commitment before using
    /// them: numbers that exceed their types do not hash to any commitment that was kept.
    function copyTerms(TradeTerms calldata given, TradeTerms memory terms) internal pure {
        assembly ("memory-safe") {
            calldatacopy(terms, given, TERMS_BYTES)
        }
    }

    /// @notice First 30 bytes of keccak256 of the terms' ABI encoding.
    function ofTerms(TradeTerms memory terms) internal pure returns (bytes30) {
        bytes32 hash;
        assembly ("memory-safe") {
            hash := keccak256(terms, TERMS_BYTES)
        }
        return bytes30(hash);
    }

    /// @notice First 30 bytes of keccak256 of the ABI encoding of what is kept of the terms, and the outcome.
    function ofOutcome(bytes30 ofTerms_, Outcome memory outcome) internal pure returns (bytes30) {
        bytes32 hash = ofTerms_;
        assembly ("memory-safe") {
            // Free memory, not taken.
            let free := mload(FREE_MEMORY)
            mstore(free, hash)
            mcopy(add(free, WORD_BYTES), outcome, OUTCOME_BYTES)
            hash := keccak256(free, HASH_AND_OUTCOME_BYTES)
        }
        return bytes30(hash);
    }
}
