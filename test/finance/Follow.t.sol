// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

import {EncumbranceId, IReceivables} from "../../contracts/finance/interfaces/IReceivables.sol";
import {ParticipantId, ReceivableId} from "../../contracts/types/Ids.sol";
import {FollowBehaviour} from "../behaviours/FollowBehaviour.sol";
import {FinancePlatform} from "../utils/FinancePlatform.sol";
import {Platform} from "../utils/Platform.sol";

/// @notice Units of receivables, when the account of their holder is replaced.
contract FollowTest is FinancePlatform, FollowBehaviour {
    ReceivableId internal id;
    address internal account = _named("Zipingpu hydropower, new key");

    function setUp() public override(FinancePlatform, Platform) {
        super.setUp();
        id = _issue(FACE);
    }

    function _follow(ReceivableId which) internal {
        uint256[] memory ids = new uint256[](1);
        ids[0] = ReceivableId.unwrap(which);
        vm.prank(stranger);
        receivables.follow(plant, ids);
    }

    function _follow() internal {
        _follow(id);
    }

    function _pledge(address holder, uint128 units) internal returns (EncumbranceId) {
        vm.prank(holder);
        return receivables.encumber(id, units, holder == plant ? firstBankId : secondBankId, "0123 4567");
    }

    function _pledgedBy(address holder) internal view returns (uint256) {
        return receivables.encumbranceOf(id, holder).units;
    }

    // ---- follow

    function test_follow_movesUnitsThatNoLongerMove() public {
        _replaceAccount(plantId, account);
        _goTo(dueDay.plusDays(6));
        debts.declareDefault(_debtOf(id));
        _standStill(_debtOf(id), block.timestamp + 30 days);
        _follow();
        assertEq(_unitsOf(account, id), FACE, "in force");
        _repay(id, _owed(id));
        uint256 before = deposits.balanceOfParticipant(plantId);
        _collect(id, account);
        assertTrue(deposits.balanceOfParticipant(plantId) - before > FACE, "face value and late fee");
    }

    function test_collect_paysTheParticipantOfAFormerAccountInAnyState() public {
        _replaceAccount(plantId, account);
        _goTo(dueDay);
        _repay(id, 60_000_000);
        uint256 before = deposits.balanceOf(account);
        _collect(id, plant);
        assertEq(deposits.balanceOf(account) - before, 60_000_000, "collected from the former account");
        _follow();
        assertEq(receivables.collectable(id, plant) + receivables.collectable(id, account), 0, "once");
        _repay(id, _owed(id));
        _collect(id, account);
        assertEq(deposits.balanceOf(account) - before, FACE, "all of it");
        assertEq(receivables.unitsOf(id), 0, "units");
    }

    /// @dev Beside a claim whose holder never had another account.
    function testFuzz_follow_leavesWhatHoldersCollectAsIfNothingHadHappened(
        uint256 passed,
        uint256 back,
        uint256[3] memory paid,
        bool late
    ) public {
        ReceivableId twin = _issue(FACE);
        passed = bound(passed, 1, FACE);
        back = bound(back, 0, passed);
        _pass(plant, supplier, id, passed);
        _pass(plant, supplier, twin, passed);
        _replaceAccount(plantId, account);
        // On the twin everything follows at once.
        _follow(twin);
        _pass(supplier, account, id, back);
        _pass(supplier, account, twin, back);
        _goTo(late ? dueDay.plusDays(40) : dueDay);
        for (uint256 i; i < 3; ++i) {
            uint256 owed = _owed(id);
            if (owed == 0) break;
            uint256 amount = i == 2 ? owed : bound(paid[i], 1, owed);
            _repay(id, amount);
            _repay(twin, amount);
            if (paid[i] % 2 == 0) {
                _collect(id, plant);
                _collect(id, account);
                _collect(twin, account);
            }
            if (i == 1) _follow();
            if (late) vm.warp(block.timestamp + 10 days);
        }
        _follow();
        address[3] memory holders = [plant, account, supplier];
        for (uint256 i; i < 3; ++i) {
            _collect(id, holders[i]);
            _collect(twin, holders[i]);
        }
        assertEq(receivables.unitsOf(id), receivables.unitsOf(twin), "units");
        assertEq(debts.claimOf(_debtOf(id)).heldFen, 0, "nothing is left behind");
        assertEq(debts.claimOf(_debtOf(twin)).heldFen, 0, "nor of the twin");
    }

    function test_follow_bringsThePledgeAlong() public {
        EncumbranceId encumbrance = _pledge(plant, 70);
        _replaceAccount(plantId, account);
        vm.expectEmit(address(receivables));
        emit IReceivables.EncumbranceFollowed(encumbrance, account);
        _follow();
        assertEq(_pledgedBy(plant), 0, "former");
        assertEq(_pledgedBy(account), 70, "current");
        assertEq(receivables.freeUnitsOf(id, account), FACE - 70, "free");
        _goTo(dueDay);
        _repay(id, 100);
        uint256 before = deposits.balanceOfParticipant(firstBankId);
        _collect(id, account);
        assertEq(deposits.balanceOfParticipant(firstBankId) - before, 70, "the pledgee is paid");
    }

    function test_follow_waitsWhilePledgesLieOnBothAccounts() public {
        _pass(plant, supplier, id, 1_000);
        _pledge(plant, 70);
        _replaceAccount(plantId, account);
        _pass(supplier, account, id, 1_000);
        _pledge(account, 50);
        bytes memory refusal = abi.encodeWithSelector(IReceivables.Receivables_Encumbered.selector, id, account, 50);
        vm.expectRevert(refusal);
        _follow();

        // Paid meanwhile: each pledgee out of the units it lies on.
        _goTo(dueDay);
        _repay(id, FACE / 1_000);
        (uint256 first, uint256 second) = (
            deposits.balanceOfParticipant(firstBankId),
            deposits.balanceOfParticipant(secondBankId)
        );
        _collect(id, plant);
        _collect(id, account);
        assertEq(deposits.balanceOfParticipant(firstBankId) - first, 70, "first pledgee");
        assertEq(deposits.balanceOfParticipant(secondBankId) - second, 0, "less than a fen so far");
        // That of the former account has ended.
        _follow();
        assertEq(_pledgedBy(account), 50, "the pledge that is left");
        assertEq(_unitsOf(plant, id), 0, "former");
    }

    // ---- hooks

    function _followingToken() internal view override returns (IERC1155) {
        return receivables;
    }

    function _holder() internal view override returns (ParticipantId) {
        return plantId;
    }

    function _neighbour() internal view override returns (address) {
        return supplier;
    }

    function _giveUnits() internal override returns (uint256, uint256) {
        return (ReceivableId.unwrap(_issue(FACE)), FACE);
    }

    function _followAs(address caller, address former, uint256[] memory ids) internal override {
        vm.prank(caller);
        receivables.follow(former, ids);
    }

    function _notFormerAccount(address former) internal pure override returns (bytes memory) {
        return abi.encodeWithSelector(IReceivables.Receivables_NotFormerAccount.selector, former);
    }

    function _participantNotGood(address holder) internal pure override returns (bytes memory) {
        return abi.encodeWithSelector(IReceivables.Receivables_ParticipantNotGood.selector, holder);
    }
}
