// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {DebtCode} from "../../debts/DebtCode.sol";
import {DebtTerms} from "../../debts/interfaces/IDebtLedger.sol";
import {MeterDay} from "../../metering/interfaces/IMeterRegistry.sol";
import {HoldMove} from "../../money/interfaces/IDepositToken.sol";
import {Calendar} from "../../types/Calendar.sol";
import {Curve} from "../../types/Curve.sol";
import {Day} from "../../types/Day.sol";
import {DayState, Source} from "../../types/Enums.sol";
import {MeterId, ParticipantId, RuleSetId, TradeId} from "../../types/Ids.sol";
import {DeviationRule} from "../interfaces/IMarketRules.sol";
import {
    BookProof,
    DayLapse,
    DaySettlement,
    ITradeEscrow,
    Outcome,
    SettlementRun,
    TradeSettlement,
    TradeStatus,
    TradeTerms
} from "../interfaces/ITradeEscrow.sol";
import {Commitment} from "../libraries/Commitment.sol";
import {chain, DayBook} from "../libraries/DayBook.sol";
import {Filling} from "../libraries/Filling.sol";
import {SettlementAmounts} from "../libraries/SettlementAmounts.sol";
import {Scratch} from "../libraries/Scratch.sol";
import {TradeState} from "../libraries/TradeStates.sol";
import {TradeRules} from "./TradeRules.sol";

/// @title The way out: settled by meter, or lapsed
/// @notice Nothing here needs a role, a standing or an open gate. A trade leaves escrow once; what is moved is gathered while
/// states change, and handed over at the end. What was delivered is claimed by the buyers, see `KwhClaims`.
abstract contract Settlement is ITradeEscrow, TradeRules, ReentrancyGuardTransient {
    using Curve for uint256[12];

    /// @dev Energy, network charge and deviation charge paid from the holds, and what remains of each side's hold.
    uint256 private constant MOVES_PER_TRADE = 5;

    /// @dev How far payer and payee lie above the lowest bit of a move, whose lowest bits are the amount.
    uint256 private constant MOVE_PAYER = 160;
    uint256 private constant MOVE_PAYEE = 128;

    /// @dev What a call gathers. `moves` and `outcomes` have room for all of its trades; `...Count` says how much is in use.
    struct Ledger {
        /// Each in one word, because most trades use fewer than there is room for: payer, payee, amount.
        uint256[] moves;
        bytes32[] outcomes;
        uint256 moveCount;
        uint256 outcomeCount;
        /// The number of this call among those that settle.
        uint64 settlement;
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
        /// The hash of the day's trades so far, and whether none of them is left to settle.
        bytes32 trades;
        bool finished;
        /// The trade at hand, and the words of its energy that are not zero.
        TradeTerms terms;
        bytes32 commitment;
        TradeState state;
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
    function settle(SettlementRun[] calldata runs, bytes[] calldata prices) external nonReentrant {
        uint256 count;
        for (uint256 i; i < runs.length; ++i) {
            DaySettlement[] calldata settlements = runs[i].settlements;
            for (uint256 j; j < settlements.length; ++j) {
                unchecked {
                    // Each fills calldata.
                    count += settlements[j].trades.length;
                }
            }
        }
        Ledger memory ledger = _newLedger(count);
        for (uint256 i; i < runs.length; ++i) {
            SettlementRun calldata run = runs[i];
            DayState[] memory underRoot;
            if (run.proof.root != 0) underRoot = _statesOf(run);
            for (uint256 j; j < run.settlements.length; ++j) {
                DaySettlement calldata settlement = run.settlements[j];
                Curve.copyInto(settlement.metered, ledger.metered);
                DayState state =
                    underRoot.length != 0
                        ? underRoot[j]
                        : meters.packedDay(settlement.meter, settlement.day).stateWith(ledger.metered.hash());
                _settleDay(ledger, settlement, state, prices);
            }
        }
        _handOver(ledger);
    }

    /// @inheritdoc ITradeEscrow
    function lapse(DayLapse[] calldata lapses) external nonReentrant {
        uint256 count;
        for (uint256 i; i < lapses.length; ++i) {
            unchecked {
                // Each fills calldata.
                count += lapses[i].ids.length;
            }
        }
        Ledger memory ledger = _newLedger(count);
        for (uint256 i; i < lapses.length; ++i) {
            DayLapse calldata given = lapses[i];
            (MeterId meter, Day day) = (given.meter, given.day);
            // A lapsed day stays lapsed, even if a report comes late.
            if (!meters.packedDay(meter, day).state().hasLapsed()) revert TradeEscrow_NotLapsed(meter, day);
            bytes32 trades = given.book.earlier;
            for (uint256 j; j < given.ids.length; ++j) {
                (TradeId id, TradeTerms memory terms) = (given.ids[j], given.terms[j]);
                trades = chain(trades, Commitment.ofTerms(id, terms));
                TradeState state = _states.stateOf(id);
                if (state.status() != TradeStatus.Open || _isArbitrated(id, state)) continue;
                _release(ledger, id, state, terms);
            }
            _requireBook(meter, day, given.book, trades);
        }
        _handOver(ledger);
    }

    // ---------------------------------------------------------------------------------------------- internals

    function _newLedger(uint256 count) internal view returns (Ledger memory ledger) {
        ledger.moves = new uint256[](count * MOVES_PER_TRADE);
        ledger.outcomes = new bytes32[](count);
        ledger.settlement = _settlementCount + 1;
        ledger.today = Calendar.today();
    }

    /// @dev Where the days of a run under a root stand, if their curves are those in force. Words are read one by one, which
    /// costs less than asking for many.
    function _statesOf(SettlementRun calldata run) private view returns (DayState[] memory) {
        DaySettlement[] calldata settlements = run.settlements;
        MeterDay[] memory meterDays = new MeterDay[](settlements.length);
        bytes32[] memory curveHashes = new bytes32[](settlements.length);
        for (uint256 i; i < settlements.length; ++i) {
            (meterDays[i].meter, meterDays[i].day) = (settlements[i].meter, settlements[i].day);
            curveHashes[i] = keccak256(settlements[i].metered);
        }
        return meters.statesOf(meterDays, curveHashes, run.proof);
    }

    /// @dev What is settled is proved last, by all of it together: until then nothing has left the escrow.
    function _settleDay(
        Ledger memory ledger,
        DaySettlement calldata settlement,
        DayState state,
        bytes[] calldata prices
    ) private {
        TradeSettlement[] calldata trades = settlement.trades;
        BookProof calldata book = settlement.book;
        if (!state.isFinal()) revert TradeEscrow_NotFinal(settlement.meter, settlement.day);
        ledger.late = state == DayState.LateFinal;
        ledger.offset.clear();
        ledger.offsetHash = 0;
        if (settlement.offset.length != 0) {
            Curve.copyInto(settlement.offset, ledger.offset);
            ledger.offsetHash = ledger.offset.hash();
        }
        (ledger.trades, ledger.finished) = (book.earlier, true);
        uint256 free = Scratch.mark();
        for (uint256 i; i < trades.length; ++i) {
            if (i != 0) {
                Filling.add(ledger.offset, ledger.energy, ledger.from, ledger.to);
                ledger.offsetHash = ledger.offset.hash();
            }
            _settleOne(ledger, trades[i], prices);
            Scratch.release(free);
        }
        (DayBook known, bool aside) = _requireBook(settlement.meter, settlement.day, book, ledger.trades);
        // A day without trades has no book to close: a word written for it would never serve another day.
        bool whole = book.earlier == 0 && book.later.length == 0 && trades.length != 0;
        if (whole && ledger.finished) _storeBook(settlement.meter, settlement.day, known.close(), aside);
    }

    /// @dev Whether `trades`, the hash of a day's trades up to the last one given, belong to its book.
    function _requireBook(
        MeterId meter,
        Day day,
        BookProof calldata proof,
        bytes32 trades
    ) internal view returns (DayBook book, bool aside) {
        for (uint256 i; i < proof.later.length; ++i) {
            trades = chain(trades, proof.later[i]);
        }
        (book, aside) = _bookOf(meter, day);
        if (!book.holds(proof.position, trades)) revert TradeEscrow_WrongBook(meter, day);
    }

    function _settleOne(Ledger memory ledger, TradeSettlement calldata item, bytes[] calldata prices) private {
        TradeTerms memory terms = ledger.terms;
        (ledger.from, ledger.to) = Curve.readStretch(item.energy, item.firstSlot, ledger.energy);
        Commitment.copyTerms(item.terms, terms);
        ledger.commitment = Commitment.ofTerms(item.id, terms);
        ledger.trades = chain(ledger.trades, ledger.commitment);
        // By these the position before the next trade is known, whether or not this one is settled.
        if (Commitment.ofSchedule(ledger.energy.hash(), ledger.offsetHash) != terms.scheduleHash) {
            revert TradeEscrow_WrongTerms(item.id);
        }
        TradeState state = _states.stateOf(item.id);
        ledger.state = state;
        if (!state.status().isPending()) return;
        if (_isArbitrated(item.id, state)) {
            ledger.finished = false;
            return;
        }
        _readPrice(ledger, prices, item.price);
        if (ledger.priceHash != terms.priceHash) revert TradeEscrow_WrongTerms(item.id);
        if (ledger.late && state.status() == TradeStatus.Open) _release(ledger, item.id, state, terms);
        _settleAmounts(ledger, item.id, terms);
    }

    /// @dev Trades of a round share their prices: a curve is read once where they follow each other.
    function _readPrice(Ledger memory ledger, bytes[] calldata prices, uint256 index) private pure {
        if (ledger.pricePlace == index + 1) return;
        Curve.copyInto(prices[index], ledger.price);
        (ledger.pricePlace, ledger.priceHash) = (index + 1, ledger.price.hash());
    }

    /// @dev A full delivery needs no new computation; otherwise energy and network charge follow what was delivered.
    function _settleAmounts(Ledger memory ledger, TradeId id, TradeTerms memory terms) private {
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
        _conclude(ledger, id, outcome);
        ParticipantId payee = _payeeOf(id, ledger.state, terms);
        if (ledger.late) {
            _invoice(ledger, id, terms, payee, deviationPayee, outcome);
        } else {
            _payOut(
                ledger,
                id,
                terms,
                payee,
                deviationPayee,
                outcome.energyFen,
                outcome.networkFen,
                outcome.deviationFen
            );
        }
    }

    function _conclude(Ledger memory ledger, TradeId id, Outcome memory outcome) private {
        _states.setState(id, ledger.state.withStatus(TradeStatus.Settled));
        unchecked {
            // There is room for each trade.
            ledger.outcomes[ledger.outcomeCount++] = Commitment.ofOutcome(ledger.commitment, outcome);
        }
        emit TradeSettled(
            id,
            outcome.deliveredWh,
            outcome.energyFen,
            outcome.networkFen,
            outcome.deviationFen,
            outcome.invoiced,
            ledger.settlement
        );
    }

    /// @dev Who receives the proceeds of a trade.
    function _payeeOf(
        TradeId id,
        TradeState state,
        TradeTerms memory terms
    ) internal view returns (ParticipantId payee) {
        if (state.isMarked()) payee = _payees[id];
        if (payee.isNobody()) payee = terms.seller;
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
    function _release(Ledger memory ledger, TradeId id, TradeState state, TradeTerms memory terms) private {
        _states.setState(id, state.withStatus(TradeStatus.Lapsed));
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

    /// @dev States are updated first; now outcomes are kept and money moves. The token calls no receiver.
    function _handOver(Ledger memory ledger) internal {
        if (ledger.outcomeCount != 0) _keepOutcomes(ledger.outcomes, ledger.outcomeCount);
        if (ledger.moveCount != 0) deposits.moveHolds(_unpackMoves(ledger));
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

    /// @dev Whether an arbiter holds a trade now.
    function _isArbitrated(TradeId id, TradeState state) private view returns (bool) {
        return state.isMarked() && block.timestamp < _freezes[id].until;
    }
}
