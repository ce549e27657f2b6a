// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Roles} from "../../contracts/access/Roles.sol";
import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {DraftingDesk} from "../../contracts/finance/DraftingDesk.sol";
import {FinancingDesk} from "../../contracts/finance/FinancingDesk.sol";
import {Receivables} from "../../contracts/finance/Receivables.sol";
import {DraftId} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {MarketRules} from "../../contracts/market/MarketRules.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DebtId, ParticipantId, ReceivableId} from "../../contracts/types/Ids.sol";
import {DebtRoom} from "./DebtRoom.sol";
import {Deploy} from "./Deploy.sol";
import {Permissions} from "./Permissions.sol";
import {SampleRules} from "./SampleRules.sol";

/// @notice The platform with its finance rooms: a turbine works that owes a hydropower plant 1,000,000.01 元 in 90 days,
/// the plant's supplier, and two banks.
abstract contract FinancePlatform is DebtRoom {
    uint80 internal constant FACE = 100_000_001;
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
    Receivables internal receivables;
    DraftingDesk internal drafting;
    FinancingDesk internal desk;

    Day internal dueDay = START.plusDays(90);

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
        _optIn(works, address(debts));
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
        // The Saturday on which most claims here fall due is worked.
        Day[] memory workdays = new Day[](1);
        workdays[0] = dueDay;
        _deployDebts(workdays);
        receivables = Deploy.receivables(address(manager), registry, debts, financeRules, secondFactor, CLAIM_URI);
        drafting = Deploy.draftingDesk(address(manager), registry, receivables, marketRules, secondFactor);
        desk = Deploy.financingDesk(address(manager), registry, receivables, debts, deposits, secondFactor);

        vm.startPrank(council);
        Permissions.receivables(manager, address(receivables));
        Permissions.draftingDesk(manager, address(drafting));
        Permissions.financingDesk(manager, address(desk));
        vm.stopPrank();
        _grant(Roles.CLAIM_DESK, address(drafting));
        _admitPoster(address(receivables), DebtCode.ConfirmedClaim);
        _admitClaimBook(address(receivables));
        // Where debts come from.
        _admitPoster(address(this), DebtCode.EnergyOnTerms);
        _admitNotary(address(desk));
        _grant(Roles.EXPOSURE_BOOK, address(receivables));
        _grant(Roles.EXPOSURE_BOOK, address(drafting));
        _grant(Roles.EXPOSURE_BOOK, address(desk));
    }

    // ---- steps

    /// @notice The turbine works owe the plant, and the plant makes a receivable of it.
    function _issue(uint256 faceFen) internal returns (ReceivableId) {
        return _divide(_post(DebtCode.EnergyOnTerms, worksId, plantId, faceFen, dueDay));
    }

    /// @notice The plant makes a receivable of what it is owed.
    function _divide(DebtId debt) internal returns (ReceivableId) {
        vm.prank(plant);
        return receivables.issueFromDebt(debt, "invoice");
    }

    function _debtOf(ReceivableId id) internal view returns (DebtId) {
        return receivables.receivable(id).debt;
    }

    function _pass(address from, address to, ReceivableId id, uint256 units) internal {
        vm.prank(from);
        receivables.safeTransferFrom(from, to, ReceivableId.unwrap(id), units, "");
    }

    function _repay(ReceivableId id, uint256 amountFen) internal {
        _pay(_debtOf(id), amountFen);
    }

    /// @notice What discharges the debtor now: what is unpaid, and the late fee.
    function _owed(ReceivableId id) internal view returns (uint256) {
        return _owedOn(_debtOf(id));
    }

    /// @notice What a debtor signs to confirm a draft.
    function _confirmation(string memory debtor, DraftId id, uint64 expiry) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf(debtor), drafting.hashConfirmation(id, expiry));
        return abi.encodePacked(r, s, v);
    }

    function _collect(ReceivableId id, address holder) internal {
        address[] memory holders = new address[](1);
        holders[0] = holder;
        receivables.collect(id, holders);
    }

    function _unitsOf(address holder, ReceivableId id) internal view returns (uint256) {
        return receivables.balanceOf(holder, ReceivableId.unwrap(id));
    }
}
