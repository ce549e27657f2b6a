// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {BoundedCall} from "../access/libraries/BoundedCall.sol";
import {IDebtLedger} from "../debts/interfaces/IDebtLedger.sol";
import {IKwhToken} from "../energy/interfaces/IKwhToken.sol";
import {IParticipantRegistry} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor, Spending} from "../identity/interfaces/ISecondFactor.sol";
import {StandingWord} from "../identity/libraries/StandingWord.sol";
import {IMeterRegistry} from "../metering/interfaces/IMeterRegistry.sol";
import {MeterWord} from "../metering/libraries/MeterWord.sol";
import {IDepositToken} from "../money/interfaces/IDepositToken.sol";
import {Calendar} from "../types/Calendar.sol";
import {Curve} from "../types/Curve.sol";
import {Day} from "../types/Day.sol";
import {Direction, Voltage} from "../types/Enums.sol";
import {MeterId, ParticipantId, RuleSetId, TradeId} from "../types/Ids.sol";
import {IMarketRules, PriceBand, RuleSet} from "./interfaces/IMarketRules.sol";
import {NonceKind, Trade, TradeTerms} from "./interfaces/ITradeEscrow.sol";
import {Amount} from "./libraries/Amount.sol";
import {Bands} from "./libraries/Bands.sol";
import {Commitment} from "./libraries/Commitment.sol";
import {bookOf, chain, DayBook, MOST_BILATERAL_TRADES} from "./libraries/DayBook.sol";
import {NoncePage} from "./libraries/NoncePage.sol";
import {Season} from "./libraries/Season.sol";
import {TypedData} from "./libraries/TypedData.sol";
import {EscrowCode} from "./parts/EscrowCode.sol";
import {TradeRules} from "./parts/TradeRules.sol";
import {TradeStore} from "./parts/TradeStore.sol";

/// @title The way in for what two wallets agreed
/// @notice The code of `TradeEscrow.open`, run by delegatecall on the escrow's storage: a contract of its own, because all of the
/// escrow exceeds what a contract may weigh.
contract BilateralOpening is EscrowCode, TradeRules {
    using Bands for Bands.Spread;
    using Curve for uint256[12];

    /// @dev Rounds are numbered from 1.
    uint64 private constant NO_ROUND = 0;

    constructor(
        IParticipantRegistry registry_,
        IMeterRegistry meters_,
        IDepositToken deposits_,
        IKwhToken kwh_,
        IMarketRules rules_,
        IDebtLedger debts_,
        ISecondFactor secondFactor_
    ) TradeStore(registry_, meters_, deposits_, kwh_, rules_, debts_, secondFactor_) {}

    // ------------------------------------------------------------------------------------------- user actions

    /// @notice See `ITradeEscrow.open`.
    function open(
        Trade calldata trade,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature,
        bytes calldata position
    ) external onlyEscrow returns (TradeId id) {
        (RuleSetId rulesId, RuleSet memory set) = _openDay(trade.day, false);
        if (block.timestamp > trade.expiry) revert TradeEscrow_Expired(trade.expiry);
        TradeTerms memory terms;
        terms.day = trade.day;
        terms.rules = rulesId;
        terms.paymentDays = trade.paymentDays;
        (uint256 capacityWh, bool guarded) = _fillParties(terms, trade, set);

        bytes32 digest = _digestOf(trade);
        _useNonce(trade, trade.buyer, digest, buyerSignature);
        _useNonce(trade, trade.seller, digest, sellerSignature);

        uint256[12] memory energy = _fillAmounts(terms, trade, set);
        if (guarded) _spendExposure(terms, digest);
        id = TradeId.wrap(++_tradeCount);
        _addToBook(id, terms, energy, position, capacityWh);
        emit TradeOpened(id, digest, digest, NO_ROUND, terms, 0, energy.pack());
        _holdFor(terms);
    }

    // ---------------------------------------------------------------------------------------------- internals

    function _digestOf(Trade calldata trade) private view returns (bytes32) {
        bytes32 structHash = TypedData.hash(trade);
        return MessageHashUtils.toTypedDataHash(TypedData.domainSeparator(), structHash);
    }

    /// @dev Parties and meters of a bilateral trade.
    function _fillParties(
        TradeTerms memory terms,
        Trade calldata trade,
        RuleSet memory set
    ) private view returns (uint256 capacityWh, bool guarded) {
        (StandingWord seller, StandingWord buyer) = _goodStandings(trade.seller, trade.buyer);
        (terms.seller, terms.buyer) = (seller.id(), buyer.id());
        if (terms.seller == terms.buyer) revert TradeEscrow_SameParty(terms.seller);
        uint16 longest = _longestTerm(set, seller.size(), buyer.size());
        if (trade.paymentDays > longest) revert TradeEscrow_PaymentTermTooLong(trade.paymentDays, longest);
        // A buyer in default pays at once.
        bool refused = trade.paymentDays != 0 && debts.defaultsOf(terms.buyer) != 0;
        if (refused) revert TradeEscrow_BuyerInDefault(terms.buyer);

        MeterWord sold = _tradableMeter(trade.sellerMeter, terms.seller, Direction.Generation);
        MeterWord used = _tradableMeter(trade.buyerMeter, terms.buyer, Direction.Consumption);
        Voltage path = rules.pathVoltage(sold.zone(), used.zone());
        if (!_isEligible(set, sold, path)) revert TradeEscrow_NotEligible(trade.sellerMeter);

        terms.sellerMeter = trade.sellerMeter;
        terms.buyerMeter = trade.buyerMeter;
        (terms.greenCertificates, terms.source) = (trade.greenCertificates, sold.source());
        if (trade.greenCertificates && !terms.source.isRenewable()) revert TradeEscrow_NoCertificates(terms.source);
        terms.tariff = _tariff(set, used.voltage(), path);
        return (_capacityWh(sold), seller.factor() | buyer.factor() != 0);
    }

    /// @dev Curves, totals and what each side can be made to pay.
    function _fillAmounts(
        TradeTerms memory terms,
        Trade calldata trade,
        RuleSet memory set
    ) private returns (uint256[12] memory energy) {
        uint256[12] memory price;
        Bands.Spread memory spreading;
        spreading.spread(trade.bands, energy, price);
        if (!spreading.valid) revert TradeEscrow_InvalidBands();
        (uint256 energyWh, uint256 energyFen) = (spreading.energyWh, spreading.amountFen());
        if (energyWh != trade.totalEnergyWh || energyFen != trade.totalAmountFen) {
            revert TradeEscrow_WrongTotals(energyWh, energyFen);
        }
        PriceBand memory limits = Season.priceLimits(set, trade.day);
        for (uint256 i; i < trade.bands.length; ++i) {
            uint32 asked = trade.bands[i].price;
            if (asked < limits.floor || asked > limits.cap) {
                revert TradeEscrow_PriceOutsideLimits(trade.bands[i].fromSlot, asked, limits.floor, limits.cap);
            }
        }
        if (!_isWorthIt(set, energyWh, energyFen, spreading.product != 0)) {
            revert TradeEscrow_BelowLeast(energyWh, energyFen);
        }
        uint256 networkFen = Amount.ofNetwork(energyWh, terms.tariff);
        uint256 bondFen = Amount.ofBond(energyFen, _bondRateBp(set, terms.seller));
        if (energyFen + networkFen > trade.maxPaymentFen) {
            revert TradeEscrow_AboveMaximum(trade.buyer, energyFen + networkFen, trade.maxPaymentFen);
        }
        if (bondFen > trade.maxBondFen) revert TradeEscrow_AboveMaximum(trade.seller, bondFen, trade.maxBondFen);
        _setAmounts(terms, energyFen, networkFen, bondFen);

        terms.priceHash = price.hash();
        emit PriceCurve(terms.priceHash, price.pack());
    }

    /// @dev Adds one bilateral trade to what a meter day sold before.
    function _addToBook(
        TradeId id,
        TradeTerms memory terms,
        uint256[12] memory energy,
        bytes calldata sold,
        uint256 capacityWh
    ) private {
        (MeterId meter, Day day) = (terms.sellerMeter, terms.day);
        (bytes calldata before, bytes32 beforeHash, bytes32 trades) = _readSold(sold);
        (DayBook book, bool aside) = _bookOf(meter, day);
        if (!book.holds(beforeHash, trades)) revert TradeEscrow_StalePosition(meter, day);
        if (book.count() >= MOST_BILATERAL_TRADES) revert TradeEscrow_BookFull(meter, day);
        terms.scheduleHash = Commitment.ofSchedule(energy.hash(), beforeHash);
        uint256[12] memory position = Curve.read(before);
        if (!position.addWithin(energy, capacityWh)) revert TradeEscrow_AboveCapacity(meter, day);
        trades = chain(trades, Commitment.ofTerms(id, terms));
        _storeBook(meter, day, bookOf(day, position.hash(), trades, book.count() + 1), aside);
    }

    /// @dev A buyer is exposed to energy and network charge, on terms too; a seller to its bond. Whether a trader has a second
    /// factor stands in the word that opening reads anyway, so that the others pay nothing for this.
    function _spendExposure(TradeTerms memory terms, bytes32 digest) private {
        secondFactor.spendBoth(
            Spending(terms.seller, digest, terms.bondFen),
            Spending(terms.buyer, digest, uint256(terms.energyFen) + terms.networkFen)
        );
    }

    function _holdFor(TradeTerms memory terms) private {
        ParticipantId[] memory payers = new ParticipantId[](2);
        uint256[] memory amounts = new uint256[](2);
        (payers[0], amounts[0]) = (terms.buyer, _heldOfBuyer(terms));
        (payers[1], amounts[1]) = (terms.seller, terms.bondFen);
        deposits.holdMany(payers, amounts);
    }

    function _useNonce(Trade calldata trade, address signer, bytes32 digest, bytes calldata signature) private {
        uint32 nonce = trade.nonce;
        NoncePage storage page = _pageOf(signer, NonceKind.Trade, trade.day, nonce);
        (bool spent, ) = page.read(trade.day, nonce);
        if (spent) revert TradeEscrow_NonceUsed(signer, nonce);
        if (!BoundedCall.isValidSignature(signer, digest, signature)) revert TradeEscrow_InvalidSignature(signer);
        page.spend(trade.day, nonce);
    }

    function _goodStandings(address seller, address buyer) private view returns (StandingWord, StandingWord) {
        address[] memory accounts = new address[](2);
        (accounts[0], accounts[1]) = (seller, buyer);
        StandingWord[] memory standings = registry.standingWordsOf(accounts);
        for (uint256 i; i < accounts.length; ++i) {
            if (!standings[i].isGoodOn(Calendar.today())) revert TradeEscrow_ParticipantNotGood(accounts[i]);
        }
        return (standings[0], standings[1]);
    }

    function _tradableMeter(
        MeterId id,
        ParticipantId trader,
        Direction direction
    ) private view returns (MeterWord meter) {
        meter = meters.packedMeter(id);
        if (!meter.isTradable(trader, direction, Calendar.today())) revert TradeEscrow_MeterNotTradable(id, trader);
    }
}
