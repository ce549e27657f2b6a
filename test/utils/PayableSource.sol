// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ITradeEscrowEvents,
    Payable,
    PayableKind,
    PayableStatus
} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {TradeId} from "../../contracts/types/Ids.sol";

/// @notice What receivables see of an escrow: payables that can be taken once.
contract PayableSource {
    mapping(TradeId id => Payable) private _payables;

    function owe(TradeId id, Payable memory owed) external {
        _payables[id] = owed;
    }

    function takePayable(TradeId id) external returns (Payable memory taken) {
        taken = _payables[id];
        if (taken.status != PayableStatus.Due) {
            revert ITradeEscrowEvents.TradeEscrow_NoPayable(id, PayableKind.Energy);
        }
        _payables[id].status = PayableStatus.Assigned;
    }
}
