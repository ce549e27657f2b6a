// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @title Merkle trees: over the outcomes of a call, over the meter days of a report
/// @notice A complete binary tree as in OpenZeppelin's JavaScript library, its leaves in the order given, its nodes hashed as
/// `MerkleProof` checks them. Who uses it sees to it that no leaf passes for a node, which is the hash of two hashes.
/// `sdk/types/merkleTree.ts` has the same.
library MerkleTree {
    /// @notice The root over the first `count` leaves, at least one.
    function root(bytes32[] memory leaves, uint256 count) internal pure returns (bytes32) {
        unchecked {
            // The leaves lie at the end, the first one last; the children of node i are 2 i + 1 and 2 i + 2.
            bytes32[] memory tree = new bytes32[](2 * count - 1);
            uint256 last = 2 * count - 2;
            for (uint256 i; i < count; ++i) {
                tree[last - i] = leaves[i];
            }
            for (uint256 i = count - 1; i != 0; --i) {
                tree[i - 1] = Hashes.commutativeKeccak256(tree[2 * i - 1], tree[2 * i]);
            }
            return tree[0];
        }
    }
}
