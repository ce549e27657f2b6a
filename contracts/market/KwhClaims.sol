// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";

import {IDebtLedger} from "../debts/interfaces/IDebtLedger.sol";
import {IKwhToken, KwhMint} from "../energy/interfaces/IKwhToken.sol";
import {IParticipantRegistry} from "../identity/interfaces/IParticipantRegistry.sol";
import {ISecondFactor} from "../identity/interfaces/ISecondFactor.sol";
import {DayProof, IMeterRegistry, MeterDay} from "../metering/interfaces/IMeterRegistry.sol";
import {MeterWord} from "../metering/libraries/MeterWord.sol";
import {IDepositToken} from "../money/interfaces/IDepositToken.sol";
import {Curve} from "../types/Curve.sol";
import {Day} from "../types/Day.sol";
import {Direction} from "../types/Enums.sol";
import {MeterId, ParticipantId} from "../types/Ids.sol";
import {IMarketRules} from "./interfaces/IMarketRules.sol";
import {KwhClaim, TradeSettlement, TradeStatus, TradeTerms} from "./interfaces/ITradeEscrow.sol";
import {Commitment} from "./libraries/Commitment.sol";
import {chain, DayBook} from "./libraries/DayBook.sol";
import {TradeState} from "./libraries/TradeStates.sol";
import {EscrowCode} from "./parts/EscrowCode.sol";
import {TradeStore} from "./parts/TradeStore.sol";

/// @title What was delivered becomes kWh tokens
/// @notice The code of `claimKwh` and `mintSurplus`, as `BilateralOpening` is that of `open`. Settling keeps the outcome of a
/// trade anyway, so what it delivered waits there for its buyer: most of it is never passed on, and costs no word of its own.
/// `finaliseAccepted`, which asks for the whole book of a meter day as `mintSurplus` does, has its code here, too.
contract KwhClaims is EscrowCode, TradeStore {
    using BitMaps for BitMaps.BitMap;
    using Curve for uint256[12];

    constructor(
        IParticipantRegistry registry_,
        IMeterRegistry meters_,
        IDepositToken deposits_,
        IKwhToken kwh_,
        IMarketRules rules_,
        IDebtLedger debts_,
        ISecondFactor secondFactor_
    ) TradeStore(registry_, meters_, deposits_, kwh_, rules_, debts_, secondFactor_) {}

    /// @notice See `ITradeEscrow.claimKwh`.
    function claimKwh(KwhClaim[] calldata claims) external onlyEscrow {
        KwhMint[] memory mints = new KwhMint[](claims.length);
        ParticipantId[] memory buyers = new ParticipantId[](claims.length);
        uint256 count;
        for (uint256 i; i < claims.length; ++i) {
            KwhClaim calldata claim = claims[i];
            if (!_take(claim)) continue;
            buyers[count] = claim.terms.buyer;
            KwhMint memory minted = mints[count++];
            // Sums of 96 slots below 2^31.
            (minted.meter, minted.day) = (claim.terms.sellerMeter, claim.terms.day);
            minted.energyWh = uint128(claim.outcome.deliveredWh);
            emit KwhClaimed(claim.id, claim.terms.buyer, claim.outcome.deliveredWh);
        }
        assembly ("memory-safe") {
            // Shortened to the entries that were filled in.
            mstore(mints, count)
            mstore(buyers, count)
        }
        if (count == 0) return;
        address[] memory accounts = registry.accountsOf(buyers);
        for (uint256 i; i < count; ++i) {
            mints[i].to = accounts[i];
        }
        kwh.mint(mints);
    }

    /// @notice See `ITradeEscrow.mintSurplus`.
    function mintSurplus(
        MeterId meter,
        Day day,
        bytes calldata metered,
        bytes calldata position,
        DayProof calldata proof
    ) external onlyEscrow {
        bool isFinal = meters.stateOf(meter, day, keccak256(metered), proof).isFinal();
        if (!isFinal) revert TradeEscrow_NotFinal(meter, day);
        uint256[12] memory curve = Curve.read(metered);
        BitMaps.BitMap storage minted = _surplusMinted[meter];
        if (minted.get(Day.unwrap(day))) revert TradeEscrow_SurplusMinted(meter, day);
        (bytes calldata sold, bytes32 positionHash, bytes32 trades) = _readSold(position);
        (DayBook book, bool aside) = _bookOf(meter, day);
        if (!book.holds(positionHash, trades)) revert TradeEscrow_StalePosition(meter, day);
        MeterWord plant = meters.packedMeter(meter);
        ParticipantId owner = plant.owner();
        if (plant.direction() != Direction.Generation) revert TradeEscrow_MeterNotTradable(meter, owner);
        minted.set(Day.unwrap(day));
        if (!book.isEmpty()) _storeBook(meter, day, book.markMinted(), aside);
        uint256 surplus = curve.excess(Curve.read(sold)).sum();
        emit SurplusMinted(meter, day, owner, surplus);

        KwhMint[] memory mints = new KwhMint[](1);
        // 96 slots below 2^31.
        mints[0] = KwhMint(registry.accountOf(owner), meter, day, uint128(surplus));
        if (surplus != 0) kwh.mint(mints);
    }

    /// @notice See `ITradeEscrow.finaliseAccepted`.
    function finaliseAccepted(MeterId meter, Day day, TradeSettlement[] calldata trades) external onlyEscrow {
        uint256[12] memory position;
        uint256[12] memory energy;
        bytes32 hash;
        ParticipantId[] memory parties = new ParticipantId[](trades.length * 2);
        for (uint256 i; i < trades.length; ++i) {
            TradeTerms memory terms = trades[i].terms;
            hash = chain(hash, Commitment.ofTerms(trades[i].id, terms));
            Curve.readStretch(trades[i].energy, trades[i].firstSlot, energy);
            position.add(energy);
            // The trader of a meter may change, so the seller at the time of the trade is asked.
            (parties[i * 2], parties[i * 2 + 1]) = (terms.buyer, terms.seller);
        }
        (DayBook book, ) = _bookOf(meter, day);
        bool all = book.holds(trades.length == 0 ? bytes32(0) : position.hash(), hash);
        if (!all) revert TradeEscrow_WrongBook(meter, day);
        meters.finaliseAccepted(MeterDay(meter, day), parties);
    }

    /// @dev Marks a trade as claimed; false if it was before, or delivered nothing.
    function _take(KwhClaim calldata claim) private returns (bool) {
        TradeStatus status = _statusOf(claim.id);
        if (status != TradeStatus.Settled) revert TradeEscrow_WrongStatus(claim.id, status);
        TradeState state = _states.stateOf(claim.id);
        if (state.isClaimed()) return false;
        bytes32 outcome = Commitment.ofOutcome(Commitment.ofTerms(claim.id, claim.terms), claim.outcome);
        if (!_isKept(outcome, claim.proof)) revert TradeEscrow_WrongTerms(claim.id);
        _states.setState(claim.id, state.claim());
        return claim.outcome.deliveredWh != 0;
    }
}
