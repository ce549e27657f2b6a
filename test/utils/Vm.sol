// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice The cheat codes of Hardhat's Solidity tests that these tests use.
// solhint-disable-next-line interface-starts-with-i
interface Vm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    // ---- who calls, and when

    function prank(address sender) external;
    function startPrank(address sender) external;
    function stopPrank() external;
    function warp(uint256 timestamp) external;
    function roll(uint256 blockNumber) external;
    function chainId(uint256 id) external;

    // ---- what must happen

    /// @notice The next call reverts, with any error.
    function expectRevert() external;
    /// @notice The next call reverts with an error of this selector, with any values.
    function expectPartialRevert(bytes4 selector) external;
    /// @notice The next call reverts with an error without values.
    function expectRevert(bytes4 selector) external;
    /// @notice The next call reverts with exactly this.
    function expectRevert(bytes calldata revertData) external;
    /// @notice The next call emits the event that the test emits next, with the same topics and data.
    function expectEmit() external;
    /// @notice As `expectEmit`, and `emitter` emits it.
    function expectEmit(address emitter) external;
    /// @notice The next call calls `callee` with data that begins so, `count` times.
    function expectCall(address callee, bytes calldata data, uint64 count) external;
    /// @notice Skips a fuzz run whose inputs make no sense.
    function assume(bool condition) external pure;

    // ---- accounts

    function addr(uint256 privateKey) external pure returns (address);
    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function label(address account, string calldata name) external;
    function deal(address account, uint256 balance) external;

    // ---- looking inside

    /// @notice The creation code of a compiled contract.
    function getCode(string calldata contractName) external view returns (bytes memory);
    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory);
    function load(address target, bytes32 slot) external view returns (bytes32);
    function store(address target, bytes32 slot, bytes32 value) external;
    function etch(address target, bytes calldata code) external;
    function mockCall(address callee, bytes calldata data, bytes calldata returnData) external;
    function clearMockedCalls() external;
    function snapshotState() external returns (uint256 id);
    function revertToState(uint256 id) external returns (bool);
    function envOr(string calldata name, uint256 otherwise) external view returns (uint256);
    function toString(uint256 value) external pure returns (string memory);
}
