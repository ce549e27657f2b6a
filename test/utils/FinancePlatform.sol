// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Roles} from "../../contracts/access/Roles.sol";
import {DraftingDesk} from "../../contracts/finance/DraftingDesk.sol";
import {FinanceRules} from "../../contracts/finance/FinanceRules.sol";
import {FinancingDesk} from "../../contracts/finance/FinancingDesk.sol";
import {Receivables} from "../../contracts/finance/Receivables.sol";
import {FinanceTerms} from "../../contracts/finance/interfaces/IFinanceRules.sol";
import {DraftId, Receivable} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {MarketRules} from "../../contracts/market/MarketRules.sol";
import {ITradeEscrow, Payable, PayableStatus} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {ParticipantId, ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {Deploy} from "./Deploy.sol";
import {Permissions} from "./Permissions.sol";
import {PayableSource} from "./PayableSource.sol";
import {Platform} from "./Platform.sol";
import {SampleRules} from "./SampleRules.sol";

/// @notice The platform with its finance rooms: a turbine works that owes a hydropower plant 1,000,000.01 元 in 90 days,
/// the plant's supplier, and two banks.
abstract contract FinancePlatform is Platform {
    uint128 internal constant FACE = 100_000_001;
    /// @dev 0.05 % a day.
    uint32 internal constant LATE_RATE_BP = 1_800;
    uint256 internal constant WEALTH = 1_000_000_000;

    address internal plant;
    address internal works;
    address internal supplier;
    address internal firstBank;
    address internal secondBank;
    address internal grid;
    ParticipantId internal gridId;
    ParticipantId internal plantId;
    ParticipantId internal worksId;
    ParticipantId internal supplierId;
    ParticipantId internal firstBankId;
    ParticipantId internal secondBankId;

    MarketRules internal marketRules;
    PayableSource internal source;
    FinanceRules internal financeRules;
    Receivables internal receivables;
    DraftingDesk internal drafting;
    FinancingDesk internal desk;

    Day internal dueDay = START.plusDays(90);
    uint64 private _trades;

    function setUp() public virtual override {
        super.setUp();
        (grid, gridId) = _enrol("grid company", Kinds.GRID_COMPANY | Kinds.BALANCING_ACCOUNT);
        (plant, plantId) = _enrol("Zipingpu hydropower", Kinds.GENERATOR);
        (works, worksId) = _enrol("Deyang turbine works", Kinds.CONSUMER);
        (supplier, supplierId) = _enrol("Mianyang cables", Kinds.SUPPLIER);
        (firstBank, firstBankId) = _enrol("first bank", Kinds.BANK);
        (secondBank, secondBankId) = _enrol("second bank", Kinds.BANK);
        _deployFinance();
        _fund(works, WEALTH);
        _fund(firstBank, WEALTH);
        _fund(secondBank, WEALTH);
        _optIn(works, address(receivables));
        _optIn(firstBank, address(desk));
        _optIn(secondBank, address(desk));
    }

    function _deployFinance() private {
        marketRules = Deploy.marketRules(address(manager));
        vm.startPrank(council);
        Permissions.marketRules(manager, address(marketRules));
        vm.stopPrank();
        vm.prank(ruleMaker);
        marketRules.publish(SampleRules.ruleSet(START, gridId, gridId));
        ITradeEscrow escrow = _deployEscrow();
        // The Saturday on which most claims here fall due is worked.
        Day[] memory workdays = new Day[](1);
        workdays[0] = dueDay;
        FinanceTerms memory terms = FinanceTerms(Day.wrap(0), 180, LATE_RATE_BP);
        financeRules = Deploy.financeRules(address(manager), terms, new Day[](0), workdays);
        receivables = Deploy.receivables(
            address(manager),
            registry,
            escrow,
            deposits,
            marketRules,
            financeRules,
            CLAIM_URI
        );
        drafting = Deploy.draftingDesk(address(manager), registry, receivables, marketRules);
        desk = Deploy.financingDesk(address(manager), registry, receivables, deposits, secondFactor);

        vm.startPrank(council);
        Permissions.financeRules(manager, address(financeRules));
        Permissions.receivables(manager, address(receivables));
        Permissions.draftingDesk(manager, address(drafting));
        Permissions.financingDesk(manager, address(desk));
        // Repaying needs an approved notary, not the role.
        deposits.approveNotary(address(receivables));
        vm.stopPrank();
        _grant(Roles.CLAIM_DESK, address(drafting));
        _admitNotary(address(desk));
        _grant(Roles.EXPOSURE_BOOK, address(desk));
    }

    /// @notice Where payables come from; here a stub that returns what is set.
    function _deployEscrow() internal virtual returns (ITradeEscrow) {
        source = new PayableSource();
        return ITradeEscrow(address(source));
    }

    // ---- steps

    /// @notice A settled trade by which `debtor` owes `creditor`.
    function _owe(
        ParticipantId debtor,
        ParticipantId creditor,
        uint128 faceFen,
        Day due
    ) internal returns (TradeId id) {
        id = TradeId.wrap(++_trades);
        source.owe(id, Payable(debtor, creditor, due, PayableStatus.Due, faceFen));
    }

    function _issue(uint128 faceFen) internal returns (ReceivableId id) {
        TradeId trade = _owe(worksId, plantId, faceFen, dueDay);
        vm.prank(plant);
        return receivables.issueFromTrade(trade, "invoice");
    }

    function _pass(address from, address to, ReceivableId id, uint256 units) internal {
        vm.prank(from);
        receivables.safeTransferFrom(from, to, ReceivableId.unwrap(id), units, "");
    }

    function _repay(ReceivableId id, uint256 amountFen) internal {
        vm.prank(works);
        receivables.repay(id, amountFen);
    }

    /// @notice What discharges the debtor now: unpaid face value and late fee.
    function _owed(ReceivableId id) internal view returns (uint256) {
        Receivable memory claim = receivables.receivable(id);
        return claim.faceFen - claim.repaidFen + receivables.lateFeeDue(id);
    }

    /// @notice What a debtor signs to confirm a draft.
    function _confirmation(string memory debtor, DraftId id, uint64 expiry) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf(debtor), drafting.hashConfirmation(id, expiry));
        return abi.encodePacked(r, s, v);
    }

    function _freezeReceivable(ReceivableId id, uint256 until) internal {
        vm.prank(arbiter);
        receivables.freeze(id, uint40(until));
    }

    function _collect(ReceivableId id, address holder) internal {
        address[] memory holders = new address[](1);
        holders[0] = holder;
        receivables.collect(id, holders);
    }

    function _unitsOf(address holder, ReceivableId id) internal view returns (uint256) {
        return receivables.balanceOf(holder, ReceivableId.unwrap(id));
    }

    /// @notice Moves the clock to the first second of a day in Shanghai.
    function _goTo(Day day) internal {
        vm.warp(Calendar.startOf(day));
    }

    function _goToLastSecondOf(Day day) internal {
        vm.warp(Calendar.startOf(day.plusDays(1)) - 1);
    }
}
