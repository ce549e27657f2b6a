// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DebtPayments} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {IReceivables} from "../../contracts/finance/interfaces/IReceivables.sol";
import {ParticipantId, ReceivableId} from "../../contracts/types/Ids.sol";
import {FinancePlatform} from "../utils/FinancePlatform.sol";

/// @notice How holders share the late fee that their debtor paid.
contract LateFeeTest is FinancePlatform {
    function _heldByLedger() internal view returns (uint256) {
        return deposits.heldBy(worksId, address(debts));
    }

    function _paid(ReceivableId id) internal view returns (uint256) {
        DebtPayments memory paid = debts.paymentsOf(_debtOf(id));
        return uint256(paid.paidFen) + paid.lateFeePaidFen;
    }

    /// @dev What everybody has who may hold units.
    function _collected() internal view returns (uint256 sumFen) {
        ParticipantId[4] memory holders = [plantId, supplierId, firstBankId, secondBankId];
        for (uint256 i = 0; i < 4; ++i) {
            sumFen += deposits.balanceOfParticipant(holders[i]);
        }
    }

    // ---- collect

    function test_collect_sharesTheFeeAndLeavesNothing() public {
        ReceivableId id = _issue(10_000_001);
        _pass(plant, supplier, id, 3_333_333);
        _pass(plant, firstBank, id, 3_333_334);
        _goTo(dueDay.plusDays(1));
        // 5,000.0005 of fee.
        _repay(id, 2_000);
        assertEq(receivables.collectable(id, supplier), 666, "a third, rounded down");
        vm.expectEmit(address(receivables));
        emit IReceivables.LateFeeCollected(id, supplier, supplierId, 666);
        _collect(id, supplier);
        _repay(id, _owed(id));
        address[] memory holders = new address[](4);
        (holders[0], holders[1], holders[2], holders[3]) = (supplier, firstBank, plant, supplier);
        receivables.collect(id, holders);
        assertEq(deposits.balanceOfParticipant(supplierId), 3_333_333 + 1_666, "supplier");
        assertEq(deposits.balanceOfParticipant(firstBankId), WEALTH + 3_333_334 + 1_666, "bank");
        assertEq(deposits.balanceOfParticipant(plantId), 3_333_334 + 1_668, "the plant came last");
        assertEq(deposits.heldOf(worksId), 0, "nothing stays held");
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(receivables.collectable(id, holders[i]), 0, "nothing more");
        }
    }

    function testFuzz_collect_paysAllOfTheFeeInTheEnd(uint256 seed, uint128 face) public {
        face = uint128(bound(face, 4, WEALTH / 3));
        ReceivableId id = _issue(face);
        address[] memory holders = new address[](4);
        (holders[0], holders[1], holders[2], holders[3]) = (plant, supplier, firstBank, secondBank);
        uint256 left = face;
        for (uint256 i = 1; i < 4; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 units = bound(seed, 0, left);
            left -= units;
            _pass(plant, holders[i], id, units);
        }
        _goTo(dueDay);
        for (uint256 payment = 0; payment < 5; ++payment) {
            seed = uint256(keccak256(abi.encode(seed)));
            vm.warp(block.timestamp + (seed % 30) * 1 days);
            uint256 owed = _owed(id);
            uint256 amount = payment == 4 ? owed : bound(seed >> 64, 0, owed);
            if (amount != 0) _repay(id, amount);
            for (uint256 i = 0; i < 4; ++i) {
                if ((seed >> (200 + i)) & 1 == 1) _collect(id, holders[i]);
            }
            assertEq(_heldByLedger(), _paid(id) - (_collected() - WEALTH * 2), "the rest is held");
        }
        // The last to collect.
        for (uint256 i = 0; i < 4; ++i) {
            _collect(id, holders[(seed + i) % 4]);
        }
        assertEq(deposits.heldOf(worksId), 0, "nothing stays held");
        assertEq(_collected() - WEALTH * 2, _paid(id), "all of the fee");
    }
}
