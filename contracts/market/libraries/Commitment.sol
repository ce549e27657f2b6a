// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {TradeId} from "../../types/Ids.sol";
// Used in assembly, where the linter does not look.
// solhint-disable-next-line no-unused-import
import {FREE_MEMORY, WORD_BYTES} from "../../types/Words.sol";
import {Outcome, TradeTerms} from "../interfaces/ITradeEscrow.sol";

/// @title The hashes that stand for a trade
/// @notice The hash of its terms goes into the book of its day; once it is settled or ruled on, one hash of this and its
/// outcome goes into a tree whose root is kept, so that anybody can prove it to another contract by supplying both.
/// `sdk/market/terms.ts` has the same functions.
library Commitment {
    /// @dev Structs of words alone are their own ABI encoding: fifteen of `TradeTerms`, five of `Outcome`.
    uint256 private constant TERMS_BYTES = 480;
    uint256 private constant ID_AND_TERMS_BYTES = 512;
    uint256 private constant OUTCOME_BYTES = 160;
    uint256 private constant HASH_AND_OUTCOME_BYTES = 192;

    /// @notice Copies terms as they lie in the calldata, unchecked. The caller compares their commitment before using
    /// what follows from them: numbers that exceed their types do not hash to any commitment that was kept.
    function copyTerms(TradeTerms calldata given, TradeTerms memory terms) internal pure {
        assembly ("memory-safe") {
            calldatacopy(terms, given, TERMS_BYTES)
        }
    }

    /// @notice keccak256 of the ABI encoding of a trade's id and terms.
    function ofTerms(TradeId id, TradeTerms memory terms) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            // Free memory, not taken.
            let free := mload(FREE_MEMORY)
            mstore(free, id)
            mcopy(add(free, WORD_BYTES), terms, TERMS_BYTES)
            hash := keccak256(free, ID_AND_TERMS_BYTES)
        }
    }

    /// @notice See `TradeTerms.scheduleHash`.
    function ofSchedule(bytes32 energyHash, bytes32 positionHash) internal pure returns (bytes32) {
        return Hashes.efficientKeccak256(energyHash, positionHash);
    }

    /// @notice keccak256 of the ABI encoding of a commitment to terms and the outcome.
    function ofOutcome(bytes32 ofTerms_, Outcome memory outcome) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            // As above.
            let free := mload(FREE_MEMORY)
            mstore(free, ofTerms_)
            mcopy(add(free, WORD_BYTES), outcome, OUTCOME_BYTES)
            hash := keccak256(free, HASH_AND_OUTCOME_BYTES)
        }
    }
}
