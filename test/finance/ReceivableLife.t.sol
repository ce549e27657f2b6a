// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {BidId, RequestId} from "../../contracts/finance/interfaces/IFinancingDesk.sol";
import {Discount} from "../../contracts/finance/libraries/Discount.sol";
import {TradeEscrow} from "../../contracts/market/TradeEscrow.sol";
import {
    Band,
    BookProof,
    DaySettlement,
    ITradeEscrowEvents,
    KwhClaim,
    Outcome,
    OutcomeProof,
    Trade,
    SettlementRun,
    TradeSettlement,
    TradeTerms
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, Voltage} from "../../contracts/types/Enums.sol";
import {DebtId, MeterId, ReceivableId, TradeId, ZoneId} from "../../contracts/types/Ids.sol";
import {Permissions} from "../utils/Permissions.sol";
import {FinancePlatform} from "../utils/FinancePlatform.sol";
import {Vm} from "../utils/Vm.sol";

/// @notice From two signatures to the last fen: a trade on payment terms is settled by its meter, becomes a receivable, is
/// financed in part by the better of two banks, passed on in part to a supplier, and paid in two parts.
contract ReceivableLifeTest is FinancePlatform {
    /// @dev 36 MWh at 401.20 元 per MWh.
    uint128 internal constant AMOUNT = 1_444_320;
    /// @dev 36 MWh at the tariff of 10 kV less that of 220 kV, 184.30 元 per MWh.
    uint128 internal constant NETWORK = 663_480;
    uint128 internal constant BOND = 216_648;
    /// @dev 0.05 % a day for two days of what is left then, 10,443.19 元.
    uint128 internal constant LATE_FEE = 1_044;
    uint128 internal constant FINANCED = 1_000_000;
    uint128 internal constant PASSED_ON = 123_457;
    uint32 internal constant WH_PER_SLOT = 1_000_000;
    uint32 internal constant PRICE = 40_120;
    uint16 internal constant PAYMENT_DAYS = 90;

    Day internal deliveryDay = START.plusDays(1);
    TradeEscrow internal escrow;
    MeterId internal generation;
    MeterId internal consumption;

    function setUp() public override {
        super.setUp();
        _deployEscrow();
        generation = _registerMeter(plantId, Direction.Generation);
        consumption = _registerMeter(worksId, Direction.Consumption);
        _fund(plant, BOND);
        _optIn(plant, address(escrow));
        _optIn(works, address(escrow));
    }

    function _deployEscrow() private {
        escrow = _newEscrow(marketRules);
        vm.startPrank(council);
        Permissions.tradeEscrow(manager, address(escrow));
        kwh.approveMinter(address(escrow), START);
        vm.stopPrank();
        _admitNotary(address(escrow));
        _admitPoster(address(escrow), DebtCode.EnergyOnTerms);
        vm.prank(ruleMaker);
        marketRules.addZone(ZoneId.wrap(0), Voltage.KV220, "Chengdu");
    }

    function test_aTradeOnTermsIsFinancedAndPaidToTheLastFen() public {
        TradeId trade = _openAndSettle();
        assertEq(deposits.balanceOfParticipant(gridId), NETWORK, "the grid company is paid at once");
        assertEq(deposits.heldOf(plantId), 0, "the bond is free");
        assertEq(kwh.balanceOf(works, kwh.idOf(generation, deliveryDay)), 36 * WH_PER_SLOT, "kWh");

        // The ninetieth day is a Sunday.
        dueDay = deliveryDay.plusDays(PAYMENT_DAYS + 1);
        DebtId debt = _debtFrom(DebtCode.EnergyOnTerms, bytes32(uint256(TradeId.unwrap(trade))));
        _assertDebt(debt, worksId, plantId, AMOUNT);
        ReceivableId claim = _divide(debt);
        assertTrue(receivables.receivable(claim).dueDay == dueDay, "due day");
        assertEq(_unitsOf(plant, claim), AMOUNT, "units");
        // A part paid early is held for those who hold the units on the due day.
        _pay(debt, 1);

        uint256 paidFen = _finance(claim);
        _pass(plant, supplier, claim, PASSED_ON);

        _goTo(dueDay);
        _pay(debt, 400_000);
        address[] memory holders = new address[](3);
        (holders[0], holders[1], holders[2]) = (plant, supplier, secondBank);
        receivables.collect(claim, holders);
        _goTo(dueDay.plusDays(2));
        _pay(debt, AMOUNT - 400_001 + LATE_FEE);
        receivables.collect(claim, holders);

        assertEq(
            deposits.balanceOfParticipant(worksId),
            WEALTH - NETWORK - AMOUNT - LATE_FEE,
            "the works paid its invoice"
        );
        assertEq(
            deposits.balanceOfParticipant(plantId),
            BOND + paidFen + (AMOUNT - FINANCED - PASSED_ON) + 231,
            "the plant has its bond, the bank's money and the rest of the claim"
        );
        assertEq(deposits.balanceOfParticipant(supplierId), PASSED_ON + 89, "the supplier what was passed on");
        assertEq(
            deposits.balanceOfParticipant(secondBankId),
            WEALTH - paidFen + FINANCED + LATE_FEE - 231 - 89,
            "the better bank the discount"
        );
        assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH, "the other bank nothing");
        assertEq(
            deposits.heldOf(worksId) + deposits.heldOf(firstBankId) + deposits.heldOf(secondBankId),
            0,
            "no holds"
        );
        assertEq(receivables.unitsOf(claim), 0, "no units");
    }

    /// @dev Two bids, the cheaper accepted a day later.
    function _finance(ReceivableId claim) private returns (uint256 paidFen) {
        Day lastDay = Calendar.today().plusDays(5);
        vm.prank(plant);
        RequestId request = desk.requestFinancing(claim, FINANCED, 500, lastDay);
        vm.prank(firstBank);
        BidId dearer = desk.placeBid(request, 385, false, lastDay);
        vm.prank(secondBank);
        BidId cheaper = desk.placeBid(request, 360, true, lastDay);
        vm.warp(block.timestamp + 1 days);
        vm.startPrank(plant);
        receivables.setApprovalForAll(address(desk), true);
        desk.accept(cheaper);
        vm.stopPrank();
        desk.releaseBid(dearer);
        paidFen = Discount.price(FINANCED, 360, Day.unwrap(dueDay) - Day.unwrap(Calendar.today()));
        assertEq(desk.bid(cheaper).paidFen, paidFen, "price of the day");
    }

    function _openAndSettle() private returns (TradeId id) {
        Trade memory trade = _trade();
        bytes32 digest = escrow.hashTrade(trade);
        vm.recordLogs();
        id = escrow.open(trade, _sign("Deyang turbine works", digest), _sign("Zipingpu hydropower", digest), "");
        TradeTerms memory terms = _termsOpened();
        assertEq(terms.energyFen, AMOUNT, "energy amount");
        assertEq(terms.networkFen, NETWORK, "network charge");
        assertEq(terms.bondFen, BOND, "bond");

        bytes memory sold = _stretch(WH_PER_SLOT);
        _measure(generation, deliveryDay, sold);
        DaySettlement[] memory settlements = new DaySettlement[](1);
        BookProof memory book = BookProof(0, new bytes32[](0), keccak256(sold));
        settlements[0] = DaySettlement(generation, deliveryDay, sold, book, "", new TradeSettlement[](1));
        settlements[0].trades[0] = TradeSettlement(id, 0, terms, 0, sold);
        bytes[] memory prices = new bytes[](1);
        prices[0] = _stretch(PRICE);
        vm.recordLogs();
        SettlementRun[] memory runs = new SettlementRun[](1);
        runs[0] = SettlementRun(_ofWords(), settlements);
        escrow.settle(runs, prices);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            _noteDebt(logs[i]);
        }
        // The only outcome of its call is the root itself.
        KwhClaim[] memory claims = new KwhClaim[](1);
        Outcome memory outcome = Outcome(36 * uint256(WH_PER_SLOT), AMOUNT, NETWORK, 0, false);
        claims[0] = KwhClaim(id, terms, outcome, OutcomeProof(1, new bytes32[](0)));
        escrow.claimKwh(claims);
    }

    function _trade() private view returns (Trade memory trade) {
        Band[] memory bands = new Band[](1);
        bands[0] = Band(36, 72, WH_PER_SLOT, PRICE);
        trade = Trade({
            seller: plant,
            buyer: works,
            sellerMeter: generation,
            buyerMeter: consumption,
            day: deliveryDay,
            paymentDays: PAYMENT_DAYS,
            greenCertificates: false,
            expiry: uint64(block.timestamp),
            bands: bands,
            totalEnergyWh: 36 * WH_PER_SLOT,
            totalAmountFen: AMOUNT,
            maxPaymentFen: AMOUNT + NETWORK,
            maxBondFen: BOND,
            nonce: 1
        });
    }

    function _sign(string memory name, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf(name), digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev What settling needs of a trade is found in the log.
    function _termsOpened() private returns (TradeTerms memory terms) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != ITradeEscrowEvents.TradeOpened.selector) continue;
            (, terms, ) = abi.decode(logs[i].data, (uint64, TradeTerms, bytes));
        }
    }

    /// @dev The same value in every slot from 09:00 to 18:00.
    function _stretch(uint32 value) private pure returns (bytes memory) {
        uint32[96] memory slots;
        for (uint256 slot = 36; slot < 72; ++slot) {
            slots[slot] = value;
        }
        return _curve(slots);
    }
}
