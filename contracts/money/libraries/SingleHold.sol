// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId} from "../../types/Ids.sol";
import {HoldMove, IDepositToken} from "../interfaces/IDepositToken.sol";

/// @title One hold at a time
/// @notice `DepositToken` takes holds and moves in lots, as a day's settlement makes them; here is a lot of one.
library SingleHold {
    /// @dev Holds an amount of a participant's deposits for the caller, fen.
    function hold(IDepositToken deposits, ParticipantId payer, uint256 amountFen) internal {
        ParticipantId[] memory payers = new ParticipantId[](1);
        uint256[] memory amountsFen = new uint256[](1);
        (payers[0], amountsFen[0]) = (payer, amountFen);
        deposits.holdMany(payers, amountsFen);
    }

    /// @dev Pays an amount of what the caller holds, fen; to nobody, it goes back to whom it is held of.
    function move(IDepositToken deposits, ParticipantId payer, ParticipantId payee, uint128 amountFen) internal {
        HoldMove[] memory moves = new HoldMove[](1);
        moves[0] = HoldMove(payer, payee, amountFen);
        deposits.moveHolds(moves);
    }
}
