// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Code that runs on the escrow's storage
abstract contract EscrowCode {
    /// @notice Thrown when the code is called by itself instead of through the escrow.
    error EscrowCode_NotEscrow();

    address private immutable _self = address(this);

    /// @dev The escrow has checked the caller and locked itself before it delegates here.
    modifier onlyEscrow() {
        if (address(this) == _self) revert EscrowCode_NotEscrow();
        _;
    }
}
