// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

import {IDebtLedger} from "../../debts/interfaces/IDebtLedger.sol";
import {IKwhToken} from "../../energy/interfaces/IKwhToken.sol";
import {IParticipantRegistry} from "../../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../../identity/interfaces/ISecondFactor.sol";
import {IMeterRegistry} from "../../metering/interfaces/IMeterRegistry.sol";
import {IDepositToken} from "../../money/interfaces/IDepositToken.sol";
import {Calendar} from "../../types/Calendar.sol";
import {Curve} from "../../types/Curve.sol";
import {Day, RING_DAYS} from "../../types/Day.sol";
import {MeterId, ParticipantId, TradeId, ZoneId} from "../../types/Ids.sol";
import {MerkleTree} from "../../types/MerkleTree.sol";
import {WORD_BYTES} from "../../types/Words.sol";
import {IMarketRules} from "../interfaces/IMarketRules.sol";
import {
    ITradeEscrowEvents,
    Margin,
    MarginRelease,
    NonceKind,
    OutcomeProof,
    TradeStatus
} from "../interfaces/ITradeEscrow.sol";
import {DayBook, emptyBook} from "../libraries/DayBook.sol";
import {NONCES_PER_PAGE, NoncePage, nonceCell} from "../libraries/NoncePage.sol";
import {TradeStates} from "../libraries/TradeStates.sol";

/// @title Storage of the escrow
/// @dev The first base with storage of TradeEscrow, and the only one of the code that works on the escrow's storage:
/// BilateralOpening, RoundOpening, MarginBook and KwhClaims.
abstract contract TradeStore is ITradeEscrowEvents {
    using Math for uint256;

    struct Freeze {
        uint40 until;
        /// No freeze of this trade lasts beyond this second, counted from the first freeze.
        uint40 latest;
    }

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
    uint64 internal _settlementCount;

    TradeStates internal _states;
    /// @dev Books by the remainder of their day: a meter needs no fresh word a day.
    mapping(MeterId => mapping(uint256 cell => DayBook)) private _books;
    /// @dev Books of days whose word another day still needs.
    mapping(MeterId => mapping(Day => DayBook)) private _booksAside;
    mapping(MeterId => BitMaps.BitMap) internal _surplusMinted;
    mapping(uint64 settlement => bytes32) internal _outcomes;
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

    /// @dev The book of a meter day, and whether it lies, or would lie, beside the word of its remainder.
    function _bookOf(MeterId meter, Day day) internal view returns (DayBook book, bool aside) {
        DayBook shared = _books[meter][Day.unwrap(day) % RING_DAYS];
        if (shared.dayOf() == Day.unwrap(day)) return (shared, false);
        book = _booksAside[meter][day];
        if (!book.isEmpty()) return (book, true);
        return (emptyBook(day), DayBook.unwrap(shared) != 0 && !shared.isDone());
    }

    function _storeBook(MeterId meter, Day day, DayBook book, bool aside) internal {
        if (aside) _booksAside[meter][day] = book;
        else _books[meter][Day.unwrap(day) % RING_DAYS] = book;
    }

    function _statusOf(TradeId id) internal view returns (TradeStatus) {
        uint64 number = TradeId.unwrap(id);
        return number == 0 || number > _tradeCount ? TradeStatus.None : _states.stateOf(id).status();
    }

    /// @dev Keeps the root over the first `count` outcomes.
    function _keepOutcomes(bytes32[] memory outcomes, uint256 count) internal {
        uint64 settlement = ++_settlementCount;
        bytes32 root = MerkleTree.root(outcomes, count);
        _outcomes[settlement] = root;
        emit OutcomesKept(settlement, root);
    }

    /// @dev Whether an outcome is one that was kept.
    function _isKept(bytes32 outcome, OutcomeProof calldata proof) internal view returns (bool) {
        return MerkleProof.verifyCalldata(proof.siblings, _outcomes[proof.settlement], outcome);
    }

    /// @dev Splits what says what a meter day sold: its position, a curve that nobody has checked yet, and the hash of its
    /// trades. Empty if it sold nothing.
    function _readSold(
        bytes calldata sold
    ) internal pure returns (bytes calldata position, bytes32 positionHash, bytes32 trades) {
        if (sold.length == 0) return (sold, 0, 0);
        if (sold.length != Curve.BYTES + WORD_BYTES) revert Curve.Curve_Malformed(sold.length);
        position = sold[:Curve.BYTES];
        return (position, keccak256(position), bytes32(sold[Curve.BYTES:]));
    }

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
