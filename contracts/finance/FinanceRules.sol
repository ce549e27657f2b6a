// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {ILatePolicy} from "../debts/interfaces/ILatePolicy.sol";
import {Calendar} from "../types/Calendar.sol";
import {Day} from "../types/Day.sol";
import {Schedule} from "../types/Schedule.sol";
import {FinanceTerms, IFinanceRules} from "./interfaces/IFinanceRules.sol";

/// @title FinanceRules
contract FinanceRules is IFinanceRules, AccessManaged {
    using Checkpoints for Checkpoints.Trace224;
    using Schedule for Checkpoints.Trace224;

    enum Announced {
        Nothing,
        Off,
        Worked
    }

    uint256 private constant LONGEST_TENOR = 365;
    /// @dev 0.1 % a day; above it a penalty is no longer what a court would award.
    uint256 private constant HIGHEST_LATE_RATE = 3_600;
    /// @dev Arrears over two months are default by any rule (credit class D).
    uint256 private constant LONGEST_GRACE_DAYS = 60;
    /// @dev The longest holidays last nine days.
    uint256 private constant LONGEST_BREAK = 15;
    uint256 private constant DAYS_A_WEEK = 7;
    uint256 private constant WORKDAYS_A_WEEK = 5;
    /// @dev Day 0 was a Thursday: three days after Monday.
    uint256 private constant WEEKDAY_OF_DAY_0 = 3;

    // ---- storage

    FinanceTerms[] private _terms;
    /// @dev Effective day -> index of the terms.
    Checkpoints.Trace224 private _inForce;
    mapping(Day day => Announced) private _announced;

    // ---- constructor

    /// @param initial in force from its effective day, and before.
    constructor(
        address authority,
        FinanceTerms memory initial,
        Day[] memory daysOff,
        Day[] memory workdays
    ) AccessManaged(authority) {
        _inForce.push(Day.unwrap(initial.effectiveDay), _keep(initial));
        _announce(daysOff, workdays);
    }

    // ---- administration

    /// @inheritdoc IFinanceRules
    function publish(FinanceTerms calldata terms) external restricted {
        _inForce.add(terms.effectiveDay, _keep(terms));
    }

    /// @inheritdoc IFinanceRules
    function withdraw() external restricted {
        (Day effectiveDay, ) = _inForce.withdraw();
        emit FinanceTermsWithdrawn(effectiveDay);
    }

    /// @inheritdoc IFinanceRules
    function announce(Day[] calldata daysOff, Day[] calldata workdays) external restricted {
        _requireAhead(daysOff);
        _requireAhead(workdays);
        _announce(daysOff, workdays);
    }

    // ---- views

    /// @inheritdoc IFinanceRules
    function termsOn(Day day) public view returns (FinanceTerms memory) {
        // Before the first terms took effect, the lookup finds nothing and answers 0: the first.
        return _terms[_inForce.versionOn(day)];
    }

    /// @inheritdoc IFinanceRules
    function isBusinessDay(Day day) public view returns (bool) {
        Announced announced = _announced[day];
        if (announced != Announced.Nothing) return announced == Announced.Worked;
        return (Day.unwrap(day) + WEEKDAY_OF_DAY_0) % DAYS_A_WEEK < WORKDAYS_A_WEEK;
    }

    /// @inheritdoc ILatePolicy
    function lateTermsOn(Day day) external view returns (uint32 rateBp, uint16 graceDays) {
        FinanceTerms memory terms = termsOn(day);
        return (terms.lateRateBp, terms.graceDays);
    }

    /// @inheritdoc ILatePolicy
    function businessDayFrom(Day day) external view returns (Day candidate) {
        for (uint256 later = 0; later <= LONGEST_BREAK; ++later) {
            candidate = day.plusDays(later);
            if (isBusinessDay(candidate)) break;
        }
    }

    // ---- internals

    /// @return index where the terms are kept: one entry a publication, far below 2^224.
    function _keep(FinanceTerms memory terms) private returns (uint224 index) {
        if (terms.longestTenorDays == 0 || terms.longestTenorDays > LONGEST_TENOR) {
            revert FinanceRules_InvalidTerms("longestTenorDays");
        }
        if (terms.lateRateBp > HIGHEST_LATE_RATE) revert FinanceRules_InvalidTerms("lateRateBp");
        if (terms.graceDays > LONGEST_GRACE_DAYS) revert FinanceRules_InvalidTerms("graceDays");
        index = uint224(_terms.length);
        _terms.push(terms);
        emit FinanceTermsPublished(terms.effectiveDay, terms);
    }

    function _announce(Day[] memory daysOff, Day[] memory workdays) private {
        for (uint256 i = 0; i < daysOff.length; ++i) {
            _announced[daysOff[i]] = Announced.Off;
        }
        for (uint256 i = 0; i < workdays.length; ++i) {
            _announced[workdays[i]] = Announced.Worked;
        }
        if (daysOff.length + workdays.length != 0) emit CalendarAnnounced(daysOff, workdays);
    }

    function _requireAhead(Day[] calldata announced) private view {
        Day today = Calendar.today();
        for (uint256 i = 0; i < announced.length; ++i) {
            if (announced[i] <= today) revert FinanceRules_DayHasBegun(announced[i], today);
        }
    }
}
