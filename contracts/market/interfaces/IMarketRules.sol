// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Day} from "../../types/Day.sol";
import {Source, Voltage} from "../../types/Enums.sol";
import {ParticipantId, RuleSetId, ZoneId} from "../../types/Ids.sol";
import {IBondPolicy} from "./IBondPolicy.sol";

/// @dev Over which period a deviation is taken.
enum DeviationPeriod {
    /// The class of source is exempt.
    Exempt,
    Slot,
    Day
}

/// @dev Who receives a deviation charge.
enum DeviationPayee {
    Buyer,
    BalancingAccount
}

/// @notice What a seller owes if it delivers less than it sold: assessed energy x (contract price x rate + fixed
/// price). Assessed is what is missing beyond the tolerance. Examples: Sichuan 2018 k- = 4 % at 10 % of the contract
/// price; Shaanxi green 2022: 0 % at 10 %; Fujian draft exempts hydro, wind and PV.
struct DeviationRule {
    Source source;
    /// Basis points of the sold energy that may be missing without charge; rounded up to whole Wh.
    uint16 toleranceBp;
    /// Basis points of the contract price.
    uint16 rateBp;
    /// Fixed part, fen per MWh.
    uint32 priceFenPerMWh;
    DeviationPeriod period;
    DeviationPayee payee;
}

struct PriceBand {
    /// fen per MWh, inclusive.
    uint32 floor;
    uint32 cap;
}

/// @notice One version of the market's rules. Immutable once published; a trade pins the one it was opened under.
struct RuleSet {
    /// First day on which trades are opened under this set.
    Day effectiveDay;
    /// First and last date of the wet season (丰水期) as month x 100 + day, both inclusive.
    uint16 wetFrom;
    uint16 wetUntil;
    /// Seller's bond, basis points of the energy amount, rounded up. A deviation charge is drawn from it and capped by
    /// it: a rate below the deviation rates leaves part of a large charge unpaid.
    uint16 bondRateBp;
    /// Longest payment term, days after delivery.
    uint16 maxPaymentDays;
    /// Longest payment term where a large firm buys from a micro, small or medium one (国务院令802).
    uint16 smallSellerPaymentDays;
    /// How many days ahead a delivery day can be traded.
    uint16 maxAdvanceDays;
    /// Seconds before the delivery day begins at which its book closes: bilateral trades, continuous matches and
    /// cancellations end, and its auctions open.
    uint32 cutOffLeadSeconds;
    /// Seconds before the delivery day begins at which its gate closes: auctions end.
    uint32 gateLeadSeconds;
    /// Notice of a release of margin, seconds: at least twice the time from a cut-off to its gate.
    uint32 marginNoticeSeconds;
    /// The least energy of a trade, Wh.
    uint32 lotWh;
    PriceBand wet;
    PriceBand dry;
    ParticipantId gridCompany;
    ParticipantId balancingAccount;
    /// Neighbour trades (发改能源〔2017〕1901号): up to `smallPlantW` connected at <= `smallPlantVoltage`, or up to
    /// `largePlantW` if the trade uses nothing above `largePlantPath`. Trades over the backbone are wholesale and free.
    uint32 smallPlantW;
    uint32 largePlantW;
    Voltage smallPlantVoltage;
    Voltage largePlantPath;
    /// Zero for the flat bond rate.
    IBondPolicy bondPolicy;
    /// Network tariff by voltage, 1/1000 fen per MWh, index = Voltage, one for each of the national voltage classes; the
    /// backbone's is zero.
    uint64[6] tariffs;
    /// One for each class of source that is charged, in ascending order of sources; a source without one is exempt.
    DeviationRule[] deviationRules;
}

/// @title The rules of the market, with versions and effective days
interface IMarketRules {
    /// @notice Thrown when a field of a rule set has no admissible value.
    error MarketRules_InvalidRuleSet(string field);
    /// @notice Thrown when no rule set is in force on the day.
    error MarketRules_NoRuleSet(Day day);
    /// @notice Thrown when the rule set does not exist.
    error MarketRules_UnknownRuleSet(RuleSetId id);
    /// @notice Thrown when the zone does not exist.
    error MarketRules_UnknownZone(ZoneId zone);
    /// @notice Thrown when a zone's voltage is above its parent's, or the tree would grow deeper than eight levels.
    error MarketRules_InvalidZone(ZoneId parent, Voltage voltage);

    /// @notice Emitted when a rule set is published; `ruleHash` = keccak256 of its ABI encoding.
    event RuleSetPublished(RuleSetId indexed id, Day indexed effectiveDay, bytes32 ruleHash, RuleSet rules);
    /// @notice Emitted when a rule set is withdrawn that has not taken effect; the one before it stays in force.
    event RuleSetWithdrawn(RuleSetId indexed id, Day indexed effectiveDay);
    /// @notice Emitted when a zone is added. A zone never changes; the network's growth adds zones.
    event ZoneAdded(ZoneId indexed zone, ZoneId indexed parent, Voltage voltage, string name);

    /// @notice Publishes the next rule set, for a day after today and after the last one's, at most 366 days ahead. The very
    /// first one may take effect today. Role: rule maker.
    function publish(RuleSet calldata rules) external returns (RuleSetId id);

    /// @notice Withdraws the rule set published last, which has not taken effect. Role: rule maker.
    function withdraw() external returns (RuleSetId id);

    /// @notice Adds a zone under `parent`; parent 0 makes a root. Role: rule maker.
    function addZone(ZoneId parent, Voltage voltage, string calldata name) external returns (ZoneId zone);

    /// @notice The rule set in force on `day`.
    function ruleSetOn(Day day) external view returns (RuleSetId id, RuleSet memory rules);

    /// @notice When books close by the rule set in force on `day`, as in `RuleSet`, seconds.
    function clockOn(
        Day day
    ) external view returns (uint256 cutOffLeadSeconds, uint256 gateLeadSeconds, uint256 marginNoticeSeconds);

    /// @notice Where the rule set in force on `day` is kept: the account whose code is its ABI encoding.
    function recordOn(Day day) external view returns (RuleSetId id, address record);

    /// @notice A published rule set.
    function ruleSet(RuleSetId id) external view returns (RuleSet memory);

    /// @notice keccak256 of the ABI encoding of a rule set.
    function ruleHash(RuleSetId id) external view returns (bytes32);

    /// @notice Who receives the charge for a missing delivery and how it is computed; `payeeAccount` is 0 where the
    /// buyer receives it.
    function deviationRule(
        RuleSetId id,
        Source source
    ) external view returns (DeviationRule memory rule, ParticipantId payeeAccount);

    /// @notice The grid company of a rule set, who receives network charges.
    function gridCompanyOf(RuleSetId id) external view returns (ParticipantId);

    /// @notice Parent and voltage of a zone.
    function zone(ZoneId id) external view returns (ZoneId parent, Voltage voltage);

    /// @notice Highest voltage on the path between two zones: that of their lowest common ancestor. 500 kV if they
    /// share none, or a zone does not exist.
    function pathVoltage(ZoneId a, ZoneId b) external view returns (Voltage);
}
