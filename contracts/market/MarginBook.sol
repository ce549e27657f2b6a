// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDebtLedger} from "../debts/interfaces/IDebtLedger.sol";
import {IKwhToken} from "../energy/interfaces/IKwhToken.sol";
import {IParticipantRegistry, Standing} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../identity/interfaces/ISecondFactor.sol";
import {CallSubject} from "../identity/libraries/CallSubject.sol";
import {StandingGuard} from "../identity/libraries/StandingGuard.sol";
import {IMeterRegistry} from "../metering/interfaces/IMeterRegistry.sol";
import {IDepositToken} from "../money/interfaces/IDepositToken.sol";
import {SingleHold} from "../money/libraries/SingleHold.sol";
import {Calendar} from "../types/Calendar.sol";
import {ParticipantId} from "../types/Ids.sol";
import {IMarketRules} from "./interfaces/IMarketRules.sol";
import {Margin, MarginRelease} from "./interfaces/ITradeEscrow.sol";
import {EscrowCode} from "./parts/EscrowCode.sol";
import {TradeStore} from "./parts/TradeStore.sol";

/// @title What participants set aside for rounds
/// @notice The code of the escrow's margin, as `BilateralOpening` is that of `open`. Money is held by the escrow, as that of
/// trades is; a round draws on it by a word, and what it drew is the trade's. It comes back after notice, to anybody's call:
/// nobody's margin waits for the operator.
contract MarginBook is EscrowCode, TradeStore {
    using SingleHold for IDepositToken;
    using StandingGuard for Standing;

    ParticipantId private constant NOBODY = ParticipantId.wrap(0);

    constructor(
        IParticipantRegistry registry_,
        IMeterRegistry meters_,
        IDepositToken deposits_,
        IKwhToken kwh_,
        IMarketRules rules_,
        IDebtLedger debts_,
        ISecondFactor secondFactor_
    ) TradeStore(registry_, meters_, deposits_, kwh_, rules_, debts_, secondFactor_) {}

    /// @notice See `ITradeEscrow.lockMargin`.
    function lockMargin(uint96 amountFen) external onlyEscrow {
        _setAside(amountFen, 0);
    }

    /// @notice See `ITradeEscrow.allowOnTerms`.
    function allowOnTerms(uint96 amountFen) external onlyEscrow {
        _setAside(0, amountFen);
    }

    /// @notice See `ITradeEscrow.announceRelease`.
    function announceRelease(uint96 lockedFen, uint96 termsFen) external onlyEscrow {
        ParticipantId id = registry.standingOf(msg.sender).id;
        Margin memory margin = _margins[id];
        bool some = lockedFen != 0 || termsFen != 0;
        if (!some || lockedFen > margin.lockedFen || termsFen > margin.termsFen) {
            revert TradeEscrow_InvalidMargin(id, margin.lockedFen, margin.termsFen);
        }
        (, , uint256 noticeSeconds) = rules.clockOn(Calendar.today());
        uint256 due = block.timestamp + noticeSeconds;
        // Unix seconds fit 40 bits for another 34,000 years.
        _releases[id] = MarginRelease(lockedFen, termsFen, uint40(due));
        emit MarginReleaseAnnounced(id, lockedFen, termsFen, due);
    }

    /// @notice See `ITradeEscrow.releaseMargin`.
    function releaseMargin(ParticipantId id) external onlyEscrow {
        MarginRelease memory announced = _releases[id];
        if (announced.due == 0 || block.timestamp < announced.due) {
            revert TradeEscrow_NotReleasable(id, announced.due);
        }
        delete _releases[id];
        Margin storage margin = _margins[id];
        // Rounds may have drawn on it since.
        uint96 lockedFen = announced.lockedFen < margin.lockedFen ? announced.lockedFen : margin.lockedFen;
        uint96 termsFen = announced.termsFen < margin.termsFen ? announced.termsFen : margin.termsFen;
        margin.lockedFen -= lockedFen;
        margin.termsFen -= termsFen;
        emit MarginReleased(id, lockedFen, termsFen);
        if (lockedFen == 0) return;
        deposits.move(id, NOBODY, lockedFen);
    }

    function _setAside(uint96 lockedFen, uint96 termsFen) private {
        Standing memory caller = registry.standingOf(msg.sender);
        if (!caller.isGood()) revert TradeEscrow_ParticipantNotGood(msg.sender);
        ParticipantId id = caller.id;
        // One of the two is 0.
        uint256 amountFen = uint256(lockedFen) + termsFen;
        if (amountFen == 0) revert TradeEscrow_InvalidMargin(id, lockedFen, termsFen);
        if (caller.factor != 0) secondFactor.spendOnce(id, CallSubject.ofThisCall(id), amountFen);
        Margin storage margin = _margins[id];
        margin.lockedFen += lockedFen;
        margin.termsFen += termsFen;
        emit MarginLocked(id, lockedFen, termsFen);
        if (lockedFen == 0) return;
        deposits.hold(id, lockedFen);
    }
}
