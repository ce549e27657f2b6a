// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Merkle trees, written from the description of OpenZeppelin's JavaScript library
/// @notice Shares nothing with `MerkleTree` but the layout: the leaves at the end of an array, the first one last.
library MerkleTreeReference {
    function root(bytes32[] memory leaves) internal pure returns (bytes32) {
        return build(leaves)[0];
    }

    /// @notice What a leaf is hashed with, up to the root.
    function siblings(bytes32[] memory leaves, uint256 place) internal pure returns (bytes32[] memory list) {
        bytes32[] memory tree = build(leaves);
        bytes32[] memory found = new bytes32[](tree.length);
        uint256 count;
        for (uint256 node = tree.length - 1 - place; node != 0; node = (node - 1) / 2) {
            found[count++] = tree[node % 2 == 1 ? node + 1 : node - 1];
        }
        list = new bytes32[](count);
        for (uint256 i; i < count; ++i) {
            list[i] = found[i];
        }
    }

    function build(bytes32[] memory leaves) internal pure returns (bytes32[] memory tree) {
        tree = new bytes32[](leaves.length * 2 - 1);
        for (uint256 node = tree.length; node != 0; --node) {
            uint256 i = node - 1;
            if (i + 1 >= leaves.length) {
                tree[i] = leaves[tree.length - 1 - i];
                continue;
            }
            (bytes32 left, bytes32 right) = (tree[2 * i + 1], tree[2 * i + 2]);
            tree[i] = left < right ? keccak256(abi.encode(left, right)) : keccak256(abi.encode(right, left));
        }
    }
}
