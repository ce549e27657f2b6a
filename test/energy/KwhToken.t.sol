// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";

import {KwhToken} from "../../contracts/energy/KwhToken.sol";
import {IKwhToken, KwhMint} from "../../contracts/energy/interfaces/IKwhToken.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../../contracts/identity/interfaces/ISecondFactor.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DayProof} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {Direction, FirmSize} from "../../contracts/types/Enums.sol";
import {MeterId, ParticipantId} from "../../contracts/types/Ids.sol";
import {FollowBehaviour} from "../behaviours/FollowBehaviour.sol";
import {Deploy} from "../utils/Deploy.sol";

/// @notice A wallet that tries to retire what arrives once more for every unit, from inside the callback.
contract GreedyWallet is ERC1155Holder {
    KwhToken private immutable KWH;
    MeterId private immutable METER;
    bytes private _metered;
    DayProof private _proof;
    bool public retired;

    error RetiredMoreThanArrived();

    constructor(KwhToken kwh, MeterId meter, bytes memory metered) {
        (KWH, METER, _metered) = (kwh, meter, metered);
    }

    function onERC1155Received(
        address operator,
        address from,
        uint256 id,
        uint256 value,
        bytes memory data
    ) public override returns (bytes4) {
        KWH.retire(id, value, METER, _metered, _proof);
        retired = true;
        try KWH.retire(id, 1, METER, _metered, _proof) {
            revert RetiredMoreThanArrived();
        } catch {}
        return super.onERC1155Received(operator, from, id, value, data);
    }
}

contract KwhTokenTest is FollowBehaviour {
    /// @dev A level day of 1 MWh a slot.
    uint32 internal constant SLOT_WH = 1_000_000;
    uint256 internal constant DAY_WH = 96_000_000;

    address internal seller;
    ParticipantId internal sellerId;
    address internal buyer;
    ParticipantId internal buyerId;
    MeterId internal generator;
    MeterId internal load;
    bytes internal metered;
    uint256 internal id;

    uint256 private _given;

    address internal escrow = _named("escrow");
    address internal successor = _named("successor");

    function setUp() public override {
        super.setUp();
        (seller, sellerId) = _enrol("Zipingpu hydropower", Kinds.GENERATOR);
        (buyer, buyerId) = _enrol("Deyang turbine works", Kinds.CONSUMER);
        generator = _registerMeter(sellerId, Direction.Generation);
        load = _registerMeter(buyerId, Direction.Consumption);
        metered = _levelCurve(SLOT_WH);
        id = kwh.idOf(generator, START);
        _approveMinter(escrow, Day.wrap(0));
    }

    function _approveMinter(address minter, Day fromDay) internal {
        vm.prank(council);
        kwh.approveMinter(minter, fromDay);
    }

    function _mint(address to, uint128 energyWh) internal {
        KwhMint[] memory mints = new KwhMint[](1);
        mints[0] = KwhMint(to, generator, START, energyWh);
        vm.prank(escrow);
        kwh.mint(mints);
    }

    function _measureLoad() internal {
        _measure(load, START, metered);
    }

    function _retire(uint256 amountWh) internal {
        vm.prank(buyer);
        kwh.retire(id, amountWh, load, metered, _ofWords());
    }

    function _transfer(address from, address to, uint256 amountWh) internal {
        vm.prank(from);
        kwh.safeTransferFrom(from, to, id, amountWh, "");
    }

    function _unauthorized(address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller);
    }

    function _notGood(address account) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IKwhToken.KwhToken_ParticipantNotGood.selector, account);
    }

    // ---- idOf

    function testFuzz_idOf_holdsMeterAndDay(uint64 meter, uint32 day) public view {
        uint256 token = kwh.idOf(MeterId.wrap(meter), Day.wrap(day));
        assertEq(token >> 32, meter, "meter");
        assertEq(uint32(token), day, "day");
    }

    function test_token_namesItsMetadata() public view {
        assertEq(kwh.uri(id), "https://example.invalid/kwh/{id}.json", "uri");
        assertTrue(kwh.supportsInterface(type(IERC1155).interfaceId), "ERC-1155");
    }

    // ---- approveMinter

    function test_approveMinter_keepsTheDaysOfTheOneBefore() public {
        Day from = START.plusDays(93);
        vm.expectEmit(address(kwh));
        emit IKwhToken.MinterApproved(successor, from);
        _approveMinter(successor, from);
        assertEq(kwh.minterOf(Day.wrap(0)), escrow, "the first day");
        assertEq(kwh.minterOf(START.plusDays(92)), escrow, "the last day open for trading");
        assertEq(kwh.minterOf(from), successor, "the first day of the successor");
        assertEq(kwh.minterOf(Day.wrap(type(uint32).max)), successor, "and ever after");
    }

    function test_approveMinter_revertsForADayThatMayBeOpen() public {
        _expectOutOfRange(START.plusDays(92), START.plusDays(93));
        _expectOutOfRange(START, START.plusDays(93));
        _expectOutOfRange(START.plusDays(367), START.plusDays(93));
    }

    function test_approveMinter_takesSuccessorsInOrder() public {
        Day from = START.plusDays(200);
        _approveMinter(stranger, from);
        _expectOutOfRange(START.plusDays(199), from);
        _approveMinter(successor, from);
        assertEq(kwh.minterOf(from), successor, "replaced before its time");
        _approveMinter(stranger, START.plusDays(366));
        assertEq(kwh.minterOf(START.plusDays(365)), successor, "the one in between");
    }

    function test_withdrawMinter_leavesTheOneBeforeInCharge() public {
        Day from = START.plusDays(366);
        _approveMinter(successor, from);
        vm.expectEmit(address(kwh));
        emit IKwhToken.MinterWithdrawn(successor, from);
        vm.prank(council);
        kwh.withdrawMinter();
        assertEq(kwh.minterOf(from), escrow, "as before");
        _approveMinter(successor, START.plusDays(93));
        assertEq(kwh.minterOf(START.plusDays(93)), successor, "sooner");
    }

    function test_withdrawMinter_revertsOnceADayOfItsMayBeOpen() public {
        Day from = START.plusDays(93);
        _approveMinter(successor, from);
        vm.warp(Calendar.startOf(START.plusDays(1)) - 1);
        uint256 lastSecond = vm.snapshotState();
        vm.prank(council);
        kwh.withdrawMinter();
        assertEq(kwh.minterOf(from), escrow, "until the last second before");
        vm.revertToState(lastSecond);
        vm.warp(Calendar.startOf(START.plusDays(1)));
        vm.prank(council);
        vm.expectRevert(abi.encodeWithSelector(IKwhToken.KwhToken_MinterInCharge.selector, successor, from));
        kwh.withdrawMinter();
    }

    function test_withdrawMinter_revertsForTheFirst() public {
        vm.prank(council);
        vm.expectRevert(abi.encodeWithSelector(IKwhToken.KwhToken_MinterInCharge.selector, escrow, Day.wrap(0)));
        kwh.withdrawMinter();
    }

    function test_withdrawMinter_revertsForOthers() public {
        vm.prank(bank);
        vm.expectRevert(_unauthorized(bank));
        kwh.withdrawMinter();
    }

    function _expectOutOfRange(Day fromDay, Day earliest) internal {
        vm.prank(council);
        vm.expectRevert(
            abi.encodeWithSelector(
                IKwhToken.KwhToken_MinterOutOfRange.selector,
                fromDay,
                uint256(Day.unwrap(earliest)),
                uint256(Day.unwrap(START) + 366)
            )
        );
        kwh.approveMinter(successor, fromDay);
    }

    function test_approveMinter_takesTheFirstForAnyDay() public {
        KwhToken fresh = Deploy.kwhToken(address(manager), registry, secondFactor, meters, KWH_URI);
        assertEq(fresh.minterOf(START), address(0), "none");
        vm.startPrank(council);
        vm.expectPartialRevert(IKwhToken.KwhToken_MinterOutOfRange.selector);
        fresh.approveMinter(escrow, START.plusDays(367));
        fresh.approveMinter(escrow, START);
        // Of the first day there is, too.
        KwhMint[] memory mints = new KwhMint[](1);
        mints[0] = KwhMint(council, generator, Day.wrap(0), 1);
        vm.expectRevert(abi.encodeWithSelector(IKwhToken.KwhToken_NotMinter.selector, council, Day.wrap(0)));
        fresh.mint(mints);
        vm.stopPrank();
        assertEq(fresh.minterOf(Day.wrap(Day.unwrap(START) - 1)), address(0), "not before");
        assertEq(fresh.minterOf(START), escrow, "from its day on");
    }

    function test_approveMinter_revertsForOthers() public {
        vm.prank(bank);
        vm.expectRevert(_unauthorized(bank));
        kwh.approveMinter(bank, START.plusDays(100));
    }

    // ---- mint

    function test_mint_creditsDeliveries() public {
        KwhMint[] memory mints = new KwhMint[](3);
        mints[0] = KwhMint(buyer, generator, START, 70);
        mints[1] = KwhMint(seller, generator, START, 30);
        mints[2] = KwhMint(buyer, generator, START.plusDays(1), 5);
        vm.expectEmit(address(kwh));
        emit IERC1155.TransferSingle(escrow, address(0), buyer, id, 70);
        vm.expectEmit(address(kwh));
        emit IERC1155.TransferSingle(escrow, address(0), seller, id, 30);
        vm.expectEmit(address(kwh));
        emit IERC1155.TransferSingle(escrow, address(0), buyer, kwh.idOf(generator, START.plusDays(1)), 5);
        vm.prank(escrow);
        kwh.mint(mints);
        assertEq(kwh.balanceOf(buyer, id), 70, "buyer");
        assertEq(kwh.balanceOf(seller, id), 30, "seller");
        assertEq(kwh.balanceOf(buyer, kwh.idOf(generator, START.plusDays(1))), 5, "the next day");
    }

    function test_mint_asksForNothingAndCallsNobody() public {
        _close(address(kwh), true);
        _suspend(buyerId);
        _mint(buyer, 1);
        // A contract without any receiver function.
        _mint(address(registry), 2);
        assertEq(kwh.balanceOf(buyer, id), 1, "suspended");
        assertEq(kwh.balanceOf(address(registry), id), 2, "contract");
    }

    function test_mint_revertsForDaysOfAnother() public {
        Day from = START.plusDays(93);
        _approveMinter(successor, from);
        KwhMint[] memory mints = new KwhMint[](2);
        mints[0] = KwhMint(buyer, generator, START, 1);
        mints[1] = KwhMint(buyer, generator, from, 1);
        vm.prank(escrow);
        vm.expectRevert(abi.encodeWithSelector(IKwhToken.KwhToken_NotMinter.selector, escrow, from));
        kwh.mint(mints);
        vm.prank(successor);
        vm.expectRevert(abi.encodeWithSelector(IKwhToken.KwhToken_NotMinter.selector, successor, START));
        kwh.mint(mints);
        vm.prank(council);
        vm.expectRevert(abi.encodeWithSelector(IKwhToken.KwhToken_NotMinter.selector, council, START));
        kwh.mint(mints);
    }

    function testFuzz_mint_addsUp(uint128 first, uint128 second) public {
        _mint(buyer, first);
        _mint(buyer, second);
        assertEq(kwh.balanceOf(buyer, id), uint256(first) + second, "sum");
    }

    // ---- safeTransferFrom, safeBatchTransferFrom

    function test_safeTransferFrom_movesUnitsBetweenParticipants() public {
        _mint(seller, 100);
        vm.expectEmit(address(kwh));
        emit IERC1155.TransferSingle(seller, seller, buyer, id, 60);
        _transfer(seller, buyer, 60);
        assertEq(kwh.balanceOf(seller, id), 40, "left");
        assertEq(kwh.balanceOf(buyer, id), 60, "arrived");
    }

    function test_safeTransferFrom_revertsUnlessBothSidesAreGood() public {
        _mint(seller, 100);
        _mint(stranger, 100);
        vm.expectRevert(_notGood(stranger));
        _transfer(seller, stranger, 1);
        vm.expectRevert(_notGood(stranger));
        _transfer(stranger, seller, 1);
        _suspend(buyerId);
        vm.expectRevert(_notGood(buyer));
        _transfer(seller, buyer, 1);
        vm.warp(Calendar.startOf(START.plusDays(3651)));
        vm.expectRevert(_notGood(seller));
        _transfer(seller, buyer, 1);
    }

    function test_safeTransferFrom_revertsWhenTheDoorIsClosed() public {
        _mint(seller, 100);
        _close(address(kwh), true);
        vm.expectRevert(_unauthorized(seller));
        _transfer(seller, buyer, 1);
    }

    function test_safeTransferFrom_asksForTheHoldersApproval() public {
        _mint(seller, 100);
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, buyer, seller));
        kwh.safeTransferFrom(seller, buyer, id, 1, "");
        vm.prank(seller);
        kwh.setApprovalForAll(buyer, true);
        vm.prank(buyer);
        kwh.safeTransferFrom(seller, buyer, id, 1, "");
        assertEq(kwh.balanceOf(buyer, id), 1, "by an operator");
    }

    function test_safeTransferFrom_takesTheHoldersSecondFactorEachTime() public {
        _mint(seller, 100);
        _enrolFactor(seller, abi.encodePacked(_named("token")), type(uint64).max);
        bytes memory call = abi.encodeCall(kwh.safeTransferFrom, (seller, buyer, id, 1, ""));
        bytes32 subject = _callSubject(address(kwh), sellerId, call);
        bytes memory required = _factorAlwaysRequired(sellerId, subject);
        vm.expectRevert(required);
        _transfer(seller, buyer, 1);
        _confirmAsFactor("token", sellerId, subject);
        vm.expectPartialRevert(ISecondFactor.SecondFactor_AlwaysRequired.selector);
        _transfer(seller, buyer, 2);
        // Sent by an operator, it is the same call.
        vm.prank(seller);
        kwh.setApprovalForAll(stranger, true);
        vm.prank(stranger);
        kwh.safeTransferFrom(seller, buyer, id, 1, "");
        vm.expectRevert(required);
        _transfer(seller, buyer, 1);
        // Who receives is not asked.
        _enrolFactor(seller, "", 0);
        _enrolFactor(buyer, abi.encodePacked(_named("token")), 0);
        _transfer(seller, buyer, 1);
    }

    function test_safeTransferFrom_revertsForAContractThatTakesNone() public {
        _mint(seller, 100);
        _enrol(address(registry), Kinds.CONSUMER, FirmSize.Small);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, address(registry)));
        _transfer(seller, address(registry), 1);
    }

    function test_safeBatchTransferFrom_movesManyAndAsksTheSame() public {
        _mint(seller, 100);
        uint256[] memory ids = new uint256[](2);
        uint256[] memory amounts = new uint256[](2);
        (ids[0], ids[1]) = (id, id);
        (amounts[0], amounts[1]) = (10, 20);
        vm.startPrank(seller);
        kwh.safeBatchTransferFrom(seller, buyer, ids, amounts, "");
        assertEq(kwh.balanceOf(buyer, id), 30, "both");
        vm.expectRevert(_notGood(stranger));
        kwh.safeBatchTransferFrom(seller, stranger, ids, amounts, "");
        vm.stopPrank();
        _close(address(kwh), true);
        vm.prank(seller);
        vm.expectRevert(_unauthorized(seller));
        kwh.safeBatchTransferFrom(seller, buyer, ids, amounts, "");
    }

    function test_safeBatchTransferFrom_takesTheHoldersSecondFactorEachTime() public {
        _mint(seller, 100);
        uint256[] memory ids = new uint256[](2);
        uint256[] memory amounts = new uint256[](2);
        (ids[0], ids[1]) = (id, id);
        (amounts[0], amounts[1]) = (10, 20);
        _enrolFactor(seller, abi.encodePacked(_named("token")), type(uint64).max);
        bytes memory call = abi.encodeCall(kwh.safeBatchTransferFrom, (seller, buyer, ids, amounts, ""));
        bytes32 subject = _callSubject(address(kwh), sellerId, call);
        bytes memory required = _factorAlwaysRequired(sellerId, subject);
        vm.prank(seller);
        vm.expectRevert(required);
        kwh.safeBatchTransferFrom(seller, buyer, ids, amounts, "");
        _confirmAsFactor("token", sellerId, subject);
        vm.prank(seller);
        kwh.safeBatchTransferFrom(seller, buyer, ids, amounts, "");
        assertEq(kwh.balanceOf(buyer, id), 30, "both");
        vm.prank(seller);
        vm.expectRevert(required);
        kwh.safeBatchTransferFrom(seller, buyer, ids, amounts, "");
    }

    // ---- retire

    function test_retire_takesNoSecondFactor() public {
        _mint(buyer, 100);
        _measureLoad();
        _enrolFactor(buyer, abi.encodePacked(_named("token")), 0);
        _retire(100);
        assertEq(kwh.balanceOf(buyer, id), 0, "retired");
    }

    function testFuzz_retire_burnsAgainstOwnUse(uint256 first, uint256 second) public {
        first = bound(first, 0, DAY_WH);
        second = bound(second, 0, DAY_WH);
        _measureLoad();
        _mint(buyer, uint128(2 * DAY_WH));
        vm.expectEmit(address(kwh));
        emit IERC1155.TransferSingle(buyer, buyer, address(0), id, first);
        vm.expectEmit(address(kwh));
        emit IKwhToken.KwhRetired(buyerId, buyer, id, load, first);
        _retire(first);
        assertEq(kwh.retiredOf(load, START), first, "retired");
        assertEq(kwh.balanceOf(buyer, id), 2 * DAY_WH - first, "burned");

        if (first + second > DAY_WH) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IKwhToken.KwhToken_ExceedsConsumption.selector,
                    load,
                    START,
                    DAY_WH - first,
                    second
                )
            );
            _retire(second);
        } else {
            _retire(second);
            assertEq(kwh.retiredOf(load, START), first + second, "retired in all");
        }
    }

    function test_retire_countsGenerationOfAllMetersTogether() public {
        _measureLoad();
        MeterId other = _registerMeter(sellerId, Direction.Generation);
        KwhMint[] memory mints = new KwhMint[](2);
        mints[0] = KwhMint(buyer, generator, START, uint128(DAY_WH));
        mints[1] = KwhMint(buyer, other, START, uint128(DAY_WH));
        vm.prank(escrow);
        kwh.mint(mints);
        _retire(DAY_WH);
        uint256 otherId = kwh.idOf(other, START);
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(IKwhToken.KwhToken_ExceedsConsumption.selector, load, START, 0, 1));
        kwh.retire(otherId, 1, load, metered, _ofWords());
    }

    function test_retire_needsNoStandingAndNoOpenDoor() public {
        _measureLoad();
        _mint(buyer, 10);
        _suspend(buyerId);
        _close(address(kwh), true);
        _retire(10);
        assertEq(kwh.balanceOf(buyer, id), 0, "retired");
    }

    function test_retire_takesALateReading() public {
        vm.warp(Calendar.startOf(START.plusDays(1 + REPORT_DAYS)));
        _lapse(load, START);
        _measureLoad();
        _mint(buyer, 10);
        _retire(10);
        assertEq(kwh.retiredOf(load, START), 10, "retired");
    }

    function test_retire_revertsForAnothersMeterOrAGenerator() public {
        _measureLoad();
        _mint(seller, 10);
        vm.startPrank(seller);
        _expectNotOwn(seller, load);
        kwh.retire(id, 1, load, metered, _ofWords());
        _expectNotOwn(seller, generator);
        kwh.retire(id, 1, generator, metered, _ofWords());
        vm.stopPrank();
        vm.prank(stranger);
        _expectNotOwn(stranger, MeterId.wrap(9));
        kwh.retire(id, 1, MeterId.wrap(9), metered, _ofWords());
    }

    function _expectNotOwn(address caller, MeterId meter) internal {
        vm.expectRevert(abi.encodeWithSelector(IKwhToken.KwhToken_NotOwnConsumption.selector, caller, meter));
    }

    function test_retire_revertsUntilTheDayIsFinal() public {
        _mint(buyer, 10);
        bytes memory notFinal = abi.encodeWithSelector(IKwhToken.KwhToken_NotFinal.selector, load, START);
        vm.expectRevert(notFinal);
        _retire(1);
        vm.warp(Calendar.startOf(START.plusDays(1)));
        _report(load, START, metered);
        vm.expectRevert(notFinal);
        _retire(1);
        vm.warp(meters.dayOf(load, START).finalisableAt);
        _finalise(load, START);
        _retire(1);
    }

    function test_retire_revertsForAnotherCurveOrDay() public {
        _measureLoad();
        _mint(buyer, 10);
        vm.startPrank(buyer);
        vm.expectRevert(abi.encodeWithSelector(IKwhToken.KwhToken_NotFinal.selector, load, START));
        kwh.retire(id, 1, load, _levelCurve(SLOT_WH + 1), _ofWords());
        vm.expectRevert(abi.encodeWithSelector(IKwhToken.KwhToken_NotFinal.selector, load, START));
        kwh.retire(id, 1, load, "", _ofWords());
        uint256 nextDay = kwh.idOf(generator, START.plusDays(1));
        vm.expectRevert(abi.encodeWithSelector(IKwhToken.KwhToken_NotFinal.selector, load, START.plusDays(1)));
        kwh.retire(nextDay, 1, load, metered, _ofWords());
        vm.stopPrank();
    }

    function test_retire_revertsBeyondWhatTheCallerHolds() public {
        _measureLoad();
        _mint(buyer, 10);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, buyer, 10, 11, id));
        _retire(11);
        assertEq(kwh.retiredOf(load, START), 0, "nothing counted");
    }

    function test_retire_insideAReceiversCallbackRetiresOnce() public {
        GreedyWallet wallet = new GreedyWallet(kwh, MeterId.wrap(3), metered);
        ParticipantId walletId = _enrol(address(wallet), Kinds.CONSUMER, FirmSize.Small);
        MeterId own = _registerMeter(walletId, Direction.Consumption);
        assertEq(MeterId.unwrap(own), 3, "the meter it was made for");
        _measure(own, START, metered);
        _mint(seller, 100);
        _transfer(seller, address(wallet), 100);
        assertTrue(wallet.retired(), "retired inside the callback");
        assertEq(kwh.balanceOf(address(wallet), id), 0, "nothing left");
        assertEq(kwh.retiredOf(own, START), 100, "counted once");
    }

    // ---- follow

    function test_follow_letsTheNewAccountRetire() public {
        _measureLoad();
        _mint(buyer, 100);
        _replaceAccount(buyerId, _named("second key"));
        vm.prank(buyer);
        _expectNotOwn(buyer, load);
        kwh.retire(id, 1, load, metered, _ofWords());
        uint256[] memory ids = new uint256[](1);
        ids[0] = id;
        kwh.follow(buyer, ids);
        vm.prank(_named("second key"));
        kwh.retire(id, 100, load, metered, _ofWords());
    }

    // ---- hooks

    function _followingToken() internal view override returns (IERC1155) {
        return kwh;
    }

    function _holder() internal view override returns (ParticipantId) {
        return buyerId;
    }

    function _neighbour() internal view override returns (address) {
        return seller;
    }

    function _giveUnits() internal override returns (uint256, uint256) {
        KwhMint[] memory mints = new KwhMint[](1);
        mints[0] = KwhMint(buyer, generator, START.plusDays(_given++), 100);
        vm.prank(escrow);
        kwh.mint(mints);
        return (kwh.idOf(mints[0].meter, mints[0].day), 100);
    }

    function _followAs(address caller, address former, uint256[] memory ids) internal override {
        vm.prank(caller);
        kwh.follow(former, ids);
    }

    function _notFormerAccount(address account) internal pure override returns (bytes memory) {
        return abi.encodeWithSelector(IKwhToken.KwhToken_NotFormerAccount.selector, account);
    }

    function _participantNotGood(address account) internal pure override returns (bytes memory) {
        return _notGood(account);
    }
}
