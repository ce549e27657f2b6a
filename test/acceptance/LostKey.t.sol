// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Roles} from "../../contracts/access/Roles.sol";
import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {DebtStatus, IDebtLedger} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {IDraftingDesk, Invoice} from "../../contracts/finance/interfaces/IDraftingDesk.sol";
import {BidId, IFinancingDesk, RequestId} from "../../contracts/finance/interfaces/IFinancingDesk.sol";
import {DraftId, IReceivables} from "../../contracts/finance/interfaces/IReceivables.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {Band, ITradeEscrowEvents, SkipReason, Trade} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {IMeterRegistry, MeterDay} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {IDepositToken} from "../../contracts/money/interfaces/IDepositToken.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {FirmSize} from "../../contracts/types/Enums.sol";
import {DebtId, ParticipantId, ReceivableId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Draft, Market, Party} from "../utils/Market.sol";
import {Round, SignedOrder} from "../utils/Rounds.sol";

/// @notice Accounts are replaced in the middle of everything: what participants have and owe follows, what the former keys
/// signed is worth nothing, but for a day in rounds.
contract LostKeyTest is Market {
    uint256 internal constant MWH = 1_000_000;
    uint64 internal constant NEVER = type(uint40).max;

    /// @dev The turbine works, as it was.
    Party internal before;

    function setUp() public override {
        super.setUp();
        // Delays pass between opening and delivery.
        day = START.plusDays(20);
    }

    function _level(uint256 energyWh) internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(40, 44, energyWh, 40_000));
    }

    function _replaceKeyOf(Party storage party, string memory name) internal {
        _replaceAccount(party.id, _named(name));
        (party.account, party.key) = (vm.addr(_keyOf(name)), _keyOf(name));
    }

    function _replaceKeyOfWorks() internal {
        before = works;
        _replaceKeyOf(works, "Deyang turbine works, new key");
    }

    function _replaceKeyOfSolar() internal {
        _replaceKeyOf(solar, "Ganzi solar, new key");
    }

    // ---- money

    function test_depositsHoldsAndOptInsFollow() public {
        _openCash(thermal, works, _level(MWH));
        vm.prank(works.account);
        deposits.approve(stranger, WEALTH);
        (uint256 held, uint256 free) = (_held(works), deposits.freeOf(works.id));
        _replaceKeyOfWorks();

        assertEq(deposits.balanceOf(works.account), 2 * WEALTH, "balance");
        assertEq(deposits.balanceOf(before.account), 0, "of the former account");
        assertTrue(held != 0, "something is held");
        assertEq(_held(works), held, "held");
        assertEq(deposits.freeOf(works.id), free, "free");
        assertTrue(deposits.hasOptedIn(works.id, address(escrow)), "opted in");

        bytes memory notGood = abi.encodeWithSelector(
            IDepositToken.DepositToken_ParticipantNotGood.selector,
            before.account
        );
        vm.startPrank(before.account);
        vm.expectRevert(notGood);
        deposits.redeem(1, "home");
        vm.expectRevert(notGood);
        deposits.transfer(mill.account, 1);
        vm.expectRevert(notGood);
        deposits.optIn(address(escrow), false);
        vm.stopPrank();
        // What the former key allowed, or permits by a signature now, has nothing left to take from.
        vm.prank(stranger);
        vm.expectRevert(notGood);
        deposits.transferFrom(before.account, mill.account, 1);
        _permit();
        vm.prank(stranger);
        vm.expectRevert(notGood);
        deposits.transferFrom(before.account, mill.account, 1);
        vm.prank(bank);
        vm.expectRevert(notGood);
        deposits.issue(before.account, 1, "late");

        vm.startPrank(works.account);
        deposits.transfer(mill.account, 1);
        deposits.redeem(free - 1, "home");
        vm.stopPrank();
    }

    function _permit() internal {
        bytes32 permit = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                before.account,
                stranger,
                WEALTH,
                deposits.nonces(before.account),
                block.timestamp
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", deposits.DOMAIN_SEPARATOR(), permit));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(before.key, digest);
        deposits.permit(before.account, stranger, WEALTH, block.timestamp, v, r, s);
    }

    // ---- trades

    function test_openTradesFinishWithTheNewAccount() public {
        TradeId cash = _openCash(solar, works, _level(MWH));
        TradeId onTerms = _openOnTerms(solar, works, _level(MWH), 60);
        TradeId redirected = _openOnTerms(solar, mill, _level(MWH), 60);
        TradeId lapsing = _openCash(thermal, works, _level(MWH));
        _grant(Roles.ASSIGNMENT, council);
        vm.prank(council);
        escrow.redirectPayee(redirected, works.id);
        _replaceKeyOfWorks();
        _replaceKeyOfSolar();

        _measured(solar.meter, Builder.level(40, 44, 4 * MWH));
        _settle(_ids(cash, onTerms));
        _settle(redirected);
        assertEq(_kwhOf(works.account, solar.meter), 8 * MWH, "kWh of the buyer");
        assertEq(_kwhOf(before.account, solar.meter), 0, "of its former account");
        _mintSurplus(solar.meter);
        assertEq(_kwhOf(solar.account, solar.meter), 4 * MWH, "kWh of the seller");

        uint256 had = _balance(works.id);
        _payOff(_debtOf(redirected, DebtCode.EnergyOnTerms));
        assertEq(_balance(works.id) - had, 160_000, "the assignee is paid");
        DebtId debt = _debtOf(onTerms, DebtCode.EnergyOnTerms);
        vm.prank(before.account);
        vm.expectRevert(abi.encodeWithSelector(IDebtLedger.DebtLedger_NotParty.selector, before.account, works.id));
        debts.pay(debt, 1);
        _payOff(debt);
        _assertDebtIs(debt, DebtStatus.Discharged);

        _miss(thermal.meter);
        _lapseTrade(lapsing);
        assertEq(_held(works), 0, "everything is released");
        _measuredLate(thermal.meter, Builder.level(40, 44, MWH));
        _settle(lapsing);
        _payOff(_debtOf(lapsing, DebtCode.LateInvoice));
    }

    function test_formerSignaturesOpenNothing() public {
        Trade memory trade = _trade(thermal, works, _level(MWH));
        trade.expiry = NEVER;
        bytes32 digest = escrow.hashTrade(trade);
        (bytes memory byWorks, bytes memory byThermal) = (_sign(works.key, digest), _sign(thermal.key, digest));
        SignedOrder memory order = _order(works, _level(MWH));
        order.expiry = NEVER;
        Draft memory bought = _draft(false, works, order);
        order = _order(thermal, _level(MWH));
        order.expiry = NEVER;
        Draft memory sold = _draft(true, thermal, order);
        _replaceKeyOfWorks();

        bytes memory notGood = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_ParticipantNotGood.selector,
            before.account
        );
        vm.expectRevert(notGood);
        escrow.open(trade, byWorks, byThermal, "");
        // In the name of the new account, the former key's signature is a stranger's.
        trade.buyer = works.account;
        digest = escrow.hashTrade(trade);
        (byWorks, byThermal) = (_sign(before.key, digest), _sign(thermal.key, digest));
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_InvalidSignature.selector, works.account)
        );
        escrow.open(trade, byWorks, byThermal, "");

        _replaceKeyOf(thermal, "Jiangyou thermal, new key");
        _submit(_roundOf(_sell(thermal, _level(MWH)), bought, 1));
        _assertSkipped(0, 0, SkipReason.BuyOrderSkipped);
        // Orders in rounds hold until the end of the day after, which is over.
        bought = _buy(works, _level(MWH));
        _submit(_roundOf(sold, bought, 2));
        _assertSkipped(0, WHOLE_SALE, SkipReason.TraderNotGood);
        _submit(_roundOf(_sell(thermal, _level(MWH)), bought, 3));
        assertEq(_skips.length, 0, "the new keys trade");
        assertEq(escrow.tradeCount(), 1, "one trade");
    }

    function _roundOf(Draft memory sold, Draft memory bought, uint64 number) internal view returns (Round memory) {
        return _round(number, 40_000, _drafts(bought), _sales(_sale(sold, _legs(_leg(0, Builder.level(40, 44, MWH))))));
    }

    function test_metersFollow() public {
        _replaceKeyOfWorks();
        vm.prank(before.account);
        vm.expectRevert(
            abi.encodeWithSelector(IMeterRegistry.MeterRegistry_NotAuthorised.selector, before.account, works.id)
        );
        meters.setTrader(works.meter, mill.id);
        vm.prank(works.account);
        meters.setTrader(works.meter, works.id);

        vm.warp(Calendar.startOf(day.plusDays(1)));
        _report(works.meter, day, Builder.level(40, 44, MWH));
        vm.prank(before.account);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMeterRegistry.MeterRegistry_NotAuthorised.selector,
                before.account,
                ParticipantId.wrap(0)
            )
        );
        meters.accept(MeterDay(works.meter, day), 1);
        vm.prank(works.account);
        meters.accept(MeterDay(works.meter, day), 1);
    }

    // ---- claims

    function test_claimsFinancingsAndPledgesFollow() public {
        (address firstBank, ParticipantId firstBankId) = _enrol("first bank", Kinds.BANK);
        _fund(firstBank, WEALTH);
        _optIn(firstBank, address(desk));
        ReceivableId id = _claim();
        address former = solar.account;
        vm.prank(former);
        RequestId request = desk.requestFinancing(id, 100_000, 800, START.plusDays(40));
        vm.prank(firstBank);
        BidId bid = desk.placeBid(request, 400, true, START.plusDays(40));
        vm.prank(former);
        RequestId other = desk.requestFinancing(id, 1_000, 800, START.plusDays(40));
        _replaceKeyOfSolar();
        address formerBank = firstBank;
        firstBank = _named("first bank, new key");
        _replaceAccount(firstBankId, firstBank);
        _replaceKeyOfWorks();

        // Units are brought along once; then the request continues.
        vm.prank(former);
        vm.expectPartialRevert(IFinancingDesk.FinancingDesk_ParticipantNotGood.selector);
        desk.accept(bid);
        vm.startPrank(solar.account);
        vm.expectRevert(
            abi.encodeWithSelector(IFinancingDesk.FinancingDesk_InsufficientUnits.selector, id, 100_000, 0)
        );
        desk.accept(bid);
        receivables.follow(former, _list(id));
        receivables.setApprovalForAll(address(desk), true);
        uint256 had = _balance(solar.id);
        desk.accept(bid);
        vm.stopPrank();
        assertEq(_balance(solar.id) - had, desk.bid(bid).paidFen, "the requester is paid");
        assertEq(receivables.balanceOf(firstBank, ReceivableId.unwrap(id)), 100_000, "the bank has the units");

        vm.prank(formerBank);
        vm.expectRevert(
            abi.encodeWithSelector(IFinancingDesk.FinancingDesk_NotParty.selector, formerBank, firstBankId)
        );
        desk.recordRegistration(bid, "0123 4567");
        vm.prank(firstBank);
        desk.recordRegistration(bid, "0123 4567");
        vm.prank(former);
        vm.expectRevert(abi.encodeWithSelector(IFinancingDesk.FinancingDesk_NotParty.selector, former, solar.id));
        desk.cancelRequest(other);
        vm.prank(solar.account);
        desk.cancelRequest(other);

        vm.prank(solar.account);
        receivables.encumber(id, 50, firstBankId, "0123 4568");
        vm.prank(formerBank);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_NotParty.selector, formerBank, firstBankId));
        receivables.releaseEncumbrance(id, solar.account);
        vm.prank(firstBank);
        receivables.releaseEncumbrance(id, solar.account);

        _repayAndCollect(id, firstBank, firstBankId);
    }

    /// @dev 1,600.00 元 that the works owe the solar park, which trusts the desk.
    function _claim() internal returns (ReceivableId id) {
        day = START.plusDays(1);
        TradeId onTerms = _openOnTerms(solar, works, _level(MWH), 60);
        _measured(solar.meter, Builder.level(40, 44, MWH));
        _settle(onTerms);
        DebtId debt = _debtOf(onTerms, DebtCode.EnergyOnTerms);
        vm.startPrank(solar.account);
        receivables.setApprovalForAll(address(desk), true);
        id = receivables.issueFromDebt(debt, "invoice");
        vm.stopPrank();
    }

    function _repayAndCollect(ReceivableId id, address firstBank, ParticipantId firstBankId) internal {
        DebtId debt = receivables.receivable(id).debt;
        vm.prank(before.account);
        vm.expectRevert(abi.encodeWithSelector(IDebtLedger.DebtLedger_NotParty.selector, before.account, works.id));
        debts.pay(debt, 160_000);
        _pay(debt, 160_000);
        address[] memory holders = new address[](2);
        (holders[0], holders[1]) = (firstBank, solar.account);
        uint256 had = _balance(firstBankId) + _balance(solar.id);
        receivables.collect(id, holders);
        assertEq(_balance(firstBankId) + _balance(solar.id) - had, 160_000, "collected");
    }

    function _list(ReceivableId id) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = ReceivableId.unwrap(id);
    }

    function test_whatWasSettledBeforeIsIssuedToTheNewAccount() public {
        day = START.plusDays(1);
        TradeId onTerms = _openOnTerms(solar, works, _level(MWH), 60);
        _measured(solar.meter, Builder.level(40, 44, MWH));
        _settle(onTerms);
        DebtId debt = _debtOf(onTerms, DebtCode.EnergyOnTerms);
        address former = solar.account;
        _replaceKeyOfSolar();
        vm.prank(former);
        vm.expectRevert(abi.encodeWithSelector(IReceivables.Receivables_ParticipantNotGood.selector, former));
        receivables.issueFromDebt(debt, "invoice");
        vm.prank(solar.account);
        ReceivableId id = receivables.issueFromDebt(debt, "invoice");
        assertEq(receivables.balanceOf(solar.account, ReceivableId.unwrap(id)), 160_000, "units");
    }

    function test_confirmationsByTheFormerKeyAreWorthNothing() public {
        address supplier = _named("Mianyang cables");
        ParticipantId supplierId = _enrol(supplier, Kinds.SUPPLIER, FirmSize.Small);
        Invoice memory invoice = Invoice(works.id, START, START.plusDays(60), 1_234_567, 99, "file");
        vm.prank(supplier);
        DraftId draft = drafting.draft(invoice);
        bytes memory signature = _sign(works.key, drafting.hashConfirmation(draft, NEVER));
        _replaceKeyOfWorks();
        bytes memory refusal = abi.encodeWithSelector(
            IDraftingDesk.DraftingDesk_InvalidSignature.selector,
            works.account
        );
        vm.expectRevert(refusal);
        drafting.confirm(draft, NEVER, signature);
        signature = _sign(before.key, drafting.hashConfirmation(draft, NEVER));
        vm.expectRevert(refusal);
        drafting.confirm(draft, NEVER, signature);

        // The supplier's key is replaced too: a confirmation names both accounts.
        signature = _sign(works.key, drafting.hashConfirmation(draft, NEVER));
        address renewed = _named("Mianyang cables, new key");
        _replaceAccount(supplierId, renewed);
        vm.expectRevert(refusal);
        drafting.confirm(draft, NEVER, signature);
        signature = _sign(works.key, drafting.hashConfirmation(draft, NEVER));
        ReceivableId id = drafting.confirm(draft, NEVER, signature);
        assertEq(receivables.balanceOf(renewed, ReceivableId.unwrap(id)), 1_234_567, "units");

        vm.prank(renewed);
        draft = drafting.draft(Invoice(works.id, START, START.plusDays(60), 1, 100, "another file"));
        vm.prank(supplier);
        vm.expectRevert(abi.encodeWithSelector(IDraftingDesk.DraftingDesk_NotParty.selector, supplier, supplierId));
        drafting.cancel(draft);
        vm.prank(renewed);
        drafting.cancel(draft);
    }
}
