// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {DebtCode} from "../../debts/DebtCode.sol";
import {DebtTerms} from "../../debts/interfaces/IDebtLedger.sol";
import {KwhMint} from "../../energy/interfaces/IKwhToken.sol";
import {DayWord} from "../../metering/libraries/DayWord.sol";
import {MeterWord} from "../../metering/libraries/MeterWord.sol";
import {HoldMove} from "../../money/interfaces/IDepositToken.sol";
import {Calendar} from "../../types/Calendar.sol";
import {Curve} from "../../types/Curve.sol";
import {Day} from "../../types/Day.sol";
import {DayState, Direction, Source} from "../../types/Enums.sol";
import {MeterId, ParticipantId, RuleSetId, TradeId} from "../../types/Ids.sol";
import {DeviationRule} from "../interfaces/IMarketRules.sol";
import {
    DaySettlement,
    ITradeEscrow,
    Outcome,
    TradeSettlement,
    TradeStatus,
    TradeTerms
} from "../interfaces/ITradeEscrow.sol";
import {Commitment} from "../libraries/Commitment.sol";
import {Filling} from "../libraries/Filling.sol";
import {SettlementAmounts} from "../libraries/SettlementAmounts.sol";
import {Scratch} from "../libraries/Scratch.sol";
import {TradeRules} from "./TradeRules.sol";

/// @title The way out: settled by meter, or lapsed
/// @notice Nothing here needs a role, a standing or an open gate. A trade leaves escrow once; holds and mints
/// are gathered while records change, and handed over at the end.
abstract contract Settlement is ITradeEscrow, TradeRules, ReentrancyGuardTransient {
    using Curve for uint256[12];

    /// @dev Energy, network charge and deviation charge paid from the holds, and what remains of each side's hold.
    uint256 private constant MOVES_PER_TRADE = 5;

    /// @dev How far payer and payee lie above the lowest bit of a move, whose lowest bits are the amount.
    uint256 private constant MOVE_PAYER = 160;
    uint256 private constant MOVE_PAYEE = 128;

    /// @dev How far status and flags lie above the lowest bit of a `Record`, whose lowest bits are the commitment.
    uint256 private constant RECORD_STATUS = 240;
    uint256 private constant RECORD_FLAGS = 248;
    /// @dev The bits that a commitment leaves free in its word.
    uint256 private constant UNCOMMITTED_BITS = 16;

    /// @dev What a call gathers. `moves` and `mints` have room for all of its trades; `...Count` says how much is in use.
    struct Ledger {
        /// Each in one word, because most trades use fewer than there is room for: payer, payee, amount.
        uint256[] moves;
        KwhMint[] mints;
        ParticipantId[] holders;
        uint256 moveCount;
        uint256 mintCount;
        /// Whose bonds were given back last, and by which move.
        ParticipantId bonded;
        uint256 bondsMove;
        Day today;
        /// The meter day at hand.
        bool late;
        uint256[12] metered;
        RuleSetId rules;
        ParticipantId gridCompany;
        /// The deviation rule that was asked for last, for which source, and who receives its charge; 0 is the buyer.
        RuleSetId deviationRules;
        Source source;
        DeviationRule deviation;
        ParticipantId deviationPayee;
        /// The trade at hand, and the words of its energy that are not zero.
        TradeTerms terms;
        uint256 from;
        uint256 to;
        uint256[12] energy;
        /// Position before the trade at hand, and its hash; 0 where nothing was sold.
        uint256[12] offset;
        bytes32 offsetHash;
        /// The price curve that was read last, its place in the call counted from 1, and its hash.
        uint256[12] price;
        uint256 pricePlace;
        bytes32 priceHash;
    }

    // ------------------------------------------------------------------------------------------- user actions

    /// @inheritdoc ITradeEscrow
    function settle(DaySettlement[] calldata settlements, bytes[] calldata prices) external nonReentrant {
        uint256 count;
        for (uint256 i; i < settlements.length; ++i) {
            unchecked {
                // Each fills calldata.
                count += settlements[i].trades.length;
            }
        }
        Ledger memory ledger = _newLedger(count);
        uint256 free = Scratch.mark();
        for (uint256 i; i < settlements.length; ++i) {
            DaySettlement calldata settlement = settlements[i];
            TradeSettlement[] calldata trades = settlement.trades;
            ledger.late = _readFinal(settlement.meter, settlement.day, settlement.metered, ledger.metered);
            ledger.offset.clear();
            ledger.offsetHash = 0;
            for (uint256 j; j < trades.length; ++j) {
                TradeSettlement calldata item = trades[j];
                _readSchedule(ledger, item, j == 0);
                _settleOne(ledger, settlement, item, prices);
                Scratch.release(free);
            }
        }
        _handOver(ledger);
    }

    /// @inheritdoc ITradeEscrow
    function lapse(TradeId[] calldata ids, TradeTerms[] calldata terms) external nonReentrant {
        Ledger memory ledger = _newLedger(ids.length);
        for (uint256 i; i < ids.length; ++i) {
            if (!_canFinish(ids[i], TradeStatus.Open)) continue;
            _requireTerms(ids[i], terms[i]);
            // A lapsed day stays lapsed, even if a report comes late.
            if (!meters.packedDay(terms[i].sellerMeter, terms[i].day).state().hasLapsed()) {
                revert TradeEscrow_NotLapsed(terms[i].sellerMeter, terms[i].day);
            }
            _release(ledger, ids[i], terms[i]);
        }
        _handOver(ledger);
    }

    /// @inheritdoc ITradeEscrow
    function mintSurplus(
        MeterId meter,
        Day day,
        bytes calldata metered,
        bytes calldata position
    ) external nonReentrant {
        uint256[12] memory curve;
        _readFinal(meter, day, metered, curve);
        bytes32 known = _positions[meter][day];
        if (known == SURPLUS_MINTED) revert TradeEscrow_SurplusMinted(meter, day);
        if (_hashOrZero(position) != known) revert TradeEscrow_StalePosition(meter, day);
        MeterWord plant = meters.packedMeter(meter);
        ParticipantId owner = plant.owner();
        if (plant.direction() != Direction.Generation) revert TradeEscrow_MeterNotTradable(meter, owner);
        _positions[meter][day] = SURPLUS_MINTED;
        uint256 surplus = curve.excess(Curve.read(position)).sum();
        emit SurplusMinted(meter, day, owner, surplus);

        KwhMint[] memory mints = new KwhMint[](1);
        // 96 slots below 2^31.
        mints[0] = KwhMint(registry.accountOf(owner), meter, day, uint128(surplus));
        if (surplus != 0) kwh.mint(mints);
    }

    // ---------------------------------------------------------------------------------------------- internals

    function _newLedger(uint256 count) internal view returns (Ledger memory ledger) {
        ledger.moves = new uint256[](count * MOVES_PER_TRADE);
        ledger.mints = new KwhMint[](count);
        ledger.holders = new ParticipantId[](count);
        ledger.today = Calendar.today();
    }

    /// @dev Reads the final curve of a meter day; returns whether it was finalised late.
    function _readFinal(
        MeterId meter,
        Day day,
        bytes calldata metered,
        uint256[12] memory curve
    ) private view returns (bool late) {
        DayWord record = meters.packedDay(meter, day);
        DayState state = record.state();
        if (!state.isFinal()) revert TradeEscrow_NotFinal(meter, day);
        late = state == DayState.LateFinal;
        Curve.copyInto(metered, curve);
        if (!record.hasCurve(curve.hash())) revert TradeEscrow_NotFinal(meter, day);
    }

    function _settleOne(
        Ledger memory ledger,
        DaySettlement calldata settlement,
        TradeSettlement calldata item,
        bytes[] calldata prices
    ) private {
        Record memory record = _records[item.id];
        TradeStatus status = record.status;
        if (!status.isPending()) {
            if (status == TradeStatus.None) revert TradeEscrow_WrongStatus(item.id, status);
            return;
        }
        if (_isArbitrated(item.id, record)) return;
        TradeTerms memory terms = ledger.terms;
        Commitment.copyTerms(item.terms, terms);
        if (record.commitment != Commitment.ofTerms(terms)) revert TradeEscrow_WrongTerms(item.id);
        if (MeterId.unwrap(terms.sellerMeter) != MeterId.unwrap(settlement.meter) || !(terms.day == settlement.day)) {
            revert TradeEscrow_WrongTerms(item.id);
        }
        // The hash matches what was opened, so these are curves.
        if (_scheduleHash(ledger.energy.hash(), ledger.offsetHash) != terms.scheduleHash) {
            revert TradeEscrow_WrongTerms(item.id);
        }
        _readPrice(ledger, prices, item.price);
        if (ledger.priceHash != terms.priceHash) revert TradeEscrow_WrongTerms(item.id);
        if (ledger.late && status == TradeStatus.Open) _release(ledger, item.id, terms);
        _settleAmounts(ledger, item.id, record, terms);
    }

    /// @dev What a trade sold, and the position before it: as given, zero, or what the trade before it in the list
    /// left, whether or not that one could be settled.
    function _readSchedule(Ledger memory ledger, TradeSettlement calldata item, bool first) private pure {
        bool given = item.offset.length != 0;
        if (given) Curve.copyInto(item.offset, ledger.offset);
        else if (!first) Filling.add(ledger.offset, ledger.energy, ledger.from, ledger.to);
        if (given || !first) ledger.offsetHash = ledger.offset.hash();
        (ledger.from, ledger.to) = Curve.readRange(item.energy, ledger.energy);
    }

    /// @dev Trades of a round share their prices: a curve is read once where they follow each other.
    function _readPrice(Ledger memory ledger, bytes[] calldata prices, uint256 index) private pure {
        if (ledger.pricePlace == index + 1) return;
        Curve.copyInto(prices[index], ledger.price);
        (ledger.pricePlace, ledger.priceHash) = (index + 1, ledger.price.hash());
    }

    /// @dev A full delivery needs no new computation; otherwise energy and network charge follow what was delivered.
    function _settleAmounts(Ledger memory ledger, TradeId id, Record memory record, TradeTerms memory terms) private {
        Outcome memory outcome;
        bool whole;
        (outcome.deliveredWh, whole) = Filling.arrives(
            ledger.energy,
            ledger.offset,
            ledger.metered,
            ledger.from,
            ledger.to
        );
        ParticipantId deviationPayee;
        if (whole) {
            (outcome.energyFen, outcome.networkFen) = (terms.energyFen, terms.networkFen);
            outcome.invoiced = ledger.late;
        } else {
            _readDeviation(ledger, terms);
            deviationPayee = ledger.deviationPayee.isNobody() ? terms.buyer : ledger.deviationPayee;
            outcome = SettlementAmounts.ofDelivery(
                terms,
                ledger.energy,
                ledger.offset,
                ledger.metered,
                ledger.price,
                ledger.from,
                ledger.to,
                ledger.deviation,
                ledger.late
            );
        }
        _conclude(id, record, outcome);
        (uint256 energyFen, uint256 networkFen) = (outcome.energyFen, outcome.networkFen);
        emit TradeSettled(id, outcome.deliveredWh, energyFen, networkFen, outcome.deviationFen, ledger.late);

        ParticipantId payee = record.flags & REDIRECTED != 0 ? _payees[id] : terms.seller;
        if (ledger.late) {
            _invoice(ledger, id, terms, payee, deviationPayee, outcome);
        } else {
            _payOut(ledger, id, terms, payee, deviationPayee, energyFen, networkFen, outcome.deviationFen);
        }
        if (outcome.deliveredWh == 0) return;
        uint256 place = ledger.mintCount;
        unchecked {
            ledger.mintCount = place + 1;
        }
        ledger.holders[place] = terms.buyer;
        // Written into memory that was taken before: what this turn takes is released after it.
        KwhMint memory minted = ledger.mints[place];
        // Sums of 96 slots below 2^31.
        (minted.meter, minted.day, minted.energyWh) = (terms.sellerMeter, terms.day, uint128(outcome.deliveredWh));
    }

    /// @dev The outcome goes into the word that changes anyway, so that it can be proved to other contracts.
    function _conclude(TradeId id, Record memory record, Outcome memory outcome) private {
        uint256 kept = uint256(bytes32(Commitment.ofOutcome(record.commitment, outcome))) >> UNCOMMITTED_BITS;
        kept |= (uint256(record.flags) << RECORD_FLAGS) | (uint256(TradeStatus.Settled) << RECORD_STATUS);
        Record storage stored = _records[id];
        assembly ("memory-safe") {
            // A struct would be written member by member.
            sstore(stored.slot, kept)
        }
    }

    /// @dev Divides the holds of a trade: what is due is paid, the rest is released. On terms the energy becomes a
    /// debt.
    function _payOut(
        Ledger memory ledger,
        TradeId id,
        TradeTerms memory terms,
        ParticipantId payee,
        ParticipantId deviationPayee,
        uint256 energyFen,
        uint256 networkFen,
        uint256 deviationFen
    ) internal {
        uint256 back;
        uint256 bondFen;
        unchecked {
            // Nobody pays more than is held for it.
            back = _heldOfBuyer(terms) - networkFen;
            bondFen = terms.bondFen - deviationFen;
        }
        if (terms.paymentDays == 0) {
            unchecked {
                back -= energyFen;
            }
            _move(ledger, terms.buyer, payee, energyFen);
        } else {
            _postEnergy(ledger.today, id, terms, payee, energyFen);
        }
        _move(ledger, terms.buyer, _gridCompany(ledger, terms.rules), networkFen);
        _move(ledger, terms.buyer, ParticipantId.wrap(0), back);
        _move(ledger, terms.seller, deviationPayee, deviationFen);
        _giveBond(ledger, terms.seller, bondFen);
    }

    /// @dev Trades of a call mostly share a rule set: it is read once.
    function _gridCompany(Ledger memory ledger, RuleSetId id) private view returns (ParticipantId) {
        if (RuleSetId.unwrap(ledger.rules) != RuleSetId.unwrap(id)) {
            (ledger.rules, ledger.gridCompany) = (id, rules.gridCompanyOf(id));
        }
        return ledger.gridCompany;
    }

    /// @dev Trades of a meter have one source: its rule is read once.
    function _readDeviation(Ledger memory ledger, TradeTerms memory terms) private view {
        if (RuleSetId.unwrap(ledger.deviationRules) == RuleSetId.unwrap(terms.rules) && ledger.source == terms.source) {
            return;
        }
        (ledger.deviationRules, ledger.source) = (terms.rules, terms.source);
        DeviationRule memory rule;
        (rule, ledger.deviationPayee) = rules.deviationRule(terms.rules, terms.source);
        // Copied: what this turn takes of memory is released after it.
        DeviationRule memory kept = ledger.deviation;
        (kept.toleranceBp, kept.rateBp, kept.priceFenPerMWh) = (rule.toleranceBp, rule.rateBp, rule.priceFenPerMWh);
        (kept.period, kept.payee) = (rule.period, rule.payee);
    }

    /// @dev Releases both holds; what is owed stays owed.
    function _release(Ledger memory ledger, TradeId id, TradeTerms memory terms) private {
        _records[id].status = TradeStatus.Lapsed;
        emit TradeLapsed(id);
        _move(ledger, terms.buyer, ParticipantId.wrap(0), _heldOfBuyer(terms));
        _giveBond(ledger, terms.seller, terms.bondFen);
    }

    /// @dev Releases a seller's bonds of consecutive trades in one move.
    function _giveBond(Ledger memory ledger, ParticipantId seller, uint256 amountFen) private pure {
        if (ledger.bonded == seller) {
            ledger.moves[ledger.bondsMove] += amountFen; // Together no more than what is held of the seller.
        } else if (amountFen != 0) {
            (ledger.bonded, ledger.bondsMove) = (seller, ledger.moveCount);
            _move(ledger, seller, ParticipantId.wrap(0), amountFen);
        }
    }

    function _move(Ledger memory ledger, ParticipantId payer, ParticipantId payee, uint256 amountFen) private pure {
        if (amountFen == 0) return;
        // No part of a hold exceeds the uint128 it was recorded in.
        uint256 move =
            (uint256(ParticipantId.unwrap(payer)) << MOVE_PAYER) |
                (uint256(ParticipantId.unwrap(payee)) << MOVE_PAYEE) |
                amountFen;
        unchecked {
            ledger.moves[ledger.moveCount++] = move;
        }
    }

    /// @dev Due by the payment term, today at the earliest. The ledger calls nobody.
    function _postEnergy(
        Day today,
        TradeId id,
        TradeTerms memory terms,
        ParticipantId payee,
        uint256 energyFen
    ) private {
        Day due = terms.day.plusDays(terms.paymentDays);
        if (due < today) due = today;
        DebtTerms[] memory owed = new DebtTerms[](1);
        if (_owe(owed, 0, DebtCode.EnergyOnTerms, terms.buyer, payee, due, energyFen, id) != 0) debts.post(owed);
    }

    /// @dev A late day's holds were released: all of it is owed at once.
    function _invoice(
        Ledger memory ledger,
        TradeId id,
        TradeTerms memory terms,
        ParticipantId payee,
        ParticipantId deviationPayee,
        Outcome memory outcome
    ) private {
        ParticipantId gridCompany = _gridCompany(ledger, terms.rules);
        DebtTerms[] memory owed = new DebtTerms[](3);
        uint256 count = _owe(owed, 0, DebtCode.LateInvoice, terms.buyer, payee, ledger.today, outcome.energyFen, id);
        count = _owe(
            owed,
            count,
            DebtCode.NetworkCharge,
            terms.buyer,
            gridCompany,
            ledger.today,
            outcome.networkFen,
            id
        );
        count = _owe(
            owed,
            count,
            DebtCode.DeviationCharge,
            terms.seller,
            deviationPayee,
            ledger.today,
            outcome.deviationFen,
            id
        );
        if (count == 0) return;
        assembly ("memory-safe") {
            // Shortened to the entries that were filled in.
            mstore(owed, count)
        }
        debts.post(owed);
    }

    /// @dev Nobody owes itself: what would come back to its payer is not owed.
    function _owe(
        DebtTerms[] memory owed,
        uint256 count,
        DebtCode code,
        ParticipantId debtor,
        ParticipantId creditor,
        Day dueDay,
        uint256 amountFen,
        TradeId id
    ) private pure returns (uint256) {
        if (amountFen == 0 || debtor == creditor) return count;
        bytes32 source = bytes32(uint256(TradeId.unwrap(id)));
        // Amounts of one trade stay far below 2^80, see `_setAmounts`.
        owed[count] = DebtTerms(debtor, creditor, dueDay, code, uint80(amountFen), source);
        return count + 1;
    }

    /// @dev Records are updated first; now money and kWh move. No receiver is called by either token.
    function _handOver(Ledger memory ledger) internal {
        KwhMint[] memory mints = ledger.mints;
        ParticipantId[] memory holders = ledger.holders;
        uint256 mintCount = ledger.mintCount;
        assembly ("memory-safe") {
            // Only the first entries are in use.
            mstore(mints, mintCount)
            mstore(holders, mintCount)
        }
        if (ledger.moveCount != 0) deposits.moveHolds(_unpackMoves(ledger));
        if (mintCount == 0) return;
        address[] memory accounts = registry.accountsOf(holders);
        for (uint256 i; i < mintCount; ++i) {
            mints[i].to = accounts[i];
        }
        kwh.mint(mints);
    }

    function _unpackMoves(Ledger memory ledger) private pure returns (HoldMove[] memory moves) {
        moves = new HoldMove[](ledger.moveCount);
        for (uint256 i; i < moves.length; ++i) {
            (HoldMove memory move, uint256 word) = (moves[i], ledger.moves[i]);
            // Casts cut a field out of the word.
            move.payer = ParticipantId.wrap(uint32(word >> MOVE_PAYER));
            move.payee = ParticipantId.wrap(uint32(word >> MOVE_PAYEE));
            move.amountFen = uint128(word);
        }
    }

    /// @dev Whether a trade is in `status` and no arbiter holds it now.
    function _canFinish(TradeId id, TradeStatus status) internal view returns (bool) {
        Record memory record = _records[id];
        return record.status == status && !_isArbitrated(id, record);
    }

    /// @dev Whether an arbiter holds a trade now.
    function _isArbitrated(TradeId id, Record memory record) private view returns (bool) {
        return record.flags & FROZEN != 0 && block.timestamp < _freezes[id].until;
    }

    function _requireTerms(TradeId id, TradeTerms memory terms) internal view {
        if (_records[id].commitment != Commitment.ofTerms(terms)) revert TradeEscrow_WrongTerms(id);
    }
}
