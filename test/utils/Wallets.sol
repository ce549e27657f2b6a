// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A wallet that is a contract: ERC-1271, owned by one key.
contract SigningWallet is ERC1155Holder {
    address internal immutable OWNER;

    constructor(address owner) {
        OWNER = owner;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external virtual returns (bytes4) {
        return ECDSA.recover(digest, signature) == OWNER ? this.isValidSignature.selector : bytes4(0);
    }
}

error NoThanks();
error NoAnswerToday();

/// @notice How a hostile wallet answers when asked for a signature.
enum Spite {
    None,
    BurnGas,
    ReturnBomb,
    RevertBomb,
    WrongWord,
    ShortAnswer,
    Reenter
}

/// @notice A wallet that misbehaves when asked, and refuses every token once set to.
contract HostileWallet is SigningWallet {
    Spite public spite;
    bool public refusesTokens;
    address public target;
    bytes public attack;
    /// @dev The last attempt from a token callback: whether it got through, and what it was answered.
    bool public attempted;
    bool public broke;
    bytes public answer;

    constructor(address owner) SigningWallet(owner) {}

    function setSpite(Spite how) external {
        spite = how;
    }

    function setRefusal(bool refuses) external {
        refusesTokens = refuses;
    }

    /// @notice What to call when called back.
    function arm(address target_, bytes calldata attack_) external {
        (target, attack) = (target_, attack_);
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external override returns (bytes4) {
        if (spite == Spite.BurnGas) {
            while (true) {}
        }
        if (spite == Spite.ReturnBomb || spite == Spite.RevertBomb) {
            bool reverts = spite == Spite.RevertBomb;
            assembly ("memory-safe") {
                if reverts {
                    revert(0, 300000)
                }
                return(0, 300000)
            }
        }
        if (spite == Spite.WrongWord) return bytes4(0xffffffff);
        if (spite == Spite.ShortAnswer) {
            bytes4 magic = this.isValidSignature.selector;
            assembly ("memory-safe") {
                mstore(0, magic)
                return(0, 4)
            }
        }
        if (spite == Spite.Reenter) {
            (bool success, bytes memory data) = target.call(attack);
            if (!success) {
                assembly ("memory-safe") {
                    revert(add(data, 32), mload(data))
                }
            }
        }
        return ECDSA.recover(digest, signature) == OWNER ? this.isValidSignature.selector : bytes4(0);
    }

    function onERC1155Received(
        address operator,
        address from,
        uint256 id,
        uint256 value,
        bytes memory data
    ) public override returns (bytes4) {
        if (refusesTokens) revert NoThanks();
        if (attack.length != 0) {
            attempted = true;
            (broke, answer) = target.call(attack);
        }
        return super.onERC1155Received(operator, from, id, value, data);
    }
}

/// @notice A bond policy that returns what is set, or misbehaves.
contract TestBondPolicy {
    uint256 public rateBp;
    bool public fails;
    bool public burns;

    function set(uint256 rateBp_, bool fails_, bool burns_) external {
        (rateBp, fails, burns) = (rateBp_, fails_, burns_);
    }

    function bondRateBp(uint32, uint16) external view returns (uint256) {
        if (fails) revert NoAnswerToday();
        while (burns) {}
        return rateBp;
    }
}
