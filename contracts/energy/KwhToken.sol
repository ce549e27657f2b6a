// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {IParticipantRegistry, Standing} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../identity/interfaces/ISecondFactor.sol";
import {CallSubject} from "../identity/libraries/CallSubject.sol";
import {StandingGuard} from "../identity/libraries/StandingGuard.sol";
import {DayProof, IMeterRegistry, Meter} from "../metering/interfaces/IMeterRegistry.sol";
import {Calendar} from "../types/Calendar.sol";
import {Curve} from "../types/Curve.sol";
import {Day, MAX_ADVANCE_DAYS} from "../types/Day.sol";
import {Direction} from "../types/Enums.sol";
import {MeterId, ParticipantId} from "../types/Ids.sol";
import {IKwhToken, KwhMint} from "./interfaces/IKwhToken.sol";

/// @title KwhToken
contract KwhToken is IKwhToken, ERC1155, AccessManaged {
    using Checkpoints for Checkpoints.Trace160;
    using Curve for uint256[12];
    using StandingGuard for Standing;

    /// @dev A minter can be named this far ahead; a typo in the year cannot block its successors.
    uint256 private constant MAX_DAYS_AHEAD = 366;
    /// @dev An id is a meter above a day of 32 bits.
    uint256 private constant METER_OFFSET = 32;

    // ---- immutables

    IParticipantRegistry private immutable REGISTRY;

    ISecondFactor private immutable SECOND_FACTOR;

    IMeterRegistry private immutable METERS;

    // ---- storage

    /// @dev Key: first delivery day; value: the minter from then on.
    Checkpoints.Trace160 private _minters;

    mapping(MeterId consumptionMeter => mapping(Day day => uint256)) private _retired;

    // ---- constructor

    constructor(
        address authority,
        IParticipantRegistry registry,
        ISecondFactor secondFactor,
        IMeterRegistry meters,
        string memory uri_
    ) ERC1155(uri_) AccessManaged(authority) {
        REGISTRY = registry;
        SECOND_FACTOR = secondFactor;
        METERS = meters;
    }

    // ---- administration

    /// @inheritdoc IKwhToken
    function approveMinter(address minter, Day fromDay) external restricted {
        (bool successor, uint96 lastFrom, ) = _minters.latestCheckpoint();
        uint256 today = Day.unwrap(Calendar.today());
        uint256 earliest = successor ? Math.max(today + MAX_ADVANCE_DAYS + 1, lastFrom) : 0;
        uint256 latest = today + MAX_DAYS_AHEAD;
        uint32 from = Day.unwrap(fromDay);
        if (from < earliest || from > latest) revert KwhToken_MinterOutOfRange(fromDay, earliest, latest);
        _minters.push(from, uint160(minter));
        emit MinterApproved(minter, fromDay);
    }

    /// @inheritdoc IKwhToken
    function withdrawMinter() external restricted {
        (, uint96 from, uint160 minter) = _minters.latestCheckpoint();
        Day firstUntraded = Calendar.today().plusDays(MAX_ADVANCE_DAYS + 1);
        if (from < Day.unwrap(firstUntraded)) revert KwhToken_MinterInCharge(address(minter), Day.wrap(uint32(from)));
        // Checkpoints only ever grow by themselves; nothing was minted by what was never in charge.
        _minters._checkpoints.pop();
        emit MinterWithdrawn(address(minter), Day.wrap(uint32(from)));
    }

    // ---- minters

    /// @inheritdoc IKwhToken
    function mint(KwhMint[] calldata mints) external {
        // Reused: every mint is an update of its own, with its own TransferSingle.
        uint256[] memory ids = new uint256[](1);
        uint256[] memory amounts = new uint256[](1);
        Day checked;
        for (uint256 i; i < mints.length; ++i) {
            KwhMint calldata delivered = mints[i];
            if (i == 0 || !(delivered.day == checked)) {
                checked = delivered.day;
                if (minterOf(checked) != msg.sender) revert KwhToken_NotMinter(msg.sender, checked);
            }
            ids[0] = idOf(delivered.meter, delivered.day);
            amounts[0] = delivered.energyWh;
            _update(address(0), delivered.to, ids, amounts);
        }
    }

    // ---- holders

    /// @inheritdoc ERC1155
    function safeTransferFrom(
        address from,
        address to,
        uint256 id,
        uint256 amountWh,
        bytes memory data
    ) public override restricted {
        super.safeTransferFrom(from, to, id, amountWh, data);
    }

    /// @inheritdoc ERC1155
    function safeBatchTransferFrom(
        address from,
        address to,
        uint256[] memory ids,
        uint256[] memory amountsWh,
        bytes memory data
    ) public override restricted {
        super.safeBatchTransferFrom(from, to, ids, amountsWh, data);
    }

    /// @inheritdoc IKwhToken
    function retire(
        uint256 id,
        uint256 amountWh,
        MeterId consumptionMeter,
        bytes calldata metered,
        DayProof calldata proof
    ) external {
        Day day = Day.wrap(uint32(id)); // The lower half of the id, see `idOf`.
        ParticipantId participant = REGISTRY.standingOf(msg.sender).id;
        Meter memory meter = METERS.meterOf(consumptionMeter);
        if (participant.isNobody() || meter.owner != participant || meter.direction != Direction.Consumption) {
            revert KwhToken_NotOwnConsumption(msg.sender, consumptionMeter);
        }
        bool isFinal = METERS.stateOf(consumptionMeter, day, keccak256(metered), proof).isFinal();
        if (!isFinal) revert KwhToken_NotFinal(consumptionMeter, day);
        uint256 retired = _retired[consumptionMeter][day];
        uint256 leftWh = Curve.read(metered).sum() - retired;
        if (amountWh > leftWh) revert KwhToken_ExceedsConsumption(consumptionMeter, day, leftWh, amountWh);
        _retired[consumptionMeter][day] = retired + amountWh;
        _burn(msg.sender, id, amountWh);
        emit KwhRetired(participant, msg.sender, id, consumptionMeter, amountWh);
    }

    /// @inheritdoc IKwhToken
    function follow(address former, uint256[] calldata ids) external {
        address account = REGISTRY.accountOf(REGISTRY.participantOfFormer(former));
        if (account == address(0)) revert KwhToken_NotFormerAccount(former);
        uint256[] memory one = new uint256[](1);
        uint256[] memory amounts = new uint256[](1);
        for (uint256 i; i < ids.length; ++i) {
            one[0] = ids[i];
            amounts[0] = balanceOf(former, ids[i]);
            // Skips the guard between two holders: this is one holder, in any standing.
            if (amounts[0] != 0) super._update(former, account, one, amounts);
        }
    }

    // ---- views

    /// @inheritdoc IKwhToken
    function minterOf(Day day) public view returns (address) {
        return address(_minters.upperLookupRecent(Day.unwrap(day)));
    }

    /// @inheritdoc IKwhToken
    function retiredOf(MeterId consumptionMeter, Day day) external view returns (uint256) {
        return _retired[consumptionMeter][day];
    }

    /// @inheritdoc IKwhToken
    function idOf(MeterId meter, Day day) public pure returns (uint256) {
        return (uint256(MeterId.unwrap(meter)) << METER_OFFSET) | Day.unwrap(day);
    }

    // ---- internals

    /// @dev Mints and burns pass: only a transfer between two holders is guarded.
    function _update(address from, address to, uint256[] memory ids, uint256[] memory amountsWh) internal override {
        if (from != address(0) && to != address(0)) {
            address[] memory accounts = new address[](2);
            (accounts[0], accounts[1]) = (from, to);
            Standing[] memory standings = REGISTRY.standingsOf(accounts);
            for (uint256 i; i < accounts.length; ++i) {
                if (!standings[i].isGood()) revert KwhToken_ParticipantNotGood(accounts[i]);
            }
            // kWh have no price on chain that could be counted.
            ParticipantId holder = standings[0].id;
            if (standings[0].factor != 0) SECOND_FACTOR.useConfirmation(holder, CallSubject.ofThisCall(holder));
        }
        super._update(from, to, ids, amountsWh);
    }
}
