// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Lateness} from "../../contracts/debts/libraries/Lateness.sol";
import {Discount} from "../../contracts/finance/libraries/Discount.sol";
import {DeviationRule} from "../../contracts/market/interfaces/IMarketRules.sol";
import {Band, Outcome, TradeTerms} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Amount} from "../../contracts/market/libraries/Amount.sol";
import {Bands} from "../../contracts/market/libraries/Bands.sol";
import {SettlementAmounts} from "../../contracts/market/libraries/SettlementAmounts.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Curve} from "../../contracts/types/Curve.sol";
import {Day} from "../../contracts/types/Day.sol";

/// @notice A trade and the reading it is settled by.
struct SettlementCase {
    bytes energy;
    bytes offset;
    bytes metered;
    bytes price;
    uint64 tariff;
    uint16 bondRateBp;
    DeviationRule rule;
}

struct SettlementFigures {
    bytes delivered;
    uint256 deliveredWh;
    uint256 energyFen;
    uint256 networkFen;
    uint256 bondFen;
    uint256 deviationFen;
}

struct SpreadBands {
    bool valid;
    bytes energy;
    bytes price;
    uint256 energyWh;
    uint256 amountFen;
}

struct DiscountCase {
    uint128 faceFen;
    uint32 rateBp;
    uint256 daysToDue;
}

/// @notice The libraries that the domain library in TypeScript has twins of, many cases a call.
contract AmountHarness {
    using Curve for uint256[12];

    function settle(SettlementCase[] calldata cases) external view returns (SettlementFigures[] memory figures) {
        figures = new SettlementFigures[](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            figures[i] = this.settleOne(cases[i]);
        }
    }

    /// @dev A call of its own: within the loop the compiler runs out of stack.
    function settleOne(SettlementCase calldata item) external pure returns (SettlementFigures memory figures) {
        uint256[12] memory energy;
        uint256[12] memory price = Curve.read(item.price);
        (uint256 from, uint256 to) = Curve.readStretch(item.energy, 0, energy);
        (uint256[12] memory offset, uint256[12] memory metered) = (Curve.read(item.offset), Curve.read(item.metered));
        TradeTerms memory terms;
        terms.tariff = item.tariff;
        // Late: no bond caps the charge.
        Outcome memory outcome = SettlementAmounts.ofDelivery(
            terms,
            energy,
            offset,
            metered,
            price,
            from,
            to,
            item.rule,
            true
        );
        figures.delivered = energy.deliveries(offset, metered).pack();
        (figures.deliveredWh, figures.energyFen) = (outcome.deliveredWh, outcome.energyFen);
        (figures.networkFen, figures.deviationFen) = (outcome.networkFen, outcome.deviationFen);
        figures.bondFen = Amount.ofBond(Amount.ofProduct(energy.dot(price)), item.bondRateBp);
    }

    function spread(Band[][] calldata days_) external pure returns (SpreadBands[] memory result) {
        result = new SpreadBands[](days_.length);
        for (uint256 i; i < days_.length; ++i) {
            uint256[12] memory energy;
            uint256[12] memory price;
            Bands.Spread memory spreading;
            Bands.spread(spreading, days_[i], energy, price);
            if (!spreading.valid) continue;
            result[i] = SpreadBands(true, energy.pack(), price.pack(), spreading.energyWh, Bands.amountFen(spreading));
        }
    }

    function dateNumbers(Day[] calldata days_) external pure returns (uint32[] memory numbers) {
        numbers = new uint32[](days_.length);
        for (uint256 i; i < days_.length; ++i) {
            numbers[i] = Calendar.dateNumber(days_[i]);
        }
    }

    function daysAt(uint256[] calldata timestamps) external pure returns (Day[] memory found) {
        found = new Day[](timestamps.length);
        for (uint256 i; i < timestamps.length; ++i) {
            found[i] = Calendar.dayAt(timestamps[i]);
        }
    }

    /// @notice 0 where nothing is left to pay.
    function discount(DiscountCase[] calldata cases) external view returns (uint256[] memory prices) {
        prices = new uint256[](cases.length);
        for (uint256 i; i < cases.length; ++i) {
            try this.discountOne(cases[i]) returns (uint256 price) {
                prices[i] = price;
            } catch {}
        }
    }

    function discountOne(DiscountCase calldata item) external pure returns (uint256) {
        return Discount.price(item.faceFen, item.rateBp, item.daysToDue);
    }

    function lateFees(uint256[] calldata accrued) external pure returns (uint256[] memory feesFen) {
        feesFen = new uint256[](accrued.length);
        for (uint256 i; i < accrued.length; ++i) {
            feesFen[i] = Lateness.feeFen(accrued[i]);
        }
    }

    /// @param from first second that is late, for each of `timestamps`.
    function daysLate(
        uint256[] calldata from,
        uint256[] calldata timestamps
    ) external pure returns (uint256[] memory count) {
        count = new uint256[](from.length);
        for (uint256 i; i < from.length; ++i) {
            count[i] = Lateness.daysSince(from[i], timestamps[i]);
        }
    }
}
