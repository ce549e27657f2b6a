// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Vm} from "./Vm.sol";

/// @notice What every Solidity test says: that two values are equal, or that something holds.
abstract contract Assertions {
    error NotEqual(uint256 actual, uint256 expected, string what);
    error AddressesDiffer(address actual, address expected, string what);
    error HashesDiffer(bytes32 actual, bytes32 expected, string what);
    error BytesDiffer(bytes actual, bytes expected, string what);
    error TextsDiffer(string actual, string expected, string what);
    error Untrue(string what);

    /// @dev Where Hardhat's runner answers cheat codes: the low 20 bytes of keccak256("hevm cheat code").
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function assertEq(uint256 actual, uint256 expected, string memory what) internal pure {
        if (actual != expected) revert NotEqual(actual, expected, what);
    }

    function assertEq(address actual, address expected, string memory what) internal pure {
        if (actual != expected) revert AddressesDiffer(actual, expected, what);
    }

    function assertEq(bytes32 actual, bytes32 expected, string memory what) internal pure {
        if (actual != expected) revert HashesDiffer(actual, expected, what);
    }

    function assertEq(bytes memory actual, bytes memory expected, string memory what) internal pure {
        if (keccak256(actual) != keccak256(expected)) revert BytesDiffer(actual, expected, what);
    }

    function assertEq(string memory actual, string memory expected, string memory what) internal pure {
        if (keccak256(bytes(actual)) != keccak256(bytes(expected))) revert TextsDiffer(actual, expected, what);
    }

    function assertTrue(bool holds, string memory what) internal pure {
        if (!holds) revert Untrue(what);
    }

    function assertFalse(bool holds, string memory what) internal pure {
        if (holds) revert Untrue(what);
    }

    /// @notice `value` folded into [low, high]: for fuzz inputs, without throwing runs away.
    function bound(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        if (value >= low && value <= high) return value;
        uint256 span = high - low;
        return span == type(uint256).max ? value : low + (value % (span + 1));
    }
}
