// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Debt, DebtStatus, IDebtLedger} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DebtId} from "../../contracts/types/Ids.sol";
import {Vm} from "../utils/Vm.sol";
import {ExposureHandler} from "./ExposureHandler.sol";

/// @notice Debts are paid, set off, stood still, declared in default, pursued and written off.
abstract contract DebtHandler is ExposureHandler {
    /// @dev As often as not a debtor in default pays all of it, since none of its claims moves until then.
    function payDebt(uint256 seed) external {
        DebtId id = _firstDebtIn(DebtStatus.Defaulted, seed);
        bool whole = _isSome(id) && (seed >> 56) % 2 == 0;
        if (!whole) id = _someOwed(seed);
        DebtId writtenOff = _firstDebtIn(DebtStatus.WrittenOff, seed);
        if (_isSome(writtenOff) && (seed >> 40) % 4 == 0) id = writtenOff;
        if (!_isSome(id)) return;
        // Now and then the debtor waits until it is late.
        uint256 late = _defaultsAt(id) + 10 days;
        if (block.timestamp < late && (seed >> 48) % 16 == 0) vm.warp(late);
        uint256 owedFen = _owedOn(id);
        Debt memory debt = debts.debtOf(id);
        vm.recordLogs();
        _pay(id, whole || (seed >> 32) % 3 == 0 ? owedFen : bound(seed >> 64, 1, owedFen));
        _readLog();
        _did(debt.book != 0 ? "repaid" : "debt paid");
        if (debt.status == DebtStatus.WrittenOff) _did("repaid after a write-off");
    }

    /// @dev The first two from a random one on that can be.
    function setOff(uint256 seed) external {
        uint64 count = debts.debtCount();
        for (uint64 i; i < count; ++i) {
            DebtId one = _debtAt(seed, i);
            Debt memory debt = debts.debtOf(one);
            if (!debt.status.isOwed() || debt.book != 0) continue;
            for (uint64 j; j < count; ++j) {
                DebtId other = _debtAt(seed, j);
                Debt memory against = debts.debtOf(other);
                if (against.debtor != debt.creditor || against.creditor != debt.debtor) continue;
                // Now and then both wait until they are due.
                Day later = debt.dueDay > against.dueDay ? debt.dueDay : against.dueDay;
                if (later > Calendar.today() && (seed >> 64) % 4 == 0) vm.warp(Calendar.startOf(later));
                vm.recordLogs();
                vm.prank(registry.accountOf(debt.debtor));
                (bool done, ) = address(debts).call(abi.encodeCall(debts.setOff, (one, other)));
                if (!done) continue;
                _readLog();
                return _did("set off");
            }
        }
    }

    function declareDefault(uint256 seed) external {
        uint64 count = debts.debtCount();
        for (uint64 i; i < count; ++i) {
            (bool done, ) = address(debts).call(abi.encodeCall(debts.declareDefault, (_debtAt(seed, i))));
            if (done) return _did("defaulted");
        }
    }

    /// @dev Of claimed debts, the holders of their units start it.
    function pursue(uint256 seed) external {
        for (uint64 i; i < debts.debtCount(); ++i) {
            DebtId id = _debtAt(seed, i);
            Debt memory debt = debts.debtOf(id);
            if (debt.status != DebtStatus.Defaulted || debt.book != 0) continue;
            vm.prank(registry.accountOf(debt.creditor));
            debts.startRecovery(id, debt.creditor, "suit");
            return _did("debt pursued");
        }
    }

    function writeOff(uint256 seed) external {
        DebtId id = _firstDebtIn(DebtStatus.Recovering, seed);
        if (!_isSome(id)) return;
        uint256 from = _arrearsAt(id);
        if (block.timestamp < from) {
            // Now and then the walk waits until it can be.
            if ((seed >> 64) % 4 != 0) return;
            vm.warp(from);
        }
        vm.prank(arbiter);
        debts.writeOff(id, "bankruptcy closed");
        _did("written off");
    }

    function standStill(uint256 seed) external {
        _standStill(_debtAt(seed, 0), block.timestamp + ((seed >> 64) % 10) * 1 days);
        _did("stood still");
    }

    // ---- choices out of a seed

    function _isSome(DebtId id) internal pure returns (bool) {
        return DebtId.unwrap(id) != 0;
    }

    function _debtAt(uint256 seed, uint64 step) private view returns (DebtId) {
        uint64 count = debts.debtCount();
        return DebtId.wrap(uint64(((seed % count) + step) % count) + 1);
    }

    /// @dev The first debt from a random one on that stands so; 0 if none.
    function _firstDebtIn(DebtStatus status, uint256 seed) internal view returns (DebtId id) {
        uint64 count = debts.debtCount();
        for (uint64 i; i < count; ++i) {
            if (debts.debtOf(_debtAt(seed, i)).status == status) return _debtAt(seed, i);
        }
    }

    function _someOwed(uint256 seed) private view returns (DebtId id) {
        uint64 count = debts.debtCount();
        for (uint64 i; i < count; ++i) {
            if (debts.debtOf(_debtAt(seed, i)).status.isOwed()) return _debtAt(seed, i);
        }
    }

    // ---- the log

    function _noteDebtEvent(Vm.Log memory log) internal override {
        bytes32 event_ = log.topics[0];
        uint64 id = uint64(uint256(log.topics[1]));
        if (event_ == IDebtLedger.DebtPosted.selector) {
            _noteSource(log.data);
        } else if (event_ == IDebtLedger.DebtPaid.selector || event_ == IDebtLedger.DebtSetOff.selector) {
            (uint256 amountFen, uint256 feeFen) = abi.decode(log.data, (uint256, uint256));
            _debtPaid[id] += amountFen;
            _debtFeePaid[id] += feeFen;
            if (feeFen != 0) _did("late fee paid");
            if (debts.debtOf(DebtId.wrap(id)).book != 0) _paidForHolders[id] += amountFen + feeFen;
        } else if (event_ == IDebtLedger.DebtReduced.selector) {
            _debtReduced[id] += abi.decode(log.data, (uint256));
            _did("debt reduced");
        }
    }

    function _noteSource(bytes memory data) private {
        (uint256 code, , , bytes32 source) = abi.decode(data, (uint256, uint256, uint256, bytes32));
        if (++_postings[keccak256(abi.encode(code, source))] > 1) ++_doublePostings;
        _did("posted");
    }
}
