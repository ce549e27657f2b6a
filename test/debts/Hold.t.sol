// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDebtLedger} from "../../contracts/debts/interfaces/IDebtLedger.sol";
import {DebtId, ParticipantId} from "../../contracts/types/Ids.sol";
import {HoldBehaviour} from "../behaviours/HoldBehaviour.sol";
import {DebtPlatform} from "../utils/DebtPlatform.sol";
import {Platform} from "../utils/Platform.sol";

/// @notice What a debtor pays: to its creditor at once, or held until the book of units pays it out.
abstract contract HoldOfADebtTest is DebtPlatform, HoldBehaviour {
    DebtId internal owing;

    function setUp() public override(DebtPlatform, Platform) {
        super.setUp();
        owing = _owe(AMOUNT);
    }

    function _notary() internal view override returns (address) {
        return address(debts);
    }

    function _payer() internal view override returns (ParticipantId) {
        return worksId;
    }

    function _isEntrance() internal pure override returns (bool) {
        return false;
    }

    function _prepareHold() internal virtual override returns (Step memory, uint256) {
        return (Step(works, address(debts), abi.encodeCall(IDebtLedger.pay, (owing, AMOUNT))), AMOUNT);
    }
}

contract HoldOfAnUndividedDebtTest is HoldOfADebtTest {}

contract HoldOfADividedDebtTest is HoldOfADebtTest {
    function _prepareHold() internal override returns (Step memory, uint256) {
        debts.claim(owing);
        return super._prepareHold();
    }

    function _endHold() internal override {
        _payOut(owing, plantId, AMOUNT);
    }
}
