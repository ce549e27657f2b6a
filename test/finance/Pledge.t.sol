// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {BidId, IFinancingDesk, RequestId} from "../../contracts/finance/interfaces/IFinancingDesk.sol";
import {Encumbrance, EncumbranceId, IReceivables} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {ParticipantId, ReceivableId} from "../../contracts/types/Ids.sol";
import {FinancePlatform} from "../utils/FinancePlatform.sol";

contract PledgeTest is FinancePlatform {
    string internal constant NUMBER = "0123 4567 8901";

    ReceivableId internal id;

    function setUp() public override {
        super.setUp();
        id = _issue(FACE);
    }

    function _pledge(uint128 units) internal returns (EncumbranceId) {
        vm.prank(plant);
        return receivables.encumber(id, units, firstBankId, NUMBER);
    }

    function _refuses(uint128 units, ParticipantId pledgee, string memory number, bytes memory revertData) internal {
        vm.prank(plant);
        vm.expectRevert(revertData);
        receivables.encumber(id, units, pledgee, number);
    }

    function _pledgedIs(uint256 units, string memory what) internal view {
        assertEq(receivables.encumbranceOf(id, plant).units, units, what);
        assertEq(receivables.freeUnitsOf(id, plant), _unitsOf(plant, id) - units, what);
    }

    // ---- encumber

    function test_encumber_pledgesUnitsThatStay() public {
        vm.expectEmit(address(receivables));
        emit IReceivables.ReceivableEncumbered(EncumbranceId.wrap(1), id, plant, firstBankId, 60, NUMBER);
        _pledge(60);
        Encumbrance memory expected = Encumbrance(EncumbranceId.wrap(1), firstBankId, 60);
        assertEq(abi.encode(receivables.encumbranceOf(id, plant)), abi.encode(expected), "pledge");
        assertEq(_unitsOf(plant, id), FACE, "units");
        _pledgedIs(60, "free");
    }

    function test_encumber_beyondTheLimitTakesTheHoldersSecondFactorOnce() public {
        _enrolFactor(plant, abi.encodePacked(_named("token")), 59);
        bytes memory call = abi.encodeCall(receivables.encumber, (id, 60, firstBankId, NUMBER));
        bytes32 subject = _callSubject(address(receivables), plantId, call);
        _refuses(60, firstBankId, NUMBER, _factorRequired(plantId, subject, 0, 60, 59));
        _confirmAsFactor("token", plantId, subject);
        _pledge(60);
        assertEq(secondFactor.exposureOf(plantId, START), 60, "counted");
        vm.prank(firstBank);
        receivables.releaseEncumbrance(id, plant);
        _refuses(60, firstBankId, NUMBER, _factorRequired(plantId, subject, 60, 60, 59));
    }

    function test_encumber_revertsWhereClosedOrWithoutStanding() public {
        bytes memory closed = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, plant);
        _close(address(receivables), true);
        _refuses(1, firstBankId, NUMBER, closed);
        _close(address(receivables), false);
        _suspend(plantId);
        _refuses(
            1,
            firstBankId,
            NUMBER,
            abi.encodeWithSelector(IReceivables.Receivables_ParticipantNotGood.selector, plant)
        );
    }

    function test_encumber_takesABankInGoodStandingAsPledgee() public {
        (, ParticipantId everythingElse) = _enrol("everything but a bank", (Kinds.SUPPLIER * 2 - 1) ^ Kinds.BANK);
        _refusesPledgee(everythingElse);
        _refusesPledgee(ParticipantId.wrap(99));
        _suspend(firstBankId);
        _refusesPledgee(firstBankId);
    }

    function _refusesPledgee(ParticipantId pledgee) internal {
        _refuses(1, pledgee, NUMBER, abi.encodeWithSelector(IReceivables.Receivables_PledgeeNotGood.selector, pledgee));
    }

    function test_encumber_revertsOnceUnitsAreFixed() public {
        _goTo(dueDay);
        _refuses(1, firstBankId, NUMBER, abi.encodeWithSelector(IReceivables.Receivables_UnitsFixed.selector, id));
    }

    function test_encumber_revertsForUnitsTheCallerDoesNotHold() public {
        _refusesUnits(0);
        _refusesUnits(FACE + 1);
        _pledge(FACE);
    }

    function _refusesUnits(uint128 units) internal {
        _refuses(
            units,
            firstBankId,
            NUMBER,
            abi.encodeWithSelector(IReceivables.Receivables_InsufficientUnits.selector, id, units, FACE)
        );
    }

    function test_encumber_allowsOnePledgeAtATime() public {
        _pledge(60);
        _refuses(
            1,
            secondBankId,
            NUMBER,
            abi.encodeWithSelector(IReceivables.Receivables_Encumbered.selector, id, plant, 60)
        );
        vm.prank(firstBank);
        receivables.releaseEncumbrance(id, plant);
        vm.prank(plant);
        EncumbranceId second = receivables.encumber(id, 1, secondBankId, NUMBER);
        assertEq(EncumbranceId.unwrap(second), 2, "the second");
    }

    function test_encumber_asksForTheNumberOfARegistration() public {
        _refuses(
            1,
            firstBankId,
            "",
            abi.encodeWithSelector(IReceivables.Receivables_InvalidRegistration.selector, 0, 64)
        );
        string memory longest = string(new bytes(64));
        _refuses(
            1,
            firstBankId,
            string.concat(longest, "1"),
            abi.encodeWithSelector(IReceivables.Receivables_InvalidRegistration.selector, 65, 64)
        );
        vm.prank(plant);
        receivables.encumber(id, 1, firstBankId, longest);
    }

    // ---- safeTransferFrom, accept

    function test_transfer_leavesPledgedUnits() public {
        _pledge(FACE - 100);
        _pass(plant, supplier, id, 40);
        bytes memory refusal = abi.encodeWithSelector(
            IReceivables.Receivables_Encumbered.selector,
            id,
            plant,
            FACE - 100
        );
        vm.startPrank(plant);
        vm.expectRevert(refusal);
        receivables.safeTransferFrom(plant, supplier, ReceivableId.unwrap(id), 61, "");
        // Named twice in a batch, each part alone would fit.
        (uint256[] memory ids, uint256[] memory units) = (new uint256[](2), new uint256[](2));
        (ids[0], ids[1]) = (ReceivableId.unwrap(id), ReceivableId.unwrap(id));
        (units[0], units[1]) = (60, 1);
        vm.expectRevert(refusal);
        receivables.safeBatchTransferFrom(plant, supplier, ids, units, "");
        units[1] = 0;
        receivables.safeBatchTransferFrom(plant, supplier, ids, units, "");
        vm.stopPrank();
        // What the supplier has is free.
        _pass(supplier, firstBank, id, 100);
    }

    function test_financing_takesNoPledgedUnits() public {
        vm.startPrank(plant);
        RequestId request = desk.requestFinancing(id, 100, 500, START.plusDays(5));
        receivables.setApprovalForAll(address(desk), true);
        vm.stopPrank();
        vm.prank(secondBank);
        BidId bid = desk.placeBid(request, 100, true, START.plusDays(5));
        _pledge(FACE - 99);
        bytes memory refusal = abi.encodeWithSelector(
            IFinancingDesk.FinancingDesk_InsufficientUnits.selector,
            id,
            100,
            99
        );
        vm.startPrank(plant);
        vm.expectRevert(refusal);
        desk.accept(bid);
        vm.expectRevert(refusal);
        desk.requestFinancing(id, 100, 500, START.plusDays(5));
        desk.requestFinancing(id, 99, 500, START.plusDays(5));
        vm.stopPrank();
    }

    // ---- collect

    function test_collect_paysThePledgeeFirst() public {
        _pledge(50_000_000);
        _goTo(dueDay);
        _repay(id, 30_000_000);
        vm.expectEmit(address(receivables));
        emit IReceivables.EncumbrancePaid(EncumbranceId.wrap(1), 30_000_000, 20_000_000);
        _collect(id, plant);
        assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH + 30_000_000, "bank");
        assertEq(deposits.balanceOfParticipant(plantId), 0, "plant");
        _pledgedIs(20_000_000, "the rest of the pledge");
        _repay(id, FACE - 30_000_000);
        vm.expectEmit(address(receivables));
        emit IReceivables.EncumbrancePaid(EncumbranceId.wrap(1), 20_000_000, 0);
        _collect(id, plant);
        assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH + 50_000_000, "bank in full");
        assertEq(deposits.balanceOfParticipant(plantId), FACE - 50_000_000, "plant the rest");
        assertEq(deposits.heldOf(worksId), 0, "nothing stays held");
        _pledgedIs(0, "ended");
        assertTrue(receivables.encumbranceOf(id, plant).pledgee.isNobody(), "and forgotten");
        vm.prank(firstBank);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_NotEncumbered.selector, id, plant));
        receivables.releaseEncumbrance(id, plant);
    }

    function test_collect_paysPledgeesAndOthersWhenEverythingIsShut() public {
        _pass(plant, supplier, id, 1_000);
        _pledge(FACE - 1_000);
        _suspend(firstBankId);
        _suspend(plantId);
        _close(address(receivables), true);
        _close(address(debts), true);
        _close(address(deposits), true);
        _goTo(dueDay.plusDays(1));
        uint256 feeFen = _lateFeeOf(_debtOf(id));
        _repay(id, _owed(id));
        address[] memory holders = new address[](2);
        (holders[0], holders[1]) = (supplier, plant);
        receivables.collect(id, holders);
        assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH + FACE - 1_000, "the pledge");
        // The late fee is beyond what was pledged.
        assertEq(
            deposits.balanceOfParticipant(plantId) + deposits.balanceOfParticipant(supplierId),
            1_000 + feeFen,
            ""
        );
        assertEq(deposits.heldOf(worksId), 0, "nothing stays held");
    }

    function testFuzz_collect_paysThePledgeeAllThatIsPledgedAndNotMore(uint256 seed, uint128 units) public {
        units = uint128(bound(units, 1, FACE));
        _pledge(units);
        _goTo(dueDay);
        uint256 expected;
        for (uint256 payment = 0; payment < 5; ++payment) {
            seed = uint256(keccak256(abi.encode(seed)));
            vm.warp(block.timestamp + (seed % 10) * 1 days);
            uint256 owed = _owed(id);
            uint256 amount = payment == 4 ? owed : bound(seed >> 64, 1, owed);
            if (amount == 0) break;
            _repay(id, amount);
            _collect(id, plant);
            expected = expected + amount < units ? expected + amount : units;
            assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH + expected, "bank");
            _pledgedIs(units - expected, "left");
        }
        assertEq(expected, units, "all of it in the end");
        assertEq(deposits.heldOf(worksId), 0, "nothing stays held");
    }

    // ---- releaseEncumbrance

    function test_release_beyondTheLimitTakesThePledgeesSecondFactor() public {
        _pledge(60);
        _enrolFactor(firstBank, abi.encodePacked(_named("token")), 59);
        bytes memory call = abi.encodeCall(receivables.releaseEncumbrance, (id, plant));
        bytes32 subject = _callSubject(address(receivables), firstBankId, call);
        bytes memory required = _factorRequired(firstBankId, subject, 0, 60, 59);
        vm.prank(firstBank);
        vm.expectRevert(required);
        receivables.releaseEncumbrance(id, plant);
        _confirmAsFactor("token", firstBankId, subject);
        vm.prank(firstBank);
        receivables.releaseEncumbrance(id, plant);
        _pledgedIs(0, "free");
        assertEq(secondFactor.exposureOf(firstBankId, START), 60, "counted");
    }

    function test_release_isThePledgeesEvenWhereEverythingIsShut() public {
        vm.prank(firstBank);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_NotEncumbered.selector, id, plant));
        receivables.releaseEncumbrance(id, plant);
        _pledge(60);
        vm.prank(plant);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_NotParty.selector, plant, firstBankId));
        receivables.releaseEncumbrance(id, plant);
        _close(address(receivables), true);
        _suspend(firstBankId);
        vm.expectEmit(address(receivables));
        emit IReceivables.EncumbranceReleased(EncumbranceId.wrap(1));
        vm.prank(firstBank);
        receivables.releaseEncumbrance(id, plant);
        _pledgedIs(0, "free");
    }
}
