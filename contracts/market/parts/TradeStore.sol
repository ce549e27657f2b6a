// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IDebtLedger} from "../../debts/interfaces/IDebtLedger.sol";
import {IKwhToken} from "../../energy/interfaces/IKwhToken.sol";
import {IParticipantRegistry} from "../../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../../identity/interfaces/ISecondFactor.sol";
import {IMeterRegistry} from "../../metering/interfaces/IMeterRegistry.sol";
import {IDepositToken} from "../../money/interfaces/IDepositToken.sol";
import {Calendar} from "../../types/Calendar.sol";
import {Day} from "../../types/Day.sol";
import {MeterId, ParticipantId, TradeId, ZoneId} from "../../types/Ids.sol";
import {IMarketRules} from "../interfaces/IMarketRules.sol";
import {ITradeEscrowEvents, Margin, MarginRelease, NonceKind, TradeStatus} from "../interfaces/ITradeEscrow.sol";
import {NONCES_PER_PAGE, NoncePage, nonceCell} from "../libraries/NoncePage.sol";

/// @title Storage of the escrow
/// @dev The first base with storage of TradeEscrow, and the only one of the code that works on the escrow's storage:
/// BilateralOpening, RoundOpening and MarginBook.
abstract contract TradeStore is ITradeEscrowEvents {
    using Math for uint256;

    /// @dev One word per trade: everything else is committed by hash and found in the log.
    struct Record {
        bytes30 commitment;
        TradeStatus status;
        uint8 flags;
    }

    struct Freeze {
        uint40 until;
        /// No freeze of this trade lasts beyond this second, counted from the first freeze.
        uint40 latest;
    }

    // ---------------------------------------------------------------------------------------------- constants

    uint8 internal constant REDIRECTED = 1;
    uint8 internal constant FROZEN = 2;

    /// @dev A position cell after the surplus was minted. No curve hashes to it.
    bytes32 internal constant SURPLUS_MINTED = bytes32(uint256(1));

    // --------------------------------------------------------------------------------------------- immutables

    IParticipantRegistry public immutable registry;
    IMeterRegistry public immutable meters;
    IDepositToken public immutable deposits;
    IKwhToken public immutable kwh;
    IMarketRules public immutable rules;
    IDebtLedger public immutable debts;
    ISecondFactor internal immutable secondFactor;

    // ------------------------------------------------------------------------------------------------ storage

    uint64 internal _tradeCount;

    mapping(TradeId => Record) internal _records;
    mapping(MeterId => mapping(Day => bytes32)) internal _positions;
    mapping(address trader => mapping(uint256 cell => NoncePage)) internal _noncePages;
    /// @dev What the order of a nonce was filled to; means something only where its page says that it was filled in part.
    mapping(address trader => mapping(uint256 cell => bytes32)) internal _fills;
    mapping(address account => mapping(bytes32 order => bool)) internal _presigned;
    mapping(ParticipantId => Margin) internal _margins;
    mapping(ParticipantId => MarginRelease) internal _releases;
    mapping(Day => mapping(ZoneId => mapping(uint16 paymentDays => bytes32))) internal _priceHashes;
    mapping(TradeId => Freeze) internal _freezes;
    mapping(TradeId => ParticipantId) internal _payees;

    // -------------------------------------------------------------------------------------------- constructor

    constructor(
        IParticipantRegistry registry_,
        IMeterRegistry meters_,
        IDepositToken deposits_,
        IKwhToken kwh_,
        IMarketRules rules_,
        IDebtLedger debts_,
        ISecondFactor secondFactor_
    ) {
        registry = registry_;
        meters = meters_;
        deposits = deposits_;
        kwh = kwh_;
        rules = rules_;
        debts = debts_;
        secondFactor = secondFactor_;
    }

    // ---------------------------------------------------------------------------------------------- internals

    /// @dev Now must lie between two times before a delivery day begins, the first included.
    function _requireAhead(Day day, uint256 openLeadSeconds, uint256 closeLeadSeconds) internal view {
        uint256 start = Calendar.startOf(day);
        (uint256 opensAt, uint256 closesAt) = (
            start.saturatingSub(openLeadSeconds),
            start.saturatingSub(closeLeadSeconds)
        );
        if (block.timestamp < opensAt || block.timestamp >= closesAt) {
            revert TradeEscrow_GateClosed(day, opensAt, closesAt);
        }
    }

    /// @dev The page that a trader's nonce is on.
    function _pageOf(address trader, NonceKind kind, Day day, uint256 nonce) internal view returns (NoncePage storage) {
        return _noncePages[trader][nonceCell(kind, day, nonce / NONCES_PER_PAGE)];
    }
}
