// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {BoundedCall} from "../../contracts/access/libraries/BoundedCall.sol";
import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {BilateralOpening} from "../../contracts/market/BilateralOpening.sol";
import {TradeEscrow} from "../../contracts/market/TradeEscrow.sol";
import {IBondPolicy} from "../../contracts/market/interfaces/IBondPolicy.sol";
import {RuleSet} from "../../contracts/market/interfaces/IMarketRules.sol";
import {
    Band,
    ITradeEscrowEvents,
    NonceKind,
    Trade,
    TradeStatus,
    TradeTerms
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {EscrowCode} from "../../contracts/market/parts/EscrowCode.sol";
import {IDepositToken} from "../../contracts/money/interfaces/IDepositToken.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Curve} from "../../contracts/types/Curve.sol";
import {Day} from "../../contracts/types/Day.sol";
import {Direction, FirmSize, Source, Voltage} from "../../contracts/types/Enums.sol";
import {DebtId, MeterId, ParticipantId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Market, Party} from "../utils/Market.sol";
import {HostileWallet, SigningWallet, Spite, TestBondPolicy} from "../utils/Wallets.sol";

contract OpenTest is Market {
    /// @dev A peak of 1 MWh a slot at 400 元/MWh, a flat of 0.5 MWh at 300 元/MWh: 36 + 12 MWh, 18,000.00 元.
    uint256 internal constant AMOUNT = 1_800_000;
    uint256 internal constant ENERGY = 48_000_000;
    /// @dev 0.2511 - 0.0958 元/kWh over 48 MWh.
    uint256 internal constant NETWORK = 745_440;
    uint256 internal constant BOND = 270_000;

    function _bands() internal pure returns (Band[] memory) {
        return Builder.bands(Builder.band(36, 72, 1_000_000, 40_000), Builder.band(72, 96, 500_000, 30_000));
    }

    function _agreed() internal returns (Trade memory) {
        return _trade(thermal, works, _bands());
    }

    /// @dev Both sign, the call fails with `failure`.
    function _refused(Trade memory trade, bytes memory failure) internal {
        bytes32 digest = escrow.hashTrade(trade);
        bytes memory bought = _sign(works.key, digest);
        bytes memory sold = _sign(thermal.key, digest);
        bytes memory before = _sold(trade.sellerMeter, trade.day);
        vm.expectRevert(failure);
        escrow.open(trade, bought, sold, before);
    }

    function _refused(Trade memory trade, bytes4 failure) internal {
        _refused(trade, abi.encodeWithSelector(failure));
    }

    function _error(bytes4 selector, uint256 value) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, value);
    }

    function test_holdsWhatTheTradeCanCost() public {
        TradeId id = _open(_agreed(), thermal, works);
        _assertStatus(id, TradeStatus.Open);
        assertEq(_held(works), AMOUNT + NETWORK, "held of the buyer");
        assertEq(_held(thermal), BOND, "held of the seller");
        assertEq(_balance(works.id), WEALTH, "nothing was paid yet");
    }

    function test_emitsTheTermsItCommitsTo() public {
        bytes memory energy = Builder.energy(_bands());
        TradeId id = _open(_agreed(), thermal, works);
        TradeTerms memory terms = _terms(id);
        assertEq(terms.energyFen, AMOUNT, "energy");
        assertEq(terms.networkFen, NETWORK, "network charge");
        assertEq(terms.bondFen, BOND, "bond");
        assertEq(terms.tariff, 25_110_000 - 9_580_000, "tariff");
        assertEq(terms.scheduleHash, keccak256(abi.encode(keccak256(energy), bytes32(0))), "schedule");
        assertEq(terms.priceHash, keccak256(Builder.prices(_bands())), "prices");
        assertEq(_opened[1].energy, energy, "energy curve in the log");
        assertEq(_priceCurves[terms.priceHash], Builder.prices(_bands()), "price curve in the log");
        _assertBook(thermal.meter, energy);
        assertEq(escrow.tradeCount(), 1, "trades");
    }

    function test_onTermsHoldsTheNetworkChargeAndTheBond() public {
        _openOnTerms(thermal, works, _bands(), 30);
        assertEq(_held(works), NETWORK, "held of the buyer");
        assertEq(_held(thermal), BOND, "held of the seller");
    }

    function test_chargesTheWholeTariffOverTheBackbone() public {
        works.meter = _addMeter(works.id, Direction.Consumption, Source.None, BACKBONE);
        TradeId id = _openCash(thermal, works, _bands());
        assertEq(_terms(id).tariff, 25_110_000, "tariff");
    }

    function test_secondTradeContinuesThePosition() public {
        _open(_agreed(), thermal, works);
        TradeId id = _openCash(thermal, mill, Builder.bands(Builder.band(36, 40, 7, 40_000)));
        bytes memory position = Builder.plus(Builder.energy(_bands()), Builder.level(36, 40, 7));
        _assertBook(thermal.meter, position);
        assertEq(
            _terms(id).scheduleHash,
            keccak256(abi.encode(keccak256(Builder.level(36, 40, 7)), keccak256(Builder.energy(_bands())))),
            "schedule"
        );
    }

    function testFuzz_anyBandsGiveTheSameAmountsAsSlotBySlot(uint256 seed) public {
        uint256 from = bound(seed, 0, 90);
        uint256 middle = bound(seed >> 8, from + 1, 95);
        uint256 to = bound(seed >> 16, middle, 96);
        Band memory first = Builder.band(
            from,
            middle,
            bound(seed >> 24, 1, 5_500_000),
            bound(seed >> 56, 7_500, 60_000)
        );
        Band memory second = Builder.band(
            middle,
            to,
            bound(seed >> 88, 1, 5_500_000),
            bound(seed >> 120, 7_500, 60_000)
        );
        Band[] memory bands = middle == to ? Builder.bands(first) : Builder.bands(first, second);
        Trade memory trade = _trade(thermal, works, bands);
        if (trade.totalAmountFen == 0) {
            return _refused(trade, _belowLeast(trade.totalEnergyWh, 0));
        }
        TradeTerms memory terms = _terms(_open(trade, thermal, works));
        assertEq(terms.energyFen, trade.totalAmountFen, "energy");
        assertEq(terms.networkFen, Builder.network(trade.totalEnergyWh, 15_530_000), "network charge");
        assertEq(terms.bondFen, Builder.bond(trade.totalAmountFen, 1_500), "bond");
        assertEq(_opened[1].energy, Builder.energy(bands), "curve");
    }

    function _belowLeast(uint256 energyWh, uint256 energyFen) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_BelowLeast.selector, energyWh, energyFen);
    }

    /// @dev 12 Wh at 400 yuan/MWh are 0.48 fen.
    function test_costsAFenAtLeast() public {
        _refused(_trade(thermal, works, Builder.bands(Builder.band(0, 1, 12, 40_000))), _belowLeast(12, 0));
        _openCash(thermal, works, Builder.bands(Builder.band(0, 1, 13, 40_000)));
    }

    function test_isOfALotAtLeast() public {
        RuleSet memory set = _rules();
        set.lotWh = 1_000;
        _newRules(set);
        day = Calendar.today().plusDays(2);
        _refused(_trade(thermal, works, Builder.bands(Builder.band(0, 3, 333, 40_000))), _belowLeast(999, 40));
        _openCash(thermal, works, Builder.bands(Builder.band(0, 4, 250, 40_000)));
    }

    function test_certificatesGoWithRenewableEnergyOnly() public {
        Trade memory trade = _trade(thermal, works, Builder.bands(Builder.band(0, 4, 1_000, 40_000)));
        trade.greenCertificates = true;
        _refused(trade, abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NoCertificates.selector, Source.Thermal));
        (trade.seller, trade.sellerMeter) = (solar.account, solar.meter);
        assertTrue(_terms(_open(trade, solar, works)).greenCertificates, "in the terms");
    }

    // ---- signatures

    function test_typedDataIsWhatAWalletShows() public {
        Trade memory trade = _agreed();
        bytes32 bandType = keccak256("Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)");
        bytes32[] memory bands = new bytes32[](2);
        bands[0] = keccak256(abi.encode(bandType, 36, 72, 1_000_000, 40_000));
        bands[1] = keccak256(abi.encode(bandType, 72, 96, 500_000, 30_000));
        bytes memory head = abi.encode(
            keccak256(
                "Trade(address seller,address buyer,uint64 sellerMeter,uint64 buyerMeter,uint32 deliveryDate,Band[] bands,uint256 totalEnergyWh,uint256 totalAmountFen,uint256 maxPaymentFen,uint256 maxBondFen,uint16 paymentDays,bool greenCertificates,uint64 expiry,uint32 nonce)Band(uint8 fromSlot,uint8 toSlot,uint32 energyWhPerSlot,uint32 priceFenPerMWh)"
            ),
            thermal.account,
            works.account,
            thermal.meter,
            works.meter,
            20_261_124,
            keccak256(abi.encodePacked(bands))
        );
        bytes memory tail = abi.encode(
            ENERGY,
            AMOUNT,
            trade.maxPaymentFen,
            trade.maxBondFen,
            trade.paymentDays,
            trade.greenCertificates,
            trade.expiry,
            trade.nonce
        );
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(unicode"Dujiang 都江电力市场"),
                keccak256("1"),
                block.chainid,
                address(escrow)
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, keccak256(bytes.concat(head, tail))));
        assertEq(escrow.hashTrade(trade), digest, "digest");
    }

    function test_signatureOfSomebodyElse() public {
        Trade memory trade = _agreed();
        bytes32 digest = escrow.hashTrade(trade);
        bytes memory bought = _sign(mill.key, digest);
        bytes memory sold = _sign(thermal.key, digest);
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_InvalidSignature.selector, works.account)
        );
        escrow.open(trade, bought, sold, "");
        vm.expectRevert(
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_InvalidSignature.selector, works.account)
        );
        escrow.open(trade, sold, sold, "");
    }

    function test_everyFieldIsSigned() public {
        for (uint256 field; field < 7; ++field) {
            Trade memory trade = _agreed();
            bytes32 digest = escrow.hashTrade(trade);
            bytes memory bought = _sign(works.key, digest);
            bytes memory sold = _sign(thermal.key, digest);
            if (field == 0) trade.day = trade.day.plusDays(1);
            if (field == 1) trade.paymentDays = 1;
            if (field == 2) trade.expiry += 1;
            if (field == 3) trade.maxPaymentFen -= 1;
            if (field == 4) trade.maxBondFen -= 1;
            if (field == 5) trade.nonce += 1_000;
            if (field == 6) trade.sellerMeter = _addMeter(thermal.id, Direction.Generation, Source.Thermal, DEYANG);
            vm.expectRevert(
                abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_InvalidSignature.selector, works.account)
            );
            escrow.open(trade, bought, sold, "");
        }
    }

    function test_signatureForAnotherEscrowOrChain() public {
        Trade memory trade = _agreed();
        TradeEscrow other = _newEscrow(rules);
        bytes32 digest = other.hashTrade(trade);
        bytes memory bought = _sign(works.key, digest);
        bytes memory sold = _sign(thermal.key, digest);
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_InvalidSignature.selector,
            works.account
        );
        vm.expectRevert(failure);
        escrow.open(trade, bought, sold, "");

        digest = escrow.hashTrade(trade);
        bought = _sign(works.key, digest);
        sold = _sign(thermal.key, digest);
        vm.chainId(block.chainid + 1);
        assertTrue(escrow.hashTrade(trade) != digest, "the digest names the chain");
        vm.expectRevert(failure);
        escrow.open(trade, bought, sold, "");
    }

    function test_highS() public {
        Trade memory trade = _agreed();
        bytes32 digest = escrow.hashTrade(trade);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(works.key, digest);
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        bytes memory high = abi.encodePacked(r, bytes32(order - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        bytes memory sold = _sign(thermal.key, digest);
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_InvalidSignature.selector,
            works.account
        );
        vm.expectRevert(failure);
        escrow.open(trade, high, sold, "");
        vm.expectRevert(failure);
        escrow.open(trade, abi.encodePacked(r, s), sold, "");
        vm.expectRevert(failure);
        escrow.open(trade, abi.encodePacked(r, s, v, v), sold, "");
        vm.expectRevert(failure);
        escrow.open(trade, "", sold, "");
    }

    function test_contractWalletsSign() public {
        SigningWallet wallet = new SigningWallet(vm.addr(77));
        Party memory party = _walletParty(address(wallet));
        TradeId id = _openCash(thermal, party, _bands());
        _assertStatus(id, TradeStatus.Open);
        assertEq(_held(party), AMOUNT + NETWORK, "held of the wallet's participant");
    }

    function _walletParty(address wallet) internal returns (Party memory) {
        return _enter(wallet, 77, Direction.Consumption, Source.None, DEYANG);
    }

    function test_hostileWalletsSpoilNothingButTheirSignature() public {
        HostileWallet wallet = new HostileWallet(vm.addr(77));
        Party memory party = _walletParty(address(wallet));
        Trade memory trade = _trade(thermal, party, _bands());
        bytes32 digest = escrow.hashTrade(trade);
        bytes memory bought = _sign(77, digest);
        bytes memory sold = _sign(thermal.key, digest);
        // A wallet that is asked for a signature cannot change anything, whatever it calls.
        wallet.arm(address(escrow), abi.encodeCall(TradeEscrow.open, (trade, bought, sold, "")));
        for (uint256 spite = 1; spite <= uint256(Spite.Reenter); ++spite) {
            wallet.setSpite(Spite(spite));
            uint256 before = gasleft();
            vm.expectRevert(
                abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_InvalidSignature.selector, address(wallet))
            );
            escrow.open(trade, bought, sold, "");
            assertTrue(before - gasleft() < 900_000, "gas is bounded");
        }
        wallet.setSpite(Spite.None);
        escrow.open(trade, bought, sold, "");
    }

    /// @dev Otherwise an estimate would settle on gas that starves a wallet's answer.
    function test_insistsOnGasEnoughForAWalletsAnswer() public {
        Party memory party = _walletParty(address(new SigningWallet(vm.addr(77))));
        Trade memory trade = _trade(thermal, party, _bands());
        bytes32 digest = escrow.hashTrade(trade);
        bytes memory call = abi.encodeCall(
            TradeEscrow.open,
            (trade, _sign(77, digest), _sign(thermal.key, digest), "")
        );
        (bool success, bytes memory data) = address(escrow).call{gas: 450_000}(call);
        assertFalse(success, "too little gas");
        assertEq(bytes32(bytes4(data)), bytes32(BoundedCall.BoundedCall_TooLittleGas.selector), "the reason");
        (success, ) = address(escrow).call{gas: 1_200_000}(call);
        assertTrue(success, "enough gas");
    }

    // ---- nonces

    function test_openedOnce() public {
        Trade memory trade = _agreed();
        _open(trade, thermal, works);
        _refused(
            trade,
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NonceUsed.selector, works.account, trade.nonce)
        );
        assertTrue(_isUsed(works, trade.nonce), "the buyer's nonce");
        assertTrue(_isUsed(thermal, trade.nonce), "the seller's nonce");
    }

    function _isUsed(Party memory party, uint32 nonce) private view returns (bool) {
        return escrow.isNonceUsed(party.account, NonceKind.Trade, day, nonce);
    }

    function test_eitherPartyCancels() public {
        Trade memory trade = _agreed();
        _cancel(thermal, NonceKind.Trade, trade.nonce);
        _refused(
            trade,
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NonceUsed.selector, thermal.account, trade.nonce)
        );

        trade = _agreed();
        trade.nonce = 3 * 112 + 111;
        vm.prank(works.account);
        escrow.cancelPage(NonceKind.Trade, day, 3);
        _refused(
            trade,
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NonceUsed.selector, works.account, trade.nonce)
        );
        assertFalse(_isUsed(works, 4 * 112), "the next page is untouched");
    }

    function test_aCancelledNonceLeavesAllOthersAlone() public {
        _cancel(works, NonceKind.Trade, 112 + 72);
        for (uint32 nonce; nonce < 4 * 112; ++nonce) {
            assertTrue(_isUsed(works, nonce) == (nonce == 184), "used");
        }
    }

    // ---- time

    function test_gate() public {
        uint256 start = Calendar.startOf(day);
        // Bilateral trades end when the book closes.
        uint256 closes = start - 8 hours;
        uint256 opens = start - 31 days;
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_GateClosed.selector,
            day,
            opens,
            closes
        );
        vm.warp(closes);
        _refused(_agreed(), failure);
        vm.warp(closes - 1);
        _open(_agreed(), thermal, works);
    }

    function test_gateOpens() public {
        day = START.plusDays(40);
        uint256 opens = Calendar.startOf(day) - 31 days;
        vm.warp(opens - 1);
        _refused(
            _agreed(),
            abi.encodeWithSelector(
                ITradeEscrowEvents.TradeEscrow_GateClosed.selector,
                day,
                opens,
                Calendar.startOf(day) - 8 hours
            )
        );
        vm.warp(opens);
        _open(_agreed(), thermal, works);
    }

    function test_expiry() public {
        Trade memory trade = _agreed();
        vm.warp(trade.expiry + 1);
        _refused(trade, _error(ITradeEscrowEvents.TradeEscrow_Expired.selector, trade.expiry));
        vm.warp(trade.expiry);
        _open(trade, thermal, works);
    }

    function test_validityEndsAtMidnightInShanghai() public {
        vm.warp(Calendar.startOf(START.plusDays(3651)) - 1);
        day = START.plusDays(3652);
        RuleSet memory set = _rules();
        assertEq(set.gateLeadSeconds, 2 hours, "still the same rules");
        _open(_agreed(), thermal, works);
        vm.warp(Calendar.startOf(START.plusDays(3651)));
        _refused(
            _agreed(),
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_ParticipantNotGood.selector, thermal.account)
        );
    }

    function test_anotherEscrowIsInCharge() public {
        Day from = START.plusDays(93);
        address successor = address(0x5CC);
        vm.prank(council);
        kwh.approveMinter(successor, from);
        vm.warp(Calendar.startOf(START.plusDays(80)));
        day = from;
        _refused(
            _agreed(),
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NotInCharge.selector, from, successor)
        );
        day = START.plusDays(92);
        _open(_agreed(), thermal, works);
    }

    function test_payeesOfTheRulesMustBeEnrolled() public {
        RuleSet memory set = _rules();
        set.gridCompany = ParticipantId.wrap(999);
        _newRules(set);
        _refused(
            _agreed(),
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_UnknownPayee.selector, set.gridCompany)
        );
        set.gridCompany = gridId;
        set.balancingAccount = ParticipantId.wrap(998);
        _newRules(set);
        day = day.plusDays(2);
        _refused(
            _agreed(),
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_UnknownPayee.selector, set.balancingAccount)
        );
    }

    // ---- bands, totals, limits

    function test_invalidBands() public {
        bytes4 invalid = ITradeEscrowEvents.TradeEscrow_InvalidBands.selector;
        Trade memory trade = _agreed();
        Band memory good = Builder.band(10, 20, 1_000, 40_000);
        Band[][] memory wrong = new Band[][](8);
        wrong[0] = new Band[](0);
        wrong[1] = Builder.bands(Builder.band(20, 10, 1_000, 40_000));
        wrong[2] = Builder.bands(Builder.band(10, 10, 1_000, 40_000));
        wrong[3] = Builder.bands(good, Builder.band(19, 30, 1_000, 40_000));
        wrong[4] = Builder.bands(Builder.band(20, 30, 1_000, 40_000), good);
        wrong[5] = Builder.bands(Builder.band(90, 97, 1_000, 40_000));
        wrong[6] = Builder.bands(Builder.band(10, 20, 0, 40_000));
        wrong[7] = Builder.bands(Builder.band(10, 20, 1 << 31, 40_000));
        for (uint256 i; i < wrong.length; ++i) {
            trade.bands = wrong[i];
            _refused(trade, invalid);
        }
        trade.bands = Builder.bands(Builder.band(10, 20, 1_000, 1 << 31));
        _refused(trade, invalid);
    }

    function test_wrongTotals() public {
        Trade memory trade = _agreed();
        trade.totalEnergyWh += 1;
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_WrongTotals.selector,
            ENERGY,
            AMOUNT
        );
        _refused(trade, failure);
        trade.totalEnergyWh -= 1;
        trade.totalAmountFen += 1;
        _refused(trade, failure);
    }

    function test_priceLimitsOfTheSeason() public {
        _openCash(thermal, works, Builder.bands(Builder.band(0, 1, 1_000, 7_500), Builder.band(1, 2, 1_000, 60_000)));
        bytes4 outside = ITradeEscrowEvents.TradeEscrow_PriceOutsideLimits.selector;
        Trade memory trade = _trade(thermal, works, Builder.bands(Builder.band(5, 6, 1_000, 7_499)));
        _refused(trade, abi.encodeWithSelector(outside, 5, 7_499, 7_500, 60_000));
        trade = _trade(thermal, works, Builder.bands(Builder.band(5, 6, 1_000, 60_001)));
        _refused(trade, abi.encodeWithSelector(outside, 5, 60_001, 7_500, 60_000));
    }

    function test_nobodyPaysMoreThanSigned() public {
        bytes4 above = ITradeEscrowEvents.TradeEscrow_AboveMaximum.selector;
        Trade memory trade = _agreed();
        trade.maxPaymentFen = AMOUNT + NETWORK - 1;
        _refused(trade, abi.encodeWithSelector(above, works.account, AMOUNT + NETWORK, AMOUNT + NETWORK - 1));
        trade.maxPaymentFen = AMOUNT + NETWORK;
        trade.maxBondFen = BOND - 1;
        _refused(trade, abi.encodeWithSelector(above, thermal.account, BOND, BOND - 1));
        trade.maxBondFen = BOND;
        _open(trade, thermal, works);
    }

    function test_aBuyerInDefaultPaysAtOnce() public {
        _admitPoster(address(this), DebtCode.Adjustment);
        DebtId debt = _post(DebtCode.Adjustment, works.id, gridId, 1, Calendar.today());
        _default(debt);
        day = Calendar.today().plusDays(2);
        Trade memory trade = _agreed();
        trade.paymentDays = 1;
        _refused(trade, abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_BuyerInDefault.selector, works.id));
        trade.paymentDays = 0;
        _open(trade, thermal, works);
        _payOff(debt);
        day = day.plusDays(1);
        trade = _agreed();
        trade.paymentDays = 1;
        _open(trade, thermal, works);
    }

    function test_longestPaymentTerm() public {
        bytes4 tooLong = ITradeEscrowEvents.TradeEscrow_PaymentTermTooLong.selector;
        Trade memory trade = _agreed();
        trade.paymentDays = 181;
        _refused(trade, abi.encodeWithSelector(tooLong, 181, 180));
        trade.paymentDays = 180;
        _open(trade, thermal, works);

        Party memory large = works;
        large.account = _named("large works");
        large.key = _keyOf("large works");
        large.id = _enrol(large.account, Kinds.CONSUMER, FirmSize.Large);
        large.meter = _addMeter(large.id, Direction.Consumption, Source.None, DEYANG);
        trade = _trade(thermal, large, _bands());
        trade.paymentDays = 61;
        bytes32 digest = escrow.hashTrade(trade);
        bytes memory bought = _sign(large.key, digest);
        bytes memory sold = _sign(thermal.key, digest);
        bytes memory before = _sold(thermal.meter, day);
        vm.expectRevert(abi.encodeWithSelector(tooLong, 61, 60));
        escrow.open(trade, bought, sold, before);
    }

    // ---- parties and meters

    function test_sameParty() public {
        Trade memory trade = _trade(thermal, thermal, _bands());
        trade.buyerMeter = _addMeter(thermal.id, Direction.Consumption, Source.None, DEYANG);
        _refused(trade, abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_SameParty.selector, thermal.id));
    }

    function test_metersOfTheWrongKind() public {
        bytes4 failure = ITradeEscrowEvents.TradeEscrow_MeterNotTradable.selector;
        Trade memory trade = _agreed();
        trade.sellerMeter = works.meter;
        _refused(trade, abi.encodeWithSelector(failure, works.meter, thermal.id));
        trade.sellerMeter = solar.meter;
        _refused(trade, abi.encodeWithSelector(failure, solar.meter, thermal.id));
        trade.sellerMeter = MeterId.wrap(99);
        _refused(trade, abi.encodeWithSelector(failure, trade.sellerMeter, thermal.id));
        trade.sellerMeter = thermal.meter;
        trade.buyerMeter = mill.meter;
        _refused(trade, abi.encodeWithSelector(failure, mill.meter, works.id));
        trade.buyerMeter = works.meter;
        vm.prank(meterOperator);
        meters.deactivate(works.meter);
        _refused(trade, abi.encodeWithSelector(failure, works.meter, works.id));
    }

    function test_retailerTradesForTheMeter() public {
        (address account, ParticipantId id) = _enrol("retailer", Kinds.RETAILER);
        _fund(account, WEALTH);
        _optIn(account, address(escrow));
        _nameTrader(works, id);
        _refused(
            _agreed(),
            abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_MeterNotTradable.selector, works.meter, works.id)
        );
        Party memory retailer = Party(account, _keyOf("retailer"), id, works.meter);
        _openCash(thermal, retailer, _bands());
        assertEq(_held(retailer), AMOUNT + NETWORK, "held of the retailer");
    }

    function test_neighbourRule() public {
        RuleSet memory set = _rules();
        set.smallPlantW = 19_999_999;
        set.largePlantPath = Voltage.KV35;
        _newRules(set);
        _refused(_agreed(), abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_NotEligible.selector, thermal.meter));
        works.meter = _addMeter(works.id, Direction.Consumption, Source.None, BACKBONE);
        _open(_agreed(), thermal, works);
    }

    function test_neighbourRuleOfLargePlants() public {
        RuleSet memory set = _rules();
        // The plant of 20 MW is large, and as large as may be; the path is the 110 kV of Deyang.
        (set.smallPlantW, set.largePlantW) = (19_999_999, 20_000_000);
        _newRules(set);
        _open(_agreed(), thermal, works);
    }

    function test_standing() public {
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_ParticipantNotGood.selector,
            works.account
        );
        _suspend(works.id);
        _refused(_agreed(), failure);
        vm.prank(compliance);
        registry.reinstate(works.id);
        Trade memory trade = _agreed();
        trade.buyer = stranger;
        _refused(trade, abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_ParticipantNotGood.selector, stranger));
        _open(_agreed(), thermal, works);
    }

    // ---- position

    function test_stalePosition() public {
        _open(_agreed(), thermal, works);
        Trade memory trade = _agreed();
        bytes32 digest = escrow.hashTrade(trade);
        bytes memory bought = _sign(works.key, digest);
        bytes memory sold = _sign(thermal.key, digest);
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_StalePosition.selector,
            thermal.meter,
            day
        );
        bytes32 trades = _tradesHash(thermal.meter, day);
        bytes[] memory wrong = new bytes[](4);
        wrong[0] = "";
        wrong[1] = bytes.concat(Builder.zeros(), trades);
        wrong[2] = bytes.concat(_positionOf[thermal.meter][day], bytes32(0));
        wrong[3] = bytes.concat(_positionOf[thermal.meter][day], bytes32(uint256(trades) + 1));
        for (uint256 i; i < wrong.length; ++i) {
            vm.expectRevert(failure);
            escrow.open(trade, bought, sold, wrong[i]);
        }
        bytes memory before = _sold(thermal.meter, day);
        for (uint256 length = 1; length < 833; length += 416) {
            bytes memory cut = new bytes(length);
            vm.expectRevert(abi.encodeWithSelector(Curve.Curve_Malformed.selector, length));
            escrow.open(trade, bought, sold, cut);
        }
        // The stale one hurt nobody but itself.
        escrow.open(trade, bought, sold, before);
    }

    /// @dev So that who settles one of them can name the others.
    function test_twoWalletsFillABookOnlySoFar() public {
        _open(_agreed(), thermal, works);
        bytes memory before = _sold(thermal.meter, day);
        // As if 2,047 more had been opened: their number lies above the 200 bits of the hash.
        bytes32 word = _bookWord(thermal.meter);
        uint256 book = uint256(vm.load(address(escrow), word));
        assertEq(uint16(book >> 200), 1, "one trade");
        vm.store(address(escrow), word, bytes32(book + (2_047 << 200)));
        Trade memory trade = _agreed();
        bytes32 digest = escrow.hashTrade(trade);
        (bytes memory bought, bytes memory sold) = (_sign(works.key, digest), _sign(thermal.key, digest));
        vm.expectRevert(abi.encodeWithSelector(ITradeEscrowEvents.TradeEscrow_BookFull.selector, thermal.meter, day));
        escrow.open(trade, bought, sold, before);
        vm.store(address(escrow), word, bytes32(book + (2_046 << 200)));
        escrow.open(trade, bought, sold, before);
        assertEq(uint16(uint256(vm.load(address(escrow), word)) >> 200), 2_048, "the last one");
    }

    function test_capacity() public {
        // 20 MW for a quarter of an hour with a tenth on top: 5.5 MWh.
        _openCash(thermal, works, Builder.bands(Builder.band(0, 2, 5_499_900, 40_000)));
        _openCash(thermal, mill, Builder.bands(Builder.band(1, 2, 100, 40_000)));
        bytes memory failure = abi.encodeWithSelector(
            ITradeEscrowEvents.TradeEscrow_AboveCapacity.selector,
            thermal.meter,
            day
        );
        Band memory one = Builder.band(1, 2, 1, 40_000);
        _refused(_trade(thermal, works, Builder.bands(Builder.band(0, 1, 99, 40_000), one)), failure);
        _refused(_trade(thermal, works, Builder.bands(Builder.band(5, 6, 0x7fffffff, 40_000))), failure);
        _openCash(thermal, works, Builder.bands(Builder.band(0, 1, 100, 40_000)));
    }

    // ---- money

    function test_moneyThatCannotBeHeld() public {
        uint256 before = vm.snapshotState();
        vm.prank(works.account);
        deposits.redeem(WEALTH - AMOUNT - NETWORK + 1, "all but one fen");
        _refused(
            _agreed(),
            abi.encodeWithSelector(
                IDepositToken.DepositToken_InsufficientFree.selector,
                works.id,
                AMOUNT + NETWORK - 1,
                AMOUNT + NETWORK
            )
        );
        vm.revertToState(before);

        vm.prank(works.account);
        deposits.optIn(address(escrow), false);
        _refused(
            _agreed(),
            abi.encodeWithSelector(IDepositToken.DepositToken_NotOptedIn.selector, works.id, address(escrow))
        );
        vm.revertToState(before);

        vm.prank(bank);
        deposits.setFrozen(thermal.id, true, "court order");
        _refused(_agreed(), abi.encodeWithSelector(IDepositToken.DepositToken_Frozen.selector, thermal.id));
    }

    function test_secondFactorMissing() public {
        address token = vm.addr(_keyOf("security token"));
        _enrolFactor(works.account, abi.encodePacked(token), uint64(AMOUNT + NETWORK - 1));
        Trade memory trade = _agreed();
        bytes32 digest = escrow.hashTrade(trade);
        _refused(trade, _factorRequired(works.id, digest, 0, AMOUNT + NETWORK, uint64(AMOUNT + NETWORK - 1)));
        _confirmAsFactor("security token", works.id, digest);
        _open(trade, thermal, works);
    }

    // ---- bond policy

    function test_bondPolicyByGrade() public {
        TestBondPolicy policy = _withPolicy();
        policy.set(300, false, false);
        assertEq(_terms(_open(_agreed(), thermal, works)).bondFen, (AMOUNT * 3) / 100, "the policy's rate");
    }

    function test_bondPolicyThatFailsOrAsksTooMuch() public {
        TestBondPolicy policy = _withPolicy();
        policy.set(10_001, false, false);
        assertEq(_terms(_openOne()).bondFen, Builder.bond(40, 1_500), "too much");
        policy.set(type(uint256).max, false, false);
        assertEq(_terms(_openOne()).bondFen, Builder.bond(40, 1_500), "far too much");
        policy.set(300, true, false);
        assertEq(_terms(_openOne()).bondFen, Builder.bond(40, 1_500), "failing");
        policy.set(300, false, true);
        assertEq(_terms(_openOne()).bondFen, Builder.bond(40, 1_500), "burning gas");
        policy.set(10_000, false, false);
        assertEq(_terms(_openOne()).bondFen, 40, "all of it");
    }

    function test_bondPolicyIsGiven50_000Gas() public {
        // GAS, PUSH2 49000, SWAP1, SUB, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN: a rate of what it finds beyond 49,000.
        vm.etch(address(_withPolicy()), hex"5a61bf6890035f5260205ff3");
        // GAS itself has taken 2.
        assertEq(_terms(_open(_agreed(), thermal, works)).bondFen, Builder.bond(AMOUNT, 998), "bond");
    }

    function _withPolicy() internal returns (TestBondPolicy policy) {
        policy = new TestBondPolicy();
        RuleSet memory set = _rules();
        set.bondPolicy = IBondPolicy(address(policy));
        _newRules(set);
        day = day.plusDays(1);
    }

    /// @dev 1 kWh for 40 fen.
    function _openOne() internal returns (TradeId) {
        return _openCash(thermal, works, Builder.bands(Builder.band(0, 1, 1_000, 40_000)));
    }

    // ---- malformed calldata

    function test_malformedCalldata() public {
        Trade memory trade = _agreed();
        bytes32 digest = escrow.hashTrade(trade);
        bytes memory call = abi.encodeCall(
            TradeEscrow.open,
            (trade, _sign(works.key, digest), _sign(thermal.key, digest), "")
        );
        // Cut anywhere, it fails; with something behind it, it means the same.
        for (uint256 length = 4; length < call.length; length += 32) {
            bytes memory cut = new bytes(length);
            for (uint256 i; i < length; ++i) {
                cut[i] = call[i];
            }
            (bool passed, ) = address(escrow).call(cut);
            assertFalse(passed, "cut short");
        }
        // A band's energy of more than 32 bits does not fit its type.
        bytes memory wide = bytes.concat(call);
        wide[_placeOf(call, 1_000_000) + 27] = 0x01;
        (bool success, ) = address(escrow).call(wide);
        assertFalse(success, "dirty upper bits");
        (success, ) = address(escrow).call(bytes.concat(call, hex"c0ffee"));
        assertTrue(success, "trailing bytes");
    }

    function _placeOf(bytes memory data, uint256 word) internal pure returns (uint256 place) {
        for (place = 4; place + 32 <= data.length; place += 32) {
            uint256 found;
            assembly ("memory-safe") {
                found := mload(add(add(data, 32), place))
            }
            if (found == word) return place;
        }
        assert(false);
    }

    // ---- doors

    function test_closedDoor() public {
        Trade memory trade = _agreed();
        _close(address(escrow), true);
        _refused(trade, abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
    }

    function test_onlyTheEscrowRunsTheCodeOfOpening() public {
        Trade memory trade = _agreed();
        BilateralOpening code = BilateralOpening(escrow.bilateralOpening());
        vm.expectRevert(EscrowCode.EscrowCode_NotEscrow.selector);
        code.open(trade, "", "", "");
    }
}
