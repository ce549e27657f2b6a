// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title Bounded calls to contracts that nobody vouches for
/// @notice A wallet or a policy answers with bounded gas and one word, so that it can spoil its own answer only.
library BoundedCall {
    /// @notice Thrown when the call is left with less gas than the answer may take.
    error BoundedCall_TooLittleGas(uint256 gasLeft, uint256 needed);

    /// @dev Room for a passkey checked without a precompile.
    uint256 internal constant SIGNATURE_GAS = 400_000;

    /// @notice Whether `signer` vouches for `digest`: by ECDSA (low s), or, if the signer is a contract, by ERC-1271.
    /// @dev ECDSA first: it saves reading the account of a signer without code.
    function isValidSignature(address signer, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        (address recovered, ECDSA.RecoverError failure, ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (failure == ECDSA.RecoverError.NoError && recovered == signer) return true;
        if (signer.code.length == 0) return false;
        (bool success, uint256 answer) = ask(
            signer,
            SIGNATURE_GAS,
            abi.encodeCall(IERC1271.isValidSignature, (digest, signature))
        );
        return success && answer == uint256(bytes32(IERC1271.isValidSignature.selector));
    }

    /// @notice Static call with exactly `gasLimit`, reading one word of the answer.
    /// @dev The sender of the transaction chooses its gas. With too little of it, an answer that ran out of gas would
    /// look like a refusal (and gas estimates settle on the least that does not revert), so the full limit must be
    /// available.
    /// @return success whether the call succeeded and answered a word.
    function ask(
        address target,
        uint256 gasLimit,
        bytes memory data
    ) internal view returns (bool success, uint256 answer) {
        // One part in 64 stays behind; 5,000 pay for the call itself.
        uint256 needed = gasLimit + gasLimit / 63 + 5_000;
        if (gasleft() < needed) revert BoundedCall_TooLittleGas(gasleft(), needed);
        assembly ("memory-safe") {
            success := staticcall(gasLimit, target, add(data, 32), mload(data), 0, 32)
            success := and(success, gt(returndatasize(), 31))
            if success {
                answer := mload(0)
            }
        }
    }
}
