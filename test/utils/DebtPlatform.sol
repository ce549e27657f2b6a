// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtCode} from "../../contracts/debts/DebtCode.sol";
import {Kinds} from "../../contracts/identity/interfaces/IParticipantRegistry.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DebtId, ParticipantId} from "../../contracts/types/Ids.sol";
import {DebtRoom} from "./DebtRoom.sol";

/// @notice The platform with its debt ledger and three firms: a turbine works owes a hydropower plant 1,000,000.01 元 on a
/// Wednesday in 87 days. The test posts debts, and divides them as a book of units.
abstract contract DebtPlatform is DebtRoom {
    uint256 internal constant AMOUNT = 100_000_001;
    uint256 internal constant WEALTH = 1_000_000_000;
    uint256 internal constant BP_DAYS = 3_600_000;

    address internal plant;
    address internal works;
    address internal mill;
    ParticipantId internal plantId;
    ParticipantId internal worksId;
    ParticipantId internal millId;
    Day internal dueDay = START.plusDays(87);

    function setUp() public virtual override {
        super.setUp();
        _deployDebts(new Day[](0));
        (plant, plantId) = _enrol("Zipingpu hydropower", Kinds.GENERATOR);
        (works, worksId) = _enrol("Deyang turbine works", Kinds.CONSUMER);
        (mill, millId) = _enrol("Mianzhu paper mill", Kinds.CONSUMER);
        _admitPoster(address(this), DebtCode.EnergyOnTerms);
        _admitClaimBook(address(this));
        _fund(works, WEALTH);
        _fund(plant, WEALTH);
        _optIn(works, address(debts));
        _optIn(plant, address(debts));
    }

    // ---- steps

    /// @notice The works owe the plant.
    function _owe(uint256 amountFen) internal returns (DebtId) {
        return _post(DebtCode.EnergyOnTerms, worksId, plantId, amountFen, dueDay);
    }

    /// @notice The plant owes the works.
    function _oweBack(uint256 amountFen) internal returns (DebtId) {
        return _post(DebtCode.EnergyOnTerms, plantId, worksId, amountFen, dueDay);
    }

    function _payOut(DebtId id, ParticipantId payee, uint256 amountFen) internal {
        ParticipantId[] memory payees = new ParticipantId[](1);
        uint256[] memory amountsFen = new uint256[](1);
        (payees[0], amountsFen[0]) = (payee, amountFen);
        debts.payOut(id, payees, amountsFen);
    }

    function _fee(uint256 unpaidFen, uint256 daysLate) internal pure returns (uint256) {
        return (unpaidFen * LATE_RATE_BP * daysLate + BP_DAYS / 2) / BP_DAYS;
    }

    function _heldByLedger(ParticipantId debtor) internal view returns (uint256) {
        return deposits.heldBy(debtor, address(debts));
    }
}
