// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILatePolicy} from "../../debts/interfaces/ILatePolicy.sol";
import {Day} from "../../types/Day.sol";

/// @notice One version of the terms of debts and of claims on them. A debt keeps those in force on the day it arises.
struct FinanceTerms {
    /// First day on which claims are issued under these terms.
    Day effectiveDay;
    /// Longest time from issue to the agreed due day, 1..365. Half a year in principle, never over one (银发〔2025〕77号).
    uint16 longestTenorDays;
    /// Late fee: annual rate, basis points, actual/360. 1,800 is the 0.05 % a day that the law sets for large firms
    /// paying small ones where nothing was agreed (国务院令802).
    uint32 lateRateBp;
    /// Days after the last day of payment before a debt is in default, at most 60.
    uint16 graceDays;
}

/// @title The rules of receivables, with versions and effective days, and the calendar of business days
/// @notice A business day is Monday to Friday, unless the calendar says otherwise: the State Council announces each year's
/// holidays, and the weekends worked in their place.
interface IFinanceRules is ILatePolicy {
    /// @notice Thrown when a field has no admissible value.
    error FinanceRules_InvalidTerms(string field);
    /// @notice Thrown when a day is announced that has begun: what was on time never becomes late, nor the reverse.
    error FinanceRules_DayHasBegun(Day day, Day today);

    /// @notice Emitted when terms are published.
    event FinanceTermsPublished(Day indexed effectiveDay, FinanceTerms terms);
    /// @notice Emitted when terms are withdrawn that have not taken effect; those before them stay in force.
    event FinanceTermsWithdrawn(Day indexed effectiveDay);
    /// @notice Emitted when days are announced that do not follow from the weekday.
    event CalendarAnnounced(Day[] daysOff, Day[] workdays);

    /// @notice Publishes the next terms, for a day after today and after the last ones', at most 366 days ahead. Role: rule
    /// maker.
    function publish(FinanceTerms calldata terms) external;

    /// @notice Withdraws the terms published last, which have not taken effect. Role: rule maker.
    function withdraw() external;

    /// @notice Announces days off and days worked, all of them ahead; announcing a day again replaces the earlier
    /// announcement. Role: rule maker.
    function announce(Day[] calldata daysOff, Day[] calldata workdays) external;

    /// @notice The terms in force on `day`.
    function termsOn(Day day) external view returns (FinanceTerms memory);

    /// @notice Whether banks and firms work on `day`.
    function isBusinessDay(Day day) external view returns (bool);
}
