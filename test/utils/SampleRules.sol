// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    DeviationPayee,
    DeviationPeriod,
    PriceBand,
    RuleSet,
    DeviationRule
} from "../../contracts/market/interfaces/IMarketRules.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Source, Voltage} from "../../contracts/types/Enums.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";

/// @notice Rules in Sichuan's manner, for tests.
library SampleRules {
    /// @dev Wet season 26 June to 25 October; single- and two-part T&D tariffs of 2020-22; run-of-river hydro is exempt from
    /// deviation charges, thermal pays them to the balancing account.
    function ruleSet(
        Day effectiveDay,
        ParticipantId gridCompany,
        ParticipantId balancingAccount
    ) internal pure returns (RuleSet memory rules) {
        rules.effectiveDay = effectiveDay;
        rules.wetFrom = 626;
        rules.wetUntil = 1025;
        rules.bondRateBp = 1_500;
        rules.maxPaymentDays = 180;
        rules.smallSellerPaymentDays = 60;
        rules.maxAdvanceDays = 31;
        rules.cutOffLeadSeconds = 8 hours;
        rules.gateLeadSeconds = 2 hours;
        rules.marginNoticeSeconds = 1 days;
        rules.lotWh = 1;
        rules.wet = PriceBand({floor: 7_500, cap: 25_372});
        rules.dry = PriceBand({floor: 7_500, cap: 60_000});
        rules.gridCompany = gridCompany;
        rules.balancingAccount = balancingAccount;
        rules.smallPlantW = 20_000_000;
        rules.largePlantW = 50_000_000;
        rules.smallPlantVoltage = Voltage.KV35;
        rules.largePlantPath = Voltage.KV110;
        rules.tariffs = [uint64(27_340_000), 25_110_000, 22_880_000, 9_580_000, 6_680_000, 0];
        rules.deviationRules = new DeviationRule[](uint256(type(Source).max));
        for (uint256 i = 0; i < rules.deviationRules.length; ++i) {
            rules.deviationRules[i] = DeviationRule({
                source: Source(i + 1),
                toleranceBp: 400,
                rateBp: 1_000,
                priceFenPerMWh: 0,
                period: DeviationPeriod.Slot,
                payee: DeviationPayee.Buyer
            });
        }
        rules.deviationRules[placeOf(Source.HydroRunOfRiver)].period = DeviationPeriod.Exempt;
        rules.deviationRules[placeOf(Source.Thermal)].payee = DeviationPayee.BalancingAccount;
        rules.deviationRules[placeOf(Source.Thermal)].period = DeviationPeriod.Day;
        rules.deviationRules[placeOf(Source.Thermal)].priceFenPerMWh = 2_000;
    }

    /// @notice Where the rule of a source stands in the list.
    function placeOf(Source source) internal pure returns (uint256) {
        return uint256(source) - 1;
    }
}
