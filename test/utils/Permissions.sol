// SPDX-License-Identifier: Apache-2.0
// Generated from the compiled contracts by `npm run codegen`. Do not edit.
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {Roles} from "../../contracts/access/Roles.sol";

/// @notice Which role may call which function, as `scripts/deploy/permissions.ts` has it where finance is switched on. By
/// the admin of the manager.
library Permissions {
    uint256 private constant SELECTOR_BYTES = 4;

    function participantRegistry(AccessManager manager, address target) internal {
        // propose, proposeRenewal, approve, reject, proposeAccount, approveAccount, withdrawReplacement
        _ask(manager, target, Roles.REGISTRAR, hex"6583422457499c8cb92e06d4bbe21ca57459e32902ada7412927d49a");
        // suspend, reinstate
        _ask(manager, target, Roles.COMPLIANCE, hex"a75d51c45c746ed0");
    }

    function secondFactor(AccessManager manager, address target) internal {
        // confirm
        _ask(manager, target, type(uint64).max, hex"840ce52c");
        // spendBoth, spendOnce, useConfirmation
        _ask(manager, target, Roles.EXPOSURE_BOOK, hex"cf1ab6117fddb16a4d272528");
    }

    function documentRegistry(AccessManager manager, address target) internal {
        // proposeKey, approveKey, rejectKey
        _ask(manager, target, Roles.REGISTRAR, hex"c7a098452fbf78abea802a77");
        // revokeKey
        _ask(manager, target, Roles.COMPLIANCE, hex"f0bcb849");
        // setAuditor
        _ask(manager, target, Roles.COUNCIL, hex"38ae35f0");
        // anchor, addReaders
        _ask(manager, target, type(uint64).max, hex"1379607fad00d1a2");
    }

    function meterRegistry(AccessManager manager, address target) internal {
        // register, deactivate, report, reportRoots, correct
        _ask(manager, target, Roles.METER_OPERATOR, hex"ac6f8d678774462ef7dfc672993372a7402c76b6");
        // finaliseAccepted
        _ask(manager, target, Roles.TRADE_BOOK, hex"211135f7");
        // setWindows, withdrawWindows
        _ask(manager, target, Roles.RULE_MAKER, hex"d27ef37d15c6bacd");
    }

    function marketRules(AccessManager manager, address target) internal {
        // publish, withdraw, addZone
        _ask(manager, target, Roles.RULE_MAKER, hex"7182d9143ccfd60bec44c697");
    }

    function depositToken(AccessManager manager, address target) internal {
        // issue, setFrozen, openAccount, confirmMove
        _ask(manager, target, Roles.BANK, hex"ea3f068d465607e93e7488b047c0558c");
        // proposeMove, approveMove
        _ask(manager, target, Roles.REGISTRAR, hex"df8d1e7acbeafb99");
        // setCap, approveNotary
        _ask(manager, target, Roles.COUNCIL, hex"9283e34c0df0fe81");
        // holdMany
        _ask(manager, target, Roles.NOTARY, hex"26dbd0d5");
        // transfer, transferFrom
        _ask(manager, target, type(uint64).max, hex"a9059cbb23b872dd");
    }

    function kwhToken(AccessManager manager, address target) internal {
        // approveMinter, withdrawMinter
        _ask(manager, target, Roles.COUNCIL, hex"5d31ab9839f65cea");
        // safeTransferFrom, safeBatchTransferFrom
        _ask(manager, target, type(uint64).max, hex"f242432a2eb2c2d6");
    }

    function financeRules(AccessManager manager, address target) internal {
        // publish, withdraw, announce
        _ask(manager, target, Roles.RULE_MAKER, hex"afcb073c3ccfd60b8198ba8f");
    }

    function debtLedger(AccessManager manager, address target) internal {
        // approvePoster, approveClaimBook
        _ask(manager, target, Roles.COUNCIL, hex"2cd5014082c9a2c9");
        // standStill, writeOff
        _ask(manager, target, Roles.ARBITER, hex"7abff62f08e789d1");
    }

    function tradeEscrow(AccessManager manager, address target) internal {
        // open, lockMargin, allowOnTerms
        _ask(manager, target, type(uint64).max, hex"6329614a6dfdf025ae95896b");
        // openRound
        _ask(manager, target, Roles.MARKET_OPERATOR, hex"6e85aa7c");
        // redirectPayee
        _ask(manager, target, Roles.ASSIGNMENT, hex"bfe1da2d");
        // freeze, rule
        _ask(manager, target, Roles.ARBITER, hex"5269ed54de5879b2");
    }

    function adjustmentDesk(AccessManager manager, address target) internal {
        // adjust
        _ask(manager, target, type(uint64).max, hex"325ed2a6");
    }

    function receivables(AccessManager manager, address target) internal {
        // issueFromDebt, safeTransferFrom, safeBatchTransferFrom, encumber
        _ask(manager, target, type(uint64).max, hex"6bec3cd0f242432a2eb2c2d67da4426d");
        // issueConfirmed
        _ask(manager, target, Roles.CLAIM_DESK, hex"bc993ff0");
    }

    function draftingDesk(AccessManager manager, address target) internal {
        // draft, confirm
        _ask(manager, target, type(uint64).max, hex"332d82772aa8835a");
    }

    function financingDesk(AccessManager manager, address target) internal {
        // requestFinancing, placeBid, accept
        _ask(manager, target, type(uint64).max, hex"bffa76aa0251e4f0938daf46");
    }

    function creditLedger(AccessManager manager, address target) internal {
        // countTrades, countDebt
        _ask(manager, target, type(uint64).max, hex"e28287add85ab192");
    }

    function objectionDesk(AccessManager manager, address target) internal {
        // object
        _ask(manager, target, type(uint64).max, hex"143f0fdc");
    }

    /// @param packed selectors, one after the other.
    function _ask(AccessManager manager, address target, uint64 role, bytes memory packed) private {
        bytes4[] memory selectors = new bytes4[](packed.length / SELECTOR_BYTES);
        for (uint256 i; i < packed.length; ++i) {
            selectors[i / SELECTOR_BYTES] |= bytes4(packed[i]) >> (8 * (i % SELECTOR_BYTES));
        }
        manager.setTargetFunctionRole(target, selectors, role);
    }
}
