// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MAX_ADVANCE_DAYS} from "../../types/Day.sol";
import {Source, Voltage} from "../../types/Enums.sol";
import {IMarketRules, PriceBand, RuleSet, DeviationRule} from "../interfaces/IMarketRules.sol";

/// @title Bounds of a rule set
library RuleSetCheck {
    uint256 private constant ONE_BP = 10_000;
    /// @dev Prices and energies of a curve are packed into lanes of 32 bits whose highest bit stays free.
    uint256 private constant LANE_LIMIT = 1 << 31;
    /// @dev A receivable must not run longer than half a year (银发〔2025〕77号), so no payment term does.
    uint256 private constant LONGEST_PAYMENT_DAYS = 180;
    /// @dev The longest a large firm may take to pay a small one (国务院令802).
    uint256 private constant LONGEST_SMALL_SELLER_DAYS = 60;
    uint256 private constant LONGEST_LEAD = 7 days;
    uint256 private constant LONGEST_NOTICE = 30 days;
    /// @dev Days of each month of a leap year, a byte each, January first.
    bytes12 private constant MONTH_DAYS = hex"1f1d1f1e1f1e1f1f1e1f1e1f";

    /// @notice Reverts with the first field that has no admissible value.
    function check(RuleSet calldata rules) internal view {
        _require(_isDate(rules.wetFrom), "wetFrom");
        _require(_isDate(rules.wetUntil), "wetUntil");
        _require(rules.bondRateBp <= ONE_BP, "bondRateBp");
        _require(rules.maxPaymentDays <= LONGEST_PAYMENT_DAYS, "maxPaymentDays");
        _require(
            rules.smallSellerPaymentDays <= LONGEST_SMALL_SELLER_DAYS &&
                rules.smallSellerPaymentDays <= rules.maxPaymentDays,
            "smallSellerPaymentDays"
        );
        _require(rules.maxAdvanceDays != 0 && rules.maxAdvanceDays <= MAX_ADVANCE_DAYS, "maxAdvanceDays");
        _require(rules.cutOffLeadSeconds < LONGEST_LEAD, "cutOffLeadSeconds");
        _require(rules.gateLeadSeconds < rules.cutOffLeadSeconds, "gateLeadSeconds");
        // A release that was announced after a cut-off, even by the clock of other rules, ends after the gate.
        uint256 auctionSeconds = rules.cutOffLeadSeconds - rules.gateLeadSeconds;
        uint256 notice = rules.marginNoticeSeconds;
        _require(notice >= 2 * auctionSeconds && notice <= LONGEST_NOTICE, "marginNoticeSeconds");
        _require(rules.lotWh != 0 && rules.lotWh < LANE_LIMIT, "lotWh");
        _require(_isBand(rules.wet), "wet");
        _require(_isBand(rules.dry), "dry");
        _require(!rules.gridCompany.isNobody(), "gridCompany");
        _require(!rules.balancingAccount.isNobody(), "balancingAccount");
        _require(address(rules.bondPolicy) == address(0) || address(rules.bondPolicy).code.length != 0, "bondPolicy");
        _checkTariffs(rules.tariffs);
        _checkDeviation(rules.deviationRules);
    }

    /// @dev The lower the voltage, the more of the network is used; nothing is charged for the backbone alone.
    function _checkTariffs(uint64[6] calldata tariffs) private pure {
        uint256 backbone = uint256(Voltage.KV500);
        _require(tariffs[backbone] == 0, "tariffs");
        for (uint256 voltage = 0; voltage < backbone; ++voltage) {
            _require(tariffs[voltage] >= tariffs[voltage + 1], "tariffs");
        }
    }

    /// @dev Ascending sources, so that none has two rules; a plant has a source.
    function _checkDeviation(DeviationRule[] calldata rules) private pure {
        Source last = Source.None;
        for (uint256 i = 0; i < rules.length; ++i) {
            DeviationRule calldata rule = rules[i];
            bool bounded = rule.toleranceBp <= ONE_BP && rule.rateBp <= ONE_BP && rule.priceFenPerMWh < LANE_LIMIT;
            _require(bounded && uint256(rule.source) > uint256(last), "deviationRules");
            last = rule.source;
        }
    }

    function _isBand(PriceBand calldata band) private pure returns (bool) {
        return band.floor <= band.cap && band.cap < LANE_LIMIT;
    }

    /// @dev The 29th of February counts as a date: in other years the season changes on the next day.
    function _isDate(uint16 date) private pure returns (bool) {
        uint256 month = date / 100;
        uint256 dayOfMonth = date % 100;
        return month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= uint8(MONTH_DAYS[month - 1]);
    }

    function _require(bool admissible, string memory field) private pure {
        if (!admissible) revert IMarketRules.MarketRules_InvalidRuleSet(field);
    }
}
