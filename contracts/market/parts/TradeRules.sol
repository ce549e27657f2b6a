// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BoundedCall} from "../../access/libraries/BoundedCall.sol";
import {MeterWord} from "../../metering/libraries/MeterWord.sol";
import {Calendar} from "../../types/Calendar.sol";
import {Day} from "../../types/Day.sol";
import {FirmSize, Voltage} from "../../types/Enums.sol";
import {ParticipantId, RuleSetId} from "../../types/Ids.sol";
import {IBondPolicy} from "../interfaces/IBondPolicy.sol";
import {RuleSet} from "../interfaces/IMarketRules.sol";
import {TradeTerms} from "../interfaces/ITradeEscrow.sol";
import {TradeStore} from "./TradeStore.sol";

/// @title Checks that both ways into the escrow share
abstract contract TradeRules is TradeStore {
    /// @dev A watt of capacity for a quarter of an hour with a tenth of tolerance, in Wh: 11 / 40.
    uint256 private constant CAPACITY_NUMERATOR = 11;
    uint256 private constant CAPACITY_DENOMINATOR = 40;
    uint256 private constant POLICY_GAS = 50_000;

    /// @dev Bilateral trades and continuous matches open from `maxAdvanceDays` before a delivery day until its cut-off,
    /// auctions from then to its gate. That closes before the day, and readings come after it, so no opening can know a
    /// reading.
    function _openDay(Day day, bool auction) internal view returns (RuleSetId id, RuleSet memory set) {
        address record;
        (id, record) = rules.recordOn(Calendar.today());
        set = abi.decode(record.code, (RuleSet));
        if (auction) _requireAhead(day, set.cutOffLeadSeconds, set.gateLeadSeconds);
        else _requireAhead(day, uint256(set.maxAdvanceDays) * 1 days, set.cutOffLeadSeconds);
        address minter = kwh.minterOf(day);
        if (minter != address(this)) revert TradeEscrow_NotInCharge(day, minter);
        _requirePayee(set.gridCompany);
        _requirePayee(set.balancingAccount);
    }

    /// @dev Rules may name a participant who is not enrolled yet; settling could not pay one.
    function _requirePayee(ParticipantId payee) private view {
        if (registry.accountOf(payee) == address(0)) revert TradeEscrow_UnknownPayee(payee);
    }

    function _setAmounts(
        TradeTerms memory terms,
        uint256 energyFen,
        uint256 networkFen,
        uint256 bondFen
    ) internal pure {
        // 96 slots x 2^31 Wh x 2^31 fen per MWh / 1e6 < 2^49; a tariff of 2^64 adds less than 2^72.
        terms.energyFen = uint128(energyFen);
        terms.networkFen = uint128(networkFen);
        terms.bondFen = uint128(bondFen);
    }

    function _isEligible(RuleSet memory set, MeterWord plant, Voltage path) internal pure returns (bool) {
        if (path == Voltage.KV500) return true;
        return
            (plant.capacityW() <= set.smallPlantW && plant.voltage() <= set.smallPlantVoltage) ||
            (plant.capacityW() <= set.largePlantW && path <= set.largePlantPath);
    }

    /// @dev Tariff of the buyer's voltage less that of the highest voltage used, not below zero.
    function _tariff(RuleSet memory set, Voltage used, Voltage path) internal pure returns (uint64) {
        (uint64 whole, uint64 saved) = (set.tariffs[uint256(used)], set.tariffs[uint256(path)]);
        return whole > saved ? whole - saved : 0;
    }

    function _longestTerm(RuleSet memory set, FirmSize seller, FirmSize buyer) internal pure returns (uint16) {
        bool protected = buyer == FirmSize.Large && seller.isSme();
        return protected ? set.smallSellerPaymentDays : set.maxPaymentDays;
    }

    function _capacityWh(MeterWord meter) internal pure returns (uint256) {
        return (meter.capacityW() * CAPACITY_NUMERATOR) / CAPACITY_DENOMINATOR;
    }

    /// @dev If a policy fails or returns more than the amount, the flat rate applies.
    function _bondRateBp(RuleSet memory set, ParticipantId seller) internal view returns (uint256) {
        if (address(set.bondPolicy) == address(0)) return set.bondRateBp;
        (bool answered, uint256 rate) = BoundedCall.ask(
            address(set.bondPolicy),
            POLICY_GAS,
            abi.encodeCall(IBondPolicy.bondRateBp, (seller, set.bondRateBp))
        );
        return answered && rate <= 10_000 ? rate : set.bondRateBp;
    }

    /// @dev Whether a trade is of a lot at least, and costs something where its price is above zero.
    function _isWorthIt(
        RuleSet memory set,
        uint256 energyWh,
        uint256 energyFen,
        bool priced
    ) internal pure returns (bool) {
        return energyWh >= set.lotWh && (energyFen != 0 || !priced);
    }

    /// @dev On terms only the network charge is held.
    function _heldOfBuyer(TradeTerms memory terms) internal pure returns (uint256) {
        return terms.paymentDays == 0 ? uint256(terms.energyFen) + terms.networkFen : terms.networkFen;
    }
}
