// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

import {IDebtLedger} from "../debts/interfaces/IDebtLedger.sol";
import {IKwhToken} from "../energy/interfaces/IKwhToken.sol";
import {IParticipantRegistry} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../identity/interfaces/ISecondFactor.sol";
import {DayProof, IMeterRegistry} from "../metering/interfaces/IMeterRegistry.sol";
import {IDepositToken} from "../money/interfaces/IDepositToken.sol";
import {Calendar} from "../types/Calendar.sol";
import {Day, MAX_ADVANCE_DAYS} from "../types/Day.sol";
import {MeterId, ParticipantId, TradeId, ZoneId} from "../types/Ids.sol";
import {IMarketRules} from "./interfaces/IMarketRules.sol";
import {
    BookProof,
    ITradeEscrow,
    KwhClaim,
    Margin,
    MarginRelease,
    NonceKind,
    Outcome,
    OutcomeProof,
    Round,
    Trade,
    TradeSettlement,
    TradeStatus,
    TradeTerms
} from "./interfaces/ITradeEscrow.sol";
import {Commitment} from "./libraries/Commitment.sol";
import {chain, DayBook} from "./libraries/DayBook.sol";
import {nonceCell} from "./libraries/NoncePage.sol";
import {Order, PackedRound} from "./libraries/PackedRound.sol";
import {TradeState} from "./libraries/TradeStates.sol";
import {BandHashing, TypedData} from "./libraries/TypedData.sol";
import {Settlement} from "./parts/Settlement.sol";
import {TradeStore} from "./parts/TradeStore.sol";

/// @title Signed trades, escrowed, settled by meter
/// @notice `BilateralOpening` and `RoundOpening` open trades, `Settlement` finishes them, `MarginBook` keeps what rounds draw
/// on, `KwhClaims` mints; here are the entry points, the views, and the functions that other rooms call.
contract TradeEscrow is Settlement, AccessManaged, EIP712 {
    using BitMaps for BitMaps.BitMap;

    uint256 private constant LONGEST_FREEZE = 30 days;

    /// @notice The code of `open`, which is replaced as little as the escrow itself.
    address public immutable bilateralOpening;
    /// @notice The code of `openRound`, likewise.
    address public immutable roundOpening;
    /// @notice The code of margin, likewise.
    address public immutable marginBook;
    /// @notice The code of `claimKwh`, `mintSurplus` and `finaliseAccepted`, likewise.
    address public immutable kwhClaims;

    constructor(
        address authority,
        IParticipantRegistry registry_,
        IMeterRegistry meters_,
        IDepositToken deposits_,
        IKwhToken kwh_,
        IMarketRules rules_,
        IDebtLedger debts_,
        ISecondFactor secondFactor_,
        address bilateralOpening_,
        address roundOpening_,
        address marginBook_,
        address kwhClaims_
    )
        TradeStore(registry_, meters_, deposits_, kwh_, rules_, debts_, secondFactor_)
        AccessManaged(authority)
        EIP712(TypedData.DOMAIN_NAME, TypedData.DOMAIN_VERSION)
    {
        (bilateralOpening, roundOpening) = (bilateralOpening_, roundOpening_);
        (marginBook, kwhClaims) = (marginBook_, kwhClaims_);
    }

    // ------------------------------------------------------------------------------------------------ opening

    /// @inheritdoc ITradeEscrow
    function open(
        Trade calldata trade,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature,
        bytes calldata position
    ) external restricted nonReentrant returns (TradeId) {
        (trade, buyerSignature, sellerSignature, position); // Named for the ABI; the code reads them from `msg.data`.
        return abi.decode(_delegateTo(bilateralOpening), (TradeId));
    }

    /// @inheritdoc ITradeEscrow
    function openRound(Round calldata round) external restricted nonReentrant {
        (round); // As above.
        _delegateTo(roundOpening);
    }

    /// @inheritdoc ITradeEscrow
    function cancel(NonceKind kind, Day day, uint32[] calldata nonces) external {
        _requireBeforeCutOff(day);
        for (uint256 i; i < nonces.length; ++i) {
            _pageOf(msg.sender, kind, day, nonces[i]).spend(day, nonces[i]);
            emit NonceCancelled(msg.sender, kind, day, nonces[i]);
        }
    }

    /// @inheritdoc ITradeEscrow
    function cancelPage(NonceKind kind, Day day, uint32 page) external {
        _requireBeforeCutOff(day);
        _noncePages[msg.sender][nonceCell(kind, day, page)].spendAll(day);
        emit NoncePageCancelled(msg.sender, kind, day, page);
    }

    /// @inheritdoc ITradeEscrow
    function presign(bytes32 order) external {
        _presigned[msg.sender][order] = true;
        emit OrderPresigned(msg.sender, order);
    }

    // ------------------------------------------------------------------------------------------------- margin

    /// @inheritdoc ITradeEscrow
    function lockMargin(uint96 amountFen) external restricted nonReentrant {
        (amountFen); // As above.
        _delegateTo(marginBook);
    }

    /// @inheritdoc ITradeEscrow
    function allowOnTerms(uint96 amountFen) external restricted nonReentrant {
        (amountFen); // As above.
        _delegateTo(marginBook);
    }

    /// @inheritdoc ITradeEscrow
    function announceRelease(uint96 lockedFen, uint96 termsFen) external {
        (lockedFen, termsFen); // As above.
        _delegateTo(marginBook);
    }

    /// @inheritdoc ITradeEscrow
    function releaseMargin(ParticipantId participant) external nonReentrant {
        (participant); // As above.
        _delegateTo(marginBook);
    }

    // --------------------------------------------------------------------------------------------------- kWh

    /// @inheritdoc ITradeEscrow
    function claimKwh(KwhClaim[] calldata claims) external nonReentrant {
        (claims); // As above.
        _delegateTo(kwhClaims);
    }

    /// @inheritdoc ITradeEscrow
    function mintSurplus(
        MeterId meter,
        Day day,
        bytes calldata metered,
        bytes calldata position,
        DayProof calldata proof
    ) external nonReentrant {
        (meter, day, metered, position, proof); // As above.
        _delegateTo(kwhClaims);
    }

    // -------------------------------------------------------------------------------------------------- views

    /// @inheritdoc ITradeEscrow
    function statusOf(TradeId id) external view returns (TradeStatus) {
        return _statusOf(id);
    }

    /// @inheritdoc ITradeEscrow
    function isOutcome(bytes32 outcome, OutcomeProof calldata proof) external view returns (bool) {
        return _isKept(outcome, proof);
    }

    /// @inheritdoc ITradeEscrow
    function outcomesOf(uint64 settlement) external view returns (bytes32) {
        return _outcomes[settlement];
    }

    /// @inheritdoc ITradeEscrow
    function isClaimed(TradeId id) external view returns (bool) {
        return _states.stateOf(id).isClaimed();
    }

    /// @inheritdoc ITradeEscrow
    function bookOf(MeterId meter, Day day) external view returns (bytes25) {
        (DayBook book, ) = _bookOf(meter, day);
        // The hash takes up the lower 25 bytes.
        return bytes25(uint200(DayBook.unwrap(book)));
    }

    /// @inheritdoc ITradeEscrow
    function isSurplusMinted(MeterId meter, Day day) external view returns (bool) {
        return _surplusMinted[meter].get(Day.unwrap(day));
    }

    /// @inheritdoc ITradeEscrow
    function fillHashOf(address trader, NonceKind kind, Day day, uint32 nonce) external view returns (bytes32) {
        (, bool filled) = _pageOf(trader, kind, day, nonce).read(day, nonce);
        return filled ? _fills[trader][nonceCell(kind, day, nonce)] : bytes32(0);
    }

    /// @inheritdoc ITradeEscrow
    function isNonceUsed(address trader, NonceKind kind, Day day, uint32 nonce) external view returns (bool spent) {
        (spent, ) = _pageOf(trader, kind, day, nonce).read(day, nonce);
    }

    /// @inheritdoc ITradeEscrow
    function isPresigned(address account, bytes32 order) external view returns (bool) {
        return _presigned[account][order];
    }

    /// @inheritdoc ITradeEscrow
    function priceHashOf(Day day, ZoneId zone, uint16 paymentDays) external view returns (bytes32) {
        return _priceHashes[day][zone][paymentDays];
    }

    /// @inheritdoc ITradeEscrow
    function marginOf(ParticipantId participant) external view returns (Margin memory) {
        return _margins[participant];
    }

    /// @inheritdoc ITradeEscrow
    function marginReleaseOf(ParticipantId participant) external view returns (MarginRelease memory) {
        return _releases[participant];
    }

    /// @inheritdoc ITradeEscrow
    function frozenUntil(TradeId id) external view returns (uint40) {
        return _freezes[id].until;
    }

    /// @inheritdoc ITradeEscrow
    function redirectedPayee(TradeId id) external view returns (ParticipantId) {
        return _payees[id];
    }

    /// @inheritdoc ITradeEscrow
    function tradeCount() external view returns (uint64) {
        return _tradeCount;
    }

    /// @inheritdoc ITradeEscrow
    function hashTrade(Trade calldata trade) external view returns (bytes32) {
        return _hashTypedDataV4(TypedData.hash(trade));
    }

    /// @inheritdoc ITradeEscrow
    function hashOrder(
        bool sell,
        address trader,
        Day day,
        uint16 paymentDays,
        bytes calldata order
    ) external view returns (bytes32) {
        Order memory read;
        BandHashing memory hashing;
        uint256 start;
        assembly ("memory-safe") {
            start := order.offset
        }
        PackedRound.readOrder(start, read);
        read.paymentDays = paymentDays;
        return _hashTypedDataV4(TypedData.hash(hashing, read, sell, trader, Calendar.dateNumber(day)));
    }

    // --------------------------------------------------------------------------------------------------- seams

    /// @inheritdoc ITradeEscrow
    function finaliseAccepted(MeterId meter, Day day, TradeSettlement[] calldata trades) external nonReentrant {
        (meter, day, trades); // As above.
        _delegateTo(kwhClaims);
    }

    /// @inheritdoc ITradeEscrow
    function redirectPayee(TradeId id, ParticipantId payee) external restricted {
        TradeState state = _requireStatus(id, TradeStatus.Open);
        if (registry.accountOf(payee) == address(0)) revert TradeEscrow_NotParty(address(0), payee);
        _states.setState(id, state.mark());
        _payees[id] = payee;
        emit PayeeRedirected(id, payee);
    }

    /// @inheritdoc ITradeEscrow
    function freeze(TradeId id, uint40 until) external restricted {
        TradeStatus status = _statusOf(id);
        if (!status.isPending()) revert TradeEscrow_WrongStatus(id, status);
        Freeze storage known = _freezes[id];
        if (known.latest == 0) {
            // Unix seconds fit 40 bits for another 34,000 years.
            known.latest = uint40(block.timestamp + LONGEST_FREEZE);
            _states.setState(id, _states.stateOf(id).mark());
        }
        if (until > known.latest) revert TradeEscrow_FreezeTooLong(id, until);
        known.until = until;
        emit TradeFrozen(id, until);
    }

    /// @inheritdoc ITradeEscrow
    function rule(
        TradeId id,
        TradeTerms calldata terms,
        BookProof calldata book,
        uint128 energyFen,
        uint128 networkFen,
        uint128 deviationFen
    ) external restricted nonReentrant {
        TradeState state = _requireStatus(id, TradeStatus.Open);
        if (block.timestamp >= _freezes[id].until) revert TradeEscrow_NotFrozen(id);
        bytes32 commitment = Commitment.ofTerms(id, terms);
        _requireBook(terms.sellerMeter, terms.day, book, chain(book.earlier, commitment));
        if (energyFen > terms.energyFen || networkFen > terms.networkFen || deviationFen > terms.bondFen) {
            revert TradeEscrow_RulingExceedsHold(id);
        }
        _states.setState(id, state.withStatus(TradeStatus.Ruled));
        Ledger memory ledger = _newLedger(1);
        emit TradeRuled(id, energyFen, networkFen, deviationFen, ledger.settlement);
        Outcome memory outcome = Outcome(0, energyFen, networkFen, deviationFen, false);
        (ledger.outcomes[0], ledger.outcomeCount) = (Commitment.ofOutcome(commitment, outcome), 1);

        (, ParticipantId deviationPayee) = rules.deviationRule(terms.rules, terms.source);
        if (deviationPayee.isNobody()) deviationPayee = terms.buyer;
        ParticipantId payee = _payeeOf(id, state, terms);
        _payOut(ledger, id, terms, payee, deviationPayee, energyFen, networkFen, deviationFen);
        _handOver(ledger);
    }

    // ---------------------------------------------------------------------------------------------- internals

    function _delegateTo(address code) private returns (bytes memory) {
        return Address.functionDelegateCall(code, msg.data);
    }

    /// @dev Until the book of a day closes, and not further ahead than a day can be traded.
    function _requireBeforeCutOff(Day day) private view {
        (uint256 cutOffLeadSeconds, , ) = rules.clockOn(Calendar.today());
        _requireAhead(day, MAX_ADVANCE_DAYS * 1 days, cutOffLeadSeconds);
    }

    function _requireStatus(TradeId id, TradeStatus wanted) private view returns (TradeState) {
        TradeStatus status = _statusOf(id);
        if (status != wanted) revert TradeEscrow_WrongStatus(id, status);
        return _states.stateOf(id);
    }
}
